//! The fold: records in any order → one session.
//!
//! The state is maps by id, each entry merged by a rule that knows neither order nor repetition ([`slot`]), plus link
//! maps: a transcript record to its prompt ([`tree`]), a trace to its prompt ([`traces`]), a sub-agent to the prompts that it
//! works for ([`agents`]), a span to its tool call. One more record touches a bounded number of entries, however long the
//! session is; a sub-agent's start touches the agent's own. What only the whole of a turn or session can tell
//! (outcome, order, totals, branches) is derived when a turn or the session is read ([`mod@turn`], [`mod@session`], [`mod@finish`]).

mod acceptance;
mod agents;
mod entity;
pub(crate) mod fact;
mod finish;
mod lines;
pub(crate) mod piece;
mod read;
mod session;
pub(crate) mod skills;
pub(crate) mod slot;
mod state;
mod step;
mod traces;
pub(crate) mod tree;
mod turn;

pub use finish::finish;
pub use state::{Applied, Fold};
pub use turn::StepOrder;
