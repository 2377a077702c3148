//! One slice: fold the records, see what changed, write that.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use argus_session::{Applied, Fold, RecordId};
use rusqlite::Connection;

use super::Taken;
use super::folds::Folds;
use super::handover::{Handover, Next};
use super::update::{self, SessionUpdate};
use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::limits::SLICE_RECORDS_MAX;
use crate::read::body::open_record;
use crate::redaction::{self, Tally};
use crate::search::Work;
use crate::sqlite::records::{self, StoredRow};
use crate::writer::{Suppressed, WriterHandle};
use crate::{Delivery, StoreError, StoreOptions};

/// The record up to which everything is projected.
pub(crate) fn projected(connection: &Connection) -> Result<i64, StoreError> {
    let bytes = records::meta(connection, "projected")?;
    Ok(bytes
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(-1, i64::from_be_bytes))
}

pub(crate) fn set_projected(connection: &Connection, up_to: i64) -> Result<(), StoreError> {
    records::set_meta(connection, "projected", &up_to.to_be_bytes())
}

pub(super) struct Projecting {
    pub(super) projected: i64,
    pub(super) reader: Connection,
    pub(super) blobs: Blobs,
    pub(super) keys: Arc<KeyRing>,
    pub(super) suppressed: Arc<Suppressed>,
    pub(super) handover: Arc<Handover>,
    pub(super) search: Arc<Work>,
    pub(super) writer: WriterHandle,
    pub(super) options: StoreOptions,
    pub(super) folds: Folds,
}

impl Projecting {
    pub(super) fn run(&mut self) {
        loop {
            let outcome = match self.handover.next() {
                Next::Stop => return,
                Next::Records(records, newest) => self.project(&records, newest),
                Next::Read => self.read_and_project(),
            };
            match outcome {
                Ok(()) => {}
                Err(StoreError::Closed) => return,
                Err(error) => {
                    // Nothing is lost: the records are the truth. What is left to do is read again from the store.
                    tracing::error!(%error, "projecting failed; the records are kept and will be projected again");
                    self.folds.clear();
                    self.projected = projected(&self.reader).unwrap_or(self.projected);
                    self.handover.start_over_after(self.projected);
                    self.handover.pause();
                }
            }
        }
    }

