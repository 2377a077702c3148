//! Looking through what is stored when the rules changed.
//!
//! A record in which the rules in force find something is superseded: what is left of it becomes a record of its own, under
//! the same natural key, with a leaf as every record has; the old body is destroyed, and its leaf stays. A record in which
//! nothing is found is noted as looked through, so that a rescan goes on where it was cut off and costs little when repeated.
//! Redaction is final in every mode of a workspace.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::TryLockError;
use std::time::Duration;

use argus_redact::Redactor;
use argus_session::{RecordId, Source};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::merge::merge;
use crate::key_ring::IdHash;
use crate::limits::{RESCAN_BYTES, RESCAN_RECORDS};
use crate::prepare::{Content, Subject, seal_content};
use crate::projection::delivery_table;
use crate::read::body::{self, Opened};
use crate::sqlite::records::{self, StoredRow};
use crate::workspace::Workspace;
use crate::writer::Looked;
use crate::{ActKind, Actor, Delivery, Prepared, RecordRedaction, StoreError};

/// What a rescan did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RescanReport {
    /// The version of the rules under which records were looked through.
    pub version: u32,
    /// Records that were looked through.
    pub records_seen: u64,
    /// Of those, records in which something was found: their old bodies are destroyed.
    pub superseded: u64,
    /// What was replaced in them, by type.
    pub replaced_by_kind: BTreeMap<String, u64>,
    /// Records that could not be opened or looked through: they stay as they are, under older rules.
    pub failures: u64,
    /// Records that stand under older rules, now.
    pub records_behind: u64,
    /// Texts that people typed, of reviews, queues, references, precedents, rubrics, saved views and share links, that were looked through.
    #[serde(default)]
    pub texts_seen: u64,
    /// Of those, texts in which something was found: sealed anew, the old ones overwritten.
    #[serde(default)]
    pub texts_replaced: u64,
    /// Texts that could not be opened or looked through: they stay as they are.
    #[serde(default)]
    pub texts_failed: u64,
}

/// How long one look at the projector's progress waits.
const LOOK: Duration = Duration::from_secs(60);
/// How often the records are gone over: more than once only where some were being appended under the rules before.
const PASSES_MAX: usize = 8;

/// What became of one record.
enum Seen {
    Looked(Looked, BTreeMap<String, u64>, usize),
    /// Erased or superseded meanwhile.
    Gone,
    Failed,
}

