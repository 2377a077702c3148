//! Runs the kit: `e2e/realclient/run`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use argus_e2e::Result;

/// How the client encodes its telemetry.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Protocol {
    Json,
    Protobuf,
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
pub(crate) enum Content {
    Off,
    Full,
}

impl fmt::Display for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Off => "off",
            Self::Full => "full",
        })
    }
}

/// The kit and the client that it runs.
pub(crate) struct Kit {
    folder: PathBuf,
    claude: PathBuf,
}

/// What a run left.
pub(crate) struct Run {
    /// The client's `projects` folder.
    pub(crate) transcripts: PathBuf,
    /// The folder that the client worked in.
    pub(crate) project: PathBuf,
}

impl Kit {
    pub(crate) fn new(folder: &str, claude: &str) -> Result<Self> {
        let absolute =
            |path: &str| std::path::absolute(path).map_err(|error| format!("{path}: {error}"));
        Ok(Self {
            folder: absolute(folder)?,
            claude: absolute(claude)?,
        })
    }

    pub(crate) fn scenario(&self, name: &str) -> PathBuf {
        self.folder.join("scenarios").join(format!("{name}.json"))
    }

    /// Runs one scenario and waits until the client has ended.
    pub(crate) fn run(
        &self,
        scenario: &str,
        out: &Path,
        url: &str,
        key: &str,
        protocol: Protocol,
        content: Content,
    ) -> Result<Run> {
        let output = Command::new("python3")
            .arg(self.folder.join("run"))
            .arg(scenario)
            .arg("--out")
            .arg(out)
            .arg("--claude")
            .arg(&self.claude)
            .args([
                "--otlp-endpoint",
                url,
                "--otlp-header",
                &format!("Authorization=Bearer {key}"),
            ])
            .args([
                "--protocol",
                &protocol.to_string(),
                "--content",
                &content.to_string(),
            ])
            .args(["--no-recorder", "--keep"])
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
        })
    }
}
