//! Putting sessions into a queue.

use std::collections::BTreeSet;

use argus_insight::rubric::Scope;
use argus_insight::sample;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::json;

use super::item::{self, Reason};
use super::set_up::{Held, open_queue};
use crate::key_ring::IdHash;
use crate::limits::{QUEUE_ADDED_MAX, QUEUE_ITEMS_MAX, QUEUE_SLICE_ITEMS};
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
    /// The sample that it was drawn in, by its place among those that are put in with it.
    pub(super) sample: Option<i64>,
    /// Whether the queue has it: then only its sample is noted.
    pub(super) is_there: bool,
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
                is_there: false,
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

    /// Puts sessions in, with the samples that they were drawn in, in slices that hold up deliveries for a moment each; nothing is
    /// written when nothing is new, or there is no room for all.
    pub(super) fn put_into_queue(
        &self,
        queue: &str,
        additions: Vec<Addition>,
        samples: Vec<NewSample>,
        actor: &Actor,
    ) -> Result<u64, StoreError> {
        let keys = &self.inner().keys;
        let new = self.read(|connection| {
            let held = open_queue(connection, keys, queue)?;
            let has = count(connection, queue)?;
            let new = only_new(connection, &held, additions)?;
            check_room(has.saturating_add(not_there(&new)))?;
            Ok(new)
        })?;
        if new.is_empty() && samples.is_empty() {
            return Ok(0);
        }
        // The samples come last, with what is theirs: one that is there is there as a whole, whatever stops this half-way.
        let mut added = 0;
        let mut slices = new.chunks(QUEUE_SLICE_ITEMS);
        while let Some(slice) = slices.next() {
            let to_come: i64 = slices.clone().map(not_there).sum();
            added += self.put_slice(queue, slice.to_vec(), to_come, actor)?;
        }
        if !samples.is_empty() {
            self.put_samples(queue, samples, new, actor)?;
        }
        self.inner().handover.tell();
        Ok(added)
    }

    /// Puts a slice in, with references between; `to_come` are put in after it, and no reference takes the room of one.
    fn put_slice(
        &self,
        queue: &str,
        slice: Vec<Addition>,
        to_come: i64,
        actor: &Actor,
    ) -> Result<u64, StoreError> {
        let (keys, random, now_us) = (
            self.inner().keys.clone(),
            self.random_for_writer(),
            self.now_us(),
        );
        let (id, redactor) = (queue.to_owned(), self.redactor());
        // Sealed here: the writer is held up for as little as can be.
        let sealed = |hash: IdHash, reason: &Reason| {
            let reason = TypedBody::of(&redactor, reason)?;
            item::sealed(&keys, hash, &reason, random.as_ref())
        };
        let (mut hashes, mut ready) = (Vec::new(), Vec::new());
        for one in slice {
            let known = self.read(|connection| records::session_of(connection, one.session))?;
            let Some((_, hash)) = known else { continue };
            match sealed(hash, &one.reason) {
                Ok(reason) => ready.push((one, reason)),
                // Erased meanwhile.
                Err(StoreError::NotFound { .. }) => continue,
                Err(error) => return Err(error),
            }
            hashes.push(hex::encode(hash));
        }
        let detail = json!({"queue": queue, "sessions": hashes, "samples": 0});
        let keys = keys.clone();
        let mut to_come = to_come.saturating_add(ready.len() as i64);
        self.change(
            ActKind::QueueItemsAdded,
            actor,
            detail,
            move |transaction| {
                let held = open_queue(transaction, &keys, &id)?;
                let mut count = count(transaction, &id)?;
                let mut added = 0;
                for (one, reason) in ready {
                    to_come -= 1;
                    let put = insert(transaction, &held, &one, false, now_us, &reason, &mut count)?;
                    let Some(place) = put else { continue };
                    added += 1;
                    if check_room(count.saturating_add(to_come).saturating_add(1)).is_err() {
                        continue;
                    }
                    let Some(gold) = reference(transaction, &held, place)? else {
                        continue;
                    };
                    let known = records::session_of(transaction, gold.session)?;
                    let Some((_, hash)) = known else { continue };
                    let reason = TypedBody::of(&redactor, &gold.reason)?;
                    let reason = item::sealed(&keys, hash, &reason, random.as_ref())?;
                    let put = insert(transaction, &held, &gold, true, now_us, &reason, &mut count)?;
                    added += u64::from(put.is_some());
                }
                Ok(added)
            },
        )
    }

    /// Notes samples, and of the items of a queue which were drawn in them.
    fn put_samples(
        &self,
        queue: &str,
        samples: Vec<NewSample>,
        drawn: Vec<Addition>,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let (keys, now_us, id) = (self.inner().keys.clone(), self.now_us(), queue.to_owned());
        let detail = json!({"queue": queue, "sessions": [], "samples": samples.len()});
        self.change(
            ActKind::QueueItemsAdded,
            actor,
            detail,
            move |transaction| {
                open_queue(transaction, &keys, &id)?;
                let numbers = samples
                    .iter()
                    .map(|sample| sample.write(transaction, &id, now_us))
                    .collect::<Result<Vec<_>, _>>()?;
                let mut statement = transaction.prepare_cached(
                    "UPDATE queue_items SET sample = ?4 WHERE queue = ?1 AND session = ?2 AND turn = ?3 AND sample IS NULL",
                )?;
                for one in drawn {
                    let place = one.sample.and_then(|place| usize::try_from(place).ok());
                    if let Some(number) = place.and_then(|place| numbers.get(place)) {
                        let turn = one.turn.unwrap_or_default();
                        statement.execute(params![id, one.session, turn, number])?;
                    }
                }
                Ok(())
            },
        )
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
            one.is_there = has;
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

/// How many items a queue has.
fn count(connection: &Connection, queue: &str) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM queue_items WHERE queue = ?1")?
        .query_row([queue], |row| row.get(0))?)
}

