//! The UI: its files, its page at every address that is nothing else, and the headers that bind what a page may do.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use argus_web::Asset;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::api::reply;
use crate::app::{App, ClientAddress};
use crate::auth::host;
use crate::problem;
use crate::refusal::{ErrorCode, Refusal};

/// Captured text is shown on these pages. Nothing but this server's own files runs, loads or is talked to; no script makes markup
/// from text; no other page frames this one.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer that a browser gets.
const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
    ("x-frame-options", "DENY"),
];

/// Refuses other names than those that are served; binds every answer.
pub(crate) async fn guard(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    if app.is_behind_proxy {
        let from = forwarded_for(request.headers());
        request.extensions_mut().insert(ClientAddress(from));
    }
    // What is asked by programs with a key of their own is bound to no name.
    let path = request.uri().path();
    let is_ingestion = path.starts_with("/v1/") || path.starts_with("/opentelemetry.proto.");
    // A name that every program on this machine shares must not be bound to TLS for all of them.
    let is_loopback = host::is_loopback(request.headers(), request.uri());
    let mut response = if is_ingestion || app.hosts.allow(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        let refusal = Refusal::new(
            ErrorCode::Misdirected,
            "this server is not asked under this name: its operator can add it with --host",
        );
        problem::response(&refusal, &app.request_id())
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if app.is_https && !is_loopback {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}

/// Where the proxy in front says that a request is from: what it added last. What stands before that, anybody can have sent.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// `GET /api/openapi.json`: the API's description.
pub(crate) async fn description() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| crate::api::openapi().to_string());
    let mut response = Response::new(Body::from(TEXT.as_str()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

/// A file of the UI, or its page.
pub(crate) fn file_or_page(app: &App, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let detail = "there is nothing at this path that takes this method";
        return problem::response(
            &Refusal::new(ErrorCode::NotFound, detail),
            &app.request_id(),
        );
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(asset) = argus_web::asset(path) {
        return file(asset, request.headers());
    }
    // A file that is gone must not come as a page: an old page would read it as a script.
    if ["api/", "assets/", "plugin/"]
        .iter()
        .any(|start| path.starts_with(start))
    {
        let detail = "there is nothing at this path";
        return problem::response(
            &Refusal::new(ErrorCode::NotFound, detail),
            &app.request_id(),
        );
    }
    file(argus_web::page(), request.headers())
}

fn file(asset: &'static Asset, asked: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", asset.hash);
    let has_it = reply::has(asked, &etag);
    let takes_gzip = asked
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|codings| codings.contains("gzip"));
    let (bytes, is_gzip) = match asset.gzip {
        Some(gzip) if takes_gzip => (gzip, true),
        _ => (asset.bytes, false),
    };
    let mut response = Response::new(if has_it {
        Body::empty()
    } else {
        Body::from(bytes)
    });
    if has_it {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.media_type),
    );
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if asset.is_immutable() {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        }),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_gzip && !has_it {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
