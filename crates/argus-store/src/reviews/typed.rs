//! What people type: how long it may be, and what a tag is.

use crate::StoreError;
use crate::limits::TAG_CHARS_MAX;

/// A text as it is kept: without the white space around it.
///
/// # Errors
/// When nothing is left of it, or it is longer than `chars_max` characters.
pub(super) fn text(what: &str, typed: &str, chars_max: usize) -> Result<String, StoreError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(StoreError::Invalid(format!(
            "{what} has no text: write one"
        )));
    }
    let count = text.chars().count();
    if count > chars_max {
        return Err(StoreError::Invalid(format!(
            "{what} has at most {chars_max} characters, and this one has {count}: shorten it"
        )));
    }
    Ok(text.to_owned())
}

/// A tag as it is kept: in lower case, so that one word is one tag.
///
/// # Errors
/// Says what a tag is made of, when this is none.
pub(super) fn tag(typed: &str) -> Result<String, StoreError> {
    let tag = typed.trim().to_lowercase();
    let begins = tag.chars().next().is_some_and(char::is_alphanumeric);
    let is_made_of = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !begins || !tag.chars().all(is_made_of) {
        return Err(StoreError::Invalid(
            "a tag is one word of letters and digits, with -, _, . and / between them, such as q2-churn".to_owned(),
        ));
    }
    if tag.chars().count() > TAG_CHARS_MAX {
        return Err(StoreError::Invalid(format!(
            "a tag has at most {TAG_CHARS_MAX} characters: shorten it"
        )));
    }
    Ok(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags() {
        for (typed, kept) in [
            ("Churn", "churn"),
            (" q2-churn ", "q2-churn"),
            ("係争", "係争"),
            ("a/b.c_d", "a/b.c_d"),
            ("2026", "2026"),
        ] {
            assert_eq!(tag(typed).unwrap(), kept);
        }
        for typed in [
            "",
            " ",
            "two words",
            "-x",
            "a,b",
            "a\"b",
            "a\\b",
            "a:b",
            "a\u{0}",
        ] {
            assert!(tag(typed).is_err(), "{typed:?}");
        }
        assert!(tag(&"x".repeat(64)).is_ok());
        assert!(tag(&"x".repeat(65)).is_err());
    }

    proptest! {
        #[test]
        fn a_tag_is_a_value_of_the_filter_language_as_it_stands(typed in any::<String>()) {
            if let Ok(kept) = tag(&typed) {
                prop_assert_eq!(tag(&kept).unwrap(), kept.clone());
                let written = format!("tag:{kept}");
                prop_assert!(!written.contains(char::is_whitespace));
                prop_assert!(!written.contains([',', '"', '\\']));
            }
        }

        #[test]
        fn a_text_is_counted_in_characters(text_of in "[é日a]{1,40}", max in 1_usize..40) {
            prop_assert_eq!(text("it", &text_of, max).is_ok(), text_of.chars().count() <= max);
        }
    }
}
