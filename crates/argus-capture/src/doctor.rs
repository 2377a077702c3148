//! Looks at everything that capture needs, and says what to do where something is missing.

use std::fs;
use std::path::Path;

use argus_session::Clock;

use crate::config::Config;
use crate::device::Device;
use crate::hello::Hello;
use crate::http::{Server, ServerError};
use crate::lost::Losses;
use crate::paths::StateFolder;
use crate::system::{self, SystemClock, SystemRandom};
use crate::{inventory, output, paths, platform, token};

/// One look.
struct Check {
    what: &'static str,
    result: Result<String, (String, String)>,
}

/// Prints every check. True when all are well.
pub(crate) fn doctor(config: &Config, folder: &StateFolder) -> bool {
    let checks = [
        server(config),
        key(config, folder),
        state(folder),
        token_file(folder),
        plugin(&paths::claude_config()),
        client(config),
        transcripts(&paths::claude_config()),
        losses(folder),
    ];
    let mut is_well = true;
    for check in checks {
        match check.result {
            Ok(said) => output::line(&format!("ok       {:<12} {said}", check.what)),
            Err((said, hint)) => {
                is_well = false;
                output::line(&format!("missing  {:<12} {said}", check.what));
                output::line(&format!("         {:<12} {hint}", ""));
            }
        }
    }
    is_well
}

fn check(what: &'static str, result: Result<String, (String, String)>) -> Check {
    Check { what, result }
}

fn wrong(said: impl Into<String>, hint: impl Into<String>) -> Result<String, (String, String)> {
    Err((said.into(), hint.into()))
}

fn server(config: &Config) -> Check {
    check(
        "server",
        match Server::new(config).get("/healthz") {
            Ok(()) => Ok(config.endpoint.clone()),
            Err(ServerError::Unreachable(why)) if why.contains("certificate") => wrong(
                format!(
                    "{}: its certificate is not trusted here: {why}",
                    config.endpoint
                ),
                "add the issuer to the machine's certificates, or name its file in SSL_CERT_FILE",
            ),
            Err(error) => wrong(
                format!("{}: {error}", config.endpoint),
                "is the address right, and does a proxy or a firewall let it through?",
            ),
        },
    )
}

fn key(config: &Config, folder: &StateFolder) -> Check {
    let held = token::store(folder).get();
    let key = held
        .as_ref()
        .map(|token| &token.token)
        .or(config.key.as_ref());
    let result = match (key, Device::open(&SystemRandom)) {
        (None, _) => wrong(
            "there is none",
            "argus-capture login, or a bundle with an enrolment key",
        ),
        (_, Err(error)) => wrong(
            format!("the device has no secret: {error}"),
            "make the state folder writable",
        ),
        (Some(key), Ok(device)) => {
            match Hello::ask(
                &Server::new(config),
                key,
                folder,
                &device,
                &[],
                &SystemClock,
            ) {
                Ok(hello) => Ok(format!(
                    "accepted: workspace {}, {}",
                    hello.workspace.unwrap_or_default(),
                    hello.person.map_or_else(
                        || "nobody signed in".to_owned(),
                        |person| format!("as {person}")
                    )
                )),
                Err(error) if error.status() == Some(401) => wrong(
                    "the server does not know it any more",
                    "argus-capture login, or install the bundle anew",
                ),
                Err(error) => wrong(error.to_string(), "see the line above"),
            }
        }
    };
    check("key", result)
}

fn state(folder: &StateFolder) -> Check {
    let root = folder.root();
    let is_temporary =
        root.starts_with(std::env::temp_dir()) && system::folder("ARGUS_CAPTURE_HOME").is_none();
    check(
        "state",
        if is_temporary {
            wrong(
                format!(
                    "{} is a temporary folder: what waits is lost with it",
                    root.display()
                ),
                "make the home folder writable, or name another in ARGUS_CAPTURE_HOME",
            )
        } else {
            Ok(root.display().to_string())
        },
    )
}

fn token_file(folder: &StateFolder) -> Check {
    let file = folder.token();
    check(
        "token",
        if file.is_file() && platform::is_open_to_others(&file) {
            wrong(
                format!("others may read {}", file.display()),
                "argus-capture login makes it anew; revoke the old key",
            )
        } else {
            Ok(token::store(folder).get().map_or_else(
                || "not signed in".to_owned(),
                |_| format!("kept in {}", token::store(folder).place()),
            ))
        },
    )
}

fn plugin(claude_config: &Path) -> Check {
    let held = inventory::plugins(claude_config)
        .into_iter()
        .find(|plugin| plugin.name == "argus");
    check(
        "plugin",
        match held {
            Some(plugin) if plugin.enabled == Some(false) => {
                wrong("it is switched off", "claude plugin enable argus")
            }
            Some(plugin) => Ok(format!(
                "version {}",
                plugin.version.unwrap_or_else(|| "unknown".to_owned())
            )),
            None => wrong(
                format!("not installed in {}", claude_config.display()),
                "claude plugin marketplace add …, then claude plugin install argus; or `argus-capture watch --foreground` follows without it",
            ),
        },
    )
}

fn client(config: &Config) -> Check {
    check(
        "client",
        Ok(format!(
            "argus-capture {} for {}-{}{}",
            env!("CARGO_PKG_VERSION"),
            platform::OS,
            platform::ARCH,
            config
                .bundle_version
                .as_ref()
                .map(|version| format!(", bundle {version}"))
                .unwrap_or_default()
        )),
    )
}

fn transcripts(claude_config: &Path) -> Check {
    let projects = claude_config.join("projects");
    let result = if system::variable("CLAUDE_CODE_SKIP_PROMPT_HISTORY").is_some() {
        wrong(
            "CLAUDE_CODE_SKIP_PROMPT_HISTORY is set: Claude Code writes none",
            "take it out of the environment; telemetry and hooks alone have less",
        )
    } else if !projects.is_dir() {
        Ok(format!(
            "{} is not there yet: the first session makes it",
            projects.display()
        ))
    } else if let Err(error) = fs::read_dir(&projects) {
        wrong(
            format!("{} cannot be read: {error}", projects.display()),
            "capture runs as who runs Claude Code",
        )
    } else {
        Ok(projects.display().to_string())
    };
    check("transcripts", result)
}

fn losses(folder: &StateFolder) -> Check {
    let losses = Losses::read(folder);
    let now_us = SystemClock.now_us();
    check(
        "lost",
        match losses.losses.last() {
            None if losses.count_ever == 0 => Ok("nothing".to_owned()),
            None => Ok(format!(
                "{} ever, all of it told to the server",
                losses.count_ever
            )),
            Some(loss) => wrong(
                format!(
                    "{} ever; the last {}",
                    losses.count_ever,
                    output::ago(loss.to_us, now_us)
                ),
                "the server is told as soon as it is reached",
            ),
        },
    )
}
