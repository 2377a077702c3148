//! Appending records: one transaction for all that wait.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use argus_ledger::{Frontier, Leaf, LeafKind};
use argus_session::RecordId;
use rusqlite::Transaction;

use super::state::WriterState;
use super::{AppendReport, Done, Outcome};
use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::projection::Taken;
use crate::sqlite::records::{self, NewRow};
use crate::{Delivery, Prepared, StoreError};

/// What a transaction made, to be kept when it is committed.
pub(super) struct Made {
    pub(super) reports: Vec<AppendReport>,
    pub(super) frontier: Frontier,
    pub(super) sessions: HashMap<String, i64>,
    pub(super) deliveries: HashMap<Delivery, i64>,
    pub(super) records: Vec<Arc<Taken>>,
}

impl WriterState {
    /// Appends every batch that waits and answers each.
    pub(super) fn append(&mut self, appends: Vec<(Vec<Prepared>, Done)>) {
        let (batches, dones): (Vec<_>, Vec<_>) = appends.into_iter().unzip();
        let appended = self
            .follow_forks(batches.iter().flatten())
            .and_then(|()| self.append_all(batches));
        match appended {
            Ok(made) => {
                self.has_failed = false;
                let reports = self.keep(made);
                for (done, report) in dones.into_iter().zip(reports) {
                    done(Ok(report));
                }
            }
            Err(error) => {
                self.has_failed = true;
                tracing::error!(%error, "a batch could not be appended");
                for done in dones {
                    done(Err(again(&error)));
                }
            }
        }
    }

    /// Keeps what a committed transaction made, and hands its records to the projector.
    pub(super) fn keep(&mut self, made: Made) -> Vec<AppendReport> {
        self.frontier = made.frontier;
        self.sessions.extend(made.sessions);
        self.deliveries.extend(made.deliveries);
        self.make_room();
        self.handover.committed(made.records);
        made.reports
    }

    fn append_all(&mut self, batches: Vec<Vec<Prepared>>) -> Result<Made, StoreError> {
        // New sessions' keys first: a body that is committed can be opened.
        self.keys.save(self.options.random.as_ref())?;
        let received_at_us = self.options.clock.now_us();
        let mut made = Made {
            reports: Vec::with_capacity(batches.len()),
            frontier: self.frontier.clone(),
            sessions: HashMap::new(),
            deliveries: HashMap::new(),
            records: Vec::new(),
        };
        let suppressed = self
            .suppressed
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = self.connection.transaction()?;
        let mut appending = Appending {
            transaction: &transaction,
            keys: &self.keys,
            blobs: &self.blobs,
            known_sessions: &self.sessions,
            known_deliveries: &self.deliveries,
            random: self.options.random.as_ref(),
            received_at_us,
            wrote_blob: false,
        };
        for batch in batches {
            let mut report = AppendReport {
                outcomes: Vec::with_capacity(batch.len()),
            };
            for prepared in batch {
                // Asked here only, on the thread that erases.
                let copied_of = prepared.fork_of.as_ref();
                let is_suppressed = suppressed.contains(&prepared.session_hash)
                    || suppressed.contains(&prepared.record.natural_key)
                    // A copy in a fork that the word did not reach.
                    || copied_of.is_some_and(|of| self.opted_out.is_private(of));
                let outcome = if is_suppressed {
                    Outcome::Suppressed
                } else if !prepared.is_content_off
                    && (self.opted_out.is_content_off(&prepared.session_hash)
                        || copied_of.is_some_and(|of| self.opted_out.is_content_off(of)))
                {
                    // The word came while this one waited.
                    let prepared = appending.switched_off(prepared)?;
                    appending.append_one(prepared, &mut made)?
                } else {
                    appending.append_one(prepared, &mut made)?
                };
                report.outcomes.push(outcome);
            }
            made.reports.push(report);
        }
        if appending.wrote_blob {
            self.blobs.sync()?;
        }
        records::set_frontier(&transaction, &made.frontier)?;
        transaction.commit()?;
        Ok(made)
    }
}

pub(super) struct Appending<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) keys: &'a KeyRing,
    pub(super) blobs: &'a Blobs,
    pub(super) known_sessions: &'a HashMap<String, i64>,
    pub(super) known_deliveries: &'a HashMap<Delivery, i64>,
    pub(super) random: &'a dyn argus_session::Random,
    pub(super) received_at_us: i64,
    pub(super) wrote_blob: bool,
}

