//! `GET …/events`: which sessions changed, as server-sent events. An event's id is a place in the ledger: who comes back with it
//! misses nothing.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use argus_store::{Changes, ReviewChanges};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::streams::OpenStream;
use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::{Access, Principal};
use crate::refusal::{ErrorCode, Refusal};

/// Nothing is said for so long at most; then the reader's right to read is looked at again.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Changes within this time are told together.
const GATHER: Duration = Duration::from_millis(150);

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventParams {
    /// Only of this session.
    session: Option<String>,
}

/// Data of the event `sessions`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionsChanged {
    /// Ids of the sessions that changed.
    sessions: Vec<String>,
}

/// Data of the event `reviews`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewsChanged {
    /// Ids of the sessions whose reviews changed, as far as the reader sees them.
    sessions: Vec<String>,
}

/// Where a stream is.
struct Stream {
    app: Arc<App>,
    headers: HeaderMap,
    workspace: String,
    only: Option<String>,
    after: i64,
    /// The newest act whose reviews were told.
    reviews_after: i64,
    /// What is told next.
    pending: Option<Event>,
    changed: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    erasures: u64,
    is_first: bool,
    /// Its place among the streams that are open.
    open: OpenStream,
}

/// Changed sessions, as they change. Events: `ready` at the beginning; `sessions` with `SessionsChanged`; `reviews` with
/// `ReviewsChanged` when somebody judged, or what others said is hidden no longer; `reset` when too much was missed to be named, or something was erased: read everything
/// again.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/events", tag = "sessions", operation_id = "stream_events",
    params(("workspace" = String, Path), EventParams, ("Last-Event-ID" = Option<i64>, Header, description = "Where a broken stream is taken up again")),
    responses((status = 200, body = SessionsChanged, content_type = "text/event-stream")))]
pub(crate) async fn stream(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<EventParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let last = match headers.get("last-event-id") {
        Some(value) => Some(
            value
                .to_str()
                .ok()
                .and_then(|text| text.parse::<i64>().ok())
                .ok_or_else(|| {
                    Refusal::new(ErrorCode::InvalidRequest, "Last-Event-ID is a number")
                })?,
        ),
        None => None,
    };
    let open = app.streams.open(&access.principal.actor().id)?;
    let changed = app.feeds.follow(&access.workspace);
    let erasures = access.workspace.erasures();
    let workspace = access.workspace.clone();
    let (after, reviews_after) = match last {
        // Reviews and records share one ledger: a review after that place may be told twice, none is left out.
        Some(after) => (after, after),
        None => {
            app.blocking(move || Ok((workspace.projected_up_to()?, workspace.newest_act()?)))
                .await?
        }
    };
    let state = Stream {
        workspace: access.workspace.name().to_owned(),
        only: params.session,
        after,
        reviews_after,
        pending: None,
        changed,
        stopping: app.stopping.subscribe(),
        erasures,
        is_first: true,
        open,
        app,
        headers,
    };
    let events = futures_util::stream::unfold(state, |mut state| async move {
        let event = state.next().await?;
        Some((Ok::<_, Infallible>(event), state))
    });
    let keep_alive = KeepAlive::new().interval(HEARTBEAT);
    Ok(Sse::new(events).keep_alive(keep_alive).into_response())
}

impl Stream {
    /// The next event; nothing when the stream is over: the server stops, or the reader may read no more.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.pending.take() {
                return Some(event);
            }
            if self.is_first {
                // At once, and with its place: a stream that breaks before anything changes is taken up where it was.
                self.is_first = false;
                if let Some(event) = self.told().await? {
                    return Some(event);
                }
                let id = self.after.to_string();
                return Some(Event::default().id(id).event("ready").data("{}"));
            }
            let is_stopping = async {
                // An end without a word is the server's end too.
                let _ = self.stopping.wait_for(|stop| *stop).await;
            };
            tokio::select! {
                changed = self.changed.changed() => changed.ok()?,
                () = tokio::time::sleep(HEARTBEAT) => {}
                () = is_stopping => return None,
                () = self.open.displaced() => return None,
            }
            tokio::time::sleep(GATHER).await;
            if let Some(event) = self.told().await? {
                return Some(event);
            }
        }
    }

    /// What is to be told, if anything; nothing at all when the reader may read no more.
    async fn told(&mut self) -> Option<Option<Event>> {
        self.changed.mark_unchanged();
        let (changes, reviews, erasures) = self.changes().await?;
        let was_erased = erasures != self.erasures;
        self.erasures = erasures;
        let reviewed = self.reviewed(reviews, changes.up_to);
        if changes.up_to == self.after && !was_erased {
            return Some(reviewed);
        }
        self.pending = reviewed;
        self.after = changes.up_to;
        let event = Event::default().id(changes.up_to.to_string());
        // What was erased is named to nobody: everything is read again.
        let Some(mut sessions) = changes.sessions.filter(|_| !was_erased) else {
            return Some(Some(event.event("reset").data("{}")));
        };
        if let Some(only) = &self.only {
            sessions.retain(|session| session == only);
        }
        if sessions.is_empty() {
            return Some(self.pending.take());
        }
        let data = SessionsChanged { sessions };
        Some(event.event("sessions").json_data(data).ok())
    }

    /// What is to be told of reviews, if anything.
    fn reviewed(&mut self, changes: ReviewChanges, up_to: i64) -> Option<Event> {
        self.reviews_after = changes.up_to;
        let event = Event::default().id(up_to.to_string());
        let Some(mut sessions) = changes.sessions else {
            return Some(event.event("reset").data("{}"));
        };
        if let Some(only) = &self.only {
            sessions.retain(|session| session == only);
        }
        if sessions.is_empty() {
            return None;
        }
        let data = ReviewsChanged { sessions };
        event.event("reviews").json_data(data).ok()
    }

    /// What changed, if the reader may still read.
    async fn changes(&self) -> Option<(Changes, ReviewChanges, u64)> {
        let (app, headers, name) = (
            self.app.clone(),
            self.headers.clone(),
            self.workspace.clone(),
        );
        let (after, reviews_after) = (self.after, self.reviews_after);
        let found = self
            .app
            .blocking(move || {
                let principal = Principal::of(&app.store, &headers)?;
                let Some(access) = principal.access(&app.store, &name)? else {
                    return Ok(None);
                };
                access.require(Permission::SessionsRead)?;
                let erasures = access.workspace.erasures();
                let (workspace, scope) = (&access.workspace, &access.scope);
                let changes = workspace.changes(after, scope)?;
                let reviews = workspace.review_changes(reviews_after, scope, &access.reader())?;
                Ok(Some((changes, reviews, erasures)))
            })
            .await;
        found.ok().flatten()
    }
}
