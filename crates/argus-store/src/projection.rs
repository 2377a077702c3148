//! The projector: records → folds → rows.
//!
//! It follows the writer on a thread of its own, so that an acknowledgement never waits for it, and writes through the
//! writer in small slices. Folds of the sessions at hand are kept in memory; a session that is not is folded anew from
//! its records.

mod folds;
mod handover;
mod project;
mod update;

pub(crate) use update::DOC;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use argus_session::Record;
pub(crate) use handover::Handover;
pub(crate) use project::{delivery_table, projected, set_projected};

use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::redaction::Tally;
use crate::search::Work;
use crate::sqlite::connection;
use crate::writer::{Suppressed, WriterHandle};
use crate::{StoreError, StoreOptions};
use folds::Folds;
use project::Projecting;

/// A record as the projector takes it.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) record: Record,
    /// The number of its session.
    pub(crate) session: i64,
    pub(crate) received_at_us: i64,
    /// What redaction did to it.
    pub(crate) tally: Tally,
    /// It took the place of another content whatever their ranks: a fold that has the other is made anew.
    pub(crate) takes_place: bool,
}

/// The projector's thread.
pub(crate) struct Projector {
    handover: Arc<Handover>,
    thread: Option<JoinHandle<()>>,
}

impl Projector {
    #[expect(clippy::too_many_arguments, reason = "what its thread works with")]
    pub(crate) fn start(
        database: &Path,
        blobs: &Blobs,
        keys: &Arc<KeyRing>,
        suppressed: &Arc<Suppressed>,
        handover: &Arc<Handover>,
        search: &Arc<Work>,
        writer: WriterHandle,
        options: &StoreOptions,
    ) -> Result<Self, StoreError> {
        let reader = connection::open_reader(database)?;
        let mut projecting = Projecting {
            projected: project::projected(&reader)?,
            reader,
            blobs: blobs.clone(),
            keys: keys.clone(),
            suppressed: suppressed.clone(),
            handover: handover.clone(),
            search: search.clone(),
            writer,
            options: options.clone(),
            folds: Folds::default(),
        };
        handover.started_at(projecting.projected);
        let thread = std::thread::Builder::new()
            .name("argus-projector".to_owned())
            .spawn(move || projecting.run())?;
        Ok(Self {
            handover: handover.clone(),
            thread: Some(thread),
        })
    }
}

impl Drop for Projector {
    fn drop(&mut self) {
        self.handover.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
