//! Making, changing and closing queues; what is told of one.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::counts::Counting;
use super::item;
use super::list::QueueViewer;
use super::refusal::Refusal;
use super::settings::QueueSettings;
use super::state::ItemState;
use super::step::Event;
use crate::key_ring::KeyRing;
use crate::limits::QUEUES_MAX;
use crate::redaction::{TypedBody, check_filter};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, seal};

/// A queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its id.
    pub id: String,
    /// How it is set up.
    pub settings: QueueSettings,
    /// How often it was set up, from 1 on.
    pub revision: u32,
    /// Whether nothing in it changes any more.
    pub is_closed: bool,
    /// When it was made or set up last, microseconds UTC.
    pub at_us: i64,
    /// Who set it up last.
    pub by: Actor,
    /// Its items that the viewer may read, by state.
    pub counts: StateCounts,
    /// What the viewer has to do with it.
    pub mine: Mine,
    /// Whether the viewer may read all that it may take in.
    pub is_theirs: bool,
}

/// How many items are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// Nobody has judged them, and nobody is at them.
    pub needs_review: u64,
    /// Somebody is at them.
    pub in_review: u64,
    /// Some have judged them.
    pub needs_others: u64,
    /// Those who judged them differ.
    pub disputed: u64,
    /// Done.
    pub complete: u64,
}

impl StateCounts {
    pub(super) const fn of(&mut self, state: ItemState) -> &mut u64 {
        match state {
            ItemState::NeedsReview => &mut self.needs_review,
            ItemState::InReview => &mut self.in_review,
            ItemState::NeedsOthers => &mut self.needs_others,
            ItemState::Disputed => &mut self.disputed,
            ItemState::Complete => &mut self.complete,
        }
    }
}

/// What somebody has to do with a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mine {
    /// Items that are theirs now.
    pub open: u64,
    /// Items that they judged.
    pub done: u64,
    /// Items that they could take now, those that are theirs included.
    pub available: u64,
    /// When the first of those is due, microseconds UTC.
    pub due_at_us: Option<i64>,
}

/// What is sealed of a queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sealed {
    settings: QueueSettings,
    by: Actor,
}

/// A queue without what is counted.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) id: String,
    pub(super) settings: QueueSettings,
    pub(super) revision: u32,
    pub(super) is_closed: bool,
    /// Whether references stand in it, or may.
    pub(super) has_gold: bool,
    at_us: i64,
    by: Actor,
}

