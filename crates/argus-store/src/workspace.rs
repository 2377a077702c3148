//! A workspace, open: its writer, its projector, its readers.

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use argus_redact::Redactor;
use argus_session::{Item, Random};
use rusqlite::{Connection, Transaction};

use crate::acts::Act;
use crate::blobs::Blobs;
use crate::body_cache::BodyCache;
use crate::control::Control;
use crate::key_ring::{IdHash, KeyRing};
use crate::opt_out::OptedOut;
use crate::projection::{Handover, Projector};
use crate::redaction::Redaction;
use crate::search::{Search, Work};
use crate::sqlite::{connection, migrate, records, tree};
use crate::views::Views;
use crate::writer::{Changing, Suppressed, Writer, WriterParts};
use crate::{
    ActKind, Actor, AppendReport, Delivery, Prepared, StoreError, StoreOptions, WorkspaceInfo,
    WorkspaceMode, prepare,
};

/// A handle to one workspace. It reaches no other one.
#[derive(Debug, Clone)]
pub struct Workspace(Arc<Inner>);

pub(crate) struct Inner {
    info: WorkspaceInfo,
    options: StoreOptions,
    database: std::path::PathBuf,
    readers: Mutex<Vec<Connection>>,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) blobs: Blobs,
    pub(crate) bodies: Arc<BodyCache>,
    pub(crate) redaction: Redaction,
    pub(crate) views: Views,
    pub(crate) erasures: Arc<AtomicU64>,
    pub(crate) suppressed: Arc<Suppressed>,
    pub(crate) opted_out: Arc<OptedOut>,
    pub(crate) handover: Arc<Handover>,
    pub(crate) search: Search,
    /// Held from the reading of a comment to the writing of its change: each row has all of it.
    pub(crate) comment_changes: Mutex<()>,
    pub(crate) drawn: crate::queues::Drawn,
    /// Who the people are that act here: of the server, not the workspace's own.
    pub(crate) accounts: Arc<Control>,
    // Dropped in this order: first who asks the writer, then the writer.
    projector: Option<Projector>,
    writer: Option<Writer>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("name", &self.info.name)
            .finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.handover.stop();
        self.search.work().stop();
        drop(self.projector.take());
        drop(self.writer.take());
    }
}

/// Most reading connections that are kept open.
const READERS_MAX: usize = 8;

impl Workspace {
    pub(crate) fn open(
        path: &Path,
        info: &WorkspaceInfo,
        options: &StoreOptions,
        accounts: &Arc<Control>,
    ) -> Result<Self, StoreError> {
        crate::data_folder::make_private(path)?;
        let keys = Arc::new(KeyRing::open(
            &path.join("keys.db"),
            options.random.as_ref(),
        )?);
        let database = path.join("workspace.db");
        let mut writing = connection::open_writer(&database)?;
        migrate::migrate(&mut writing, migrate::WORKSPACE)?;
        tree::catch_up(&mut writing)?;
        let blobs = Blobs::open(path.join("blobs"))?;
        blobs.sweep(&records::blob_names(&writing)?)?;
        let erased = records::suppressed(&writing)?;
        let redaction = Redaction::open(&writing, &keys)?;
        keys.destroy_left(&erased)?;
        let suppressed: Arc<Suppressed> = Arc::new(RwLock::new(erased));
        let opted_out = Arc::new(OptedOut::open(&writing)?);
        let (bodies, erasures) = (Arc::default(), Arc::default());
        let handover = Arc::new(Handover::new(records::newest_record(&writing)?));
        let work: Arc<Work> = Arc::default();
        let writer = Writer::start(WriterParts {
            search: work.clone(),
            connection: writing,
            keys: keys.clone(),
            blobs: blobs.clone(),
            suppressed: suppressed.clone(),
            opted_out: opted_out.clone(),
            handover: handover.clone(),
            bodies: Arc::clone(&bodies),
            erasures: Arc::clone(&erasures),
            options: options.clone(),
            mode: info.mode,
        })?;
        let search = Search::start(path, &database, &keys, &blobs, &work)?;
        let projector = Projector::start(
            &database,
            &blobs,
            &keys,
            &suppressed,
            &handover,
            &work,
            writer.handle(),
            options,
        )?;
        let workspace = Self::with(
            (info, accounts),
            options,
            database,
            keys,
            blobs,
            redaction,
            (suppressed, opted_out),
            (bodies, erasures),
            (handover, search),
            Some(projector),
            Some(writer),
        );
        workspace.finish_contents();
        Ok(workspace)
    }

