//! `GET /plugin/{workspace}/argus-plugin.zip`: the plugin as an archive.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;

use super::{PluginParams, Wanted, by_access, by_link, endpoint};
use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// The plugin as an archive, for who is signed in.
#[utoipa::path(get, path = "/plugin/{workspace}/argus-plugin.zip", tag = "capture", operation_id = "download_plugin",
    params(("workspace" = String, Path), PluginParams),
    responses((status = 200, description = "The plugin, ready to be installed", content_type = "application/zip")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    uri: Uri,
    Params(params): Params<PluginParams>,
) -> Result<Response, Refusal> {
    let wanted = by_access(access, params.project, &headers)?;
    answer(&app, wanted, &headers, &uri).await
}

/// The plugin as an archive, at the address of a download key.
#[utoipa::path(get, path = "/plugin/{workspace}/{token}/argus-plugin.zip", tag = "capture", operation_id = "download_plugin_by_link",
    params(("workspace" = String, Path), ("token" = String, Path)),
    responses((status = 200, description = "The plugin, ready to be installed", content_type = "application/zip")))]
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
    answer(&app, wanted, &headers, &uri).await
}

async fn answer(
    app: &Arc<App>,
    wanted: Wanted,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Response, Refusal> {
    // As many at a time as the limit says: each may have to be packed.
    let Ok(_downloading) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let endpoint = endpoint(app, headers, uri)?;
    let of_app = app.clone();
    let archive = app
        .blocking(move || wanted.archive(&of_app, &endpoint))
        .await?;
    let etag = format!("\"{}\"", &archive.sha256[..32]);
    if reply::has(headers, &etag) {
        return Ok(reply::not_modified(&etag));
    }
    let mut response = Response::new(Body::from(archive.bytes));
    *response.status_mut() = StatusCode::OK;
    let answered = response.headers_mut();
    answered.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/zip"),
    );
    answered.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"argus-plugin.zip\""),
    );
    Ok(reply::with_etag(response, &etag))
}
