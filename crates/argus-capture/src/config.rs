//! What the client is set up with: the bundle's `argus.json`, or the environment.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::CaptureError;
use crate::{paths, store_file, system};

/// The version of `argus.json` that this client reads.
const CONFIG_VERSION: u32 = 1;

/// A server and how it is reached. The bundle that the server hands out has it beside the plugin's manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Config {
    /// [`CONFIG_VERSION`].
    #[serde(default = "version")]
    pub(crate) version: u32,
    /// Where the server is: `https://host[:port]`. `http` only for this machine itself.
    pub(crate) endpoint: String,
    /// The enrolment key: delivers until somebody has signed in.
    #[serde(default)]
    pub(crate) key: Option<String>,
    /// The project, where the bundle is for one.
    #[serde(default)]
    pub(crate) project: Option<String>,
    /// The workspace's key for lines without a `uuid`, hex: until the server was asked.
    #[serde(default)]
    pub(crate) line_key: Option<String>,
    /// The workspace's redaction: until the server was asked.
    #[serde(default)]
    pub(crate) redaction: Option<Redaction>,
    /// Whether sessions may be made private: until the server was asked.
    #[serde(default)]
    pub(crate) opt_out: OptOut,
    /// What is said to who may not.
    #[serde(default)]
    pub(crate) notice: Option<String>,
    /// Certificates to trust besides the machine's own, PEM.
    #[serde(default)]
    pub(crate) ca_pem: Option<String>,
    /// The bundle's version.
    #[serde(default)]
    pub(crate) bundle_version: Option<String>,
    /// Most bytes that wait for the server.
    #[serde(default)]
    pub(crate) spool_bytes_max: Option<u64>,
    /// Longest time that they wait, seconds.
    #[serde(default)]
    pub(crate) spool_age_max_s: Option<u64>,
}

/// The rules by which the client redacts: the workspace's, so that placeholders of client and server are the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Redaction {
    /// The key of fingerprints, hex.
    pub(crate) key: String,
    /// How often the policy was changed.
    #[serde(default)]
    pub(crate) revision: u16,
    /// The policy.
    #[serde(default)]
    pub(crate) policy: Value,
}

/// What the word `private` does, by the workspace's policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OptOut {
    /// The session is erased, and nothing more of it is taken.
    #[default]
    Allowed,
    /// Its content is erased; that it was, stays.
    ContentOff,
    /// Nothing.
    Forbidden,
}

const fn version() -> u32 {
    CONFIG_VERSION
}

impl Config {
    /// What tells the state of one server from that of another.
    pub(crate) fn server_id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.endpoint.trim_end_matches('/'));
        hash.update([0]);
        hash.update(self.project.as_deref().unwrap_or_default());
        hex::encode(&hash.finalize()[..6])
    }

    /// # Errors
    /// The endpoint is no address, or would carry what was captured in the clear over a network.
    pub(crate) fn check(&self) -> Result<(), CaptureError> {
        if self.version > CONFIG_VERSION {
            return Err(CaptureError::config(format!(
                "the configuration has version {}, this client reads {CONFIG_VERSION}",
                self.version
            ))
            .hint("update the plugin: its bundle has the client that fits"));
        }
        let (scheme, rest) = self.endpoint.split_once("://").unwrap_or_default();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let name = name.strip_prefix('[').map_or_else(
            || name.split(':').next().unwrap_or_default(),
            |bracketed| bracketed.split(']').next().unwrap_or_default(),
        );
        let is_here = name == "localhost" || name == "::1" || name.starts_with("127.");
        match scheme {
            _ if name.is_empty() => Err(CaptureError::config(format!(
                "\"{}\" is no address of a server",
                self.endpoint
            ))
            .hint("an address looks like https://argus.example.com")),
            "https" => Ok(()),
            "http" if is_here => Ok(()),
            "http" => Err(CaptureError::config(format!(
                "{} is not encrypted: nothing is sent there",
                self.endpoint
            ))
            .hint("give the server a certificate, and use https://")),
            _ => Err(CaptureError::config(format!(
                "\"{scheme}\" is no scheme that this client speaks"
            ))
            .hint("use https://")),
        }
    }

    /// The address of something on the server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.endpoint.trim_end_matches('/'))
    }
}

/// Finds the configuration: a file that is named, else the environment, else what lies beside the program's plugin, else what
/// the last hook came with.
///
/// # Errors
/// There is none, or it cannot be used.
pub(crate) fn find(named: Option<&Path>) -> Result<Config, CaptureError> {
    let config = if let Some(path) = named {
        read(path)?
    } else if let Some(endpoint) = system::variable("ARGUS_ENDPOINT") {
        Config {
            endpoint,
            key: system::variable("ARGUS_KEY"),
            project: system::variable("ARGUS_PROJECT"),
            ..serde_json::from_str(r#"{"endpoint":""}"#)
                .map_err(|error| CaptureError::config(error.to_string()))?
        }
    } else {
        let files = beside_program()
            .into_iter()
            .chain(paths::remembered_config());
        let Some(path) = files.into_iter().find(|path| path.is_file()) else {
            return Err(CaptureError::config("no server is configured")
                .hint("install the plugin that your Argus server hands out, or set ARGUS_ENDPOINT and ARGUS_KEY"));
        };
        read(&path)?
    };
    config.check()?;
    Ok(config)
}

fn read(path: &Path) -> Result<Config, CaptureError> {
    let bytes = std::fs::read(path).map_err(|error| {
        CaptureError::config(format!("{} cannot be read: {error}", path.display()))
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        CaptureError::config(format!("{} is no configuration: {error}", path.display()))
    })
}

/// `argus.json` in the plugin whose program this is: `PLUGIN/client/PLATFORM/argus-capture`.
fn beside_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program
        .ancestors()
        .skip(1)
        .take(4)
        // A plugin's, and no file of that name that somebody put above the program.
        .filter(|folder| folder.join(".claude-plugin").is_dir())
        .map(|folder| folder.join("argus.json"))
        .find(|file| file.is_file())
}

/// Keeps a configuration where commands in a terminal find it.
pub(crate) fn remember(config: &Config) {
    let Some(file) = paths::remembered_config().into_iter().next() else {
        return;
    };
    let held: Option<Value> = store_file::read(&file);
    if held != serde_json::to_value(config).ok() {
        // A convenience: what a hook needs it has in hand.
        let _ = store_file::write(&file, config);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(endpoint: &str) -> Config {
        serde_json::from_value(serde_json::json!({"endpoint": endpoint})).unwrap()
    }

    #[test]
    fn nothing_is_sent_in_the_clear_but_to_this_machine() {
        for good in [
            "https://argus.example.com",
            "http://127.0.0.1:4318",
            "http://localhost:4318/",
            "http://[::1]:4318",
        ] {
            assert!(at(good).check().is_ok(), "{good}");
        }
        for bad in [
            "http://argus.example.com",
            "http://127.0.0.1@evil.example",
            "http://localhost.evil.example",
            "ftp://x",
            "argus",
            "https://",
        ] {
            assert!(at(bad).check().is_err(), "{bad}");
        }
    }

    #[test]
    fn each_server_and_project_has_a_state_of_its_own() {
        let mut other = at("https://a");
        other.project = Some("p".to_owned());
        assert_ne!(at("https://a").server_id(), other.server_id());
        assert_eq!(at("https://a").server_id(), at("https://a/").server_id());
    }
}
