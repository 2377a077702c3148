//! The capture plugin as a person gets it: by the real client's own commands into a fresh home, from a folder and from an
//! address. A session runs and is on the server; what the model was sent is what it is sent without the plugin.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod by_shell;
mod claude;
mod from_address;
mod from_folder;
mod requests;
mod tls;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use argus_e2e::{Argus, Result, options, required, wait_for};
use serde_json::Value;

/// A case: its name, and what it does.
type Case = (&'static str, fn(&Programs) -> Result<String>);

const CASES: [Case; 3] = [
    ("from a folder", from_folder::run),
    ("from an address", from_address::run),
    ("by shell and curl", by_shell::run),
];

/// What the tests run.
#[derive(Debug)]
struct Programs {
    argus: PathBuf,
    /// The capture client.
    capture: PathBuf,
    claude: PathBuf,
    kit: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("plugin: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let options = options(std::env::args().skip(1))?;
    let path = |name: &str| {
        let given = required(&options, name)?;
        std::path::absolute(given).map_err(|error| format!("{given}: {error}"))
    };
    let programs = Programs {
        argus: path("argus")?,
        capture: path("capture")?,
        claude: path("claude")?,
        kit: path("kit")?,
    };
    let mut failed = 0;
    for (name, case) in CASES {
        let outcome = case(&programs);
        match &outcome {
            Ok(seen) => println!("ok      {name}: {seen}"),
            Err(error) => println!("FAILED  {name}: {error}"),
        }
        failed += usize::from(outcome.is_err());
    }
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} of {} failed", CASES.len()))
    }
}

/// How long a session may take from its end until it is read on the server.
const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// Waits until the server has the answer of a session.
fn arrived(argus: &Argus, session: &str) -> Result<Value> {
    wait_for("the session", ARRIVES_WITHIN, || {
        let listed = argus.run(&["sessions", "--json"])?;
        if !listed.contains(session) {
            return Ok(None);
        }
        let document = argus.json(&["session", "show", session, "--json"])?;
        let is_answered = document.to_string().contains("Hello.");
        Ok(is_answered.then_some(document))
    })
}

/// A folder with the capture client for this platform, as `--client` takes it.
fn client_folder(programs: &Programs, at: &Path) -> Result<PathBuf> {
    let own = at.join("linux-x86_64");
    std::fs::create_dir_all(&own).map_err(|error| error.to_string())?;
    std::fs::copy(&programs.capture, own.join("argus-capture"))
        .map_err(|error| format!("{}: {error}", programs.capture.display()))?;
    Ok(at.to_owned())
}
