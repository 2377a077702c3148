//! Which state of a session is read: what answers are told apart by, and whether a reader may have it at all.

use argus_session::RecordId;
use rusqlite::{OptionalExtension, params};

use crate::projection::projected;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// A state of a session: a function of the records that are projected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionVersion {
    /// The newest of its records.
    pub record: u64,
    /// When that one was received, microseconds UTC.
    pub received_at_us: i64,
}

impl Workspace {
    /// The state of a session, as projected; `None` when there is none, or when `scope` does not let its reader read it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn session_version(
        &self,
        session_id: &str,
        scope: &ReadScope,
    ) -> Result<Option<SessionVersion>, StoreError> {
        self.read(|connection| {
            let Some(n) = records::known_session(connection, session_id)? else {
                return Ok(None);
            };
            if !scope.may_read(connection, n)? {
                return Ok(None);
            }
            let up_to = projected(connection)?;
            Ok(connection
                .prepare_cached(
                    "SELECT id, received_at_us FROM records WHERE session = ?1 AND id <= ?2 ORDER BY id DESC LIMIT 1",
                )?
                .query_row(params![n, up_to], |row| {
                    Ok(SessionVersion {
                        record: row.get(0)?,
                        received_at_us: row.get(1)?,
                    })
                })
                .optional()?)
        })
    }

    /// The newest record that a session had at a time, microseconds UTC; `None` when it had none yet.
    pub(crate) fn newest_record_at(
        &self,
        session_id: &str,
        at_us: i64,
    ) -> Result<Option<RecordId>, StoreError> {
        self.read(|connection| {
            let Some(n) = records::known_session(connection, session_id)? else {
                return Ok(None);
            };
            Ok(connection
                .prepare_cached(
                    "SELECT id FROM records WHERE session = ?1 AND received_at_us <= ?2 ORDER BY id DESC LIMIT 1",
                )?
                .query_row(params![n, at_us], |row| row.get(0))
                .optional()?)
        })
    }
}
