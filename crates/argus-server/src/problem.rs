//! Refusals as problem details (RFC 9457), for everything but OTLP.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// The answer to a refused request.
pub(crate) fn response(refusal: &Refusal, request_id: &str) -> Response {
    let mut response = Response::new(Body::from(body(refusal, request_id).to_string()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    with_head(response, refusal)
}

/// The problem object. Its `type` is a name, not an address: the list is in the documentation of the release.
fn body(refusal: &Refusal, request_id: &str) -> Value {
    let mut problem = json!({
        "type": format!("urn:argus:problem:{}", refusal.code.as_str()),
        "title": refusal.code.title(),
        "status": refusal.code.http_status(),
        "detail": refusal.detail,
        "code": refusal.code.as_str(),
        "retryable": refusal.code.is_retryable(),
        "request_id": request_id,
    });
    if let Some(tombstone) = &refusal.tombstone {
        problem["tombstone"] = (**tombstone).clone();
    }
    if let Some(pointer) = &refusal.pointer {
        problem["errors"] = json!([{"pointer": pointer, "detail": refusal.detail}]);
    }
    problem
}

/// Status and headers that a refusal has in every form.
pub(crate) fn with_head(mut response: Response, refusal: &Refusal) -> Response {
    *response.status_mut() = StatusCode::from_u16(refusal.code.http_status())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Some(seconds) = refusal.retry_after_s() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if refusal.code == crate::ErrorCode::Unauthenticated {
        headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"argus\""),
        );
    }
    if let Some((name, value)) = refusal.header {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
