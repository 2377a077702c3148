//! Facts: what the source modules say that a record means, in strict types.

use std::collections::BTreeMap;

use super::piece::{Piece, Print};
use super::skills::SkillLook;
use super::slot::Offer;
use super::tree::NodeKind;
use crate::Source;
use crate::acceptance::Said;
use crate::coverage::CoverageFact;
use crate::document::{Cowork, Decision, Link, Surface, TokenTotals};
use crate::machine::MachineFact;

/// Something that a record says.
#[derive(Debug)]
pub(crate) enum Fact {
    /// A record of the transcript's tree.
    Node {
        uuid: String,
        parent: Option<String>,
        /// Of a compaction boundary: the record that it follows.
        logical_parent: Option<String>,
        kind: NodeKind,
        prompt_id: Option<String>,
        at: Option<i64>,
    },
    /// Something about a step.
    Step(Box<StepFact>),
    /// A log record of a trace names a prompt.
    Trace {
        trace_id: String,
        prompt_id: String,
        at: Option<i64>,
        /// It is a sub-agent's: the prompt is the one of the moment, which may be later than the trace's.
        by_agent: bool,
    },
    /// A span is a tool call's.
    ToolSpan { span_id: String, use_id: String },
    /// Whether the call of a span was let run, and who decided.
    SpanDecision {
        span_id: String,
        decision: SpanDecision,
    },
    /// Something about a sub-agent.
    Agent {
        id: String,
        agent_type: Option<Offer<String>>,
        parent_use_id: Option<Offer<String>>,
        parent_span_id: Option<String>,
    },
    /// A sub-agent was set to work, for a prompt.
    AgentStarted {
        agent_id: String,
        prompt_id: String,
        at: i64,
    },
    /// A witness that knows only order tells of a message; `prompt`: of a prompt, the fingerprint of its text.
    Line { line: Line, prompt: Option<Print> },
    /// The transcript has the API's message `id` in the record `uuid`.
    Message { id: String, uuid: String },
    /// An MCP server was seen.
    McpServer {
        name: String,
        scope: Option<String>,
        transport: Option<String>,
    },
    /// Something about the session.
    Session(SessionFact),
    /// Something about how much of the session was seen.
    Coverage(CoverageFact),
    /// Something about a machine.
    Machine(Box<MachineFact>),
    /// Seen, and shown as a number only.
    Count(String),
}

/// What a span of waiting for a decision tells: whether, and by whom.
pub(crate) type SpanDecision = (Option<Decision>, Option<String>);

/// What identifies a step (or part of one) across records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StepKey {
    /// What was asked, as one kind of place saw it.
    Prompt(String),
    /// A further prompt within a turn.
    QueuedPrompt(String),
    /// A skill that was typed, as one kind of place saw it.
    Skill(String),
    /// A request to the model, by request id.
    Request(String),
    /// A block of an answer, by the uuid of its transcript record.
    Block(String),
    /// The text of a request's answer, as telemetry gives it, by request id.
    Response(String),
    /// A text as shown to the person, by the hook's message id.
    Display(String),
    /// The last text of a turn or of a sub-agent's work, as its Stop hook gives it.
    LastMessage(String),
    /// A tool call, by tool use id.
    Tool(String),
    /// A question for permission.
    Permission(String),
    /// A compaction.
    Compaction(String),
    /// A failure that is not a tool's.
    Error(String),
    /// Something the client did or said.
    Notice(String),
    /// A text of an answer, as a witness tells it that knows only order.
    Said(String),
    /// A request to the model, as such a witness tells it: by the API's message id.
    SaidRequest(String),
    /// Something that tells how a turn ended; no step of its own.
    Signal(String),
}

/// Where a step belongs, by what its record knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where this transcript record belongs.
    Node(String),
    /// To this prompt.
    Prompt(String),
    /// To this trace's prompt.
    Trace(String),
    /// To the prompt that stands above in what a witness tells.
    Line(Box<LinePlace>),
    /// To no prompt.
    Session,
}