impl Workspace {
    /// Every queue that the viewer may know of, by name, closed ones last.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn queues(&self, viewer: &QueueViewer) -> Result<Vec<Queue>, StoreError> {
        let now_us = self.now_us();
        self.read(|connection| {
            let connection = &*connection.unchecked_transaction()?;
            let mut found: Vec<Held> = ids(connection)?
                .iter()
                .filter_map(|id| held(connection, &self.inner().keys, id).transpose())
                .collect::<Result<_, _>>()?;
            found.sort_by(|one, other| {
                (one.is_closed, &one.settings.name, &one.id).cmp(&(
                    other.is_closed,
                    &other.settings.name,
                    &other.id,
                ))
            });
            let counting = Counting::new(connection, viewer, now_us, None)?;
            let mut all = Vec::new();
            for held in found {
                if held.is_known_to(connection, &viewer.scope)? {
                    all.push(told(&counting, held, viewer)?);
                }
            }
            Ok(all)
        })
    }

    /// A queue; `None` when there is none, or the viewer may not know of it.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn queue(&self, id: &str, viewer: &QueueViewer) -> Result<Option<Queue>, StoreError> {
        let now_us = self.now_us();
        self.read(|connection| {
            let connection = &*connection.unchecked_transaction()?;
            match held(connection, &self.inner().keys, id)? {
                Some(held) if held.is_known_to(connection, &viewer.scope)? => {
                    let counting = Counting::new(connection, viewer, now_us, Some(id))?;
                    told(&counting, held, viewer).map(Some)
                }
                _ => Ok(None),
            }
        })
    }

    /// Makes a queue; gives its id.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be set up so.
    pub fn create_queue(
        &self,
        settings: &QueueSettings,
        actor: &Actor,
    ) -> Result<String, StoreError> {
        self.check_queue(settings)?;
        let mut bytes = [0; 8];
        self.random().fill(&mut bytes);
        let id = hex::encode(bytes);
        let (sealed, at_us) = (self.sealed_queue(&id, settings, actor)?, self.now_us());
        let (row, keeping) = (
            id.clone(),
            settings.rubric.as_deref().map(|id| self.keeping(id)),
        );
        let detail = json!({"queue": id, "revision": 1, "change": "made"});
        self.change(ActKind::QueueChanged, actor, detail, move |transaction| {
            let count: i64 = transaction.query_row("SELECT count(*) FROM queues", [], |row| row.get(0))?;
            if count >= QUEUES_MAX {
                return Err(StoreError::Invalid(format!(
                    "a workspace has at most {QUEUES_MAX} queues, closed ones included"
                )));
            }
            if let Some(keeping) = keeping {
                keeping.keep(transaction, at_us)?;
            }
            transaction.execute(
                "INSERT INTO queues (id, revision, is_closed, at_us, sealed) VALUES (?1, 1, 0, ?2, ?3)",
                params![row, at_us, sealed],
            )?;
            Ok(())
        })?;
        Ok(id)
    }

    /// Sets a queue up anew, if `expected_revision` is still in force. What its items are stays: rubric, kind and scope.
    ///
    /// # Errors
    /// [`StoreError::Outdated`] when it was set up anew meanwhile, [`StoreError::Invalid`] when it cannot be set up so, and
    /// [`StoreError::Conflict`] when it is closed. [`StoreError::Forbidden`] when it takes in what `scope` does not let be read.
    pub fn change_queue(
        &self,
        id: &str,
        settings: &QueueSettings,
        expected_revision: u32,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        self.check_queue(settings)?;
        let keys = self.inner().keys.clone();
        let before = self.read(|connection| {
            let before = open_queue(connection, &keys, id)?;
            before.check_is_of(connection, scope)?;
            Ok(before)
        })?;
        // Its projects are its maker's whoever changes it: they never change, so that what was read before still holds.
        let mut settings = settings.clone();
        settings.projects = before.settings.projects;
        let (sealed, now_us) = (self.sealed_queue(id, &settings, actor)?, self.now_us());
        let id = id.to_owned();
        let detail = json!({"queue": id, "revision": expected_revision.saturating_add(1), "change": "set up"});
        self.change(ActKind::QueueChanged, actor, detail, move |transaction| {
            let before = open_queue(transaction, &keys, &id)?;
            if before.revision != expected_revision {
                return Err(StoreError::Outdated { what: "queue" });
            }
            let old = &before.settings;
            if (&old.rubric, old.kind, old.scope) != (&settings.rubric, settings.kind, settings.scope) {
                return Err(StoreError::Invalid(
                    "the rubric, the kind and what an item is stay as they were: make another queue".to_owned(),
                ));
            }
            transaction.execute(
                "UPDATE queues SET revision = revision + 1, at_us = ?2, sealed = ?3 WHERE id = ?1",
                params![id, now_us, sealed],
            )?;
            let held = open_queue(transaction, &keys, &id)?;
            if held.has_gold && !settings.is_blind {
                return Err(StoreError::Invalid(
                    "references stand in this queue: it stays blind until it is closed".to_owned(),
                ));
            }
            let is_settled_alike = (old.reviewers_per_item, old.is_blind, before.has_gold)
                == (settings.reviewers_per_item, settings.is_blind, held.has_gold);
            if !is_settled_alike {
                settle_again(transaction, &held, now_us)?;
            }
            Ok(())
        })?;
        self.inner().handover.tell();
        Ok(())
    }

    /// Closes a queue: what is open in it is let go, and nothing of it is blind any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is closed already, [`StoreError::Forbidden`] when it takes in what `scope` does not let be
    /// read.
    pub fn close_queue(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let (keys, now_us) = (self.inner().keys.clone(), self.now_us());
        self.read(|connection| open_queue(connection, &keys, id)?.check_is_of(connection, scope))?;
        let (id, detail) = (id.to_owned(), json!({"queue": id, "change": "closed"}));
        self.change(ActKind::QueueChanged, actor, detail, move |transaction| {
            let held = open_queue(transaction, &keys, &id)?;
            for row in item::rows_of(transaction, &id)? {
                let after = item::loaded(transaction, &held, &row)?
                    .step(Event::Close, now_us)
                    .map_err(item::refused)?;
                item::store(transaction, &held, &row, &after, now_us)?;
            }
            transaction.execute(
                "UPDATE queues SET is_closed = 1, at_us = ?2 WHERE id = ?1",
                params![id, now_us],
            )?;
            Ok(())
        })?;
        self.inner().handover.tell();
        Ok(())
    }

    fn check_queue(&self, settings: &QueueSettings) -> Result<(), StoreError> {
        settings.check()?;
        let Some(rubric) = &settings.rubric else {
            return Ok(());
        };
        let found = self.rubric(rubric, None, &ReadScope::all())?;
        let found = found.ok_or_else(|| StoreError::NotFound {
            what: "rubric",
            name: rubric.clone(),
        })?;
        if found.definition.scope != settings.scope {
            return Err(StoreError::Invalid(
                "an item is what the rubric is of, a session or a turn: choose the same for both"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    fn sealed_queue(
        &self,
        id: &str,
        settings: &QueueSettings,
        by: &Actor,
    ) -> Result<Vec<u8>, StoreError> {
        let redactor = self.redactor();
        for rule in &settings.rules {
            check_filter(&redactor, rule.filter().unwrap_or_default())?;
        }
        let sealed = Sealed {
            settings: settings.clone(),
            by: by.clone(),
        };
        let content = TypedBody::of(&redactor, &sealed)?;
        let keys = &self.inner().keys;
        Ok(seal::seal(
            keys.workspace_key(),
            &associated(id),
            &[0; 32],
            content.bytes(),
            self.random(),
        ))
    }
}

/// What a queue's sealed settings are bound to.
pub(crate) fn associated(queue: &str) -> Vec<u8> {
    format!("queue {queue}").into_bytes()
}

/// After other settings: what is settled by them is let go, and what is hidden. What needs more reviewers than have judged it is open
/// again.
fn settle_again(transaction: &Transaction<'_>, held: &Held, now_us: i64) -> Result<(), StoreError> {
    for row in item::rows_of(transaction, &held.id)? {
        let after = item::loaded(transaction, held, &row)?
            .step(Event::SetUp, now_us)
            .map_err(item::refused)?;
        item::store(transaction, held, &row, &after, now_us)?;
    }
    Ok(())
}

pub(super) fn ids(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM queues")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ids of the queues that are open.
pub(super) fn open_ids(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM queues WHERE is_closed = 0 ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn held(
    connection: &Connection,
    keys: &KeyRing,
    id: &str,
) -> Result<Option<Held>, StoreError> {
    let row: Option<(u32, bool, i64, Vec<u8>)> = connection
        .prepare_cached("SELECT revision, is_closed, at_us, sealed FROM queues WHERE id = ?1")?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((revision, is_closed, at_us, sealed)) = row else {
        return Ok(None);
    };
    let (_, content) = seal::open(keys.workspace_key(), &associated(id), &sealed)?;
    let sealed: Sealed = serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "queues",
        what: format!("the settings of {id}"),
    })?;
    let has_gold = sealed.settings.gold_every.is_some()
        || connection
            .prepare_cached("SELECT 1 FROM queue_items WHERE queue = ?1 AND is_gold = 1 LIMIT 1")?
            .exists([id])?;
    Ok(Some(Held {
        id: id.to_owned(),
        has_gold,
        settings: sealed.settings,
        revision,
        is_closed,
        at_us,
        by: sealed.by,
    }))
}

/// A queue that is there and open.
pub(super) fn open_queue(
    connection: &Connection,
    keys: &KeyRing,
    id: &str,
) -> Result<Held, StoreError> {
    let held = held(connection, keys, id)?.ok_or_else(|| no_queue(id))?;
    if held.is_closed {
        return Err(item::refused(Refusal::Closed));
    }
    Ok(held)
}

pub(super) fn no_queue(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "queue",
        name: id.to_owned(),
    }
}

fn told(counting: &Counting<'_>, held: Held, viewer: &QueueViewer) -> Result<Queue, StoreError> {
    let (counts, mine) = counting.of(&held)?;
    Ok(Queue {
        is_theirs: viewer.scope.covers(held.settings.projects.as_deref()),
        id: held.id,
        settings: held.settings,
        revision: held.revision,
        is_closed: held.is_closed,
        at_us: held.at_us,
        by: held.by,
        counts,
        mine,
    })
}
