//! `GET …/tombstones`: what stands where sessions were.

use std::sync::Arc;

use argus_store::{ActorKind, OptOut, Tombstone, TombstoneKind};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actors::name_of;
use super::capture_policy::OptOutName;
use super::extract::Params;
use super::reply::{self, Page};
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Most rows of a page.
const LIMIT_MAX: usize = 200;

/// What became of a session.
#[derive(Debug, ToSchema)]
#[schema(as = TombstoneKind, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum TombstoneKindName {
    /// Its person made it private: it is erased.
    Private,
    /// Somebody else erased it.
    Erased,
    /// Its person made it private: its content is gone, its structure is there.
    ContentOff,
}

/// What stands where a session was.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tombstone)]
pub(crate) struct TombstoneView {
    /// The session id's keyed hash, hex: the id itself is gone.
    session_hash: String,
    #[schema(value_type = TombstoneKindName)]
    kind: TombstoneKind,
    /// The policy that it was done by; null where somebody erased it.
    #[schema(required = true, value_type = Option<OptOutName>)]
    policy: Option<OptOut>,
    at: Time,
    /// Who did it: an account's name, a key's id; null of what was erased before this was noted.
    #[schema(required = true)]
    by: Option<String>,
    /// True when a key did it: a capture client.
    by_key: bool,
    /// The person, by e-mail address, where the key or the account is one's.
    #[schema(required = true)]
    person: Option<String>,
    /// The projects that it was of, as far as they were known.
    projects: Vec<String>,
}

impl TombstoneView {
    fn of(app: &App, tombstone: Tombstone) -> Result<Self, Refusal> {
        let by_key = tombstone
            .by
            .as_ref()
            .is_some_and(|by| by.kind == ActorKind::Key);
        Ok(Self {
            session_hash: tombstone.session,
            kind: tombstone.kind,
            policy: tombstone.policy,
            at: Time(tombstone.at_us),
            by: tombstone.by.map(|by| name_of(app, by)).transpose()?,
            by_key,
            person: tombstone.person,
            projects: tombstone.projects,
        })
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TombstoneParams {
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

/// What stands where sessions were, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/tombstones", tag = "capture", operation_id = "list_tombstones",
    params(("workspace" = String, Path), TombstoneParams), responses((status = 200, body = Page<TombstoneView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<TombstoneParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let limit = params.limit.clamp(1, LIMIT_MAX);
    let after = params.cursor.as_deref().map(place).transpose()?;
    let of_app = app.clone();
    let page = app
        .blocking(move || {
            let after = after.as_ref().map(|(at_us, hash)| (*at_us, hash.as_str()));
            let mut found = access
                .workspace
                .tombstones(&access.scope, after, limit + 1)?;
            let next = (found.len() > limit).then(|| {
                let last = &found[limit - 1];
                format!("{}-{}", last.at_us, last.session)
            });
            found.truncate(limit);
            let items = found
                .into_iter()
                .map(|tombstone| TombstoneView::of(&of_app, tombstone));
            Ok(Page {
                items: items.collect::<Result<_, _>>()?,
                next,
            })
        })
        .await?;
    reply::json(&headers, &page)
}

/// A place in the list.
fn place(cursor: &str) -> Result<(i64, String), Refusal> {
    let wrong = || Refusal::new(ErrorCode::InvalidRequest, "this cursor is of no page");
    let (at_us, hash) = cursor.split_once('-').ok_or_else(wrong)?;
    let at_us = at_us.parse().map_err(|_| wrong())?;
    let is_hash = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash {
        Ok((at_us, hash.to_owned()))
    } else {
        Err(wrong())
    }
}
