//! `argus demo`: recorded sessions in a temporary folder, served.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use argus_store::{Actor, KeyScope, Store};
use include_dir::{Dir, include_dir};
use indicatif::ProgressBar;

use super::DEFAULT_WORKSPACE;
use super::serve::serve_store;
use crate::backend::Backend;
use crate::config::{Config, Origin, Setting};
use crate::error::{CommandError, Kind};
use crate::import::{Importing, find};
use crate::{cli, output, system};

/// Recordings of the real client that ship with the program.
static RECORDINGS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo/recordings");
/// The project of the recorded sessions.
const PROJECT: &str = "demo";

/// Loads recorded sessions into a temporary folder and serves them until Ctrl-C.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Load, say what to try, and end; the folder stays.
    #[arg(long)]
    once: bool,
    /// Only print the link, open no browser.
    #[arg(long)]
    no_open: bool,
    /// Address to listen on: loopback only. Port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    if matches!(config.data.origin, Origin::Flag(_)) {
        return Err(CommandError::new(
            Kind::Usage,
            "the demo makes a folder of its own, so that it touches no data of yours: leave --data out",
        ));
    }
    let quiet = Config {
        log: Setting {
            value: "warn".to_owned(),
            origin: Origin::Default,
        },
        ..config.clone()
    };
    cli::start_logging(&quiet)?;
    let folder = tempfile::Builder::new().prefix("argus-demo-").tempdir()?;
    let data = folder.path().join("data");
    let recordings = folder.path().join("recordings");
    std::fs::create_dir_all(&recordings)?;
    RECORDINGS.extract(&recordings)?;

    let store = Arc::new(Store::open(&data, system::store_options())?);
    load(&store, &recordings)?;
    let key = store.create_key(
        DEFAULT_WORKSPACE,
        KeyScope::Ingest,
        &[PROJECT.to_owned()],
        None,
        &Actor::local(&system::account()),
    )?;
    let data = if args.once {
        let kept = folder.keep();
        kept.join("data")
    } else {
        data
    };
    if args.once {
        say_what_to_try(&data);
        return Ok(());
    }
    if !args.listen.ip().is_loopback() {
        return Err(CommandError::new(
            Kind::Usage,
            format!(
                "{} can be reached from other machines: the demo stays on this one",
                args.listen
            ),
        ));
    }
    let visitor = store.create_account(VISITOR_EMAIL, "Demo visitor", None)?;
    store.make_first_owner(&visitor.id)?;
    let config = Config {
        listen: Setting {
            value: args.listen,
            origin: Origin::Default,
        },
        ..local(quiet)
    };
    serve_store(store, &config, Vec::new(), |bound| {
        let link = format!(
            "{}/link#{}",
            bound.base_url,
            bound.links.sign_in(&visitor.id)
        );
        say_where(&link, &bound.base_url, &data, &key.token);
        if !args.no_open {
            output::open_in_browser(&link);
        }
    })
}

/// The demo's own account has no password: its link is the only way in.
const VISITOR_EMAIL: &str = "visitor@localhost";

/// Without what a configuration file or the environment may say of a server that others reach.
fn local(config: Config) -> Config {
    fn unset<T>(value: T) -> Setting<T> {
        Setting {
            value,
            origin: Origin::Default,
        }
    }
    Config {
        tls_cert: unset(None),
        tls_key: unset(None),
        behind_proxy: unset(false),
        hosts: unset(Vec::new()),
        ..config
    }
}

fn load(store: &Arc<Store>, recordings: &Path) -> Result<(), CommandError> {
    let (found, _) = find(recordings)?;
    let mut backend = Backend::Own(store.clone());
    let line_key = backend.line_key(recordings, DEFAULT_WORKSPACE)?;
    let mut importing = Importing::new(
        &mut backend,
        DEFAULT_WORKSPACE,
        PROJECT,
        line_key,
        ProgressBar::hidden(),
    );
    for item in &found {
        importing.file(item)?;
    }
    importing.flush()?;
    if backend.wait_indexed(DEFAULT_WORKSPACE)? {
        Ok(())
    } else {
        Err(CommandError::new(
            Kind::Server,
            "the recorded sessions could not be read in time",
        ))
    }
}

/// How this program is called, as the person did.
fn program() -> String {
    std::env::args()
        .next()
        .unwrap_or_else(|| "argus".to_owned())
}

fn say_what_to_try(data: &Path) {
    let (argus, data) = (program(), data.display());
    output::line(&format!(
        "Recorded sessions of the real client are loaded. In another terminal, try:

  {argus} sessions --data {data}
  {argus} session show 25122f70 --data {data}       a wrong cent: found, fixed, tested, with a denied call and a compaction
  {argus} session show 00f10ee0 --data {data}       sub-agents, some of which fail
  {argus} session show 5a88346e --data {data}       a plan that is sent back, then carried out
  {argus} sessions --data {data} error:yes
  {argus} session show 5a88346e --json --data {data}
  {argus} doctor --data {data}"
    ));
}

fn say_where(link: &str, base_url: &str, data: &Path, token: &str) {
    let (argus, data) = (program(), data.display());
    output::line(&format!(
        "Recorded sessions of the real client are loaded. Open them in your browser, once, with this link:

  {link}

To see a session of your own appear while it runs, start Claude Code in another terminal with this:

  export CLAUDE_CODE_ENABLE_TELEMETRY=1 CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
  export OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp OTEL_TRACES_EXPORTER=otlp
  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_ENDPOINT={base_url}
  export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer {token}\"
  export OTEL_LOG_USER_PROMPTS=1 OTEL_LOG_ASSISTANT_RESPONSES=1 OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1
  claude

The same sessions in the terminal: {argus} sessions --data {data}

Ctrl-C ends the demo and removes its data."
    ));
}
