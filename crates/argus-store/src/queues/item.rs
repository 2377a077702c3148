//! Rows of items and of who has to do with them.

use std::collections::BTreeMap;

use argus_session::Random;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::set_up::Held;
use super::settings::QueueKind;
use super::state::{ItemState, Part, Submission};
use super::step::{Assignment, Item};
use crate::key_ring::{IdHash, KeyRing};
use crate::redaction::TypedBody;
use crate::reviews::blind::{self, Blindness};
use crate::sqlite::records;
use crate::{StoreError, seal};

/// Why an item is in its queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Somebody put it in.
    Hand {
        /// What they said about it.
        text: String,
    },
    /// It was among the first that ran a new version of a skill.
    NewSkillVersion {
        /// The skill.
        skill: String,
        /// The hash of its folder, hex.
        hash: String,
        /// The how-manieth session it was, from 1 on.
        place: u32,
    },
    /// It was drawn at random.
    Random {
        /// What by.
        seed: String,
        /// The project that was drawn from.
        project: String,
        /// The first moment of the week, microseconds UTC.
        week_us: i64,
        /// How many there were.
        population: u64,
        /// How many were drawn.
        drawn: u64,
    },
    /// Something in it failed.
    Errors {},
    /// Its first answer was not accepted as it was.
    NotAccepted {},
    /// A filter found it.
    View {
        /// The filter.
        filter: String,
    },
    /// Not told: the item is blind, and why it is there may say what others judged. Never stored.
    Hidden {},
}

/// An item as somebody sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueItem {
    /// Its id.
    pub id: String,
    /// Its queue's id.
    pub queue: String,
    /// The session.
    pub session_id: String,
    /// The turn, where it is one.
    pub turn: Option<String>,
    /// Its state, as far as the viewer may know.
    pub state: ItemState,
    /// Why it is there; `None` when that went with the session's content. While what others said is hidden, only who manages is
    /// told.
    pub reason: Option<Reason>,
    /// Since when it is there, microseconds UTC.
    pub at_us: i64,
    /// When it is due, microseconds UTC.
    pub due_at_us: Option<i64>,
    /// Until when the viewer has it, microseconds UTC.
    pub reserved_until_us: Option<i64>,
    /// What the viewer has to do with it.
    pub mine: Option<Part>,
    /// How many it needs.
    pub reviewers: u32,
    /// How many are done; `None` while the viewer may not know.
    pub reviewers_done: Option<u32>,
    /// Whether what others said is hidden.
    pub is_blind: bool,
    /// Who has to do with it, and what they said: once it is not blind. Before, for who manages: who, not what.
    pub parts: Vec<SeenPart>,
    /// What was decided; while what others said is hidden, only who decided it is told.
    pub decision: Option<DecisionText>,
    /// Whether reviewers are compared with a reference here; only who manages is told.
    pub is_gold: Option<bool>,
}

/// Somebody's part in an item, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPart {
    /// The account's id.
    pub account: String,
    /// What they have to do with it.
    pub part: Part,
    /// When that was, microseconds UTC.
    pub at_us: i64,
    /// What they said; `None` while it is hidden.
    pub submission: Option<Submission>,
    /// Why they skipped it.
    pub skip_reason: Option<String>,
}

/// What was decided of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionText {
    /// Why.
    pub text: Option<String>,
    /// The account that decided.
    pub account: String,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// The verdict that holds.
    pub verdict: Option<String>,
    /// The review with the score that holds.
    pub score_review: Option<u64>,
    /// That score in basis points.
    pub basis_points: Option<i64>,
    /// Whether that score is a pass.
    pub passed: Option<bool>,
}

/// A row of an item.
#[derive(Debug, Clone)]
pub(super) struct ItemRow {
    pub(super) id: i64,
    pub(super) queue: String,
    pub(super) session: i64,
    pub(super) turn: String,
    /// From whom what is said of it is hidden for its own sake.
    pub(super) blindness: Blindness,
    /// Whether what others said of its session is hidden from everybody, by this item or by one of another queue.
    pub(super) is_hidden: bool,
    /// Whether it is hidden from who does not manage queues.
    pub(super) is_kept: bool,
    /// Its state, as it is stored.
    pub(super) state: i64,
    pub(super) is_gold: bool,
    pub(super) is_revealed: bool,
    pub(super) is_decided: bool,
    pub(super) at_us: i64,
    pub(super) due_at_us: Option<i64>,
    pub(super) reason: Option<Vec<u8>>,
    pub(super) decision: Option<Vec<u8>>,
}

