//! The workspace's rubrics: versions, precedents, and the starters that every workspace has.
//!
//! Definitions are sealed under the workspace's key; the arithmetic of scores is [`argus_insight::rubric`]'s. A starter that
//! nobody used or changed has no row: its text is the one that this release was built with. What uses one writes it down first
//! (`Keeping`), so that a score's version never changes under it.

mod precedents;
mod read;
mod write;

pub use precedents::{NewPrecedent, Precedent};
pub use read::StoredRubric;

pub(crate) use precedents::ASSOCIATED as PRECEDENT;
pub(crate) use precedents::{
    add as add_precedent, check_text, remove_of_session as remove_precedents_of_session,
    seal as seal_precedent,
};
pub(crate) use read::newest_version;
pub(crate) use write::Keeping;

/// The tables.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE rubrics (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, is_retired INTEGER NOT NULL, changed_at_us INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE rubric_versions (
        rubric TEXT NOT NULL, version INTEGER NOT NULL, at_us INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (rubric, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE rubric_precedents (
        n INTEGER PRIMARY KEY, rubric TEXT NOT NULL, session INTEGER, turn TEXT NOT NULL, author TEXT NOT NULL,
        at_us INTEGER NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX rubric_precedents_rubric ON rubric_precedents (rubric, n);
    CREATE INDEX rubric_precedents_session ON rubric_precedents (session) WHERE session IS NOT NULL;";

/// What a sealed definition is bound to.
pub(crate) fn associated(rubric: &str, version: u32) -> Vec<u8> {
    format!("rubric {rubric} {version}").into_bytes()
}
