//! How a workspace is.

use std::collections::BTreeMap;

use argus_ledger::Frontier;
use argus_session::Source;

use crate::StoreError;
use crate::read::list;
use crate::sqlite::records;
use crate::workspace::Workspace;

/// Figures of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WorkspaceStatus {
    /// Its name.
    pub name: String,
    /// `privacy` or `retention-locked`.
    pub mode: String,
    /// Leaves in the ledger: records and acts.
    pub leaves: u64,
    /// Root of the ledger's tree, hex.
    pub root: String,
    /// Records by source.
    pub records: BTreeMap<String, u64>,
    /// Records that name no session.
    pub sessionless: u64,
    /// Records whose content redaction had to drop.
    pub dropped: u64,
    /// Records that lost to another content under their natural key, or were erased.
    pub inactive: u64,
    /// Sessions that are listed.
    pub sessions: u64,
    /// Ids under which nothing but a start-up was seen.
    pub phantoms: u64,
    /// Sessions and natural keys that are suppressed.
    pub suppressed: u64,
    /// Records that are not projected yet.
    pub lag: u64,
    /// Records that are not in the search index yet.
    pub search_lag: u64,
    /// Bytes of the database file.
    pub database_bytes: u64,
}

impl Workspace {
    /// The workspace's figures. Reads every record's row: for the doctor, not for a page.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn status(&self) -> Result<WorkspaceStatus, StoreError> {
        let search_lag = self.search_lag()?.records;
        self.read(|connection| {
            let number = |sql: &str| -> Result<u64, StoreError> { Ok(connection.query_row(sql, [], |row| row.get(0))?) };
            let mut by_source = BTreeMap::new();
            let mut statement = connection.prepare("SELECT source, count(*) FROM records GROUP BY source")?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, u64>(1)?)))?;
            for row in rows {
                let (source, count) = row?;
                let name = Source::from_number(source).map_or_else(|| source.to_string(), |source| source.to_string());
                by_source.insert(name, count);
            }
            let frontier = records::frontier(connection)?;
            let projected = records::meta(connection, "projected")?;
            let projected = projected.and_then(|bytes| bytes.try_into().ok()).map_or(-1, i64::from_be_bytes);
            let newest = records::newest_record(connection)?;
            Ok(WorkspaceStatus {
                name: self.name().to_owned(),
                mode: self.mode().as_str().to_owned(),
                leaves: frontier.size(),
                root: hex::encode(frontier.root()),
                records: by_source,
                sessionless: number(
                    "SELECT count(*) FROM records WHERE session IN (SELECT n FROM sessions_known WHERE id = '')",
                )?,
                dropped: number("SELECT count(*) FROM records WHERE dropped = 1")?,
                inactive: number("SELECT count(*) FROM records WHERE active = 0")?,
                sessions: list::count(connection)?,
                phantoms: number("SELECT count(*) FROM sessions WHERE listed = 0")?,
                suppressed: number("SELECT count(*) FROM suppressed")?,
                lag: u64::try_from(newest.saturating_sub(projected)).unwrap_or(0),
                search_lag,
                database_bytes: number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            })
        })
    }

    /// The ledger's size and root, hex: as committed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ledger_head(&self) -> Result<(u64, String), StoreError> {
        let frontier = self.read(records::frontier)?;
        Ok((frontier.size(), hex::encode(frontier.root())))
    }

    /// True when the ledger's tree, made anew from its leaves, is the one that the store holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_ledger(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            // One snapshot, so that a record that comes meanwhile is in both or in neither.
            let transaction = connection.unchecked_transaction()?;
            let mut made = Frontier::default();
            let mut statement = transaction.prepare("SELECT id, leaf FROM leaves ORDER BY id")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if row.get::<_, u64>(0)? != made.size() {
                    return Ok(false);
                }
                made.append(argus_ledger::leaf_hash(
                    row.get_ref(1)?.as_blob().unwrap_or_default(),
                ));
            }
            Ok(made == records::frontier(&transaction)?)
        })
    }
}
