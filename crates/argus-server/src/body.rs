//! Request bodies, read within their limit, the budget and their time.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;

use crate::budget::Charge;
use crate::inflate::InflateError;
use crate::refusal::{ErrorCode, Refusal};

/// Reads a body of at most `limit` bytes, charging for them as they come.
///
/// # Errors
/// When it is larger, does not fit the budget, stops, or takes longer than `timeout`.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    charge: &mut Charge,
    timeout: Duration,
) -> Result<Bytes, Refusal> {
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let announced = length.map_or(Ok(0), usize::try_from).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large("as sent", limit));
    }
    charge.fits(announced)?;
    tokio::time::timeout(timeout, collect(body, announced, limit, charge))
        .await
        .unwrap_or_else(|_| {
            let detail = format!(
                "the body did not arrive within {} s: send it faster, or less at once",
                timeout.as_secs()
            );
            Err(Refusal::new(ErrorCode::TimedOut, detail))
        })
}

async fn collect(
    mut body: Body,
    announced: usize,
    limit: usize,
    charge: &mut Charge,
) -> Result<Bytes, Refusal> {
    /// What is set aside before anything has come: an announcement costs its sender nothing.
    const FIRST_BYTES_MAX: usize = 256 * 1024;
    let mut first: Option<Bytes> = None;
    let mut all = BytesMut::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            Refusal::new(
                ErrorCode::InvalidRequest,
                "the body ended before its end: the connection broke",
            )
        })?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        size += data.len();
        if size > limit {
            return Err(too_large("as sent", limit));
        }
        charge.add(data.len())?;
        // Most bodies come in one piece and are not copied.
        match first.take() {
            None if all.is_empty() => first = Some(data),
            None => all.extend_from_slice(&data),
            Some(begin) => {
                all.reserve(announced.clamp(size, size.max(FIRST_BYTES_MAX)));
                all.extend_from_slice(&begin);
                all.extend_from_slice(&data);
            }
        }
    }
    Ok(first.unwrap_or_else(|| all.freeze()))
}

/// The refusal of a body over a limit.
pub(crate) fn too_large(form: &str, limit: usize) -> Refusal {
    let detail = format!("the body is larger than {limit} bytes {form}: send smaller batches");
    Refusal::new(ErrorCode::TooLarge, detail)
}

/// The refusal of a body that was not inflated.
pub(crate) fn not_inflated(error: InflateError, limit: usize) -> Refusal {
    match error {
        InflateError::TooLarge => too_large("after decompression", limit),
        InflateError::Broken(coding) => Refusal::new(
            ErrorCode::InvalidRequest,
            format!("the body is said to be {coding} and cannot be read as that"),
        ),
        InflateError::Busy(over) => over.into(),
    }
}
