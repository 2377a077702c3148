//! Anchors: which words of a text somebody spoke of, found again when the text is another.
//!
//! The words themselves are not kept. What is kept is where they stood, how many characters they were, a keyed hash that
//! tells them for sure, and a keyed fingerprint that is cheap to compute at every place of a text. A text may have grown in
//! front of them (they moved), or they may have been replaced by redaction (they changed).

/// A range of a text, in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CharRange {
    /// The first.
    pub start: u64,
    /// After the last.
    pub end: u64,
}

/// Where the words are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Where they were.
    Placed,
    /// Elsewhere in the text.
    Moved(CharRange),
    /// Nowhere in the text.
    QuoteChanged,
}

/// The modulus of fingerprints: the Mersenne prime 2^61 - 1.
const MODULUS: u64 = (1 << 61) - 1;

impl CharRange {
    /// How many characters it has.
    #[must_use]
    pub const fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// True when it has none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Its piece of a text; `None` when the text ends before it, or it is empty.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        let mut ends = text
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([text.len()])
            .skip(usize::try_from(self.start).ok()?);
        let start = ends.next()?;
        let end = ends.nth(usize::try_from(self.len().checked_sub(1)?).ok()?)?;
        Some(&text[start..end])
    }
}

/// The fingerprint of some words: a polynomial of their characters at a secret point. Equal words have equal ones; others
/// may, so that the keyed hash has the last word.
#[must_use]
pub fn fingerprint(words: &str, secret: u64) -> u64 {
    let base = base(secret);
    words.chars().fold(0, |sum, c| next(sum, c, base))
}

/// Where the words are that stood at `range`, by their `fingerprint` under `secret` and by `is_quote`, which looks at their
/// keyed hash. Of several places, the one nearest to where they stood.
pub fn place(
    text: &str,
    range: CharRange,
    fingerprint: u64,
    secret: u64,
    mut is_quote: impl FnMut(&str) -> bool,
) -> Placement {
    if range.of(text).is_some_and(&mut is_quote) {
        return Placement::Placed;
    }
    let mut found: Option<CharRange> = None;
    for (start, words) in windows(text, range.len(), fingerprint, base(secret)) {
        // Places come in order: once they are further off than the one that was found, so are all that follow.
        let is_nearer = found
            .is_none_or(|found| start.abs_diff(range.start) < found.start.abs_diff(range.start));
        if !is_nearer {
            break;
        }
        if is_quote(words) {
            found = Some(CharRange {
                start,
                end: start + range.len(),
            });
        }
    }
    found.map_or(Placement::QuoteChanged, Placement::Moved)
}

/// The pieces of a text that have this length and fingerprint, with their first character's place.
fn windows(
    text: &str,
    length: u64,
    fingerprint: u64,
    base: u64,
) -> impl Iterator<Item = (u64, &str)> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    // What the character that leaves has been multiplied by.
    let leaving = power(base, length);
    let mut sum = 0;
    let mut starts = text.char_indices();
    text.char_indices()
        .enumerate()
        .filter_map(move |(place, (byte, c))| {
            sum = next(sum, c, base);
            if length == 0 || place + 1 < length {
                return None;
            }
            if place >= length {
                let (_, left) = starts.next()?;
                let left = multiply(number(left), leaving);
                sum = (sum + MODULUS - left) % MODULUS;
            }
            let start = starts.clone().next()?.0;
            let is_like = sum == fingerprint;
            is_like.then(|| {
                let first = (place + 1 - length) as u64;
                (first, &text[start..byte + c.len_utf8()])
            })
        })
}

fn base(secret: u64) -> u64 {
    // Neither 0, 1 nor small: characters must not cancel each other.
    secret % (MODULUS - (1 << 32)) + (1 << 32)
}

fn number(c: char) -> u64 {
    u64::from(u32::from(c)) + 1
}

fn next(sum: u64, c: char, base: u64) -> u64 {
    (multiply(sum, base) + number(c)) % MODULUS
}

