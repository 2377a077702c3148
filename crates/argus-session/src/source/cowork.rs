//! Cowork on a computer: the folder of a session. Undocumented; read by what third parties saw (`docs/sources.md`).
//!
//! ```text
//! local-agent-mode-sessions/<account>/<organisation>/
//!   local_<id>.json                              what the app knows of the session: `metadata`
//!   local_<id>/audit.jsonl                       what was said, as it was said: `audit`
//!   local_<id>/.claude/projects/…/<session>.jsonl   the transcript, as Claude Code's: `source::transcript`
//! ```
//!
//! The session's id is the one of its transcript, which the metadata calls `cliSessionId`.

mod audit;
mod folder;
mod metadata;

use serde_json::Value;

use crate::Record;
use crate::document::Surface;
use crate::fold::fact::{Fact, SessionFact};
use crate::fold::slot::offer_latest;
use crate::source::surface;
use crate::source::value::{string, text};

pub use audit::AuditFile;
pub use folder::{CoworkFile, SessionFiles, file, sessions};
pub use metadata::{MetadataError, cli_session_id, metadata_item};

/// The session that an audit line or a metadata item names by the transcript's id.
pub(crate) fn named_session_id(body: &Value) -> Option<String> {
    string(body, "/cliSessionId").or_else(|| audit::session_id(body))
}

/// When an audit line was written, or the session of a metadata item was used last.
pub(crate) fn at_us(body: &Value) -> Option<i64> {
    metadata::at_us(body).or_else(|| audit::at_us(body))
}

/// The `type` of a metadata item's body; audit lines have types of their own.
const METADATA: &str = "cowork-session";

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    match text(&record.body, "/type") {
        Some(METADATA) => metadata::facts(record, facts),
        kind => audit::facts(kind.unwrap_or("unknown"), record, facts),
    }
    let earliest = record.at_us.unwrap_or(0).saturating_neg();
    facts.extend(
        offer_latest(surface::OWN, earliest, Surface::Cowork)
            .map(SessionFact::Surface)
            .map(Fact::Session),
    );
}
