//! What people say of a session: verdicts, tags, comments, corrected answers.
//!
//! Each is an act of its own, nothing is overwritten. While a session is reviewed blind everybody is told their own only: the
//! store decides that.

pub(crate) mod answer;
pub(crate) mod change_comment;
pub(crate) mod comment;
pub(crate) mod get;
pub(crate) mod tag;
pub(crate) mod verdict;
mod views;

use argus_store::{Judgements, ReviewKind};

pub(crate) use views::{AnswerView, CommentView, TagView, VerdictView};

use super::sessions::gone;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Longest body that a corrected answer may have: its text, escaped.
pub(super) const ANSWER_BYTES_MAX: usize = 512 * 1024;

/// A session that is to be judged may be read. Judging is no reading: it is its own act.
///
/// # Errors
/// Not found when there is none, or it is not the reader's; gone when it was made private or erased.
fn find(access: &Access, id: &str) -> Result<(), Refusal> {
    let workspace = &access.workspace;
    match workspace.session_version(id, &access.scope)? {
        Some(_) => Ok(()),
        None => Err(gone::gone(workspace, id, &access.scope)?),
    }
}

/// What was said of a session, as the reader sees it.
fn judgements(access: &Access, id: &str, kinds: &[ReviewKind]) -> Result<Judgements, Refusal> {
    let workspace = &access.workspace;
    match workspace.judgements(id, kinds, &access.scope, &access.reader())? {
        Some(found) => Ok(found),
        None => Err(gone::gone(workspace, id, &access.scope)?),
    }
}

/// What was written a moment ago and is not there any more: its session was erased meanwhile.
fn not_there(app: &App, access: &Access, id: &str) -> Refusal {
    app.outlines.forget(&access.workspace, id);
    super::sessions::no_session()
}
