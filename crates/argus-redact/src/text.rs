//! Redacts one text.

use crate::placeholder;
use crate::rules::Rules;

/// A text without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedText {
    /// The text with placeholders.
    pub text: String,
    /// What was replaced, in order.
    pub spans: Vec<Span>,
}

/// One replacement in a text. Offsets are UTF-8 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What kind of secret it was.
    pub kind: &'static str,
    /// Where the placeholder starts in the redacted text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Where the secret started in the text that was given.
    pub input_start: usize,
    /// Where it ended.
    pub input_end: usize,
}

struct Found {
    kind: &'static str,
    start: usize,
    end: usize,
}

pub(crate) fn redact(rules: &Rules, key: &[u8; 32], text: &str) -> RedactedText {
    let found = find(rules, text);
    let mut out = RedactedText {
        text: String::with_capacity(text.len()),
        spans: Vec::with_capacity(found.len()),
    };
    let mut from = 0;
    for secret in found {
        out.text.push_str(&text[from..secret.start]);
        let start = out.text.len();
        out.text.push_str(&placeholder::make(
            secret.kind,
            &text[secret.start..secret.end],
            key,
        ));
        out.spans.push(Span {
            kind: secret.kind,
            start,
            end: out.text.len(),
            input_start: secret.start,
            input_end: secret.end,
        });
        from = secret.end;
    }
    out.text.push_str(&text[from..]);
    out
}

/// The secrets of a text, in order, none overlapping another: of two that do, the one that starts first, then the longer.
fn find(rules: &Rules, text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let placeholders = placeholder::all(text);
    let is_redacted = |secret: &regex::Match<'_>| {
        let next = placeholders.partition_point(|placeholder| placeholder.end < secret.end());
        placeholders
            .get(next)
            .is_some_and(|placeholder| placeholder.start <= secret.start())
    };
    for rule in rules.called_for(text) {
        for captures in rule.regex.captures_iter(text) {
            let Some(secret) = captures.get(1).or_else(|| captures.get(0)) else {
                continue;
            };
            if (rule.check)(secret.as_str()) && !is_redacted(&secret) {
                found.push(Found {
                    kind: rule.kind,
                    start: secret.start(),
                    end: secret.end(),
                });
            }
        }
    }
    found.sort_by_key(|secret| (secret.start, std::cmp::Reverse(secret.end)));
    let mut end = 0;
    found.retain(|secret| {
        let is_free = secret.start >= end;
        if is_free {
            end = secret.end;
        }
        is_free
    });
    found
}
