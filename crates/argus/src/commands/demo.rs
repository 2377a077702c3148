//! `argus demo`: recorded sessions in a temporary folder, served.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
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
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
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
        &Actor::local(&system::account()),
    )?;
    let data = if args.once {
        let kept = folder.keep();
        kept.join("data")
    } else {
        data
    };
    say_what_to_try(&data);
    if args.once {
        return Ok(());
    }
    let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    let config = Config {
        listen: Setting {
            value: listen,
            origin: Origin::Default,
        },
        ..quiet
    };
    serve_store(store, &config, |bound| say_where(bound.address, &key.token))
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
    if backend.wait_projected(DEFAULT_WORKSPACE)? {
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
  {argus} session show da681b20 --data {data}       a task with tools, a skill and an MCP server
  {argus} session show 6f1713ac --data {data}       two sub-agents
  {argus} session show f0d688c2 --data {data}       a terminal: permissions, interrupts, a rewind
  {argus} sessions --data {data} error:yes
  {argus} session show f6a3c0cc --json --data {data}
  {argus} doctor --data {data}"
    ));
}

fn say_where(address: SocketAddr, token: &str) {
    output::line(&format!(
        "
listening on http://{address}

To see a session of your own, start Claude Code with this:

  export CLAUDE_CODE_ENABLE_TELEMETRY=1 CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
  export OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp OTEL_TRACES_EXPORTER=otlp
  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_ENDPOINT=http://{address}
  export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer {token}\"
  export OTEL_LOG_USER_PROMPTS=1 OTEL_LOG_ASSISTANT_RESPONSES=1 OTEL_LOG_TOOL_DETAILS=1 OTEL_LOG_TOOL_CONTENT=1
  claude

Ctrl-C ends the demo and removes its data."
    ));
}
