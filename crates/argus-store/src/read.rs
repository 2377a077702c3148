//! Reading sessions back: documents opened, texts filled in from record bodies.

pub(crate) mod body;
mod changes;
mod content;
mod conversation;
mod coverage;
mod flat;
pub(crate) mod list;
mod machines;
mod marks;
mod names;
mod records;
mod servers;
pub(crate) mod session;
mod skills;
mod then;
mod version;

pub use changes::Changes;
pub use content::{Content, ContentField};
pub use conversation::Conversation;
pub use coverage::{CoverageMachine, CoverageSums, WorkspaceCoverage};
pub use flat::{AgentPlaces, FlatStep, Outline, StepPlace};
pub use names::NameCount;
pub use records::{RecordDetail, RecordProof, RecordRange, RecordRow, RecordSlice};
pub use servers::McpServerSeen;
pub use skills::{SkillFile, SkillFileContent, SkillFileText, SkillVersion};
pub use then::SessionThen;
pub use version::SessionVersion;

use std::sync::Arc;

use argus_session::RecordId;
use argus_session::document::{Bodies, PayloadRedaction};
use serde_json::Value;

use crate::workspace::Workspace;

/// The bodies of a workspace's records, for filling in texts.
pub(crate) struct WorkspaceBodies<'a>(pub(crate) &'a Workspace);

impl Bodies for WorkspaceBodies<'_> {
    fn body(&self, record: RecordId) -> Option<Arc<Value>> {
        // A body that cannot be read is shown as one that is not there; the doctor finds it.
        let cached = self.0.cached_body(record).ok().flatten()?;
        Some(cached.body)
    }

    fn redactions(&self, record: RecordId) -> Arc<[PayloadRedaction]> {
        let cached = self.0.cached_body(record).ok().flatten();
        cached.map_or_else(Arc::default, |cached| cached.redactions)
    }
}
