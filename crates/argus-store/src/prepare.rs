//! From an item to what the writer takes: treated, redacted, sealed. All of the work that needs no lock.

use argus_ledger::commitment;
use argus_redact::Redactor;
use argus_session::treatment::{self, Treatment};
use argus_session::{ContentRank, Item, Random, Record, Source, canonical};
use serde_json::{Value, json};

use crate::key_ring::{IdHash, KeyRing};
use crate::limits::{INLINE_BODY_BYTES_MAX, SESSION_ID_BYTES_MAX, SHARED_BYTES_MIN};
use crate::redaction::Tally;
use crate::{Delivery, RecordRedaction, StoreError, seal};

/// An item, ready to be appended.
#[derive(Debug)]
pub struct Prepared {
    /// The record as the projector will take it; its number comes with the commit.
    pub(crate) record: Record,
    pub(crate) session_hash: IdHash,
    pub(crate) content: IdHash,
    pub(crate) delivery: Delivery,
    pub(crate) commitment: [u8; 32],
    pub(crate) sealed: Vec<u8>,
    pub(crate) shared: Vec<SharedBody>,
    /// What redaction did to it.
    pub(crate) tally: Tally,
    pub(crate) suppressed: bool,
}

/// A part of a body that is kept once per workspace.
#[derive(Debug)]
pub(crate) struct SharedBody {
    pub(crate) hash: IdHash,
    pub(crate) sealed: Vec<u8>,
}

impl Prepared {
    /// What redaction replaced in it: how often, by type.
    pub fn redactions(&self) -> impl Iterator<Item = (&str, u64)> {
        let kinds = self.tally.kinds.iter();
        kinds.map(|(kind, count)| (kind.as_str(), *count))
    }

    /// Why its content was dropped, if redaction had to.
    #[must_use]
    pub fn dropped(&self) -> Option<&str> {
        self.tally.dropped.as_deref()
    }

    /// Bytes that wait for the writer with it.
    pub(crate) fn bytes(&self) -> usize {
        self.sealed.len()
            + self
                .shared
                .iter()
                .map(|shared| shared.sealed.len())
                .sum::<usize>()
            + 256
    }

    /// True when it goes into a file of its own.
    pub(crate) fn is_blob(&self) -> bool {
        self.sealed.len() > INLINE_BODY_BYTES_MAX
    }
}

/// A record but for its content.
pub(crate) struct Subject {
    pub(crate) natural_key: IdHash,
    pub(crate) source: Source,
    pub(crate) session_id: String,
    pub(crate) session_hash: IdHash,
    pub(crate) at_us: Option<i64>,
    pub(crate) delivery: Delivery,
}

/// A record's content after redaction.
pub(crate) struct Content {
    pub(crate) body: Value,
    pub(crate) meta: Value,
    pub(crate) redaction: RecordRedaction,
    /// Where parts stand that are kept once per workspace.
    pub(crate) shared: Vec<String>,
    /// Contents that are held under the natural key, where this one takes another's place.
    pub(crate) held: Vec<IdHash>,
}

/// Prepares one item.
pub(crate) fn prepare(
    item: Item,
    delivery: &Delivery,
    keys: &KeyRing,
    redactor: &Redactor,
    random: &dyn Random,
) -> Result<Prepared, StoreError> {
    let natural_key =
        keys.natural_key(&delivery.scope(), item.source.number(), item.key.as_bytes());
    let treatment = treatment::of(&item);
    let session_id = item
        .session_id
        .filter(|id| !id.is_empty() && id.len() <= SESSION_ID_BYTES_MAX)
        .unwrap_or_default();
    let subject = Subject {
        natural_key,
        source: item.source,
        session_hash: keys.session_hash(&session_id),
        session_id,
        at_us: item.at_us,
        delivery: delivery.clone(),
    };

    let body = match treatment {
        Treatment::Count => treatment::skeleton(&item.body),
        Treatment::Keep | Treatment::Share(_) => item.body,
    };
    let body = redactor.redact_json(body);
    let meta = redactor.redact_json(serde_json::to_value(&item.meta).unwrap_or_default());
    let content = Content {
        redaction: RecordRedaction::of(redactor.rule_set(), &body, &meta),
        body: body.into_value(),
        meta: meta.into_value(),
        shared: match treatment {
            Treatment::Share(pointers) => pointers.iter().map(ToString::to_string).collect(),
            Treatment::Count | Treatment::Keep => Vec::new(),
        },
        held: Vec::new(),
    };
    seal_content(subject, content, keys, random)
}

