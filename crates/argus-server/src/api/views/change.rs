//! `PUT …/views/{view}`: another name, filter, sort or folding; shared, or not.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{ViewInput, ViewView, changeable, check_may_save};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Changes a view, whole: one's own, or a shared one where the role sets up how is judged. It stays its maker's.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/views/{view}", tag = "sessions", operation_id = "change_view",
    params(("workspace" = String, Path), ("view" = String, Path)), request_body = ViewInput,
    responses((status = 200, body = ViewView), (status = 400, description = "The name or filter is none"),
        (status = 403, description = "It is somebody else's, or comes with the program"), (status = 404, description = "No such view")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<ViewInput>,
) -> Result<Response, Refusal> {
    check_may_save(&access, asked.shared)?;
    let view = app
        .blocking(move || {
            let held = changeable(&access, &id)?;
            let actor = access.principal.actor();
            let changed = access.workspace.change_saved_view(
                &held,
                asked.content(),
                asked.shared,
                &actor,
                &access.scope,
            )?;
            Ok(ViewView::of(&access, changed))
        })
        .await?;
    reply::json(&headers, &view)
}
