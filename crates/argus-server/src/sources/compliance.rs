//! Anthropic's Compliance API (Enterprise): sessions as Anthropic recorded them, pulled at an interval.
//!
//! There is no telling from outside which session went on, so that each run goes through all sessions that began within a
//! trailing window; one whose `updated_at` is what it was is not read again. What was read stands in the workspace
//! ([`state`]): a run that was cut off goes on where it was. A session is one of its own; whether a client told of it too is
//! looked for when it is stored ([`matching`]). Unverified against the real API: see `docs/sources.md`.

mod api;
mod matching;
mod run;
mod state;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

pub use argus_session::source::compliance::SessionKind;
use tokio::sync::oneshot;

use crate::app::App;
use api::Https;
use run::{Run, RunError};

/// Where Anthropic's API is.
pub const DEFAULT_BASE_URL: &str = "https://api.anthropic.com";
/// How often sessions are looked for when nothing else is said: they are there some minutes after they happened.
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(15 * 60);
/// How long a session is looked at again after it began, when nothing else is said.
pub const DEFAULT_WINDOW: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The shortest interval that is taken: the API's limits are shared by all that use it.
pub const INTERVAL_MIN: Duration = Duration::from_secs(10);

/// One Compliance API, and where what it tells goes.
#[derive(Clone)]
pub struct ComplianceSource {
    /// Its name: under it stands how far it was read.
    pub name: String,
    /// Where the API is, without a path.
    pub base_url: String,
    /// A key with the scope `read:compliance_user_data`.
    pub key: String,
    /// Only sessions of these organisations, by UUID; none: of all that the key may read.
    pub organizations: Vec<String>,
    /// Which lists.
    pub kinds: Vec<SessionKind>,
    /// The workspace that its sessions are stored in.
    pub workspace: String,
    /// The project that they belong to.
    pub project: String,
    /// Time between two runs.
    pub interval: Duration,
    /// How long a session is looked at again after it began.
    pub window: Duration,
}

impl std::fmt::Debug for ComplianceSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the key.
        f.debug_struct("ComplianceSource")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// What a run waits with: ends at once when the server stops.
pub(crate) struct Pause(Receiver<()>);

/// The server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl Pause {
    /// Waits.
    ///
    /// # Errors
    /// When the server stops.
    pub(crate) fn wait(&self, time: Duration) -> Result<(), Stopped> {
        match self.0.recv_timeout(time) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            _ => Err(Stopped),
        }
    }
}

/// A puller at work. Dropped: it is told to stop, and does so after the request that it is at.
pub(crate) struct Puller {
    _stop: Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl Puller {
    /// Starts one on a thread of its own: it waits for the network and the disk.
    pub(crate) fn start(app: &Arc<App>, source: ComplianceSource) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let (tell, ended) = oneshot::channel();
        let app = app.clone();
        std::thread::Builder::new()
            .name(format!("compliance {}", source.name))
            .spawn(move || {
                pull(&app, &source, &Pause(stopped));
                // Before it is told: who waits for it may need the store to be free.
                drop(app);
                // Nobody waits where the server is gone.
                let _ = tell.send(());
            })?;
        Ok(Self { _stop: stop, ended })
    }

    /// Tells it to stop and waits until it has.
    pub(crate) async fn stop(self) {
        let Self { _stop, ended } = self;
        drop(_stop);
        let _ = ended.await;
    }
}

fn pull(app: &App, source: &ComplianceSource, pause: &Pause) {
    let api = Https::new(&source.base_url, &source.key);
    loop {
        let outcome = match app.store.workspace(&source.workspace) {
            Ok(Some(workspace)) => Run {
                app,
                source,
                workspace: &workspace,
                api: &api,
                pause,
            }
            .run(),
            Ok(None) => Err(RunError::NoWorkspace),
            Err(error) => Err(error.into()),
        };
        let name = &source.name;
        match outcome {
            Ok(report) => {
                app.metrics.pulled(name, "ok");
                tracing::info!(source = name, ?report, "the compliance API was read");
            }
            Err(RunError::Stopped) => return,
            Err(error) => {
                app.metrics.pulled(name, error.as_str());
                tracing::warn!(source = name, %error, "the compliance API was not read to the end: the next run goes on");
            }
        }
        if pause.wait(source.interval.max(INTERVAL_MIN)).is_err() {
            return;
        }
    }
}