/// Where a message stands in what one witness tells. Ordered as that was told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Line {
    pub(crate) witness: Source,
    pub(crate) at: i64,
    /// Among those of one moment: the offset in a file, or the place in a list.
    pub(crate) place: u64,
    pub(crate) id: String,
}

/// A line, and what else may tell which prompt it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinePlace {
    pub(crate) line: Line,
    /// The uuid that the transcript's record of it may have.
    pub(crate) uuid: Option<String>,
    /// The API's id of the message.
    pub(crate) message_id: Option<String>,
    /// Of a prompt: the fingerprint of its text.
    pub(crate) equal: Option<Print>,
}

/// What tells of a prompt's kind and of a turn's end. Bits, so that merging them is one `or`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals(pub(crate) u64);

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Signals {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }
    };
}

signals! {
    /// A person (or `-p`) typed it.
    TYPED = 0;
    /// It waited behind another turn.
    QUEUED = 1;
    /// The client expanded a slash command.
    EXPANDED_COMMAND = 2;
    /// The client expanded an MCP prompt.
    EXPANDED_MCP = 3;
    /// The injected body is a skill's.
    SKILL_BODY = 4;
    /// The transcript's tags are those of a custom command.
    CUSTOM_TAGS = 5;
    /// The transcript's tags are those of a built-in command.
    BUILTIN_TAGS = 6;
    /// Telemetry calls the command built-in (it also does for a skill that shares a built-in command's name).
    OTEL_BUILTIN = 7;
    /// Telemetry calls the command custom.
    OTEL_CUSTOM = 8;
    /// Telemetry calls it an MCP prompt.
    OTEL_MCP = 9;
    /// Telemetry saw the person activate a skill.
    SKILL_ACTIVATED = 10;
    /// `!command`.
    BASH = 11;
    /// A manual compaction hook fired for it.
    COMPACT_COMMAND = 13;
    /// `UserPromptSubmit` fired: no built-in command.
    SUBMITTED = 14;
    /// The assistant finished.
    STOPPED = 20;
    /// It broke off on an error.
    FAILED = 21;
    /// The person stopped it.
    INTERRUPTED = 22;
    /// The model refused.
    REFUSED = 23;
    /// The person said no to a tool call.
    USER_REJECTED = 24;
    /// An answer ended by itself (`end_turn`).
    ENDED_TURN = 25;
    /// An answer was begun and not ended.
    ABORTED = 26;
    /// The turn's span is there: it is over.
    SPAN_ENDED = 27;
    /// The last piece of a streamed text came.
    DISPLAY_FINAL = 28;
    /// A request of the client's own, beside the conversation.
    AUXILIARY = 29;
    /// Copied from an older session by a fork.
    COPIED = 30;
    /// A call was about to run, as its hook says.
    CALL_BEGUN = 31;
    /// A call ran, as its hook says.
    CALL_RAN = 32;
    /// A call's answer was given to the model, as the batch's hook says.
    CALL_ANSWERED = 33;
}

