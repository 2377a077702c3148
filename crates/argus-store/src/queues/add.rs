//! Putting sessions into a queue.

use std::collections::BTreeSet;

use argus_insight::rubric::Scope;
use argus_insight::sample;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::json;

use super::item::{self, Reason};
use super::set_up::{Held, open_queue};
use crate::key_ring::IdHash;
use crate::limits::{QUEUE_ADDED_MAX, QUEUE_ITEMS_MAX};
use crate::query::SessionQuery;
use crate::redaction::TypedBody;
use crate::reviews::blind;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError};

/// A session to be put in.
#[derive(Debug, Clone)]
pub(super) struct Addition {
    pub(super) session: i64,
    /// The turn; `None` in a queue of turns: one of the session's turns is drawn.
    pub(super) turn: Option<String>,
    pub(super) reason: Reason,
    /// The sample that it was drawn in.
    pub(super) sample: Option<i64>,
}

impl Workspace {
    /// Puts sessions into a queue by hand; how many were put in: those that are in it already are not put in again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when one of the sessions is not there or `scope` does not let it be read; [`StoreError::Invalid`]
    /// when a turn is named for several, or a limit is passed.
    pub fn add_to_queue(
        &self,
        queue: &str,
        sessions: &[String],
        turn: Option<&str>,
        reason: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        crate::rubrics::check_text(reason)?;
        if sessions.len() > QUEUE_ADDED_MAX {
            return Err(StoreError::Invalid(format!(
                "at most {QUEUE_ADDED_MAX} sessions are put in at once: narrow it down, or put them in in parts"
            )));
        }
        if turn.is_some() && sessions.len() != 1 {
            return Err(StoreError::Invalid(
                "a turn is one of a session: name that session alone".to_owned(),
            ));
        }
        let mut additions = Vec::with_capacity(sessions.len());
        for id in sessions {
            let (session, _) = self.session_to_judge(id, scope)?;
            if let Some(turn) = turn {
                self.check_turns(session, &[turn])?;
            }
            additions.push(Addition {
                session,
                turn: turn.map(str::to_owned),
                reason: Reason::Hand {
                    text: reason.to_owned(),
                },
                sample: None,
            });
        }
        self.put_into_queue(queue, additions, Vec::new(), actor)
    }

    /// The ids of the newest sessions that a filter finds, as many as are put in at once.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sessions_for_queue(&self, query: &SessionQuery) -> Result<Vec<String>, StoreError> {
        let query = SessionQuery {
            limit: QUEUE_ADDED_MAX,
            cursor: None,
            ..query.clone()
        };
        let found = self.numbers(&query)?;
        self.read(|connection| {
            found
                .into_iter()
                .filter_map(|n| match records::session_of(connection, n) {
                    Ok(known) => known.and_then(|(id, _)| id).map(Ok),
                    Err(error) => Some(Err(error)),
                })
                .collect()
        })
    }

    /// Puts sessions in, with the samples that they were drawn in; nothing is written when nothing is new.
    pub(super) fn put_into_queue(
        &self,
        queue: &str,
        additions: Vec<Addition>,
        samples: Vec<NewSample>,
        actor: &Actor,
    ) -> Result<u64, StoreError> {
        let (keys, random, now_us) = (
            self.inner().keys.clone(),
            self.random_for_writer(),
            self.now_us(),
        );
        let (id, redactor) = (queue.to_owned(), self.redactor());
        let new = self.read(|connection| {
            let held = open_queue(connection, &keys, &id)?;
            only_new(connection, &held, additions)
        })?;
        if new.is_empty() && samples.is_empty() {
            return Ok(0);
        }
        let hashes: Vec<String> = self.read(|connection| {
            new.iter()
                .filter_map(|one| records::session_of(connection, one.session).transpose())
                .map(|known| known.map(|(_, hash)| hex::encode(hash)))
                .collect()
        })?;
        let detail = json!({"queue": queue, "sessions": hashes, "samples": samples.len()});
        let added = self.change(
            ActKind::QueueItemsAdded,
            actor,
            detail,
            move |transaction| {
                let held = open_queue(transaction, &keys, &id)?;
                let numbers = samples
                    .iter()
                    .map(|sample| sample.write(transaction, &id, now_us))
                    .collect::<Result<Vec<_>, _>>()?;
                let sealed = |hash: IdHash, reason: &Reason| {
                    let reason = TypedBody::of(&redactor, reason)?;
                    item::sealed(&keys, hash, &reason, random.as_ref())
                };
                let mut added = 0;
                for mut one in new {
                    one.sample = one
                        .sample
                        .and_then(|place| numbers.get(usize::try_from(place).ok()?).copied());
                    added += u64::from(insert(transaction, &held, &one, false, now_us, &sealed)?);
                    added += reference(transaction, &held, now_us, &sealed)?;
                }
                Ok(added)
            },
        )?;
        self.inner().handover.tell();
        Ok(added)
    }
}

