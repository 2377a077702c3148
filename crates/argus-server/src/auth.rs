//! Who is asking, and what they may do.
//!
//! Deliveries come with an ingest key ([`ingest`]); everything under `/api` with a browser's cookie or a read key
//! ([`principal`]), by the table of permissions ([`permission`]).

pub(crate) mod attempts;
pub(crate) mod cookie;
pub(crate) mod device_codes;
pub(crate) mod host;
pub(crate) mod ingest;
pub(crate) mod links;
pub(crate) mod origin;
pub(crate) mod password;
pub(crate) mod permission;
pub(crate) mod principal;
pub(crate) mod signing_in;

use axum::http::{HeaderMap, header};

/// The token of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
