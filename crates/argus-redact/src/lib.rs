//! Finds and replaces secrets in captured text before it is stored.
//!
//! [`Redacted`] can be made here only, and the store takes nothing else: that redaction comes before persistence is a
//! matter of types. Whatever goes wrong here fails closed: the content is dropped, its structure kept, the failure said.
//!
//! Vendor tokens, key blocks, credentials in context, identifiers of people, places, disguises, a workspace's own words: what
//! is found, and how well, is in `docs/redaction.md`. Pure: no I/O, no clock, no randomness.

mod anchors;
mod blocks;
mod bytes;
mod catalogue;
mod credentials;
mod exempt;
mod found;
mod identifiers;
mod json;
mod known;
mod letters;
mod literals;
mod look;
mod merge;
mod named;
mod names;
mod nested;
mod numbers;
mod own;
mod placeholder;
mod places;
pub mod policy;
mod redacted;
mod rules;
mod runs;
mod scan;
mod secret_files;
mod structured;
mod text;
mod tokens;
mod vendors;
mod view;
mod work;

pub use catalogue::{Family, RuleInfo, rules as built_in_rules};
pub use policy::{Policy, PolicyError};
pub use redacted::{Dropped, FieldSpan, Redacted};
pub use rules::RuleSet;
pub use text::{RedactedText, Span};

/// The fingerprint key where there is no workspace: public, so that fingerprints made with it link equal secrets and
/// hide nothing from who can guess them.
const PUBLIC_KEY: [u8; 32] = *b"argus public fingerprint key v1.";

/// The compiled rules and the key for fingerprints. Cheap to share, costly to make (milliseconds).
#[derive(Debug)]
pub struct Redactor {
    rules: rules::Rules,
    fingerprints: placeholder::Fingerprints,
}

impl Redactor {
    /// A workspace's redaction: its key for the fingerprints in placeholders, its policy, and how often that was changed
    /// (the lower half of the rule set's version; the upper is that of the built-in rules).
    ///
    /// # Errors
    /// [`PolicyError`] says which part of the policy is not taken.
    pub fn new(
        fingerprint_key: &[u8; 32],
        policy: &Policy,
        revision: u16,
    ) -> Result<Self, PolicyError> {
        Ok(Self {
            rules: rules::Rules::new(policy, revision)?,
            fingerprints: placeholder::Fingerprints::new(fingerprint_key),
        })
    }

    /// The built-in rule set without a workspace: fingerprints by a fixed, public key.
    #[must_use]
    pub fn without_workspace() -> Self {
        Self::new(&PUBLIC_KEY, &Policy::default(), 0).expect("the built-in rules alone are taken")
    }

    /// Which rules these are.
    #[must_use]
    pub fn rule_set(&self) -> &RuleSet {
        self.rules.rule_set()
    }

    /// Redacts one text. What cannot be redacted within the limits is dropped, and [`RedactedText::dropped`] says so.
    #[must_use]
    pub fn redact_text(&self, text: &str) -> RedactedText {
        text::redact_whole(self, text)
    }

    /// Redacts every string of a JSON value but those exempt. Keys, numbers and structure stay. Never fails: what cannot
    /// be redacted within the limits is dropped, and [`Redacted::dropped`] says so.
    #[must_use]
    pub fn redact_json(&self, value: serde_json::Value) -> Redacted<serde_json::Value> {
        json::redact(self, value)
    }
}

/// The patterns of the forms of tokens, to measure the engine beside a plain search for them.
#[must_use]
pub fn token_patterns() -> Vec<&'static str> {
    tokens::TOKENS.iter().map(|token| token.pattern).collect()
}
