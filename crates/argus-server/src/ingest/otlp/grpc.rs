//! OTLP over gRPC: the one unary method of each of the three services.
//!
//! Its frame is five bytes, and it shares everything behind that with HTTP: limits, budget and keys are asked before the
//! message is read, which a generated service does not do.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use bytes::{BufMut as _, Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use prost::Message as _;

use super::answer::{self, Counts};
use super::http::{log, undecodable};
use super::status::{ExportResponse, status_header};
use super::{Encoding, Signal, decode};
use crate::app::App;
use crate::inflate::Coding;
use crate::ingest::accept::{self, Delivered};
use crate::own_metrics::Door;
use crate::refusal::{ErrorCode, Refusal};
use crate::{auth, body};

/// One flag byte, four bytes of length.
const FRAME_BYTES: usize = 5;
const GRPC_OK: u16 = 0;
const GRPC_UNIMPLEMENTED: u16 = 12;
const CODINGS: &str = "gzip, zstd, identity";

/// The path of a signal's method.
pub(super) const fn method(signal: Signal) -> &'static str {
    match signal {
        Signal::Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        Signal::Metrics => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        Signal::Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    }
}

/// Takes an export call. OK once its items are on the disk.
pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    request: Request,
    signal: Signal,
) -> Response {
    let started = Instant::now();
    let result = export(&app, request, signal, started).await;
    let code = result
        .as_ref()
        .err()
        .map_or("ok", |refusal| refusal.code.as_str());
    app.metrics.request(Door::OtlpGrpc, signal.as_str(), code);
    log(
        &app,
        signal,
        result.as_ref().map(|(_, counts)| *counts),
        started,
    );
    match result {
        Ok((message, _)) => success(&message),
        Err(refusal) => refused(&refusal),
    }
}

async fn export(
    app: &Arc<App>,
    request: Request,
    signal: Signal,
    started: Instant,
) -> Result<(Vec<u8>, Counts), Refusal> {
    let (parts, content) = request.into_parts();
    if parts.method != Method::POST || !is_grpc(&parts.headers) {
        let detail =
            "this path is a gRPC method: call it with POST and the Content-Type application/grpc";
        return Err(Refusal::new(ErrorCode::MethodNotAllowed, detail));
    }
    let ingest = auth::ingest::ingest(&app.store, &parts.headers)?;
    let coding = coding(&parts.headers)?;
    app.check_queue(&ingest.workspace)?;
    let mut charge = app.budget.open(&ingest.key_id);
    let limits = &app.limits;
    let limit = limits.encoded_bytes_max + FRAME_BYTES;
    let body = body::read(
        &parts.headers,
        content,
        limit,
        &mut charge,
        limits.body_timeout,
    )
    .await?;
    let (is_compressed, message) = message(&body, limits.encoded_bytes_max)?;
    let coding = if is_compressed {
        coding
    } else {
        Coding::Identity
    };
    if is_compressed && coding == Coding::Identity {
        let detail =
            "the message says that it is compressed, the call does not say how (grpc-encoding)";
        return Err(Refusal::new(ErrorCode::InvalidRequest, detail));
    }
    let delivered = Delivered {
        ingest,
        coding,
        body: message,
        charge,
        started,
    };
    let taken = accept::take(app, delivered, move |bytes| {
        decode(signal, Encoding::Protobuf, bytes)
            .map(answer::split)
            .map_err(|error| undecodable(&error))
    })
    .await?;
    let (response, counts) = answer::answer(signal, &taken.rest, &taken.outcomes);
    answer::count(app, signal, &counts);
    let message = answer::within(
        response,
        limits.response_bytes_max,
        ExportResponse::encode_to_vec,
    )
    .map_err(|refusal| Refusal {
        code: ErrorCode::TooLarge,
        ..refusal
    })?;
    Ok((message, counts))
}

fn is_grpc(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let value = value.to_ascii_lowercase();
    matches!(
        value.split(';').next().map(str::trim),
        Some("application/grpc" | "application/grpc+proto")
    )
}

fn coding(headers: &HeaderMap) -> Result<Coding, Refusal> {
    let Some(value) = headers.get("grpc-encoding") else {
        return Ok(Coding::Identity);
    };
    value
        .to_str()
        .ok()
        .and_then(Coding::from_name)
        .ok_or_else(|| {
            // UNIMPLEMENTED, as gRPC asks for a compression that is not known.
            Refusal::new(
                ErrorCode::MethodNotAllowed,
                "the grpc-encoding is none of gzip, zstd and identity",
            )
        })
}

