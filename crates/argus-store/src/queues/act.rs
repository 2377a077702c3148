//! What reviewers do with items.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::item::{self, ItemRow};
use super::list::QueueViewer;
use super::refusal::Refusal;
use super::set_up::{Held, open_queue};
use super::state::{Part, Submission};
use super::step::{Event, Item};
use crate::key_ring::{IdHash, KeyRing};
use crate::redaction::TypedBody;
use crate::reviews::{ReviewKind, account_author, body_of, standing_of};
use crate::scores::ScoreBody;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError};

/// An item with all that stands around it.
pub(super) struct Opened {
    pub(super) row: ItemRow,
    pub(super) queue: Held,
    pub(super) hash: IdHash,
    pub(super) item: Item,
}

/// An item that `scope` lets be read, of a queue that is open.
pub(super) fn open(
    transaction: &Transaction<'_>,
    keys: &KeyRing,
    id: &str,
    scope: &ReadScope,
) -> Result<Opened, StoreError> {
    let row = item::one(transaction, id)?.ok_or_else(|| item::no_item(id))?;
    if !scope.may_read(transaction, row.session)? {
        return Err(item::no_item(id));
    }
    let (_, hash) =
        records::session_of(transaction, row.session)?.ok_or_else(|| item::no_item(id))?;
    let queue = open_queue(transaction, keys, &row.queue)?;
    let item = item::loaded(transaction, &queue, &row)?;
    Ok(Opened {
        row,
        queue,
        hash,
        item,
    })
}

impl Opened {
    /// Does something to the item and writes what it became.
    pub(super) fn step(
        self,
        transaction: &Transaction<'_>,
        event: Event,
        now_us: i64,
    ) -> Result<(), StoreError> {
        let after = self.item.step(event, now_us).map_err(item::refused)?;
        item::store(transaction, &self.queue, &self.row, &after, now_us)
    }

    fn check_is_for(&self, account: &str) -> Result<(), StoreError> {
        if self.queue.is_for(Some(account)) {
            return Ok(());
        }
        Err(StoreError::Invalid(
            "this queue is for other reviewers: who manages it can add this one".to_owned(),
        ))
    }
}

/// The account that an actor is.
///
/// # Errors
/// [`StoreError::Invalid`] when it is none.
pub(super) fn account_of(actor: &Actor) -> Result<String, StoreError> {
    if actor.kind == crate::ActorKind::Account {
        return Ok(actor.id.clone());
    }
    Err(StoreError::Invalid(
        "only a person who signed in works on queues: a key and the command line cannot".to_owned(),
    ))
}

impl Workspace {
    /// Takes an item for a time. One that the person has already is theirs for that time again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it cannot be theirs, [`StoreError::NotFound`] when they may not read it.
    pub fn reserve_item(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let account = account_of(actor)?;
        self.at_item(
            id,
            "reserved",
            actor,
            scope,
            move |transaction, opened, now_us| {
                opened.check_is_for(&account)?;
                let minutes = i64::from(opened.queue.settings.reservation_minutes);
                let until_us = now_us.saturating_add(minutes * 60_000_000);
                opened.step(transaction, Event::Reserve(account, until_us), now_us)
            },
        )
    }

    /// The person is done with an item: what they said of its session or turn stands for it. It takes a score where the queue has
    /// a rubric, and a verdict where it has none.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when they said nothing yet, [`StoreError::Conflict`] when the item is not theirs to judge.
    pub fn complete_item(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let account = account_of(actor)?;
        let keys = self.inner().keys.clone();
        self.at_item(
            id,
            "complete",
            actor,
            scope,
            move |transaction, opened, now_us| {
                opened.check_is_for(&account)?;
                let said = said(transaction, &keys, &opened, &account)?;
                opened.step(transaction, Event::Complete(account, said), now_us)
            },
        )
    }

    /// The person does not want to judge an item, and says why.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when they judged or skipped it before.
    pub fn skip_item(
        &self,
        id: &str,
        reason: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        crate::rubrics::check_text(reason)?;
        let account = account_of(actor)?;
        let (keys, random, reason) = (
            self.inner().keys.clone(),
            self.random_for_writer(),
            TypedBody::of(&self.redactor(), &reason)?,
        );
        self.at_item(
            id,
            "skipped",
            actor,
            scope,
            move |transaction, opened, now_us| {
                opened.check_is_for(&account)?;
                let sealed = item::sealed(&keys, opened.hash, &reason, random.as_ref())?;
                let number = opened.row.id;
                opened.step(transaction, Event::Skip(account.clone()), now_us)?;
                transaction.execute(
                    "UPDATE queue_assignments SET sealed = ?3 WHERE item = ?1 AND account = ?2",
                    rusqlite::params![number, account, sealed],
                )?;
                Ok(())
            },
        )
    }

    /// The person gives an item back.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when they do not have it.
    pub fn release_item(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let account = account_of(actor)?;
        self.at_item(
            id,
            "released",
            actor,
            scope,
            move |transaction, opened, now_us| {
                opened.step(transaction, Event::Release(account), now_us)
            },
        )
    }

