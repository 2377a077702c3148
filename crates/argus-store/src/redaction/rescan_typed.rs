//! Looking through what people typed, when the rules changed: bodies of reviews, reasons and decisions of queues, references,
//! precedents.
//!
//! What the rules in force find in one is replaced, and the body sealed anew in its place: the old one is overwritten. The act's
//! commitment stays that of the body as it was written, and the row of a review says under which rules it was sealed anew.

use argus_redact::Redactor;
use rusqlite::{Connection, OptionalExtension, params};

use super::{RescanReport, TypedBody};
use crate::key_ring::IdHash;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{StoreError, queues, reviews, rubrics, seal};

/// Rows of a table that are looked through at once.
const ROWS: i64 = 500;

/// Where texts are kept.
struct Place {
    table: &'static str,
    /// Whole numbers by which rows are gone over; several rows may have the same.
    id: &'static str,
    column: &'static str,
    /// The session's number; null where it is none's.
    session: &'static str,
    /// The kind of the review.
    kind: &'static str,
    /// What is noted with a body that was sealed anew, under the rules of version `?4`.
    also: &'static str,
    is_json: bool,
}

const PLACES: [Place; 6] = [
    Place {
        table: "reviews",
        id: "act",
        column: "sealed",
        session: "session",
        kind: "kind",
        also: ", sealed_anew = ?4",
        is_json: true,
    },
    of_queues("queue_items", "id", "reason", "session"),
    of_queues("queue_items", "id", "decision", "session"),
    of_queues(
        "queue_assignments",
        "item",
        "sealed",
        "(SELECT i.session FROM queue_items i WHERE i.id = item)",
    ),
    of_queues("gold", "session", "sealed", "session"),
    Place {
        is_json: false,
        ..of_queues("rubric_precedents", "n", "sealed", "session")
    },
];

const fn of_queues(
    table: &'static str,
    id: &'static str,
    column: &'static str,
    session: &'static str,
) -> Place {
    Place {
        table,
        id,
        column,
        session,
        kind: "0",
        also: "",
        is_json: true,
    }
}

impl Place {
    /// What a body is bound to.
    fn associated(&self, session: Option<IdHash>, kind: i64) -> Vec<u8> {
        match (self.table, session) {
            ("reviews", Some(hash)) => reviews::associated(hash, kind),
            ("rubric_precedents", _) => rubrics::PRECEDENT.to_vec(),
            _ => queues::ITEM.to_vec(),
        }
    }
}

/// A body that is to be sealed anew.
struct Anew {
    id: i64,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// What a batch came to.
#[derive(Default)]
struct Batch {
    /// The last row of it; `None` when there was none.
    last: Option<i64>,
    seen: u64,
    failures: u64,
    anew: Vec<Anew>,
}

impl Workspace {
    /// Looks through every text that people typed.
    pub(super) fn rescan_typed(
        &self,
        redactor: &Redactor,
        report: &mut RescanReport,
    ) -> Result<(), StoreError> {
        for place in &PLACES {
            let mut after = i64::MIN;
            loop {
                let batch =
                    self.read(|connection| self.look_at_typed(connection, place, after, redactor))?;
                let Some(last) = batch.last else { break };
                after = last;
                report.texts_seen += batch.seen;
                report.texts_failed += batch.failures;
                if batch.anew.is_empty() {
                    continue;
                }
                let (anew, version) = (batch.anew, report.version);
                let sql = format!(
                    "UPDATE {} SET {column} = ?3{} WHERE {} = ?1 AND {column} = ?2 AND ?4 >= 0",
                    place.table,
                    place.also,
                    place.id,
                    column = place.column,
                );
                // One that went or was replaced meanwhile stays as it is now.
                report.texts_replaced += self.writer()?.run(move |state| {
                    let transaction = state.connection.transaction()?;
                    let mut replaced = 0;
                    for one in &anew {
                        let values = params![one.id, one.old, one.new, version];
                        let rows = transaction.prepare_cached(&sql)?.execute(values)?;
                        replaced += u64::try_from(rows).unwrap_or_default();
                    }
                    transaction.commit()?;
                    Ok(replaced)
                })?;
            }
        }
        Ok(())
    }

    fn look_at_typed(
        &self,
        connection: &Connection,
        place: &Place,
        after: i64,
        redactor: &Redactor,
    ) -> Result<Batch, StoreError> {
        let Place {
            table,
            id,
            column,
            session,
            kind,
            ..
        } = place;
        let last: Option<i64> = connection
            .prepare_cached(&format!(
                "SELECT max(of) FROM (SELECT {id} AS of FROM {table} WHERE {id} > ?1 ORDER BY {id} LIMIT ?2)"
            ))?
            .query_row([after, ROWS], |row| row.get(0))
            .optional()?
            .flatten();
        let mut batch = Batch {
            last,
            ..Batch::default()
        };
        let Some(last) = last else { return Ok(batch) };
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {id}, {session}, {kind}, {column} FROM {table} WHERE {id} > ?1 AND {id} <= ?2 AND {column} IS NOT NULL"
        ))?;
        let mut rows = statement.query([after, last])?;
        let keys = &self.inner().keys;
        while let Some(row) = rows.next()? {
            let (session, old): (Option<i64>, Vec<u8>) = (row.get(1)?, row.get(3)?);
            let (hash, key) = match session {
                None => (None, Some(*keys.workspace_key())),
                Some(session) => match records::session_of(connection, session)? {
                    Some((_, hash)) => (Some(hash), keys.session_key(hash)?),
                    None => (None, None),
                },
            };
            // Its session is being erased.
            let Some(key) = key else { continue };
            batch.seen += 1;
            let associated = place.associated(hash, row.get(2)?);
            let opened = seal::open(&key, &associated, &old).and_then(|(salt, body)| {
                Ok((salt, TypedBody::again(redactor, &body, place.is_json)?))
            });
            match opened {
                Ok((_, None)) => {}
                Ok((salt, Some(body))) => batch.anew.push(Anew {
                    id: row.get(0)?,
                    new: seal::seal(&key, &associated, &salt, body.bytes(), self.random()),
                    old,
                }),
                Err(error) => {
                    tracing::error!(table, %error, "a text cannot be read and was not looked through");
                    batch.failures += 1;
                }
            }
        }
        Ok(batch)
    }
}
