//! A few words around what was found.

use std::ops::Range;

/// A part of a text, with what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The part on one line, `…` where something stands before or behind it.
    pub text: String,
    /// What was found, in characters of this text.
    pub marks: Vec<(u32, u32)>,
}

/// Characters before the first place.
const BEFORE: usize = 48;

impl Snippet {
    /// The part of `text`, at most `chars_max` characters, in which most of `places` (in characters, in order) are; the
    /// beginning of the text where there are none. Colours of a terminal are left out.
    #[must_use]
    pub fn of(text: &str, places: &[Range<u32>], chars_max: usize) -> Self {
        let (chars, places) = without_colours(text, places);
        let (start, end) = part(&chars, &places, chars_max);
        let mut snippet = Self::default();
        let mut shift = 0;
        if start > 0 {
            snippet.text.push('…');
            shift = 1;
        }
        // One for one, so that marks stay where they are.
        snippet
            .text
            .extend(chars[start..end].iter().map(|c| match c {
                '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
                c => *c,
            }));
        if end < chars.len() {
            snippet.text.push('…');
        }
        let shown = |at: u32| {
            let at = (at as usize).clamp(start, end) - start + shift;
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        snippet.marks = places
            .iter()
            .map(|place| (shown(place.start), shown(place.end)))
            .filter(|(from, to)| from < to)
            .collect();
        snippet
    }
}

/// The characters of a text without its colours (`ESC [ … m`, ECMA-48 SGR), and the places in them.
fn without_colours(text: &str, places: &[Range<u32>]) -> (Vec<char>, Vec<Range<u32>>) {
    let all: Vec<char> = text.chars().collect();
    if !all.contains(&'\u{1b}') {
        return (all, places.to_vec());
    }
    let mut kept = Vec::with_capacity(all.len());
    // How many are kept before each.
    let mut before = Vec::with_capacity(all.len() + 1);
    let mut at = 0;
    while at < all.len() {
        let skipped = colour(&all[at..]);
        for c in &all[at..at + skipped.max(1)] {
            before.push(kept.len());
            if skipped == 0 {
                kept.push(*c);
            }
        }
        at += skipped.max(1);
    }
    before.push(kept.len());
    let shown = |at: u32| {
        let at = (at as usize).min(all.len());
        u32::try_from(before[at]).unwrap_or(u32::MAX)
    };
    let places = places
        .iter()
        .map(|place| shown(place.start)..shown(place.end))
        .collect();
    (kept, places)
}

/// How many characters at the beginning are one change of colour.
fn colour(chars: &[char]) -> usize {
    if !chars.starts_with(&['\u{1b}', '[']) {
        return 0;
    }
    let parameters = chars[2..]
        .iter()
        .take_while(|c| matches!(c, '0'..='?'))
        .count();
    match chars.get(2 + parameters) {
        Some('m') => parameters + 3,
        _ => 0,
    }
}

/// From where to where.
fn part(chars: &[char], places: &[Range<u32>], chars_max: usize) -> (usize, usize) {
    let room = chars_max.saturating_sub(BEFORE).max(1);
    let best = (0..places.len()).max_by_key(|first| {
        let from = places[*first].start as usize;
        let within = places[*first..]
            .iter()
            .take_while(|place| place.end as usize <= from + room)
            .count();
        // The first of equals.
        (within, std::cmp::Reverse(*first))
    });
    let Some(best) = best else {
        return (0, chars.len().min(chars_max));
    };
    let from = (places[best].start as usize).min(chars.len());
    let mut start = from.saturating_sub(BEFORE);
    // Not within a word, where a space is near.
    if start > 0
        && let Some(space) = chars[start..from].iter().position(|c| c.is_whitespace())
        && space < BEFORE / 2
    {
        start += space + 1;
    }
    let end = (start + chars_max).min(chars.len());
    // At the text's end there is more room in front.
    let start = if end == chars.len() {
        start.min(end.saturating_sub(chars_max))
    } else {
        start
    };
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_part_with_most_in_it() {
        let text = format!(
            "churn {} the churn\nof churn {}",
            "x ".repeat(200),
            "y ".repeat(200)
        );
        let places = [0..5, 411..416, 420..425];
        let snippet = Snippet::of(&text, &places, 100);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert_eq!(snippet.marks.len(), 2);
        let chars: Vec<char> = snippet.text.chars().collect();
        for (from, to) in &snippet.marks {
            let marked: String = chars[*from as usize..*to as usize].iter().collect();
            assert_eq!(marked, "churn");
        }
        assert_eq!(Snippet::of("short\ntext", &[], 100).text, "short text");
    }

    #[test]
    fn colours_are_left_out_and_nothing_else_of_a_terminal() {
        let text = "\u{1b}[32m✓\u{1b}[0m \u{1b}[1;2mtests.churn\u{1b}[0m \u{1b}[2J \u{1b}[31";
        let at = text.chars().count() - "churn\u{1b}[0m \u{1b}[2J \u{1b}[31".chars().count();
        let at = u32::try_from(at).unwrap();
        // The last is of a colour itself.
        let snippet = Snippet::of(text, &[at..at + 5, 1..4], 100);
        assert_eq!(snippet.text, "✓ tests.churn \u{1b}[2J \u{1b}[31");
        assert_eq!(snippet.marks, [(8, 13)]);
    }

    proptest! {
        #[test]
        fn marks_show_what_the_places_name(text in any::<String>(), at in 0u32..60, length in 1u32..20, chars_max in 20usize..80) {
            let chars: Vec<char> = text.chars().collect();
            let count = u32::try_from(chars.len()).unwrap();
            let (start, end) = (at.min(count), (at + length).min(count));
            #[expect(clippy::single_range_in_vec_init, reason = "one place")]
            let snippet = Snippet::of(&text, &[start..end], chars_max);
            let shown: Vec<char> = snippet.text.chars().collect();
            prop_assert!(shown.len() <= chars_max + 2);
            for (from, to) in snippet.marks {
                let marked = &shown[from as usize..to as usize];
                let meant = &chars[start as usize..];
                for (shown, meant) in marked.iter().zip(meant) {
                    prop_assert!(shown == meant || *shown == ' ');
                }
            }
        }
    }
}
