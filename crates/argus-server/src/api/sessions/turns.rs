//! `GET …/sessions/{session}/turns`: the outline of a session, by range.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::reading::read;
use super::{Slice, TurnRow};
use crate::api::extract::{Params, Segments};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Of prompts and answers, an outline has the beginning.
const OUTLINE_TEXT_BYTES_MAX: usize = 400;
/// Most turns at once.
const TURNS_MAX: usize = 2_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TurnParams {
    /// The first turn's place.
    #[serde(default)]
    offset: usize,
    /// How many, 1 to 2,000.
    #[serde(default = "default_limit")]
    #[param(default = 500, minimum = 1, maximum = 2000)]
    limit: usize,
}

const fn default_limit() -> usize {
    500
}

/// Turns without their steps, prompts and answers cut to an outline's length.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/turns", tag = "sessions", operation_id = "list_turns",
    params(("workspace" = String, Path), ("session" = String, Path), TurnParams),
    responses((status = 200, body = Slice<TurnRow>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<TurnParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let items = session
            .outline
            .turns
            .iter()
            .zip(&session.outline.first_steps)
            .skip(params.offset)
            .take(params.limit.clamp(1, TURNS_MAX))
            .map(|(turn, first_step)| TurnRow {
                turn: session
                    .workspace
                    .with_texts(turn.clone(), OUTLINE_TEXT_BYTES_MAX),
                first_step: *first_step,
            })
            .collect();
        Ok(Slice {
            items,
            total: session.outline.turns.len() as u64,
            version: session.version(),
        })
    })
    .await
}
