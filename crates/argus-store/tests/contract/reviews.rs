//! Reviews: written as acts, read by those who may, gone with their session.

mod anchors;
mod comments;
mod judged;
mod lists;
mod write;

use argus_store::{Actor, NewReview, ReadScope, Review, ReviewKind, ReviewReader, Workspace};
use serde_json::{Value, json};

use crate::support::{TestStore, conversation, new_store, put, settle};

/// Two people who judge, as acts name them.
pub(crate) const ADA: &str = "acc_ada";
pub(crate) const BO: &str = "acc_bo";

pub(crate) fn person(id: &str) -> Actor {
    Actor::account(id)
}

pub(crate) fn reader(id: &str) -> ReviewReader {
    ReviewReader::of(&person(id))
}

/// A store with a conversation of a turn in each of these sessions.
pub(crate) fn with_sessions(sessions: &[&str]) -> TestStore {
    let test = new_store();
    for (place, session) in (0_u32..).zip(sessions) {
        put(
            &test.workspace,
            conversation(session, "a question", "an answer", place * 60),
        );
    }
    settle(&test.workspace);
    test
}

/// The id of the one turn of a session made by `conversation`.
pub(crate) fn turn_of(workspace: &Workspace, session: &str) -> String {
    workspace.turns(session).unwrap()[0].id.clone()
}

pub(crate) fn verdict(session: &str, turn: Option<&str>, word: &str) -> NewReview<Value> {
    NewReview {
        session_id: session.to_owned(),
        kind: ReviewKind::Verdict,
        turn: turn.map(str::to_owned),
        word: word.to_owned(),
        number: None,
        stands: word != "withdrawn",
        queue_item: None,
        changes: None,
        body: json!({"reason": format!("because it is {word}")}),
    }
}

pub(crate) fn seen(workspace: &Workspace, session: &str, by: &ReviewReader) -> Vec<Review> {
    workspace
        .reviews(session, &ReviewKind::ALL, &ReadScope::all(), by)
        .unwrap()
        .unwrap_or_default()
}
