//! `GET …/queues/{queue}/items` and `POST …/queues/{queue}/items`: what is in a queue, and putting sessions in.

use std::sync::Arc;

use argus_session::filter::Filter;
use argus_store::{ItemQuery, SessionQuery};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::item::{QueueItemView, StateName};
use super::{no_queue, viewer};
use crate::api::extract::{Input, Params, Segments};
use crate::api::reply::{self, Page};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueItemParams {
    /// Those in this state only.
    #[param(inline)]
    state: Option<StateName>,
    /// Where to go on: `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    #[serde(default = "default_limit")]
    #[param(default = 50, minimum = 1, maximum = 200)]
    limit: usize,
}

const fn default_limit() -> usize {
    50
}

/// The items of a queue whose sessions the reader may read, in the order in which they came.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/queues/{queue}/items", tag = "queues", operation_id = "list_queue_items",
    params(("workspace" = String, Path), ("queue" = String, Path), QueueItemParams), responses((status = 200, body = Page<QueueItemView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    Params(params): Params<QueueItemParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let page = app
        .blocking(move || {
            let query = ItemQuery {
                state: params.state.map(Into::into),
                limit: params.limit.clamp(1, 200),
                cursor: params.cursor,
            };
            let found = access
                .workspace
                .queue_items(&queue, &query, &viewer(&access))?
                .ok_or_else(no_queue)?;
            let items = found
                .items
                .into_iter()
                .map(|item| QueueItemView::of(&of_app, &access, item))
                .collect::<Result<_, _>>()?;
            Ok(Page {
                items,
                next: found.next,
            })
        })
        .await?;
    reply::json(&headers, &page)
}

/// Sessions to be put into a queue.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewQueueItems)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemsInput {
    /// These sessions, at most 500.
    #[serde(default)]
    sessions: Vec<String>,
    /// Or the newest 500 that this filter finds.
    #[serde(default)]
    filter: Option<String>,
    /// The turn, of one session. In a queue of turns, one of each session's turns is drawn where none is named.
    #[serde(default)]
    turn: Option<String>,
    /// Why.
    reason: String,
}

/// What was put in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueItemsAdded)]
pub(crate) struct AddedView {
    /// How many: those that were in it are not put in again.
    added: u64,
}

/// Puts sessions into a queue by hand.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queues/{queue}/items", tag = "queues", operation_id = "add_queue_items",
    params(("workspace" = String, Path), ("queue" = String, Path)), request_body = ItemsInput, responses((status = 200, body = AddedView)))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(new): Input<ItemsInput>,
) -> Result<Response, Refusal> {
    let added = app
        .blocking(move || {
            let sessions = match (&new.filter, new.sessions.is_empty()) {
                (Some(text), true) => {
                    let filter = Filter::parse(text).map_err(|error| {
                        let refusal = Refusal::new(ErrorCode::InvalidRequest, error.to_string());
                        refusal.at("/filter".to_owned())
                    })?;
                    let query = SessionQuery {
                        filter,
                        scope: access.scope.clone(),
                        reader: access.reader(),
                        ..SessionQuery::default()
                    };
                    access.workspace.sessions_for_queue(&query)?
                }
                (None, false) => new.sessions,
                _ => {
                    let detail = "name sessions, or a filter that finds them: one of both";
                    return Err(Refusal::new(ErrorCode::InvalidRequest, detail));
                }
            };
            let actor = access.principal.actor();
            let turn = new.turn.as_deref();
            Ok(access.workspace.add_to_queue(
                &queue,
                &sessions,
                turn,
                &new.reason,
                &actor,
                &access.scope,
            )?)
        })
        .await?;
    reply::json(&headers, &AddedView { added })
}
