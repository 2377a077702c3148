//! From an item to what the writer takes: treated, redacted, sealed. All of the work that needs no lock.

use argus_ledger::commitment;
use argus_redact::Redactor;
use argus_session::treatment::{self, Treatment};
use argus_session::{ContentRank, Item, Random, Record, canonical};
use serde_json::{Value, json};

use crate::key_ring::{IdHash, KeyRing};
use crate::limits::{INLINE_BODY_BYTES_MAX, SESSION_ID_BYTES_MAX, SHARED_BYTES_MIN};
use crate::{Delivery, StoreError, seal};

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
    pub(crate) dropped: bool,
    pub(crate) suppressed: bool,
}

/// A part of a body that is kept once per workspace.
#[derive(Debug)]
pub(crate) struct SharedBody {
    pub(crate) hash: IdHash,
    pub(crate) sealed: Vec<u8>,
}

impl Prepared {
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
    let session_hash = keys.session_hash(&session_id);

    let body = match treatment {
        Treatment::Count => treatment::skeleton(&item.body),
        Treatment::Keep | Treatment::Share(_) => item.body,
    };
    let redacted = redactor.redact_json(body);
    let rule_version = redacted.rules().version;
    let dropped = redacted.dropped();
    let redaction = json!({
        "rules": hex::encode(redacted.rules().hash), "version": rule_version,
        "spans": redacted.spans(), "dropped": dropped.map(|reason| reason.as_str()),
    });
    let meta = redactor
        .redact_json(serde_json::to_value(&item.meta).unwrap_or_default())
        .into_value();
    let mut body = redacted.into_value();

    let mut shared = Vec::new();
    let mut shared_at = Vec::new();
    if let Treatment::Share(pointers) = treatment {
        for pointer in pointers {
            if let Some(part) = share(&mut body, pointer, keys, random) {
                shared_at.push(json!([pointer, hex::encode(part.hash)]));
                shared.push(part);
            }
        }
    }
    let canonical_body = canonical::to_vec(&body);
    let content = keys.content_hash(&canonical_body);
    let stored = json!({"body": body, "meta": meta, "redaction": redaction, "shared": shared_at});
    let bytes = serde_json::to_vec(&stored).unwrap_or_default();
    let mut salt = [0; 32];
    random.fill(&mut salt);
    let session_key = keys.session_key_or_new(session_hash, random)?;
    let sealed = seal::seal(
        &session_key,
        &associated(&natural_key, &content),
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
        natural_key,
        rank: ContentRank {
            rule_version,
            hash: rank_hash,
        },
        source: item.source,
        session_id,
        projects: delivery.projects.clone(),
        credential_user: delivery.user.clone(),
        at_us: item.at_us,
        body: stored.remove("body").unwrap_or_default(),
        meta: serde_json::from_value(stored.remove("meta").unwrap_or_default()).unwrap_or_default(),
    };
    Ok(Prepared {
        record,
        session_hash,
        content,
        delivery: delivery.clone(),
        commitment,
        sealed,
        shared,
        dropped: dropped.is_some(),
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
