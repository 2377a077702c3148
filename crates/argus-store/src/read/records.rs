//! A session's records as they stand in the ledger: what they are, their contents, and the proof that each is in the tree.

use argus_ledger::{Hash, Leaf, leaf_hash};
use argus_session::document::PayloadRedaction;
use argus_session::source::{kind_of, span_duration_us};
use argus_session::{RecordId, Source};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde_json::Value;

use super::body;
use crate::StoreError;
use crate::check::ContentState;
use crate::limits::STEP_RECORDS_MAX;
use crate::sqlite::{records, tree};
use crate::workspace::Workspace;

/// A record without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Its number: that of its leaf.
    pub id: RecordId,
    /// Where it comes from.
    pub source: Source,
    /// What the item calls itself; `None` when its content is gone or has no name.
    pub kind: Option<String>,
    /// The item's own time, microseconds UTC.
    pub at_us: Option<i64>,
    /// How long it took, of a span.
    pub duration_us: Option<i64>,
    /// When it was received.
    pub received_at_us: i64,
    /// Version of the redaction rules that were applied.
    pub rule_version: u32,
    /// False when another content of the same item counts in its place, or its content is gone.
    pub is_active: bool,
    /// The record that took its place, once its content was destroyed.
    pub superseded_by: Option<RecordId>,
    /// Its content could not be redacted and was dropped.
    pub is_dropped: bool,
    /// Its session's content is off: what is left is its metadata.
    pub is_content_off: bool,
}

/// A record, its content and its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDetail {
    /// What it is.
    pub row: RecordRow,
    /// Whether its content is what its leaf says.
    pub state: ContentState,
    /// Its redacted content; `None` when that is gone.
    pub body: Option<Value>,
    /// What was replaced in it.
    pub redactions: Vec<PayloadRedaction>,
    /// The proof; `None` when its leaf is missing.
    pub proof: Option<RecordProof>,
}

/// The proof that a record is in the ledger: RFC 6962, section 2.1.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordProof {
    /// The leaf's bytes.
    pub leaf: Vec<u8>,
    /// Their hash in the tree.
    pub leaf_hash: Hash,
    /// The commitment to the content that the leaf holds.
    pub commitment: Hash,
    /// The leaf's place.
    pub index: u64,
    /// Leaves of the tree.
    pub size: u64,
    /// The tree's root.
    pub root: Hash,
    /// The inclusion path, from the leaf up.
    pub path: Vec<Hash>,
}

/// Records of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSlice {
    /// The place of the first one.
    pub offset: u64,
    /// The records, by number.
    pub rows: Vec<RecordRow>,
    /// How many there are.
    pub total: u64,
}

/// Which part of a session's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRange<'a> {
    /// Of these sources only; of all when it is empty.
    pub sources: &'a [Source],
    /// The first one's place.
    pub offset: u64,
    /// The part in which this record is, in place of `offset`: a multiple of `limit` before it.
    pub around: Option<RecordId>,
    /// How many.
    pub limit: u64,
}