/// The one message of a unary call, and whether it is compressed.
fn message(body: &Bytes, limit: usize) -> Result<(bool, Bytes), Refusal> {
    let broken = |detail: &'static str| Refusal::new(ErrorCode::InvalidRequest, detail);
    let Some((head, rest)) = body.split_first_chunk::<FRAME_BYTES>() else {
        return Err(broken(
            "the call has no message: a gRPC message begins with five bytes of frame",
        ));
    };
    let [flag, length @ ..] = *head;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > limit {
        return Err(body::too_large("as sent", limit));
    }
    if flag > 1 {
        return Err(broken("the message's frame has an unknown flag"));
    }
    match rest.len().cmp(&length) {
        std::cmp::Ordering::Less => Err(broken("the message is shorter than its frame says")),
        std::cmp::Ordering::Greater => Err(broken("the call has more than one message")),
        std::cmp::Ordering::Equal => Ok((flag == 1, body.slice(FRAME_BYTES..))),
    }
}

/// A recorded message without its frame, where it has one. A message never begins like a frame: both first bytes would
/// be a field of the number 0.
#[must_use]
pub fn unframed(recorded: &[u8]) -> &[u8] {
    match recorded.split_first_chunk::<FRAME_BYTES>() {
        Some(([0, length @ ..], rest)) if u32::from_be_bytes(*length) as usize == rest.len() => {
            rest
        }
        _ => recorded,
    }
}

fn success(message: &[u8]) -> Response {
    let mut frame = BytesMut::with_capacity(FRAME_BYTES + message.len());
    frame.put_u8(0);
    frame.put_u32(u32::try_from(message.len()).unwrap_or(u32::MAX));
    frame.put_slice(message);
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from(GRPC_OK));
    let body = Full::new(frame.freeze()).with_trailers(std::future::ready(Some(Ok(trailers))));
    with_grpc_head(Response::new(Body::new(body)))
}

/// A refusal: a status without a message.
fn refused(refusal: &Refusal) -> Response {
    let mut response = status_only(refusal.code.grpc_code().cast_unsigned(), &refusal.detail);
    if let Ok(details) = HeaderValue::from_str(&status_header(refusal)) {
        response
            .headers_mut()
            .insert("grpc-status-details-bin", details);
    }
    response
}

/// The answer to a method that there is not.
pub(crate) fn unimplemented() -> Response {
    status_only(
        GRPC_UNIMPLEMENTED.into(),
        "there is no such method here: OTLP has Export of LogsService, MetricsService and TraceService",
    )
}

fn status_only(code: u32, message: &str) -> Response {
    let mut response = with_grpc_head(Response::new(Body::empty()));
    let headers = response.headers_mut();
    headers.insert("grpc-status", HeaderValue::from(code));
    if let Ok(message) = HeaderValue::from_str(&percent_encoded(message)) {
        headers.insert("grpc-message", message);
    }
    response
}

fn with_grpc_head(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/grpc"),
    );
    headers.insert("grpc-accept-encoding", HeaderValue::from_static(CODINGS));
    response
}

/// As gRPC wants the text of a status: printable ASCII but the per cent sign, the rest by byte.
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if matches!(byte, b' '..=b'~') && byte != b'%' {
            out.push(byte.into());
        } else {
            // Writing to a String does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_holds_one_message() {
        let frame = |flag: u8, length: u32, bytes: &[u8]| {
            let mut frame = vec![flag];
            frame.extend(length.to_be_bytes());
            frame.extend(bytes);
            Bytes::from(frame)
        };
        assert_eq!(
            message(&frame(1, 2, b"ab"), 9).unwrap(),
            (true, Bytes::from_static(b"ab"))
        );
        for (broken, code) in [
            (frame(0, 3, b"ab"), ErrorCode::InvalidRequest),
            (frame(0, 1, b"ab"), ErrorCode::InvalidRequest),
            (frame(2, 2, b"ab"), ErrorCode::InvalidRequest),
            (frame(0, 10, b"ab"), ErrorCode::TooLarge),
            (Bytes::from_static(b"\0\0\0"), ErrorCode::InvalidRequest),
        ] {
            assert_eq!(message(&broken, 9).unwrap_err().code, code);
        }
        assert_eq!(unframed(&frame(0, 2, b"\x0a\x00")), b"\x0a\x00");
        assert_eq!(unframed(b"\x0a\x00"), b"\x0a\x00");
    }

    #[test]
    fn a_status_text_is_printable_ascii() {
        assert_eq!(percent_encoded("50 % é\n"), "50 %25 %C3%A9%0A");
    }
}
