//! Writing a review: body, row, act and leaf in one transaction.

use argus_ledger::commitment;
use rusqlite::{Transaction, params};
use serde::Serialize;
use serde_json::json;

use super::ReviewKind;
use super::reader::{account_author, author_of};
use crate::acts::Act;
use crate::key_ring::IdHash;
use crate::limits::{REVIEW_BODY_BYTES_MAX, REVIEWS_PER_SESSION_MAX};
use crate::redaction::TypedBody;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::writer::Changing;
use crate::{Account, Actor, ReadScope, StoreError, seal};

/// A review to be written.
#[derive(Debug, Clone)]
pub struct NewReview<B> {
    /// The session's id.
    pub session_id: String,
    /// Which kind.
    pub kind: ReviewKind,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// What it is found by: the verdict's word, the tag, the rubric's id; empty for others. In the clear: never typed text.
    pub word: String,
    /// What it is compared by: a score in basis points, 0 to 10,000. In the clear.
    pub number: Option<i64>,
    /// False for one that only takes back what was said: a verdict withdrawn, a tag taken off, a comment removed.
    pub stands: bool,
    /// The item of a queue that it was written for.
    pub queue_item: Option<String>,
    /// What it changes, where it is not the actor's own saying: see [`ReviewChange`].
    pub changes: Option<ReviewChange>,
    /// Everything else, what was typed included: redacted as captured text is, and sealed under the session's key.
    pub body: B,
}

/// What a review changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewChange {
    /// The review that began it: a comment's first text. `None` where the word tells, as of a tag.
    pub root: Option<u64>,
    /// Whose it stays: it is seen by those who see the author's.
    pub author: String,
}

/// A review as it was written, for what is to be written with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenReview {
    /// Its id: its act's number.
    pub(crate) id: u64,
    /// The session's number.
    pub(crate) session: i64,
    /// Something of the same person on the same thing stood until now.
    pub(crate) had_standing: bool,
}

impl Workspace {
    /// Writes a review, with its act and leaf. What the same person said before of the same thing is no longer current.
    /// Gives its id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such session or turn, or the session is not the reader's to read;
    /// [`StoreError::Invalid`] when the actor is no person, or a limit is passed.
    pub fn write_review<B: Serialize>(
        &self,
        new: NewReview<B>,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        self.write_review_with(new, actor, scope, |_, written| Ok(written.id))
    }

    /// Writes a review and, in the same transaction, what `with` writes: an error there writes nothing at all.
    pub(crate) fn write_review_with<B: Serialize, T: Send + 'static>(
        &self,
        new: NewReview<B>,
        actor: &Actor,
        scope: &ReadScope,
        with: impl FnOnce(&Transaction<'_>, WrittenReview) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let ready = self.ready_review(new, actor, scope)?;
        let outcome = self.change_with_acts(move |changing| {
            let written = ready.write(changing)?;
            with(&changing.transaction, written)
        })?;
        self.inner().handover.tell();
        Ok(outcome)
    }

    /// A review as it is to be written, looked through and sealed.
    ///
    /// # Errors
    /// As [`Self::write_review`] has them, as far as the writer need not be asked.
    pub(crate) fn ready_review<B: Serialize>(
        &self,
        new: NewReview<B>,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<ReadyReview, StoreError> {
        let Some(actor_author) = author_of(actor) else {
            return Err(StoreError::Invalid(
                "only a person who signed in can review: a key and the command line cannot"
                    .to_owned(),
            ));
        };
        if new.queue_item.as_deref().is_some_and(|item| !is_id(item)) {
            return Err(StoreError::Invalid("this is no item of a queue".to_owned()));
        }
        let keys = &self.inner().keys;
        let hash = keys.session_hash(&new.session_id);
        let key = keys
            .session_key(hash)?
            .filter(|_| !self.is_suppressed(&hash))
            .ok_or_else(|| no_session(&new.session_id))?;
        let body = TypedBody::of(&self.redactor(), &new.body)?;
        let body = body.bytes();
        if body.len() > REVIEW_BODY_BYTES_MAX {
            return Err(StoreError::Invalid(format!(
                "a review holds at most {REVIEW_BODY_BYTES_MAX} bytes: shorten it"
            )));
        }
        let mut salt = [0; 32];
        self.random().fill(&mut salt);
        let sealed = seal::seal(
            &key,
            &associated(hash, new.kind.number()),
            &salt,
            body,
            self.random(),
        );
        // It outlives the session: nothing of what was said, and the session by its keyed hash.
        let detail = json!({
            "session": hex::encode(hash), "kind": new.kind.as_str(), "commitment": hex::encode(commitment(&salt, body)),
        });
        let account = self.inner().accounts.account_where("id", &actor.id)?;
        let act = self.act_now(new.kind.act(), actor, detail);
        let row = Row {
            session_id: new.session_id,
            kind: new.kind,
            turn: new.turn,
            author: new
                .changes
                .as_ref()
                .map_or(actor_author, |changes| changes.author.clone()),
            word: new.word,
            number: new.number,
            root: new.changes.and_then(|changes| changes.root),
            stands: new.stands,
            queue_item: new.queue_item,
            at_us: act.at_us,
            sealed,
        };
        Ok(ReadyReview {
            act,
            row,
            account,
            scope: scope.clone(),
        })
    }
}

/// A review that needs only be written.
pub(crate) struct ReadyReview {
    act: Act,
    row: Row,
    account: Option<Account>,
    scope: ReadScope,
}

impl ReadyReview {
    /// Writes it, with its act.
    ///
    /// # Errors
    /// As [`Workspace::write_review`] has them.
    pub(crate) fn write(&self, changing: &mut Changing<'_>) -> Result<WrittenReview, StoreError> {
        let (id, transaction) = (changing.next_act(), &changing.transaction);
        let written = insert(transaction, id, &self.row, &self.scope)?;
        if let Some(account) = &self.account {
            note_reviewer(transaction, account)?;
        }
        changing.write_act(&self.act)?;
        Ok(written)
    }
}

/// What a review's body is bound to: it opens as no other kind, and under no other session's key.
pub(crate) fn associated(session: IdHash, kind: i64) -> Vec<u8> {
    [b"review".as_slice(), &session, &kind.to_be_bytes()].concat()
}

/// An id of ours: it stands in the clear.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

struct Row {
    session_id: String,
    kind: ReviewKind,
    turn: Option<String>,
    author: String,
    word: String,
    number: Option<i64>,
    root: Option<u64>,
    stands: bool,
    queue_item: Option<String>,
    at_us: i64,
    sealed: Vec<u8>,
}

fn no_session(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "session",
        name: id.to_owned(),
    }
}

