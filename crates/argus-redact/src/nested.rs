//! JSON within a string: what its places say is replaced where it stands, so that the rest of the text stays as it is.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::credentials::floor;
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

/// What in a text tells of places that say something.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Told {
    /// One of the [`SIGNS`].
    pub(crate) place: bool,
    /// What is in the path of a file of secrets.
    pub(crate) file: bool,
}

/// The values in `text` that are replaced by their place, when `text` is JSON that has such places.
pub(crate) fn in_places(text: &str, told: Told) -> Vec<Found> {
    if !told.place {
        return Vec::new();
    }
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return Vec::new();
    }
    let has_place = ["env\"", "nvironment", "eaders\""]
        .iter()
        .any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    if !has_place && !told.file {
        return Vec::new();
    }
    let Some((value, length)) = read(text) else {
        return Vec::new();
    };
    let text = &text[..length];
    let contents = if told.file {
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

/// The JSON that `text` is, and how much of it that is: telemetry cuts long bodies off, and what stands before the cut is
/// read all the same.
fn read(text: &str) -> Option<(Value, usize)> {
    let error = match serde_json::from_str(text) {
        Ok(value) => return Some((value, text.len())),
        Err(error) => error,
    };
    let length = if error.is_eof() {
        text.len()
    } else {
        // Up to what is no JSON any more: the note that says so, for instance.
        floor(text, offset(text, error.line(), error.column()))
    };
    let repaired = closed(&text[..length])?;
    Some((serde_json::from_str(&repaired).ok()?, length))
}

/// The offset of a place that the JSON reader names by line and by byte in it, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(newlines) => memchr::memchr_iter(b'\n', text.as_bytes())
            .nth(newlines)
            .map_or(0, |newline| newline + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// JSON that was cut off, with all that is open in it closed; `None` when it is nested too deep.
fn closed(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    let mut cut_string = None;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let start = at;
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if at >= bytes.len() {
                    cut_string = Some(start);
                }
            }
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                open.pop();
            }
            _ => {}
        }
        if open.len() > DEPTH_MAX {
            return None;
        }
        at += 1;
    }
    // Where a string was cut, the whole escapes of it stay. Elsewhere, back to the last member that is whole.
    let (head, is_string) = match cut_string {
        Some(start) => (whole_escapes(text, start), true),
        None => (text.trim_ascii_end(), false),
    };
    let closers: String = open.iter().rev().map(|close| char::from(*close)).collect();
    let endings: &[&str] = if is_string {
        // A value, or a name without one.
        &["\"", "\":null"]
    } else {
        &["", "null", ":null"]
    };
    let word = if is_string {
        head
    } else {
        head.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || "+-.".contains(char))
    };
    [head, word, word.trim_end_matches(',')]
        .iter()
        .flat_map(|head| endings.iter().map(move |ending| (head, ending)))
        .map(|(head, ending)| format!("{head}{ending}{closers}"))
        .find(|repaired| serde_json::from_str::<serde::de::IgnoredAny>(repaired).is_ok())
}

/// A text that ends within a string that starts at `start`, without the escape that was cut.
fn whole_escapes(text: &str, start: usize) -> &str {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        let escape = at + found;
        let end = match text.as_bytes().get(escape + 1) {
            Some(b'u') => escape + 6,
            _ => escape + 2,
        };
        if end > text.len() {
            return &text[..escape];
        }
        at = end;
    }
    text
}

/// Goes over JSON that is known to be well formed up to its end.
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
                    let key = &name_as_read(&self.text[key]);
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

/// A name without its escapes: what the reader of JSON makes of it.
fn name_as_read(written: &str) -> Cow<'_, str> {
    if !written.contains('\\') {
        return written.into();
    }
    serde_json::from_str(&format!("\"{written}\"")).map_or(Cow::Borrowed(written), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Told = Told {
        place: true,
        file: true,
    };
    const BODY: &str = r#"{"model":"m","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Read","input":{"file_path":"/app/.env"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"MAIL_SALT='yZ/aK'\u0041\nB=2 é"}]}],"n":12.5,"is":true}"#;

    #[test]
    fn a_body_is_read_wherever_it_was_cut() {
        let secret = BODY.find("yZ/aK").unwrap();
        let mut found = 0;
        for cut in (0..=BODY.len()).filter(|cut| BODY.is_char_boundary(*cut)) {
            for note in ["", "[TRUNCATED - Content exceeds 60KB limit]"] {
                let text = format!("{}{note}", &BODY[..cut]);
                let ranges = in_places(&text, ALL);
                if cut >= secret + 6 {
                    assert!(
                        ranges
                            .iter()
                            .any(|found| found.range.start <= secret
                                && found.range.end >= secret + 5),
                        "{text}"
                    );
                    found += 1;
                }
            }
        }
        assert!(found > 60);
    }

    #[test]
    fn a_name_is_what_its_escapes_say() {
        for (name, member) in [
            ("re\\u0073ult", "content"),
            ("result", "conte\\u006et"),
            ("a\\/b", "content"),
        ] {
            let text = format!(r#"{{"file_path":"/app/.env","{name}":{{"{member}":"A=one"}}}}"#);
            let found = in_places(&text, ALL);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].range.clone()], "one");
        }
    }

    #[test]
    fn what_is_nested_without_end_is_left() {
        let deep = format!("{}{}", r#"{"env":"#, "[".repeat(100_000));
        assert!(in_places(&deep, ALL).is_empty());
    }
}
