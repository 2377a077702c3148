//! `GET …/members`: who is a member.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::MemberView;
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Members, in the order in which they came.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/members", tag = "members", operation_id = "list_members",
    params(("workspace" = String, Path)), responses((status = 200, body = List<MemberView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let members = access.workspace.members()?;
            members
                .into_iter()
                .map(|member| MemberView::of(&of_app, member))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    reply::json(&headers, &List { items })
}
