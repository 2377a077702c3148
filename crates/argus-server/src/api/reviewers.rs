//! `GET …/reviewers`: who can be mentioned, and given items of queues.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Somebody who judges here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewerName)]
pub(crate) struct ReviewerRow {
    /// The account's id.
    id: String,
    name: String,
}

/// Members who judge, by name: owners, admins, reviewers. For who judges.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/reviewers", tag = "reviews", operation_id = "list_reviewers",
    params(("workspace" = String, Path)), responses((status = 200, body = List<ReviewerRow>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app.blocking(move || rows(&of_app, &access)).await?;
    reply::json(&headers, &List { items })
}

fn rows(app: &App, access: &Access) -> Result<Vec<ReviewerRow>, Refusal> {
    let members = access.workspace.members()?;
    let mut rows = Vec::new();
    for member in members
        .into_iter()
        .filter(|member| member.grant.role.judges())
    {
        if let Some(account) = app.store.account(&member.account)? {
            rows.push(ReviewerRow {
                id: account.id,
                name: account.name,
            });
        }
    }
    rows.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(rows)
}
