//! Calls that were let go on and not stored: said as a `lost` record as soon as the store takes one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use argus_session::{Item, Meta, NaturalKey, Source, time};
use serde_json::json;

/// Most sessions of which losses are kept apart; beyond it they count for none.
const SESSIONS_MAX: usize = 1_000;

/// Whose loss it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Loser {
    pub(super) workspace: String,
    pub(super) project: String,
    pub(super) session_id: Option<String>,
    /// Why: `refused` by the store, or `unreadable`.
    pub(super) reason: &'static str,
}

#[derive(Debug, Clone, Copy)]
struct Loss {
    from_us: i64,
    to_us: i64,
    count: u64,
    bytes: u64,
}

/// What was lost and not yet said.
#[derive(Debug, Default)]
pub(crate) struct Losses(Mutex<BTreeMap<Loser, Loss>>);

impl Losses {
    /// Notes a call that was not stored.
    pub(super) fn add(&self, mut loser: Loser, at_us: i64, bytes: usize) {
        let mut held = self.lock();
        if held.len() >= SESSIONS_MAX && !held.contains_key(&loser) {
            loser.session_id = None;
        }
        let loss = held.entry(loser).or_insert(Loss {
            from_us: at_us,
            to_us: at_us,
            count: 0,
            bytes: 0,
        });
        loss.from_us = loss.from_us.min(at_us);
        loss.to_us = loss.to_us.max(at_us);
        loss.count += 1;
        loss.bytes += bytes as u64;
    }

    /// Takes what a workspace's project lost, as items to be stored, with what puts them back.
    pub(super) fn take(&self, workspace: &str, project: &str) -> Taken<'_> {
        let mut held = self.lock();
        let losers: Vec<Loser> = held
            .keys()
            .filter(|loser| loser.workspace == workspace && loser.project == project)
            .cloned()
            .collect();
        let lost = losers
            .into_iter()
            .filter_map(|loser| held.remove_entry(&loser))
            .collect();
        Taken { losses: self, lost }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Loser, Loss>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Losses on their way into the store. Dropped before [`Taken::said`]: they are still to be said.
pub(super) struct Taken<'a> {
    losses: &'a Losses,
    lost: Vec<(Loser, Loss)>,
}

impl Taken<'_> {
    pub(super) fn items(&self) -> Vec<Item> {
        self.lost.iter().map(item).collect()
    }

    pub(super) fn said(mut self) {
        self.lost.clear();
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut held = self.losses.lock();
        for (loser, loss) in self.lost.drain(..) {
            let other = held.entry(loser).or_insert(Loss {
                count: 0,
                bytes: 0,
                ..loss
            });
            other.from_us = other.from_us.min(loss.from_us);
            other.to_us = other.to_us.max(loss.to_us);
            other.count += loss.count;
            other.bytes += loss.bytes;
        }
    }
}

fn item((loser, loss): &(Loser, Loss)) -> Item {
    let session = loser.session_id.as_deref().unwrap_or_default();
    let (reason, count) = (loser.reason, loss.count);
    let key = format!(
        "lost\0inference_hook\0{session}\0{reason}\0{}\0{}\0{count}",
        loss.from_us, loss.to_us
    );
    let mut body = json!({
        "type": "lost", "reason": reason, "from": time::rfc3339(loss.from_us), "to": time::rfc3339(loss.to_us),
        "count": count, "bytes": loss.bytes, "by_source": {"inference_hook": count},
    });
    if let Some(session) = &loser.session_id {
        body["session_id"] = json!(session);
    }
    Item {
        source: Source::Capture,
        key: NaturalKey::given(&key),
        session_id: loser.session_id.clone(),
        at_us: Some(loss.to_us),
        body,
        meta: Meta::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_said_is_still_to_be_said() {
        let losses = Losses::default();
        let loser = Loser {
            workspace: "w".to_owned(),
            project: "p".to_owned(),
            session_id: Some("s".to_owned()),
            reason: "refused",
        };
        losses.add(loser.clone(), 5_000_000, 7);
        losses.add(loser, 2_000_000, 3);
        assert!(losses.take("w", "other").items().is_empty());
        drop(losses.take("w", "p"));
        let taken = losses.take("w", "p");
        let items = taken.items();
        assert_eq!(items[0].body["count"], 2);
        assert_eq!(items[0].body["bytes"], 10);
        assert_eq!(items[0].body["from"], "1970-01-01T00:00:02Z");
        taken.said();
        assert!(losses.take("w", "p").items().is_empty());
    }
}
