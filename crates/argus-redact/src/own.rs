//! A workspace's own patterns and dictionaries.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::policy::{OwnPattern, PATTERN_COMPILED_BYTES_MAX, Policy, PolicyError};
use crate::redacted::Dropped;
use crate::work::Work;

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
    /// What a byte of text counts for it.
    cost: usize,
}

/// What an own rule found.
#[derive(Debug)]
pub(crate) struct OwnFound<'a> {
    pub(crate) name: &'a str,
    pub(crate) range: Range<usize>,
    pub(crate) fingerprint: bool,
}

/// What a byte of text counts, in bytes of work, for a pattern that compiles to so many bytes at most: the larger it is, the
/// more ways there are in which a byte may fit (measured: 2 to 1,500 ns a byte in the worst texts).
const COSTS: [(usize, usize); 3] = [
    (4 * 1024, 2),
    (16 * 1024, 16),
    (PATTERN_COMPILED_BYTES_MAX, 64),
];
/// What a byte counts for the search for all patterns at once.
const ANY_COST: usize = 8;
/// What a byte counts for a dictionary.
const DICTIONARY_COST: usize = 1;

/// Compiles a pattern within the limits.
pub(crate) fn compile(pattern: &OwnPattern) -> Result<Regex, String> {
    compile_within(pattern, PATTERN_COMPILED_BYTES_MAX)
}

fn compile_within(pattern: &OwnPattern, bytes_max: usize) -> Result<Regex, String> {
    RegexBuilder::new(&pattern.pattern)
        .case_insensitive(pattern.ignore_case)
        .multi_line(true)
        .size_limit(bytes_max)
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
            let cost = COSTS
                .iter()
                .find(|(bytes_max, _)| compile_within(pattern, *bytes_max).is_ok())
                .map_or(COSTS[COSTS.len() - 1].1, |(_, cost)| *cost);
            own.patterns.push(Pattern {
                name: pattern.name.clone(),
                regex,
                fingerprint: pattern.fingerprint,
                cost,
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

    /// Everything that they find, within the work that is allowed.
    pub(crate) fn find(
        &self,
        text: &str,
        work: &mut Work,
        mut found: impl FnMut(OwnFound<'_>),
    ) -> Result<(), Dropped> {
        let mut charge = |cost: usize| work.take(text.len().saturating_mul(cost));
        charge(self.dictionaries.len() * DICTIONARY_COST)?;
        let worth = match &self.any {
            Some(any) => {
                charge(ANY_COST)?;
                Some(any.matches(text))
            }
            None => None,
        };
        for (place, pattern) in self.patterns.iter().enumerate() {
            if worth.as_ref().is_some_and(|worth| !worth.matched(place)) {
                continue;
            }
            charge(pattern.cost)?;
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
        Ok(())
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
