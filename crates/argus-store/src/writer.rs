//! The one thread that writes a workspace.
//!
//! Appends that wait are committed together, so that one write to the disk acknowledges all of them; what is not an
//! append (acts, projections) comes after, each in a transaction of its own. A batch is acknowledged when its
//! transaction is on the disk, and not before.

mod append;
mod looked;
mod state;
mod without_content;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock, mpsc};
use std::thread::JoinHandle;

use argus_session::RecordId;
use rusqlite::Connection;

use crate::blobs::Blobs;
use crate::body_cache::BodyCache;
use crate::key_ring::{IdHash, KeyRing};
use crate::limits::{COMMIT_RECORDS_MAX, QUEUE_BYTES_MAX};
use crate::opt_out::OptedOut;
use crate::projection::Handover;
use crate::search::Work;
use crate::{Prepared, StoreError, StoreOptions, WorkspaceMode};

pub(crate) use looked::Looked;
pub(crate) use state::{ACT, Changing, WriterState};
pub(crate) use without_content::WithoutContent;

/// Keyed hashes of sessions and natural keys that were erased: they are never taken again.
pub(crate) type Suppressed = RwLock<HashSet<IdHash>>;

/// What became of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Stored, under this number.
    New(RecordId),
    /// It was stored before.
    Known,
    /// Another content was stored under its natural key: both are kept.
    Conflict(RecordId),
    /// Its session, or it, was erased: the client must forget it too.
    Suppressed,
}

/// What became of a batch, record by record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppendReport {
    /// In the order of the batch.
    pub outcomes: Vec<Outcome>,
}

impl AppendReport {
    /// Number of records that were new (conflicts included).
    #[must_use]
    pub fn new_records(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::New(_) | Outcome::Conflict(_)))
    }

    /// Number of records that were known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.count(|outcome| outcome == Outcome::Known)
    }

    /// Number of records that were refused because they were erased.
    #[must_use]
    pub fn suppressed(&self) -> usize {
        self.count(|outcome| outcome == Outcome::Suppressed)
    }

    fn count(&self, is: impl Fn(Outcome) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| is(**outcome)).count()
    }
}

type Done = Box<dyn FnOnce(Result<AppendReport, StoreError>) + Send>;
type Task = Box<dyn FnOnce(&mut WriterState) + Send>;

enum Job {
    Append {
        batch: Vec<Prepared>,
        bytes: usize,
        done: Done,
    },
    Run(Task),
    Stop,
}

/// What the writer is made of.
pub(crate) struct WriterParts {
    pub(crate) connection: Connection,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) blobs: Blobs,
    pub(crate) suppressed: Arc<Suppressed>,
    pub(crate) opted_out: Arc<OptedOut>,
    pub(crate) handover: Arc<Handover>,
    pub(crate) search: Arc<Work>,
    pub(crate) bodies: Arc<BodyCache>,
    pub(crate) erasures: Arc<AtomicU64>,
    pub(crate) options: StoreOptions,
    pub(crate) mode: WorkspaceMode,
}

/// The writer's thread and the way to it.
pub(crate) struct Writer {
    handle: WriterHandle,
    thread: Option<JoinHandle<()>>,
}

/// The way to the writer.
#[derive(Clone)]
pub(crate) struct WriterHandle {
    jobs: mpsc::Sender<Job>,
    queued_bytes: Arc<AtomicUsize>,
}

impl Writer {
    pub(crate) fn start(parts: WriterParts) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel();
        let queued_bytes = Arc::new(AtomicUsize::new(0));
        let mut state = WriterState::new(parts)?;
        let counter = queued_bytes.clone();
        let thread = std::thread::Builder::new()
            .name("argus-writer".to_owned())
            .spawn(move || write(&mut state, &waiting, &counter))?;
        Ok(Self {
            handle: WriterHandle { jobs, queued_bytes },
            thread: Some(thread),
        })
    }

    pub(crate) fn handle(&self) -> WriterHandle {
        self.handle.clone()
    }

    pub(crate) fn queued_bytes(&self) -> usize {
        self.handle.queued_bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn submit(&self, batch: Vec<Prepared>, done: Done) {
        let bytes = batch.iter().map(Prepared::bytes).sum();
        let queued = &self.handle.queued_bytes;
        // A batch alone is always taken, however large: requests have their own limit.
        let before = queued.fetch_add(bytes, Ordering::Relaxed);
        if before > 0 && before + bytes > QUEUE_BYTES_MAX {
            queued.fetch_sub(bytes, Ordering::Relaxed);
            return done(Err(StoreError::Busy));
        }
        if let Err(mpsc::SendError(Job::Append { done, .. })) =
            self.handle.jobs.send(Job::Append { batch, bytes, done })
        {
            done(Err(StoreError::Closed));
        }
    }

    pub(crate) fn append(&self, batch: Vec<Prepared>) -> Result<AppendReport, StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.submit(
            batch,
            Box::new(move |outcome| {
                // The other end waits below, unless its thread is gone.
                let _ = sender.send(outcome);
            }),
        );
        receiver.recv().unwrap_or(Err(StoreError::Closed))
    }

    pub(crate) fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut WriterState) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.handle.run(task)
    }
}

impl WriterHandle {
    /// Runs `task` on the writer's thread and waits for it.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut WriterState) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let job = Job::Run(Box::new(move |state| {
            let _ = sender.send(task(state));
        }));
        self.jobs.send(job).map_err(|_| StoreError::Closed)?;
        receiver.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.handle.jobs.send(Job::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The writer's loop: whatever waits is taken at once; appends first.
fn write(state: &mut WriterState, waiting: &mpsc::Receiver<Job>, queued_bytes: &AtomicUsize) {
    let mut stopping = false;
    while !stopping {
        let Ok(first) = waiting.recv() else { return };
        let mut appends: Vec<(Vec<Prepared>, Done)> = Vec::new();
        let mut tasks: Vec<Task> = Vec::new();
        let mut records = 0;
        let mut bytes_taken = 0;
        let mut next = Some(first);
        while let Some(job) = next {
            match job {
                Job::Append { batch, bytes, done } => {
                    records += batch.len();
                    bytes_taken += bytes;
                    appends.push((batch, done));
                }
                Job::Run(task) => tasks.push(task),
                Job::Stop => stopping = true,
            }
            next = if records < COMMIT_RECORDS_MAX {
                waiting.try_recv().ok()
            } else {
                None
            };
        }
        if !appends.is_empty() {
            state.append(appends);
            queued_bytes.fetch_sub(bytes_taken, Ordering::Relaxed);
        }
        for task in tasks {
            task(state);
        }
    }
}