impl Workspace {
    /// Looks through every record that stands under older rules than those in force, oldest first; `progress` is told after
    /// each batch. What is found is replaced, and destroyed where it stood.
    ///
    /// # Errors
    /// [`StoreError::Running`] while another rescan runs; when the store cannot be read or written. What was done until then
    /// stays done, and the next rescan goes on from there.
    pub fn rescan(
        &self,
        progress: &mut dyn FnMut(&RescanReport),
        actor: &Actor,
    ) -> Result<RescanReport, StoreError> {
        self.writer()?;
        let _rescanning = match self.inner().redaction.rescanning.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(held)) => held.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Running { what: "rescan" }),
        };
        let redactor = self.redactor();
        let mut report = RescanReport {
            version: redactor.rule_set().version,
            ..RescanReport::default()
        };
        let mut failed = BTreeSet::new();
        for _ in 0..PASSES_MAX {
            self.pass(&redactor, &mut report, &mut failed, progress)?;
            report.records_behind = self.behind(report.version)?;
            if report.records_behind <= failed.len() as u64 {
                break;
            }
        }
        report.failures = failed.len() as u64;
        self.rescan_typed(&redactor, &mut report)?;
        self.rescan_set_up(&redactor, &mut report)?;
        self.finish_rescan(&mut report, actor)?;
        Ok(report)
    }

    /// Goes over the records once.
    fn pass(
        &self,
        redactor: &Redactor,
        report: &mut RescanReport,
        failed: &mut BTreeSet<RecordId>,
        progress: &mut dyn FnMut(&RescanReport),
    ) -> Result<(), StoreError> {
        let version = report.version;
        let mut after = -1;
        loop {
            let (rows, deliveries) = self.read(|connection| {
                let rows = records::behind(connection, version, after, RESCAN_RECORDS)?;
                Ok((rows, delivery_table(connection)?))
            })?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut batch = Vec::new();
            let mut kinds: Vec<(RecordId, BTreeMap<String, u64>)> = Vec::new();
            let mut bytes = 0;
            for row in rows {
                after = i64::try_from(row.id).unwrap_or(i64::MAX);
                match self.look_again(&row, &deliveries, redactor)? {
                    Seen::Looked(looked, found, size) => {
                        kinds.push((row.id, found));
                        batch.push(looked);
                        bytes += size;
                    }
                    Seen::Gone => {}
                    Seen::Failed => {
                        failed.insert(row.id);
                    }
                }
                if bytes >= RESCAN_BYTES {
                    break;
                }
            }
            let done = self
                .writer()?
                .run(move |state| state.take_looked(batch, version))?;
            self.inner().bodies.clear();
            report.records_seen += done.seen.len() as u64;
            report.superseded += done.superseded;
            for (_, found) in kinds.into_iter().filter(|(id, _)| done.seen.contains(id)) {
                for (kind, count) in found {
                    *report.replaced_by_kind.entry(kind).or_insert(0) += count;
                }
            }
            progress(report);
        }
    }

    /// Looks through one record.
    fn look_again(
        &self,
        row: &StoredRow,
        deliveries: &HashMap<i64, Delivery>,
        redactor: &Redactor,
    ) -> Result<Seen, StoreError> {
        let inner = self.inner();
        let opened = self.read(|connection| {
            let Some(opened) = body::open(connection, &inner.keys, &inner.blobs, row)? else {
                return Ok(None);
            };
            let held = records::contents_of(connection, &row.natural_key)?;
            let session = records::session_of(connection, row.session)?;
            Ok(session.map(|session| (opened, session, held)))
        });
        let (opened, (session_id, session_hash), held) = match opened {
            Ok(Some(opened)) => opened,
            Ok(None) => return Ok(Seen::Gone),
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(record = row.id, %error, "a record cannot be read and was not looked through");
                return Ok(Seen::Failed);
            }
            Err(error) => return Err(error),
        };
        let (Some(session_id), Some(source)) = (session_id, Source::from_number(row.source)) else {
            return Ok(Seen::Gone);
        };
        let size = opened.bytes;
        let parts: Vec<IdHash> = opened.shared.iter().map(|(_, hash)| *hash).collect();
        let Some(again) = redacted_again(opened, redactor) else {
            tracing::error!(
                record = row.id,
                "a record could not be looked through within the limits and stays as it is"
            );
            return Ok(Seen::Failed);
        };
        let Some((content, found)) = again else {
            let unchanged = Looked::Unchanged { id: row.id, parts };
            return Ok(Seen::Looked(unchanged, BTreeMap::new(), size));
        };
        let subject = Subject {
            natural_key: row.natural_key,
            source,
            session_id,
            session_hash,
            at_us: row.at_us,
            delivery: deliveries.get(&row.delivery).cloned().unwrap_or_default(),
            // Noted with the record that this one takes the place of.
            device: None,
            fork_of: None,
        };
        let content = Content {
            held: held.iter().map(|held| held.content).collect(),
            ..content
        };
        let prepared = seal_content(subject, content, &inner.keys, self.random())?;
        let superseding = Looked::Superseded {
            old: row.id,
            outdated_parts: outdated(parts, &prepared),
            by: Box::new(prepared),
        };
        Ok(Seen::Looked(superseding, found, size))
    }

    /// Destroys what nothing refers to any more, writes the act, and has the old bytes leave the files.
    fn finish_rescan(&self, report: &mut RescanReport, actor: &Actor) -> Result<(), StoreError> {
        let version = report.version;
        let is_complete = report.records_behind <= report.failures;
        let destroyed = self.read(records::superseded_unsaid)?;
        let detail = json!({
            "version": report.version, "records_seen": report.records_seen, "destroyed": destroyed,
            "replaced": report.replaced_by_kind, "failures": report.failures,
            "texts_seen": report.texts_seen, "texts_replaced": report.texts_replaced, "texts_failed": report.texts_failed,
        });
        self.change(ActKind::Rescanned, actor, detail, move |transaction| {
            records::set_superseded_unsaid(transaction, 0)?;
            if is_complete {
                records::remove_marked_parts(transaction, version)?;
            }
            Ok(())
        })?;
        // Names and documents follow: what they held of the old contents is overwritten too.
        while !self.wait_projected(LOOK) {
            if self.inner().handover.is_stopped() {
                return Err(StoreError::Closed);
            }
        }
        self.inner().bodies.clear();
        self.writer()?.run(|state| {
            state
                .connection
                .execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
            Ok(())
        })?;
        self.inner().search.work().settle()?;
        report.records_behind = self.behind(report.version)?;
        Ok(())
    }

    fn behind(&self, version: u32) -> Result<u64, StoreError> {
        self.read(|connection| records::count_behind(connection, version))
    }
}

/// A content under other rules, and what they replaced in it, by type.
type Again = (Content, BTreeMap<String, u64>);

/// A content under the rules in force; no content when they find nothing in it; `None` when they cannot be applied to it.
fn redacted_again(opened: Opened, redactor: &Redactor) -> Option<Option<Again>> {
    let meta_before = serde_json::to_value(&opened.meta).unwrap_or_default();
    let body = redactor.redact_json(opened.body.clone());
    let meta = redactor.redact_json(meta_before.clone());
    // What is stored is not thrown away for a limit: it stays, and is said to be under older rules.
    if body.dropped().or(meta.dropped()).is_some() {
        return None;
    }
    if *body.value() == opened.body && *meta.value() == meta_before {
        return Some(None);
    }
    let new = RecordRedaction::of(redactor.rule_set(), &body, &meta);
    let found = new.tally().kinds;
    let (body, meta) = (body.into_value(), meta.into_value());
    let old = &opened.redaction;
    let redaction = RecordRedaction {
        spans: merge(&old.spans, &new.spans, &opened.body, &body),
        meta_spans: merge(&old.meta_spans, &new.meta_spans, &meta_before, &meta),
        dropped: old.dropped.clone(),
        content_off: old.content_off,
        ..new
    };
    let shared = opened.shared.into_iter().map(|(pointer, _)| pointer);
    let content = Content {
        body,
        meta,
        redaction,
        shared: shared.collect(),
        held: Vec::new(),
    };
    Some(Some((content, found)))
}

/// Of the parts that an old content refers to, those to which what is left of it does not.
fn outdated(mut parts: Vec<IdHash>, prepared: &Prepared) -> Vec<IdHash> {
    parts.retain(|hash| prepared.shared.iter().all(|part| part.hash != *hash));
    parts
}
