//! Sessions: the list, one's head, its turns, its steps, their texts.

pub(crate) mod content;
pub(crate) mod conversation;
pub(crate) mod download;
pub(crate) mod errors;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod find;
pub(crate) mod get;
pub(super) mod gone;
pub(crate) mod list;
pub(crate) mod make_private;
mod reading;
pub(crate) mod records;
pub(crate) mod step;
pub(crate) mod step_kinds;
pub(crate) mod steps;
pub(crate) mod timeline;
pub(crate) mod turn;
pub(crate) mod turns;
pub(crate) mod uses;

use std::sync::Arc;

use argus_session::{Step, Turn};
use argus_store::{FlatStep, Outline, SessionVersion};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// A part of a long list, by place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Slice<T> {
    items: Vec<T>,
    /// Length of the whole list.
    total: u64,
    /// The session's state that this is of: another one, and places may have moved.
    version: String,
}

/// A turn without its steps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnRow {
    #[serde(flatten)]
    turn: Turn,
    /// The place of its first step in the session's one list of steps.
    first_step: u64,
}

/// A step and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepRow {
    /// Its place in the list that was asked for.
    index: u64,
    turn_id: String,
    turn_index: u32,
    step: Step,
}

impl StepRow {
    fn of(found: FlatStep, outline: &Outline) -> Self {
        Self {
            index: found.index,
            turn_id: outline.turns[found.turn].id.clone(),
            turn_index: u32::try_from(found.turn).unwrap_or(u32::MAX),
            step: found.step,
        }
    }
}

/// A session that may be read: its state, once its view is noted.
///
/// # Errors
/// Not found when there is none, or it is not the reader's; gone when it was made private or erased.
pub(super) fn open(app: &App, access: &Access, id: &str) -> Result<SessionVersion, Refusal> {
    let workspace = &access.workspace;
    let Some(version) = workspace.session_version(id, &access.scope)? else {
        app.outlines.forget(workspace, id);
        return Err(gone::gone(workspace, id, &access.scope)?);
    };
    // No look without its act.
    workspace.view(id, &access.principal.actor())?;
    Ok(version)
}

pub(super) fn no_session() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "there is no such session that you may read: it may have been erased",
    )
}

/// The session's state in a word.
fn version_name(version: SessionVersion) -> String {
    format!("r{}", version.record)
}

/// The tag of answers that depend on a session's records alone.
fn version_etag(version: SessionVersion) -> String {
    format!("\"r{}-{}\"", version.record, env!("CARGO_PKG_VERSION"))
}

fn outline(
    app: &App,
    access: &Access,
    id: &str,
    version: SessionVersion,
) -> Result<Arc<Outline>, Refusal> {
    Ok(app.outlines.get(&access.workspace, id, version.record)?)
}
