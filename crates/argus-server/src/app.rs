//! What every handler has, and the routes.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use argus_session::{Clock, Random};
use argus_store::{Store, Workspace};
use axum::Router;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{any, get};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

use crate::api::{Feeds, Outlines, Previews, Streams, Texts, routes};
use crate::auth::attempts::Attempts;
use crate::auth::device_codes::DeviceCodes;
use crate::auth::host::Hosts;
use crate::auth::links::Links;
use crate::budget::Budget;
use crate::config::{Limits, ServerConfig};
use crate::drain;
use crate::export::places::Places;
use crate::ingest::known::Known;
use crate::ingest::{envelopes, inference_hook, otlp};
use crate::own_metrics::OwnMetrics;
use crate::plugin::Plugins;
use crate::refusal::{ErrorCode, Refusal};
use crate::{capture, health, problem, web};

/// The server's parts.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) limits: Limits,
    pub(crate) budget: Arc<Budget>,
    pub(crate) metrics: OwnMetrics,
    pub(crate) workers: Arc<Semaphore>,
    hashers: Arc<Semaphore>,
    readers: Arc<Semaphore>,
    pub(crate) downloads: Arc<Semaphore>,
    /// Share links that are being shown.
    pub(crate) shown: Arc<Semaphore>,
    /// Those of each link.
    pub(crate) shown_of_link: Arc<Places>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) texts: Texts,
    pub(crate) submitted: Arc<Submitted>,
    /// Calls of inference hooks that are being stored.
    pub(crate) hooks: Arc<Semaphore>,
    /// What is on the disk of sources that repeat themselves.
    pub(crate) known: Arc<Known>,
    pub(crate) hook_losses: inference_hook::Losses,
    pub(crate) clock: Arc<dyn Clock>,
    /// True once the server stops.
    pub(crate) stopping: watch::Sender<bool>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) links: Arc<Links>,
    pub(crate) attempts: Attempts,
    pub(crate) device_codes: DeviceCodes,
    pub(crate) device_attempts: Attempts,
    pub(crate) share_attempts: Attempts,
    pub(crate) share_previews: Previews,
    /// The address of the pages.
    pub(crate) base_url: String,
    pub(crate) hosts: Hosts,
    pub(crate) feeds: Feeds,
    pub(crate) outlines: Outlines,
    pub(crate) plugins: Plugins,
    pub(crate) is_https: bool,
    pub(crate) is_behind_proxy: bool,
    started_us: i64,
    requests: AtomicU64,
}

impl App {
    pub(crate) fn new(
        store: Arc<Store>,
        config: &ServerConfig,
        clock: &Arc<dyn Clock>,
        random: Arc<dyn Random>,
        base_url: String,
    ) -> Arc<Self> {
        let limits = config.limits.clone();
        Arc::new(Self {
            store,
            budget: Budget::new(limits.in_flight_bytes_max, limits.key_in_flight_bytes_max),
            workers: Arc::new(Semaphore::new(limits.workers_max.max(1))),
            hashers: Arc::new(Semaphore::new(limits.hashers_max.max(1))),
            readers: Arc::new(Semaphore::new(limits.readers_max.max(1))),
            downloads: Arc::new(Semaphore::new(limits.downloads_max.max(1))),
            shown: Arc::new(Semaphore::new(limits.downloads_max.max(1))),
            shown_of_link: Arc::default(),
            streams: Arc::new(Streams::new(limits.streams_max, limits.reader_streams_max)),
            texts: Texts::default(),
            hooks: Arc::new(Semaphore::new(limits.hooks_max.max(1))),
            known: Arc::default(),
            hook_losses: inference_hook::Losses::default(),
            clock: clock.clone(),
            limits,
            metrics: OwnMetrics::default(),
            submitted: Arc::default(),
            stopping: watch::Sender::new(false),
            links: Arc::new(Links::new(clock.clone(), random.clone())),
            device_codes: DeviceCodes::new(clock.clone(), random.clone()),
            device_attempts: Attempts::default(),
            share_attempts: Attempts::default(),
            share_previews: Previews::default(),
            base_url,
            random,
            attempts: Attempts::default(),
            hosts: Hosts::new(config.listen.ip(), &config.hosts),
            feeds: Feeds::default(),
            outlines: Outlines::default(),
            plugins: Plugins::new(config.plugin.clone()),
            is_https: config.is_https(),
            is_behind_proxy: config.behind_proxy,
            started_us: clock.now_us(),
            requests: AtomicU64::new(0),
        })
    }

