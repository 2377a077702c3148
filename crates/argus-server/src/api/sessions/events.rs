//! `GET …/events`: which sessions changed, as server-sent events. An event's id is a place in the ledger: who comes back with it
//! misses nothing.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use argus_store::Changes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
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

/// Where a stream is.
struct Stream {
    app: Arc<App>,
    headers: HeaderMap,
    workspace: String,
    only: Option<String>,
    after: i64,
    changed: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    is_first: bool,
}

/// Changed sessions, as they change. Events: `sessions` with `SessionsChanged`; `reset` when too much was missed to be named.
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
    let changed = app.feeds.follow(&access.workspace);
    let workspace = access.workspace.clone();
    let after = match last {
        Some(after) => after,
        None => {
            app.blocking(move || Ok(workspace.projected_up_to()?))
                .await?
        }
    };
    let state = Stream {
        workspace: access.workspace.name().to_owned(),
        only: params.session,
        after,
        changed,
        stopping: app.stopping.subscribe(),
        is_first: true,
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
            if self.is_first {
                // At once, so that a reader knows that the stream is there, and where it is.
                self.is_first = false;
            } else {
                let is_stopping = async {
                    // An end without a word is the server's end too.
                    let _ = self.stopping.wait_for(|stop| *stop).await;
                };
                tokio::select! {
                    changed = self.changed.changed() => changed.ok()?,
                    () = tokio::time::sleep(HEARTBEAT) => {}
                    () = is_stopping => return None,
                }
                tokio::time::sleep(GATHER).await;
            }
            self.changed.mark_unchanged();
            let changes = self.changes().await?;
            if changes.up_to == self.after {
                continue;
            }
            self.after = changes.up_to;
            let event = Event::default().id(changes.up_to.to_string());
            let Some(mut sessions) = changes.sessions else {
                return Some(event.event("reset").data("{}"));
            };
            if let Some(only) = &self.only {
                sessions.retain(|session| session == only);
            }
            if !sessions.is_empty() {
                return event
                    .event("sessions")
                    .json_data(SessionsChanged { sessions })
                    .ok();
            }
        }
    }

    /// What changed, if the reader may still read.
    async fn changes(&self) -> Option<Changes> {
        let (app, headers, name, after) = (
            self.app.clone(),
            self.headers.clone(),
            self.workspace.clone(),
            self.after,
        );
        let found = self
            .app
            .blocking(move || {
                let principal = Principal::of(&app.store, &headers)?;
                let Some(access) = principal.access(&app.store, &name)? else {
                    return Ok(None);
                };
                access.require(Permission::SessionsRead)?;
                Ok(Some(access.workspace.changes(after, &access.scope)?))
            })
            .await;
        found.ok().flatten()
    }
}
