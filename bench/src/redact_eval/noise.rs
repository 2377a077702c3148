//! What was changed that should have stayed.

use std::collections::BTreeMap;
use std::ops::Range;

use argus_redact::RedactedText;

use super::corpus::Case;

/// A stretch of the input that is not in the output any more, in bytes.
pub(super) type Changed = Range<usize>;

/// The stretches of `text` that were replaced; what touches counts as one. The spans are not taken at their word: if the
/// output is not the text with these stretches replaced, all of it has changed.
pub(super) fn changed(text: &str, output: &RedactedText) -> Vec<Changed> {
    if output.dropped.is_some() || !fits(text, output) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut changed: Vec<Changed> = Vec::new();
    for span in &output.spans {
        match changed.last_mut() {
            Some(last) if last.end == span.input_start => last.end = span.input_end,
            _ => changed.push(span.input_start..span.input_end),
        }
    }
    changed
}

/// Everything that stands between the replaced stretches stands between the placeholders.
fn fits(text: &str, output: &RedactedText) -> bool {
    let (mut from, mut out_from) = (0, 0);
    let same = |kept: Range<usize>, out: Range<usize>| {
        let kept = text.get(kept);
        kept.is_some() && kept == output.text.get(out)
    };
    for span in &output.spans {
        if !same(from..span.input_start, out_from..span.start) {
            return false;
        }
        (from, out_from) = (span.input_end, span.end);
    }
    same(from..text.len(), out_from..output.text.len())
}

/// Characters outside the labelled spans that were replaced, and how many there are.
pub(super) fn outside_of_labels(case: &Case, changed: &[Changed]) -> (usize, usize) {
    let is_in = |at: usize, ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&at));
    case.text
        .char_indices()
        .filter(|(at, _)| !is_in(*at, &case.spans))
        .fold((0, 0), |(lost, chars), (at, _)| {
            (lost + usize::from(is_in(at, changed)), chars + 1)
        })
}

/// Figures of clean cases.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) cases: usize,
    pub(super) changed: usize,
    pub(super) hits: usize,
    pub(super) chars_lost: usize,
    pub(super) chars: usize,
}

impl Figures {
    fn add(&mut self, case: &Case, changed: &[Changed]) {
        self.cases += 1;
        self.changed += usize::from(!changed.is_empty());
        self.hits += changed.len();
        self.chars += case.text.chars().count();
        let lost = |stretch: &Changed| case.text[stretch.clone()].chars().count();
        self.chars_lost += changed.iter().map(lost).sum::<usize>();
    }

    /// Changed stretches in 100,000 characters.
    pub(super) fn hits_per_100_kb(&self) -> f64 {
        self.hits as f64 / (self.chars.max(1) as f64 / 1e5)
    }
}

/// Clean cases: those that count, by group, and near misses apart.
#[derive(Debug, Default)]
pub(super) struct Noise {
    pub(super) counted: Figures,
    pub(super) by_group: BTreeMap<String, Figures>,
    pub(super) by_family: BTreeMap<String, Figures>,
}

impl Noise {
    pub(super) fn add(&mut self, case: &Case, changed: &[Changed]) {
        if !case.is_near_miss() {
            self.counted.add(case, changed);
        }
        let group = self.by_group.entry(case.group().to_owned());
        group.or_default().add(case, changed);
        let family = self.by_family.entry(case.family.clone());
        family.or_default().add(case, changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use argus_redact::Span;

    fn output(text: &str, spans: &[(usize, usize, usize, usize)]) -> RedactedText {
        let span = |(start, end, input_start, input_end): &(usize, usize, usize, usize)| Span {
            kind: "x".to_owned(),
            start: *start,
            end: *end,
            input_start: *input_start,
            input_end: *input_end,
        };
        RedactedText {
            text: text.to_owned(),
            spans: spans.iter().map(span).collect(),
            dropped: None,
        }
    }

    #[test]
    fn spans_are_believed_as_far_as_they_are_true() {
        let stretches = |text: &str, output: &RedactedText| -> Vec<(usize, usize)> {
            let changed = changed(text, output).into_iter();
            changed.map(|range| (range.start, range.end)).collect()
        };
        let good = output("a [x] b", &[(2, 5, 2, 8)]);
        assert_eq!(stretches("a secret b", &good), [(2, 8)]);
        let untold = output("a [x] c", &[(2, 5, 2, 8)]);
        assert_eq!(stretches("a secret b", &untold), [(0, 10)]);
        let touching = output("[x][x]", &[(0, 3, 0, 2), (3, 6, 2, 4)]);
        assert_eq!(stretches("abcd", &touching), [(0, 4)]);
    }
}
