//! Tells streams of events that a workspace has something new.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argus_store::Workspace;
use tokio::sync::watch;

/// One counter a workspace, which moves with everything that is projected.
#[derive(Debug, Default)]
pub(crate) struct Feeds(Mutex<HashMap<String, watch::Sender<u64>>>);

impl Feeds {
    /// Follows a workspace.
    pub(crate) fn follow(&self, workspace: &Workspace) -> watch::Receiver<u64> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(workspace.name().to_owned())
            .or_insert_with(|| {
                let (sender, _) = watch::channel(0);
                let projected = sender.clone();
                workspace
                    .on_projected(Box::new(move || projected.send_modify(|count| *count += 1)));
                sender
            })
            .subscribe()
    }
}
