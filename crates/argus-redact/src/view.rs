//! A text as it reads once an encoding is undone, with the way back to where each of its bytes came from.
//!
//! Secrets hide behind the escapes of JSON within strings, colours of a terminal, line continuations and URL encoding. Such a
//! text is looked at twice: as it is, and as a view in which all of these are undone.

use std::ops::Range;

/// A stretch of a view and where it came from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    view: usize,
    outer: usize,
    /// Bytes in the outer text. A piece of plain text is as long in the view.
    outer_len: usize,
    is_plain: bool,
}

/// A decoded text.
#[derive(Debug, Default)]
pub(crate) struct View {
    text: String,
    pieces: Vec<Piece>,
    /// The lines of the text that it was made of.
    lines: Vec<Range<usize>>,
}

impl View {
    /// The decoded text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The stretch of the outer text that a stretch of the view came from, with all that was left out between.
    pub(crate) fn outer(&self, range: &Range<usize>) -> Range<usize> {
        let first = &self.pieces[self.piece_at(range.start)];
        let start = if first.is_plain {
            first.outer + (range.start - first.view)
        } else {
            first.outer
        };
        let last = &self.pieces[self.piece_at(range.end.saturating_sub(1).max(range.start))];
        let end = if last.is_plain {
            last.outer + (range.end - last.view)
        } else {
            last.outer + last.outer_len
        };
        start..end.max(start)
    }

    /// What of a text of so many bytes is not in the view: whole lines without escapes.
    pub(crate) fn gaps(&self, length: usize) -> Vec<Range<usize>> {
        let mut from = 0;
        let mut gaps = Vec::with_capacity(self.lines.len() + 1);
        for line in &self.lines {
            gaps.push(from..line.start);
            from = line.end;
        }
        gaps.push(from..length);
        gaps.retain(|gap| !gap.is_empty());
        gaps
    }

    fn piece_at(&self, at: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.view <= at)
            .saturating_sub(1)
    }

    fn plain(&mut self, text: &str, outer: Range<usize>) {
        if outer.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.is_plain && last.outer + last.outer_len == outer.start => {
                last.outer_len += outer.len();
            }
            _ => self.pieces.push(Piece {
                view: self.text.len(),
                outer: outer.start,
                outer_len: outer.len(),
                is_plain: true,
            }),
        }
        self.text.push_str(&text[outer]);
    }

    fn decoded(&mut self, text: &str, outer: Range<usize>) {
        self.pieces.push(Piece {
            view: self.text.len(),
            outer: outer.start,
            outer_len: outer.len(),
            is_plain: false,
        });
        self.text.push_str(text);
    }

    /// This view, seen from where `below` came from.
    fn over(mut self, below: &View) -> View {
        for piece in &mut self.pieces {
            let outer = below.outer(&(piece.outer..piece.outer + piece.outer_len));
            // A plain stretch over several pieces is no longer as long outside: cut it where they meet.
            piece.is_plain &= outer.len() == piece.outer_len;
            piece.outer = outer.start;
            piece.outer_len = outer.len();
        }
        self
    }
}

/// The lines of `text` that hold an escape, decoded; `None` when there is none.
pub(crate) fn decoded(text: &str) -> Option<View> {
    let lines = lines_with_escapes(text);
    if lines.is_empty() {
        return None;
    }
    let mut view = undo(text, &lines, unescape);
    for (layer, sign) in [(strip_ansi as Layer, b'\x1b'), (percent as Layer, b'%')] {
        if memchr::memchr(sign, view.text.as_bytes()).is_some() {
            let all = 0..view.text.len();
            view = split(undo(&view.text, std::slice::from_ref(&all), layer), &view).over(&view);
        }
    }
    view.lines = lines;
    Some(view)
}

