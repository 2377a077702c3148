//! Erasing a session: its key, bodies, blobs, projections; suppressed from then on; the leaves stay.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::key_ring::IdHash;
use crate::sqlite::{projections, records};
use crate::workspace::Workspace;
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

impl Workspace {
    /// Erases a session, whether or not anything of it is stored: from then on, nothing of it is taken.
    ///
    /// # Errors
    /// [`StoreError::RetentionLocked`] in a workspace that does not erase.
    pub fn erase_session(&self, session_id: &str, actor: &Actor) -> Result<Erasure, StoreError> {
        if self.mode() == WorkspaceMode::RetentionLocked {
            return Err(StoreError::RetentionLocked);
        }
        let inner = self.inner();
        let hash = inner.keys.session_hash(session_id);
        // First in memory: what is prepared from here on is refused.
        inner
            .suppressed
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(hash);
        let (id, at_us) = (session_id.to_owned(), self.now_us());
        let (keys, blobs, count) = self.change(
            ActKind::SessionErased,
            actor,
            // The tombstone: what was erased, by its keyed hash.
            serde_json::json!({"session": hex::encode(hash)}),
            move |transaction| erase(transaction, &id, &hash, at_us),
        )?;
        inner
            .suppressed
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(keys);
        for blob in blobs {
            inner.blobs.remove(&blob)?;
        }
        inner.bodies.clear();
        inner.erasures.fetch_add(1, Ordering::AcqRel);
        inner.handover.tell();
        let destroyed = inner.keys.clone();
        self.writer()?.run(move |state| {
            state.forget_sessions();
            // After the rows, so that a crash in between leaves a key without contents, which the next start destroys. A record
            // that was being prepared meanwhile may have made it anew: it is refused, and so is the key.
            destroyed.destroy(hash)?;
            // Deleted pages are overwritten already; here they leave the file and the log.
            state
                .connection
                .execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
            Ok(())
        })?;
        Ok(Erasure { records: count })
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
    // What was kept once per workspace goes with the last session that has it.
    transaction.execute(
        "DELETE FROM shared_bodies WHERE hash IN (
             SELECT r.hash FROM shared_refs r WHERE r.session = ?1
             AND NOT EXISTS (SELECT 1 FROM shared_refs o WHERE o.hash = r.hash AND o.session <> ?1))",
        [session],
    )?;
    transaction.execute("DELETE FROM shared_refs WHERE session = ?1", [session])?;
    transaction.execute(
        "DELETE FROM shared_parts WHERE hash NOT IN (SELECT hash FROM shared_bodies)",
        [],
    )?;
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
