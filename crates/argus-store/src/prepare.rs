//! From an item to what the writer takes: treated, redacted, sealed. All of the work that needs no lock.

use argus_ledger::commitment;
use argus_redact::Redactor;
use argus_session::machine::{self, is_machine};
use argus_session::source::transcript::forked_from;
use argus_session::treatment::{self, Treatment};
use argus_session::{
    ContentRank, Item, Meta, Random, Record, Source, canonical, content_off, project,
};
use serde_json::{Value, json};

use crate::devices::{DeviceId, device_id};
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
    /// The device that sent it, where the client named one.
    pub(crate) device: Option<DeviceId>,
    /// The session that a fork's copy was made in.
    pub(crate) fork_of: Option<IdHash>,
    /// It is without its content, since its session's is off.
    pub(crate) is_content_off: bool,
    /// It takes the place of another under its natural key, whatever their ranks.
    pub(crate) takes_place: bool,
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
    pub(crate) device: Option<DeviceId>,
    pub(crate) fork_of: Option<IdHash>,
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

/// Prepares one item. `is_content_off` is asked of its session, and of the one that a fork's copy was made in.
pub(crate) fn prepare(
    item: Item,
    delivery: &Delivery,
    keys: &KeyRing,
    redactor: &Redactor,
    random: &dyn Random,
    is_content_off: impl Fn(&IdHash) -> bool,
) -> Result<Prepared, StoreError> {
    let treatment = treatment::of(&item);
    let device = item.meta.device.as_deref().and_then(device_id);
    let mut session_id = item
        .session_id
        .filter(|id| !id.is_empty() && id.len() <= SESSION_ID_BYTES_MAX && !is_machine(id))
        .unwrap_or_default();
    let natural_key = |key: &[u8]| keys.natural_key(&delivery.scope(), item.source.number(), key);
    let natural_key = match device {
        // What a machine says of itself: two of them may have the same.
        Some(device) if session_id.is_empty() && item.source == Source::Capture => {
            session_id = machine::id_of(&device);
            natural_key(&[session_id.as_bytes(), &[0], item.key.as_bytes()].concat())
        }
        _ => natural_key(item.key.as_bytes()),
    };
    let fork_of = match item.source {
        Source::Transcript => forked_from(&item.body, &session_id),
        _ => None,
    };
    let mut subject = Subject {
        natural_key,
        source: item.source,
        session_hash: keys.session_hash(&session_id),
        session_id,
        at_us: item.at_us,
        delivery: delivery.clone(),
        device,
        fork_of: fork_of.map(|(id, _)| keys.session_hash(&id)),
    };
    let is_off = is_content_off(&subject.session_hash)
        || subject.fork_of.as_ref().is_some_and(is_content_off);

    if is_off {
        subject.delivery.projects = settled(&delivery.projects, &item.meta, &item.body);
    }
    let kept = match treatment {
        Treatment::Count => treatment::skeleton(&item.body),
        Treatment::Keep | Treatment::Share(_) => item.body,
    };
    let (body, meta) = if is_off {
        (content_off::body(kept), content_off::meta(item.meta))
    } else {
        (kept, item.meta)
    };
    let body = redactor.redact_json(body);
    let meta = redactor.redact_json(serde_json::to_value(&meta).unwrap_or_default());
    let content = Content {
        redaction: RecordRedaction {
            content_off: is_off,
            ..RecordRedaction::of(redactor.rule_set(), &body, &meta)
        },
        body: body.into_value(),
        meta: meta.into_value(),
        shared: match treatment {
            Treatment::Share(pointers) if !is_off => {
                pointers.iter().map(ToString::to_string).collect()
            }
            Treatment::Count | Treatment::Keep | Treatment::Share(_) => Vec::new(),
        },
        held: Vec::new(),
    };
    seal_content(subject, content, keys, random)
}

/// What is left of a content that is redacted already when its session's content is off.
pub(crate) fn without_content(
    subject: Subject,
    body: Value,
    meta: Meta,
    redaction: RecordRedaction,
    keys: &KeyRing,
    random: &dyn Random,
) -> Result<Prepared, StoreError> {
    let subject = Subject {
        delivery: Delivery {
            projects: settled(&subject.delivery.projects, &meta, &body),
            ..subject.delivery
        },
        ..subject
    };
    let content = Content {
        body: content_off::body(body),
        meta: serde_json::to_value(content_off::meta(meta)).unwrap_or_default(),
        redaction: RecordRedaction {
            // What was replaced went with the rest.
            spans: Vec::new(),
            meta_spans: Vec::new(),
            content_off: true,
            ..redaction
        },
        shared: Vec::new(),
        held: Vec::new(),
    };
    seal_content(subject, content, keys, random)
}

/// The project, while the working folder that tells it is there; the whole list where it does not.
fn settled(projects: &[String], meta: &Meta, body: &Value) -> Vec<String> {
    project::of(projects, meta, body).map_or_else(|| projects.to_vec(), |project| vec![project])
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
    let is_content_off = redaction.content_off;
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
        device: subject.device,
        fork_of: subject.fork_of,
        is_content_off,
        takes_place: false,
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
