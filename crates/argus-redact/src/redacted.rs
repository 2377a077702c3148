//! What redaction gives.

use crate::RuleSet;

/// A value that went through redaction. Only this crate makes one.
#[derive(Debug, Clone)]
pub struct Redacted<T> {
    pub(crate) value: T,
    pub(crate) spans: Vec<FieldSpan>,
    pub(crate) rules: RuleSet,
    pub(crate) dropped: Option<Dropped>,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldSpan {
    /// JSON pointer to the string.
    pub pointer: String,
    /// What kind of secret it was.
    pub kind: String,
    /// Where the placeholder starts in the stored string, UTF-8 bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// It stands in the name of the member that the pointer leads to, not in its value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_name: bool,
}

/// Why the content was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dropped {
    /// It would have taken more work than is allowed.
    WorkBudget,
    /// It is nested deeper than is allowed.
    Depth,
    /// The rules failed on it.
    Failure,
}

impl Dropped {
    /// The reason as it stands in the content's place.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkBudget => "work-budget",
            Self::Depth => "depth",
            Self::Failure => "failure",
        }
    }
}

impl<T> Redacted<T> {
    /// The redacted value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The redacted value, taken out.
    pub fn into_value(self) -> T {
        self.value
    }

    /// What was replaced.
    pub fn spans(&self) -> &[FieldSpan] {
        &self.spans
    }

    /// Which rules were applied.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Why the content was dropped, if it was.
    pub fn dropped(&self) -> Option<Dropped> {
        self.dropped
    }
}
