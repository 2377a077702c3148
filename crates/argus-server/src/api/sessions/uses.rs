//! `GET …/sessions/{session}/uses`: the tools and skills that a session used, and where.

use std::sync::Arc;

use argus_session::timeline::{self, SkillCalls, ToolCalls};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::reading::read;
use crate::api::extract::Segments;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What a session used. What a fork copied counts nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsesView {
    /// Tools, the most called first.
    tools: Vec<ToolUseView>,
    /// Skills, by where they ran first.
    skills: Vec<SkillRunView>,
    version: String,
}

/// The calls of one tool.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToolUseView {
    /// Its name; null where no source told it.
    #[schema(required = true)]
    name: Option<String>,
    calls: u64,
    /// Calls that failed.
    errors: u64,
    /// Calls that were not let run.
    denied: u64,
    /// Time of the calls whose time is known, together; null when none is.
    #[schema(required = true)]
    duration_us: Option<i64>,
    /// How many calls that time is of.
    timed: u64,
    /// The places of its calls in the session's one list of steps, ascending; the first 2,000.
    steps: Vec<u64>,
}

/// The runs of one version of a skill.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SkillRunView {
    name: String,
    #[schema(required = true)]
    label: Option<String>,
    #[schema(required = true)]
    hash: Option<String>,
    /// How it was fired first, as the client names it.
    #[schema(required = true)]
    trigger: Option<String>,
    runs: u64,
    /// The places of its runs, ascending; the first 2,000.
    steps: Vec<u64>,
}

impl From<ToolCalls> for ToolUseView {
    fn from(tool: ToolCalls) -> Self {
        Self {
            name: tool.name,
            calls: tool.calls,
            errors: tool.errors,
            denied: tool.denied,
            duration_us: (tool.timed > 0).then_some(tool.duration_us),
            timed: tool.timed,
            steps: tool.steps,
        }
    }
}

impl From<SkillCalls> for SkillRunView {
    fn from(calls: SkillCalls) -> Self {
        Self {
            name: calls.skill.name,
            label: calls.skill.label,
            hash: calls.skill.hash,
            trigger: calls.skill.trigger,
            runs: calls.runs,
            steps: calls.steps,
        }
    }
}

/// The tools and skills that a session used, and where.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/uses", tag = "sessions", operation_id = "get_uses",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = UsesView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let marks = session.marks()?;
        let found = timeline::uses(&marks);
        Ok(UsesView {
            tools: found.tools.into_iter().map(Into::into).collect(),
            skills: found.skills.into_iter().map(Into::into).collect(),
            version: session.version(),
        })
    })
    .await
}