fn power(base: u64, exponent: usize) -> u64 {
    let (mut result, mut square, mut left) = (1, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        left >>= 1;
    }
    result
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    u64::try_from(product % u128::from(MODULUS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: u64 = 0x1234_5678_9abc_def0;

    fn range_of(text: &str, start: usize, length: usize) -> (CharRange, String) {
        let words: String = text.chars().skip(start).take(length).collect();
        let range = CharRange {
            start: start as u64,
            end: (start + length) as u64,
        };
        (range, words)
    }

    fn placed(text: &str, range: CharRange, words: &str) -> Placement {
        place(text, range, fingerprint(words, SECRET), SECRET, |piece| {
            piece == words
        })
    }

    #[test]
    fn a_range_is_in_characters() {
        let text = "aé日本🎉x";
        let range = |start, end| CharRange { start, end }.of(text);
        assert_eq!(range(1, 3), Some("é日"));
        assert_eq!(range(4, 6), Some("🎉x"));
        assert_eq!(range(0, 6), Some(text));
        assert_eq!(range(4, 7), None);
        assert_eq!(range(2, 2), None);
        assert_eq!(range(3, 2), None);
        assert_eq!(range(7, 9), None);
    }

    #[test]
    fn of_several_places_the_nearest_is_taken() {
        let (range, words) = range_of("..ab......", 2, 2);
        assert_eq!(
            placed("ab..cd.ab.", range, &words),
            Placement::Moved(CharRange { start: 0, end: 2 })
        );
        assert_eq!(
            placed("abc.ab..ab", range, &words),
            Placement::Moved(CharRange { start: 0, end: 2 })
        );
        assert_eq!(
            placed("......ab", CharRange { start: 5, end: 7 }, &words),
            Placement::Moved(CharRange { start: 6, end: 8 })
        );
        assert_eq!(placed("", range, &words), Placement::QuoteChanged);
    }

    /// What [`place`] promises, looked for the slow way.
    fn slow(text: &str, range: CharRange, words: &str) -> Placement {
        if range.of(text) == Some(words) {
            return Placement::Placed;
        }
        let count = text.chars().count() as u64;
        (0..count)
            .map(|start| CharRange {
                start,
                end: start + range.len(),
            })
            .filter(|at| at.of(text) == Some(words))
            .min_by_key(|at| (at.start.abs_diff(range.start), at.start))
            .map_or(Placement::QuoteChanged, Placement::Moved)
    }

    proptest! {
        #[test]
        fn words_are_found_where_they_are(before in "[ab日🎉]{0,12}", words in "[ab日🎉]{1,4}", after in "[ab日🎉]{0,12}", grown in "[ab日🎉]{0,9}") {
            let text = format!("{before}{words}{after}");
            let (range, words) = range_of(&text, before.chars().count(), words.chars().count());
            prop_assert_eq!(placed(&text, range, &words), Placement::Placed);
            let longer = format!("{grown}{text}");
            prop_assert_eq!(placed(&longer, range, &words), slow(&longer, range, &words));
            prop_assert_ne!(placed(&longer, range, &words), Placement::QuoteChanged);
        }

        #[test]
        fn any_text_is_searched_as_the_slow_way_does(text in any::<String>(), start in 0_u64..20, words in any::<String>().prop_filter("not empty", |words| !words.is_empty())) {
            let range = CharRange { start, end: start + words.chars().count() as u64 };
            prop_assert_eq!(placed(&text, range, &words), slow(&text, range, &words));
        }

        #[test]
        fn words_that_were_replaced_are_gone(before in "[a-m ]{0,12}", words in "[n-z]{1,6}", after in "[a-m ]{0,12}") {
            let range = range_of(&format!("{before}{words}{after}"), before.chars().count(), words.chars().count()).0;
            let redacted = format!("{before}[REDACTED:1]{after}");
            prop_assert_eq!(placed(&redacted, range, &words), Placement::QuoteChanged);
        }

        #[test]
        fn only_the_hash_decides(text in "[ab]{1,20}", words in "[ab]{1,3}") {
            let range = CharRange { start: 0, end: words.chars().count() as u64 };
            let nowhere = place(&text, range, fingerprint(&words, SECRET), SECRET, |_| false);
            prop_assert_eq!(nowhere, Placement::QuoteChanged);
        }
    }
}
