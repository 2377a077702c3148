//! The real client in a home of its own, seeing the hosts that the test says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use argus_e2e::Result;
use serde_json::Value;

use crate::Programs;

/// The one prompt of the scenario "simple", and the kit's id of its session.
const SCENARIO: &str = "simple";

/// A person's machine.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    programs: &'a Programs,
    /// Where the home folder and everything else is.
    folder: PathBuf,
    environment: Vec<(&'static str, String)>,
    hosts: Option<PathBuf>,
}

/// A session that ran.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// What the client printed, as JSON lines.
    pub(crate) printed: String,
    /// The requests that reached the model, in their order.
    pub(crate) requests: Vec<Value>,
}

impl<'a> Desk<'a> {
    /// A new one; nothing of Claude is in its home.
    pub(crate) fn new(programs: &'a Programs, folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(folder.join("home/.claude")).map_err(|error| error.to_string())?;
        Ok(Self {
            programs,
            folder,
            environment: Vec::new(),
            hosts: None,
        })
    }

    /// Adds a variable to the environment.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Sees this file as `/etc/hosts`, and nobody else does: in a mount namespace of its own.
    pub(crate) fn with_hosts(mut self, hosts: PathBuf) -> Self {
        self.hosts = Some(hosts);
        self
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Runs one of the client's own commands and gives what it said.
    pub(crate) fn claude(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(&self.programs.claude, arguments)?
            .output()
            .map_err(|error| error.to_string())?;
        said(&format!("claude {}", arguments.join(" ")), &output)
    }

    /// Runs a script, as a person in a terminal would.
    pub(crate) fn shell(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(Path::new("sh"), arguments)?
            .output()
            .map_err(|error| error.to_string())?;
        said(&format!("sh {}", arguments.join(" ")), &output)
    }

    /// Runs a session with this prompt against the scripted model, to its end.
    pub(crate) fn session(&self, prompt: &str) -> Result<Session> {
        let scenario = self.folder.join("scenario.json");
        let of_kit = self.programs.kit.join("scenarios/simple.json");
        let mut content: Value =
            serde_json::from_slice(&std::fs::read(&of_kit).map_err(|error| error.to_string())?)
                .map_err(|error| format!("{}: {error}", of_kit.display()))?;
        // A name of its own for every prompt: the kit makes the session's id of it.
        content["name"] = format!("{SCENARIO} {prompt}").into();
        content["runs"][0]["prompt"] = prompt.into();
        std::fs::write(&scenario, content.to_string()).map_err(|error| error.to_string())?;

        let out = self.folder.join("run");
        let (kit, home) = (self.programs.kit.join("run"), self.home());
        let mut command = self.command(Path::new("python3"), &[&kit.to_string_lossy()])?;
        command
            .arg(&scenario)
            .arg("--out")
            .arg(&out)
            .arg("--claude")
            .arg(&self.programs.claude)
            .args(["--no-recorder", "--no-otel", "--keep"])
            .arg("--env")
            .arg(format!("HOME={}", home.display()))
            .arg("--env")
            .arg(format!("CLAUDE_CONFIG_DIR={}/.claude", home.display()));
        for (name, value) in &self.environment {
            command.arg("--env").arg(format!("{name}={value}"));
        }
        let output = command.output().map_err(|error| error.to_string())?;
        let recorded = out.join("work/rec");
        let read = |name: &str| {
            std::fs::read_to_string(recorded.join(name)).map_err(|error| format!("{name}: {error}"))
        };
        said("the kit", &output).map_err(|error| {
            let client = read("stderr-0.txt").unwrap_or_default();
            format!("{error}{client}")
        })?;
        let log: Value =
            serde_json::from_str(&read("run.json")?).map_err(|error| error.to_string())?;
        let id = log["runs"][0]["session_id_given"]
            .as_str()
            .ok_or("the kit gave the session no id")?;
        Ok(Session {
            id: id.to_owned(),
            printed: read("stdout-0.jsonl")?,
            requests: requests(&recorded.join("api"))?,
        })
    }

    /// A program in this machine's environment, and in no other.
    fn command(&self, program: &Path, arguments: &[&str]) -> Result<Command> {
        let mut command = match &self.hosts {
            None => Command::new(program),
            Some(hosts) => {
                let mut command = Command::new("unshare");
                command
                    .args(["--map-root-user", "--mount", "sh", "-c"])
                    .arg("mount --bind \"$0\" /etc/hosts && exec \"$@\"")
                    .arg(hosts)
                    .arg(program);
                command
            }
        };
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.home())
            .env("DISABLE_AUTOUPDATER", "1")
            .env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder);
        Ok(command)
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        // A follower outlives what woke it: it is ended with its home.
        let state = self.home().join(".local/state/argus-capture");
        for entry in std::fs::read_dir(state).into_iter().flatten().flatten() {
            let status = std::fs::read(entry.path().join("status.json")).unwrap_or_default();
            let status: Value = serde_json::from_slice(&status).unwrap_or_default();
            if let Some(pid) = status["pid"].as_u64() {
                // One that ended by itself is as well.
                drop(Command::new("kill").arg(pid.to_string()).output());
            }
        }
    }
}

fn requests(folder: &Path) -> Result<Vec<Value>> {
    let mut names: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with("-messages.json"))
            .collect(),
        // None was made.
        Err(_) => return Ok(Vec::new()),
    };
    names.sort();
    names
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
            serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))
        })
        .collect()
}

fn said(what: &str, output: &Output) -> Result<String> {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!("{what} ended with {}: {text}", output.status))
    }
}
