//! What is written to the terminal. Captured text never controls it.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::error::CommandError;
use crate::system;

/// Writes a line to stdout. A closed pipe (`| head`) ends the program quietly.
pub(crate) fn line(text: &str) {
    write(&format!("{text}\n"));
}

/// Writes text to stdout.
pub(crate) fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    if out
        .write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_err()
    {
        std::process::exit(0);
    }
}

/// Writes a value to stdout as JSON. What JSON leaves as it is and a terminal or a person may be misled by is escaped.
pub(crate) fn json(value: &impl serde::Serialize, pretty: bool) {
    let text = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    line(&escaped(&text.unwrap_or_default()));
}

/// Hidden characters as JSON escapes. Outside strings JSON has none but line ends, which stay.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
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

/// Writes a line to stderr.
pub(crate) fn note(text: &str) {
    // Where stderr cannot be written there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes an error and what to do about it.
pub(crate) fn error(error: &CommandError) {
    note(&format!("error: {}", visible(&error.message)));
    for hint in &error.hints {
        note(&format!("  hint: {}", visible(hint)));
    }
}

/// True when colours are wanted: on a terminal, unless `NO_COLOR` says otherwise.
pub(crate) fn has_colour() -> bool {
    std::io::stdout().is_terminal()
        && system::variable("NO_COLOR").is_none()
        && system::variable("TERM").as_deref() != Some("dumb")
}

/// Columns of the terminal; 100 where there is none.
pub(crate) fn columns() -> usize {
    system::variable("COLUMNS")
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(100)
        .clamp(40, 400)
}

/// Shows a long text: through a pager on a terminal, plainly otherwise.
pub(crate) fn page(text: &str) {
    if !std::io::stdout().is_terminal() {
        return write(text);
    }
    let pager = system::variable("PAGER").unwrap_or_else(|| "less -R -F -X".to_owned());
    let mut words = pager.split_whitespace();
    let child = words.next().and_then(|program| {
        Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .spawn()
            .ok()
    });
    match child {
        Some(mut child) => {
            if let Some(mut input) = child.stdin.take() {
                // A pager that is left early closes its end.
                let _ = input.write_all(text.as_bytes());
            }
            let _ = child.wait();
        }
        None => write(text),
    }
}

/// Captured text, made harmless: control characters, escape sequences and characters that reorder or hide others are
/// shown instead of obeyed. Line ends and tabs stay.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\u{1b}' => skip_escape(&mut chars),
            c if is_hidden(c) => {
                // Writing to a string does not fail.
                let _ = write!(out, "\u{27e8}U+{:04X}\u{27e9}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Captured text on one line.
pub(crate) fn one_line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An escape sequence's own characters are not shown: colours of captured output would be noise. What follows an
/// unended one is: nothing that a person may have to read is lost.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    const PARAMETERS_MAX: usize = 32;
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
        Some(c @ ('(' | ')' | '#' | '%')) => {
            let _ = c;
            ahead.next();
            *chars = ahead;
        }
        _ => {}
    }
}

fn is_hidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(code,
            0x00ad | 0x034f | 0x061c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
            | 0xe0000..=0xe0fff)
}

/// A number of things, such as `1 turn` and `2 turns`. `thing` is a word whose plural ends in s.
pub(crate) fn counted(n: impl Into<u64>, thing: &str) -> String {
    let n = n.into();
    if n == 1 {
        format!("1 {thing}")
    } else {
        format!("{n} {thing}s")
    }
}

/// Cuts a text to so many characters, with an ellipsis.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// Opens an address in the person's browser, where there is one: stdout is a terminal of a desktop. Quiet when that fails, since
/// the address is printed too.
pub(crate) fn open_in_browser(url: &str) {
    use std::process::{Command, Stdio};
    let has_desktop = cfg!(target_os = "macos")
        || crate::system::variable("DISPLAY").is_some()
        || crate::system::variable("WAYLAND_DISPLAY").is_some();
    if !std::io::stdout().is_terminal() || !has_desktop {
        return;
    }
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    // The address with its token is an argument of a process for a moment: the link is used up by then or soon.
    let _ = Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_text_cannot_control_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(visible("x\u{1b}]0;title\u{7}y"), "x]0;title⟨U+0007⟩y");
        assert_eq!(
            visible("a\u{202e}b\u{200b}c\rd\r\n"),
            "a⟨U+202E⟩b⟨U+200B⟩c⟨U+000D⟩d\n"
        );
        assert_eq!(visible("end\u{1b}["), "end[");
        assert_eq!(one_line("a\n\n  b\tc"), "a b c");
        for c in (0..0x20)
            .chain(0x7f..0xa0)
            .filter_map(char::from_u32)
            .filter(|c| !matches!(c, '\n' | '\t'))
        {
            assert!(!visible(&format!("a{c}[6nb")).contains(c), "{c:?}");
        }
    }

    #[test]
    fn json_stays_the_same_value_without_what_misleads() {
        let value = serde_json::json!({"a": "x\u{9b}31m\u{202e}y\u{e0041}", "b": ["é", "\n"]});
        for text in [
            value.to_string(),
            serde_json::to_string_pretty(&value).unwrap(),
        ] {
            let safe = escaped(&text);
            assert!(safe.chars().all(|c| c == '\n' || !is_hidden(c)), "{safe}");
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&safe).unwrap(),
                value
            );
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
