//! What a session that is private, or without content, leaves in others: the copies of its records in forks that its word does
//! not reach.

use argus_session::source::transcript::forked_from;
use argus_session::{Meta, Source};
use serde_json::json;

use super::policy::OptOut;
use super::session::Known;
use crate::key_ring::IdHash;
use crate::limits::RESCAN_RECORDS;
use crate::prepare::{Subject, without_content};
use crate::projection::delivery_table;
use crate::read::body;
use crate::sqlite::records;
use crate::writer::{WithoutContent, WriterState};
use crate::{RecordRedaction, StoreError};

/// What stands where a private session's copy was: its type, and nothing of it.
const PRIVATE: &str = "private";

impl WriterState {
    /// Takes the content out of a fork's copies of `of`; of one that is erased, all that they were. True when there were some.
    pub(super) fn drop_copies(
        &mut self,
        fork: &Known,
        of: &IdHash,
        opt_out: OptOut,
    ) -> Result<bool, StoreError> {
        let Some(session) = fork.number else {
            return Ok(false);
        };
        let deliveries = delivery_table(&self.connection)?;
        let (mut from, mut has_dropped) = (0, false);
        loop {
            let rows = records::of_source(
                &self.connection,
                session,
                Source::Transcript,
                from,
                RESCAN_RECORDS,
            )?;
            let Some(last) = rows.last() else { break };
            from = last.id + 1;
            let mut batch = Vec::new();
            for row in rows {
                let opened = match body::open(&self.connection, &self.keys, &self.blobs, &row) {
                    Ok(Some(opened)) => opened,
                    // What cannot be read names no session; a check of the records tells of it.
                    Ok(None) | Err(StoreError::Corrupt { .. }) => continue,
                    Err(error) => return Err(error),
                };
                let named = forked_from(&opened.body, &fork.id);
                let is_copy = named.is_some_and(|(id, _)| self.keys.session_hash(&id) == *of);
                let is_off = opened.redaction.content_off;
                let (body, meta) = match opt_out {
                    OptOut::Allowed if is_copy => (json!({"type": PRIVATE}), Meta::default()),
                    OptOut::ContentOff if is_copy && !is_off => (opened.body, opened.meta),
                    OptOut::Allowed | OptOut::ContentOff | OptOut::Forbidden => continue,
                };
                let subject = Subject {
                    natural_key: row.natural_key,
                    source: Source::Transcript,
                    session_id: fork.id.clone(),
                    session_hash: fork.hash,
                    at_us: row.at_us,
                    delivery: deliveries.get(&row.delivery).cloned().unwrap_or_default(),
                    device: None,
                    fork_of: None,
                };
                let redaction = RecordRedaction {
                    version: opened.redaction.version,
                    dropped: opened.redaction.dropped,
                    ..RecordRedaction::default()
                };
                let random = self.options.random.as_ref();
                let left = without_content(subject, body, meta, redaction, &self.keys, random)?;
                batch.push(WithoutContent {
                    old: row.id,
                    by: Some(Box::new(left)),
                });
            }
            if !batch.is_empty() {
                has_dropped = true;
                self.take_without_content(batch)?;
                self.bodies.clear();
            }
        }
        Ok(has_dropped)
    }
}
