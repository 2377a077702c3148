//! OTLP over HTTP: `POST /v1/logs`, `/v1/metrics`, `/v1/traces`.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use prost::Message as _;

use super::answer::{self, Counts};
use super::status::{ExportResponse, status, status_json};
use super::{DecodeError, Encoding, Signal, decode};
use crate::app::App;
use crate::inflate::Coding;
use crate::ingest::accept::{self, Delivered};
use crate::own_metrics::Door;
use crate::refusal::{ErrorCode, Refusal};
use crate::{auth, body, problem};

/// Answers smaller than this are not worth compressing.
const GZIP_BYTES_MIN: usize = 128;

/// Takes an export request. 200 once its items are on the disk, with the number and reasons of those that are not kept.
pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    request: Request,
    signal: Signal,
) -> Response {
    let started = Instant::now();
    let headers = request.headers().clone();
    let result = export(&app, request, signal, started).await;
    let code = result
        .as_ref()
        .err()
        .map_or("ok", |refusal| refusal.code.as_str());
    app.metrics.request(Door::OtlpHttp, signal.as_str(), code);
    log(
        &app,
        signal,
        result.as_ref().map(|(_, counts)| *counts),
        started,
    );
    match result {
        Ok((bytes, _)) => respond(&headers, bytes),
        Err(refusal) => refused(&headers, &refusal),
    }
}

async fn export(
    app: &Arc<App>,
    request: Request,
    signal: Signal,
    started: Instant,
) -> Result<(Vec<u8>, Counts), Refusal> {
    if request.method() != Method::POST {
        let refusal = Refusal::new(
            ErrorCode::MethodNotAllowed,
            "telemetry is delivered with POST",
        );
        return Err(refusal.with_header("allow", "POST"));
    }
    let (parts, content) = request.into_parts();
    let ingest = auth::ingest::ingest(&app.store, &parts.headers)?;
    let encoding = encoding(&parts.headers).ok_or_else(|| {
        let detail = "the Content-Type is neither application/json nor application/x-protobuf";
        Refusal::new(ErrorCode::UnsupportedMediaType, detail)
    })?;
    let coding = coding(&parts.headers)?;
    app.check_queue(&ingest.workspace)?;
    let mut charge = app.budget.open(&ingest.key_id);
    let limits = &app.limits;
    let body = body::read(
        &parts.headers,
        content,
        limits.encoded_bytes_max,
        &mut charge,
        limits.body_timeout,
    )
    .await?;
    let delivered = Delivered {
        ingest,
        coding,
        body,
        charge,
        started,
    };
    let taken = accept::take(app, delivered, move |bytes| {
        decode(signal, encoding, bytes)
            .map(answer::split)
            .map_err(|error| undecodable(&error))
    })
    .await?;
    let (response, counts) = answer::answer(signal, &taken.rest, &taken.outcomes);
    answer::count(app, signal, &counts);
    let bytes = answer::within(
        response,
        limits.response_bytes_max,
        |response| match encoding {
            Encoding::Json => response.to_json(signal).to_string().into_bytes(),
            Encoding::Protobuf => ExportResponse::encode_to_vec(response),
        },
    )?;
    Ok((bytes, counts))
}

/// The refusal of a body that is no export request.
pub(super) fn undecodable(error: &DecodeError) -> Refusal {
    let code = if error.is_too_large() {
        ErrorCode::TooLarge
    } else {
        ErrorCode::InvalidRequest
    };
    Refusal::new(code, error.to_string())
}

/// The request's encoding, from its `Content-Type` in any case and with any parameters.
fn encoding(headers: &HeaderMap) -> Option<Encoding> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Some(Encoding::Json)
    } else {
        essence
            .eq_ignore_ascii_case("application/x-protobuf")
            .then_some(Encoding::Protobuf)
    }
}

/// How the request's body is compressed.
///
/// # Errors
/// When it is something else than gzip or zstd.
pub(crate) fn coding(headers: &HeaderMap) -> Result<Coding, Refusal> {
    let Some(value) = headers.get(header::CONTENT_ENCODING) else {
        return Ok(Coding::Identity);
    };
    value
        .to_str()
        .ok()
        .and_then(Coding::from_name)
        .ok_or_else(|| {
            let detail = "the Content-Encoding is none of gzip, zstd and identity";
            Refusal::new(ErrorCode::UnsupportedMediaType, detail)
                .with_header("accept-encoding", "gzip, zstd")
        })
}

/// A refusal as `google.rpc.Status`, in the encoding of the request; JSON where that is not known.
pub(crate) fn refused(headers: &HeaderMap, refusal: &Refusal) -> Response {
    let bytes = match encoding(headers) {
        Some(Encoding::Protobuf) => status(refusal).encode_to_vec(),
        _ => status_json(refusal).to_string().into_bytes(),
    };
    problem::with_head(respond(headers, bytes), refusal)
}

fn respond(headers: &HeaderMap, mut bytes: Vec<u8>) -> Response {
    let is_gzip = bytes.len() >= GZIP_BYTES_MIN && accepts_gzip(headers);
    if is_gzip {
        bytes = gzip(&bytes);
    }
    let mut response = Response::new(Body::from(bytes));
    let media_type = match encoding(headers) {
        Some(Encoding::Protobuf) => "application/x-protobuf",
        _ => "application/json",
    };
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if is_gzip {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// True when `Accept-Encoding` names gzip and does not forbid it (`q=0`).
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight =
            parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        is_gzip
            && weight.is_none_or(|weight| {
                weight
                    .trim()
                    .parse::<f32>()
                    .is_ok_and(|weight| weight > 0.0)
            })
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// One line a request, without anything of its content.
pub(super) fn log(app: &App, signal: Signal, result: Result<Counts, &Refusal>, started: Instant) {
    let duration_us = started.elapsed().as_micros();
    let (request_id, signal) = (app.request_id(), signal.as_str());
    match result {
        Ok(Counts {
            accepted,
            known,
            rejected,
            suppressed,
        }) => {
            tracing::debug!(
                request_id,
                signal,
                accepted,
                known,
                rejected,
                suppressed,
                duration_us,
                "taken"
            );
        }
        Err(refusal) => {
            tracing::warn!(request_id, signal, code = refusal.code.as_str(), detail = %refusal.detail, duration_us, "refused");
        }
    }
}
