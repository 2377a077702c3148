//! Fills review queues by their rules, every minute.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::app::App;

/// How often.
const INTERVAL: Duration = Duration::from_secs(60);

/// The filling of queues, at work. Told to stop, it does after the queue that it is at.
pub(crate) struct Filling {
    stop: Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl Filling {
    /// Starts it on a thread of its own: it waits for the disk.
    pub(crate) fn start(app: &Arc<App>) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let (tell, ended) = oneshot::channel();
        let app = app.clone();
        std::thread::Builder::new()
            .name("queues".to_owned())
            .spawn(move || {
                fill(&app, &stopped);
                // Before it is told: who waits for it may need the store to be free.
                drop(app);
                // Nobody waits where the server is gone.
                let _ = tell.send(());
            })?;
        Ok(Self { stop, ended })
    }

    /// Tells it to stop and waits until it has.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let _ = self.ended.await;
    }
}

fn fill(app: &App, stopped: &Receiver<()>) {
    loop {
        match stopped.recv_timeout(INTERVAL) {
            Err(RecvTimeoutError::Timeout) => {}
            _ => return,
        }
        let names = match app.store.workspaces() {
            Ok(all) => all,
            Err(error) => {
                tracing::warn!(%error, "review queues were not filled: the next minute tries again");
                continue;
            }
        };
        for info in names {
            if app.is_stopping() {
                return;
            }
            let filled = match app.store.workspace(&info.name) {
                Ok(Some(workspace)) => workspace.fill_queues(),
                Ok(None) => continue,
                Err(error) => Err(error),
            };
            match filled {
                Ok((report, failed)) => {
                    if report.added > 0 {
                        tracing::info!(
                            workspace = info.name,
                            added = report.added,
                            samples = report.samples,
                            "review queues were filled"
                        );
                    }
                    for (queue, error) in failed {
                        tracing::warn!(workspace = info.name, queue, %error, "a review queue was not filled");
                    }
                }
                Err(error) => {
                    tracing::warn!(workspace = info.name, %error, "review queues were not filled: the next minute tries again");
                }
            }
        }
    }
}
