//! A workspace's own patterns and dictionaries.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::policy::{OwnPattern, PATTERN_COMPILED_BYTES_MAX, Policy, PolicyError};

/// Compiled patterns and dictionaries.
#[derive(Debug, Default)]
pub(crate) struct OwnRules {
    patterns: Vec<Pattern>,
    /// All patterns at once: which of them are worth a search.
    any: Option<RegexSet>,
    dictionaries: Vec<(String, AhoCorasick)>,
}

#[derive(Debug)]
struct Pattern {
    name: String,
    regex: Regex,
    fingerprint: bool,
}

/// What an own rule found.
#[derive(Debug)]
pub(crate) struct OwnFound<'a> {
    pub(crate) name: &'a str,
    pub(crate) range: Range<usize>,
    pub(crate) fingerprint: bool,
}

/// Compiles a pattern within the limits.
pub(crate) fn compile(pattern: &OwnPattern) -> Result<Regex, String> {
    RegexBuilder::new(&pattern.pattern)
        .case_insensitive(pattern.ignore_case)
        .multi_line(true)
        .size_limit(PATTERN_COMPILED_BYTES_MAX)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(limit) => format!(
                "the pattern is too large: compiled it takes more than {limit} bytes. Use smaller repetitions, or [0-9] and [A-Za-z] instead of \\d and \\w"
            ),
            other => other.to_string(),
        })
}

impl OwnRules {
    pub(crate) fn new(policy: &Policy) -> Result<Self, PolicyError> {
        let mut own = Self::default();
        for (place, pattern) in policy.patterns.iter().enumerate() {
            let regex = compile(pattern).map_err(|message| PolicyError {
                pointer: format!("/patterns/{place}/pattern"),
                message,
            })?;
            own.patterns.push(Pattern {
                name: pattern.name.clone(),
                regex,
                fingerprint: pattern.fingerprint,
            });
        }
        if own.patterns.len() > 1 {
            let sources = policy.patterns.iter().map(|pattern| {
                if pattern.ignore_case {
                    format!("(?i:{})", pattern.pattern)
                } else {
                    pattern.pattern.clone()
                }
            });
            // Without it, every pattern is searched for: slower, and as right.
            own.any = RegexSetBuilder::new(sources).multi_line(true).build().ok();
        }
        for dictionary in &policy.dictionaries {
            let words = AhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(&dictionary.words)
                .map_err(|error| PolicyError {
                    pointer: "/dictionaries".to_owned(),
                    message: error.to_string(),
                })?;
            own.dictionaries.push((dictionary.name.clone(), words));
        }
        Ok(own)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.dictionaries.is_empty()
    }

    /// Bytes that are gone over for one byte of text, at most.
    pub(crate) fn work_factor(&self) -> usize {
        self.patterns.len() + self.dictionaries.len()
    }

    pub(crate) fn find(&self, text: &str, mut found: impl FnMut(OwnFound<'_>)) {
        let worth = self.any.as_ref().map(|any| any.matches(text));
        for (place, pattern) in self.patterns.iter().enumerate() {
            if worth.as_ref().is_some_and(|worth| !worth.matched(place)) {
                continue;
            }
            for captures in pattern.regex.captures_iter(text) {
                let Some(hit) = captures.get(1).or_else(|| captures.get(0)) else {
                    continue;
                };
                if !hit.is_empty() {
                    found(OwnFound {
                        name: &pattern.name,
                        range: hit.range(),
                        fingerprint: pattern.fingerprint,
                    });
                }
            }
        }
        for (name, words) in &self.dictionaries {
            for hit in words.find_iter(text) {
                if is_word(text, &hit.range()) {
                    found(OwnFound {
                        name,
                        range: hit.range(),
                        fingerprint: false,
                    });
                }
            }
        }
    }
}

/// True when the word does not go on to either side.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let inside = &text[range.clone()];
    let goes_on = |outside: Option<char>, inside: Option<char>| {
        outside.is_some_and(char::is_alphanumeric) && inside.is_some_and(char::is_alphanumeric)
    };
    !goes_on(
        text[..range.start].chars().next_back(),
        inside.chars().next(),
    ) && !goes_on(text[range.end..].chars().next(), inside.chars().next_back())
}
