//! Full-text search: `search.db`, an index over the texts of steps. A projection of the projections.
//!
//! A thread of its own follows the projector ([`indexer`]): of the turns that changed it compares the steps with what it
//! holds of them, reads the texts of those that differ from the records' bodies, and writes their tokens. The file holds
//! tokens, places and fingerprints, no text to be read; snippets are cut from the bodies when something is found. It can be
//! deleted at any time: it is made anew.
//!
//! The index is in shards, an FTS5 table each. A session is in one of them, so that what was erased leaves the file by
//! rewriting that one. A row's number is the session's place in time and the step's in the session ([`RowId`]): what is
//! found comes newest first, and a session's rows are a range.

mod bodies;
mod compare;
mod database;
mod find;
mod hits;
mod indexer;
mod lag;
mod match_text;
mod query;
mod rows;
mod sessions;
mod work;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

pub use find::{Found, FoundStep};
pub use hits::Hit;
pub use lag::{NotIndexed, SearchLag};
pub use query::{SearchGroup, SearchPage, SearchQuery};
pub use sessions::WordsReach;
pub(crate) use sessions::{Matched, MatchedCache};
pub(crate) use work::Work;

use crate::StoreError;
use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::sqlite::connection;

/// Bits of a row's number that are the step's place within its session.
const STEP_BITS: u32 = 27;

/// The number of a row: the session's rank (its start, in tenths of a second), then the step's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowId(i64);

impl RowId {
    fn new(rank: i64, place: i64) -> Self {
        Self((rank << STEP_BITS) | place)
    }

    fn rank(self) -> i64 {
        self.0 >> STEP_BITS
    }

    /// The first number that a session's rows can have.
    fn first(rank: i64) -> i64 {
        rank << STEP_BITS
    }

    /// The last one.
    fn last(rank: i64) -> i64 {
        Self::first(rank + 1) - 1
    }
}

/// The index of a workspace: its thread, where this process writes, and connections to read it.
pub(crate) struct Search {
    work: Arc<Work>,
    thread: Option<JoinHandle<()>>,
    database: std::path::PathBuf,
    readers: Mutex<Vec<Connection>>,
    pub(crate) matched: MatchedCache,
}

/// Most statements that a reading connection keeps.
const STATEMENTS_MAX: usize = 512;
/// Most reading connections that are kept open.
const READERS_MAX: usize = 4;

impl Search {
    /// Opens the index for writing, made anew where it is missing, of another format or damaged, and starts its thread.
    pub(crate) fn start(
        folder: &Path,
        workspace_db: &Path,
        keys: &Arc<KeyRing>,
        blobs: &Blobs,
        work: &Arc<Work>,
    ) -> Result<Self, StoreError> {
        let database = folder.join("search.db");
        let indexer = indexer::Indexer::open(&database, workspace_db, keys, blobs, work)?;
        let thread = std::thread::Builder::new()
            .name("argus-search".to_owned())
            .spawn(move || indexer.run())?;
        let mut search = Self::for_reading(folder, work.clone());
        search.thread = Some(thread);
        Ok(search)
    }

    /// The index beside a process that may write it.
    pub(crate) fn for_reading(folder: &Path, work: Arc<Work>) -> Self {
        Self {
            work,
            thread: None,
            database: folder.join("search.db"),
            readers: Mutex::default(),
            matched: MatchedCache::default(),
        }
    }

    pub(crate) fn work(&self) -> &Arc<Work> {
        &self.work
    }

    /// Reads with a connection of its own, from one state of the index.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is no index yet.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let held = self.lock().pop();
        let connection = match held {
            Some(connection) => connection,
            None => {
                if !self.database.is_file() {
                    return Err(no_index());
                }
                let connection = connection::open_reader(&self.database)?;
                if !database::is_of_this_format(&connection)? {
                    return Err(no_index());
                }
                // Two statements a shard.
                connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
                connection
            }
        };
        let transaction = connection.unchecked_transaction()?;
        let outcome = read(&transaction);
        drop(transaction);
        let mut readers = self.lock();
        if readers.len() < READERS_MAX {
            readers.push(connection);
        }
        outcome
    }

    /// Waits until what was projected before this call is indexed; false when `timeout` passed first.
    pub(crate) fn wait(&self, projected: i64, timeout: Duration) -> bool {
        self.work.wait_indexed(projected, timeout)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.work.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn no_index() -> StoreError {
    StoreError::Invalid(
        "this workspace has no search index of this release yet: `argus serve` and `argus rebuild` make it".to_owned(),
    )
}
