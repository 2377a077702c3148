//! `argus serve`: runs the server until it is told to stop.

use std::sync::Arc;

use argus_server::{Bound, ServeError, ServerConfig, serve};
use argus_store::Store;

use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::system::{self, SystemClock};
use crate::{cli, output};

/// Runs the server.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Address to listen on [default: 127.0.0.1:4318]. Port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

pub(crate) fn run(config: &Config) -> Result<(), CommandError> {
    cli::start_logging(config)?;
    let store = Arc::new(Store::open(&config.data.value, system::store_options())?);
    serve_store(store, config, |bound| {
        output::line(&format!("listening on http://{}", bound.address));
    })
}

/// Serves a store until Ctrl-C or a termination signal; `ready` is told the addresses.
pub(crate) fn serve_store(
    store: Arc<Store>,
    config: &Config,
    ready: impl FnOnce(&Bound),
) -> Result<(), CommandError> {
    let server = ServerConfig {
        listen: config.listen.value,
        ..ServerConfig::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(serve(
        store,
        server,
        Arc::new(SystemClock),
        ready,
        stopped(),
    ));
    outcome.map_err(|error| {
        let kind = match &error {
            ServeError::NotLoopback(_) | ServeError::Taken { .. } => Kind::Config,
            _ => Kind::Server,
        };
        CommandError::new(kind, error.to_string())
    })
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        let _ = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