/// Writes the row.
fn insert(
    transaction: &Transaction<'_>,
    id: u64,
    row: &Row,
    scope: &ReadScope,
) -> Result<WrittenReview, StoreError> {
    let known = records::known_session(transaction, &row.session_id)?;
    let session = known.ok_or_else(|| no_session(&row.session_id))?;
    if !scope.may_read(transaction, session)? {
        return Err(no_session(&row.session_id));
    }
    if let Some(item) = &row.queue_item {
        let is_in = transaction
            .prepare_cached(
                "SELECT 1 FROM queue_items WHERE id = CAST(?1 AS INTEGER) AND CAST(id AS TEXT) = ?1 AND session = ?2",
            )?
            .exists(params![item, session])?;
        if !is_in {
            return Err(StoreError::Invalid(
                "this is no item of a queue that this session is in".to_owned(),
            ));
        }
    }
    let turn = row.turn.as_deref().unwrap_or_default();
    if let Some(turn) = &row.turn {
        let is_there = transaction
            .prepare_cached("SELECT 1 FROM turns WHERE session = ?1 AND id = ?2")?
            .exists(params![session, turn])?;
        // What is changed or taken back stays where it was said, whatever became of its turn.
        if !is_there && row.root.is_none() && row.stands {
            return Err(StoreError::NotFound {
                what: "turn",
                name: turn.clone(),
            });
        }
    }
    let count: i64 = transaction
        .prepare_cached("SELECT count(*) FROM reviews WHERE session = ?1")?
        .query_row([session], |row| row.get(0))?;
    if count >= REVIEWS_PER_SESSION_MAX {
        return Err(StoreError::Invalid(format!(
            "a session takes at most {REVIEWS_PER_SESSION_MAX} reviews, and this one has them"
        )));
    }
    let root = match (row.kind, row.root) {
        (ReviewKind::Comment, None) => id,
        (_, root) => root.unwrap_or(0),
    };
    let of_the_same = params![
        session,
        row.kind.number(),
        turn,
        row.author,
        row.kind.is_by_word(),
        row.word,
        root,
    ];
    let had_standing = transaction
        .prepare_cached(&format!(
            "SELECT 1 FROM reviews WHERE {OF_THE_SAME} AND stands = 1"
        ))?
        .exists(of_the_same)?;
    transaction
        .prepare_cached(&format!(
            "UPDATE reviews SET is_current = 0, stands = 0 WHERE {OF_THE_SAME} AND is_current = 1"
        ))?
        .execute(of_the_same)?;
    transaction
        .prepare_cached(
            "INSERT INTO reviews (act, session, kind, turn, author, at_us, word, number, root, is_current, stands, queue_item, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12)",
        )?
        .execute(params![
            id,
            session,
            row.kind.number(),
            turn,
            row.author,
            row.at_us,
            row.word,
            row.number,
            root,
            row.stands,
            row.queue_item,
            row.sealed,
        ])?;
    Ok(WrittenReview {
        id,
        session,
        had_standing,
    })
}

/// What the same person said before of the same thing.
const OF_THE_SAME: &str = "session = ?1 AND kind = ?2 AND turn = ?3 AND author = ?4 AND (NOT ?5 OR word = ?6) AND root = ?7";

/// Notes what somebody who reviews is called.
fn note_reviewer(transaction: &Transaction<'_>, account: &Account) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO reviewers (author, name, name_lower, email) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            account_author(&account.id),
            account.name,
            account.name.to_lowercase(),
            account.email,
        ])?;
    Ok(())
}
