//! A step: one thing that happened within a turn.

use serde::{Deserialize, Serialize};

use super::{Payload, Text, TokenTotals};
use crate::{RecordId, Source, time::rfc3339_option};

/// One thing that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Step {
    /// Its id, by the ladder: tool use id, request id + block, message uuid, derived.
    pub id: String,
    /// Every other id it is or was known by; each resolves for ever.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: StepKind,
    /// The sub-agent that did it; null for the main one.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub agent_id: Option<String>,
    /// When it began.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub at: Option<i64>,
    /// How long it took.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub duration_us: Option<i64>,
    /// Its text: of a prompt, thinking, text, notice, error or compaction summary.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::TextFields))]
    #[serde(flatten, with = "super::flat::text")]
    pub text: Option<Text>,
    /// For notices, errors, permissions and compactions: which, such as `api_error`, `notification`, `manual`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub name: Option<String>,
    /// For tool calls and permissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub tool: Option<Tool>,
    /// For skills, and for tool calls that fired one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub skill: Option<Skill>,
    /// For model requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub model_request: Option<ModelRequest>,
    /// The sub-agent that this tool call started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub started_agent_id: Option<String>,
    /// The request that this step came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub request_id: Option<String>,
    /// True when it is a failure (counted in `errors`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_error: bool,
    /// The sources that attest it, in their order.
    pub witnesses: Vec<Source>,
    /// The records it rests on, ascending.
    pub records: Vec<RecordId>,
}

/// Kinds of steps.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum StepKind {
    /// What was asked.
    Prompt,
    /// The model's thinking.
    Thinking,
    /// The model's text.
    Text,
    /// A tool call: built-in, MCP, sub-agent or skill.
    ToolCall,
    /// A skill that the person typed.
    Skill,
    /// The client asked for permission.
    Permission,
    /// The context was compacted.
    Compaction,
    /// A request to the model.
    ModelRequest,
    /// Something the client did or said.
    #[default]
    Notice,
    /// A failure that is not a tool's.
    Error,
}

impl StepKind {
    /// The name used in the document and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Thinking => "thinking",
            Self::Text => "text",
            Self::ToolCall => "tool_call",
            Self::Skill => "skill",
            Self::Permission => "permission",
            Self::Compaction => "compaction",
            Self::ModelRequest => "model_request",
            Self::Notice => "notice",
            Self::Error => "error",
        }
    }
}

/// A tool call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tool {
    /// `toolu_…`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub use_id: Option<String>,
    /// The tool's name; `mcp__server__tool` for MCP where known, `mcp_tool` where telemetry hides it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub name: Option<String>,
    /// What it was given.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::InputFields))]
    #[serde(flatten, with = "super::flat::input")]
    pub input: Option<Payload>,
    /// What the model saw.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::OutputFields))]
    #[serde(flatten, with = "super::flat::output")]
    pub output: Option<Payload>,
    /// The client's structured result.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::ResultFields))]
    #[serde(flatten, with = "super::flat::result")]
    pub result: Option<Payload>,
    /// Whether it failed; null when not known.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub is_error: Option<bool>,
    /// The error's text.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::ErrorFields))]
    #[serde(flatten, with = "super::flat::error")]
    pub error: Option<Text>,
    /// Whether it was let run.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub decision: Option<Decision>,
    /// Who decided: `config`, `hook`, `user_temporary`, `user_permanent`, `user_reject`, `user_abort`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub decision_source: Option<String>,
    /// For calls of an MCP server's tool.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub mcp: Option<McpTool>,
}

/// Whether a call was let run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Decision {
    /// It ran.
    Accept,
    /// It did not.
    Reject,
}

/// The MCP side of a tool call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct McpTool {
    /// Server name.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub server: Option<String>,
    /// Tool name on that server.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub tool: Option<String>,
}

/// A skill that fired.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// Declared version label.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub label: Option<String>,
    /// Hash of what ran, lower-case hex.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub hash: Option<String>,
    /// `tree`, `body` or null.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub hash_of: Option<String>,
    /// `user-slash`, `claude-proactive`, `nested-skill`, … as the client names it.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub trigger: Option<String>,
}

/// A request to the model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ModelRequest {
    /// The model that answered.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub model: Option<String>,
    /// `req_…`.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub request_id: Option<String>,
    /// Tokens; null when not known.
    #[serde(flatten)]
    pub tokens: TokenTotals,
    /// Cost in nano-USD; null when not known.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cost_nanousd: Option<i64>,
    /// `otel` (what the client computed) or `price_table`; null when there is no cost.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cost_from: Option<String>,
    /// Time to first token.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub ttft_us: Option<i64>,
    /// `sdk`, `repl_main_thread`, `compact`, `agent:…`.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub query_source: Option<String>,
    /// `end_turn`, `tool_use`, `refusal`, …
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub stop_reason: Option<String>,
    /// Attempts it took.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub attempts: Option<u64>,
}
