//! What handlers take from a request; what cannot be read is refused as every refusal is.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

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
            .map_err(|error| Refusal::new(ErrorCode::InvalidRequest, error.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        Json::from_request(request, state)
            .await
            .map(|Json(input)| Self(input))
            .map_err(|error| {
                let code = match error.status().as_u16() {
                    413 => ErrorCode::TooLarge,
                    415 => ErrorCode::UnsupportedMediaType,
                    _ => ErrorCode::InvalidRequest,
                };
                Refusal::new(code, error.body_text())
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
