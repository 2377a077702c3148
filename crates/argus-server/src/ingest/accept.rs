//! From a body to a durable acknowledgement: inflate, decode, prepare, submit, wait for the disk.

use std::sync::Arc;
use std::time::Instant;

use argus_session::Item;
use argus_store::{AppendReport, Outcome, StoreError};
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::app::{App, Submitted};
use crate::auth::ingest::Ingest;
use crate::body::not_inflated;
use crate::budget::Charge;
use crate::inflate::{Coding, inflate};
use crate::refusal::{ErrorCode, Refusal};

/// Bodies up to this size are worked on where they arrived: handing them to another thread costs as much as the work.
const INLINE_BYTES_MAX: usize = 4 * 1024;

/// A request's body, and all that decides what is done with it.
pub(crate) struct Delivered {
    pub(crate) ingest: Ingest,
    pub(crate) coding: Coding,
    pub(crate) body: Bytes,
    pub(crate) charge: Charge,
    pub(crate) started: Instant,
}

/// What became of the items that were decoded, in their order; and what the decoder said beside them.
pub(crate) struct Taken<T> {
    pub(crate) rest: T,
    pub(crate) outcomes: Vec<Outcome>,
}

type Acknowledged = oneshot::Receiver<Result<AppendReport, StoreError>>;

/// Takes a delivery: its items are on the disk when this returns. A caller that goes away before that loses nothing:
/// what was submitted is stored and counted all the same.
///
/// # Errors
/// When the body cannot be read, or the store does not take it.
pub(crate) async fn take<T: Send + 'static>(
    app: &Arc<App>,
    delivered: Delivered,
    decode: impl FnOnce(&[u8]) -> Result<(Vec<Item>, T), Refusal> + Send + 'static,
) -> Result<Taken<T>, Refusal> {
    let started = delivered.started;
    let is_small = delivered.body.len() <= INLINE_BYTES_MAX && delivered.coding == Coding::Identity;
    let (rest, acknowledged) = if is_small {
        submit(app, delivered, decode)?
    } else {
        let permit = app
            .workers
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| failed())?;
        let app = app.clone();
        let work = move || {
            let _permit = permit;
            submit(&app, delivered, decode)
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| failed())??
    };
    // The other end is gone only when the writer is.
    let report = acknowledged.await.unwrap_or(Err(StoreError::Closed))?;
    app.metrics.acknowledged(started.elapsed());
    Ok(Taken {
        rest,
        outcomes: report.outcomes,
    })
}

/// All of the work that needs no waiting.
fn submit<T>(
    app: &Arc<App>,
    delivered: Delivered,
    decode: impl FnOnce(&[u8]) -> Result<(Vec<Item>, T), Refusal>,
) -> Result<(T, Acknowledged), Refusal> {
    let Delivered {
        ingest,
        coding,
        body,
        mut charge,
        ..
    } = delivered;
    let limit = app.limits.decoded_bytes_max;
    let encoded = body.len();
    let body =
        inflate(coding, body, limit, &mut charge).map_err(|error| not_inflated(error, limit))?;
    app.metrics.bytes(encoded, body.len());
    let (items, rest) = decode(&body)?;
    drop(body);
    let (sender, acknowledged) = oneshot::channel();
    if items.is_empty() {
        // The receiver is in our hands.
        let _ = sender.send(Ok(AppendReport::default()));
        return Ok((rest, acknowledged));
    }
    let mut batch = Vec::with_capacity(items.len());
    for item in items {
        let prepared = ingest.workspace.prepare(item, &ingest.delivery)?;
        app.metrics.redacted(&prepared);
        batch.push(prepared);
    }
    let in_flight = InFlight::begin(&app.submitted, charge);
    ingest.workspace.submit(
        batch,
        Box::new(move |outcome| {
            drop(in_flight);
            // Nobody waits where the client went away.
            let _ = sender.send(outcome);
        }),
    );
    Ok((rest, acknowledged))
}

/// A submitted batch: holds its bytes and the server's shutdown until it is answered, or its writer is gone. Not the store:
/// the writer's thread, which drops this, must not be the one to close it.
struct InFlight {
    submitted: Arc<Submitted>,
    charge: Option<Charge>,
}

impl InFlight {
    fn begin(submitted: &Arc<Submitted>, charge: Charge) -> Self {
        submitted.begin();
        Self {
            submitted: submitted.clone(),
            charge: Some(charge),
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // The bytes first: whoever waits for the last batch finds the budget whole.
        self.charge.take();
        self.submitted.end();
    }
}

fn failed() -> Refusal {
    Refusal::new(
        ErrorCode::Internal,
        "the server failed at this request: its log says how",
    )
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
    use std::task::{Context, Waker};

    use argus_session::{Clock, Meta, Random, source::hook};
    use argus_store::{Delivery, Store, StoreOptions};

    use super::*;
    use crate::config::ServerConfig;

    #[derive(Debug, Default)]
    struct Steps(AtomicI64, AtomicU64);

    impl Clock for Steps {
        fn now_us(&self) -> i64 {
            self.0.fetch_add(1, Ordering::Relaxed)
        }
    }

    impl Random for Steps {
        fn fill(&self, bytes: &mut [u8]) {
            for chunk in bytes.chunks_mut(8) {
                let count = self.1.fetch_add(1, Ordering::Relaxed);
                chunk.copy_from_slice(&count.to_le_bytes()[..chunk.len()]);
            }
        }
    }

    #[tokio::test]
    async fn a_client_that_goes_away_after_submitting_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let steps = Arc::new(Steps::default());
        let options = StoreOptions {
            clock: steps.clone(),
            random: steps.clone(),
        };
        let store = Arc::new(Store::open(&folder.path().join("data"), options).unwrap());
        let workspace = store.workspace("default").unwrap().unwrap();
        let clock: Arc<dyn Clock> = steps.clone();
        let app = App::new(
            store,
            &ServerConfig::default(),
            &clock,
            steps.clone(),
            String::new(),
        );
        let mut charge = app.budget.open("key");
        charge.add(7).unwrap();
        let ingest = Ingest {
            workspace: workspace.clone(),
            delivery: Delivery::default(),
            key_id: "key".to_owned(),
        };
        let body = Bytes::from_static(b"1234567");
        let delivered = Delivered {
            ingest,
            coding: Coding::Identity,
            body,
            charge,
            started: Instant::now(),
        };
        let item = || hook::item(serde_json::json!({"session_id": "s"}), "k", Meta::default());
        let mut taking = Box::pin(take(&app, delivered, move |_| Ok((vec![item()], ()))));
        // The first turn submits; then the connection breaks, and the handler is dropped.
        let _ = taking
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        drop(taking);
        app.submitted.none().await;
        assert_eq!(app.budget.used(), 0);
        let again = workspace.prepare(item(), &Delivery::default()).unwrap();
        assert_eq!(
            workspace.append(vec![again]).unwrap().outcomes,
            [Outcome::Known]
        );
    }
}