/// Seals a redacted content and makes the record of it.
pub(crate) fn seal_content(
    subject: Subject,
    content: Content,
    keys: &KeyRing,
    random: &dyn Random,
) -> Result<Prepared, StoreError> {
    let Content {
        mut body,
        meta,
        redaction,
        shared: pointers,
        held,
    } = content;
    let (tally, rule_version) = (redaction.tally(), redaction.version);
    let mut shared = Vec::new();
    let mut shared_at = Vec::new();
    for pointer in pointers {
        if let Some(part) = share(&mut body, &pointer, keys, random) {
            shared_at.push(json!([pointer, hex::encode(part.hash)]));
            shared.push(part);
        }
    }
    let canonical_body = canonical::to_vec(&body);
    let mut content = keys.content_hash(&canonical_body);
    if held.contains(&content) {
        // The body is one that is held, and what stands beside it is not: a content of its own.
        let mut beside = canonical_body;
        beside.push(0);
        beside.extend(rule_version.to_be_bytes());
        content = keys.content_hash(&beside);
    }
    let stored = json!({"body": body, "meta": meta, "redaction": redaction, "shared": shared_at});
    let bytes = serde_json::to_vec(&stored).unwrap_or_default();
    let mut salt = [0; 32];
    random.fill(&mut salt);
    let session_key = keys.session_key_or_new(subject.session_hash, random)?;
    let sealed = seal::seal(
        &session_key,
        &associated(&subject.natural_key, &content),
        &salt,
        &bytes,
        random,
    );
    let commitment = commitment(&salt, &bytes);

    let mut rank_hash = [0; 32];
    rank_hash[..16].copy_from_slice(&content);
    let Value::Object(mut stored) = stored else {
        return Err(StoreError::Closed);
    };
    let record = Record {
        id: 0,
        natural_key: subject.natural_key,
        rank: ContentRank {
            rule_version,
            hash: rank_hash,
        },
        source: subject.source,
        session_id: subject.session_id,
        projects: subject.delivery.projects.clone(),
        credential_user: subject.delivery.user.clone(),
        at_us: subject.at_us,
        body: stored.remove("body").unwrap_or_default(),
        meta: serde_json::from_value(stored.remove("meta").unwrap_or_default()).unwrap_or_default(),
    };
    Ok(Prepared {
        record,
        session_hash: subject.session_hash,
        content,
        delivery: subject.delivery,
        commitment,
        sealed,
        shared,
        tally,
        suppressed: false,
    })
}

/// What a body is bound to: it opens nowhere else.
pub(crate) fn associated(natural_key: &IdHash, content: &IdHash) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(natural_key);
    bytes[16..].copy_from_slice(content);
    bytes
}

/// Takes a part out of the body, where it is large enough to be worth it.
fn share(
    body: &mut Value,
    pointer: &str,
    keys: &KeyRing,
    random: &dyn Random,
) -> Option<SharedBody> {
    let part = body.pointer_mut(pointer)?;
    let bytes = serde_json::to_vec(part)
        .ok()
        .filter(|bytes| bytes.len() >= SHARED_BYTES_MIN)?;
    let hash = keys.content_hash(&canonical::to_vec(part));
    *part = json!({"$shared": hex::encode(hash)});
    Some(SharedBody {
        hash,
        sealed: seal::seal(keys.workspace_key(), &hash, &[0; 32], &bytes, random),
    })
}