impl Workspace {
    /// A part of a session's records, in the order in which they were received.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn session_records(
        &self,
        session_id: &str,
        range: RecordRange<'_>,
    ) -> Result<RecordSlice, StoreError> {
        self.read(|connection| {
            let Some(n) = records::known_session(connection, session_id)? else {
                return Ok(RecordSlice {
                    offset: 0,
                    rows: Vec::new(),
                    total: 0,
                });
            };
            let (total, mut offset) = (count(connection, n, range.sources, None)?, range.offset);
            let limit = range.limit.max(1);
            if let Some(record) = range.around {
                let before = count(connection, n, range.sources, Some(record))?;
                offset = before / limit * limit;
            }
            let (condition, mut values) = of_sources(n, range.sources);
            values.push(Sql::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
            values.push(Sql::Integer(i64::try_from(offset).unwrap_or(i64::MAX)));
            let places = values.len();
            let mut statement = connection.prepare_cached(&format!(
                "SELECT r.id FROM records r WHERE {condition} ORDER BY r.id LIMIT ?{} OFFSET ?{places}",
                places - 1
            ))?;
            let ids: Vec<RecordId> = statement
                .query_map(params_from_iter(&values), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                rows.extend(self.record_row(connection, n, id)?.map(|(row, _)| row));
            }
            Ok(RecordSlice {
                offset,
                rows,
                total,
            })
        })
    }

    /// A record of a session; `None` when the session has no such record.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn session_record(
        &self,
        session_id: &str,
        record: RecordId,
    ) -> Result<Option<RecordDetail>, StoreError> {
        let found = self.read(|connection| {
            let Some(n) = records::known_session(connection, session_id)? else {
                return Ok(None);
            };
            let Some((row, opened)) = self.record_row(connection, n, record)? else {
                return Ok(None);
            };
            Ok(Some((row, opened, tree::prove(connection, record)?)))
        })?;
        let Some((row, opened, proven)) = found else {
            return Ok(None);
        };
        let proof = proven.and_then(|proven| {
            let leaf = Leaf::decode(&proven.leaf).ok()?;
            Some(RecordProof {
                leaf_hash: leaf_hash(&proven.leaf),
                commitment: leaf.commitment,
                leaf: proven.leaf,
                index: record,
                size: proven.size,
                root: proven.root,
                path: proven.path,
            })
        });
        let state = self.content_state(record)?.unwrap_or(ContentState::Damaged);
        let (body, redactions) = match opened {
            Some(opened) => (Some(opened.body), body::shown_spans(opened.redaction.spans)),
            None => (None, Vec::new()),
        };
        Ok(Some(RecordDetail {
            row,
            state,
            body,
            redactions,
            proof,
        }))
    }

    /// The numbers of the records that a step rests on, and of other contents of the same items, ascending; at most 100, and how
    /// many more there are. `None` when there is no such step.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn step_records(
        &self,
        session_id: &str,
        step_id: &str,
    ) -> Result<Option<(Vec<RecordId>, u64)>, StoreError> {
        let Some((_, step)) = self.step_unresolved(session_id, step_id)? else {
            return Ok(None);
        };
        let own = step.records.len();
        let mut ids: Vec<RecordId> = step.records.into_iter().take(STEP_RECORDS_MAX).collect();
        let more = own.saturating_sub(ids.len()) as u64;
        let others = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT o.id FROM records r JOIN records o ON o.natural_key = r.natural_key AND o.session = r.session
                 WHERE r.id = ?1 AND o.id <> ?1 ORDER BY o.id LIMIT ?2",
            )?;
            let mut others: Vec<RecordId> = Vec::new();
            for id in &ids {
                let room = i64::try_from(STEP_RECORDS_MAX).unwrap_or(i64::MAX);
                let rows = statement.query_map(params![id, room], |row| row.get(0))?;
                others.extend(rows.collect::<Result<Vec<RecordId>, _>>()?);
            }
            Ok(others)
        })?;
        ids.extend(others);
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(STEP_RECORDS_MAX);
        Ok(Some((ids, more)))
    }

    fn record_row(
        &self,
        connection: &Connection,
        session: i64,
        id: RecordId,
    ) -> Result<Option<(RecordRow, Option<body::Opened>)>, StoreError> {
        let Some(stored) = records::one(connection, id)?.filter(|row| row.session == session)
        else {
            return Ok(None);
        };
        let source = Source::from_number(stored.source).ok_or_else(|| StoreError::Corrupt {
            table: "records",
            what: format!("source of record {id}"),
        })?;
        let flags = connection
            .prepare_cached(
                "SELECT active, superseded_by, dropped, content_off FROM records WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((is_active, superseded_by, is_dropped, is_content_off)) = flags else {
            return Ok(None);
        };
        let inner = self.inner();
        // A content that does not open is damaged, and said to be.
        let opened = body::open(connection, &inner.keys, &inner.blobs, &stored)
            .ok()
            .flatten();
        let body = opened.as_ref().map(|opened| &opened.body);
        let row = RecordRow {
            id,
            source,
            kind: body.and_then(|body| kind_of(source, body)),
            at_us: stored.at_us,
            duration_us: body.and_then(span_duration_us),
            received_at_us: stored.received_at_us,
            rule_version: stored.rule_version,
            is_active,
            superseded_by,
            is_dropped,
            is_content_off,
        };
        Ok(Some((row, opened)))
    }
}

/// How many records of a session there are, before one of them.
fn count(
    connection: &Connection,
    session: i64,
    sources: &[Source],
    before: Option<RecordId>,
) -> Result<u64, StoreError> {
    let (mut condition, mut values) = of_sources(session, sources);
    if let Some(before) = before {
        values.push(Sql::Integer(i64::try_from(before).unwrap_or(i64::MAX)));
        condition.push_str(&format!(" AND r.id < ?{}", values.len()));
    }
    Ok(connection
        .prepare_cached(&format!("SELECT count(*) FROM records r WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?)
}

fn of_sources(session: i64, sources: &[Source]) -> (String, Vec<Sql>) {
    let mut values = vec![Sql::Integer(session)];
    let mut condition = "r.session = ?1".to_owned();
    if !sources.is_empty() {
        let places: Vec<String> = sources
            .iter()
            .map(|source| {
                values.push(Sql::Integer(i64::from(source.number())));
                format!("?{}", values.len())
            })
            .collect();
        condition.push_str(&format!(" AND r.source IN ({})", places.join(", ")));
    }
    (condition, values)
}
