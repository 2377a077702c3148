//! A server, and a machine with the plugin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Argus, Captured, Content, Kit, Person, Protocol, Result, Run, Server, Telemetry};

/// How long what was captured may take to arrive.
const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// The built programs.
#[derive(Debug)]
pub struct Programs {
    /// `argus`.
    pub argus: String,
    /// `argus-capture`.
    pub capture: PathBuf,
    /// The plugin's folder in the repository.
    pub plugin: PathBuf,
    /// The real client.
    pub kit: Kit,
}

impl Programs {
    /// The recordings of the repository.
    #[must_use]
    pub fn recordings(&self) -> PathBuf {
        self.plugin.with_file_name("e2e").join("recordings")
    }
}

/// A machine with the plugin, and the server that it is for.
#[derive(Debug)]
pub struct Machine {
    /// Where everything of it lies.
    pub folder: tempfile::TempDir,
    /// The server's program and data.
    pub argus: Argus,
    /// The enrolment key.
    pub key: String,
    /// The server, unless it is away.
    pub server: Option<Server>,
    address: String,
    /// The plugin, as it is installed.
    pub plugin: PathBuf,
    capture: PathBuf,
}

/// Waits between two questions, before a deadline.
#[expect(
    clippy::disallowed_methods,
    reason = "between two questions, before a deadline"
)]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// An error in words.
pub fn said(what: &Path) -> impl Fn(std::io::Error) -> String + '_ {
    move |error| format!("{}: {error}", what.display())
}

