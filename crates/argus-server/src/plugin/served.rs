//! Plugins as this server serves them: made when they are asked for, kept while nothing of them changes.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use argus_store::{Actor, Store, Workspace};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::{Bundle, Client, Settings, archive, clients};
use crate::config::PluginConfig;
use crate::refusal::{ErrorCode, Refusal};

/// Most bytes of archives that are kept.
const KEPT_BYTES_MAX: usize = 128 * 1024 * 1024;

/// What a server hands out.
#[derive(Debug)]
pub(crate) struct Plugins {
    config: PluginConfig,
    programs: Mutex<Programs>,
    /// The one that was asked for last is in front.
    kept: Mutex<VecDeque<Archive>>,
}

/// The programs, and what the disk said of them when they were read.
#[derive(Debug, Default)]
struct Programs {
    seen: Vec<(PathBuf, Option<(u64, SystemTime)>)>,
    clients: Vec<Client>,
}

/// A plugin as an archive.
#[derive(Debug, Clone)]
pub(crate) struct Archive {
    /// The plugin's version: two of the same have the same bytes.
    pub(crate) version: String,
    /// The archive.
    pub(crate) bytes: Bytes,
    /// Of the archive, hex.
    pub(crate) sha256: String,
}

impl Plugins {
    pub(crate) fn new(config: PluginConfig) -> Self {
        Self {
            config,
            programs: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    /// Whether a machine without a program that fits it may send by shell and curl.
    pub(crate) const fn allows_fallback(&self) -> bool {
        self.config.allow_fallback
    }

    /// The platforms that there are programs for.
    pub(crate) fn platforms(&self) -> Vec<&'static str> {
        clients::places(&self.config.client_folders)
            .into_iter()
            .map(|(platform, _)| platform)
            .collect()
    }

    /// The plugin for a project, for a server that its client reaches at `endpoint`. Its key is made where there is none.
    ///
    /// # Errors
    /// When this server has no client to put in, or the store fails.
    pub(crate) fn archive(
        &self,
        store: &Store,
        workspace: &Workspace,
        project: &str,
        endpoint: &str,
        actor: &Actor,
    ) -> Result<Archive, Refusal> {
        let clients = self.clients()?;
        if clients.is_empty() && !self.config.allow_fallback {
            return Err(Refusal::new(
                ErrorCode::NotFound,
                "this server has no capture client to hand out: its operator puts argus-capture beside the argus program, or names its folder in `capture_clients`",
            ));
        }
        let key = store.enrolment_key(workspace.name(), project, actor)?;
        let mut settings = Settings::new(workspace, endpoint, &key.token, project)?;
        settings.ca_pem.clone_from(&self.config.ca_pem);
        settings.allows_fallback = self.config.allow_fallback;
        let bundle = Bundle::new(&settings, &clients);
        if let Some(kept) = self.kept(bundle.version()) {
            return Ok(kept);
        }
        let bytes = archive::archive(&bundle).map_err(|error| {
            tracing::error!(%error, "the plugin could not be packed");
            Refusal::new(ErrorCode::Internal, "the plugin could not be packed")
        })?;
        let made = Archive {
            version: bundle.version().to_owned(),
            sha256: hex::encode(Sha256::digest(&bytes)),
            bytes,
        };
        self.keep(made.clone());
        Ok(made)
    }

    /// The programs, read anew where one changed.
    fn clients(&self) -> Result<Vec<Client>, Refusal> {
        let seen: Vec<_> = clients::places(&self.config.client_folders)
            .into_iter()
            .map(|(_, path)| {
                let state = std::fs::metadata(&path)
                    .and_then(|meta| Ok((meta.len(), meta.modified()?)))
                    .ok();
                (path, state)
            })
            .collect();
        let mut programs = lock(&self.programs);
        if programs.seen != seen {
            programs.clients = clients::clients(&self.config.client_folders).map_err(|error| {
                tracing::error!(%error, "the capture clients could not be read");
                let detail = "the server's capture clients could not be read: its log says why";
                Refusal::new(ErrorCode::Internal, detail)
            })?;
            programs.seen = seen;
        }
        Ok(programs.clients.clone())
    }

    fn kept(&self, version: &str) -> Option<Archive> {
        let mut kept = lock(&self.kept);
        let place = kept.iter().position(|held| held.version == version)?;
        let found = kept.remove(place)?;
        kept.push_front(found.clone());
        Some(found)
    }

    fn keep(&self, made: Archive) {
        let mut kept = lock(&self.kept);
        kept.retain(|held| held.version != made.version);
        kept.push_front(made);
        let mut bytes = 0;
        kept.retain(|held| {
            bytes += held.bytes.len();
            bytes <= KEPT_BYTES_MAX
        });
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
