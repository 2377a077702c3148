//! Where a record comes from.

pub mod hook;
pub mod otel;
pub mod transcript;

pub(crate) mod capture;
mod surface;
pub(crate) mod value;

use serde::{Deserialize, Serialize};

/// True of a prompt that a background task's report is: the client submits it as if it were typed.
fn is_report(prompt: &str) -> bool {
    prompt.starts_with("<task-notification")
}

/// The kind of surface a source item was read from. Its number is part of leaf v1 and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Source {
    /// The JSON that Claude Code gives a hook.
    Hook,
    /// One line of a session's or sub-agent's transcript file (or its `.meta.json`).
    Transcript,
    /// One OTLP log record.
    OtelLog,
    /// One data point of an OTLP metric.
    OtelMetric,
    /// One OTLP span.
    OtelSpan,
    /// One line of a Cowork session's `audit.jsonl`.
    CoworkAudit,
    /// One message of Anthropic's Compliance API.
    ComplianceApi,
    /// One call of an Anthropic inference hook.
    InferenceHook,
    /// What the capture client itself says: skill trees, inventory, lost, private.
    Capture,
}

impl Source {
    /// Every source, by number.
    pub const ALL: [Self; 9] = [
        Self::Hook,
        Self::Transcript,
        Self::OtelLog,
        Self::OtelMetric,
        Self::OtelSpan,
        Self::CoworkAudit,
        Self::ComplianceApi,
        Self::InferenceHook,
        Self::Capture,
    ];

    /// The source's number in stored forms, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The source with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|source| source.number() == number)
    }

    /// The source's name in the API, in envelopes and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hook => "hook",
            Self::Transcript => "transcript",
            Self::OtelLog => "otel_log",
            Self::OtelMetric => "otel_metric",
            Self::OtelSpan => "otel_span",
            Self::CoworkAudit => "cowork_audit",
            Self::ComplianceApi => "compliance_api",
            Self::InferenceHook => "inference_hook",
            Self::Capture => "capture",
        }
    }

    /// The source with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == name)
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
