//! A server on a free port, and clients for it.

pub(crate) mod http;
pub(crate) mod otlp;
pub(crate) mod payload;
pub(crate) mod people;
pub(crate) mod sessions;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use argus_server::{Bound, Limits, ServerConfig, serve};
use argus_session::{Clock, Random};
use argus_store::{Actor, KeyScope, Store, StoreOptions, Workspace};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

/// How long a test waits for what must happen. Only reached when it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A clock that moves at every look, and when it is told to.
#[derive(Debug)]
pub(crate) struct SteppingClock(AtomicI64);

impl SteppingClock {
    pub(crate) fn advance(&self, time_us: i64) {
        self.0.fetch_add(time_us, Ordering::Relaxed);
    }
}

impl Clock for SteppingClock {
    fn now_us(&self) -> i64 {
        self.0.fetch_add(1_000, Ordering::Relaxed)
    }
}

#[derive(Debug)]
struct CountingRandom(AtomicU64);

impl Random for CountingRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub(crate) fn clock() -> Arc<SteppingClock> {
    Arc::new(SteppingClock(AtomicI64::new(1_795_000_000_000_000)))
}

/// Other bytes than the store's.
pub(crate) fn random() -> Arc<dyn Random> {
    Arc::new(CountingRandom(AtomicU64::new(1 << 32)))
}

/// A running server with its store, in a folder that goes with it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) bound: Bound,
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<SteppingClock>,
    pub(crate) folder: tempfile::TempDir,
    /// A key to deliver, for the project "alpha".
    pub(crate) key: String,
    stop: Option<oneshot::Sender<()>>,
    running: Option<tokio::task::JoinHandle<Result<(), argus_server::ServeError>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        Self::configured(ServerConfig {
            limits,
            ..ServerConfig::default()
        })
        .await
    }

    /// Listens on a free port, whatever the configuration says.
    pub(crate) async fn configured(config: ServerConfig) -> Self {
        Self::on(tempfile::tempdir().unwrap(), clock(), 0, config).await
    }

    /// Stops, and starts again on the same data.
    pub(crate) async fn restarted(mut self, config: ServerConfig) -> Self {
        self.begin_stop().await.unwrap().unwrap();
        let Self {
            folder,
            store,
            clock,
            ..
        } = self;
        drop(store);
        // Other random bytes than before: one for each microsecond that there can be.
        let random = u64::try_from(clock.now_us()).unwrap();
        Self::on(folder, clock, random, config).await
    }

    async fn on(
        folder: tempfile::TempDir,
        clock: Arc<SteppingClock>,
        random_from: u64,
        config: ServerConfig,
    ) -> Self {
        let options = StoreOptions {
            clock: clock.clone(),
            random: Arc::new(CountingRandom(AtomicU64::new(random_from))),
        };
        let store = Arc::new(Store::open(&folder.path().join("data"), options).unwrap());
        let key = new_key(&store, KeyScope::Ingest);
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = oneshot::channel();
        let config = ServerConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            ..config
        };
        let served = store.clone();
        let of_server: Arc<dyn Clock> = clock.clone();
        let running = tokio::spawn(async move {
            let ready = |bound: &Bound| tell.send(bound.clone()).unwrap();
            serve(served, config, of_server, random(), ready, async {
                drop(stopped.await);
            })
            .await
        });
        let bound = told.await.unwrap();
        Self {
            address: bound.address,
            bound,
            store,
            clock,
            folder,
            key,
            stop: Some(stop),
            running: Some(running),
        }
    }

    pub(crate) fn workspace(&self) -> Workspace {
        self.store.workspace("default").unwrap().unwrap()
    }

    /// Another key to deliver.
    pub(crate) fn another_key(&self) -> String {
        new_key(&self.store, KeyScope::Ingest)
    }

    pub(crate) fn reading_key(&self) -> String {
        new_key(&self.store, KeyScope::Read)
    }

    /// Number of records in the store.
    pub(crate) fn stored(&self) -> u64 {
        self.workspace().status().unwrap().records.values().sum()
    }

    /// Number of acts in the ledger: every leaf that is no record's.
    pub(crate) fn acts(&self) -> u64 {
        let status = self.workspace().status().unwrap();
        status.leaves - status.records.values().sum::<u64>()
    }

    /// Asks the server to stop, without waiting for it.
    pub(crate) fn begin_stop(
        &mut self,
    ) -> tokio::task::JoinHandle<Result<(), argus_server::ServeError>> {
        self.stop.take().unwrap().send(()).unwrap();
        self.running.take().unwrap()
    }

    /// Waits until a sample of the server's own metrics is what it should be.
    pub(crate) async fn wait_for_metric(&self, name: &str, is: impl Fn(u64) -> bool) {
        let found = async {
            loop {
                let text = http::get(self.address, "/metrics").await.text();
                let sample = text
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
                if sample.is_some_and(&is) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .unwrap_or_else(|_| panic!("{name} does not come"));
    }
}

fn new_key(store: &Store, scope: KeyScope) -> String {
    store
        .create_key(
            "default",
            scope,
            &["alpha".to_owned()],
            None,
            &Actor::system(),
        )
        .unwrap()
        .token
}