impl Signals {
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those of `other` that are in it.
    pub(crate) fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl std::ops::BitOr for Signals {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a block of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Text,
    Thinking,
}

/// Something about a step. Every field is optional but the key.
#[derive(Debug)]
pub(crate) struct StepFact {
    pub(crate) key: StepKey,
    pub(crate) place: Place,
    pub(crate) agent_id: Option<String>,
    pub(crate) at: Option<Offer<i64>>,
    pub(crate) duration_us: Option<Offer<i64>>,
    /// Text, and for streamed ones its place in the stream.
    pub(crate) text: Option<Offer<Piece>>,
    /// Of what a person or the assistant said: what acceptance is judged by.
    pub(crate) said: Option<Offer<Box<Said>>>,
    pub(crate) stream: Option<(u64, Piece)>,
    pub(crate) name: Option<Offer<String>>,
    pub(crate) request_id: Option<String>,
    /// Of a request: the API's id of the message that answered it.
    pub(crate) message_id: Option<String>,
    pub(crate) block: Option<(BlockKind, Option<u64>)>,
    pub(crate) signals: Signals,
    /// Of a prompt: whether it is a background task's report.
    pub(crate) is_report: Option<Offer<bool>>,
    pub(crate) aliases: Vec<String>,
    pub(crate) tool: Option<ToolFact>,
    pub(crate) request: Option<RequestFact>,
    pub(crate) skill: Option<SkillFact>,
}

impl StepFact {
    pub(crate) fn new(key: StepKey, place: Place) -> Self {
        Self {
            key,
            place,
            agent_id: None,
            at: None,
            duration_us: None,
            text: None,
            said: None,
            stream: None,
            name: None,
            request_id: None,
            message_id: None,
            block: None,
            signals: Signals::default(),
            is_report: None,
            aliases: Vec::new(),
            tool: None,
            request: None,
            skill: None,
        }
    }
}

/// Something about a tool call (or, for a permission request, the call that it asks for).
#[derive(Debug, Default)]
pub(crate) struct ToolFact {
    pub(crate) name: Option<Offer<String>>,
    pub(crate) input: Option<Offer<Piece>>,
    pub(crate) output: Option<Offer<Piece>>,
    pub(crate) result: Option<Offer<Piece>>,
    pub(crate) is_error: Option<Offer<bool>>,
    pub(crate) error: Option<Offer<Piece>>,
    pub(crate) decision: Option<Offer<Decision>>,
    pub(crate) decision_source: Option<Offer<String>>,
    pub(crate) mcp_server: Option<Offer<String>>,
    pub(crate) mcp_tool: Option<Offer<String>>,
    pub(crate) started_agent_id: Option<String>,
    /// Fingerprint of name and input.
    pub(crate) call_print: Option<u64>,
}

/// Something about a model request.
#[derive(Debug, Default)]
pub(crate) struct RequestFact {
    pub(crate) model: Option<Offer<String>>,
    pub(crate) tokens: Option<Offer<TokenTotals>>,
    pub(crate) cost_nanousd: Option<Offer<i64>>,
    pub(crate) ttft_us: Option<Offer<i64>>,
    pub(crate) query_source: Option<Offer<String>>,
    pub(crate) stop_reason: Option<Offer<String>>,
    pub(crate) attempts: Option<Offer<u64>>,
}

/// Something about a skill that fired.
#[derive(Debug, Default)]
pub(crate) struct SkillFact {
    pub(crate) name: Option<Offer<String>>,
    pub(crate) body_hash: Option<Offer<String>>,
    pub(crate) trigger: Option<Offer<String>>,
}

/// Something about the session.
#[derive(Debug)]
pub(crate) enum SessionFact {
    Title(Offer<Piece>),
    Started(i64),
    Ended {
        at: Option<i64>,
        reason: Option<String>,
    },
    Cwd(Offer<String>),
    GitBranch(Offer<String>),
    ClientName(Offer<String>),
    ClientVersion(String),
    Surface(Offer<Surface>),
    UserId(Offer<String>),
    UserEmail(Offer<String>),
    /// The client's own total so far, nano-USD, at a time.
    ClientTotal {
        at: Option<i64>,
        cost_nanousd: i64,
    },
    /// One point of the cost metric, nano-USD: added up (delta), or the highest of its series counts (cumulative).
    CostPoint {
        cost_nanousd: i64,
        cumulative_series: Option<String>,
    },
    Link(Link),
    /// What Cowork's own file says of the session.
    Cowork(Offer<Cowork>),
    /// More than a client's start-up was seen.
    Real,
    /// A record has this time.
    Seen {
        at: i64,
        in_transcript: bool,
    },
    /// A metric was read at this time.
    Metered(i64),
    /// The model that the session was started with.
    Model(Offer<String>),
    /// A skill's folder was looked at.
    SkillTree(Box<SkillLook>),
}

/// Counts by kind.
pub(crate) type Counts = BTreeMap<String, u64>;
