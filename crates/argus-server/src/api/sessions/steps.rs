//! `GET …/sessions/{session}/steps`: steps by their place in the session's one list.

use std::sync::Arc;

use argus_store::StepRange;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::reading::read;
use super::{Slice, StepRow};
use crate::api::extract::{Params, Segments};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most steps at once.
const STEPS_MAX: u64 = 500;
/// Longest text of a step in a list.
const STEP_TEXT_BYTES_MAX: usize = 64 * 1024;
/// Number of steps times length of texts: a step has up to five, so that an answer stays within some ten megabytes.
const PAGE_TEXT_BYTES_MAX: usize = 2_500_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepParams {
    /// The first step's place.
    #[serde(default)]
    offset: u64,
    /// How many, 1 to 500.
    #[serde(default = "default_limit")]
    #[param(default = 100, minimum = 1, maximum = 500)]
    limit: u64,
    /// Only the steps of this sub-agent; `main` for the main agent's. Places then count within those.
    agent: Option<String>,
    /// Texts longer than this are cut, JSON longer than this is left out; at most 65,536, and less for many steps at once: times
    /// `limit` at most 2,500,000.
    #[serde(default = "default_text")]
    #[param(default = 4096, maximum = 65536)]
    text_bytes_max: usize,
}

const fn default_limit() -> u64 {
    100
}

const fn default_text() -> usize {
    4_096
}

/// Steps: the turns by their place, their steps in order.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/steps", tag = "sessions", operation_id = "list_steps",
    params(("workspace" = String, Path), ("session" = String, Path), StepParams),
    responses((status = 200, body = Slice<StepRow>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<StepParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let limit = params.limit.clamp(1, STEPS_MAX);
        let page_steps = usize::try_from(limit).unwrap_or(usize::MAX);
        let text_bytes_max = params
            .text_bytes_max
            .min(STEP_TEXT_BYTES_MAX)
            .min(PAGE_TEXT_BYTES_MAX / page_steps);
        let (found, total) = match params.agent.as_deref() {
            None => {
                let range = StepRange {
                    offset: params.offset,
                    limit,
                    text_bytes_max,
                };
                (
                    session
                        .workspace
                        .flat_steps(session.id, &session.outline, range)?,
                    session.outline.steps,
                )
            }
            Some(agent) => {
                let agent = (agent != "main").then_some(agent);
                let places = session.places()?;
                let places = places.of(agent);
                let from = usize::try_from(params.offset)
                    .unwrap_or(usize::MAX)
                    .min(places.len());
                let to = from
                    .saturating_add(usize::try_from(limit).unwrap_or(usize::MAX))
                    .min(places.len());
                let found = session.workspace.steps_at(
                    session.id,
                    &session.outline,
                    &places[from..to],
                    params.offset,
                    text_bytes_max,
                )?;
                (found, places.len() as u64)
            }
        };
        let items = found
            .into_iter()
            .map(|found| StepRow::of(found, &session.outline))
            .collect();
        Ok(Slice {
            items,
            total,
            version: session.version(),
        })
    })
    .await
}
