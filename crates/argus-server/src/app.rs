//! What every handler has, and the routes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use argus_session::Clock;
use argus_store::{Store, Workspace};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use axum::routing::{any, get};
use tokio::sync::{Notify, Semaphore};

use crate::budget::Budget;
use crate::config::Limits;
use crate::drain;
use crate::ingest::{envelopes, otlp};
use crate::own_metrics::OwnMetrics;
use crate::refusal::{ErrorCode, Refusal};
use crate::{health, problem};

/// The server's parts.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) limits: Limits,
    pub(crate) budget: Arc<Budget>,
    pub(crate) metrics: OwnMetrics,
    pub(crate) workers: Arc<Semaphore>,
    pub(crate) submitted: Arc<Submitted>,
    pub(crate) stopping: AtomicBool,
    started_us: i64,
    requests: AtomicU64,
}

impl App {
    pub(crate) fn new(store: Arc<Store>, limits: Limits, clock: &dyn Clock) -> Arc<Self> {
        Arc::new(Self {
            store,
            budget: Budget::new(limits.in_flight_bytes_max, limits.key_in_flight_bytes_max),
            workers: Arc::new(Semaphore::new(limits.workers_max.max(1))),
            limits,
            metrics: OwnMetrics::default(),
            submitted: Arc::default(),
            stopping: AtomicBool::new(false),
            started_us: clock.now_us(),
            requests: AtomicU64::new(0),
        })
    }

    /// A name for a request, unique over restarts: the start, then a count.
    pub(crate) fn request_id(&self) -> String {
        format!(
            "{:x}-{:x}",
            self.started_us,
            self.requests.fetch_add(1, Ordering::Relaxed)
        )
    }

    /// Refuses before a body is read when the workspace's writer has fallen behind.
    pub(crate) fn check_queue(&self, workspace: &Workspace) -> Result<(), Refusal> {
        if workspace.queued_bytes() >= self.limits.queue_bytes_max {
            let detail = "too much is waiting to be written: send it again in a moment";
            return Err(Refusal::new(ErrorCode::Unavailable, detail));
        }
        Ok(())
    }
}

/// Batches that were given to the store and are not yet answered: a shutdown waits for them, whether or not their client
/// still does.
#[derive(Debug, Default)]
pub(crate) struct Submitted {
    count: AtomicUsize,
    changed: Notify,
}

impl Submitted {
    pub(crate) fn begin(&self) {
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn end(&self) {
        if self.count.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.changed.notify_waiters();
        }
    }

    /// Waits until there are none.
    pub(crate) async fn none(&self) {
        loop {
            let changed = self.changed.notified();
            if self.count.load(Ordering::SeqCst) == 0 {
                return;
            }
            changed.await;
        }
    }
}

/// Every route.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/v1/envelopes", any(envelopes::http::handle))
        .merge(otlp::routes())
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing_here)
        .layer(axum::middleware::from_fn(drain::drain))
        .with_state(app)
}

async fn wrong_method(State(app): State<Arc<App>>) -> Response {
    let refusal = Refusal::new(ErrorCode::MethodNotAllowed, "this path is read with GET")
        .with_header("allow", "GET, HEAD");
    problem::response(&refusal, &app.request_id())
}

/// What no route knows: gRPC methods and OTLP paths are told so in their own form.
async fn nothing_here(State(app): State<Arc<App>>, request: Request) -> Response {
    let media_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if media_type.is_some_and(|value| value.to_ascii_lowercase().starts_with("application/grpc")) {
        return otlp::grpc::unimplemented();
    }
    let is_otlp = request.uri().path().starts_with("/v1/");
    let detail = if is_otlp {
        "there is nothing at this path: OTLP goes to /v1/logs, /v1/metrics and /v1/traces, envelopes to /v1/envelopes"
    } else {
        "there is nothing at this path"
    };
    let refusal = Refusal::new(ErrorCode::NotFound, detail);
    if is_otlp {
        otlp::http::refused(request.headers(), &refusal)
    } else {
        problem::response(&refusal, &app.request_id())
    }
}
