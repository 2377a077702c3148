//! The session document: what the CLI prints and the API serves. Documented in `docs/session-document.md`.
//!
//! The same types serve as projections: there `text` and `json` are empty and only the references are kept, so that
//! captured text lives in record bodies alone. [`resolve`] fills them in.

mod coverage;
mod flat;
mod part;
mod redactions;
mod resolve;
mod session;
mod step;
mod turn;

pub use coverage::{
    CallsSeen, Coverage, CoverageDetails, Grade, LossSeen, ProcessSeen, Reason, ReasonCode,
    TurnsSeen, Witness,
};
pub use part::{Payload, Text, TextForm, TextRef};
pub use redactions::{PayloadRedaction, Redaction, in_json_text};
pub(crate) use resolve::as_payload;
pub use resolve::{Bodies, Resolve, as_text, resolve_document, tag};
pub use session::{
    AgentRun, Client, Cost, Cowork, Link, McpServer, Session, SessionDocument, SkillUse, Surface,
    TokenTotals, Totals, User, UserFrom,
};
pub use step::{Decision, McpTool, ModelRequest, Skill, Step, StepKind, Tool};
pub use turn::{Branch, Outcome, Prompt, PromptKind, Turn};
