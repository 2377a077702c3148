//! A turn: one user prompt and all that it caused.

use serde::{Deserialize, Serialize};

use super::{Cost, Step, Text, TokenTotals};
use crate::acceptance::Judged;
use crate::time::rfc3339_option;

/// One prompt id and all that it caused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Turn {
    /// The prompt id; `none` for what happened outside any prompt.
    pub id: String,
    /// Place in the session, from 0; given when read.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub index: u32,
    /// What the person (or the client) asked.
    pub prompt: Prompt,
    /// When it was asked.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub started_at: Option<i64>,
    /// From the prompt to the last step's end.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub duration_us: Option<i64>,
    /// How it ended.
    pub outcome: Outcome,
    /// What the person did with the answer, as far as their next acts tell.
    #[serde(flatten, default)]
    pub judged: Judged,
    /// The last text of the main agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub answer: Option<Text>,
    /// Cost of its requests, sub-agents included.
    #[serde(flatten)]
    pub cost: Cost,
    /// Tokens of its requests, sub-agents included.
    #[serde(flatten)]
    pub tokens: TokenTotals,
    /// Number of steps.
    pub step_count: u64,
    /// Number of tool calls.
    pub tool_calls: u64,
    /// Steps that failed.
    pub errors: u64,
    /// Where it stands in the tree of the session.
    pub branch: Branch,
    /// The turn that it follows in the tree, where a transcript says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub parent: Option<String>,
    /// True for a turn that a fork copied from an older session: it counts in no total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub copied: bool,
    /// The steps in order. Empty in the projection's turn rows.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub steps: Vec<Step>,
}

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Prompt {
    /// The text.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::TextFields))]
    #[serde(flatten, with = "super::flat::text")]
    pub text: Option<Text>,
    /// What kind of prompt.
    pub kind: PromptKind,
    /// The command or skill, for the kinds that have one, such as `/release-notes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub command: Option<String>,
}

/// Kinds of prompts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PromptKind {
    /// Typed (or given to `-p`).
    Typed,
    /// Typed while another turn ran.
    Queued,
    /// A custom command.
    SlashCommand,
    /// A skill, typed as a slash command.
    Skill,
    /// A prompt of an MCP server.
    McpPrompt,
    /// `!command`.
    Bash,
    /// A background task reported.
    TaskNotification,
    /// `/clear`, `/compact`, `/exit`, `/model`, …: keeps its cost, counts in no `totals.turns`.
    BuiltinCommand,
    /// Not known.
    #[default]
    Unknown,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// The assistant finished.
    Answered,
    /// The person stopped it.
    Interrupted,
    /// The person took the prompt back before anything came.
    Withdrawn,
    /// The model refused.
    Refused,
    /// It broke off on an error.
    Failed,
    /// Not ended when the last record came.
    Open,
    /// The sources at hand cannot tell.
    #[default]
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 7] = [
        Self::Answered,
        Self::Interrupted,
        Self::Withdrawn,
        Self::Refused,
        Self::Failed,
        Self::Open,
        Self::Unknown,
    ];

    /// The name used in the document and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Interrupted => "interrupted",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}

/// Where a turn stands in the session's tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Branch {
    /// On the path to the newest turn, or the tree is not known.
    #[default]
    Main,
    /// Left behind by a rewind.
    Abandoned,
}
