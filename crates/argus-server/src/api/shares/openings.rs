//! `GET …/shares/{share}/openings`: when a link was opened.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::no_share;
use crate::api::extract::Segments;
use crate::api::reply::{self, List};
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A link was opened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShareOpening)]
pub(crate) struct OpeningView {
    at: Time,
    /// The same for two openings of this link from the same network; it says nothing else.
    visitor: String,
}

/// When a link was opened, newest first, at most 1,000.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/shares/{share}/openings", tag = "sharing", operation_id = "list_share_openings",
    params(("workspace" = String, Path), ("share" = String, Path)),
    responses((status = 200, body = List<OpeningView>), (status = 404, description = "No such link that the reader may see")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, share)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items = app
        .blocking(move || {
            let workspace = &access.workspace;
            workspace
                .shared(&share, &access.scope)?
                .ok_or_else(no_share)?;
            let openings = workspace.share_openings(&share)?;
            Ok(openings
                .into_iter()
                .map(|opening| OpeningView {
                    at: Time(opening.at_us),
                    visitor: opening.visitor,
                })
                .collect())
        })
        .await?;
    reply::json(&headers, &List::<OpeningView> { items })
}
