//! Record bodies: opened, with what is kept once per workspace put back in its place.

use std::collections::HashMap;
use std::sync::Arc;

use argus_redact::FieldSpan;
use argus_session::document::PayloadRedaction;
use argus_session::{ContentRank, Meta, Record, RecordId, Source};
use rusqlite::Connection;
use serde_json::Value;

use crate::blobs::Blobs;
use crate::body_cache::CachedBody;
use crate::key_ring::{IdHash, KeyRing};
use crate::prepare::associated;
use crate::projection::Taken;
use crate::sqlite::records::{self, StoredRow};
use crate::workspace::Workspace;
use crate::{Delivery, RecordRedaction, StoreError, seal};

/// A stored body's parts.
pub(crate) struct Opened {
    pub(crate) body: Value,
    pub(crate) meta: Meta,
    pub(crate) redaction: RecordRedaction,
    /// The parts of the body that are kept once per workspace: where, and under which hash.
    pub(crate) shared: Vec<(String, IdHash)>,
    pub(crate) bytes: usize,
}

/// A stored row's body, opened; `None` when it was erased or superseded.
pub(crate) fn open(
    connection: &Connection,
    keys: &KeyRing,
    blobs: &Blobs,
    row: &StoredRow,
) -> Result<Option<Opened>, StoreError> {
    let sealed = match (&row.sealed, &row.blob) {
        (Some(sealed), _) => sealed.clone(),
        (None, Some(blob)) => blobs.read(blob)?,
        (None, None) => return Ok(None),
    };
    let Some((_, hash)) = records::session_of(connection, row.session)? else {
        return Ok(None);
    };
    let Some(key) = keys.session_key(hash)? else {
        return Ok(None);
    };
    let (_, bytes) = seal::open(&key, &associated(&row.natural_key, &row.content), &sealed)?;
    let damaged = || StoreError::Corrupt {
        table: "bodies",
        what: format!("the body of record {}", row.id),
    };
    let Ok(Value::Object(mut stored)) = serde_json::from_slice(&bytes) else {
        return Err(damaged());
    };
    let mut body = stored.remove("body").ok_or_else(damaged)?;
    let mut parts = Vec::new();
    for part in stored
        .get("shared")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let hash = part[1].as_str().and_then(|hash| hex::decode(hash).ok());
        let (Some(pointer), Some(hash)) = (
            part[0].as_str(),
            hash.and_then(|hash| IdHash::try_from(hash).ok()),
        ) else {
            return Err(damaged());
        };
        if let (Some(place), Some(shared)) =
            (body.pointer_mut(pointer), shared(connection, keys, &hash)?)
        {
            *place = shared;
        }
        parts.push((pointer.to_owned(), hash));
    }
    Ok(Some(Opened {
        body,
        meta: stored
            .remove("meta")
            .and_then(|meta| serde_json::from_value(meta).ok())
            .unwrap_or_default(),
        redaction: stored
            .remove("redaction")
            .and_then(|redaction| serde_json::from_value(redaction).ok())
            .unwrap_or_default(),
        shared: parts,
        bytes: bytes.len(),
    }))
}

fn shared(
    connection: &Connection,
    keys: &KeyRing,
    hash: &IdHash,
) -> Result<Option<Value>, StoreError> {
    let Some(sealed) = records::shared_body(connection, hash)? else {
        return Ok(None);
    };
    let (_, bytes) = seal::open(keys.workspace_key(), hash, &sealed)?;
    Ok(serde_json::from_slice(&bytes).ok())
}

/// A stored row as the projector takes it; `None` when it was erased.
pub(crate) fn open_record(
    connection: &Connection,
    keys: &KeyRing,
    blobs: &Blobs,
    deliveries: &HashMap<i64, Delivery>,
    row: &StoredRow,
) -> Result<Option<Taken>, StoreError> {
    let Some(opened) = open(connection, keys, blobs, row)? else {
        return Ok(None);
    };
    let Some((Some(session_id), _)) = records::session_of(connection, row.session)? else {
        return Ok(None);
    };
    let delivery = deliveries.get(&row.delivery).cloned().unwrap_or_default();
    let source = Source::from_number(row.source).ok_or_else(|| StoreError::Corrupt {
        table: "records",
        what: format!("source of record {}", row.id),
    })?;
    let mut hash = [0; 32];
    hash[..16].copy_from_slice(&row.content);
    let record = Record {
        id: row.id,
        natural_key: row.natural_key,
        rank: ContentRank {
            rule_version: row.rule_version,
            hash,
        },
        source,
        session_id,
        projects: delivery.projects,
        credential_user: delivery.user,
        at_us: row.at_us,
        body: opened.body,
        meta: opened.meta,
    };
    Ok(Some(Taken {
        record,
        session: row.session,
        received_at_us: row.received_at_us,
        tally: opened.redaction.tally(),
        takes_place: opened.redaction.content_off && records::took_place(connection, row)?,
    }))
}

impl Workspace {
    /// The redacted body of a record; `None` when there is none, or it was erased.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn record_body(&self, record: RecordId) -> Result<Option<Value>, StoreError> {
        Ok(self
            .cached_body(record)?
            .map(|cached| cached.body.as_ref().clone()))
    }

    /// What redaction did to a record: rules, version, spans, and why content was dropped.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn record_redaction(
        &self,
        record: RecordId,
    ) -> Result<Option<RecordRedaction>, StoreError> {
        let inner = self.inner();
        self.read(|connection| match records::one(connection, record)? {
            Some(row) => {
                Ok(open(connection, &inner.keys, &inner.blobs, &row)?
                    .map(|opened| opened.redaction))
            }
            None => Ok(None),
        })
    }

    pub(crate) fn cached_body(&self, record: RecordId) -> Result<Option<CachedBody>, StoreError> {
        let inner = self.inner();
        if let Some(cached) = inner.bodies.get(record) {
            return Ok(Some(cached));
        }
        let opened = self.read(|connection| match records::one(connection, record)? {
            Some(row) => open(connection, &inner.keys, &inner.blobs, &row),
            None => Ok(None),
        })?;
        Ok(opened.map(|opened| {
            let cached = CachedBody {
                body: Arc::new(opened.body),
                redactions: shown_spans(opened.redaction.spans).into(),
            };
            inner.bodies.put(record, cached.clone(), opened.bytes);
            cached
        }))
    }
}

/// Replacements as documents show them: in values, not in the names of them.
pub(crate) fn shown_spans(spans: Vec<FieldSpan>) -> Vec<PayloadRedaction> {
    let of_values = spans.into_iter().filter(|span| !span.of_name);
    of_values.map(shown).collect()
}

fn shown(span: FieldSpan) -> PayloadRedaction {
    PayloadRedaction {
        pointer: span.pointer,
        kind: span.kind,
        start: span.start,
        end: span.end,
    }
}
