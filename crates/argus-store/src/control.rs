//! `control.db`: the list of workspaces, which workspace a token's prefix belongs to, and logins (see `accounts`).

use std::path::Path;
use std::sync::Mutex;

use rusqlite::{Connection, OptionalExtension, params};

use crate::sqlite::{connection, migrate};
use crate::{StoreError, WorkspaceInfo, WorkspaceMode};

/// The control database.
pub(crate) struct Control(Mutex<Connection>);

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

impl Control {
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connection::open_writer(path)?;
        migrate::migrate(&mut connection, migrate::CONTROL)?;
        Ok(Self(Mutex::new(connection)))
    }

    pub(crate) fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let connection = connection::open_reader(path)?;
        migrate::refuse_other(&connection, migrate::CONTROL)?;
        Ok(Self(Mutex::new(connection)))
    }

    pub(crate) fn workspaces(&self) -> Result<Vec<WorkspaceInfo>, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT id, name, mode, created_at_us FROM workspaces ORDER BY created_at_us, name",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })?;
        rows.map(|row| {
            let (id, name, mode, created_at_us) = row?;
            let mode = WorkspaceMode::from_name(&mode).ok_or_else(|| StoreError::Corrupt {
                table: "workspaces",
                what: format!("mode of {name}"),
            })?;
            Ok(WorkspaceInfo {
                id,
                name,
                mode,
                created_at_us,
            })
        })
        .collect()
    }

    pub(crate) fn add_workspace(&self, workspace: &WorkspaceInfo) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO workspaces (id, name, mode, created_at_us) VALUES (?1, ?2, ?3, ?4)",
            params![
                workspace.id,
                workspace.name,
                workspace.mode.as_str(),
                workspace.created_at_us
            ],
        )?;
        Ok(())
    }

    pub(crate) fn add_key_prefix(&self, prefix: &str, workspace: &str) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT OR REPLACE INTO key_prefixes (prefix, workspace) VALUES (?1, ?2)",
            params![prefix, workspace],
        )?;
        Ok(())
    }

    pub(crate) fn workspace_of_prefix(&self, prefix: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .lock()
            .prepare_cached("SELECT workspace FROM key_prefixes WHERE prefix = ?1")?
            .query_row([prefix], |row| row.get(0))
            .optional()?)
    }

    pub(crate) fn lock(&self) -> std::sync::MutexGuard<'_, Connection> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
