//! Whether what must go is gone.
//!
//! Hidden: every string that must go occurs in the output no more often than it occurs in the input outside the labelled
//! spans. Strictly hidden: moreover no run of 60 % or more of a string of 12 characters or more is left, so that it does not
//! count to hide a few characters of a key.

use std::collections::BTreeMap;

use super::corpus::Case;

const STRICT_CHARS_MIN: usize = 12;
const STRICT_RUN_CHARS_MIN: usize = 10;
const STRICT_RUN_PERCENT: usize = 60;

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) is_hidden: bool,
    pub(super) is_strict: bool,
}

pub(super) fn verdict(case: &Case, output: &str) -> Verdict {
    let is_hidden = case
        .must_hide
        .iter()
        .all(|secret| output.matches(secret.as_str()).count() <= allowed(case, secret));
    Verdict {
        is_hidden,
        is_strict: is_hidden && !has_a_long_run(case, output),
    }
}

/// How often a string stands outside the labelled spans.
fn allowed(case: &Case, secret: &str) -> usize {
    case.text
        .match_indices(secret)
        .filter(|(start, found)| {
            let end = start + found.len();
            !case
                .spans
                .iter()
                .any(|span| span.start < end && *start < span.end)
        })
        .count()
}

/// True when the output has a long piece of a string that must go, which the text does not have elsewhere too.
fn has_a_long_run(case: &Case, output: &str) -> bool {
    let rest = outside_of_spans(case);
    case.must_hide.iter().any(|secret| {
        let bounds: Vec<usize> = secret
            .char_indices()
            .map(|(at, _)| at)
            .chain([secret.len()])
            .collect();
        let chars = bounds.len() - 1;
        let run = (chars * STRICT_RUN_PERCENT)
            .div_ceil(100)
            .max(STRICT_RUN_CHARS_MIN);
        chars >= STRICT_CHARS_MIN
            && bounds.windows(run + 1).any(|window| {
                let piece = &secret[window[0]..window[run]];
                output.contains(piece) && !rest.contains(piece)
            })
    })
}

/// The text without its labelled spans, with a NUL where each was.
fn outside_of_spans(case: &Case) -> String {
    let mut spans = case.spans.clone();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut rest = Vec::new();
    let mut from = 0;
    for span in spans {
        rest.extend(
            case.text
                .as_bytes()
                .get(from..span.start)
                .unwrap_or_default(),
        );
        rest.push(0);
        from = from.max(span.end);
    }
    rest.extend(case.text.as_bytes().get(from..).unwrap_or_default());
    String::from_utf8_lossy(&rest).into_owned()
}

/// Cases, how many are hidden, how many strictly.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) cases: usize,
    pub(super) hidden: usize,
    pub(super) strict: usize,
}

/// Tallies by name.
pub(super) type Tallies = BTreeMap<String, Tally>;

/// Recall of the headline, and of what is kept out of it by tag.
#[derive(Debug, Default)]
pub(super) struct Recall {
    pub(super) by_kind: Tallies,
    pub(super) by_source: Tallies,
    pub(super) by_group: Tallies,
    pub(super) by_family: Tallies,
    pub(super) by_tag: Tallies,
}

impl Recall {
    pub(super) fn add(&mut self, case: &Case, verdict: Verdict) {
        let kind = case.kind.as_str();
        if case.is_in_headline() {
            count(&mut self.by_kind, kind.to_owned(), verdict);
            let source = format!("{} ({kind})", case.source);
            count(&mut self.by_source, source, verdict);
            count(&mut self.by_group, case.group().to_owned(), verdict);
            count(&mut self.by_family, case.family.clone(), verdict);
            for tag in &case.tags {
                let tag = format!("{kind}: {tag} (in the headline)");
                count(&mut self.by_tag, tag, verdict);
            }
        } else {
            for tag in case.tags_aside() {
                count(&mut self.by_tag, format!("{kind}: {tag}"), verdict);
            }
        }
    }
}

fn count(tallies: &mut Tallies, name: String, verdict: Verdict) {
    let tally = tallies.entry(name).or_default();
    tally.cases += 1;
    tally.hidden += usize::from(verdict.is_hidden);
    tally.strict += usize::from(verdict.is_strict);
}

#[cfg(test)]
mod tests {
    use super::super::corpus::Kind;
    use super::*;

    fn verdict_of(text: &str, secret: &str, output: &str) -> (bool, bool) {
        let start = text.find(secret).unwrap();
        let spans = std::iter::once(start..start + secret.len()).collect();
        let case = Case {
            id: "a".to_owned(),
            source: "s".to_owned(),
            kind: Kind::Secret,
            family: "vendor/x".to_owned(),
            text: text.to_owned(),
            spans,
            must_hide: vec![secret.to_owned()],
            tags: Vec::new(),
        };
        let verdict = verdict(&case, output);
        (verdict.is_hidden, verdict.is_strict)
    }

    #[test]
    fn hidden_by_count_and_strictly() {
        let secret = "abcdefghijklmnopqrst";
        let text = format!("key={secret}");
        assert_eq!(verdict_of(&text, secret, &text), (false, false));
        assert_eq!(verdict_of(&text, secret, "key=[x]"), (true, true));
        assert_eq!(
            verdict_of(&text, secret, "key=[x]efghijklmnop"),
            (true, false)
        );
        assert_eq!(
            verdict_of(&text, secret, "key=[x]efghijklmno"),
            (true, true)
        );
    }

    #[test]
    fn what_stands_elsewhere_too_may_stay_there() {
        let text = "pw=admin user admin";
        assert_eq!(verdict_of(text, "admin", "pw=[x] user admin"), (true, true));
        assert_eq!(verdict_of(text, "admin", text), (false, false));
    }
}
