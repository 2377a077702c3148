//! The edges: the clock, randomness and environment of this machine.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use argus_session::{Clock, Random};
use argus_store::StoreOptions;

/// The machine's clock.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine for the time"
    )]
    fn now_us(&self) -> i64 {
        let since = std::time::SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    }
}

/// The operating system's random bytes.
#[derive(Debug)]
pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine for random bytes"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bytes there are no keys and no salts: nothing may be stored.
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

pub(crate) fn store_options() -> StoreOptions {
    StoreOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    }
}

/// The words of the command line, the program's name first.
pub(crate) fn arguments() -> Vec<std::ffi::OsString> {
    std::env::args_os().collect()
}

/// A variable of the environment, unless it is empty.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The account that runs the command, as far as it is known.
pub(crate) fn account() -> String {
    variable("USER")
        .or_else(|| variable("LOGNAME"))
        .unwrap_or_else(|| "local".to_owned())
}

/// A path of the configuration file: `~/` is the home folder, as in a shell.
pub(crate) fn expand_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), variable("HOME")) {
        (Ok(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => path,
    }
}

/// Where data lies when nothing else is said: the platform's place for an application's data.
pub(crate) fn default_data_folder() -> PathBuf {
    let home = || PathBuf::from(variable("HOME").unwrap_or_else(|| ".".to_owned()));
    match variable("XDG_DATA_HOME") {
        Some(folder) => PathBuf::from(folder).join("argus"),
        None if cfg!(target_os = "macos") => home().join("Library/Application Support/argus"),
        None => home().join(".local/share/argus"),
    }
}

/// Where the configuration lies when nothing else is said.
pub(crate) fn default_config_file() -> PathBuf {
    let home = || PathBuf::from(variable("HOME").unwrap_or_else(|| ".".to_owned()));
    match variable("XDG_CONFIG_HOME") {
        Some(folder) => PathBuf::from(folder).join("argus/argus.toml"),
        None if cfg!(target_os = "macos") => {
            home().join("Library/Application Support/argus/argus.toml")
        }
        None => home().join(".config/argus/argus.toml"),
    }
}

/// The folder that this program lies in.
pub(crate) fn beside_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program.parent().map(std::path::Path::to_path_buf)
}
