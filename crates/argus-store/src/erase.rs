//! Erasing a session: its key, bodies, blobs, projections; suppressed from then on; the leaves stay.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use crate::acts::Act;
use crate::key_ring::IdHash;
use crate::opt_out::{self, Tombstone, TombstoneKind};
use crate::queues;
use crate::reviews;
use crate::rubrics;
use crate::shares;
use crate::sqlite::{projections, records};
use crate::workspace::Workspace;
use crate::writer::WriterState;
use crate::{ActKind, Actor, StoreError, WorkspaceMode};

/// What an erasure did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Erasure {
    /// Records whose bodies were destroyed.
    pub records: u64,
}

/// Most records of one session whose natural keys are suppressed one by one: the session's own hash does it for all; the
/// keys are for items that come again under another session id.
const KEYS_SUPPRESSED_MAX: usize = 100_000;

/// An erasure to be carried out.
pub(crate) struct Erasing {
    pub(crate) session_id: String,
    pub(crate) act: ActKind,
    pub(crate) by: Actor,
    /// What the act says of it: nothing of what it was.
    pub(crate) detail: Value,
    pub(crate) tombstone: Tombstone,
}

impl Workspace {
    /// Erases a session, whether or not anything of it is stored: from then on, nothing of it is taken.
    ///
    /// # Errors
    /// [`StoreError::RetentionLocked`] in a workspace that does not erase.
    pub fn erase_session(&self, session_id: &str, actor: &Actor) -> Result<Erasure, StoreError> {
        if self.mode() == WorkspaceMode::RetentionLocked {
            return Err(StoreError::RetentionLocked);
        }
        let hash = self.inner().keys.session_hash(session_id);
        let (id, by, at_us) = (session_id.to_owned(), actor.clone(), self.now_us());
        // What was erased, by its keyed hash.
        let session = hex::encode(hash);
        let detail = serde_json::json!({"session": session});
        let erasure = self.writer()?.run(move |state| {
            let projects = opt_out::projects_of(&state.connection, &id, hash)?;
            state.erase(Erasing {
                session_id: id,
                act: ActKind::SessionErased,
                by: by.clone(),
                detail,
                tombstone: Tombstone {
                    session,
                    kind: TombstoneKind::Erased,
                    policy: None,
                    at_us,
                    by: Some(by),
                    person: None,
                    projects,
                    device: None,
                },
            })
        })?;
        self.inner().search.work().settle()?;
        Ok(erasure)
    }
}

impl WriterState {
    /// Erases a session: on the writer's thread, so that nothing is appended in between.
    pub(crate) fn erase(&mut self, erasing: Erasing) -> Result<Erasure, StoreError> {
        let hash = self.keys.session_hash(&erasing.session_id);
        let act = Act {
            kind: erasing.act,
            actor: erasing.by,
            at_us: erasing.tombstone.at_us,
            detail: erasing.detail,
        };
        let (id, tombstone) = (erasing.session_id, erasing.tombstone);
        let is_private = tombstone.kind == TombstoneKind::Private;
        let session = records::known_session(&self.connection, &id)?;
        let (keys, blobs, count) = self.change(&act, |transaction| {
            opt_out::put(transaction, &hash, &tombstone)?;
            erase(transaction, &id, &hash, act.at_us)
        })?;
        if let Some(session) = session {
            self.search.forget(session);
        }
        // In memory once it holds on the disk, so that what failed is not taken for done. Appending and what the projector
        // writes are looked at on this thread, after it.
        self.suppress([hash]);
        if is_private {
            self.opted_out.add_private(hash);
        }
        self.suppress(keys);
        self.bodies.clear();
        self.erasures.fetch_add(1, Ordering::AcqRel);
        self.handover.tell();
        self.forget_sessions();
        // After the rows, so that a crash in between leaves a key without contents, which the next start destroys. A record
        // that was being prepared meanwhile may have made it anew: it is refused, and so is the key.
        self.keys.destroy(hash)?;
        // Sealed under that key: one that is left here is swept at the next start.
        for blob in blobs {
            self.blobs.remove(&blob)?;
        }
        self.leave_files()?;
        Ok(Erasure { records: count })
    }

    /// Does what an erasure that was cut off after its rows left to do.
    pub(crate) fn finish_erased(&self, session: IdHash) -> Result<(), StoreError> {
        if self.keys.session_key(session)?.is_some() {
            self.keys.destroy(session)?;
            self.leave_files()?;
        }
        Ok(())
    }

    /// Deleted pages are overwritten already; here they leave the file and the log.
    pub(crate) fn leave_files(&self) -> Result<(), StoreError> {
        self.connection
            .execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    pub(crate) fn is_suppressed(&self, hash: &IdHash) -> bool {
        self.suppressed
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(hash)
    }

    fn suppress(&self, hashes: impl IntoIterator<Item = IdHash>) {
        self.suppressed
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(hashes);
    }
}

type Erased = (Vec<IdHash>, Vec<String>, u64);

fn erase(
    transaction: &Transaction<'_>,
    id: &str,
    hash: &IdHash,
    at_us: i64,
) -> Result<Erased, StoreError> {
    suppress(transaction, hash, at_us)?;
    let session: Option<i64> = transaction
        .query_row("SELECT n FROM sessions_known WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(session) = session else {
        return Ok((Vec::new(), Vec::new(), 0));
    };
    let keys: Vec<IdHash> = {
        let mut statement =
            transaction.prepare("SELECT natural_key FROM records WHERE session = ?1 LIMIT ?2")?;
        let limit = i64::try_from(KEYS_SUPPRESSED_MAX).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![session, limit], |row| records::hash(row, 0))?;
        rows.collect::<Result<_, _>>()?
    };
    for key in &keys {
        suppress(transaction, key, at_us)?;
    }
    let blobs: Vec<String> = {
        let mut statement = transaction.prepare(
            "SELECT b.blob FROM records r JOIN bodies b ON b.record = r.id WHERE r.session = ?1 AND b.blob IS NOT NULL",
        )?;
        let rows = statement.query_map([session], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let count = transaction.execute(
        "DELETE FROM bodies WHERE record IN (SELECT id FROM records WHERE session = ?1)",
        [session],
    )?;
    transaction.execute(
        "UPDATE records SET active = 0, checked_version = NULL WHERE session = ?1",
        [session],
    )?;
    records::remove_shared_of(transaction, session)?;
    for sql in [
        "DELETE FROM session_devices WHERE session = ?1",
        "DELETE FROM session_forks WHERE session = ?1",
    ] {
        transaction.execute(sql, [session])?;
    }
    reviews::remove_of_session(transaction, session)?;
    rubrics::remove_precedents_of_session(transaction, session)?;
    queues::remove_of_session(transaction, session)?;
    shares::remove_of_session(transaction, session)?;
    projections::remove_session(transaction, session)?;
    transaction.execute(
        "UPDATE sessions_known SET id = NULL WHERE n = ?1",
        [session],
    )?;
    Ok((keys, blobs, u64::try_from(count).unwrap_or(u64::MAX)))
}

fn suppress(transaction: &Transaction<'_>, hash: &IdHash, at_us: i64) -> Result<(), StoreError> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO suppressed (hash, at_us) VALUES (?1, ?2)")?
        .execute(params![hash.as_slice(), at_us])?;
    Ok(())
}