/// A sample that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewSample {
    pub(super) seed: String,
    pub(super) project: String,
    pub(super) from_us: i64,
    pub(super) population: u64,
    pub(super) drawn: u64,
}

impl NewSample {
    fn write(
        &self,
        transaction: &Transaction<'_>,
        queue: &str,
        now_us: i64,
    ) -> Result<i64, StoreError> {
        transaction.execute(
            "INSERT OR IGNORE INTO queue_samples (queue, seed, project, from_us, population, drawn, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![queue, self.seed, self.project, self.from_us, self.population, self.drawn, now_us],
        )?;
        Ok(transaction.query_row(
            "SELECT n FROM queue_samples WHERE queue = ?1 AND seed = ?2 AND project = ?3 AND from_us = ?4",
            params![queue, self.seed, self.project, self.from_us],
            |row| row.get(0),
        )?)
    }
}

/// Those that the queue does not have yet, with the turn of each that one is drawn of.
fn only_new(
    connection: &Connection,
    queue: &Held,
    additions: Vec<Addition>,
) -> Result<Vec<Addition>, StoreError> {
    let mut new = Vec::new();
    let mut seen = BTreeSet::new();
    for mut one in additions {
        if queue.settings.scope == Scope::Turn && one.turn.is_none() {
            // One that is in the queue with another turn stays alone: the draw would be the same.
            let Some(turn) = drawn_turn(connection, queue, one.session)? else {
                continue;
            };
            one.turn = Some(turn);
        }
        if queue.settings.scope == Scope::Session && one.turn.is_some() {
            return Err(StoreError::Invalid(
                "the items of this queue are sessions: leave the turn out".to_owned(),
            ));
        }
        let turn = one.turn.clone().unwrap_or_default();
        let has = connection
            .prepare_cached(
                "SELECT 1 FROM queue_items WHERE queue = ?1 AND session = ?2 AND turn = ?3",
            )?
            .exists(params![queue.id, one.session, turn])?;
        // In a sample it counts all the same: it was drawn.
        if (!has || one.sample.is_some()) && seen.insert((one.session, turn)) {
            new.push(one);
        }
    }
    Ok(new)
}

/// The turn of a session that a queue of turns looks at: by the queue's id, so that it is the same whenever it is drawn.
fn drawn_turn(
    connection: &Connection,
    queue: &Held,
    session: i64,
) -> Result<Option<String>, StoreError> {
    let turns = crate::sqlite::projections::turn_ids(connection, session)?;
    let drawn = sample::draw(&queue.id, turns.iter().map(String::as_str), 1);
    Ok(drawn.first().map(|turn| (*turn).to_owned()))
}

/// Seals why an item is in its queue, under the key of its session.
type Sealing<'a> = dyn Fn(IdHash, &Reason) -> Result<Vec<u8>, StoreError> + 'a;

