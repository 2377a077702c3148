//! Further redaction for who is shown a session from outside: words and patterns that are masked in all that is written.

use regex::{Regex, RegexBuilder};

/// What stands where something was masked.
pub const MASKED: &str = "[masked]";
/// Most words and patterns of one share.
pub const MASKS_MAX: usize = 50;
/// Longest word or pattern, in characters.
pub const MASK_CHARACTERS_MAX: usize = 200;
/// Largest compiled pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 256 * 1024;

/// Words and patterns.
#[derive(Debug, Clone, Default)]
pub struct Masks(Vec<Regex>);

/// Why a word or a pattern cannot be masked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MaskError {
    /// Too many.
    #[error("at most {MASKS_MAX} words and patterns are masked")]
    TooMany,
    /// Too long, or nothing.
    #[error("a word or pattern has 1 to {MASK_CHARACTERS_MAX} characters")]
    Length,
    /// No pattern, or too large a one.
    #[error(
        "\"{0}\" is no pattern: patterns are regular expressions without look-around and references"
    )]
    Pattern(String),
    /// It fits everywhere.
    #[error("\"{0}\" fits where there is nothing: it would mask between all letters")]
    Empty(String),
}

impl Masks {
    /// Masks for these words (in any case) and these regular expressions.
    ///
    /// # Errors
    /// When there are too many, or one is none.
    pub fn new(words: &[String], patterns: &[String]) -> Result<Self, MaskError> {
        if words.len() + patterns.len() > MASKS_MAX {
            return Err(MaskError::TooMany);
        }
        let mut masks = Vec::with_capacity(words.len() + patterns.len());
        for (text, is_word) in words
            .iter()
            .map(|word| (word, true))
            .chain(patterns.iter().map(|pattern| (pattern, false)))
        {
            if text.trim().is_empty() || text.chars().count() > MASK_CHARACTERS_MAX {
                return Err(MaskError::Length);
            }
            let pattern = if is_word {
                regex::escape(text)
            } else {
                text.clone()
            };
            let regex = RegexBuilder::new(&pattern)
                .case_insensitive(is_word)
                .size_limit(PATTERN_BYTES_MAX)
                .build()
                .map_err(|_| MaskError::Pattern(text.clone()))?;
            if regex.is_match("") {
                return Err(MaskError::Empty(text.clone()));
            }
            masks.push(regex);
        }
        Ok(Self(masks))
    }

    /// True when nothing is masked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with what is masked replaced; `None` when nothing is.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut masked: Option<String> = None;
        for regex in &self.0 {
            let seen = masked.as_deref().unwrap_or(text);
            if regex.is_match(seen) {
                masked = Some(regex.replace_all(seen, MASKED).into_owned());
            }
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_in_any_case_and_patterns() {
        let masks = Masks::new(&words(&["Acme (UK)"]), &words(&[r"INV-\d+"])).unwrap();
        let text = masks.apply("acme (uk) owes INV-7 and INV-12; ACME");
        assert_eq!(
            text.as_deref(),
            Some("[masked] owes [masked] and [masked]; ACME")
        );
        assert_eq!(masks.apply("nothing"), None);
    }

    #[test]
    fn what_is_none_is_refused() {
        assert_eq!(
            Masks::new(&words(&[" "]), &[]).unwrap_err(),
            MaskError::Length
        );
        assert!(matches!(
            Masks::new(&[], &words(&["("])),
            Err(MaskError::Pattern(_))
        ));
        assert!(matches!(
            Masks::new(&[], &words(&["x*"])),
            Err(MaskError::Empty(_))
        ));
        assert!(matches!(
            Masks::new(&[], &words(&["(a{500}){500}"])),
            Err(MaskError::Pattern(_))
        ));
        assert_eq!(
            Masks::new(&vec!["a".to_owned(); MASKS_MAX + 1], &[]).unwrap_err(),
            MaskError::TooMany
        );
    }
}
