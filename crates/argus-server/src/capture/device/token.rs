//! `POST /v1/device/token`: a device looks whether its person answered.

use std::sync::Arc;

use argus_store::Actor;
use axum::body::Body;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{BODY_BYTES_MAX, read};
use crate::app::App;
use crate::auth::device_codes::{Look, Request};
use crate::body;
use crate::capture::{check_posted, respond};
use crate::own_metrics::Door;
use crate::refusal::Refusal;

/// The grant that is looked for.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How metrics and logs call what comes through here.
const NAME: &str = "device_token";
/// What the bytes of bodies are charged to: who looks has no key yet.
const NOBODY: &str = "device";

/// A look.
#[derive(Deserialize)]
struct Asked {
    device_code: String,
    grant_type: String,
}

/// A key of the person's own.
#[derive(Serialize)]
struct Granted {
    token: String,
    key_id: String,
    person: String,
    workspace: String,
    projects: Vec<String>,
}

/// Why there is none.
enum Failed {
    /// The standard's code for it.
    Standard(&'static str),
    Refused(Refusal),
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Answers a look.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: HttpRequest) -> Response {
    match look(&app, request).await {
        Ok(granted) => respond(&app, NAME, Ok(granted)),
        Err(Failed::Refused(refusal)) => respond::<Granted>(&app, NAME, Err(refusal)),
        Err(Failed::Standard(error)) => {
            app.metrics.request(Door::Capture, NAME, error);
            let mut response = Response::new(Body::from(json!({"error": error}).to_string()));
            *response.status_mut() = StatusCode::BAD_REQUEST;
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            );
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    }
}

async fn look(app: &Arc<App>, request: HttpRequest) -> Result<Granted, Failed> {
    check_posted(&request)?;
    let (parts, content) = request.into_parts();
    let mut charge = app.budget.open(NOBODY);
    let limit = app.limits.body_timeout;
    let bytes = body::read(&parts.headers, content, BODY_BYTES_MAX, &mut charge, limit).await?;
    let asked: Asked = read(&parts.headers, &bytes)?;
    if asked.grant_type != GRANT_TYPE {
        return Err(Failed::Standard("unsupported_grant_type"));
    }
    let (request, account) = match app.device_codes.look(&asked.device_code) {
        Look::Pending => return Err(Failed::Standard("authorization_pending")),
        Look::TooSoon => return Err(Failed::Standard("slow_down")),
        Look::Denied => return Err(Failed::Standard("access_denied")),
        Look::Over => return Err(Failed::Standard("expired_token")),
        Look::Approved(request, account) => (request, account),
    };
    let (of_app, of_request, of_account) = (app.clone(), request.clone(), account.clone());
    let granted = app
        .blocking(move || grant(&of_app, &of_request, &of_account))
        .await;
    match granted {
        Ok(Some(granted)) => Ok(granted),
        Ok(None) => Err(Failed::Standard("access_denied")),
        Err(refusal) => {
            // The person need not be asked again because a disk was full.
            app.device_codes
                .give_back(&asked.device_code, request, account);
            Err(refusal.into())
        }
    }
}

/// Makes the key; none when what was approved does not hold any more.
fn grant(app: &App, request: &Request, account: &str) -> Result<Option<Granted>, Refusal> {
    let Some(workspace) = app.store.workspace(&request.workspace)? else {
        return Ok(None);
    };
    let keys = workspace.keys()?;
    let is_in_force = keys
        .iter()
        .any(|key| key.id == request.key_id && key.revoked_at_us.is_none());
    let (Some(account), Some(_), true) = (
        app.store.account(account)?,
        workspace.member(account)?,
        is_in_force,
    ) else {
        return Ok(None);
    };
    let made = app.store.create_device_key(
        &request.workspace,
        &request.projects,
        &account.email,
        &request.device,
        &Actor::account(&account.id),
    )?;
    Ok(Some(Granted {
        token: made.token,
        key_id: made.id,
        person: account.email,
        workspace: request.workspace.clone(),
        projects: request.projects.clone(),
    }))
}
