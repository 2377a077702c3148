//! JSON within a string: what its places say is replaced where it stands, so that the rest of the text stays as it is.

use std::ops::Range;

use crate::found::{Found, rank};
use crate::places::Place;
use crate::view;

/// Depth of nesting that is followed.
const DEPTH_MAX: usize = 64;

/// The values in `text` that are replaced whole by their place, when `text` is JSON that has such places.
pub(crate) fn in_places(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let trimmed = text.trim_ascii();
    let has_place = || {
        ["\"env\"", "\"headers\"", "\"environment\"", "eaders\""]
            .iter()
            .any(|name| memchr::memmem::find(bytes, name.as_bytes()).is_some())
    };
    if !trimmed.starts_with(['{', '['])
        || !has_place()
        || serde_json::from_str::<serde::de::IgnoredAny>(text).is_err()
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut cursor = Cursor { text, at: 0 };
    cursor.value(None, Place::Ordinary, 0, &mut found);
    found
}

/// Goes over JSON that is known to be well formed.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
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
                let value = &self.text[range.clone()];
                if let Some(kind) = name.and_then(|name| place.masks(name, value))
                    && !crate::placeholder::is_one(value)
                {
                    let decoded = view::decoded(value);
                    let decoded = decoded.as_ref().map_or(value, |view| view.text());
                    found.push(Found::secret(kind, range, decoded, rank::BLOCK));
                }
            }
            open @ (b'{' | b'[') => {
                self.at += 1;
                let close = if open == b'{' { b'}' } else { b']' };
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
                            self.value(Some(key), below, depth + 1, found);
                        }
                        _ => self.value(name, place, depth + 1, found),
                    }
                }
            }
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
}
