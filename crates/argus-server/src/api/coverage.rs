//! `GET …/coverage`: how much of the workspace's sessions was seen.

use std::sync::Arc;

use argus_session::Source;
use argus_session::document::{Grade, LossSeen};
use argus_store::{CoverageMachine, CoverageSums, WorkspaceCoverage};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::devices::DeviceView;
use super::reply;
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// How much of the sessions was seen that the reader may read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkspaceCoverage)]
pub(crate) struct CoverageView {
    #[serde(flatten)]
    sums: SumsView,
    /// By machine, last seen first; none for a reader who is bound to projects.
    machines: Vec<MachineView>,
}

/// Sums over sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageSums)]
pub(crate) struct SumsView {
    sessions: u64,
    /// Sessions by grade: every grade, in order.
    by_grade: Vec<GradeCount>,
    /// Sessions by the sources that gave records, the most first.
    by_sources: Vec<SourcesCount>,
    /// Items that capture clients say they lost of them.
    lost: u64,
    /// Numbers that are missing among telemetry's events.
    events_missing: u64,
    /// Sessions with such.
    sessions_with_gaps: u64,
    /// Sessions that went on after the last hook fired.
    quiet_hooks: u64,
    /// Sessions that telemetry tells of and no transcript.
    without_transcript: u64,
}

/// How many sessions have a grade.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GradeCount {
    grade: Grade,
    sessions: u64,
}

/// How many sessions have these witnesses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourcesCount {
    sources: Vec<Source>,
    sessions: u64,
}

/// A machine, and what was seen of its sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageMachine)]
pub(crate) struct MachineView {
    /// 32 hex digits.
    id: String,
    /// What its owner calls it.
    #[schema(required = true)]
    name: Option<String>,
    /// As its capture client asked last; null for one that only sent records.
    #[schema(required = true)]
    device: Option<DeviceView>,
    #[serde(flatten)]
    sums: SumsView,
    /// When its client last asked, or one of its sessions last went on.
    #[schema(required = true)]
    last_seen_at: Option<Time>,
    /// When one of its sessions last went on.
    #[schema(required = true)]
    last_session_at: Option<Time>,
    /// Versions of Claude Code in its sessions, with how many.
    client_versions: Vec<VersionSessions>,
    /// What its client lost of no session that it could name, by reason.
    lost_elsewhere: Vec<LossSeen>,
}

/// How many sessions have a version of Claude Code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionSessions {
    version: String,
    sessions: u64,
}

impl From<CoverageSums> for SumsView {
    fn from(sums: CoverageSums) -> Self {
        let mut by_sources: Vec<SourcesCount> = sums
            .by_sources
            .into_iter()
            .map(|(sources, sessions)| SourcesCount { sources, sessions })
            .collect();
        by_sources.sort_by_key(|of| std::cmp::Reverse(of.sessions));
        Self {
            sessions: sums.sessions,
            by_grade: Grade::ALL
                .into_iter()
                .map(|grade| GradeCount {
                    grade,
                    sessions: sums.by_grade.get(&grade).copied().unwrap_or(0),
                })
                .collect(),
            by_sources,
            lost: sums.lost,
            events_missing: sums.events_missing,
            sessions_with_gaps: sums.sessions_with_gaps,
            quiet_hooks: sums.quiet_hooks,
            without_transcript: sums.without_transcript,
        }
    }
}

impl From<CoverageMachine> for MachineView {
    fn from(machine: CoverageMachine) -> Self {
        let asked = machine.device.as_ref().map(|device| device.last_seen_at_us);
        let name = machine.device.as_ref().map(|device| device.name.clone());
        Self {
            id: machine.id,
            name: name.or(machine.name).filter(|name| !name.is_empty()),
            device: machine.device.map(Into::into),
            sums: machine.sums.into(),
            last_seen_at: asked.max(machine.last_session_us).map(Time),
            last_session_at: machine.last_session_us.map(Time),
            client_versions: machine
                .client_versions
                .into_iter()
                .map(|(version, sessions)| VersionSessions { version, sessions })
                .collect(),
            lost_elsewhere: machine.lost,
        }
    }
}

impl From<WorkspaceCoverage> for CoverageView {
    fn from(coverage: WorkspaceCoverage) -> Self {
        Self {
            sums: coverage.sums.into(),
            machines: coverage.machines.into_iter().map(Into::into).collect(),
        }
    }
}

/// How much of the sessions was seen: sums, and by machine.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/coverage", tag = "capture", operation_id = "get_coverage",
    params(("workspace" = String, Path)), responses((status = 200, body = CoverageView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let coverage: CoverageView = app
        .blocking(move || Ok(access.workspace.coverage(&access.scope)?.into()))
        .await?;
    reply::json(&headers, &coverage)
}
