//! `POST …/views`: saves a view.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{ViewInput, ViewView, check_may_save};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Saves a view of one's own; a shared one only where the role sets up how is judged.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/views", tag = "sessions", operation_id = "create_view",
    params(("workspace" = String, Path)), request_body = ViewInput,
    responses((status = 200, body = ViewView), (status = 400, description = "The name or filter is none"),
        (status = 403, description = "A key has no views; the role does not share them")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<ViewInput>,
) -> Result<Response, Refusal> {
    check_may_save(&access, asked.shared)?;
    let view = app
        .blocking(move || {
            let actor = access.principal.actor();
            let made = access.workspace.create_saved_view(
                asked.content(),
                asked.shared,
                &actor,
                &access.scope,
            )?;
            Ok(ViewView::of(&access, made))
        })
        .await?;
    reply::json(&headers, &view)
}
