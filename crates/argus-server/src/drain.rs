//! A refused request is read to its end before it is answered: a client that is still sending would see a broken
//! connection instead of the answer, and take a refusal that is final for a failure that passes.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, Version, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;

/// Most bytes that are thrown away for an answer's sake: twice the largest body that is taken.
const DRAINED_BYTES_MAX: usize = 128 * 1024 * 1024;
/// How long that may take, and how long a client may pause meanwhile.
const DRAINED_WITHIN: Duration = Duration::from_secs(10);
const PAUSE_MAX: Duration = Duration::from_millis(500);

/// Hands the request on, and reads what nobody read of its body.
pub(crate) async fn drain(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    // Such a client sends its body only when it is asked to: the answer is all that it waits for.
    let is_http1 = head.version < Version::HTTP_2;
    let waits = head.headers.contains_key(header::EXPECT);
    let shared = Shared(Arc::new(Mutex::new(body)));
    let request = Request::from_parts(head, Body::new(shared.clone()));
    let mut response = next.run(request).await;
    if !shared.is_end_stream() {
        let is_read = !waits
            && tokio::time::timeout(DRAINED_WITHIN, read_to_end(shared))
                .await
                .unwrap_or(false);
        if !is_read && is_http1 {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
    }
    response
}

/// True when the end was reached.
async fn read_to_end(mut body: Shared) -> bool {
    let mut bytes = 0;
    loop {
        match tokio::time::timeout(PAUSE_MAX, body.frame()).await {
            Ok(None) => return true,
            Ok(Some(Ok(frame))) => {
                bytes += frame.data_ref().map_or(0, Bytes::len);
                if bytes > DRAINED_BYTES_MAX {
                    return false;
                }
            }
            Ok(Some(Err(_))) | Err(_) => return false,
        }
    }
}

/// A body that the handler reads as far as it likes, and whose rest is still there afterwards.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.size_hint()
    }
}
