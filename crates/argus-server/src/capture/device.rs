//! Signing a device in by the browser (RFC 8628): `POST /v1/device/authorize` and `POST /v1/device/token`.

pub(crate) mod authorize;
pub(crate) mod token;

use axum::extract::Query;
use axum::http::{HeaderMap, Uri, header};
use serde::de::DeserializeOwned;

use crate::refusal::{ErrorCode, Refusal};

/// Longest body of what is asked, in bytes: a form's worth.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// Reads a body that is JSON, or a form as the standard has it.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Refusal> {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim();
    let parsed = if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        // A form is written as a query is.
        std::str::from_utf8(body)
            .ok()
            .and_then(|form| format!("/?{form}").parse::<Uri>().ok())
            .and_then(|uri| Query::<T>::try_from_uri(&uri).ok())
            .map(|Query(parsed)| parsed)
    } else if media_type.eq_ignore_ascii_case("application/json") {
        serde_json::from_slice(body).ok()
    } else {
        let detail =
            "the Content-Type is neither application/json nor application/x-www-form-urlencoded";
        return Err(Refusal::new(ErrorCode::UnsupportedMediaType, detail));
    };
    parsed.ok_or_else(|| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            "the body is not what this takes: docs/capture-protocol.md says what is",
        )
    })
}
