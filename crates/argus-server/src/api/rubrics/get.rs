//! `GET …/rubrics/{rubric}`: one version of a rubric.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{RubricView, no_rubric};
use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RubricParams {
    /// Which version; the newest where none is named.
    version: Option<u32>,
}

/// A version of a rubric.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/rubrics/{rubric}", tag = "rubrics", operation_id = "get_rubric",
    params(("workspace" = String, Path), ("rubric" = String, Path), RubricParams), responses((status = 200, body = RubricView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, rubric)): Segments<(String, String)>,
    Params(params): Params<RubricParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let found = access
                .workspace
                .rubric(&rubric, params.version, &access.scope)?
                .ok_or_else(no_rubric)?;
            RubricView::of(&of_app, &access, found)
        })
        .await?;
    reply::json(&headers, &view)
}
