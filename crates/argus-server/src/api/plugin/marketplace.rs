//! `GET /plugin/{workspace}/marketplace.json`: what `claude plugin marketplace add` is given.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use super::{PluginParams, Wanted, by_access, by_link, endpoint};
use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::plugin::marketplace_of_archive;
use crate::refusal::Refusal;

/// A marketplace with the plugin, for who is signed in.
#[utoipa::path(get, path = "/plugin/{workspace}/marketplace.json", tag = "capture", operation_id = "get_plugin_marketplace",
    params(("workspace" = String, Path), PluginParams),
    responses((status = 200, description = "A marketplace of Claude Code's format", content_type = "application/json")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    uri: Uri,
    Params(params): Params<PluginParams>,
) -> Result<Response, Refusal> {
    let wanted = by_access(access, params.project, &headers)?;
    let query = format!("?project={}", wanted.project);
    answer(&app, wanted, &headers, &uri, query).await
}

/// A marketplace with the plugin, at the address of a download key.
#[utoipa::path(get, path = "/plugin/{workspace}/{token}/marketplace.json", tag = "capture", operation_id = "get_plugin_marketplace_by_link",
    params(("workspace" = String, Path), ("token" = String, Path)),
    responses((status = 200, description = "A marketplace of Claude Code's format", content_type = "application/json")))]
pub(crate) async fn get_by_link(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    uri: Uri,
    Segments((workspace, token)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let wanted = app
        .blocking(move || by_link(&of_app, &workspace, &token))
        .await?;
    answer(&app, wanted, &headers, &uri, String::new()).await
}

async fn answer(
    app: &Arc<App>,
    wanted: Wanted,
    headers: &HeaderMap,
    uri: &Uri,
    query: String,
) -> Result<Response, Refusal> {
    let endpoint = endpoint(app, headers, uri)?;
    // The archive lies beside this, so that it is had by the same right.
    let folder = uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let url = format!("{endpoint}{folder}/argus-plugin.zip{query}");
    let of_app = app.clone();
    let archive = app
        .blocking(move || wanted.archive(&of_app, &endpoint))
        .await?;
    let marketplace = marketplace_of_archive(&archive.version, &url, &archive.sha256);
    reply::json(headers, &marketplace)
}
