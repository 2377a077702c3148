//! The session's head: who, where, with what, and the totals.

use serde::{Deserialize, Serialize};

use super::{Text, Turn};
use crate::acceptance::Judged;
use crate::{Source, time::rfc3339_option};

/// A whole session: its head and its turns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SessionDocument {
    /// Everything but the turns.
    #[serde(flatten)]
    pub session: Session,
    /// The turns in order.
    pub turns: Vec<Turn>,
}

/// A session without its turns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Session {
    /// The external session id.
    pub id: String,
    /// Custom title, else the AI's, else the first prompt.
    #[cfg_attr(feature = "schema", schema(value_type = super::flat::schema::TitleFields))]
    #[serde(flatten, with = "super::flat::title")]
    pub title: Option<Text>,
    /// The conversation that the session belongs to: the id of its first session. Joined when read; equal to `id` when
    /// no link is known.
    pub conversation: String,
    /// Why sessions are joined, one entry a link that this session attests.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub links: Vec<Link>,
    /// The projects it is seen in; `unassigned` while unknown.
    pub projects: Vec<String>,
    /// Who it belongs to.
    pub user: User,
    /// What ran it.
    pub client: Client,
    /// The earliest time of a step, or of the session's start.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub started_at: Option<i64>,
    /// The latest time of a step or of the session's end.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub ended_at: Option<i64>,
    /// `reason` of SessionEnd; absent while open or not seen.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub end_reason: Option<String>,
    /// Working folder.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cwd: Option<String>,
    /// Git branch.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub git_branch: Option<String>,
    /// Models that answered, sorted.
    pub models: Vec<String>,
    /// Sources that attest something of the session, in their order.
    pub sources: Vec<Source>,
    /// What the person did with the first turn's answer; absent where no turn of the session's own is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub first_turn: Option<Judged>,
    /// Sums over the turns that count.
    pub totals: Totals,
    /// Skills that ran.
    pub skills: Vec<SkillUse>,
    /// MCP servers seen: connected or called.
    pub mcp_servers: Vec<McpServer>,
    /// Sub-agents.
    pub agents: Vec<AgentRun>,
    /// Of a Cowork session: what its own file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub cowork: Option<Cowork>,
    /// Which witnesses saw it, and what is known to be missing.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub coverage: super::Coverage,
    /// What was seen and is not shown otherwise, by kind: unknown records, counted bookkeeping.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub counts: std::collections::BTreeMap<String, u64>,
    /// Things a reader must know, such as `seen_in_two_projects`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// True when nothing but a client's start-up was seen under this id (a resume makes throw-away ids): not listed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub phantom: bool,
}

/// A fact that joins this session to another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Link {
    /// `resume`, `fork` or `clear`; `same` where Anthropic's records tell of a session that a client told of too.
    pub kind: String,
    /// The other session: the older one, or the client's. Absent when only the fact, not the id, is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub session_id: Option<String>,
    /// What says so, such as `transcript.requestSessionId`.
    pub evidence: String,
}

/// What Cowork's file of a session says beside title, model and working folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cowork {
    /// The app's own id of the session, `local_…`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub local_id: Option<String>,
    /// The folders that the person chose.
    pub folders: Vec<String>,
    /// The claude.ai projects that the person chose, by id.
    pub project_ids: Vec<String>,
    /// The space it belongs to.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub space_id: Option<String>,
}

/// Who a session belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct User {
    /// Account or installation id.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub id: Option<String>,
    /// E-mail address.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub email: Option<String>,
    /// Whose word it is.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub from: Option<UserFrom>,
}

/// Whose word an identity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum UserFrom {
    /// The credential that delivered the records is the person's own.
    Credential,
    /// The client says so.
    Claim,
}

/// What ran the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Client {
    /// `service.name`, such as `claude-code` or `cowork`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub name: Option<String>,
    /// Version of Claude Code (or of the Desktop app); the highest seen.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub version: Option<String>,
    /// Where the person sat.
    pub surface: Surface,
}

/// Where a session ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Surface {
    /// A terminal.
    Terminal,
    /// `-p` or the SDK.
    Headless,
    /// An editor's extension.
    Ide,
    /// The Desktop app's Code tab.
    Desktop,
    /// Cowork.
    Cowork,
    /// Cowork in the cloud.
    CoworkRemote,
    /// Claude Code on the web.
    Web,
    /// Claude Code, of which only Anthropic's records tell: not in which place.
    ClaudeCode,
    /// The claude.ai app or site.
    ClaudeAi,
    /// Not known.
    #[default]
    Unknown,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 10] = [
        Self::Terminal,
        Self::Headless,
        Self::Ide,
        Self::Desktop,
        Self::Cowork,
        Self::CoworkRemote,
        Self::Web,
        Self::ClaudeCode,
        Self::ClaudeAi,
        Self::Unknown,
    ];

    /// The name used in the document and in filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Headless => "headless",
            Self::Ide => "ide",
            Self::Desktop => "desktop",
            Self::Cowork => "cowork",
            Self::CoworkRemote => "cowork_remote",
            Self::Web => "web",
            Self::ClaudeCode => "claude_code",
            Self::ClaudeAi => "claude_ai",
            Self::Unknown => "unknown",
        }
    }
}