/// Writes an item; false when the queue has it. What was drawn at random is noted of one that it has, too.
fn insert(
    transaction: &Transaction<'_>,
    queue: &Held,
    one: &Addition,
    is_gold: bool,
    now_us: i64,
    sealed: &Sealing<'_>,
) -> Result<bool, StoreError> {
    let Some((Some(_), hash)) = records::session_of(transaction, one.session)? else {
        return Ok(false);
    };
    let turn = one.turn.clone().unwrap_or_default();
    let held: Option<i64> = transaction
        .prepare_cached(
            "SELECT id FROM queue_items WHERE queue = ?1 AND session = ?2 AND turn = ?3",
        )?
        .query_row(params![queue.id, one.session, turn], |row| row.get(0))
        .optional()?;
    if let Some(held) = held {
        if let Some(sample) = one.sample {
            transaction.execute(
                "UPDATE queue_items SET sample = ?2 WHERE id = ?1 AND sample IS NULL",
                params![held, sample],
            )?;
        }
        return Ok(false);
    }
    let count: i64 = transaction
        .prepare_cached("SELECT count(*) FROM queue_items WHERE queue = ?1")?
        .query_row([&queue.id], |row| row.get(0))?;
    if count >= QUEUE_ITEMS_MAX {
        return Err(StoreError::Invalid(format!(
            "a queue has at most {QUEUE_ITEMS_MAX} items: close it and make another"
        )));
    }
    let is_blind = queue.settings.is_blind || queue.has_gold;
    let due_at_us = queue
        .settings
        .due_days
        .map(|days| now_us.saturating_add(i64::from(days) * 86_400_000_000));
    transaction
        .prepare_cached(
            "INSERT INTO queue_items (queue, session, turn, state, is_blind, is_gold, is_revealed, is_decided, at_us, due_at_us, sample, reason)
             VALUES (?1, ?2, ?3, 0, ?4, ?5, 0, 0, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            queue.id,
            one.session,
            turn,
            i64::from(is_blind),
            is_gold,
            now_us,
            due_at_us,
            one.sample,
            sealed(hash, &one.reason)?,
        ])?;
    if is_blind {
        blind::note(transaction, one.session)?;
    }
    Ok(true)
}

/// Puts in a session with a reference where the queue's next place is one for it; how many were put in. Its reason is that somebody
/// put it in, which is so: whoever set the queue up.
fn reference(
    transaction: &Transaction<'_>,
    queue: &Held,
    now_us: i64,
    sealed: &Sealing<'_>,
) -> Result<u64, StoreError> {
    let Some(every) = queue.settings.gold_every else {
        return Ok(0);
    };
    let place: i64 = transaction.query_row(
        "SELECT coalesce(max(id), 0) FROM queue_items WHERE queue = ?1 AND is_gold = 0",
        [&queue.id],
        |row| row.get(0),
    )?;
    if !sample::is_at_place(&queue.id, &format!("place {place}"), every) {
        return Ok(0);
    }
    let rubric = queue.settings.rubric.clone().unwrap_or_default();
    let of_turns = queue.settings.scope == Scope::Turn;
    let next: Option<(i64, String)> = transaction
        .query_row(
            "SELECT g.session, g.turn FROM gold g WHERE g.rubric = ?1 AND (g.turn <> '') = ?2
               AND NOT EXISTS (SELECT 1 FROM queue_items i WHERE i.queue = ?3 AND i.session = g.session AND i.turn = g.turn)
             ORDER BY g.at_us, g.session LIMIT 1",
            params![rubric, of_turns, queue.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((session, turn)) = next else {
        return Ok(0);
    };
    let addition = Addition {
        session,
        turn: (!turn.is_empty()).then_some(turn),
        reason: Reason::Hand {
            text: "Put in by whoever set this queue up".to_owned(),
        },
        sample: None,
    };
    insert(transaction, queue, &addition, true, now_us, sealed).map(u64::from)
}
