//! What handlers take from a request; what cannot be read is refused as every refusal is.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::auth::principal::{Access, Principal};
use crate::refusal::{ErrorCode, Refusal};

/// The variable parts of the path.
pub(super) struct Segments<T>(pub(super) T);
/// The query.
pub(super) struct Params<T>(pub(super) T);
/// The body, JSON.
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segments<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Path::from_request_parts(parts, state)
            .await
            .map(|Path(segments)| Self(segments))
            .map_err(|_| Refusal::new(ErrorCode::InvalidRequest, "the path is no UTF-8"))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Query::from_request_parts(parts, state)
            .await
            .map(|Query(params)| Self(params))
            .map_err(|rejection| {
                Refusal::new(
                    ErrorCode::InvalidRequest,
                    wrong_params(&rejection.body_text()),
                )
            })
    }
}

/// Characters of a parameter's name that are said back.
const PARAM_CHARS_MAX: usize = 64;

/// Which parameter of a query is wrong, out of what its reader says. Names are said back, values are not: they may be secret.
fn wrong_params(said: &str) -> String {
    let name = |text: &str| -> String { text.chars().take(PARAM_CHARS_MAX).collect() };
    let in_ticks = |text: &str| text.split('`').nth(1).map(name);
    if let Some((_, rest)) = said.split_once("unknown field ")
        && let Some((unknown, known)) = rest.split_once("`, expected ")
    {
        let known = known.trim_start_matches("one of ").replace('`', "");
        let unknown = name(unknown.trim_start_matches('`'));
        return format!("there is no parameter \"{unknown}\" here, there is: {known}");
    }
    if let Some(missing) = said
        .split_once("missing field ")
        .and_then(|(_, rest)| in_ticks(rest))
    {
        return format!("the parameter \"{missing}\" is missing");
    }
    if let Some(doubled) = said
        .split_once("duplicate field ")
        .and_then(|(_, rest)| in_ticks(rest))
    {
        return format!("the parameter \"{doubled}\" is there more than once");
    }
    match said
        .strip_prefix("Failed to deserialize query string: ")
        .and_then(|rest| rest.split_once(": "))
    {
        Some((wrong, _)) => format!(
            "the parameter \"{}\" is not what the API's description says",
            name(wrong)
        ),
        None => "a parameter is not what the API's description says".to_owned(),
    }
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Input<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refusal> {
        let wrong = |code, detail: String| Refusal::new(code, detail);
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|media_type| {
                let essence = media_type.split(';').next().unwrap_or_default();
                essence.trim().eq_ignore_ascii_case("application/json")
            });
        if !is_json {
            let detail = "the body is JSON: send the header \"Content-Type: application/json\"";
            return Err(Refusal::new(ErrorCode::UnsupportedMediaType, detail));
        }
        let body = tokio::time::timeout(app.limits.body_timeout, Bytes::from_request(request, app))
            .await
            .map_err(|_| Refusal::new(ErrorCode::TimedOut, "the body took too long to arrive"))?
            .map_err(|error| match error.status().as_u16() {
                413 => wrong(
                    ErrorCode::TooLarge,
                    "the body is larger than a form".to_owned(),
                ),
                _ => wrong(ErrorCode::InvalidRequest, "the body broke off".to_owned()),
            })?;
        // What the reader of JSON says may quote what was sent: a password, say.
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            let said = error.to_string();
            let what = if said.starts_with("missing field") {
                said
            } else {
                format!(
                    "the body is not the JSON that this takes, at line {}, column {}",
                    error.line(),
                    error.column()
                )
            };
            wrong(ErrorCode::InvalidRequest, what)
        })
    }
}

/// The gate put it there: a route without a row in the table has none.
fn from_gate<T: Clone + Send + Sync + 'static>(parts: &Parts) -> Result<T, Refusal> {
    parts.extensions.get::<T>().cloned().ok_or_else(|| {
        Refusal::new(
            ErrorCode::Internal,
            "this route asks for more than its permission gives: tell the makers of Argus",
        )
    })
}

impl<S: Send + Sync> FromRequestParts<S> for Access {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        from_gate(parts)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Principal {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        from_gate(parts)
    }
}
