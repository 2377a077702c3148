//! What goes with a session: all of its reviews when it is erased, what was typed when its content is switched off.

use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use super::ReviewKind;
use super::write::associated;
use crate::key_ring::{IdHash, KeyRing};
use crate::redaction::is_typed;
use crate::{StoreError, seal};
use argus_session::Random;

/// Removes the reviews of a session that is erased. Their leaves stay.
pub(crate) fn remove_of_session(connection: &Connection, session: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM reviews WHERE session = ?1",
        "DELETE FROM mentions WHERE session = ?1",
        "DELETE FROM blind_sessions WHERE session = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    Ok(())
}

/// Takes what was typed out of the reviews of a session whose content is switched off: it may quote the content. Comments and
/// corrected answers are nothing else, and go; of verdicts and scores the words, numbers and choices stay.
pub(crate) fn remove_texts_of_session(
    transaction: &Transaction<'_>,
    keys: &KeyRing,
    random: &dyn Random,
    session: i64,
    hash: IdHash,
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM mentions WHERE session = ?1", [session])?;
    transaction.execute(
        "DELETE FROM reviews WHERE session = ?1 AND kind IN (?2, ?3)",
        params![
            session,
            ReviewKind::Comment.number(),
            ReviewKind::Answer.number()
        ],
    )?;
    let rows: Vec<(i64, i64, Vec<u8>)> = {
        let mut statement = transaction.prepare(
            "SELECT act, kind, sealed FROM reviews WHERE session = ?1 AND sealed IS NOT NULL",
        )?;
        let rows =
            statement.query_map([session], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let key = keys.session_key(hash)?;
    for (act, kind, sealed) in rows {
        let associated = associated(hash, kind);
        // What cannot be opened cannot be told from text.
        let kept = key.and_then(|key| {
            let (salt, bytes) = seal::open(&key, &associated, &sealed).ok()?;
            let mut body: Value = serde_json::from_slice(&bytes).ok()?;
            remove_texts(&mut body);
            let body = serde_json::to_vec(&body).ok()?;
            Some(seal::seal(&key, &associated, &salt, &body, random))
        });
        transaction
            .prepare_cached("UPDATE reviews SET sealed = ?2 WHERE act = ?1")?
            .execute(params![act, kept])?;
    }
    Ok(())
}

/// Removes what was typed from a body, wherever it stands in it.
fn remove_texts(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !is_typed(name));
            members.values_mut().for_each(remove_texts);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_texts),
        _ => {}
    }
}
