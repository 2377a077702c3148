//! Outlines of the sessions that are being read: a page is a place in one list, and the list is made from all turns.

use std::sync::{Arc, Mutex, PoisonError};

use argus_session::file_changes::FileChanges;
use argus_session::timeline::SessionMarks;
use argus_store::{AgentPlaces, Outline, StoreError, Workspace};

/// Sessions of which something is kept.
const SESSIONS_MAX: usize = 32;

/// What is kept, of each session's newest state that was asked for. No captured text is in it but names and paths, and those of a
/// session that is gone are forgotten when it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Outlines {
    outlines: Kept<Outline>,
    places: Kept<AgentPlaces>,
    marks: Kept<SessionMarks>,
    files: Kept<FileChanges>,
}

impl Outlines {
    /// The outline of a session at the state whose newest record is `record`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn get(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
    ) -> Result<Arc<Outline>, StoreError> {
        self.outlines.get(workspace, session, record, || {
            workspace.turns(session).map(Outline::new)
        })
    }

    /// Where the steps of each agent stand.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn places(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
        outline: &Outline,
    ) -> Result<Arc<AgentPlaces>, StoreError> {
        self.places.get(workspace, session, record, || {
            workspace.agent_places(session, outline)
        })
    }

    /// What a timeline needs to know of a session.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn marks(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
        outline: &Outline,
    ) -> Result<Arc<SessionMarks>, StoreError> {
        self.marks.get(workspace, session, record, || {
            workspace.session_marks(session, outline)
        })
    }

    /// What a session's editing tools changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn files(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
        outline: &Outline,
        marks: &SessionMarks,
    ) -> Result<Arc<FileChanges>, StoreError> {
        self.files.get(workspace, session, record, || {
            let walk = workspace.file_walk(session, outline, marks, &|_| true)?;
            Ok(walk.finish())
        })
    }

    /// Forgets a session: it is gone.
    pub(crate) fn forget(&self, workspace: &Workspace, session: &str) {
        self.outlines.forget(workspace, session);
        self.places.forget(workspace, session);
        self.marks.forget(workspace, session);
        self.files.forget(workspace, session);
    }
}

/// One value a session, the last used last.
#[derive(Debug)]
struct Kept<V>(Mutex<Vec<Entry<V>>>);

#[derive(Debug)]
struct Entry<V> {
    workspace: String,
    session: String,
    record: u64,
    value: Arc<V>,
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V> Kept<V> {
    fn get(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
        make: impl FnOnce() -> Result<V, StoreError>,
    ) -> Result<Arc<V>, StoreError> {
        if let Some(entry) = self.take(workspace, session) {
            let value = entry.value.clone();
            let is_this = entry.record == record;
            if is_this {
                self.lock().push(entry);
                return Ok(value);
            }
        }
        let value = Arc::new(make()?);
        let mut kept = self.lock();
        if kept.len() >= SESSIONS_MAX {
            kept.remove(0);
        }
        kept.push(Entry {
            workspace: workspace.name().to_owned(),
            session: session.to_owned(),
            record,
            value: value.clone(),
        });
        Ok(value)
    }

    fn forget(&self, workspace: &Workspace, session: &str) {
        while self.take(workspace, session).is_some() {}
    }

    fn take(&self, workspace: &Workspace, session: &str) -> Option<Entry<V>> {
        let mut kept = self.lock();
        let place = kept
            .iter()
            .position(|entry| entry.session == session && entry.workspace == workspace.name())?;
        Some(kept.remove(place))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Entry<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
