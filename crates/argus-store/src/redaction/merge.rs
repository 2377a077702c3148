//! Where the replacements of a text are once more of it was replaced.

use std::collections::{BTreeMap, BTreeSet};

use argus_redact::FieldSpan;
use serde_json::Value;

/// The spans of a content that was redacted twice: `old` as they lay in `before`, `new` as they lie in `after`. An old one is
/// gone when what is around it was replaced too.
pub(super) fn merge(
    old: &[FieldSpan],
    new: &[FieldSpan],
    before: &Value,
    after: &Value,
) -> Vec<FieldSpan> {
    // In names: they are kept as they are, and those of the newer rules with them.
    let of_names = old.iter().chain(new).filter(|span| span.of_name).cloned();
    let mut by_pointer: BTreeMap<&str, (Vec<&FieldSpan>, Vec<&FieldSpan>)> = BTreeMap::new();
    for span in old.iter().filter(|span| !span.of_name) {
        by_pointer.entry(&span.pointer).or_default().0.push(span);
    }
    for span in new.iter().filter(|span| !span.of_name) {
        by_pointer.entry(&span.pointer).or_default().1.push(span);
    }
    let mut merged = Vec::with_capacity(old.len() + new.len());
    for (pointer, (old, new)) in by_pointer {
        let text = |of: &'_ Value| {
            of.pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let mut spans: Vec<FieldSpan> = new.iter().map(|span| (*span).clone()).collect();
        if let (Some(before), Some(after)) = (text(before), text(after)) {
            spans.extend(moved(&old, &new, &before, &after));
        }
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup_by_key(|span| (span.start, span.end));
        merged.append(&mut spans);
    }
    merged.extend(of_names);
    merged
}

/// Old spans where they are now. Redaction changes no placeholder and keeps the order, so that each is the next of its
/// letters, once as many of the same letters were passed as stood there without being a replacement: somebody typed them.
fn moved(old: &[&FieldSpan], new: &[&FieldSpan], before: &str, after: &str) -> Vec<FieldSpan> {
    let mut old = old.to_vec();
    old.sort_by_key(|span| span.start);
    let taken: BTreeSet<(usize, usize)> = new.iter().map(|span| range(span)).collect();
    let is_replaced = |from: usize, to: usize| {
        taken
            .iter()
            .any(|(start, end)| from < *end && *start < to && (from, to) != (*start, *end))
    };
    let (mut from_before, mut from_after) = (0, 0);
    let mut found = Vec::new();
    for span in old {
        let (start, end) = range(span);
        let (Some(passed), Some(placeholder)) =
            (before.get(from_before..start), before.get(start..end))
        else {
            continue;
        };
        let typed = passed.matches(placeholder).count();
        let place = after[from_after..]
            .match_indices(placeholder)
            .map(|(place, _)| from_after + place)
            .filter(|place| !is_replaced(*place, place + placeholder.len()))
            .take(typed + 1)
            .last();
        if let Some(place) = place {
            from_after = place + placeholder.len();
            found.push(FieldSpan {
                start: offset(place),
                end: offset(from_after),
                ..span.clone()
            });
        }
        from_before = end;
    }
    found
}

fn range(span: &FieldSpan) -> (usize, usize) {
    (span.start as usize, span.end as usize)
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn span(kind: &str, start: usize, end: usize) -> FieldSpan {
        FieldSpan {
            pointer: "/text".to_owned(),
            kind: kind.to_owned(),
            start: offset(start),
            end: offset(end),
            of_name: false,
        }
    }

    /// The span of the `nth` place of `needle`.
    fn at(text: &str, needle: &str, nth: usize) -> FieldSpan {
        let (start, _) = text.match_indices(needle).nth(nth).unwrap();
        span("x", start, start + needle.len())
    }

    fn merged(old: &[FieldSpan], new: &[FieldSpan], before: &str, after: &str) -> Vec<FieldSpan> {
        merge(old, new, &json!({"text": before}), &json!({"text": after}))
    }

    #[test]
    fn an_old_replacement_moves_with_what_is_before_it() {
        let before = "CASE-1 [redacted:a] é CASE-2 [redacted:b]";
        let after = "[redacted:case] [redacted:a] é [redacted:case] [redacted:b]";
        let new = [
            at(after, "[redacted:case]", 0),
            at(after, "[redacted:case]", 1),
        ];
        let old = [at(before, "[redacted:a]", 0), at(before, "[redacted:b]", 0)];
        let expected = [
            new[0].clone(),
            at(after, "[redacted:a]", 0),
            new[1].clone(),
            at(after, "[redacted:b]", 0),
        ];
        assert_eq!(merged(&old, &new, before, after), expected);
    }

    #[test]
    fn a_placeholder_that_somebody_typed_does_not_become_a_replacement() {
        let before = "[redacted:a] CASE-1 [redacted:a] [redacted:a]";
        let after = "[redacted:a] [redacted:case] [redacted:a] [redacted:a]";
        let new = [at(after, "[redacted:case]", 0)];
        let old = [at(before, "[redacted:a]", 1)];
        let expected = [new[0].clone(), at(after, "[redacted:a]", 1)];
        assert_eq!(merged(&old, &new, before, after), expected);
    }

    #[test]
    fn an_old_replacement_within_a_new_one_is_gone() {
        let before = "BEGIN [redacted:a] END [redacted:a]";
        let after = "[redacted:block] [redacted:a]";
        let new = [at(after, "[redacted:block]", 0)];
        let old = [at(before, "[redacted:a]", 0), at(before, "[redacted:a]", 1)];
        let expected = [new[0].clone(), at(after, "[redacted:a]", 0)];
        assert_eq!(merged(&old, &new, before, after), expected);
    }

    #[test]
    fn texts_in_which_nothing_new_was_found_keep_what_they_had() {
        let text = "[redacted:a]";
        let old = [at(text, text, 0)];
        assert_eq!(merged(&old, &[], text, text), old);
    }
}
