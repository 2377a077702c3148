//! `GET …/rubrics`: every rubric.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::RubricView;
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// The newest version of every rubric, by name; the starters that nobody changed among them, and retired ones.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/rubrics", tag = "rubrics", operation_id = "list_rubrics",
    params(("workspace" = String, Path)), responses((status = 200, body = List<RubricView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let found = access.workspace.rubrics(&access.scope)?;
            found
                .into_iter()
                .map(|rubric| RubricView::of(&of_app, &access, rubric))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    reply::json(&headers, &List { items })
}
