//! From text to tokens, the same for what is indexed and for what is looked for.
//!
//! A token is a run of letters, digits and marks, in lower case, without the accents of Latin, Greek and Cyrillic letters,
//! in Unicode's compatibility form (`ﬁ` is `fi`, `Ａ` is `a`). Scripts that are written without spaces (Chinese, Japanese,
//! Thai, …; Korean too, whose particles are joined to words) have no words that could be told apart without a dictionary:
//! of their runs each two neighbours are a token, and the last character alone. So two characters are found wherever they
//! stand beside each other, and one is found as the beginning of a token. What moves or colours a terminal (`ESC [ … m`,
//! ECMA-48 §5.4) is no part of a word.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Longest token in characters: what is longer is no word, and is known by its beginning.
const TOKEN_CHARS_MAX: usize = 64;

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// In the text, in bytes.
    pub(super) bytes: Range<usize>,
    /// The last character of a run without spaces, alone, behind the pair that it is in.
    pub(super) is_tail: bool,
}

/// What is looked for, as tokens that follow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The tokens.
    pub tokens: Vec<String>,
    /// The last one is the beginning of a token.
    pub prefix: bool,
}

impl Phrase {
    /// The tokens of a text that is looked for; `prefix` when its last word is only begun.
    #[must_use]
    pub fn of(text: &str, prefix: bool) -> Self {
        let mut found = Vec::new();
        each_token(text, &mut |token| found.push(token));
        // What is found may go on where the sought ends.
        if found.last().is_some_and(|token| token.is_tail) {
            found.pop();
        }
        let last = found.last().map_or("", |token| token.text.as_str());
        let mut characters = last.chars();
        let prefix = match (
            characters.next().is_some_and(is_unspaced),
            characters.count(),
        ) {
            (true, 0) => true,
            (true, _) => false,
            (false, _) => prefix && !last.is_empty(),
        };
        Self {
            tokens: found.into_iter().map(|token| token.text).collect(),
            prefix,
        }
    }
}

/// A text's tokens with a space between them: what an index is given. Holds no other ASCII than lower-case letters, digits
/// and spaces.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    each_token(text, &mut |token| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.text);
    });
    out
}

/// True of a character of a script whose words are not told apart by spaces.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF          // Thai, Lao
        | 0x1000..=0x109F        // Myanmar
        | 0x1100..=0x11FF        // Hangul Jamo
        | 0x1780..=0x17FF        // Khmer
        | 0x2E80..=0x2FDF        // radicals
        | 0x3005..=0x3007        // iteration mark, zero
        | 0x3021..=0x3029
        | 0x3031..=0x3035
        | 0x3041..=0x3096        // Hiragana
        | 0x3099..=0x309F
        | 0x30A1..=0x30FA        // Katakana
        | 0x30FC..=0x30FF
        | 0x3105..=0x318F        // Bopomofo, Hangul
        | 0x31A0..=0x31BF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF        // Han
        | 0x4E00..=0x9FFF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF        // Hangul syllables
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F        // half-width Katakana
        | 0x1B000..=0x1B16F
        | 0x20000..=0x3FFFD)
        // What of these blocks is a sign stands between words.
        && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Calls `take` with each token of a text, in order.
pub(super) fn each_token(text: &str, take: &mut impl FnMut(Token)) {
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c == '\u{1b}' {
            control_sequence(&mut chars);
        } else if is_unspaced(c) {
            unspaced(&mut chars, (start, c), take);
        } else if is_word(c) {
            let mut token = String::new();
            let mut length = 0;
            let mut end = start;
            let mut next = Some((start, c));
            while let Some((at, c)) = next {
                if length < TOKEN_CHARS_MAX {
                    length += push_folded(&mut token, c);
                }
                end = at + c.len_utf8();
                next = chars.next_if(|(_, c)| is_word(*c) && !is_unspaced(*c));
            }
            // An accent that stands alone is no word.
            if !token.is_empty() {
                let (bytes, is_tail) = (start..end, false);
                take(Token {
                    text: token,
                    bytes,
                    is_tail,
                });
            }
        }
    }
}

/// Passes over what follows an `ESC` to tell a terminal something: parameters, and the letter that says what.
fn control_sequence(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    if chars.next_if(|(_, c)| *c == '[').is_some() {
        while chars.next_if(|(_, c)| matches!(c, '0'..='?')).is_some() {}
        chars.next_if(|(_, c)| matches!(c, '@'..='~'));
    }
}

