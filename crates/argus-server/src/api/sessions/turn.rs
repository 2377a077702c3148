//! `GET …/sessions/{session}/turns/{turn}`: one turn, its prompt and answer in full.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{TurnRow, open, outline};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest prompt or answer that is given at once.
const TURN_TEXT_BYTES_MAX: usize = 1024 * 1024;

/// One turn.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/turns/{turn}", tag = "sessions", operation_id = "get_turn",
    params(("workspace" = String, Path), ("session" = String, Path), ("turn" = String, Path)),
    responses((status = 200, body = TurnRow), (status = 404, description = "No such turn")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, turn)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let row = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let outline = outline(&of_app, &access, &id, version)?;
            let place = outline.turn(&turn).ok_or_else(|| {
                Refusal::new(ErrorCode::NotFound, "this session has no such turn")
            })?;
            Ok(TurnRow {
                turn: access
                    .workspace
                    .with_texts(outline.turns[place].clone(), TURN_TEXT_BYTES_MAX),
                first_step: outline.first_steps[place],
            })
        })
        .await?;
    reply::json(&headers, &row)
}
