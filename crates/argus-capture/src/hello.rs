//! What the server says of this workspace: keys, rules, policy, and what was erased. Kept, so that it holds while the server
//! is away.

use argus_session::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::config::{Config, OptOut, Redaction};
use crate::device::Device;
use crate::http::{Server, ServerError};
use crate::paths::StateFolder;
use crate::{platform, store_file};

/// Sessions that are asked about at most.
const SESSIONS_MAX: usize = 1_000;

/// The server's word.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Hello {
    /// When it was given, microseconds UTC.
    #[serde(default)]
    pub(crate) at_us: i64,
    #[serde(default)]
    pub(crate) workspace: Option<String>,
    #[serde(default)]
    pub(crate) projects: Vec<String>,
    /// Who is signed in, by e-mail address.
    #[serde(default)]
    pub(crate) person: Option<String>,
    #[serde(default)]
    pub(crate) line_key: Option<String>,
    #[serde(default)]
    pub(crate) redaction: Option<Redaction>,
    #[serde(default)]
    pub(crate) opt_out: OptOut,
    #[serde(default)]
    pub(crate) notice: Option<String>,
    /// Sessions that were asked about and are erased or private.
    #[serde(default)]
    pub(crate) purge: Vec<String>,
    /// Sessions that were asked about and whose content is off.
    #[serde(default)]
    pub(crate) content_off: Vec<String>,
}

impl Hello {
    /// What was said last; what the bundle says before that.
    pub(crate) fn known(folder: &StateFolder, config: &Config) -> Self {
        store_file::read(&folder.hello()).unwrap_or_else(|| Self {
            line_key: config.line_key.clone(),
            redaction: config.redaction.clone(),
            opt_out: config.opt_out,
            notice: config.notice.clone(),
            projects: config.project.iter().cloned().collect(),
            ..Self::default()
        })
    }

    /// The key for lines without a `uuid`.
    pub(crate) fn line_key(&self) -> Option<[u8; 32]> {
        hex::decode(self.line_key.as_deref()?).ok()?.try_into().ok()
    }

    /// Asks, and keeps the answer.
    ///
    /// # Errors
    /// The server's: what was said before holds on.
    pub(crate) fn ask(
        server: &Server,
        key: &str,
        folder: &StateFolder,
        device: &Device,
        sessions: &[String],
        clock: &dyn Clock,
    ) -> Result<Self, ServerError> {
        let body = json!({
            "version": 1,
            "client": {"version": env!("CARGO_PKG_VERSION"), "os": platform::OS, "arch": platform::ARCH},
            "device": {"id": device.id(), "name": device.name},
            "sessions": sessions.iter().take(SESSIONS_MAX).collect::<Vec<_>>(),
        });
        let answer: Value = server.post("/v1/capture/hello", Some(key), &body)?;
        let mut hello: Self =
            serde_json::from_value(answer).map_err(|error| ServerError::Odd(error.to_string()))?;
        hello.at_us = clock.now_us();
        // What cannot be kept is asked again.
        let _ = store_file::write(&folder.hello(), &hello);
        Ok(hello)
    }
}
