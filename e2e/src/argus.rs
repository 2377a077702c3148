//! The program with one data folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;

/// The `argus` program and the data folder that it is run with.
#[derive(Debug, Clone)]
pub struct Argus {
    program: PathBuf,
    data: PathBuf,
}

impl Argus {
    /// `program` is the built binary; `data` need not exist yet.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, data: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            data: data.into(),
        }
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The program with `--data`, not yet started; nothing of the environment reaches it.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    /// Runs it and gives what it printed.
    ///
    /// # Errors
    /// It did not exit with 0; the sentence has what it said.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(arguments)
            .output()
            .map_err(|error| format!("argus {}: {error}", arguments.join(" ")))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!(
                "argus {} ended with {}: {}{}",
                arguments.join(" "),
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            ))
        }
    }

    /// Runs it and reads what it printed as JSON.
    ///
    /// # Errors
    /// As [`Self::run`], or it is no JSON.
    pub fn json(&self, arguments: &[&str]) -> Result<Value> {
        let text = self.run(arguments)?;
        serde_json::from_str(&text)
            .map_err(|error| format!("argus {}: {error}", arguments.join(" ")))
    }

    /// A new key of scope `ingest`.
    ///
    /// # Errors
    /// As [`Self::run`], or no key was printed.
    pub fn ingest_key(&self) -> Result<String> {
        let printed = self.run(&["key", "create", "--scope", "ingest", "--project", "e2e"])?;
        printed
            .split_whitespace()
            .find(|word| word.starts_with("argus_"))
            .map(str::to_owned)
            .ok_or_else(|| format!("`argus key create` printed no key: {printed}"))
    }
}
