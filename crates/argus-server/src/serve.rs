//! Starts and stops the server.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use argus_session::Clock;
use argus_store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{self, App};
use crate::config::{SHUTDOWN_GRACE, ServerConfig};
use crate::{connections, local};

/// Where the server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The one port.
    pub address: SocketAddr,
    /// The second address for gRPC, beside the default one.
    pub grpc: Option<SocketAddr>,
    /// The local socket.
    pub local_socket: PathBuf,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that others than this machine reach.
    #[error(
        "{0} can be reached from other machines, and there is no TLS yet: listen on a loopback address, such as 127.0.0.1:4318"
    )]
    NotLoopback(SocketAddr),
    /// The address is taken.
    #[error(
        "{address} is taken by another program, perhaps another argus or a collector: stop it, or choose another address with --listen"
    )]
    Taken {
        /// The address.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The local socket cannot be made.
    #[error(transparent)]
    Local(#[from] local::LocalError),
}

/// Serves until `shutdown` is done, then finishes what is in flight. `ready` is told the addresses once connections are
/// taken.
///
/// # Errors
/// When it cannot listen: see [`ServeError`].
pub async fn serve(
    store: Arc<Store>,
    config: ServerConfig,
    clock: Arc<dyn Clock>,
    ready: impl FnOnce(&Bound),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    if !config.listen.ip().is_loopback() {
        return Err(ServeError::NotLoopback(config.listen));
    }
    let first = listen(config.listen).await?;
    let second = match config.grpc_listen() {
        Some(address) => listen(address).await.inspect_err(|error| tracing::warn!(%error, "no second port for gRPC: clients must send it to the first")).ok(),
        None => None,
    };
    let local = local::server::Listener::bind(store.folder())?;
    let local_address = |listener: &TcpListener| {
        listener.local_addr().map_err(|source| ServeError::Listen {
            address: config.listen,
            source,
        })
    };
    let bound = Bound {
        address: local_address(&first)?,
        grpc: second.as_ref().map(local_address).transpose()?,
        local_socket: local.path().to_owned(),
    };

    let app = App::new(store, config.limits.clone(), clock.as_ref());
    let (stop, stopped) = watch::channel(false);
    let router = app::router(app.clone());
    let mut doors = tokio::task::JoinSet::new();
    for listener in [Some(first), second].into_iter().flatten() {
        doors.spawn(connections::serve(
            app.clone(),
            listener,
            router.clone(),
            stopped.clone(),
        ));
    }
    doors.spawn(local.serve(app.store.clone(), stopped));
    tracing::info!(address = %bound.address, "listening");
    ready(&bound);

    shutdown.await;
    tracing::info!("stopping: no new connections, finishing what is in flight");
    app.stopping.store(true, Ordering::Relaxed);
    // The doors hold the other end.
    let _ = stop.send(true);
    let finished = async {
        while doors.join_next().await.is_some() {}
        app.submitted.none().await;
    };
    if tokio::time::timeout(SHUTDOWN_GRACE, finished)
        .await
        .is_err()
    {
        tracing::warn!(
            "stopped with requests in flight: they were not acknowledged, and will come again"
        );
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => ServeError::Taken { address },
            _ => ServeError::Listen { address, source },
        })
}
