//! `GET …/sessions/{session}/step-kinds`: what every step is, in a few characters each, so that a reader can fold ten thousand of them
//! before it fetches any.

use std::collections::HashMap;
use std::sync::Arc;

use argus_session::document::StepKind;
use argus_session::timeline::StepMark;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::reading::read;
use crate::api::extract::{Params, Segments};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindParams {
    /// Only the steps of this sub-agent; `main` for the main agent's. Places then count within those.
    agent: Option<String>,
}

/// What every step is, in order.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct StepKindsView {
    /// A letter a step: `p` prompt, `t` thinking, `x` text, `c` tool call, `s` skill, `m` permission, `k` compaction, `r` model request,
    /// `n` notice, `e` error.
    kinds: String,
    /// A digit a step, a sum of: 1 it failed, 2 it was not let run, 4 a sub-agent did it.
    flags: String,
    /// Of each tool call in order: the place of its name in `names`, -1 where no source told it.
    tools: Vec<i32>,
    /// Names of the tools that were called.
    names: Vec<String>,
    /// Of each tool call in order: how long it took, in microseconds, -1 where no source told it.
    durations_us: Vec<i64>,
    version: String,
}

const IS_ERROR: u8 = 1;
const IS_DENIED: u8 = 2;
const IS_OF_AGENT: u8 = 4;

const fn letter(kind: StepKind) -> char {
    match kind {
        StepKind::Prompt => 'p',
        StepKind::Thinking => 't',
        StepKind::Text => 'x',
        StepKind::ToolCall => 'c',
        StepKind::Skill => 's',
        StepKind::Permission => 'm',
        StepKind::Compaction => 'k',
        StepKind::ModelRequest => 'r',
        StepKind::Notice => 'n',
        StepKind::Error => 'e',
    }
}

impl StepKindsView {
    /// Takes the next step; `is_alone` where all of them are one agent's.
    fn take(
        &mut self,
        step: &StepMark,
        is_alone: bool,
        names: &[String],
        named: &mut HashMap<u32, i32>,
    ) {
        let is_of_agent = step.agent.is_some() && !is_alone;
        self.kinds.push(letter(step.kind));
        let flags = u8::from(step.is_error) * IS_ERROR
            + u8::from(step.is_denied) * IS_DENIED
            + u8::from(is_of_agent) * IS_OF_AGENT;
        self.flags.push(char::from(b'0' + flags));
        if step.kind == StepKind::ToolCall {
            let name = step
                .tool
                .and_then(|tool| Some((tool, name_at(names, tool)?)));
            self.tools.push(name.map_or(-1, |(tool, name)| {
                *named.entry(tool).or_insert_with(|| {
                    self.names.push(name.to_owned());
                    i32::try_from(self.names.len() - 1).unwrap_or(-1)
                })
            }));
            self.durations_us.push(step.duration_us.unwrap_or(-1));
        }
    }
}

fn name_at(names: &[String], place: u32) -> Option<&str> {
    names.get(usize::try_from(place).ok()?).map(String::as_str)
}

/// What every step is: its kind, whether it failed, whose it is, and of calls the tool and the time.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/step-kinds", tag = "sessions",
    operation_id = "list_step_kinds",
    params(("workspace" = String, Path), ("session" = String, Path), KindParams),
    responses((status = 200, body = StepKindsView)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<KindParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let mut view = StepKindsView {
            version: session.version(),
            ..StepKindsView::default()
        };
        let mut named = HashMap::new();
        let marks = session.marks()?;
        let of = params.agent.as_deref();
        for step in &marks.steps {
            let agent = step.agent.and_then(|name| name_at(&marks.names, name));
            if of.is_none_or(|of| agent.unwrap_or("main") == of) {
                view.take(step, of.is_some(), &marks.names, &mut named);
            }
        }
        Ok(view)
    })
    .await
}