impl Appending<'_> {
    fn append_one(&mut self, prepared: Prepared, made: &mut Made) -> Result<Outcome, StoreError> {
        let held = records::contents_of(self.transaction, &prepared.record.natural_key)?;
        if held
            .iter()
            .any(|content| content.content == prepared.content)
        {
            return Ok(Outcome::Known);
        }
        // Of several contents under one key, the fold takes the ranking one.
        let is_active = held
            .iter()
            .all(|content| prepared.record.rank.beats(&content.rank()));
        if is_active && !held.is_empty() {
            records::deactivate(self.transaction, &prepared.record.natural_key)?;
        }
        let id = self.put(prepared, is_active, made)?;
        Ok(if held.is_empty() {
            Outcome::New(id)
        } else {
            Outcome::Conflict(id)
        })
    }

    /// Writes a record with its leaf and its body.
    pub(super) fn put(
        &mut self,
        prepared: Prepared,
        is_active: bool,
        made: &mut Made,
    ) -> Result<RecordId, StoreError> {
        let id = made.frontier.size();
        let session = self.session(&prepared, made)?;
        let delivery = self.delivery(&prepared.delivery, made)?;
        let leaf = self.leaf(&prepared);
        let blob = if prepared.is_blob() {
            let mut name = [0; 16];
            self.random.fill(&mut name);
            let name = hex::encode(name);
            self.blobs.write(&name, &prepared.sealed)?;
            self.wrote_blob = true;
            Some(name)
        } else {
            None
        };
        for shared in &prepared.shared {
            records::insert_shared(
                self.transaction,
                &shared.hash,
                &shared.sealed,
                session,
                prepared.record.rank.rule_version,
            )?;
        }
        let origin = (prepared.device.as_ref(), prepared.fork_of.as_ref());
        records::note_origin(self.transaction, session, origin.0, origin.1)?;
        records::insert_leaf(self.transaction, id, &leaf)?;
        records::insert(
            self.transaction,
            &NewRow {
                id,
                record: &prepared.record,
                content: &prepared.content,
                is_active,
                session,
                delivery,
                received_at_us: self.received_at_us,
                is_dropped: prepared.tally.dropped.is_some(),
                is_content_off: prepared.is_content_off,
                sealed: blob.is_none().then_some(prepared.sealed.as_slice()),
                blob: blob.as_deref(),
            },
        )?;
        made.frontier.append(leaf.hash());
        let mut record = prepared.record;
        record.id = id;
        if is_active {
            made.records.push(Arc::new(Taken {
                record,
                session,
                received_at_us: self.received_at_us,
                tally: prepared.tally,
                takes_place: prepared.takes_place,
            }));
        }
        Ok(id)
    }

    fn leaf(&self, prepared: &Prepared) -> Leaf {
        let record = &prepared.record;
        Leaf {
            kind: LeafKind::Record,
            number: record.source.number(),
            natural_key: record.natural_key,
            session: if record.session_id.is_empty() {
                [0; 16]
            } else {
                prepared.session_hash
            },
            actor: self
                .keys
                .actor_hash(prepared.delivery.key_id.as_deref().unwrap_or("local")),
            at_us: record.at_us,
            received_at_us: self.received_at_us,
            rule_version: record.rank.rule_version,
            commitment: prepared.commitment,
        }
    }

    fn session(&self, prepared: &Prepared, made: &mut Made) -> Result<i64, StoreError> {
        let id = &prepared.record.session_id;
        if let Some(n) = self
            .known_sessions
            .get(id)
            .or_else(|| made.sessions.get(id))
        {
            return Ok(*n);
        }
        let n = records::session_number(self.transaction, id, &prepared.session_hash)?;
        made.sessions.insert(id.clone(), n);
        Ok(n)
    }

    fn delivery(&self, delivery: &Delivery, made: &mut Made) -> Result<i64, StoreError> {
        if let Some(n) = self
            .known_deliveries
            .get(delivery)
            .or_else(|| made.deliveries.get(delivery))
        {
            return Ok(*n);
        }
        let n = records::insert_delivery(self.transaction, delivery)?;
        made.deliveries.insert(delivery.clone(), n);
        Ok(n)
    }
}

/// One error for each of several who wait for the same transaction.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        StoreError::Io(error) => {
            StoreError::Io(std::io::Error::new(error.kind(), error.to_string()))
        }
        _ => StoreError::Busy,
    }
}
