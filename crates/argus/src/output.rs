//! What is written to the terminal. Captured text never controls it.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use argus_export::{clean, figures};

/// Captured text, made harmless: one rule for terminals and for files.
pub(crate) use argus_export::clean::{one_line, visible};

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
    line(&clean::json(&text.unwrap_or_default()));
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

/// A number of things, such as `1 turn` and `2 turns`. `thing` is a word whose plural ends in s.
pub(crate) fn counted(n: impl Into<u64>, thing: &str) -> String {
    figures::counted(n.into(), thing)
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
            let safe = clean::json(&text);
            assert!(
                safe.chars().all(|c| c == '\n' || !clean::is_hidden(c)),
                "{safe}"
            );
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
