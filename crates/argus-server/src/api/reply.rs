//! Answers: JSON with an ETag, so that what a reader has already is not sent again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::refusal::{ErrorCode, Refusal};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The rows.
    pub(super) items: Vec<T>,
    /// Where the next page begins, for `cursor`; null at the end.
    #[schema(required = true)]
    pub(super) next: Option<String>,
}

/// A list that is never long.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T> {
    /// The rows.
    pub(super) items: Vec<T>,
}

/// A value as JSON; 304 when the reader has it already.
///
/// # Errors
/// When the value cannot be written as JSON.
pub(super) fn json<T: Serialize>(asked: &HeaderMap, value: &T) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Refusal::new(
            ErrorCode::Internal,
            "the answer could not be written as JSON",
        )
    })?;
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(&body))[..32]);
    if has(asked, &etag) {
        return Ok(with_etag(empty(StatusCode::NOT_MODIFIED), &etag));
    }
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    Ok(with_etag(response, &etag))
}

/// Whether the reader has the answer with this tag.
pub(crate) fn has(asked: &HeaderMap, etag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == etag)
}

/// The answer that there is nothing new.
pub(super) fn not_modified(etag: &str) -> Response {
    with_etag(empty(StatusCode::NOT_MODIFIED), etag)
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Gives an answer its tag.
pub(super) fn with_etag(mut response: Response, etag: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}
