//! What a rescan found, written: records that were looked through, and those that others take the place of.

use std::collections::{BTreeSet, HashMap};
use std::sync::PoisonError;

use argus_session::RecordId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::append::{Appending, Made};
use super::state::WriterState;
use super::without_content::sessions_of;
use crate::key_ring::IdHash;
use crate::sqlite::records;
use crate::{Prepared, StoreError};

/// A record that was looked through under newer rules.
#[derive(Debug)]
pub(crate) enum Looked {
    /// They find nothing in it.
    Unchanged {
        /// The record.
        id: RecordId,
        /// Parts kept once per workspace that it refers to.
        parts: Vec<IdHash>,
    },
    /// They do.
    Superseded {
        /// The record.
        old: RecordId,
        /// What is left of it.
        by: Box<Prepared>,
        /// Parts kept once per workspace that it refers to and what is left of it does not.
        outdated_parts: Vec<IdHash>,
    },
}

/// What was written of a batch.
#[derive(Debug, Default)]
pub(crate) struct LookedReport {
    /// The records that are looked through now: not those that changed meanwhile.
    pub(crate) seen: BTreeSet<RecordId>,
    /// How many of them were superseded.
    pub(crate) superseded: u64,
}

impl WriterState {
    /// Writes what a rescan found in a batch of records, in one transaction.
    pub(crate) fn take_looked(
        &mut self,
        batch: Vec<Looked>,
        version: u32,
    ) -> Result<LookedReport, StoreError> {
        self.keys.save(self.options.random.as_ref())?;
        let mut report = LookedReport::default();
        let mut blobs = Vec::new();
        let mut made = Made::after(&self.frontier);
        let suppressed = self.suppressed.clone();
        let olds = batch.iter().filter_map(|looked| match looked {
            Looked::Superseded { old, .. } => Some(*old),
            Looked::Unchanged { .. } => None,
        });
        let sessions = sessions_of(&self.connection, olds)?;
        let suppressed = suppressed.read().unwrap_or_else(PoisonError::into_inner);
        let transaction = self.connection.transaction()?;
        let mut appending = Appending {
            transaction: &transaction,
            keys: &self.keys,
            blobs: &self.blobs,
            known_sessions: &self.sessions,
            known_deliveries: &self.deliveries,
            random: self.options.random.as_ref(),
            received_at_us: self.options.clock.now_us(),
            wrote_blob: false,
        };
        for looked in batch {
            match looked {
                Looked::Unchanged { id, parts } => {
                    if note(&transaction, id, version)? {
                        report.seen.insert(id);
                        for hash in &parts {
                            records::keep_part(&transaction, hash, version)?;
                        }
                    }
                }
                Looked::Superseded { by, .. } if suppressed.contains(&by.session_hash) => {}
                // Its content goes altogether.
                Looked::Superseded { by, .. }
                    if !by.is_content_off && self.opted_out.is_content_off(&by.session_hash) => {}
                Looked::Superseded {
                    old,
                    by,
                    outdated_parts,
                } => {
                    if let Some(blob) = supersede(&mut appending, &mut made, old, *by)? {
                        blobs.extend(blob);
                        for hash in &outdated_parts {
                            records::mark_part(&transaction, hash)?;
                        }
                        report.seen.insert(old);
                        report.superseded += 1;
                    }
                }
            }
        }
        if appending.wrote_blob {
            self.blobs.sync()?;
        }
        let unsaid = records::superseded_unsaid(&transaction)?;
        records::set_superseded_unsaid(&transaction, unsaid + report.superseded)?;
        records::set_frontier(&transaction, &made.frontier)?;
        transaction.commit()?;
        for session in sessions {
            self.search.forget(session);
        }
        self.keep(made);
        // After the rows: a blob that is left by a crash is swept at the next start.
        for blob in blobs {
            self.blobs.remove(&blob)?;
        }
        Ok(report)
    }
}

/// Notes under which rules a record was looked through; false when its body is gone.
fn note(transaction: &Transaction<'_>, id: RecordId, version: u32) -> Result<bool, StoreError> {
    let noted = transaction
        .prepare_cached(
            "UPDATE records SET checked_version = ?2 WHERE id = ?1 AND checked_version IS NOT NULL",
        )?
        .execute(params![id, version])?;
    Ok(noted > 0)
}

/// Puts `by` in the place of a record and destroys the record's body. Gives the name of the file that held it, if one did;
/// `None` when the record, or what is held under its natural key, is another one by now.
fn supersede(
    appending: &mut Appending<'_>,
    made: &mut Made,
    old: RecordId,
    by: Prepared,
) -> Result<Option<Option<String>>, StoreError> {
    let transaction = appending.transaction;
    let row: Option<(bool, Option<String>)> = transaction
        .prepare_cached(
            "SELECT r.active, b.blob FROM records r JOIN bodies b ON b.record = r.id WHERE r.id = ?1",
        )?
        .query_row([old], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((is_active, blob)) = row else {
        return Ok(None);
    };
    let held = records::contents_of(transaction, &by.record.natural_key)?;
    if held.iter().any(|content| content.content == by.content) {
        return Ok(None);
    }
    if is_active {
        records::deactivate(transaction, &by.record.natural_key)?;
    }
    let new = appending.put(by, is_active, made)?;
    transaction
        .prepare_cached("DELETE FROM bodies WHERE record = ?1")?
        .execute([old])?;
    transaction
        .prepare_cached(
            "UPDATE records SET active = 0, superseded_by = ?2, checked_version = NULL WHERE id = ?1",
        )?
        .execute(params![old, new])?;
    Ok(Some(blob))
}

impl Made {
    pub(super) fn after(frontier: &argus_ledger::Frontier) -> Self {
        Self {
            reports: Vec::new(),
            frontier: frontier.clone(),
            sessions: HashMap::new(),
            deliveries: HashMap::new(),
            records: Vec::new(),
        }
    }
}
