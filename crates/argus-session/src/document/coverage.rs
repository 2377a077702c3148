//! Coverage: which witnesses saw a session, where they disagree, and what is known to be missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Source;
use crate::time::rfc3339_option;

/// What is known of how much of a session was seen. Documented in `docs/coverage.md`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Coverage {
    /// In a word.
    pub grade: Grade,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// What the grade rests on; lists of sessions leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub details: Option<Box<CoverageDetails>>,
}

/// How much of a session was seen.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Grade {
    /// Two witnesses or more agree on every turn and call that they can be compared by, and nothing is known to be missing.
    Complete,
    /// Something is known to be missing.
    Partial,
    /// One witness only: nothing is known to be missing, and nobody else could say so.
    SingleWitness,
    /// There is nothing to tell it by.
    #[default]
    Unknown,
}

impl Grade {
    /// Every grade.
    pub const ALL: [Self; 4] = [
        Self::Complete,
        Self::Partial,
        Self::SingleWitness,
        Self::Unknown,
    ];

    /// The name used in the document and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::SingleWitness => "single_witness",
            Self::Unknown => "unknown",
        }
    }
}

/// One thing that a grade rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Which.
    pub code: ReasonCode,
    /// How many: envelopes, events, calls, turns, sub-agents, by `code`; 0 where there is nothing to count.
    pub count: u64,
    /// The same in a sentence.
    pub text: String,
}

/// What a grade can rest on, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ReasonCode {
    /// The capture client says that it lost something. `partial`.
    Lost,
    /// A capture client or a hook was at work, or telemetry tells of turns, and there is no transcript beside them. `partial`.
    NoTranscript,
    /// Turns that others saw and the transcript does not have. `partial`.
    TurnsNotInTranscript,
    /// Calls that others saw and the transcript does not have. `partial`.
    CallsNotInTranscript,
    /// Sub-agents that others saw and no transcript is there of. `partial`.
    AgentsNotInTranscript,
    /// Turns that others saw and telemetry does not have. `partial`.
    TurnsNotInTelemetry,
    /// Calls that others saw and telemetry does not have. `partial`.
    CallsNotInTelemetry,
    /// Numbers that are missing among those that a process gives its events. `partial`.
    EventsMissing,
    /// Turns went on after the last hook fired. `partial`.
    HooksQuiet,
    /// One witness only. `single_witness`.
    OneWitness,
    /// Nothing that tells what was asked, said or done. `unknown`.
    NothingTold,
    /// Several witnesses, and no turn or call by which they could be compared. `unknown`.
    NothingCompared,
    /// Two witnesses or more that agree. `complete`.
    Agreed,
    /// Calls of which no hook was seen, though others were: hooks may be switched on for some tools only. A note.
    CallsWithoutHooks,
    /// Telemetry gives calls no id: they cannot be compared. A note.
    CallsWithoutId,
    /// Events of a process begin above 0: the earlier ones stand under another session id, or were not seen. A note.
    EarlierEventsElsewhere,
}

impl ReasonCode {
    /// True of what makes a session `partial`.
    #[must_use]
    pub const fn is_gap(self) -> bool {
        (self as u8) <= Self::HooksQuiet as u8
    }
}

/// What a grade rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoverageDetails {
    /// Every source that gave a record, with how many and from when to when.
    pub witnesses: Vec<Witness>,
    /// Tool calls by who attests them.
    pub calls: CallsSeen,
    /// Turns by who attests them.
    pub turns: TurnsSeen,
    /// Telemetry's events by process, as far as processes can be told apart.
    pub processes: Vec<ProcessSeen>,
    /// Hook events that were seen, with how often.
    pub hooks: BTreeMap<String, u64>,
    /// When the last hook fired.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub last_hook_at: Option<i64>,
    /// Versions of Claude Code that were seen, sorted.
    pub client_versions: Vec<String>,
    /// Versions of the capture client that were seen, sorted.
    pub capture_versions: Vec<String>,
    /// Ids of the machines from which records came, sorted.
    pub devices: Vec<String>,
    /// What the capture client says that it lost.
    pub lost: Vec<LossSeen>,
}

/// A source that gave records of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Witness {
    /// Which.
    pub source: Source,
    /// Records of it.
    pub records: u64,
    /// The earliest time of one.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub first_at: Option<i64>,
    /// The latest time of one.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub last_at: Option<i64>,
}

/// Tool calls by who attests them. Copies that a fork made count in none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CallsSeen {
    /// All of them.
    pub total: u64,
    /// Those in a transcript (or Cowork's audit log).
    pub in_transcript: u64,
    /// Those that a hook was called for.
    pub in_hooks: u64,
    /// Those in telemetry.
    pub in_telemetry: u64,
    /// Those that one of the three attests.
    pub by_one: u64,
}

/// Turns by who attests them: without those of built-in commands, and copies that a fork made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TurnsSeen {
    /// All of them.
    pub total: u64,
    /// Those in a transcript (or Cowork's audit log).
    pub in_transcript: u64,
    /// Those that a hook was called in.
    pub in_hooks: u64,
    /// Those in telemetry.
    pub in_telemetry: u64,
}

/// The events of one process, as far as it can be told: numbers that go on, until they begin again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProcessSeen {
    /// The version that it says it is.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub version: Option<String>,
    /// The first number, from 0.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// Events that are there.
    pub seen: u64,
    /// Numbers between the first and the last that are not.
    pub missing: u64,
    /// True when its earlier events stand under another session's id: a resume begins under a throw-away one, and `/clear` goes
    /// on under a new one. Found when read; false for one whose first number is 0, and where it is not known.
    #[serde(default)]
    pub goes_on: bool,
    /// When the first was.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub first_at: Option<i64>,
    /// When the last was.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub last_at: Option<i64>,
}

/// What a capture client says that it lost, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LossSeen {
    /// `spool_full`, `too_old`, `corrupt_segment`, `refused`, `unreadable`, or a word of a later client.
    pub reason: String,
    /// Envelopes, or what would have become some.
    pub count: u64,
    /// Bytes.
    pub bytes: u64,
    /// By the source that they were of.
    pub by_source: BTreeMap<String, u64>,
    /// From when.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub from: Option<i64>,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub to: Option<i64>,
}
