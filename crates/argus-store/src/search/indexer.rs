//! The indexer's thread: in slices, newest change last, what is to be forgotten first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::compare::{self, Budget};
use super::database;
use super::work::{Job, Next, Touched, Work};
use crate::StoreError;
use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::projection::projected;
use crate::sqlite::connection;

/// Records whose sessions are compared before the watermark moves.
const LOOK_RECORDS: i64 = 20_000;

pub(super) struct Indexer {
    path: PathBuf,
    connection: Connection,
    reader: Connection,
    keys: Arc<KeyRing>,
    blobs: Blobs,
    work: Arc<Work>,
    plan: Plan,
    /// Sessions that are to be forgotten and are not yet: tried until it is done, before anything else.
    unforgotten: BTreeSet<i64>,
}

/// Sessions to be compared, and the record up to which everything is indexed when they are.
#[derive(Default)]
struct Plan {
    sessions: VecDeque<(i64, Touched)>,
    up_to: Option<i64>,
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.up_to.is_none()
    }
}

impl Indexer {
    pub(super) fn open(
        path: &Path,
        workspace_db: &Path,
        keys: &Arc<KeyRing>,
        blobs: &Blobs,
        work: &Arc<Work>,
    ) -> Result<Self, StoreError> {
        let reader = connection::open_reader(workspace_db)?;
        let mut connection = database::open(path)?;
        // The projections were made anew while nobody told: what they had is not what they have.
        if projected(&reader)? < database::indexed(&connection)? {
            database::wipe(&mut connection)?;
        }
        forget_erased(&mut connection, &reader)?;
        work.start_over(database::indexed(&connection)?);
        let sessions = database::pending(&connection)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            reader,
            keys: keys.clone(),
            blobs: blobs.clone(),
            work: work.clone(),
            plan: Plan {
                sessions: sessions.into_iter().map(|n| (n, Touched::Whole)).collect(),
                up_to: None,
            },
            unforgotten: BTreeSet::new(),
        })
    }

    pub(super) fn run(mut self) {
        // What a crash left of what was deleted.
        let mut outcome = self.settle();
        loop {
            if let Err(error) = outcome {
                self.failed(&error);
            }
            let is_planned = !self.plan.is_empty() || !self.unforgotten.is_empty();
            outcome = match self.work.next(is_planned) {
                Next::Stop => return,
                Next::Job(Job::Forget(session)) => {
                    self.unforgotten.insert(session);
                    self.forget()
                }
                Next::Job(Job::Wipe) => self.wipe(),
                Next::Job(Job::Settle(done)) => {
                    let settled = self.forget().and_then(|()| self.settle());
                    // Whoever asked may have gone.
                    let _ = done.send(settled);
                    Ok(())
                }
                // Nobody waits any more for what could not be forgotten then.
                Next::Planned if !self.unforgotten.is_empty() => {
                    self.forget().and_then(|()| self.settle())
                }
                Next::Planned => self.slice(),
                Next::Changed(touched, up_to) => {
                    self.plan.sessions.extend(touched);
                    self.plan.up_to = Some(up_to);
                    Ok(())
                }
                Next::Look => self.look(),
            };
        }
    }

    /// Nothing is lost: what was to be done is found again in the store. A damaged index is made anew.
    fn failed(&mut self, error: &StoreError) {
        tracing::error!(%error, "indexing for search failed; it is tried again");
        if matches!(error, StoreError::Corrupt { .. }) {
            match database::make(&self.path) {
                Ok(connection) => self.connection = connection,
                Err(error) => tracing::error!(%error, "the search index could not be made anew"),
            }
        }
        self.plan = Plan::default();
        if let Ok(pending) = database::pending(&self.connection) {
            self.plan.sessions = pending.into_iter().map(|n| (n, Touched::Whole)).collect();
        }
        self.work
            .start_over(database::indexed(&self.connection).unwrap_or(-1));
        self.work.pause();
    }

    /// Plans the sessions of the records that follow the last indexed one.
    fn look(&mut self) -> Result<(), StoreError> {
        let indexed = database::indexed(&self.connection)?;
        let projected = projected(&self.reader)?;
        if projected <= indexed {
            self.work.caught_up(indexed);
            return Ok(());
        }
        let up_to = projected.min(indexed.saturating_add(LOOK_RECORDS));
        let mut statement = self.reader.prepare_cached(
            "SELECT DISTINCT session FROM records WHERE id > ?1 AND id <= ?2 ORDER BY session",
        )?;
        let rows = statement.query_map(params![indexed, up_to], |row| row.get(0))?;
        for session in rows {
            self.plan.sessions.push_back((session?, Touched::Whole));
        }
        self.plan.up_to = Some(up_to);
        Ok(())
    }

    /// One slice of what is planned, in one transaction.
    fn slice(&mut self) -> Result<(), StoreError> {
        let mut budget = Budget::default();
        let transaction = self.connection.transaction()?;
        let mut rows = BTreeMap::new();
        let indexing = compare::Indexing {
            index: &transaction,
            reader: &self.reader,
            keys: &self.keys,
            blobs: &self.blobs,
        };
        while let Some((session, touched)) = self.plan.sessions.front() {
            // One that is not done goes on in the next slice: what is held by then is passed over.
            if !indexing.session(*session, touched, &mut budget, &mut rows)? {
                break;
            }
            self.plan.sessions.pop_front();
            if budget.is_spent() {
                break;
            }
        }
        compare::write(&transaction, rows)?;
        let done = self.plan.sessions.is_empty();
        if let (true, Some(up_to)) = (done, self.plan.up_to) {
            database::set_indexed(&transaction, up_to)?;
        }
        transaction.commit()?;
        if done {
            if let Some(up_to) = self.plan.up_to.take() {
                self.work.indexed(up_to);
            }
            self.work.read_again();
        }
        Ok(())
    }

    fn forget(&mut self) -> Result<(), StoreError> {
        while let Some(session) = self.unforgotten.first().copied() {
            let transaction = self.connection.transaction()?;
            compare::remove_session(&transaction, session)?;
            transaction.execute(
                "INSERT OR IGNORE INTO pending (session) VALUES (?1)",
                [session],
            )?;
            transaction.commit()?;
            self.plan.sessions.push_back((session, Touched::Whole));
            self.unforgotten.remove(&session);
        }
        Ok(())
    }

    fn wipe(&mut self) -> Result<(), StoreError> {
        self.plan = Plan::default();
        database::wipe(&mut self.connection)?;
        self.work.start_over(-1);
        Ok(())
    }

    /// What was deleted leaves the files.
    fn settle(&mut self) -> Result<(), StoreError> {
        for shard in database::shards(&self.connection)? {
            if shard.is_dirty {
                let transaction = self.connection.transaction()?;
                database::put_in_order(&transaction, shard.n)?;
                transaction.commit()?;
            }
        }
        database::leave_files(&self.connection)
    }
}

/// Removes what is held of sessions that are not there: erased, and a stop came before the index was told.
fn forget_erased(index: &mut Connection, reader: &Connection) -> Result<(), StoreError> {
    let held: Vec<i64> = {
        let mut statement = index.prepare("SELECT session FROM sessions")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut is_there = reader.prepare("SELECT 1 FROM sessions WHERE n = ?1")?;
    let transaction = index.transaction()?;
    for session in held {
        if !is_there.exists([session])? {
            compare::remove_session(&transaction, session)?;
        }
    }
    transaction.commit()?;
    Ok(())
}