    /// True once the server stops.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// A turn at hashing a password, which takes memory and a processor.
    pub(crate) async fn hashing(&self) -> Option<OwnedSemaphorePermit> {
        self.hashers.clone().acquire_owned().await.ok()
    }

    /// Work that waits for the disk, on a thread that may, as much at a time as the limit says.
    ///
    /// # Errors
    /// Those of the work; internal when it panicked.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        // Held by the work itself: it goes on when its client is gone.
        let reading = self.readers.clone().acquire_owned().await;
        let work = move || {
            let _reading = reading;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|error| {
                tracing::error!(%error, "a request failed");
                let detail = "the server failed at this request: its log says how";
                Err(Refusal::new(ErrorCode::Internal, detail))
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

/// Where a request is from: the other end of its connection, or what the proxy in front says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientAddress(pub(crate) Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<Self>().copied();
        Ok(known.unwrap_or(Self(None)))
    }
}

/// Every route.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/v1/envelopes", any(envelopes::http::handle))
        .route("/v1/capture/hello", any(capture::hello::handle))
        .route("/v1/capture/private", any(capture::private::handle))
        .route(
            "/v1/device/authorize",
            any(capture::device::authorize::handle),
        )
        .route("/v1/device/token", any(capture::device::token::handle))
        .route(
            "/v1/inference-hook/{workspace}",
            any(inference_hook::http::handle),
        )
        .merge(otlp::routes())
        .merge(pages(app.clone()))
        .method_not_allowed_fallback(wrong_method)
        .layer(axum::middleware::from_fn(drain::drain))
        .with_state(app)
}

/// What browsers open: under the names on the list only, with the headers that bind a page.
fn pages(app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .merge(routes::router(app.clone()))
        .route("/metrics", get(health::metrics))
        .route("/api/openapi.json", get(web::description))
        .fallback(nothing_else)
        .layer(axum::middleware::from_fn_with_state(app, web::guard))
}

async fn wrong_method(State(app): State<Arc<App>>, path: Option<MatchedPath>) -> Response {
    let refusal = Refusal::new(
        ErrorCode::MethodNotAllowed,
        "this path is not asked with this method",
    );
    let mut response = problem::response(&refusal, &app.request_id());
    let known: Vec<&str> = routes::ROUTES
        .iter()
        .filter(|row| path.as_ref().is_some_and(|path| path.as_str() == row.path))
        .map(|row| row.method)
        .collect();
    let allowed = if known.is_empty() {
        "GET, HEAD".to_owned()
    } else {
        known.join(", ")
    };
    if let Ok(allowed) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// What no route knows: gRPC methods and OTLP paths are told so in their own form, a browser gets the UI.
async fn nothing_else(State(app): State<Arc<App>>, request: Request) -> Response {
    let media_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if media_type.is_some_and(|value| value.to_ascii_lowercase().starts_with("application/grpc")) {
        return otlp::grpc::unimplemented();
    }
    if request.uri().path().starts_with("/v1/") {
        let detail = "there is nothing at this path: OTLP goes to /v1/logs, /v1/metrics and /v1/traces, envelopes to /v1/envelopes, inference hooks to /v1/inference-hook/WORKSPACE";
        let refusal = Refusal::new(ErrorCode::NotFound, detail);
        return otlp::http::refused(request.headers(), &refusal);
    }
    web::file_or_page(&app, &request)
}