/// A run of a script without spaces, from its first character on.
fn unspaced(
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    first: (usize, char),
    take: &mut impl FnMut(Token),
) {
    let mut before = first;
    let mut is_tail = false;
    while let Some((at, c)) = chars.next_if(|(_, c)| is_unspaced(*c)) {
        take(Token {
            text: [before.1, c].iter().collect(),
            bytes: before.0..at + c.len_utf8(),
            is_tail: false,
        });
        before = (at, c);
        is_tail = true;
    }
    take(Token {
        text: before.1.to_string(),
        bytes: before.0..before.0 + before.1.len_utf8(),
        is_tail,
    });
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c)
    }
}

/// Adds a character as tokens have it; gives how many that made.
fn push_folded(token: &mut String, c: char) -> usize {
    if c.is_ascii() {
        token.push(c.to_ascii_lowercase());
        return 1;
    }
    let mut count = 0;
    decompose_compatible(c, |part| {
        let is_accent = matches!(u32::from(part), 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF);
        if is_accent || !is_word(part) {
            return;
        }
        for lower in part.to_lowercase() {
            // Lower case may bring an accent with it (İ).
            if is_word(lower) && !matches!(u32::from(lower), 0x0300..=0x036F) {
                token.push(lower);
                count += 1;
            }
        }
    });
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded_and_told_apart() {
        for (text, tokens) in [
            ("Hello, World!", "hello world"),
            ("snake_case main.rs", "snake case main rs"),
            ("Crème brûlée ÅNGSTRÖM", "creme brulee angstrom"),
            ("e\u{301}tude ﬁle Ａ１", "etude file a1"),
            ("Ελλάδα й", "ελλαδα и"),
            ("हिन्दी", "हिन्दी"),
            ("a\0b \u{301} …", "a b"),
            ("İstanbul", "istanbul"),
            (
                "\u{1b}[1m\u{1b}[31mFAILED\u{1b}[0m tests\u{1b}[K \u{1b}[38;5;9m京都\u{1b}",
                "failed tests 京都 都",
            ),
            ("\u{1b}", ""),
        ] {
            assert_eq!(normal(text), tokens, "{text}");
        }
        assert_eq!(normal(&"x".repeat(500)).len(), TOKEN_CHARS_MAX);
    }

    #[test]
    fn scripts_without_spaces_are_pairs() {
        assert_eq!(normal("東京都の2026年"), "東京 京都 都の の 2026 年");
        assert_eq!(
            normal("コード、レビュー。"),
            "コー ード ド レビ ビュ ュー ー"
        );
        assert_eq!(normal("客户流失率abc"), "客户 户流 流失 失率 率 abc");
        assert_eq!(normal("주간보고서"), "주간 간보 보고 고서 서");
    }

    #[test]
    fn what_is_looked_for_may_stand_within() {
        let of = |text, prefix| {
            let phrase = Phrase::of(text, prefix);
            (phrase.tokens.join(" "), phrase.prefix)
        };
        assert_eq!(of("京都", false), ("京都".to_owned(), false));
        assert_eq!(of("都", false), ("都".to_owned(), true));
        assert_eq!(of("東京都", true), ("東京 京都".to_owned(), false));
        assert_eq!(
            of("東京都 2026", false),
            ("東京 京都 都 2026".to_owned(), false)
        );
        assert_eq!(of("Chur", true), ("chur".to_owned(), true));
        assert_eq!(of("...", true), (String::new(), false));
    }

    proptest! {
        #[test]
        fn tokens_are_what_an_index_takes(text in any::<String>()) {
            let normal = normal(&text);
            for c in normal.chars().filter(char::is_ascii) {
                prop_assert!(c == ' ' || c.is_ascii_lowercase() || c.is_ascii_digit());
            }
            prop_assert!(normal.split(' ').all(|token| token.chars().count() <= 2 * TOKEN_CHARS_MAX + 20));
        }

        #[test]
        fn places_are_in_order_and_within(text in any::<String>()) {
            let mut before = 0;
            let mut wrong = false;
            each_token(&text, &mut |token| {
                wrong |= token.bytes.start < before || text.get(token.bytes.clone()).is_none();
                before = token.bytes.start;
            });
            prop_assert!(!wrong);
        }

        #[test]
        fn a_part_of_a_run_is_found_in_it(run in "[一-龥]{2,12}", from in 0usize..11, length in 1usize..6) {
            let chars: Vec<char> = run.chars().collect();
            let from = from.min(chars.len() - 1);
            let part: String = chars[from..(from + length).min(chars.len())].iter().collect();
            let sought = super::super::Sought { field: None, text: part.clone(), prefix: false };
            let words = super::super::Words { clauses: vec![super::super::Clause { negated: false, any: vec![sought] }] };
            let places = super::super::places(&words, super::super::Field::Prompt, &run);
            let begin = u32::try_from(from).unwrap();
            let covers = places.iter().any(|place| place.start <= begin);
            prop_assert!(covers, "{run} {part} {places:?}");
        }
    }
}
