//! Versions of skills: the list, one with its files, the text of a file.

pub(crate) mod list;
pub(crate) mod text;
pub(crate) mod version;

use argus_session::machine::SkillState;
use argus_store::SkillVersion;
use serde::Serialize;
use utoipa::ToSchema;

use super::time::Time;
use crate::refusal::{ErrorCode, Refusal};

/// A version of a skill: its name, and the hash of its folder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkillVersion)]
pub(crate) struct SkillVersionView {
    name: String,
    /// Hash of the skill's folder, lower-case hex.
    hash: String,
    /// The version that its front matter declares.
    #[schema(required = true)]
    label: Option<String>,
    /// True when another version of this skill declares the same label.
    label_reused: bool,
    /// Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`.
    origins: Vec<String>,
    /// The plugin that brings it.
    #[schema(required = true)]
    plugin: Option<String>,
    /// Sessions that had it in reach.
    sessions: u64,
    /// Sessions in which it ran.
    ran: u64,
    /// Of those, by whether it was the same at its run as when the session began.
    states: Vec<SkillStateCount>,
    /// Machines on which it was seen.
    machines: u64,
    #[schema(required = true)]
    first_seen_at: Option<Time>,
    #[schema(required = true)]
    last_seen_at: Option<Time>,
    /// When it was last seen in a session in which it ran.
    #[schema(required = true)]
    last_ran_at: Option<Time>,
    /// How many files it consists of; null when no machine told them that the reader may ask.
    #[schema(required = true)]
    files: Option<u64>,
    /// Their bytes.
    #[schema(required = true)]
    bytes: Option<u64>,
}

/// How many sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SkillStateCount {
    state: SkillState,
    sessions: u64,
}

impl From<SkillVersion> for SkillVersionView {
    fn from(version: SkillVersion) -> Self {
        Self {
            name: version.name,
            hash: version.hash,
            label: version.label,
            label_reused: version.is_label_reused,
            origins: version.origins,
            plugin: version.plugin,
            sessions: version.sessions,
            ran: version.ran,
            states: version
                .states
                .into_iter()
                .map(|(state, sessions)| SkillStateCount { state, sessions })
                .collect(),
            machines: version.machines,
            first_seen_at: version.first_seen_us.map(Time),
            last_seen_at: version.last_seen_us.map(Time),
            last_ran_at: version.last_ran_us.map(Time),
            files: version.files,
            bytes: version.bytes,
        }
    }
}

fn no_version() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "there is no such version of a skill that you may see: it may have been erased",
    )
}
