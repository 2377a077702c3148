//! `GET …/views`: the views of the session list.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{ViewView, account, presets};
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// The views that come with the program, then one's own and those that are shared, by name.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/views", tag = "sessions", operation_id = "list_views",
    params(("workspace" = String, Path)), responses((status = 200, body = List<ViewView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items = app
        .blocking(move || {
            let held = access
                .workspace
                .saved_views(account(&access), &access.scope)?;
            let saved = held.into_iter().map(|view| ViewView::of(&access, view));
            Ok(presets::views().chain(saved).collect())
        })
        .await?;
    reply::json(&headers, &List::<ViewView> { items })
}
