//! What is written to the terminal. Captured text never controls it.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::error::CaptureError;

/// Writes a line to stdout. A closed pipe is nobody who reads.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", visible(text)).and_then(|()| out.flush());
}

/// Writes JSON to stdout.
pub(crate) fn json(value: &impl serde::Serialize) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Writes a line to stderr.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(text));
}

/// Writes an error and what to do about it.
pub(crate) fn error(error: &CaptureError) {
    note(&format!("error: {}", error.message));
    if let Some(hint) = &error.hint {
        note(&format!("  hint: {hint}"));
    }
}

/// Text made harmless: what a terminal would obey, or a person be misled by, is shown.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        let is_hidden = char.is_control() && !matches!(char, '\n' | '\t')
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if is_hidden {
            let _ = write!(out, "\u{27e8}U+{:04X}\u{27e9}", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

/// Bytes in words.
pub(crate) fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
    let count = count as f64;
    match count {
        0.0..1_000.0 => format!("{count} B"),
        1_000.0..1_000_000.0 => format!("{:.1} kB", count / 1e3),
        1_000_000.0..1e9 => format!("{:.1} MB", count / 1e6),
        _ => format!("{:.1} GB", count / 1e9),
    }
}

/// How long ago something was, in words.
pub(crate) fn ago(at_us: i64, now_us: i64) -> String {
    let seconds = (now_us - at_us).max(0) / 1_000_000;
    match seconds {
        0..60 => format!("{seconds} s ago"),
        60..3_600 => format!("{} min ago", seconds / 60),
        3_600..172_800 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}
