//! What capture clients ask beside delivering: what holds for them ([`hello`]), that a session be private ([`private`]), a key in
//! a person's name ([`device`]).
//! Documented in `docs/capture-protocol.md`.

pub(crate) mod device;
pub(crate) mod hello;
pub(crate) mod private;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::auth::ingest::{Ingest, ingest};
use crate::own_metrics::Door;
use crate::refusal::{ErrorCode, Refusal};
use crate::{body, problem};

/// The version of the protocol that this server speaks.
const PROTOCOL_VERSION: u32 = 1;
/// Longest body of what is asked, in bytes.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// Who asks, and what.
struct Asked<T> {
    ingest: Ingest,
    body: T,
}

/// Reads what a capture client asks: its key first, then its body.
async fn asked<T: DeserializeOwned>(app: &Arc<App>, request: Request) -> Result<Asked<T>, Refusal> {
    check_posted(&request)?;
    let (parts, content) = request.into_parts();
    let ingest = ingest(&app.store, &parts.headers)?;
    let mut charge = app.budget.open(&ingest.key_id);
    let bytes = body::read(
        &parts.headers,
        content,
        BODY_BYTES_MAX,
        &mut charge,
        app.limits.body_timeout,
    )
    .await?;
    let body = serde_json::from_slice(&bytes).map_err(|error| {
        let detail = format!(
            "the body is not the JSON that this takes, at line {}, column {}",
            error.line(),
            error.column()
        );
        Refusal::new(ErrorCode::InvalidRequest, detail)
    })?;
    Ok(Asked { ingest, body })
}

/// # Errors
/// When it is asked with another method.
fn check_posted(request: &Request) -> Result<(), Refusal> {
    if *request.method() == Method::POST {
        return Ok(());
    }
    let refusal = Refusal::new(ErrorCode::MethodNotAllowed, "this is asked with POST");
    Err(refusal.with_header("allow", "POST"))
}

/// # Errors
/// When the client speaks another version of the protocol.
fn check_version(version: u32) -> Result<(), Refusal> {
    if version == PROTOCOL_VERSION {
        return Ok(());
    }
    let detail = format!(
        "version {version} of the capture protocol is not known here: this server speaks version {PROTOCOL_VERSION}; update the server or the client"
    );
    Err(Refusal::new(ErrorCode::InvalidRequest, detail))
}

/// # Errors
/// When there are more sessions than one request may name.
fn check_count(sessions: &[String], most: usize) -> Result<(), Refusal> {
    if sessions.len() <= most {
        return Ok(());
    }
    let detail = format!("more than {most} sessions at once: ask for fewer at a time");
    Err(Refusal::new(ErrorCode::TooLarge, detail))
}

/// The answer, counted and logged.
fn respond<T: Serialize>(app: &App, what: &'static str, result: Result<T, Refusal>) -> Response {
    let request_id = app.request_id();
    let result = result.and_then(|answer| {
        serde_json::to_vec(&answer).map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            Refusal::new(
                ErrorCode::Internal,
                "the answer could not be written as JSON",
            )
        })
    });
    let code = result
        .as_ref()
        .err()
        .map_or("ok", |refusal| refusal.code.as_str());
    app.metrics.request(Door::Capture, what, code);
    match result {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            );
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(refusal) => {
            tracing::warn!(request_id, what, code, detail = %refusal.detail, "refused");
            problem::response(&refusal, &request_id)
        }
    }
}
