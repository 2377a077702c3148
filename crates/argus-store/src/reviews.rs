//! Reviews: what people say of sessions and turns. Verdicts, tags, comments, corrected answers, scores.
//!
//! Each is an act. Its body, with all that was typed, is sealed under the session's key and goes with the session; its leaf
//! holds a salted commitment and stays. Nothing is overwritten: who says something new of the same thing adds a row, and the
//! one before is no longer current. What may be seen of a session that is reviewed blind is decided in [`reader`] alone.

mod anchors;
mod answers;
pub(crate) mod blind;
mod comments;
mod gone;
mod judgements;
mod kind;
mod mentions;
mod names;
pub(crate) mod read;
mod reader;
mod summary;
mod tags;
mod typed;
mod verdicts;
pub(crate) mod write;

pub use anchors::{Anchor, AnchorState, NewAnchor};
pub use answers::{CorrectedAnswer, NewAnswer};
pub use comments::{Comment, CommentChange, CommentEdit, CommentVersion, NewComment};
pub use judgements::Judgements;
pub use kind::ReviewKind;
pub use mentions::{Mention, Mentions};
pub use read::{Review, StandingReview};
pub use reader::ReviewReader;
pub use summary::{ReviewChanges, ReviewSummary};
pub use tags::{NewTag, Tag};
pub use verdicts::{NewVerdict, Verdict, VerdictWord};
pub use write::{NewReview, ReviewChange};

pub(crate) use gone::{remove_of_session, remove_texts_of_session};
pub(crate) use read::{body_of, standing_of};
pub(crate) use reader::{account_author, author_of};
pub(crate) use write::{ReadyReview, WrittenReview, associated};

/// The tables, as they were made first.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE reviews (
        act INTEGER PRIMARY KEY, session INTEGER NOT NULL, kind INTEGER NOT NULL, turn TEXT NOT NULL, author TEXT NOT NULL,
        at_us INTEGER NOT NULL, word TEXT NOT NULL, number INTEGER, root INTEGER NOT NULL, is_current INTEGER NOT NULL,
        stands INTEGER NOT NULL, queue_item TEXT, started_at_us INTEGER NOT NULL, sealed BLOB
    ) STRICT;
    CREATE INDEX reviews_session ON reviews (session, kind, turn, author, word);
    CREATE INDEX reviews_word ON reviews (kind, word, started_at_us, session) WHERE stands = 1;
    CREATE INDEX reviews_number ON reviews (kind, number, session) WHERE stands = 1 AND number IS NOT NULL;
    CREATE INDEX reviews_author ON reviews (author, started_at_us, session) WHERE stands = 1;
    CREATE TABLE blind_sessions (session INTEGER PRIMARY KEY, items INTEGER NOT NULL) STRICT;
    CREATE TABLE mentions (
        account TEXT NOT NULL, act INTEGER NOT NULL, session INTEGER NOT NULL, read_at_us INTEGER, PRIMARY KEY (account, act)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentions_session ON mentions (session);";

/// When judgements that stand were given: filters ask for those of a time.
pub(crate) const JUDGED: &str = "
    CREATE INDEX reviews_at ON reviews (kind, at_us, word, session) WHERE stands = 1;";

/// What people who review are called, as they were when they last did: filters ask for names. Reviews no longer hold when
/// their session started.
pub(crate) const REVIEWERS: &str = "
    DROP INDEX reviews_word;
    DROP INDEX reviews_author;
    ALTER TABLE reviews DROP COLUMN started_at_us;
    CREATE INDEX reviews_word ON reviews (kind, word, session, author) WHERE stands = 1;
    CREATE INDEX reviews_author ON reviews (author, session) WHERE stands = 1;
    CREATE TABLE reviewers (
        author TEXT PRIMARY KEY, name TEXT NOT NULL, name_lower TEXT NOT NULL, email TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;";
