//! Where a record comes from.

pub mod compliance;
pub mod cowork;
pub mod hook;
pub mod inference_hook;
pub mod otel;
pub mod transcript;

pub(crate) mod capture;
mod kind;
mod said;
mod surface;
pub(crate) mod value;

use serde::{Deserialize, Serialize};

pub use kind::{kind_of, span_duration_us};

use crate::document::TextForm;
use crate::fold::fact::Signals;

/// True of a prompt that a background task's report is: the client submits it as if it were typed.
fn is_report(prompt: &str) -> bool {
    prompt.starts_with("<task-notification")
}

/// What the client writes in front of an injected skill body; then the folder, an empty line, the body.
const SKILL_BODY_START: &str = "Base directory for this skill:";

fn is_skill_body(shown: &str) -> bool {
    shown.starts_with(SKILL_BODY_START)
}

/// The client's mark that the person stopped it.
fn is_interrupt(shown: &str) -> bool {
    shown.starts_with("[Request interrupted by user")
}

/// What a local command said, which the client writes as if the person had.
fn is_client_output(shown: &str) -> bool {
    [
        "<local-command-stdout>",
        "<local-command-stderr>",
        "<bash-stdout>",
        "<bash-stderr>",
        "<local-command-caveat>",
    ]
    .iter()
    .any(|start| shown.starts_with(start))
}

/// What the tags at a prompt's start tell of its kind, and how it is read.
fn prompt_form(shown: &str) -> (Signals, TextForm) {
    if shown.starts_with("<command-name>") {
        (Signals::BUILTIN_TAGS, TextForm::Command)
    } else if shown.starts_with("<command-message>") {
        (Signals::CUSTOM_TAGS, TextForm::Command)
    } else if shown.starts_with("<bash-input>") {
        (Signals::BASH, TextForm::BashInput)
    } else {
        (Signals::TYPED, TextForm::ContentBlocks)
    }
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
