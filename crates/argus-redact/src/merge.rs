//! Several rules may find one secret, or parts of it: what overlaps becomes one.

use std::ops::Range;

use crate::found::{Found, rank};
use crate::placeholder;

/// Puts what overlaps together: all of it goes, and the highest rank says what it is. What only repeats a placeholder goes.
pub(crate) fn merge(text: &str, found: &mut Vec<Found>) {
    let placeholders = placeholder::all(text);
    for found in found.iter_mut() {
        // A backslash at the end escapes what follows, a quote for instance: it stays with it.
        let escapes = text[found.range.clone()]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count();
        if escapes % 2 == 1 && escapes < found.range.len() {
            found.range.end -= 1;
        }
        // Half a placeholder is none: all of it goes with what touches it.
        for placeholder in touched(&placeholders, &found.range) {
            found.range.start = found.range.start.min(placeholder.start);
            found.range.end = found.range.end.max(placeholder.end);
        }
    }
    found.retain(|found| !is_only_placeholders(text, &found.range, &placeholders));
    found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    drop_covered_identifiers(found);
    let mut merged: Vec<Found> = Vec::with_capacity(found.len());
    for next in found.drain(..) {
        match merged.last_mut() {
            Some(last) if next.range.start < last.range.end => {
                let range = last.range.start..last.range.end.max(next.range.end);
                if (next.rank, next.range.len()) > (last.rank, last.range.len()) {
                    *last = next;
                }
                last.range = range;
            }
            _ => merged.push(next),
        }
    }
    *found = merged;
}

/// `https://TOKEN@host` holds no e-mail address: what somebody is known by does not reach over a secret.
fn drop_covered_identifiers(found: &mut Vec<Found>) {
    let is_identifier = |found: &Found| found.rank == rank::IDENTIFIER;
    if !found.iter().any(is_identifier) {
        return;
    }
    let secrets: Vec<Range<usize>> = found
        .iter()
        .filter(|found| !is_identifier(found))
        .map(|found| found.range.clone())
        .collect();
    // In order of their starts; the furthest end so far tells whether one reaches into a stretch.
    let ends: Vec<usize> = secrets
        .iter()
        .scan(0, |furthest, secret| {
            *furthest = secret.end.max(*furthest);
            Some(*furthest)
        })
        .collect();
    found.retain(|found| {
        let before = secrets.partition_point(|secret| secret.start < found.range.end);
        !is_identifier(found) || before == 0 || ends[before - 1] <= found.range.start
    });
}

/// The placeholders that a stretch touches. They are in order.
fn touched<'a>(placeholders: &'a [Range<usize>], range: &Range<usize>) -> &'a [Range<usize>] {
    let first = placeholders.partition_point(|placeholder| placeholder.end <= range.start);
    let end = placeholders.partition_point(|placeholder| placeholder.start < range.end);
    &placeholders[first..end.max(first)]
}

/// True when nothing but placeholders, and signs around them, is in a stretch.
fn is_only_placeholders(text: &str, range: &Range<usize>, placeholders: &[Range<usize>]) -> bool {
    let touched = touched(placeholders, range);
    let mut from = range.start;
    for placeholder in touched {
        if text[from..placeholder.start].contains(char::is_alphanumeric) {
            return false;
        }
        from = placeholder.end;
    }
    !touched.is_empty() && !text[from..range.end].contains(char::is_alphanumeric)
}