    /// Gives an item to `to`, who reads `scope_of_to`: the actor's own, or, for who manages, that of somebody who has it, else a
    /// free place.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not the actor's to give, or not for `to` to have.
    pub fn reassign_item(
        &self,
        id: &str,
        to: &str,
        scope_of_to: &ReadScope,
        viewer: &QueueViewer,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let (own, to, manages) = (account_of(actor)?, to.to_owned(), viewer.manages);
        let scope_of_to = scope_of_to.clone();
        self.at_item(
            id,
            "reassigned",
            actor,
            &viewer.scope,
            move |transaction, opened, now_us| {
                // Who may still have it would tell references, which everybody gets.
                if opened.queue.has_gold && !manages {
                    return Err(StoreError::Invalid(
                        "in this queue only who manages it gives items to others: give it back instead".to_owned(),
                    ));
                }
                opened.check_is_for(&to)?;
                if !scope_of_to.may_read(transaction, opened.row.session)? {
                    return Err(StoreError::Invalid(
                        "this person may not read the session: give it to somebody who may"
                            .to_owned(),
                    ));
                }
                let parts = &opened.item.assignments;
                let mut holders = parts
                    .iter()
                    .filter(|one| one.holds(now_us) && one.account != to);
                let has = parts
                    .iter()
                    .any(|one| one.account == own && one.holds(now_us));
                let from = match (has, manages) {
                    (true, _) => Some(own),
                    (false, true) => {
                        let taken = parts
                            .iter()
                            .filter(|one| one.part == Part::Done || one.holds(now_us))
                            .count();
                        let is_full = taken >= opened.item.reviewers as usize;
                        holders
                            .next()
                            .filter(|_| is_full)
                            .map(|one| one.account.clone())
                    }
                    (false, false) => return Err(item::refused(Refusal::NotTheirs)),
                };
                opened.step(transaction, Event::Assign(from, to), now_us)
            },
        )
    }

    /// Shows what everybody said of an item of a calibration.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is none, or was shown before.
    pub fn reveal_item(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        self.at_item(
            id,
            "revealed",
            actor,
            scope,
            move |transaction, opened, now_us| opened.step(transaction, Event::Reveal, now_us),
        )
    }

    /// Does something to an item, with its act.
    fn at_item(
        &self,
        id: &str,
        change: &str,
        actor: &Actor,
        scope: &ReadScope,
        with: impl FnOnce(&Transaction<'_>, Opened, i64) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let (keys, now_us, scope) = (self.inner().keys.clone(), self.now_us(), scope.clone());
        let detail = self.item_detail(id, change)?;
        let id = id.to_owned();
        self.change(
            ActKind::QueueItemChanged,
            actor,
            detail,
            move |transaction| {
                let opened = open(transaction, &keys, &id, &scope)?;
                with(transaction, opened, now_us)
            },
        )?;
        // What was blind may be none any more: lists and live pages look again.
        self.inner().handover.tell();
        Ok(())
    }

    /// What an act says of an item.
    pub(super) fn item_detail(&self, id: &str, change: &str) -> Result<Value, StoreError> {
        let found = self.read(|connection| {
            let Some(row) = item::one(connection, id)? else {
                return Ok(None);
            };
            let known = records::session_of(connection, row.session)?;
            Ok(known.map(|(_, hash)| (row.queue, hash)))
        })?;
        let (queue, hash) = found.ok_or_else(|| item::no_item(id))?;
        Ok(json!({"queue": queue, "item": id, "session": hex::encode(hash), "change": change}))
    }
}

/// What somebody says now of what an item is of.
fn said(
    transaction: &Transaction<'_>,
    keys: &KeyRing,
    opened: &Opened,
    account: &str,
) -> Result<Submission, StoreError> {
    let author = account_author(account);
    let standing = standing_of(transaction, opened.row.session, opened.row.turn(), &author)?;
    let mut said = Submission::default();
    let rubric = opened.queue.settings.rubric.as_deref();
    for review in standing {
        match review.kind {
            ReviewKind::Verdict => {
                said.verdict = Some(review.word);
                said.verdict_review = Some(review.id);
            }
            ReviewKind::Score if rubric == Some(review.word.as_str()) => {
                let body: Option<ScoreBody> = body_of(transaction, keys, opened.hash, review.id)?;
                said.score_review = Some(review.id);
                said.basis_points = review.number;
                if let Some(body) = body {
                    said.passed = body.arithmetic.passed;
                    said.is_auto_failed = !body.arithmetic.auto_failed.is_empty();
                }
            }
            _ => {}
        }
    }
    match rubric {
        Some(_) if said.score_review.is_none() => Err(StoreError::Invalid(
            "score it by the queue's rubric first: nothing of yours stands for this item yet"
                .to_owned(),
        )),
        None if said.verdict.is_none() => Err(StoreError::Invalid(
            "say whether it is good or wrong first: nothing of yours stands for this item yet"
                .to_owned(),
        )),
        _ => Ok(said),
    }
}
