//! Taking the content out of what is stored of a session.
//!
//! Each record is superseded by what is left of it, as in a rescan: under its natural key, with a leaf of its own; the old body is
//! destroyed and its leaf stays.

use std::collections::HashMap;
use std::time::Duration;

use argus_session::Source;

use super::session::Known;
use super::tombstone;
use crate::key_ring::IdHash;
use crate::limits::RESCAN_RECORDS;
use crate::prepare::{Subject, without_content};
use crate::projection::delivery_table;
use crate::queues;
use crate::read::body;
use crate::reviews;
use crate::rubrics;
use crate::shares;
use crate::sqlite::records::{self, StoredRow};
use crate::workspace::Workspace;
use crate::writer::{WithoutContent, WriterState};
use crate::{Delivery, StoreError};

/// How long one look at the projector's progress waits.
const LOOK: Duration = Duration::from_secs(60);

impl Workspace {
    /// Takes the content out of every session whose content is off and whose records are not all without it yet, a batch at a
    /// time, so that others are appended in between. `has_changed` when some content went already.
    pub(crate) fn drop_contents(&self, mut has_changed: bool) -> Result<(), StoreError> {
        while self.writer()?.run(WriterState::drop_some_contents)? {
            has_changed = true;
        }
        if !has_changed {
            // What was erased altogether leaves the search index too.
            return self.inner().search.work().settle();
        }
        // Names and documents follow: what they held of the old contents is overwritten too.
        while !self.wait_projected(LOOK) {
            if self.inner().handover.is_stopped() {
                return Err(StoreError::Closed);
            }
        }
        self.inner().bodies.clear();
        self.writer()?.run(|state| state.leave_files())?;
        self.inner().search.work().settle()
    }
}

impl Workspace {
    /// Does what a word that was given before the last stop left to do. Where it cannot be done now, as on a full disk, the
    /// next start tries again: a workspace that did not open could not even say so.
    pub(crate) fn finish_contents(&self) {
        let finished = self
            .writer()
            .and_then(|writer| writer.run(WriterState::drop_all_contents));
        if let Err(error) = finished {
            tracing::error!(%error, "the content of sessions whose content is off could not be destroyed; the next start tries again");
        }
    }
}

impl WriterState {
    /// Takes all of it out at once.
    pub(super) fn drop_all_contents(&mut self) -> Result<(), StoreError> {
        while self.drop_some_contents()? {}
        Ok(())
    }

    /// Takes the content out of some records; false when there are none left.
    pub(super) fn drop_some_contents(&mut self) -> Result<bool, StoreError> {
        let Some(hash) = tombstone::unfinished(&self.connection)?.into_iter().next() else {
            return Ok(false);
        };
        let known = Known::hashed(&self.connection, &hash)?;
        let rows = match known.as_ref().and_then(|known| known.number) {
            Some(number) => records::with_content(&self.connection, number, RESCAN_RECORDS)?,
            None => Vec::new(),
        };
        let (Some(known), false) = (known, rows.is_empty()) else {
            self.finish_content_off(&hash)?;
            return Ok(true);
        };
        let deliveries = delivery_table(&self.connection)?;
        let mut batch = Vec::with_capacity(rows.len());
        for row in rows {
            batch.push(self.without_content(&row, &known, &deliveries)?);
        }
        self.take_without_content(batch)?;
        self.bodies.clear();
        Ok(true)
    }

    fn without_content(
        &self,
        row: &StoredRow,
        known: &Known,
        deliveries: &HashMap<i64, Delivery>,
    ) -> Result<WithoutContent, StoreError> {
        let destroyed = |by| WithoutContent { old: row.id, by };
        let opened = match body::open(&self.connection, &self.keys, &self.blobs, row) {
            Ok(Some(opened)) => opened,
            // It cannot be read, so nothing of it can be kept.
            Ok(None) | Err(StoreError::Corrupt { .. }) => return Ok(destroyed(None)),
            Err(error) => return Err(error),
        };
        let Some(source) = Source::from_number(row.source) else {
            return Ok(destroyed(None));
        };
        let subject = Subject {
            natural_key: row.natural_key,
            source,
            session_id: known.id.clone(),
            session_hash: known.hash,
            at_us: row.at_us,
            delivery: deliveries.get(&row.delivery).cloned().unwrap_or_default(),
            device: None,
            fork_of: None,
        };
        let prepared = without_content(
            subject,
            opened.body,
            opened.meta,
            opened.redaction,
            &self.keys,
            self.options.random.as_ref(),
        )?;
        Ok(destroyed(Some(Box::new(prepared))))
    }

    /// What a session without content refers to of what is kept once per workspace goes, unless others refer to it.
    fn finish_content_off(&mut self, hash: &IdHash) -> Result<(), StoreError> {
        let number = Known::hashed(&self.connection, hash)?.and_then(|known| known.number);
        let transaction = self.connection.transaction()?;
        if let Some(number) = number {
            records::remove_shared_of(&transaction, number)?;
            rubrics::remove_precedents_of_session(&transaction, number)?;
            queues::remove_texts_of_session(&transaction, number)?;
            shares::remove_of_session(&transaction, number)?;
            reviews::remove_texts_of_session(
                &transaction,
                &self.keys,
                self.options.random.as_ref(),
                number,
                *hash,
            )?;
        }
        tombstone::finish(&transaction, hash)?;
        transaction.commit()?;
        Ok(())
    }
}