impl ItemRow {
    pub(super) fn turn(&self) -> Option<&str> {
        (!self.turn.is_empty()).then_some(self.turn.as_str())
    }
}

/// The columns of a row, of the table named `i`.
pub(super) const COLUMNS: &str = "i.id, i.queue, i.session, i.turn, i.is_blind, i.is_gold, i.is_revealed, i.is_decided, i.at_us, i.due_at_us, i.reason, i.decision,
    (i.is_blind = 1 OR EXISTS (SELECT 1 FROM blind_sessions b WHERE b.session = i.session AND b.items > 0)),
    (i.is_blind > 0 OR EXISTS (SELECT 1 FROM blind_sessions b WHERE b.session = i.session)), i.state";

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<ItemRow> {
    Ok(ItemRow {
        id: row.get(0)?,
        queue: row.get(1)?,
        session: row.get(2)?,
        turn: row.get(3)?,
        blindness: Blindness::from_number(row.get(4)?),
        is_gold: row.get(5)?,
        is_revealed: row.get(6)?,
        is_decided: row.get(7)?,
        at_us: row.get(8)?,
        due_at_us: row.get(9)?,
        reason: row.get(10)?,
        decision: row.get(11)?,
        is_hidden: row.get(12)?,
        is_kept: row.get(13)?,
        state: row.get(14)?,
    })
}

pub(super) fn one(connection: &Connection, id: &str) -> Result<Option<ItemRow>, StoreError> {
    let Ok(number) = id.parse::<i64>() else {
        return Ok(None);
    };
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM queue_items i WHERE i.id = ?1"
        ))?
        .query_row([number], row)
        .optional()?)
}

