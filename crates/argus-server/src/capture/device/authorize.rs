//! `POST /v1/device/authorize`: a device asks for a key in a person's name.

use std::sync::Arc;

use argus_store::{KeyDevice, device_id};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::{BODY_BYTES_MAX, read};
use crate::app::App;
use crate::auth::device_codes::{EXPIRES_S, INTERVAL_S, shown};
use crate::auth::host;
use crate::auth::ingest::ingest;
use crate::body;
use crate::capture::{check_posted, respond};
use crate::refusal::{ErrorCode, Refusal};

/// What a device says of itself.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    device_name: String,
    /// 32 hex digits.
    #[serde(default)]
    device_id: Option<String>,
}

/// What it shows its person, and what it looks with.
#[derive(Debug, Serialize)]
struct Authorization {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: String,
    /// Seconds.
    expires_in: i64,
    /// Seconds.
    interval: i64,
}

/// Takes the request of a device.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let result = authorize(&app, request).await;
    respond(&app, "device_authorize", result)
}

async fn authorize(app: &Arc<App>, request: Request) -> Result<Authorization, Refusal> {
    check_posted(&request)?;
    let (parts, content) = request.into_parts();
    let ingest = ingest(&app.store, &parts.headers)?;
    if ingest.delivery.user.is_some() {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "this key is a person's own already: a device signs in with a key that is nobody's",
        ));
    }
    let mut charge = app.budget.open(&ingest.key_id);
    let limit = app.limits.body_timeout;
    let bytes = body::read(&parts.headers, content, BODY_BYTES_MAX, &mut charge, limit).await?;
    let asked: Asked = read(&parts.headers, &bytes)?;
    if asked
        .device_id
        .as_deref()
        .is_some_and(|id| device_id(id).is_none())
    {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "a device's id is 32 hex digits",
        ));
    }
    let device = KeyDevice {
        id: asked.device_id.map(|id| id.to_ascii_lowercase()),
        name: asked.device_name,
    };
    let workspace = ingest.workspace.name();
    let codes = app
        .device_codes
        .open(workspace, &ingest.key_id, &ingest.delivery.projects, device)
        .ok_or_else(|| {
            Refusal::new(
                ErrorCode::RateLimited,
                "too many devices are waiting for their person: ask again in a quarter of an hour",
            )
        })?;
    let user_code = shown(&codes.user_code);
    let verification_uri = format!("{}/device", origin(app, &parts));
    Ok(Authorization {
        device_code: codes.device_code,
        verification_uri_complete: format!("{verification_uri}?code={user_code}"),
        verification_uri,
        user_code,
        expires_in: EXPIRES_S,
        interval: INTERVAL_S,
    })
}

/// Where the pages are: under the name that the device asked, if that is one that is served.
fn origin(app: &App, parts: &Parts) -> String {
    let asked = host::of(&parts.headers, &parts.uri)
        .filter(|_| app.hosts.allow(&parts.headers, &parts.uri));
    match asked {
        Some(host) => {
            let scheme = if app.is_https { "https" } else { "http" };
            format!("{scheme}://{host}")
        }
        None => app.base_url.clone(),
    }
}