impl Machine {
    /// A machine with the plugin, and a server that runs.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn new(programs: &Programs) -> Result<Self> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let argus = Argus::new(&programs.argus, folder.path().join("data"));
        let key = argus.ingest_key()?;
        let server = Server::start(&argus)?;
        let address = server.url().trim_start_matches("http://").to_owned();
        // A space in the path: nothing of the plugin may be unquoted.
        let plugin = folder.path().join("the plugin");
        copy(&programs.plugin, &plugin)?;
        let client = plugin.join("client/linux-x86_64");
        fs::create_dir_all(&client).map_err(said(&client))?;
        fs::copy(&programs.capture, client.join("argus-capture")).map_err(said(&client))?;
        let machine = Self {
            argus,
            key,
            address,
            plugin,
            capture: programs.capture.clone(),
            server: Some(server),
            folder,
        };
        machine.configure(&json!({}))?;
        Ok(machine)
    }

    /// Writes the plugin's configuration, with members beside the usual ones.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn configure(&self, more: &Value) -> Result<()> {
        let mut config = json!({
            "version": 1, "endpoint": format!("http://{}", self.address), "key": self.key, "project": "e2e",
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        let path = self.plugin.join("argus.json");
        fs::write(&path, config.to_string()).map_err(said(&path))
    }

    /// The client's state: apart from that of whoever runs this.
    #[must_use]
    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs a scenario with the plugin, and with telemetry if asked for.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn run(
        &self,
        programs: &Programs,
        scenario: &str,
        name: &str,
        has_telemetry: bool,
    ) -> Result<Run> {
        let url = self.url();
        let telemetry = Telemetry {
            url: &url,
            key: &self.key,
            protocol: Protocol::Json,
            content: Content::Full,
        };
        let captured = Captured {
            plugin: Some(&self.plugin),
            telemetry: has_telemetry.then_some(telemetry),
            environment: self.environment(),
        };
        programs
            .kit
            .capture(scenario, &self.folder.path().join(name), &captured)
    }

    /// What keeps the client's state apart from that of whoever runs this.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        let state = self.state().to_string_lossy().into_owned();
        vec![("ARGUS_CAPTURE_HOME".to_owned(), state)]
    }

    /// Writes a scenario of this test's own, and gives its path.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn scenario(&self, name: &str, scenario: &Value) -> Result<String> {
        let path = self.folder.path().join(format!("{name}.json"));
        fs::write(&path, scenario.to_string()).map_err(said(&path))?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// Runs the capture client as a person in a terminal would.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn client(&self, words: &[&str]) -> Result<String> {
        let output = Command::new(&self.capture)
            .args(words)
            .arg("--config")
            .arg(self.plugin.join("argus.json"))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("ARGUS_CAPTURE_HOME", self.state())
            .output()
            .map_err(|error| format!("argus-capture: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            Ok(text)
        } else {
            let error = String::from_utf8_lossy(&output.stderr);
            Err(format!(
                "argus-capture {words:?} ended with {}: {text}{error}",
                output.status
            ))
        }
    }

    /// What the client says of itself.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn status(&self) -> Result<Value> {
        serde_json::from_str(&self.client(&["status", "--json"])?)
            .map_err(|error| error.to_string())
    }

    /// Waits until the follower has nothing more to follow and the server has all of it.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn arrived(&self) -> Result<()> {
        let deadline = Instant::now() + ARRIVES_WITHIN;
        loop {
            let state = self.status()?;
            let status = &state["status"];
            let is_done = status["spooled"].as_u64().is_some_and(|count| count > 0)
                && status["following"].as_array().is_some_and(Vec::is_empty)
                && status["waiting"] == 0
                && fs::read_dir(self.state_folder()?.join("events"))
                    .is_ok_and(|mut events| events.next().is_none());
            if is_done {
                break;
            }
            if Instant::now() > deadline {
                return Err(format!("it did not arrive: {state} {}", self.log()?));
            }
            pause(Duration::from_millis(100));
        }
        match &self.server {
            Some(server) => server.projected(),
            None => Ok(()),
        }
    }

    /// The state folder of this server.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn state_folder(&self) -> Result<PathBuf> {
        let state = self.status()?;
        state["state_folder"]
            .as_str()
            .map(PathBuf::from)
            .ok_or_else(|| format!("no state folder: {state}"))
    }

    /// The follower's log.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn log(&self) -> Result<String> {
        let path = self.state_folder()?.join("follower.log");
        Ok(fs::read_to_string(path).unwrap_or_default())
    }

    /// Gives the plugin what a bundle has, so that it can work while the server is away: the workspace's keys and rules.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn configure_for_absence(&self) -> Result<()> {
        let answer = ureq::post(format!("{}/v1/capture/hello", self.url()))
            .header("authorization", format!("Bearer {}", self.key))
            .header("content-type", "application/json")
            .send(json!({"version": 1, "client": {"version": "0", "os": "linux", "arch": "x86_64"}, "device": {"id": "0".repeat(32), "name": "bundle"}, "sessions": []}).to_string())
            .and_then(|mut answer| answer.body_mut().read_to_string())
            .map_err(|error| error.to_string())?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        self.configure(&json!({"line_key": answer["line_key"], "redaction": answer["redaction"]}))
    }

    /// Waits until the follower has nothing more to do, whether or not there was anything to send.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn settled(&self) -> Result<()> {
        let deadline = Instant::now() + ARRIVES_WITHIN;
        loop {
            let state = self.status()?;
            let is_done = state["status"]["following"]
                .as_array()
                .is_some_and(Vec::is_empty)
                && state["status"]["waiting"] == 0
                && state["private"].as_object().is_some_and(|sessions| {
                    sessions
                        .values()
                        .all(|session| session["outcome"] != "waiting")
                })
                && fs::read_dir(self.state_folder()?.join("events"))
                    .is_ok_and(|mut events| events.next().is_none());
            if is_done {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(format!("it did not settle: {state} {}", self.log()?));
            }
            pause(Duration::from_millis(100));
        }
    }

    /// The server's first owner.
    ///
    /// # Errors
    /// The server is away, or has one already.
    pub fn owner(&self) -> Result<Person> {
        Person::owner(self.server.as_ref().ok_or("the server is away")?)
    }

    /// Stops the server.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn stop_server(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// Starts it again, where it was.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn start_server(&mut self) -> Result<()> {
        self.server = Some(Server::start_at(&self.argus, &self.address)?);
        Ok(())
    }

    /// Nothing was lost or altered on the way: what the client left on the disk, imported, is known to the last record.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn is_all_there(&self, run: &Run) -> Result<String> {
        let transcripts = run.transcripts.to_string_lossy();
        let said = self
            .argus
            .run(&["import", &transcripts, "--project", "e2e"])?;
        // Nothing new of nothing would show nothing.
        if !said.contains(" 0 new records") || said.contains(" 0 known") {
            return Err(format!("an import has more than was captured: {said}"));
        }
        let state = self.status()?;
        if state["status"]["lost"] != 0 {
            return Err(format!("the client says that something was lost: {state}"));
        }
        Ok(said.lines().next().unwrap_or_default().trim().to_owned())
    }

    /// Every session's document, by id.
    ///
    /// # Errors
    /// A program or the machine failed, or it did not come in time.
    pub fn documents(&self) -> Result<Vec<Value>> {
        let listed = self.argus.run(&["sessions", "--json"])?;
        listed
            .lines()
            .map(|line| {
                let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
                let id = row["id"].as_str().unwrap_or_default();
                self.argus.json(&["session", "show", id, "--json"])
            })
            .collect()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // A follower outlives what woke it: it is ended with its machine.
        if let Ok(state) = self.status()
            && let Some(pid) = state["status"]["pid"].as_u64()
            && state["is_running"] == true
        {
            let _ = Command::new("kill").arg(pid.to_string()).status();
        }
    }
}

/// Copies a folder with all that is in it.
///
/// # Errors
/// The disk's.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(said(to))?;
    for entry in fs::read_dir(from).map_err(said(from))? {
        let entry = entry.map_err(said(from))?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(said(from))?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(said(&target))?;
        }
    }
    Ok(())
}

/// Every file below a folder that holds a word.
///
/// # Errors
/// A program or the machine failed, or it did not come in time.
pub fn files_with(folder: &Path, word: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(said(folder))? {
        let path = entry.map_err(said(folder))?.path();
        let kind = fs::symlink_metadata(&path)
            .map_err(said(&path))?
            .file_type();
        if kind.is_dir() {
            files_with(&path, word, found)?;
        } else if kind.is_file() {
            let bytes = fs::read(&path).map_err(said(&path))?;
            if bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
            {
                found.push(path);
            }
        }
    }
    Ok(())
}
