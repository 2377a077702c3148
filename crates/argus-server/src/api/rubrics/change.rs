//! `PUT …/rubrics/{rubric}`: a new version of a rubric.

use std::sync::Arc;

use argus_insight::rubric::Rubric;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::{RubricView, check};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Gives a rubric a new version. Scores keep the version that they were given by. A retired rubric is in use again with it.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/rubrics/{rubric}", tag = "rubrics", operation_id = "change_rubric",
    params(("workspace" = String, Path), ("rubric" = String, Path),
        ("If-Match" = String, Header, description = "The version that was looked at, in quotation marks: `\"3\"`.")),
    request_body = Rubric,
    responses((status = 200, body = RubricView), (status = 400, description = "It cannot be used: `errors` says which part of it"),
        (status = 409, description = "There is a newer version")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, rubric)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(definition): Input<Rubric>,
) -> Result<Response, Refusal> {
    let version = looked_at(&headers)?;
    check(&definition)?;
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let actor = access.principal.actor();
            let changed = access
                .workspace
                .change_rubric(&rubric, &definition, version, &actor)?;
            RubricView::of(&of_app, &access, changed)
        })
        .await?;
    reply::json(&headers, &view)
}

/// The version that the asker looked at.
pub(crate) fn looked_at(headers: &HeaderMap) -> Result<u32, Refusal> {
    headers
        .get(header::IF_MATCH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().trim_matches('"').parse().ok())
        .ok_or_else(|| {
            let detail = "say in the header If-Match which version was looked at, such as \"3\": a change of another one is refused";
            Refusal::new(ErrorCode::InvalidRequest, detail)
        })
}
