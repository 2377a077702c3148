//! Starts and stops the server.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use argus_session::{Clock, Random};
use argus_store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{self, App};
use crate::auth::host;
use crate::auth::links::Links;
use crate::config::{SHUTDOWN_GRACE, ServerConfig};
use crate::filling::Filling;
use crate::local::server::LocalApp;
use crate::sources::compliance::Puller;
use crate::tls::TlsError;
use crate::{connections, local, tls};

/// Where the server listens.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The one port.
    pub address: SocketAddr,
    /// The second address for gRPC, beside the default one.
    pub grpc: Option<SocketAddr>,
    /// The local socket.
    pub local_socket: PathBuf,
    /// The address of the pages, such as `http://127.0.0.1:4318`.
    pub base_url: String,
    /// One-time links of this server. Behind `BASE_URL/link#` stands such a token.
    pub links: Arc<Links>,
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that others than this machine reach.
    #[error(
        "{0} can be reached from other machines, and what is sent there without TLS can be read on the way: give --tls-cert and --tls-key, or --behind-proxy when a proxy in front does TLS, or listen on a loopback address, such as 127.0.0.1:4318"
    )]
    NotLoopback(SocketAddr),
    /// A name that is none.
    #[error(
        "\"{0}\" is no name of a host: give it without a scheme, a port and a path, such as argus.example.org"
    )]
    NoHost(String),
    /// Nobody could say under which name it is reached.
    #[error(
        "{0} stands for every address of this machine: say with --host under which name browsers reach it"
    )]
    Unnamed(SocketAddr),
    /// TLS cannot be offered.
    #[error(transparent)]
    Tls(#[from] TlsError),
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
    random: Arc<dyn Random>,
    ready: impl FnOnce(&Bound),
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    if !config.listen.ip().is_loopback() && !config.is_https() {
        return Err(ServeError::NotLoopback(config.listen));
    }
    if let Some(wrong) = config.hosts.iter().find(|name| !host::is_name(name)) {
        return Err(ServeError::NoHost(wrong.clone()));
    }
    if config.listen.ip().is_unspecified() && config.hosts.is_empty() {
        return Err(ServeError::Unnamed(config.listen));
    }
    let tls = config.tls.as_ref().map(tls::acceptor).transpose()?;
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
    let address = local_address(&first)?;
    let base_url = config.base_url(address);
    let app = App::new(store, &config, &clock, random, base_url.clone());
    let bound = Bound {
        address,
        base_url,
        links: app.links.clone(),
        grpc: second.as_ref().map(local_address).transpose()?,
        local_socket: local.path().to_owned(),
    };

    let (stop, stopped) = watch::channel(false);
    let router = app::router(app.clone());
    let mut doors = tokio::task::JoinSet::new();
    for listener in [Some(first), second].into_iter().flatten() {
        doors.spawn(connections::serve(
            app.clone(),
            listener,
            tls.clone(),
            router.clone(),
            stopped.clone(),
        ));
    }
    let local_app = LocalApp {
        store: app.store.clone(),
        links: app.links.clone(),
        base_url: bound.base_url.clone(),
    };
    doors.spawn(local.serve(Arc::new(local_app), stopped));
    let pullers: Vec<Puller> = config
        .compliance
        .into_iter()
        .filter_map(|source| {
            let name = source.name.clone();
            Puller::start(&app, source)
                .inspect_err(|error| tracing::error!(source = name, %error, "the compliance API is not read"))
                .ok()
        })
        .collect();
    let filling = Filling::start(&app)
        .inspect_err(|error| tracing::error!(%error, "review queues are not filled by themselves"))
        .ok();
    tracing::info!(address = %bound.address, "listening");
    ready(&bound);

    shutdown.await;
    tracing::info!("stopping: no new connections, finishing what is in flight");
    app.stopping.send_replace(true);
    // The doors hold the other end.
    let _ = stop.send(true);
    let finished = async {
        if let Some(filling) = filling {
            filling.stop().await;
        }
        for puller in pullers {
            puller.stop().await;
        }
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
