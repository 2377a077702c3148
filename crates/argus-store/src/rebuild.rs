//! Making the projections anew, and the canonical dump that proves it changes nothing.

use std::io::Write;
use std::time::Duration;

use argus_session::canonical;
use serde_json::json;

use crate::redaction;
use crate::sqlite::{inventory, names, projections, records};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError, projection};

/// What a rebuild made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RebuildReport {
    /// Sessions that are listed.
    pub sessions: u64,
}

/// How long one look at a rebuild's progress waits.
const LOOK: Duration = Duration::from_secs(60);

impl Workspace {
    /// Throws the projections away and makes them anew from the records. Reading goes on, and fills up again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn rebuild(&self, actor: &Actor) -> Result<RebuildReport, StoreError> {
        self.change(ActKind::Rebuilt, actor, json!({}), |transaction| {
            for table in projections::TABLES.iter().chain(&inventory::TABLES) {
                transaction.execute(&format!("DELETE FROM {table}"), [])?;
            }
            projection::set_projected(transaction, -1)
        })?;
        self.inner().search.work().wipe();
        self.inner().handover.start_over();
        while !self.wait_projected(LOOK) {
            if self.inner().handover.is_stopped() {
                return Err(StoreError::Closed);
            }
        }
        while !self.wait_indexed(LOOK) {
            if self.inner().handover.is_stopped() {
                return Err(StoreError::Closed);
            }
        }
        let sessions = self.read(crate::read::list::count)?;
        Ok(RebuildReport { sessions })
    }

    /// Writes every session's document and rows, one JSON line each, in canonical form and in the order of ids: equal
    /// stores give equal bytes.
    ///
    /// # Errors
    /// When the store cannot be read, or `out` cannot be written.
    pub fn dump(&self, out: &mut dyn Write) -> Result<(), StoreError> {
        let ids: Vec<(i64, String)> = self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT k.n, k.id FROM sessions_known k JOIN sessions s ON s.n = k.n WHERE k.id IS NOT NULL ORDER BY k.id",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        for (n, id) in ids {
            let document = self.document(&id, usize::MAX)?;
            let row = self.read(|connection| {
                let columns = projections::session_columns(connection, n)?.unwrap_or_default();
                let mut by_kind = Vec::new();
                for key in argus_session::filter::Key::ALL {
                    if let Some(kind) = names::number(*key) {
                        by_kind.push(json!([key.as_str(), projections::names(connection, n, kind)?]));
                    }
                }
                Ok(json!({
                    "listed": columns.listed, "started_at_us": columns.started_at_us, "ended_at_us": columns.ended_at_us,
                    "cost_nanousd": columns.cost_nanousd, "turns": columns.turns, "steps": columns.steps,
                    "tool_calls": columns.tool_calls, "errors": columns.errors, "names": by_kind,
                    "redactions": redaction::rows_of_session(connection, n)?,
                    "has": inventory::dump_session(connection, n)?,
                }))
            })?;
            out.write_all(&canonical::to_vec(
                &json!({"document": document, "row": row}),
            ))?;
            out.write_all(b"\n")?;
        }
        // Records that name no session are counted too.
        let sessionless =
            self.read(|connection| match records::known_session(connection, "")? {
                Some(n) => redaction::rows_of_session(connection, n),
                None => Ok(Vec::new()),
            })?;
        out.write_all(&canonical::to_vec(&json!({"redactions": sessionless})))?;
        out.write_all(b"\n")?;
        for (n, device, machine) in self.all_machines(usize::MAX)? {
            let rows = self.read(|connection| {
                Ok(json!({
                    "machine": {"device": device, "says": machine},
                    "skill_files": inventory::dump_files(connection, n)?,
                    "redactions": redaction::rows_of_session(connection, n)?,
                }))
            })?;
            out.write_all(&canonical::to_vec(&rows))?;
            out.write_all(b"\n")?;
        }
        let rollups: Vec<serde_json::Value> = self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT day, project, sessions, turns, steps, tool_calls, errors, cost_nanousd FROM rollup_days
                 WHERE sessions <> 0 ORDER BY day, project",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(json!([
                    row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?,
                    row.get::<_, i64>(4)?, row.get::<_, i64>(5)?, row.get::<_, i64>(6)?, row.get::<_, i64>(7)?
                ]))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        out.write_all(&canonical::to_vec(&json!({"rollup_days": rollups})))?;
        out.write_all(b"\n")?;
        Ok(())
    }
}
