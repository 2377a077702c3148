//! The bodies that the indexer reads texts from: opened by itself, so that readers' cache is left to readers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use argus_session::RecordId;
use argus_session::document::Bodies;
use rusqlite::Connection;
use serde_json::Value;

use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::read::body;
use crate::sqlite::records;

/// Bodies of one slice: a record often has several steps.
pub(super) struct SliceBodies<'a> {
    pub(super) reader: &'a Connection,
    pub(super) keys: &'a KeyRing,
    pub(super) blobs: &'a Blobs,
    pub(super) held: RefCell<HashMap<RecordId, Option<Arc<Value>>>>,
}

/// Most bodies that are held: enough for the steps of one record, which follow each other.
const BODIES_HELD_MAX: usize = 32;

impl Bodies for SliceBodies<'_> {
    fn body(&self, record: RecordId) -> Option<Arc<Value>> {
        if let Some(held) = self.held.borrow().get(&record) {
            return held.clone();
        }
        // What cannot be read has no text; the doctor finds it.
        let row = records::one(self.reader, record).ok().flatten();
        let opened = row.and_then(|row| {
            body::open(self.reader, self.keys, self.blobs, &row)
                .ok()
                .flatten()
        });
        let body = opened.map(|opened| Arc::new(opened.body));
        let mut held = self.held.borrow_mut();
        if held.len() >= BODIES_HELD_MAX {
            held.clear();
        }
        held.insert(record, body.clone());
        body
    }
}
