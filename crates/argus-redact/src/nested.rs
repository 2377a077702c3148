//! JSON within a string: what its places say is replaced where it stands, so that the rest of the text stays as it is.

use std::ops::Range;

use serde_json::Value;

use crate::found::{Found, rank};
use crate::placeholder;
use crate::places::{self, Place};
use crate::secret_files::{self, Contents};
use crate::view::{self, View};

/// Depth of nesting that is followed.
const DEPTH_MAX: usize = 64;

/// The names of members without which no place says anything. A scan looks for them, and only where it meets one is JSON read.
pub(crate) const SIGNS: [&str; 7] = [
    "env\"",
    "nvironment",
    "eaders\"",
    "_path\"",
    "filepath\"",
    "\"path\"",
    "\"command\"",
];

/// The values in `text` that are replaced by their place, when `text` is JSON that has such places.
pub(crate) fn in_places(text: &str) -> Vec<Found> {
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return Vec::new();
    }
    let has_place = ["env\"", "nvironment", "eaders\""]
        .iter()
        .any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    let has_file = places::may_tell_of_secret_file(text);
    if !has_place && !has_file {
        return Vec::new();
    }
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let contents = if has_file {
        secret_files::contents(&value).unwrap_or_default()
    } else {
        Contents::new()
    };
    let mut found = Vec::new();
    let mut cursor = Cursor {
        text,
        at: 0,
        pointer: String::new(),
        contents,
    };
    cursor.value(None, Place::Ordinary, 0, &mut found);
    found
}

/// Goes over JSON that is known to be well formed.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    pointer: String,
    contents: Contents,
}

impl Cursor<'_> {
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or(0)
    }

    /// The range between the quotes of a string.
    fn string(&mut self) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        while at < bytes.len() && bytes[at] != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        self.at = at + 1;
        start..at.min(bytes.len())
    }

    fn value(&mut self, name: Option<&str>, place: Place, depth: usize, found: &mut Vec<Found>) {
        match self.peek() {
            b'"' => {
                let range = self.string();
                self.found(name, place, &range, found);
            }
            open @ (b'{' | b'[') => self.members(open, name, place, depth, found),
            _ => {
                let bytes = self.text.as_bytes();
                self.at += 1;
                while bytes
                    .get(self.at)
                    .is_some_and(|byte| !matches!(byte, b',' | b'}' | b']'))
                {
                    self.at += 1;
                }
            }
        }
    }

    fn members(
        &mut self,
        open: u8,
        name: Option<&str>,
        place: Place,
        depth: usize,
        found: &mut Vec<Found>,
    ) {
        self.at += 1;
        let close = if open == b'{' { b'}' } else { b']' };
        let back = self.pointer.len();
        let mut index = 0;
        loop {
            match self.peek() {
                0 => return,
                byte if byte == close => {
                    self.at += 1;
                    return;
                }
                b',' => self.at += 1,
                b'"' if open == b'{' => {
                    let key = self.string();
                    if self.peek() == b':' {
                        self.at += 1;
                    }
                    let key = &self.text[key];
                    let below = if depth < DEPTH_MAX {
                        Place::below(name)
                    } else {
                        Place::Ordinary
                    };
                    secret_files::push(&mut self.pointer, key);
                    self.value(Some(key), below, depth + 1, found);
                    self.pointer.truncate(back);
                }
                _ => {
                    secret_files::push(&mut self.pointer, &index.to_string());
                    self.value(name, place, depth + 1, found);
                    self.pointer.truncate(back);
                    index += 1;
                }
            }
        }
    }

    /// What of a string is replaced: all of it by its name's place, values in it where it was read from a file of secrets.
    fn found(
        &self,
        name: Option<&str>,
        place: Place,
        range: &Range<usize>,
        found: &mut Vec<Found>,
    ) {
        let written = &self.text[range.clone()];
        if placeholder::is_one(written) {
            return;
        }
        let view = view::decoded(written);
        let decoded = view.as_ref().map_or(written, View::text);
        if let Some(kind) = name.and_then(|name| place.masks(name, written)) {
            found.push(Found::secret(kind, range.clone(), decoded, rank::BLOCK));
        } else if let Some(file) = self.contents.get(&self.pointer) {
            for within in places::in_secret_file(*file, decoded) {
                let outer = view
                    .as_ref()
                    .map_or(within.clone(), |view| view.outer(&within));
                let outer = range.start + outer.start..range.start + outer.end;
                found.push(Found::secret(
                    "secret-file",
                    outer,
                    &decoded[within],
                    rank::BLOCK,
                ));
            }
        }
    }
}