    pub(crate) fn open_read_only(
        path: &Path,
        info: &WorkspaceInfo,
        options: &StoreOptions,
        accounts: &Arc<Control>,
    ) -> Result<Self, StoreError> {
        let keys = Arc::new(KeyRing::open_read_only(&path.join("keys.db"))?);
        let database = path.join("workspace.db");
        let reading = connection::open_reader(&database)?;
        migrate::refuse_other(&reading, migrate::WORKSPACE)?;
        let newest = records::newest_record(&reading)?;
        let redaction = Redaction::open(&reading, &keys)?;
        let opted_out = Arc::new(OptedOut::open(&reading)?);
        let blobs = Blobs::for_reading(path.join("blobs"));
        let handover = Arc::new(Handover::new(newest));
        Ok(Self::with(
            (info, accounts),
            options,
            database,
            keys,
            blobs,
            redaction,
            (Arc::default(), opted_out),
            (Arc::default(), Arc::default()),
            (handover, Search::for_reading(path, Arc::default())),
            None,
            None,
        ))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one struct, put together in two ways"
    )]
    fn with(
        (info, accounts): (&WorkspaceInfo, &Arc<Control>),
        options: &StoreOptions,
        database: std::path::PathBuf,
        keys: Arc<KeyRing>,
        blobs: Blobs,
        redaction: Redaction,
        (suppressed, opted_out): (Arc<Suppressed>, Arc<OptedOut>),
        (bodies, erasures): (Arc<BodyCache>, Arc<AtomicU64>),
        (handover, search): (Arc<Handover>, Search),
        projector: Option<Projector>,
        writer: Option<Writer>,
    ) -> Self {
        Self(Arc::new(Inner {
            info: info.clone(),
            options: options.clone(),
            database,
            readers: Mutex::default(),
            keys,
            blobs,
            bodies,
            redaction,
            views: Views::default(),
            erasures,
            suppressed,
            opted_out,
            handover,
            search,
            comment_changes: Mutex::default(),
            drawn: crate::queues::Drawn::default(),
            accounts: Arc::clone(accounts),
            projector,
            writer,
        }))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.info.name
    }

    /// Whether it erases.
    #[must_use]
    pub fn mode(&self) -> WorkspaceMode {
        self.0.info.mode
    }

    /// The key for transcript lines without a `uuid`: see [`argus_session::NaturalKey::transcript_line`].
    #[must_use]
    pub fn line_key(&self) -> [u8; 32] {
        self.0.keys.line_key
    }

    /// The key for the fingerprints in placeholders, so that a capture client's are those of the store.
    #[must_use]
    pub fn fingerprint_key(&self) -> [u8; 32] {
        self.0.keys.fingerprint_key
    }

    /// The workspace's redaction, as its policy is now.
    #[must_use]
    pub fn redactor(&self) -> Arc<Redactor> {
        self.0.redaction.redactor()
    }

    /// Prepares an item: treatment, natural key, redaction, sealing. All of the work, on the caller's thread.
    ///
    /// # Errors
    /// When the workspace's keys cannot be read.
    pub fn prepare(&self, item: Item, delivery: &Delivery) -> Result<Prepared, StoreError> {
        prepare::prepare(
            item,
            delivery,
            &self.0.keys,
            &self.redactor(),
            self.0.options.random.as_ref(),
            |session| self.0.opted_out.is_content_off(session),
        )
    }

    /// True of a session, or a natural key, of which nothing is taken any more.
    pub(crate) fn is_suppressed(&self, hash: &IdHash) -> bool {
        self.0
            .suppressed
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(hash)
    }

    /// Appends records and waits until they are on the disk.
    ///
    /// # Errors
    /// When they are not: [`StoreError::Busy`] and [`StoreError::Full`] pass.
    pub fn append(&self, batch: Vec<Prepared>) -> Result<AppendReport, StoreError> {
        self.writer()?.append(batch)
    }

    /// Appends records; `done` is called from the writer's thread when they are on the disk, or are not. It must not
    /// wait for anything.
    pub fn submit(
        &self,
        batch: Vec<Prepared>,
        done: Box<dyn FnOnce(Result<AppendReport, StoreError>) + Send>,
    ) {
        match self.writer() {
            Ok(writer) => writer.submit(batch, done),
            Err(error) => done(Err(error)),
        }
    }

    /// Whether an append would be taken now. Waits for the appends that wait already.
    ///
    /// # Errors
    /// As an append would: [`StoreError::Full`] while the disk is.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.writer()?
            .run(crate::writer::WriterState::check_writable)
    }

    /// Bytes that wait for the writer.
    #[must_use]
    pub fn queued_bytes(&self) -> usize {
        self.0.writer.as_ref().map_or(0, Writer::queued_bytes)
    }

    /// Waits until everything that was appended before this call is projected; false when `timeout` passed first.
    #[must_use]
    pub fn wait_projected(&self, timeout: Duration) -> bool {
        self.0.handover.wait_projected(timeout)
    }

    /// Records that are appended and not yet projected.
    #[must_use]
    pub fn lag_records(&self) -> u64 {
        self.0.handover.lag()
    }

    /// Waits until everything that was appended before this call is projected and can be searched for; false when `timeout`
    /// passed first.
    #[must_use]
    pub fn wait_indexed(&self, timeout: Duration) -> bool {
        let newest = self.0.handover.newest();
        self.wait_projected(timeout) && self.0.search.wait(newest, timeout)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.0.options.random.as_ref()
    }

    /// For what is done on the writer's thread, which must not hold the workspace.
    pub(crate) fn random_for_writer(&self) -> Arc<dyn Random> {
        self.0.options.random.clone()
    }

    pub(crate) fn now_us(&self) -> i64 {
        self.0.options.clock.now_us()
    }

    pub(crate) fn writer(&self) -> Result<&Writer, StoreError> {
        self.0.writer.as_ref().ok_or(StoreError::ReadOnly)
    }

    /// Writes an act alone.
    pub(crate) fn act(
        &self,
        kind: ActKind,
        actor: &Actor,
        detail: serde_json::Value,
    ) -> Result<(), StoreError> {
        self.change(kind, actor, detail, |_| Ok(()))
    }

    /// Makes a change and its act, with its leaf, in one transaction.
    pub(crate) fn change<T: Send + 'static>(
        &self,
        kind: ActKind,
        actor: &Actor,
        detail: serde_json::Value,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.change_numbered(kind, actor, detail, |transaction, _| change(transaction))
    }

    /// As [`Self::change`], for a change whose rows have their act's number.
    pub(crate) fn change_numbered<T: Send + 'static>(
        &self,
        kind: ActKind,
        actor: &Actor,
        detail: serde_json::Value,
        change: impl FnOnce(&Transaction<'_>, u64) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let act = self.act_now(kind, actor, detail);
        self.writer()?
            .run(move |state| state.change_numbered(&act, change))
    }

    /// Makes a change of several acts, which it writes itself, in one transaction.
    pub(crate) fn change_with_acts<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Changing<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer()?
            .run(move |state| state.change_with_acts(change))
    }

    /// An act of this moment.
    pub(crate) fn act_now(&self, kind: ActKind, actor: &Actor, detail: serde_json::Value) -> Act {
        Act {
            kind,
            actor: actor.clone(),
            at_us: self.now_us(),
            detail,
        }
    }

    /// Reads with a connection of its own.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let held = self
            .0
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match held {
            Some(connection) => connection,
            None => connection::open_reader(&self.0.database)?,
        };
        let outcome = read(&connection);
        let mut readers = self
            .0
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_MAX {
            readers.push(connection);
        }
        outcome
    }
}

impl Workspace {
    /// Bounds the database file, as a full disk would: no further page with `Some(0)`; without a bound with `None`.
    ///
    /// # Errors
    /// When the store cannot be written.
    #[doc(hidden)]
    pub fn limit_size_for_test(&self, further_pages: Option<u64>) -> Result<(), StoreError> {
        self.writer()?.run(move |state| {
            let pages: u64 = state
                .connection
                .pragma_query_value(None, "page_count", |row| row.get(0))?;
            let bound = further_pages.map_or(4_294_967_294, |further| pages + further);
            state
                .connection
                .execute_batch(&format!("PRAGMA max_page_count = {bound};"))?;
            Ok(())
        })
    }
}
