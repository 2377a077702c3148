//! `POST …/rubrics/{rubric}/retire`: a rubric is used for nothing new any more.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::RubricView;
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Retires a rubric. Its scores stay; a new version brings it back.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/rubrics/{rubric}/retire", tag = "rubrics", operation_id = "retire_rubric",
    params(("workspace" = String, Path), ("rubric" = String, Path)), responses((status = 200, body = RubricView)))]
pub(crate) async fn retire(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, rubric)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let actor = access.principal.actor();
            let retired = access.workspace.retire_rubric(&rubric, &actor)?;
            RubricView::of(&of_app, &access, retired)
        })
        .await?;
    reply::json(&headers, &view)
}
