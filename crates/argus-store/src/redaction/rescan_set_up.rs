//! Looking through how people set up queues, rubrics, saved views and share links, when the rules changed: names, filters, what
//! rubrics say, notes.
//!
//! All of it is little: each table is read at once. What the rules in force find is replaced, and the body sealed anew in its
//! place.

use argus_redact::Redactor;
use rusqlite::{Connection, params};

use super::{RescanReport, TypedBody};
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{StoreError, queues, rubrics, saved_views, seal};

/// Where such bodies are kept.
struct Place {
    table: &'static str,
    /// The text that rows are told apart by.
    id: &'static str,
    /// The number beside it; 0 where there is none.
    version: &'static str,
    /// The session's number; null where it is none's.
    session: &'static str,
    /// What a body is bound to.
    associated: fn(&str, u32) -> Vec<u8>,
}

const PLACES: [Place; 4] = [
    Place {
        table: "queues",
        id: "id",
        version: "0",
        session: "NULL",
        associated: |id, _| queues::set_up_associated(id),
    },
    Place {
        table: "rubric_versions",
        id: "rubric",
        version: "version",
        session: "NULL",
        associated: rubrics::associated,
    },
    Place {
        table: "saved_views",
        id: "id",
        version: "0",
        session: "NULL",
        associated: |id, _| saved_views::associated(id),
    },
    Place {
        table: "shares",
        id: "id",
        version: "0",
        session: "session",
        associated: |id, _| id.as_bytes().to_vec(),
    },
];

/// A row whose body is to be sealed anew.
struct Anew {
    id: String,
    version: u32,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl Workspace {
    /// Looks through everything that people set up.
    pub(super) fn rescan_set_up(
        &self,
        redactor: &Redactor,
        report: &mut RescanReport,
    ) -> Result<(), StoreError> {
        for place in &PLACES {
            let anew = self.read(|connection| self.look_at(connection, place, redactor, report))?;
            if anew.is_empty() {
                continue;
            }
            let sql = format!(
                "UPDATE {} SET sealed = ?4 WHERE {} = ?1 AND {} = ?2 AND sealed = ?3",
                place.table, place.id, place.version
            );
            // One that was set up anew meanwhile stays as it is now.
            report.texts_replaced += self.writer()?.run(move |state| {
                let transaction = state.connection.transaction()?;
                let mut replaced = 0;
                for one in &anew {
                    let values = params![one.id, one.version, one.old, one.new];
                    let rows = transaction.prepare_cached(&sql)?.execute(values)?;
                    replaced += u64::try_from(rows).unwrap_or_default();
                }
                transaction.commit()?;
                Ok(replaced)
            })?;
        }
        Ok(())
    }

    fn look_at(
        &self,
        connection: &Connection,
        place: &Place,
        redactor: &Redactor,
        report: &mut RescanReport,
    ) -> Result<Vec<Anew>, StoreError> {
        let Place {
            table,
            id,
            version,
            session,
            ..
        } = place;
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {id}, {version}, sealed, {session} FROM {table} ORDER BY 1, 2"
        ))?;
        let mut rows = statement.query([])?;
        let keys = &self.inner().keys;
        let mut anew = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, version, old): (String, u32, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let key = match row.get::<_, Option<i64>>(3)? {
                None => Some(*keys.workspace_key()),
                Some(session) => match records::session_of(connection, session)? {
                    Some((_, hash)) => keys.session_key(hash)?,
                    None => None,
                },
            };
            // Its session is being erased.
            let Some(key) = key else { continue };
            report.texts_seen += 1;
            let associated = (place.associated)(&id, version);
            let looked = seal::open(&key, &associated, &old)
                .and_then(|(salt, body)| Ok((salt, TypedBody::again(redactor, &body, true)?)));
            match looked {
                Ok((_, None)) => {}
                Ok((salt, Some(body))) => anew.push(Anew {
                    new: seal::seal(&key, &associated, &salt, body.bytes(), self.random()),
                    id,
                    version,
                    old,
                }),
                Err(error) => {
                    tracing::error!(table, %error, "a text cannot be read and was not looked through");
                    report.texts_failed += 1;
                }
            }
        }
        Ok(anew)
    }
}