/// Cuts the plain pieces of `upper` where the pieces of `below` meet, so that each came from one place.
fn split(mut upper: View, below: &View) -> View {
    let mut pieces = Vec::with_capacity(upper.pieces.len() + below.pieces.len());
    for piece in &upper.pieces {
        if !piece.is_plain {
            pieces.push(*piece);
            continue;
        }
        let mut from = piece.outer;
        let end = piece.outer + piece.outer_len;
        let mut next = below.piece_at(from) + 1;
        while from < end {
            let to = below
                .pieces
                .get(next)
                .map_or(end, |piece| piece.view.min(end));
            pieces.push(Piece {
                view: piece.view + (from - piece.outer),
                outer: from,
                outer_len: to - from,
                is_plain: true,
            });
            from = to;
            next += 1;
        }
    }
    upper.pieces = pieces;
    upper
}

/// Ranges of whole lines that hold `\`, ESC or `%XX`, neighbours joined; a line that a continuation joins comes along.
fn lines_with_escapes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(found) = memchr::memchr3(b'\\', b'\x1b', b'%', &bytes[from..]) {
        let at = from + found;
        if bytes[at] == b'%' && !is_percent(bytes, at) {
            from = at + 1;
            continue;
        }
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |newline| newline + 1);
        let mut end = line_end(bytes, at);
        while end > at && end < bytes.len() && ends_in_continuation(&bytes[..end]) {
            end = line_end(bytes, end);
        }
        match lines.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => lines.push(start..end),
        }
        from = end;
    }
    lines
}

/// Behind the newline that ends the line in which `at` is.
fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline + 1)
}

fn ends_in_continuation(line: &[u8]) -> bool {
    line.ends_with(b"\\\n") || line.ends_with(b"\\\r\n")
}

