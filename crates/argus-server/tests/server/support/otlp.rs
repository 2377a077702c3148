//! What the tests of OTLP over HTTP share.

use argus_server::Limits;
use axum::body::Body;

use super::Server;
use super::http::{Reply, post};

pub(crate) const KIB: usize = 1024;

/// Posts log records.
pub(crate) async fn export(server: &Server, media_type: &str, body: impl Into<Body>) -> Reply {
    let headers = [("content-type", media_type)];
    post(server.address, &server.key, "/v1/logs", &headers, body).await
}

/// Limits that a test reaches quickly.
pub(crate) fn small() -> Limits {
    Limits {
        encoded_bytes_max: 64 * KIB,
        decoded_bytes_max: 64 * KIB,
        ..Limits::default()
    }
}
