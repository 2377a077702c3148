//! `GET …/projects`: the projects that sessions were seen in.

use std::sync::Arc;

use argus_session::filter::Key;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::names::NameView;
use super::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most projects that are listed.
const PROJECTS_MAX: usize = 1_000;

/// Projects, those of most sessions first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/projects", tag = "workspaces", operation_id = "list_projects",
    params(("workspace" = String, Path)), responses((status = 200, body = List<NameView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items = app
        .blocking(move || {
            let found = access
                .workspace
                .names(Key::Project, "", PROJECTS_MAX, &access.scope)?;
            // A session that is seen in a project beyond the grant is not the reader's, so no other name comes up here.
            Ok(found.into_iter().map(NameView::from).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}
