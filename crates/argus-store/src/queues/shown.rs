//! Which sessions' reviews queues have shown since: somebody was the last to judge an item, a calibration was revealed, a queue was
//! closed or set up anew. The acts tell, so that nothing need be kept for it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::acts::Act;
use crate::key_ring::KeyRing;
use crate::{ActKind, StoreError, seal};

/// Most acts that are looked through; who is further behind reads everything again.
const ACTS_MAX: usize = 10_000;

/// The numbers of the sessions of which something may be shown by what was done to queues after the act `after`, up to `up_to`; `None`
/// when that is too much to look through. Whether anything is, the reader decides.
pub(crate) fn shown_since(
    connection: &Connection,
    keys: &KeyRing,
    after: i64,
    up_to: i64,
) -> Result<Option<BTreeSet<i64>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sealed FROM acts WHERE id > ?1 AND id <= ?2 AND kind IN (?3, ?4) LIMIT ?5",
    )?;
    let kinds = [ActKind::QueueChanged, ActKind::QueueItemChanged].map(ActKind::number);
    let rows = statement.query_map(
        params![after, up_to, kinds[0], kinds[1], ACTS_MAX + 1],
        |row| row.get::<_, Vec<u8>>(0),
    )?;
    let sealed: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    if sealed.len() > ACTS_MAX {
        return Ok(None);
    }
    let mut found = BTreeSet::new();
    for sealed in sealed {
        let (_, body) = seal::open(keys.workspace_key(), crate::writer::ACT, &sealed)?;
        let act: Act = serde_json::from_slice(&body).map_err(|_| StoreError::Corrupt {
            table: "acts",
            what: "an act on a queue".to_owned(),
        })?;
        let said = |name: &str| act.detail.get(name).and_then(serde_json::Value::as_str);
        let (sql, of) = match said("change") {
            Some("complete" | "revealed") => (
                "SELECT session FROM queue_items WHERE id = CAST(?1 AS INTEGER)",
                said("item"),
            ),
            Some("closed" | "set up") => (
                "SELECT DISTINCT session FROM queue_items WHERE queue = ?1",
                said("queue"),
            ),
            _ => continue,
        };
        let mut statement = connection.prepare_cached(sql)?;
        for session in statement.query_map([of], |row| row.get(0))? {
            found.insert(session?);
        }
    }
    Ok(Some(found))
}
