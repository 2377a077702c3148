//! Review queues: what is to be judged, by whom, and how far that is.
//!
//! What can happen to an item is decided in [`step`], pure; what a rule adds, in `fill`, pure. Settings are sealed
//! under the workspace's key; why an item is in a queue, why it was skipped and what was decided, under its session's key.
//! While an item of a blind queue is not settled, its session stands in `blind_sessions`; where references stand, until the queue
//! is closed.

mod act;
mod add;
mod adjudicate;
mod counts;
mod decisions;
mod dispute;
pub(crate) mod fill;
mod gold;
mod gone;
mod item;
mod list;
mod mine;
mod rates;
mod refusal;
mod set_up;
mod settings;
mod shown;
pub(crate) mod state;
mod step;
mod trust;

pub use adjudicate::Decision;
pub use decisions::SessionDecision;
pub use fill::FillReport;
pub use gold::{Gold, NewGold};
pub use item::{DecisionText, QueueItem, Reason, SeenPart};
pub use list::{ItemQuery, QueueViewer};
pub use mine::{MyQueue, NextItem};
pub use rates::Rates;
pub use set_up::{Mine, Queue, StateCounts};
pub use settings::{QueueKind, QueueSettings, Rule};
pub use trust::{GoldJudgement, JudgedItem, JudgedItems, Judgement, SampledStratum, TrustQuery};

pub(crate) use fill::Drawn;
pub(crate) use gone::{remove_of_session, remove_texts_of_session};
pub(crate) use item::ASSOCIATED as ITEM;
pub(crate) use set_up::associated as set_up_associated;
pub(crate) use shown::shown_since;

/// The tables.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE queues (
        id TEXT PRIMARY KEY, revision INTEGER NOT NULL, is_closed INTEGER NOT NULL, at_us INTEGER NOT NULL, sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE queue_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, session INTEGER NOT NULL, turn TEXT NOT NULL, state INTEGER NOT NULL,
        is_blind INTEGER NOT NULL, is_gold INTEGER NOT NULL, is_revealed INTEGER NOT NULL, is_decided INTEGER NOT NULL,
        at_us INTEGER NOT NULL, due_at_us INTEGER, sample INTEGER, reason BLOB, decision BLOB, UNIQUE (queue, session, turn)
    ) STRICT;
    CREATE INDEX queue_items_state ON queue_items (queue, state, id);
    CREATE INDEX queue_items_session ON queue_items (session);
    CREATE INDEX queue_items_sample ON queue_items (sample) WHERE sample IS NOT NULL;
    CREATE TABLE queue_assignments (
        item INTEGER NOT NULL, account TEXT NOT NULL, part INTEGER NOT NULL, until_us INTEGER NOT NULL, at_us INTEGER NOT NULL,
        verdict TEXT, verdict_review INTEGER, score_review INTEGER, number INTEGER, passed INTEGER, is_auto_failed INTEGER NOT NULL,
        sealed BLOB, PRIMARY KEY (item, account)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX queue_assignments_account ON queue_assignments (account, part, item);
    CREATE TABLE queue_samples (
        n INTEGER PRIMARY KEY, queue TEXT NOT NULL, seed TEXT NOT NULL, project TEXT NOT NULL, from_us INTEGER NOT NULL,
        population INTEGER NOT NULL, drawn INTEGER NOT NULL, at_us INTEGER NOT NULL, UNIQUE (queue, seed, project, from_us)
    ) STRICT;
    CREATE TABLE gold (
        session INTEGER NOT NULL, turn TEXT NOT NULL, rubric TEXT NOT NULL, version INTEGER NOT NULL, verdict TEXT, number INTEGER,
        author TEXT NOT NULL, at_us INTEGER NOT NULL, sealed BLOB, PRIMARY KEY (session, turn, rubric)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX gold_rubric ON gold (rubric);";

/// Indexes by which items are counted, and pages of them and references found, without a look at each. What is settled in an open
/// queue with references is hidden again.
pub(crate) const COUNTED: &str = "
    DROP INDEX queue_items_state;
    CREATE INDEX queue_items_counted ON queue_items (queue, state, due_at_us, is_blind, session);
    CREATE INDEX queue_items_placed ON queue_items (queue, id);
    CREATE INDEX queue_items_gold ON queue_items (queue) WHERE is_gold = 1;
    UPDATE queue_items SET is_blind = 2 WHERE is_blind = 0 AND queue IN (SELECT queue FROM queue_items WHERE is_gold = 1)
        AND queue IN (SELECT id FROM queues WHERE is_closed = 0);
    INSERT OR IGNORE INTO blind_sessions (session, items) SELECT DISTINCT session, 0 FROM queue_items WHERE is_blind = 2;";