/// Tokens by kind; null where no source tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TokenTotals {
    /// Uncached input.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub input_tokens: Option<u64>,
    /// Output.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub output_tokens: Option<u64>,
    /// Read from the cache.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cache_read_tokens: Option<u64>,
    /// Written to the cache.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cache_creation_tokens: Option<u64>,
}

impl TokenTotals {
    /// Adds `more`; a hostile count stops at the highest number.
    pub fn add(&mut self, more: &Self) {
        let add = |held: &mut Option<u64>, more: Option<u64>| {
            if let Some(more) = more {
                *held = Some(held.unwrap_or(0).saturating_add(more));
            }
        };
        add(&mut self.input_tokens, more.input_tokens);
        add(&mut self.output_tokens, more.output_tokens);
        add(&mut self.cache_read_tokens, more.cache_read_tokens);
        add(&mut self.cache_creation_tokens, more.cache_creation_tokens);
    }
}

/// Money, nano-USD, with what it rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cost {
    /// Sum of the requests whose cost is known; null when none is.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub cost_nanousd: Option<i64>,
    /// Requests whose cost is not known.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub unpriced_requests: u64,
}

impl Cost {
    /// Adds `more`; a hostile sum stops at the highest number.
    pub fn add(&mut self, more: &Self) {
        self.unpriced_requests = self
            .unpriced_requests
            .saturating_add(more.unpriced_requests);
        if let Some(cost) = more.cost_nanousd {
            self.cost_nanousd = Some(self.cost_nanousd.unwrap_or(0).saturating_add(cost));
        }
    }
}

impl Totals {
    /// Adds `more`, but for `unattributed_nanousd`, which is of a session as a whole.
    pub fn add(&mut self, more: &Self) {
        self.turns += more.turns;
        self.steps += more.steps;
        self.tool_calls += more.tool_calls;
        self.errors += more.errors;
        self.tokens.add(&more.tokens);
        self.cost.add(&more.cost);
    }
}

/// Sums of a session or an agent. Turns that a fork copied, and `builtin_command` turns in `turns`, do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Totals {
    /// Turns.
    pub turns: u64,
    /// Steps.
    pub steps: u64,
    /// Tool calls.
    pub tool_calls: u64,
    /// Steps that failed.
    pub errors: u64,
    /// Tokens.
    #[serde(flatten)]
    pub tokens: TokenTotals,
    /// Cost of the requests seen.
    #[serde(flatten)]
    pub cost: Cost,
    /// The client's own total less `cost_nanousd`; null when the client's total is not known.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub unattributed_nanousd: Option<i64>,
}

/// A skill that ran in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SkillUse {
    /// Its name.
    pub name: String,
    /// Declared version label.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub label: Option<String>,
    /// Hash of what ran, lower-case hex.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub hash: Option<String>,
    /// `tree` (the skill's folder), `body` (the injected text) or null.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub hash_of: Option<String>,
    /// Whether its folder was the same when it ran as when the session began; null where no capture client looked.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub state: Option<crate::machine::SkillState>,
}

impl SkillUse {
    /// The hash of its folder, lower-case hex: a version of it. The injected text's goes by the arguments too, and names none.
    #[must_use]
    pub fn tree_hash(&self) -> Option<&str> {
        self.hash
            .as_deref()
            .filter(|_| self.hash_of.as_deref() == Some("tree"))
    }
}

/// An MCP server seen in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct McpServer {
    /// Its name.
    pub name: String,
    /// `project`, `user`, `local`, …
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub scope: Option<String>,
    /// `stdio`, `http`, `sse`, …
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub transport: Option<String>,
    /// Calls in turns that count.
    pub calls: u64,
    /// When it was last called.
    #[cfg_attr(feature = "schema", schema(required = true, value_type = Option<String>, format = DateTime))]
    #[serde(with = "rfc3339_option", default)]
    pub last_used_at: Option<i64>,
}

/// One run of a sub-agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AgentRun {
    /// Agent id.
    pub id: String,
    /// Its type, such as `general-purpose`.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub agent_type: Option<String>,
    /// The tool call that started it.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub parent_use_id: Option<String>,
    /// Its own sums; they are part of the session's totals, once.
    pub totals: Totals,
}