/// The items of a queue.
pub(super) fn rows_of(connection: &Connection, queue: &str) -> Result<Vec<ItemRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM queue_items i WHERE i.queue = ?1"
    ))?;
    let rows = statement.query_map([queue], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row of who has to do with an item.
pub(super) struct PartRow {
    pub(super) of: Assignment,
    pub(super) at_us: i64,
    pub(super) sealed: Option<Vec<u8>>,
}

/// Who has to do with an item.
pub(super) fn parts(connection: &Connection, item: i64) -> Result<Vec<PartRow>, StoreError> {
    let mut of = parts_of(connection, [item])?;
    Ok(of.remove(&item).unwrap_or_default())
}

/// Who has to do with each of these items, in one look; nothing of one that nobody has to do with.
pub(super) fn parts_of(
    connection: &Connection,
    items: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Vec<PartRow>>, StoreError> {
    let items = serde_json::to_string(&items.into_iter().collect::<Vec<_>>()).unwrap_or_default();
    let mut statement = connection.prepare_cached(
        "SELECT account, part, until_us, at_us, verdict, verdict_review, score_review, number, passed, is_auto_failed, sealed, item
         FROM json_each(?1) asked CROSS JOIN queue_assignments ON item = asked.value ORDER BY item, at_us, account",
    )?;
    let rows = statement.query_map([items], |row| {
        let part = Part::from_number(row.get(1)?).unwrap_or(Part::Released);
        let submission = Submission {
            verdict: row.get(4)?,
            verdict_review: row.get(5)?,
            score_review: row.get(6)?,
            basis_points: row.get(7)?,
            passed: row.get(8)?,
            is_auto_failed: row.get(9)?,
        };
        let found = PartRow {
            of: Assignment {
                account: row.get(0)?,
                part,
                until_us: row.get(2)?,
                submission: (part == Part::Done).then_some(submission),
            },
            at_us: row.get(3)?,
            sealed: row.get(10)?,
        };
        Ok((row.get(11)?, found))
    })?;
    let mut all: BTreeMap<i64, Vec<PartRow>> = BTreeMap::new();
    for row in rows {
        let (item, part) = row?;
        all.entry(item).or_default().push(part);
    }
    Ok(all)
}

/// An item as [`super::step`] knows it.
pub(super) fn loaded(
    connection: &Connection,
    queue: &Held,
    row: &ItemRow,
) -> Result<Item, StoreError> {
    let parts = parts(connection, row.id)?;
    Ok(with_parts(
        queue,
        row,
        parts.into_iter().map(|part| part.of).collect(),
    ))
}

pub(super) fn with_parts(queue: &Held, row: &ItemRow, assignments: Vec<Assignment>) -> Item {
    Item {
        is_calibration: queue.settings.kind == QueueKind::Calibration,
        is_gold: row.is_gold,
        is_handed_out: queue.has_gold,
        reviewers: queue.settings.reviewers_per_item,
        is_revealed: row.is_revealed,
        is_decided: row.is_decided,
        is_closed: queue.is_closed,
        assignments,
    }
}

/// From whom what is said of an item is hidden.
pub(super) fn blindness_of(queue: &Held, item: &Item, now_us: i64) -> Blindness {
    if item.is_closed || !(queue.settings.is_blind || queue.has_gold) {
        Blindness::Open
    } else if !item.state(now_us).is_settled() {
        Blindness::Blind
    } else if queue.has_gold {
        Blindness::Kept
    } else {
        Blindness::Open
    }
}

/// Writes an item after a step: its state, who has to do with it, and from whom its session's reviews are hidden.
pub(super) fn store(
    transaction: &Transaction<'_>,
    queue: &Held,
    row: &ItemRow,
    after: &Item,
    now_us: i64,
) -> Result<(), StoreError> {
    let blindness = blindness_of(queue, after, now_us);
    transaction
        .prepare_cached("UPDATE queue_items SET state = ?2, is_blind = ?3, is_revealed = ?4, is_decided = ?5 WHERE id = ?1")?
        .execute(params![
            row.id,
            after.state(now_us).number(),
            blindness.number(),
            after.is_revealed,
            after.is_decided
        ])?;
    if row.blindness != blindness {
        blind::note(transaction, row.session)?;
    }
    let before: Vec<Assignment> = parts(transaction, row.id)?
        .into_iter()
        .map(|part| part.of)
        .collect();
    for one in after.assignments.iter().filter(|one| !before.contains(one)) {
        let said = one.submission.clone().unwrap_or_default();
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO queue_assignments (item, account, part, until_us, at_us, verdict, verdict_review, score_review, number,
                     passed, is_auto_failed, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL)",
            )?
            .execute(params![
                row.id,
                one.account,
                one.part.number(),
                one.until_us,
                now_us,
                said.verdict,
                said.verdict_review,
                said.score_review,
                said.basis_points,
                said.passed,
                said.is_auto_failed,
            ])?;
    }
    Ok(())
}

/// What texts of an item are bound to.
pub(crate) const ASSOCIATED: &[u8] = b"queue item";

/// Seals something of an item under its session's key.
pub(super) fn sealed(
    keys: &KeyRing,
    session: IdHash,
    body: &TypedBody,
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    let key = keys.session_key(session)?.ok_or(StoreError::NotFound {
        what: "session",
        name: String::new(),
    })?;
    Ok(seal::seal(&key, ASSOCIATED, &[0; 32], body.bytes(), random))
}

/// Opens something of an item; `None` when it is gone.
pub(super) fn opened<T: DeserializeOwned>(
    connection: &Connection,
    keys: &KeyRing,
    session: i64,
    sealed: Option<&[u8]>,
) -> Result<Option<T>, StoreError> {
    let (Some(sealed), Some((_, hash))) = (sealed, records::session_of(connection, session)?)
    else {
        return Ok(None);
    };
    let Some(key) = keys.session_key(hash)? else {
        return Ok(None);
    };
    let (_, content) = seal::open(&key, ASSOCIATED, sealed)?;
    serde_json::from_slice(&content)
        .map(Some)
        .map_err(|_| StoreError::Corrupt {
            table: "queue_items",
            what: "a text of an item".to_owned(),
        })
}

pub(super) fn refused(refusal: Refusal) -> StoreError {
    StoreError::Conflict(refusal.to_string())
}

pub(super) fn no_item(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "item of a queue",
        name: id.to_owned(),
    }
}
