//! What becomes of an item once it is decoded: natural key, redaction, record, fold, document.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock};

use argus_redact::Redactor;
use argus_session::document::resolve_document;
use argus_session::{Applied, ContentRank, Fold, Item, Record, SessionDocument, treatment};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The rules are compiled once.
pub(crate) static REDACTOR: LazyLock<Redactor> = LazyLock::new(Redactor::without_workspace);
/// Longest text of a document that is filled in, as the API would.
const TEXT_BYTES_MAX: usize = 4_096;

/// Sends items down the whole way, in their order and in the opposite one: both have to give one document a session.
pub(crate) fn go(items: Vec<Item>) {
    let mut records: Vec<Record> = items
        .into_iter()
        .zip(0..)
        .map(|(item, id)| record(item, id))
        .collect();
    // The store keeps one of two records that are the same.
    let mut known = HashSet::new();
    records.retain(|record| known.insert((record.natural_key, record.rank)));
    let there = fold(records.iter());
    let back = fold(records.iter().rev());
    for (id, document) in &there {
        let json = serde_json::to_value(document).unwrap();
        let read: SessionDocument = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            json,
            "a document reads back as it was written"
        );
        assert_eq!(
            serde_json::to_value(&back[id]).unwrap(),
            json,
            "the order does not matter"
        );
    }
}

fn record(item: Item, id: u64) -> Record {
    let _ = treatment::of(&item);
    let body = REDACTOR.redact_json(item.body).into_value();
    let hash = |parts: &[&[u8]]| -> [u8; 32] {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part);
        }
        digest.finalize().into()
    };
    let key = hash(&[&[item.source.number()], item.key.as_bytes()]);
    let mut natural_key = [0; 16];
    natural_key.copy_from_slice(&key[..16]);
    Record {
        id,
        natural_key,
        rank: ContentRank {
            rule_version: 1,
            hash: hash(&[body.to_string().as_bytes()]),
        },
        source: item.source,
        session_id: item.session_id.unwrap_or_default(),
        projects: vec!["fuzzed".to_owned()],
        credential_user: None,
        at_us: item.at_us,
        body,
        meta: item.meta,
    }
}

fn fold<'a>(records: impl Iterator<Item = &'a Record>) -> BTreeMap<&'a str, SessionDocument> {
    let mut sessions: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    let mut bodies: BTreeMap<u64, Arc<Value>> = BTreeMap::new();
    for record in records {
        sessions.entry(&record.session_id).or_default().push(record);
        bodies.insert(record.id, Arc::new(record.body.clone()));
    }
    sessions
        .into_iter()
        .map(|(id, records)| {
            let mut fold = Fold::new(id);
            let applied: Vec<Applied> = records.iter().map(|record| fold.apply(record)).collect();
            if applied.contains(&Applied::Refold) {
                fold = refold(id, &records);
            }
            let mut document = fold.document();
            resolve_document(&mut document, &bodies, TEXT_BYTES_MAX);
            (id, document)
        })
        .collect()
}

/// A fold of the content that counts of each natural key, as the store makes one when a better content comes later.
fn refold(id: &str, records: &[&Record]) -> Fold {
    let mut best: BTreeMap<[u8; 16], &Record> = BTreeMap::new();
    for record in records {
        let held = best.entry(record.natural_key).or_insert(record);
        if record.rank.beats(&held.rank) {
            *held = record;
        }
    }
    let mut fold = Fold::new(id);
    for record in best.values() {
        fold.apply(record);
    }
    fold
}