/// How many of these the queue does not have yet.
fn not_there(additions: &[Addition]) -> i64 {
    let new = additions.iter().filter(|one| !one.is_there).count();
    i64::try_from(new).unwrap_or(i64::MAX)
}

/// # Errors
/// [`StoreError::Invalid`] when a queue cannot have as many items.
fn check_room(count: i64) -> Result<(), StoreError> {
    if count > QUEUE_ITEMS_MAX {
        return Err(StoreError::Invalid(format!(
            "a queue has at most {QUEUE_ITEMS_MAX} items: close it and make another"
        )));
    }
    Ok(())
}

/// Writes an item; gives its number, and nothing when the queue has it, or its session is gone. `count` is how many the queue has.
fn insert(
    transaction: &Transaction<'_>,
    queue: &Held,
    one: &Addition,
    is_gold: bool,
    now_us: i64,
    reason: &[u8],
    count: &mut i64,
) -> Result<Option<i64>, StoreError> {
    let Some((Some(_), _)) = records::session_of(transaction, one.session)? else {
        return Ok(None);
    };
    let turn = one.turn.clone().unwrap_or_default();
    let is_there = transaction
        .prepare_cached(
            "SELECT 1 FROM queue_items WHERE queue = ?1 AND session = ?2 AND turn = ?3",
        )?
        .exists(params![queue.id, one.session, turn])?;
    if is_there {
        return Ok(None);
    }
    check_room(*count + 1)?;
    *count += 1;
    let is_blind = queue.settings.is_blind || queue.has_gold;
    let due_at_us = queue
        .settings
        .due_days
        .map(|days| now_us.saturating_add(i64::from(days) * 86_400_000_000));
    transaction
        .prepare_cached(
            "INSERT INTO queue_items (queue, session, turn, state, is_blind, is_gold, is_revealed, is_decided, at_us, due_at_us, reason)
             VALUES (?1, ?2, ?3, 0, ?4, ?5, 0, 0, ?6, ?7, ?8)",
        )?
        .execute(params![
            queue.id,
            one.session,
            turn,
            i64::from(is_blind),
            is_gold,
            now_us,
            due_at_us,
            reason,
        ])?;
    let number = transaction.last_insert_rowid();
    if is_blind {
        blind::note(transaction, one.session)?;
    }
    Ok(Some(number))
}

/// The session with a reference that stands after the item `place`, where that is a place for one. Its reason is that somebody put it in,
/// which is so: whoever set the queue up.
fn reference(
    transaction: &Transaction<'_>,
    queue: &Held,
    place: i64,
) -> Result<Option<Addition>, StoreError> {
    let Some(every) = queue.settings.gold_every else {
        return Ok(None);
    };
    if !sample::is_at_place(&queue.id, &format!("place {place}"), every) {
        return Ok(None);
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
    Ok(next.map(|(session, turn)| Addition {
        session,
        turn: (!turn.is_empty()).then_some(turn),
        reason: Reason::Hand {
            text: "Put in by whoever set this queue up".to_owned(),
        },
        sample: None,
        is_there: false,
    }))
}
