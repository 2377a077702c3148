//! What stands beside a record's body of its redaction, and what is counted of it.

use std::collections::BTreeMap;

use argus_redact::{FieldSpan, Redacted, RuleSet};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What redaction did to a record. Sealed with its body; never what was replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRedaction {
    /// Hash of the rules, hex.
    #[serde(default)]
    pub rules: String,
    /// Their version.
    #[serde(default)]
    pub version: u32,
    /// What was replaced in the body: offsets in the strings as stored.
    #[serde(default)]
    pub spans: Vec<FieldSpan>,
    /// What was replaced in what the capture client said beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meta_spans: Vec<FieldSpan>,
    /// Why content was dropped.
    #[serde(default)]
    pub dropped: Option<String>,
    /// The session's content is off: by the word of its person, not by a rule.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub content_off: bool,
}

impl RecordRedaction {
    /// Of a body and of what stands beside it.
    pub(crate) fn of(rules: &RuleSet, body: &Redacted<Value>, meta: &Redacted<Value>) -> Self {
        Self {
            rules: hex::encode(rules.hash),
            version: rules.version,
            spans: body.spans().to_vec(),
            meta_spans: meta.spans().to_vec(),
            dropped: body
                .dropped()
                .or(meta.dropped())
                .map(|reason| reason.as_str().to_owned()),
            content_off: false,
        }
    }

    /// What is counted of it.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally {
            kinds: BTreeMap::new(),
            dropped: self.dropped.clone(),
        };
        for span in self.spans.iter().chain(&self.meta_spans) {
            *tally.kinds.entry(span.kind.clone()).or_insert(0) += 1;
        }
        tally
    }
}

/// What redaction did to a record, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Replacements by type.
    pub(crate) kinds: BTreeMap<String, u64>,
    /// Why content was dropped.
    pub(crate) dropped: Option<String>,
}

impl Tally {
    /// Nothing was replaced or dropped.
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.dropped.is_none()
    }
}