fn is_percent(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..at + 3), Some([high, low]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// Looks for the next escape from an offset on: its range and what stands for it.
type Layer = fn(&str, usize) -> Option<(Range<usize>, Decoded)>;

/// What stands for an escape.
enum Decoded {
    Nothing,
    One(char),
    Bytes(Vec<u8>),
}

fn undo(text: &str, lines: &[Range<usize>], layer: Layer) -> View {
    let mut view = View::default();
    for line in lines {
        let mut from = line.start;
        while let Some((escape, decoded)) = layer(&text[..line.end], from) {
            view.plain(text, from..escape.start);
            from = escape.end;
            match decoded {
                Decoded::Nothing => {}
                Decoded::One(char) => {
                    let mut buffer = [0; 4];
                    view.decoded(char.encode_utf8(&mut buffer), escape);
                }
                Decoded::Bytes(bytes) => view.decoded(&String::from_utf8_lossy(&bytes), escape),
            }
        }
        view.plain(text, from..line.end);
    }
    view
}

/// Escapes of JSON and of most languages, however often they were escaped again, and line continuations.
fn unescape(text: &str, from: usize) -> Option<(Range<usize>, Decoded)> {
    let bytes = text.as_bytes();
    let start = from + memchr::memchr(b'\\', &bytes[from..])?;
    let sign = start
        + bytes[start..]
            .iter()
            .take_while(|byte| **byte == b'\\')
            .count();
    let single = |char| Some((start..sign + 1, Decoded::One(char)));
    match bytes.get(sign) {
        Some(b'n') => single('\n'),
        Some(b'r') => single('\r'),
        Some(b't') => single('\t'),
        Some(quote @ (b'"' | b'\'' | b'/' | b'`')) => single(char::from(*quote)),
        Some(b'\n') => Some((start..sign + 1, Decoded::Nothing)),
        Some(b'\r') if bytes.get(sign + 1) == Some(&b'\n') => {
            Some((start..sign + 2, Decoded::Nothing))
        }
        Some(b'u') => Some(hex_escape(text, start, sign, 4)),
        Some(b'x') => Some(hex_escape(text, start, sign, 2)),
        Some(b'e') if bytes.get(sign + 1) == Some(&b'[') => single('\x1b'),
        Some(b'0') if text[sign..].starts_with("033[") => {
            Some((start..sign + 3, Decoded::One('\x1b')))
        }
        _ => Some((start..sign, Decoded::One('\\'))),
    }
}

fn hex_escape(text: &str, start: usize, sign: usize, digits: usize) -> (Range<usize>, Decoded) {
    let end = sign + 1 + digits;
    let char = text
        .get(sign + 1..end)
        .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        .map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    match char {
        Some(char) => (start..end, Decoded::One(char)),
        None => (start..sign, Decoded::One('\\')),
    }
}

/// Control sequences of a terminal: they are left out.
fn strip_ansi(text: &str, from: usize) -> Option<(Range<usize>, Decoded)> {
    let bytes = text.as_bytes();
    let start = from + memchr::memchr(b'\x1b', &bytes[from..])?;
    let rest = &bytes[start + 1..];
    let length = match rest.first() {
        Some(b'[') => {
            1 + rest[1..]
                .iter()
                .take_while(|byte| (0x20..0x40).contains(*byte))
                .count()
                + 1
        }
        // An operating system command, a hyperlink for instance, up to BEL or ESC \.
        Some(b']') => rest
            .iter()
            .position(|byte| matches!(byte, 0x07 | 0x1b))
            .map_or(rest.len(), |end| end + 1 + usize::from(rest[end] == 0x1b)),
        Some(b' '..=b'/') => 2,
        Some(0x40..=0x7e) => 1,
        _ => 0,
    };
    let mut end = (start + 1 + length).min(bytes.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some((start..end, Decoded::Nothing))
}

/// URL encoding: neighbouring escapes together, as a character may take several.
fn percent(text: &str, from: usize) -> Option<(Range<usize>, Decoded)> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        start += memchr::memchr(b'%', &bytes[start..])?;
        if is_percent(bytes, start) {
            break;
        }
        start += 1;
    }
    let mut end = start;
    let mut decoded = Vec::new();
    while bytes.get(end) == Some(&b'%') && is_percent(bytes, end) {
        let hex = &text[end + 1..end + 3];
        decoded.push(u8::from_str_radix(hex, 16).unwrap_or(b'?'));
        end += 3;
        // An ASCII character stands alone, so that it leads back to its own escape.
        if decoded.iter().all(u8::is_ascii) {
            break;
        }
    }
    Some((start..end, Decoded::Bytes(decoded)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, outer: &str) {
        let view = decoded(text).expect("there is an escape");
        let start = view
            .text()
            .find(wanted)
            .unwrap_or_else(|| panic!("{:?} in {:?}", wanted, view.text()));
        assert_eq!(&text[view.outer(&(start..start + wanted.len()))], outer);
    }

    #[test]
    fn what_is_decoded_leads_back() {
        check(r#"{"a":"x=\"abc\" y"}"#, "abc", "abc");
        check(r#"\\\"ab\\ncd\\\""#, "ab\ncd", r"ab\\ncd");
        check(
            "se\x1b[01;31m\x1b[Kcr\x1b[m\x1b[Ket",
            "secret",
            "se\x1b[01;31m\x1b[Kcr\x1b[m\x1b[Ket",
        );
        check(
            r"se\u001b[31mcr\u001b[0met",
            "secret",
            r"se\u001b[31mcr\u001b[0met",
        );
        check("plain\nA=abc\\\ndef\nmore", "abcdef", "abc\\\ndef");
        check("q=a%3Db%22c%22&z", "b\"c\"", "b%22c%22");
        check("%D0%BF%D1%80=1", "пр=1", "%D0%BF%D1%80=1");
        check(r#"{\"url\":\"a%2Fb\"}"#, "a/b", "a%2Fb");
    }

    #[test]
    fn a_text_without_escapes_has_no_view() {
        assert!(decoded("100 % sure\nand plain").is_none());
    }

    #[test]
    fn only_lines_with_escapes_are_seen() {
        let view = decoded("one\ntwo \\t\nthree\nfour%20\n").unwrap();
        assert_eq!(view.text(), "two \t\nfour \n");
    }

    #[test]
    fn cut_off_escapes_are_left_as_they_are() {
        for text in [
            "\\", "\\u12", "\\x", "%", "%4", "\x1b", "\x1b[", "\x1b[31", "\x1b]8;;", "\x1bé",
            "\\é%e2",
        ] {
            let _ = decoded(text);
        }
    }
}