    fn read_and_project(&mut self) -> Result<(), StoreError> {
        let stored = projected(&self.reader)?;
        if stored < self.projected {
            // The projections were thrown away: what was folded has to be written again.
            self.folds.clear();
        }
        self.projected = stored;
        let rows = records::after(&self.reader, self.projected, SLICE_RECORDS_MAX)?;
        let Some(newest) = rows
            .last()
            .map(|row| i64::try_from(row.id).unwrap_or(i64::MAX))
        else {
            // What is left was erased, or lost to another content.
            let newest = records::newest_record(&self.reader)?;
            self.write(Vec::new(), Vec::new(), newest)?;
            return Ok(());
        };
        let deliveries = delivery_table(&self.reader)?;
        let mut slice = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(taken) = self.open(&deliveries, &row)? {
                slice.push(Arc::new(taken));
            }
        }
        self.project(&slice, newest)
    }

    fn project(&mut self, slice: &[Arc<Taken>], newest: i64) -> Result<(), StoreError> {
        let mut sessions: BTreeMap<&str, Vec<&Arc<Taken>>> = BTreeMap::new();
        for taken in slice {
            let id = taken.record.session_id.as_str();
            if !id.is_empty() {
                sessions.entry(id).or_default().push(taken);
            }
        }
        let mut updates = Vec::with_capacity(sessions.len());
        let mut folded = Vec::with_capacity(sessions.len());
        for (id, records) in sessions {
            let hash = self.keys.session_hash(id);
            if self
                .suppressed
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .contains(&hash)
            {
                continue;
            }
            let Some(session) = records::known_session(&self.reader, id)? else {
                continue;
            };
            let Some(key) = self.keys.session_key(hash)? else {
                continue;
            };
            let (mut fold, is_new) = self.fold(session, id, &records, newest)?;
            updates.push(update::of(
                &self.reader,
                session,
                hash,
                &key,
                &mut fold,
                is_new,
                self.options.random.as_ref(),
            )?);
            folded.push((session, fold));
        }
        self.write(updates, counts_of(slice), newest)?;
        for (session, fold) in folded {
            self.folds.put(session, fold);
        }
        Ok(())
    }

    /// The session's fold with these records in it, and whether it was made anew.
    fn fold(
        &mut self,
        session: i64,
        id: &str,
        records: &[&Arc<Taken>],
        newest: i64,
    ) -> Result<(Fold, bool), StoreError> {
        if let Some(mut fold) = self.folds.take(session)
            && !records.iter().any(|taken| taken.takes_place)
            && records
                .iter()
                .all(|taken| fold.apply(&taken.record) != Applied::Refold)
        {
            return Ok((fold, false));
        }
        let deliveries = delivery_table(&self.reader)?;
        let mut fold = Fold::new(id);
        records::of_session(&self.reader, session, newest, &mut |row| {
            if let Some(taken) = self.open(&deliveries, &row)? {
                fold.apply(&taken.record);
            }
            Ok(())
        })?;
        Ok((fold, true))
    }

    /// A record's body, opened. A damaged one is left out of the projections and said; it must not hold up the others.
    fn open(
        &self,
        deliveries: &HashMap<i64, Delivery>,
        row: &StoredRow,
    ) -> Result<Option<Taken>, StoreError> {
        match open_record(&self.reader, &self.keys, &self.blobs, deliveries, row) {
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(record = row.id, %error, "a record cannot be read and is left out of the projections");
                Ok(None)
            }
            other => other,
        }
    }

    fn write(
        &mut self,
        updates: Vec<SessionUpdate>,
        counts: Vec<Counted>,
        newest: i64,
    ) -> Result<(), StoreError> {
        let expected = self.projected;
        let touched = updates.iter().map(SessionUpdate::touched).collect();
        self.writer.run(move |state| {
            let suppressed = state.suppressed.clone();
            let transaction = state.connection.transaction()?;
            // A rebuild came in between: these rows rest on ones that are gone.
            if projected(&transaction)? != expected {
                return Err(StoreError::Busy);
            }
            for update in &updates {
                // Erased between folding and writing: its rows must not come back.
                if !suppressed
                    .read()
                    .unwrap_or_else(PoisonError::into_inner)
                    .contains(&update.hash)
                {
                    update::write(&transaction, update)?;
                }
            }
            for of in &counts {
                redaction::put(&transaction, of.record, of.session, of.at_us, &of.tally)?;
            }
            set_projected(&transaction, newest)?;
            transaction.commit()?;
            Ok(())
        })?;
        self.projected = newest;
        self.search.touched(touched, newest);
        self.handover.projected(newest);
        Ok(())
    }
}

/// What is counted of one record.
struct Counted {
    record: RecordId,
    session: i64,
    /// The item's own time, else when it was received.
    at_us: i64,
    tally: Tally,
}

/// What is counted of a slice: also of records that name no session.
fn counts_of(slice: &[Arc<Taken>]) -> Vec<Counted> {
    slice
        .iter()
        .filter(|taken| !taken.tally.is_empty())
        .map(|taken| Counted {
            record: taken.record.id,
            session: taken.session,
            at_us: taken.record.at_us.unwrap_or(taken.received_at_us),
            tally: taken.tally.clone(),
        })
        .collect()
}

/// Deliveries by number.
pub(crate) fn delivery_table(
    connection: &Connection,
) -> Result<HashMap<i64, Delivery>, StoreError> {
    Ok(records::deliveries(connection)?
        .into_iter()
        .map(|(delivery, n)| (n, delivery))
        .collect())
}
