//! Records whose session's content is off, written: what is left of them takes their place.

use std::collections::BTreeSet;

use argus_session::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

use super::append::{Appending, Made};
use super::state::WriterState;
use crate::prepare::{Subject, without_content};
use crate::sqlite::records;
use crate::{Prepared, RecordRedaction, StoreError};

/// A record, and what is left of it.
#[derive(Debug)]
pub(crate) struct WithoutContent {
    pub(crate) old: RecordId,
    /// `None` when it could not be read: nothing is left.
    pub(crate) by: Option<Box<Prepared>>,
}

impl WriterState {
    /// Puts what is left of records in their place and destroys what they held.
    pub(crate) fn take_without_content(
        &mut self,
        batch: Vec<WithoutContent>,
    ) -> Result<(), StoreError> {
        self.keys.save(self.options.random.as_ref())?;
        let mut blobs = Vec::new();
        let mut made = Made::after(&self.frontier);
        let sessions = sessions_of(&self.connection, batch.iter().map(|of| of.old))?;
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
        for of in batch {
            blobs.extend(supersede(&mut appending, &mut made, of)?);
        }
        if appending.wrote_blob {
            self.blobs.sync()?;
        }
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
        Ok(())
    }
}

/// The sessions of these records.
pub(super) fn sessions_of(
    connection: &Connection,
    records: impl Iterator<Item = RecordId>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT session FROM records WHERE id = ?1")?;
    let mut sessions = BTreeSet::new();
    for record in records {
        sessions.extend(
            statement
                .query_row([record], |row| row.get::<_, i64>(0))
                .optional()?,
        );
    }
    Ok(sessions)
}

impl Appending<'_> {
    /// What was prepared while its session's content was still on, without it.
    pub(super) fn switched_off(&self, prepared: Prepared) -> Result<Prepared, StoreError> {
        let record = prepared.record;
        let subject = Subject {
            natural_key: record.natural_key,
            source: record.source,
            session_id: record.session_id,
            session_hash: prepared.session_hash,
            at_us: record.at_us,
            delivery: prepared.delivery,
            device: prepared.device,
            fork_of: prepared.fork_of,
        };
        let redaction = RecordRedaction {
            version: record.rank.rule_version,
            dropped: prepared.tally.dropped,
            ..RecordRedaction::default()
        };
        without_content(
            subject,
            record.body,
            record.meta,
            redaction,
            self.keys,
            self.random,
        )
    }
}

/// Gives the name of the file that held the old body, if one did.
fn supersede(
    appending: &mut Appending<'_>,
    made: &mut Made,
    of: WithoutContent,
) -> Result<Option<String>, StoreError> {
    let transaction = appending.transaction;
    let row: Option<(bool, Option<String>)> = transaction
        .prepare_cached(
            "SELECT r.active, b.blob FROM records r JOIN bodies b ON b.record = r.id WHERE r.id = ?1",
        )?
        .query_row([of.old], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((is_active, blob)) = row else {
        return Ok(None);
    };
    let left = match of.by {
        None => None,
        Some(by) => {
            let natural_key = by.record.natural_key;
            // Of several contents under one key the same is left: once is enough.
            match records::content_id(transaction, &natural_key, &by.content)? {
                Some(held) => Some(held),
                None => {
                    if is_active {
                        records::deactivate(transaction, &natural_key)?;
                    }
                    let by = Prepared {
                        takes_place: true,
                        ..*by
                    };
                    Some(appending.put(by, is_active, made)?)
                }
            }
        }
    };
    transaction
        .prepare_cached("DELETE FROM bodies WHERE record = ?1")?
        .execute([of.old])?;
    transaction
        .prepare_cached(
            "UPDATE records SET active = 0, superseded_by = ?2, checked_version = NULL, content_off = 1 WHERE id = ?1",
        )?
        .execute(params![of.old, left])?;
    Ok(blob)
}
