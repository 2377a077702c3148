//! What a workspace decides about redaction: which rules are off, patterns and dictionaries of its own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::own;

/// Patterns and dictionaries of a workspace, together.
pub const OWN_RULES_MAX: usize = 100;
/// Bytes of a pattern.
pub const PATTERN_BYTES_MAX: usize = 1_000;
/// Bytes of memory that a compiled pattern takes: what bounds the work for a byte of text.
pub const PATTERN_COMPILED_BYTES_MAX: usize = 32 * 1024;
/// Words of one dictionary.
pub const DICTIONARY_WORDS_MAX: usize = 10_000;
/// Bytes of one word of a dictionary.
pub const WORD_BYTES_MAX: usize = 200;
/// Shorter words would be found everywhere.
pub const WORD_CHARS_MIN: usize = 3;
/// Bytes of the name of a pattern or dictionary.
pub const NAME_BYTES_MAX: usize = 32;

/// What a workspace decides. The default: every built-in rule is on, nothing of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Built-in rules that are off, by the type that stands in their placeholders.
    pub off: BTreeSet<String>,
    /// Own patterns.
    pub patterns: Vec<OwnPattern>,
    /// Own dictionaries.
    pub dictionaries: Vec<Dictionary>,
    /// Identity attributes (`user.email`, `enduser.id`, `process.owner`) are replaced by pseudonyms.
    pub pseudonyms: bool,
}

/// A regular expression in the syntax of the `regex` crate, without look-around and back references: it runs in linear time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPattern {
    /// The type in its placeholders: lower-case letters, digits and `-`.
    pub name: String,
    /// The expression. Group 1, if there is one, is what is replaced; otherwise all of the match.
    pub pattern: String,
    /// Upper and lower case are the same.
    #[serde(default)]
    pub ignore_case: bool,
    /// Placeholders carry the keyed hash of what they replaced. Off for what can be guessed.
    #[serde(default)]
    pub fingerprint: bool,
}

/// Words, such as customers' names. Found as whole words, whatever their case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dictionary {
    /// The type in its placeholders: lower-case letters, digits and `-`.
    pub name: String,
    /// The words; one may hold spaces.
    pub words: Vec<String>,
}

/// Why a policy is not taken. Says which part of it and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// JSON pointer into the policy.
    pub pointer: String,
    /// What is wrong with it, and what would do.
    pub message: String,
}

impl std::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

impl std::error::Error for PolicyError {}

impl Policy {
    /// Whether a redactor can be made of it.
    ///
    /// # Errors
    /// [`PolicyError`] says which part of it is not taken.
    pub fn check(&self) -> Result<(), PolicyError> {
        let refuse = |pointer: String, message: String| Err(PolicyError { pointer, message });
        let built_in = crate::built_in_rules();
        for name in &self.off {
            if !built_in.iter().any(|rule| rule.name == name) {
                return refuse(
                    "/off".to_owned(),
                    format!("there is no built-in rule {name:?}"),
                );
            }
        }
        if self.patterns.len() + self.dictionaries.len() > OWN_RULES_MAX {
            return refuse(
                "/patterns".to_owned(),
                format!(
                    "there are more than {OWN_RULES_MAX} own patterns and dictionaries; put words together into one dictionary"
                ),
            );
        }
        let mut names = BTreeSet::new();
        for (place, pattern) in self.patterns.iter().enumerate() {
            let at = |field: &str| format!("/patterns/{place}/{field}");
            check_name(&pattern.name, &mut names).or_else(|message| refuse(at("name"), message))?;
            if pattern.pattern.is_empty() || pattern.pattern.len() > PATTERN_BYTES_MAX {
                return refuse(
                    at("pattern"),
                    format!("a pattern has 1 to {PATTERN_BYTES_MAX} bytes"),
                );
            }
            let regex = own::compile(pattern).map_err(|message| PolicyError {
                pointer: at("pattern"),
                message,
            })?;
            if regex.is_match("") {
                return refuse(at("pattern"), "the pattern matches the empty text, so it would match everywhere; let it need a character".to_owned());
            }
        }
        for (place, dictionary) in self.dictionaries.iter().enumerate() {
            let at = |field: &str| format!("/dictionaries/{place}/{field}");
            check_name(&dictionary.name, &mut names)
                .or_else(|message| refuse(at("name"), message))?;
            if dictionary.words.is_empty() || dictionary.words.len() > DICTIONARY_WORDS_MAX {
                return refuse(
                    at("words"),
                    format!("a dictionary has 1 to {DICTIONARY_WORDS_MAX} words"),
                );
            }
            for (word_place, word) in dictionary.words.iter().enumerate() {
                if word.trim().chars().count() < WORD_CHARS_MIN || word.len() > WORD_BYTES_MAX {
                    return refuse(
                        format!("/dictionaries/{place}/words/{word_place}"),
                        format!(
                            "a word has at least {WORD_CHARS_MIN} characters and at most {WORD_BYTES_MAX} bytes"
                        ),
                    );
                }
            }
        }
        Ok(())
    }
}

/// The name stands in placeholders, so it has their letters, and it is no other rule's.
fn check_name(name: &str, names: &mut BTreeSet<String>) -> Result<(), String> {
    let fits = (1..=NAME_BYTES_MAX).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && name.as_bytes()[0].is_ascii_lowercase();
    if !fits {
        return Err(format!(
            "a name begins with a lower-case letter and has up to {NAME_BYTES_MAX} lower-case letters, digits and -"
        ));
    }
    if crate::built_in_rules().iter().any(|rule| rule.name == name)
        || !names.insert(name.to_owned())
    {
        return Err(format!("{name:?} is the name of another rule"));
    }
    Ok(())
}
