//! Finds and replaces secrets in captured text before it is stored.
//!
//! [`Redacted`] can be made here only, and the store takes nothing else: that redaction comes before persistence is a
//! matter of types. Whatever goes wrong here fails closed: the content is dropped, its structure kept, the failure said.
//!
//! This is the first, small rule set: vendor tokens, key blocks, credentials in headers and URLs, `.env`-style
//! assignments, members whose name says secret. Pure: no I/O, no clock, no randomness.

mod exempt;
mod json;
mod placeholder;
mod redacted;
mod rules;
mod text;

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
    fingerprint_key: [u8; 32],
}

impl Redactor {
    /// The built-in rule set, with a workspace's key for the fingerprints in placeholders.
    #[must_use]
    pub fn new(fingerprint_key: &[u8; 32]) -> Self {
        Self {
            rules: rules::Rules::built_in(),
            fingerprint_key: *fingerprint_key,
        }
    }

    /// The built-in rule set without a workspace: fingerprints by a fixed, public key.
    #[must_use]
    pub fn without_workspace() -> Self {
        Self::new(&PUBLIC_KEY)
    }

    /// Which rules these are.
    #[must_use]
    pub fn rule_set(&self) -> &RuleSet {
        self.rules.rule_set()
    }

    /// Redacts one text.
    #[must_use]
    pub fn redact_text(&self, text: &str) -> RedactedText {
        text::redact(&self.rules, &self.fingerprint_key, text)
    }

    /// Redacts every string of a JSON value but those exempt. Keys, numbers and structure stay. Never fails: what cannot
    /// be redacted within the limits is dropped, and [`Redacted::dropped`] says so.
    #[must_use]
    pub fn redact_json(&self, value: serde_json::Value) -> Redacted<serde_json::Value> {
        json::redact(self, value)
    }
}
