//! Captured text, made harmless to look at: what controls, hides or reorders is shown by its code instead of obeyed.

use std::fmt::Write as _;

/// More combining marks than this on one letter run over the lines around them.
const COMBINING_MAX: usize = 8;
/// Longest run of parameters of an escape sequence.
const PARAMETERS_MAX: usize = 32;

/// The text with control characters, characters that reorder or hide others and towers of combining marks shown by their
/// codes. Line ends and tabs stay; colours of terminals are left out, since they would be noise.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let (mut before, mut combining) = ('\0', 0_usize);
    while let Some(c) = chars.next() {
        if is_combining(c) {
            combining += 1;
            if combining > COMBINING_MAX {
                continue;
            }
        } else if combining > COMBINING_MAX {
            let _ = write!(
                out,
                "\u{27e8}+{} combining\u{27e9}",
                combining - COMBINING_MAX
            );
            combining = 0;
        } else {
            combining = 0;
        }
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\u{1b}' => skip_escape(&mut chars),
            // How an emoji is written.
            '\u{fe0f}' | '\u{200d}' if is_pictograph(before) => out.push(c),
            c if is_hidden(c) => {
                let _ = write!(out, "\u{27e8}U+{:04X}\u{27e9}", u32::from(c));
            }
            c => out.push(c),
        }
        if !matches!(c, '\u{fe0f}' | '\u{200d}') {
            before = c;
        }
    }
    if combining > COMBINING_MAX {
        let _ = write!(
            out,
            "\u{27e8}+{} combining\u{27e9}",
            combining - COMBINING_MAX
        );
    }
    out
}

/// The same on one line, its white space made single spaces.
#[must_use]
pub fn one_line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first characters of a text, with an ellipsis where it is longer.
#[must_use]
pub fn cut(text: &str, characters_max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(characters_max) else {
        return text.to_owned();
    };
    format!("{}…", text[..end].trim_end())
}

/// JSON with hidden characters as escapes: the same value, which a terminal or a reader is not misled by.
#[must_use]
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// True of what is not seen, or moves what stands beside it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(code,
            0x00ad | 0x034f | 0x061c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164 | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff | 0xffa0
            | 0xfff0..=0xfffb | 0xfffe | 0xffff | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f | 0x0e31 | 0x0e34..=0x0e3a
        | 0x0e47..=0x0e4e | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x203c..=0x3299 | 0x1f000..=0x1faff)
}

/// An escape sequence's own characters are left out. What follows an unended one is not: nothing that a person may have to
/// read is lost.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut ahead = chars.clone();
    match ahead.next() {
        Some('[') => {
            for _ in 0..PARAMETERS_MAX {
                match ahead.next() {
                    Some('0'..='?' | ' '..='/') => {}
                    Some('@'..='~') => {
                        *chars = ahead;
                        return;
                    }
                    _ => return,
                }
            }
        }
        Some('(' | ')' | '#' | '%') => {
            ahead.next();
            *chars = ahead;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_misleads_is_shown_by_its_code() {
        assert_eq!(visible("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(
            visible("a\u{202e}b\u{200b}c\rd\r\n"),
            "a⟨U+202E⟩b⟨U+200B⟩c⟨U+000D⟩d\n"
        );
        assert_eq!(
            visible("👩\u{200d}💻 ok \u{2764}\u{fe0f}"),
            "👩\u{200d}💻 ok \u{2764}\u{fe0f}"
        );
        assert_eq!(visible("x\u{200d}y"), "x⟨U+200D⟩y");
        let tower = format!("e{}!", "\u{301}".repeat(40));
        assert_eq!(
            visible(&tower),
            format!("e{}⟨+32 combining⟩!", "\u{301}".repeat(8))
        );
        assert_eq!(one_line("a\n\n  b\tc"), "a b c");
        assert_eq!(cut("äöüß", 3), "äöü…");
        assert_eq!(cut("äöü", 3), "äöü");
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({"a": "x\u{9b}31m\u{202e}y\u{e0041}"});
        let safe = json(&value.to_string());
        assert!(!safe.chars().any(is_hidden), "{safe}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).unwrap(),
            value
        );
    }
}
