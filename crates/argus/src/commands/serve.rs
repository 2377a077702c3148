//! `argus serve`: runs the server until it is told to stop.

use std::path::PathBuf;
use std::sync::Arc;

use argus_server::sources::compliance::ComplianceSource;
use argus_server::{Bound, ServeError, ServerConfig, TlsFiles, serve};
use argus_store::Store;

use crate::commands::plugin;
use crate::config::{Config, Flags, compliance_sources};
use crate::error::{CommandError, Kind};
use crate::system::{self, SystemClock, SystemRandom};
use crate::{cli, output};

/// Runs the server.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Address to listen on [default: 127.0.0.1:4318]. Port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Certificate for TLS, PEM, followed by those that vouch for it.
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate, PEM.
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// A proxy in front does TLS and says in X-Forwarded-For where requests are from.
    #[arg(long)]
    behind_proxy: bool,
    /// Name under which browsers reach the server; several times for several.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Folder of the capture client's programs: PLATFORM/argus-capture [default: capture/ beside this program].
    #[arg(long, value_name = "DIR")]
    capture_clients: Option<PathBuf>,
    /// Machines without a program that fits them send by shell and curl: redaction is then this server's alone.
    #[arg(long)]
    capture_fallback: bool,
    /// Certificates that capture clients trust besides their machine's own, PEM.
    #[arg(long, value_name = "FILE")]
    capture_ca: Option<PathBuf>,
}

impl Args {
    /// Puts what was given among the flags of the configuration.
    pub(crate) fn tell(&self, flags: &mut Flags) {
        flags.listen.clone_from(&self.listen);
        flags.tls_cert.clone_from(&self.tls_cert);
        flags.tls_key.clone_from(&self.tls_key);
        flags.behind_proxy = self.behind_proxy;
        flags.hosts.clone_from(&self.host);
        flags.capture_clients.clone_from(&self.capture_clients);
        flags.capture_fallback = self.capture_fallback;
        flags.capture_ca.clone_from(&self.capture_ca);
    }
}

pub(crate) fn run(config: &Config) -> Result<(), CommandError> {
    cli::start_logging(config)?;
    let sources = compliance_sources(&config.compliance.value)?;
    let store = Arc::new(Store::open(&config.data.value, system::store_options())?);
    let needs_set_up = store.needs_set_up()?;
    serve_store(store, config, sources, |bound| {
        let mut said = format!("listening on {}", bound.base_url);
        if needs_set_up {
            said.push_str(&format!(
                "\nnobody can sign in yet: open this link within a day to make the owner's account\n  {}/link#{}",
                bound.base_url,
                bound.links.set_up()
            ));
        }
        // At once: who reads the first line may then close the other end.
        output::line(&said);
    })
}

/// Serves a store until Ctrl-C or a termination signal; `ready` is told the addresses.
pub(crate) fn serve_store(
    store: Arc<Store>,
    config: &Config,
    compliance: Vec<ComplianceSource>,
    ready: impl FnOnce(&Bound),
) -> Result<(), CommandError> {
    let server = ServerConfig {
        listen: config.listen.value,
        tls: tls_files(config)?,
        behind_proxy: config.behind_proxy.value,
        hosts: config.hosts.value.clone(),
        compliance,
        plugin: plugin::config(config)?,
        ..ServerConfig::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(serve(
        store,
        server,
        Arc::new(SystemClock),
        Arc::new(SystemRandom),
        ready,
        stopped(),
    ));
    outcome.map_err(|error| {
        let kind = match &error {
            ServeError::NotLoopback(_)
            | ServeError::Taken { .. }
            | ServeError::Tls(_)
            | ServeError::NoHost(_)
            | ServeError::Unnamed(_) => Kind::Config,
            _ => Kind::Server,
        };
        CommandError::new(kind, error.to_string())
    })
}

fn tls_files(config: &Config) -> Result<Option<TlsFiles>, CommandError> {
    match (&config.tls_cert.value, &config.tls_key.value) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles {
            certificate: certificate.clone(),
            key: key.clone(),
        })),
        (None, None) => Ok(None),
        _ => Err(CommandError::new(
            Kind::Config,
            "TLS takes both: --tls-cert and --tls-key",
        )),
    }
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
