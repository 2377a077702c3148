//! The fold: records in any order → one session.

use std::collections::BTreeSet;

use crate::document::{Session, SessionDocument, Step, Turn};
use crate::Record;

/// What one record did to the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was new and is part of the session now.
    New,
    /// The fold knew it, or knows a content that beats it.
    Known,
    /// It beats a content that was applied: the caller folds the session's records anew.
    Refold,
}

/// The state of one session.
#[derive(Debug, Default)]
pub struct Fold {
    session_id: String,
}

impl Fold {
    /// An empty session.
    #[must_use]
    pub fn new(session_id: &str) -> Self {
        Self { session_id: session_id.to_owned() }
    }

    /// Takes one record. Constant cost, whatever the session's length.
    pub fn apply(&mut self, record: &Record) -> Applied {
        let _ = record;
        Applied::New
    }

    /// The turns that changed since the last call (new ones included), by id.
    pub fn take_changed_turns(&mut self) -> BTreeSet<String> {
        BTreeSet::new()
    }

    /// One turn with its steps, as far as the records tell. `index` and `branch` are given by [`finish`].
    #[must_use]
    pub fn turn(&self, turn_id: &str) -> Option<(Turn, Vec<Step>)> {
        let _ = turn_id;
        None
    }

    /// The session's head with its totals. Cost: the number of turns, not of steps.
    #[must_use]
    pub fn session(&self) -> Session {
        Session { id: self.session_id.clone(), conversation: self.session_id.clone(), ..Session::default() }
    }

    /// The whole document, with references, without texts.
    #[must_use]
    pub fn document(&self) -> SessionDocument {
        SessionDocument { session: self.session(), turns: Vec::new() }
    }
}

/// Puts turns in order and gives each its `index` and `branch`: what only the whole set of turns can tell.
pub fn finish(turns: &mut Vec<Turn>) {
    turns.sort_by(|a, b| (a.started_at.is_none(), a.started_at, &a.id).cmp(&(b.started_at.is_none(), b.started_at, &b.id)));
    for (index, turn) in turns.iter_mut().enumerate() {
        turn.index = u32::try_from(index).unwrap_or(u32::MAX);
    }
}
