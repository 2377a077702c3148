//! Opened bodies, kept for a while: a page shows several texts of one record.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use argus_session::RecordId;
use argus_session::document::PayloadRedaction;
use serde_json::Value;

use crate::limits::BODY_CACHE_BYTES_MAX;

/// A body, and what was replaced in it.
#[derive(Debug, Clone)]
pub(crate) struct CachedBody {
    pub(crate) body: Arc<Value>,
    pub(crate) redactions: Arc<[PayloadRedaction]>,
}

/// The cache: the oldest goes first.
#[derive(Debug, Default)]
pub(crate) struct BodyCache(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    bodies: HashMap<RecordId, (CachedBody, usize)>,
    order: VecDeque<RecordId>,
    bytes: usize,
}

impl BodyCache {
    pub(crate) fn get(&self, record: RecordId) -> Option<CachedBody> {
        self.lock()
            .bodies
            .get(&record)
            .map(|(body, _)| body.clone())
    }

    pub(crate) fn put(&self, record: RecordId, body: CachedBody, bytes: usize) {
        if bytes > BODY_CACHE_BYTES_MAX / 4 {
            return;
        }
        let mut held = self.lock();
        if held.bodies.insert(record, (body, bytes)).is_none() {
            held.order.push_back(record);
            held.bytes += bytes;
        }
        while held.bytes > BODY_CACHE_BYTES_MAX {
            let Some(oldest) = held.order.pop_front() else {
                break;
            };
            if let Some((_, bytes)) = held.bodies.remove(&oldest) {
                held.bytes -= bytes;
            }
        }
    }

    /// Forgets everything: after an erasure nothing erased may be shown.
    pub(crate) fn clear(&self) {
        *self.lock() = Held::default();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
