//! `GET …/shares`: the links that there are.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ShareView;
use crate::api::extract::Params;
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareParams {
    /// Of one session only.
    session: Option<String>,
}

/// The links of the sessions that the reader may read, newest first, at most 1,000; those that are over too.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/shares", tag = "sharing", operation_id = "list_shares",
    params(("workspace" = String, Path), ShareParams), responses((status = 200, body = List<ShareView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<ShareParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let workspace = &access.workspace;
            let shares = workspace.shares(params.session.as_deref(), &access.scope)?;
            shares
                .into_iter()
                .map(|share| ShareView::of(&of_app, workspace, share))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    reply::json(&headers, &List { items })
}
