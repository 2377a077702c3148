//! `POST …/rubrics`: a rubric.

use std::sync::Arc;

use argus_insight::rubric::Rubric;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{RubricView, check};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Makes a rubric: its version 1.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/rubrics", tag = "rubrics", operation_id = "create_rubric",
    params(("workspace" = String, Path)), request_body = Rubric,
    responses((status = 200, body = RubricView), (status = 400, description = "It cannot be used: `errors` says which part of it")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(definition): Input<Rubric>,
) -> Result<Response, Refusal> {
    check(&definition)?;
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let actor = access.principal.actor();
            let made = access.workspace.create_rubric(&definition, &actor)?;
            RubricView::of(&of_app, &access, made)
        })
        .await?;
    reply::json(&headers, &view)
}
