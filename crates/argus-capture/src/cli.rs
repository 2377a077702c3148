//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use argus_session::Clock;
use clap::{Parser, Subcommand};

use crate::config::{self, Config, OptOut};
use crate::error::CaptureError;
use crate::event::ClaudeProcess;
use crate::hello::Hello;
use crate::paths::StateFolder;
use crate::status::Report;
use crate::system::{self, SystemClock};
use crate::{doctor, follower, hook, import, live, login, output, paths, platform, privacy};

/// Follows Claude Code sessions on this machine and ships them, redacted, to an Argus server.
#[derive(Debug, Parser)]
#[command(name = "argus-capture", version)]
struct Arguments {
    /// The server's configuration. Default: the plugin's, or that of the last hook
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Takes a hook call of Claude Code from standard input
    Hook,
    /// Follows sessions until there is nothing more to do
    Watch {
        /// Goes on for good, and finds sessions by itself: for systemd and launchd
        #[arg(long)]
        foreground: bool,
    },
    /// Sends everything that Claude Code left on this disk, the newest first
    Import {
        /// Claude Code's configuration folder. Default: $`CLAUDE_CONFIG_DIR`, else ~/.claude
        #[arg(long, value_name = "FOLDER")]
        claude_config: Option<PathBuf>,
    },
    /// Signs in, in the browser
    Login {
        /// Does not open the browser
        #[arg(long)]
        no_browser: bool,
        /// Goes on with a sign-in that the plugin began
        #[arg(long, hide = true)]
        finish: bool,
    },
    /// Signs out
    Logout,
    /// Makes a session private: nothing more of it is captured, what was sent is erased
    Private {
        /// The session. Default: the one that this runs in, or the only one at work
        session: Option<String>,
    },
    /// Takes the word back: capture goes on with the next session of the process
    Resume {
        /// A session of the process. Default: the one that this runs in, or the only one at work
        session: Option<String>,
    },
    /// Shows what is captured, what waits, what was lost
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Looks at everything that capture needs
    Doctor,
}

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let words = system::arguments();
    // A person waits for a hook: nothing is made ready for it that it does not need.
    if words.get(1).is_some_and(|word| word == "hook") {
        let named = match &words[2..] {
            [flag, path, ..] if flag == "--config" => Some(PathBuf::from(path)),
            _ => None,
        };
        hook::run(named.as_deref());
        return ExitCode::SUCCESS;
    }
    match command(&Arguments::parse_from(words)) {
        Ok(code) => code,
        Err(error) => {
            output::error(&error);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

fn command(arguments: &Arguments) -> Result<ExitCode, CaptureError> {
    let named = arguments.config.as_deref();
    if let Command::Watch { foreground } = arguments.command {
        // Started by a hook, it is of the hook's group still: once more, and it is of nobody's.
        if !foreground && !platform::leave_session() {
            return again(named);
        }
        follower::watch(named, foreground)?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = config::find(named)?;
    let folder = StateFolder::open(&config.server_id())?;
    match &arguments.command {
        Command::Hook | Command::Watch { .. } => {}
        Command::Import { claude_config } => {
            let claude_config = claude_config.clone().unwrap_or_else(paths::claude_config);
            import::import(&config, &folder, &claude_config)?;
        }
        Command::Login { finish: true, .. } => login::finish(&config, &folder)?,
        Command::Login { no_browser, .. } => login::login(&config, &folder, !no_browser)?,
        Command::Logout => login::logout(&folder)?,
        Command::Private { session } => private(&config, &folder, session.as_deref())?,
        Command::Resume { session } => resume(&config, &folder, session.as_deref())?,
        Command::Status { json: true } => output::json(&Report::new(&config, &folder).json()),
        Command::Status { json: false } => {
            let session_id = system::variable("CLAUDE_CODE_SESSION_ID");
            output::line(&Report::new(&config, &folder).text(session_id.as_deref()));
        }
        Command::Doctor => {
            if !doctor::doctor(&config, &folder) {
                return Ok(ExitCode::from(1));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn again(named: Option<&std::path::Path>) -> Result<ExitCode, CaptureError> {
    let program = std::env::current_exe()?;
    let mut again = std::process::Command::new(program);
    again
        .arg("watch")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if let Some(named) = named {
        again.arg("--config").arg(named);
    }
    again.spawn()?;
    Ok(ExitCode::SUCCESS)
}

fn private(
    config: &Config,
    folder: &StateFolder,
    session: Option<&str>,
) -> Result<(), CaptureError> {
    let hello = Hello::known(folder, config);
    let notice = hello.notice.unwrap_or_default();
    if hello.opt_out == OptOut::Forbidden {
        return Err(CaptureError::user(
            "sessions cannot be made private here, by your organisation's policy",
        )
        .hint(notice));
    }
    let (session_id, process) = which(folder, session)?;
    privacy::change_all(&config.server_id(), |privacy| {
        privacy.say(&session_id, process.as_ref(), SystemClock.now_us());
    })?;
    // Where no follower runs one begins, obeys, tells the server, and goes.
    follower::wake(folder, None);
    output::line(&if hello.opt_out == OptOut::ContentOff {
        format!(
            "The content of session {session_id} is off: it stays on this machine, and what was sent is erased. That it took place is kept, by your organisation's policy."
        )
    } else {
        format!(
            "Session {session_id} is private. Nothing more of it leaves this machine; what was sent is erased on the server as soon as it is reached."
        )
    });
    Ok(())
}

fn resume(
    config: &Config,
    folder: &StateFolder,
    session: Option<&str>,
) -> Result<(), CaptureError> {
    let (_, process) = which(folder, session)?;
    let process =
        process.ok_or_else(|| CaptureError::user("the process of this session is not known"))?;
    privacy::change_all(&config.server_id(), |privacy| privacy.take_back(&process))?;
    output::line(
        "Capture goes on with the next session of this process. What was private stays private.",
    );
    Ok(())
}

/// The session that is meant, and its process.
fn which(
    folder: &StateFolder,
    named: Option<&str>,
) -> Result<(String, Option<ClaudeProcess>), CaptureError> {
    let live = live::read(folder);
    let inside = system::variable("CLAUDE_CODE_SESSION_ID");
    let process_of = |id: &str| {
        live.iter()
            .find(|live| live.session_id == id)
            .map(|live| live.process.clone())
            .or_else(|| (inside.as_deref() == Some(id)).then(ClaudeProcess::of_hook))
    };
    if let Some(id) = named.or(inside.as_deref()) {
        return Ok((id.to_owned(), process_of(id)));
    }
    let at_work: Vec<_> = live
        .iter()
        .filter(|live| live.process.is_running())
        .collect();
    match &at_work[..] {
        [one] => Ok((one.session_id.clone(), Some(one.process.clone()))),
        [] => Err(CaptureError::user("no session is at work")
            .hint("name one: argus-capture private SESSION")),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|live| {
                    format!(
                        "{} in {}",
                        live.session_id,
                        live.cwd
                            .as_ref()
                            .map(|cwd| cwd.display().to_string())
                            .unwrap_or_default()
                    )
                })
                .collect();
            Err(CaptureError::user("several sessions are at work")
                .hint(format!("name one of: {}", names.join("; "))))
        }
    }
}
