//! Outlines of the sessions that are being read: a page is a place in one list, and the list is made from all turns.

use std::sync::{Arc, Mutex, PoisonError};

use argus_store::{Outline, StepPlace, StoreError, Workspace};

/// Sessions whose outline is kept.
const OUTLINES_MAX: usize = 32;

/// What an outline is of: workspace, session, newest record.
type Of = (String, String, u64);
/// What the places of an agent's steps are of.
type OfAgent = (Of, Option<String>);

/// Outlines, the last used last.
#[derive(Debug, Default)]
pub(crate) struct Outlines {
    outlines: Mutex<Vec<(Of, Arc<Outline>)>>,
    places: Mutex<Vec<(OfAgent, Arc<Vec<StepPlace>>)>>,
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
        let of = (workspace.name().to_owned(), session.to_owned(), record);
        kept(&self.outlines, of, || {
            workspace.turns(session).map(Outline::new)
        })
    }

    /// Where the steps of an agent stand.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn places(
        &self,
        workspace: &Workspace,
        session: &str,
        record: u64,
        outline: &Outline,
        agent: Option<&str>,
    ) -> Result<Arc<Vec<StepPlace>>, StoreError> {
        let of = (workspace.name().to_owned(), session.to_owned(), record);
        kept(&self.places, (of, agent.map(str::to_owned)), || {
            workspace.agent_places(session, outline, agent)
        })
    }
}

fn kept<K: PartialEq, V>(
    held: &Mutex<Vec<(K, Arc<V>)>>,
    key: K,
    make: impl FnOnce() -> Result<V, StoreError>,
) -> Result<Arc<V>, StoreError> {
    let lock = || held.lock().unwrap_or_else(PoisonError::into_inner);
    {
        let mut held = lock();
        if let Some(place) = held.iter().position(|(known, _)| *known == key) {
            let found = held.remove(place);
            let value = found.1.clone();
            held.push(found);
            return Ok(value);
        }
    }
    let value = Arc::new(make()?);
    let mut held = lock();
    if held.len() >= OUTLINES_MAX {
        held.remove(0);
    }
    held.push((key, value.clone()));
    Ok(value)
}
