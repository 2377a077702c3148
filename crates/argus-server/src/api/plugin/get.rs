//! `GET …/plugin`: what of the capture plugin this server has.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::endpoint;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::plugin::PLATFORMS;
use crate::refusal::Refusal;

/// What a plugin from this server would have in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plugin {
    /// The release.
    version: String,
    /// Where its client would deliver: the address under which this was asked.
    endpoint: String,
    /// Claude Code takes the plugin from an address only by https, and not from this machine itself.
    is_https: bool,
    /// Platforms that there is a program for, such as `linux-x86_64`.
    platforms: Vec<String>,
    /// Platforms that there is none for.
    missing: Vec<String>,
    /// Whether these send by shell and curl; redaction is then the server's alone.
    fallback: bool,
}

/// What of the capture plugin this server has.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/plugin", tag = "capture", operation_id = "get_plugin",
    params(("workspace" = String, Path)), responses((status = 200, body = Plugin)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    _: Access,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let endpoint = endpoint(&app, &headers, &uri)?;
    let of_app = app.clone();
    let platforms = app.blocking(move || Ok(of_app.plugins.platforms())).await?;
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let missing = PLATFORMS
        .into_iter()
        .filter(|platform| !platforms.contains(platform))
        .collect();
    let plugin = Plugin {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        endpoint,
        is_https: app.is_https,
        platforms: owned(platforms),
        missing: owned(missing),
        fallback: app.plugins.allows_fallback(),
    };
    reply::json(&headers, &plugin)
}
