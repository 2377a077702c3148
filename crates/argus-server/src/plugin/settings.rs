//! What a bundle's client is set up with: `argus.json`.

use argus_store::{StoreError, Workspace};
use serde_json::{Value, json};

/// The version of `argus.json` that clients of this release read.
const CONFIG_VERSION: u32 = 1;

/// A server, as a client reaches it, and what holds there. What is in here of the workspace is its word until a client has
/// asked the server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server is: `https://host[:port]`.
    pub endpoint: String,
    /// The token of a key that delivers.
    pub key: String,
    /// The project that it delivers for.
    pub project: String,
    /// Certificates to trust besides the machine's own, PEM.
    pub ca_pem: Option<String>,
    /// Whether a machine without a program that fits it sends by shell and curl, so that redaction is the server's alone.
    pub allows_fallback: bool,
    of_workspace: Value,
}

impl Settings {
    /// The settings for a project of a workspace.
    ///
    /// # Errors
    /// When the workspace's rules cannot be read.
    pub fn new(
        workspace: &Workspace,
        endpoint: &str,
        key: &str,
        project: &str,
    ) -> Result<Self, StoreError> {
        let redaction = workspace.redaction_policy()?;
        let rule = workspace.capture_rule(&[project.to_owned()])?;
        let of_workspace = json!({
            "line_key": hex::encode(workspace.line_key()),
            "redaction": {
                "key": hex::encode(workspace.fingerprint_key()),
                "revision": redaction.revision,
                "policy": redaction.policy,
            },
            "opt_out": rule.opt_out,
            "notice": rule.notice,
        });
        Ok(Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            project: project.to_owned(),
            ca_pem: None,
            allows_fallback: false,
            of_workspace,
        })
    }

    /// `argus.json`, without the bundle's version.
    pub(crate) fn json(&self) -> Value {
        let mut config = json!({
            "version": CONFIG_VERSION,
            "endpoint": self.endpoint,
            "key": self.key,
            "project": self.project,
        });
        for (name, value) in self.of_workspace.as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        if let Some(pem) = &self.ca_pem {
            config["ca_pem"] = pem.clone().into();
        }
        config
    }
}
