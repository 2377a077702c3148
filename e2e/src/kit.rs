//! Runs the kit: `e2e/realclient/run`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// How the client encodes its telemetry.
#[derive(Debug, Clone, Copy)]
pub enum Protocol {
    /// OTLP over HTTP, as JSON.
    Json,
    /// OTLP over HTTP, as protobuf.
    Protobuf,
    /// OTLP over gRPC.
    Grpc,
}

impl fmt::Display for Protocol {
    /// As `OTEL_EXPORTER_OTLP_PROTOCOL` names it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Json => "http/json",
            Self::Protobuf => "http/protobuf",
            Self::Grpc => "grpc",
        })
    }
}

/// Whether telemetry carries prompts, answers, inputs and outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Sizes and names only.
    Off,
    /// All of it.
    Full,
    /// That, and the requests to the model as they were sent.
    Raw,
}

impl fmt::Display for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Off => "off",
            Self::Full => "full",
            Self::Raw => "raw",
        })
    }
}

/// The kit and the client that it runs.
#[derive(Debug)]
pub struct Kit {
    folder: PathBuf,
    claude: PathBuf,
}

/// Where a run's telemetry goes, and how.
#[derive(Debug, Clone, Copy)]
pub struct Telemetry<'a> {
    /// The server.
    pub url: &'a str,
    /// A key of scope `ingest`.
    pub key: &'a str,
    /// The encoding.
    pub protocol: Protocol,
    /// What it carries.
    pub content: Content,
}

/// Whether the client calls the kit's hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hooks {
    /// Not at all: the client runs as it would without Argus.
    Off,
    /// All of them; what they were told is in [`Run::hooks`].
    Recorded,
}

/// A run with the capture client's plugin.
#[derive(Debug, Clone, Default)]
pub struct Captured<'a> {
    /// The plugin's folder; none for a run without it.
    pub plugin: Option<&'a Path>,
    /// Where telemetry goes, if anywhere.
    pub telemetry: Option<Telemetry<'a>>,
    /// Variables for the client, and through it for its hooks.
    pub environment: Vec<(String, String)>,
}

/// What a run left.
#[derive(Debug)]
pub struct Run {
    /// The client's `projects` folder.
    pub transcripts: PathBuf,
    /// The folder that the client worked in.
    pub project: PathBuf,
    /// What hooks were told, a call a line.
    pub hooks: PathBuf,
    /// What the client printed, a file a call: `stdout-0.jsonl`, `stderr-0.txt`, ….
    pub printed: PathBuf,
    /// The requests to the model.
    pub requests: PathBuf,
}

impl Kit {
    /// `folder` is `e2e/realclient`, `claude` the client's program.
    ///
    /// # Errors
    /// The working folder, from which they may be named, is gone.
    pub fn new(folder: &str, claude: &str) -> Result<Self> {
        let absolute =
            |path: &str| std::path::absolute(path).map_err(|error| format!("{path}: {error}"));
        Ok(Self {
            folder: absolute(folder)?,
            claude: absolute(claude)?,
        })
    }

    /// The file of one of the kit's scenarios.
    #[must_use]
    pub fn scenario(&self, name: &str) -> PathBuf {
        self.folder.join("scenarios").join(format!("{name}.json"))
    }

    /// Runs one scenario, of the kit by its name or of any file, and waits until the client has ended.
    ///
    /// # Errors
    /// The client could not be run, or did not end as the scenario says.
    pub fn run(
        &self,
        scenario: &str,
        out: &Path,
        telemetry: Telemetry<'_>,
        hooks: Hooks,
    ) -> Result<Run> {
        let mut command = self.command(scenario, out);
        with_telemetry(&mut command, telemetry);
        if hooks == Hooks::Off {
            command.arg("--no-recorder");
        }
        finish(command, out)
    }

    /// Runs one scenario with the capture client's plugin alone.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn capture(&self, scenario: &str, out: &Path, captured: &Captured<'_>) -> Result<Run> {
        let mut command = self.command(scenario, out);
        command.arg("--no-recorder");
        match captured.telemetry {
            Some(telemetry) => with_telemetry(&mut command, telemetry),
            None => {
                command.arg("--no-otel");
            }
        }
        if let Some(plugin) = captured.plugin {
            command.arg("--plugin-dir").arg(plugin);
        }
        for (name, value) in &captured.environment {
            command.arg("--env").arg(format!("{name}={value}"));
        }
        finish(command, out)
    }

    fn command(&self, scenario: &str, out: &Path) -> Command {
        let mut command = Command::new("python3");
        command
            .arg(self.folder.join("run"))
            .arg(scenario)
            .arg("--out")
            .arg(out)
            .arg("--claude")
            .arg(&self.claude)
            .arg("--keep");
        command
    }
}

fn with_telemetry(command: &mut Command, telemetry: Telemetry<'_>) {
    command
        .args(["--otlp-endpoint", telemetry.url])
        .arg("--otlp-header")
        .arg(format!("Authorization=Bearer {}", telemetry.key))
        .args(["--protocol", &telemetry.protocol.to_string()])
        .args(["--content", &telemetry.content.to_string()]);
}

fn finish(mut command: Command, out: &Path) -> Result<Run> {
    let output = command
        .output()
        .map_err(|error| format!("python3: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "the client's run ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(Run {
        transcripts: out.join("work/cfg/projects"),
        project: out.join("work/project"),
        hooks: out.join("hooks.jsonl"),
        printed: out.join("work/rec"),
        requests: out.join("work/rec/api"),
    })
}
