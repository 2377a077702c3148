//! Secrets of Anthropic's inference hooks: by them calls are known to be Anthropic's. The signature needs the secret itself,
//! so that it is kept, sealed under the workspace's key, until it is revoked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::key_ring::KeyRing;
use crate::limits::HOOK_SECRETS_MAX;
use crate::sqlite::records;
use crate::store::check_name;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError, seal, token};

/// Under which name the list lies, and what it is bound to.
const NAME: &str = "inference_hooks";
/// What Standard Webhooks has before a secret.
const BEGINNING: &str = "whsec_";
const SECRET_BYTES: usize = 32;
/// What Standard Webhooks takes is 24 to 64; others may have chosen otherwise.
const SECRET_BYTES_RANGE: std::ops::RangeInclusive<usize> = 16..=128;
const ID_CHARACTERS: usize = 8;

/// A secret just kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewHookSecret {
    /// Its id.
    pub id: String,
    /// `whsec_` and base64: told once.
    pub secret: String,
}

/// A secret, by what may be shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookSecretInfo {
    /// Its id.
    pub id: String,
    /// The project that its calls belong to.
    pub project: String,
    /// When it was made, microseconds UTC.
    pub created_at_us: i64,
    /// When it was revoked.
    pub revoked_at_us: Option<i64>,
}

/// A secret in force.
#[derive(Clone, PartialEq, Eq)]
pub struct HookSecret {
    /// Its id.
    pub id: String,
    /// The project that its calls belong to.
    pub project: String,
    /// The key of the signatures.
    pub key: Vec<u8>,
}

impl std::fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HookSecret")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    info: HookSecretInfo,
    /// Base64; gone once it is revoked.
    key: Option<String>,
}

impl Workspace {
    /// Keeps a secret for calls that belong to `project`: the one that Anthropic shows (`given`), or a new one.
    ///
    /// # Errors
    /// When it is no secret, there are too many, or the store cannot be written.
    pub fn create_hook_secret(
        &self,
        project: &str,
        given: Option<&str>,
        actor: &Actor,
    ) -> Result<NewHookSecret, StoreError> {
        check_name("project", project)?;
        let key = match given {
            Some(given) => read(given)?,
            None => {
                let mut key = vec![0; SECRET_BYTES];
                self.random().fill(&mut key);
                key
            }
        };
        let key = STANDARD.encode(key);
        let info = HookSecretInfo {
            id: format!("hook_{}", token::characters(ID_CHARACTERS, self.random())),
            project: project.to_owned(),
            created_at_us: self.now_us(),
            revoked_at_us: None,
        };
        let new = NewHookSecret {
            id: info.id.clone(),
            secret: format!("{BEGINNING}{key}"),
        };
        let detail = json!({"secret": info.id, "project": project});
        self.change_hook_secrets(ActKind::InferenceHookAdded, actor, detail, move |held| {
            let in_force = held.iter().filter(|stored| stored.key.is_some()).count();
            if in_force >= HOOK_SECRETS_MAX {
                return Err(StoreError::Invalid(format!(
                    "{HOOK_SECRETS_MAX} secrets are in force: revoke one that is not used any more"
                )));
            }
            held.push(Stored {
                info,
                key: Some(key),
            });
            Ok(())
        })?;
        Ok(new)
    }

    /// Revokes a secret: what is signed by it is refused at once. False when it was revoked before.
    ///
    /// # Errors
    /// When there is no such secret, or the store cannot be written.
    pub fn revoke_hook_secret(&self, id: &str, actor: &Actor) -> Result<bool, StoreError> {
        let held = self.hook_secret_list()?;
        let Some(info) = held.into_iter().find(|info| info.id == id) else {
            return Err(StoreError::NotFound {
                what: "inference hook's secret",
                name: id.to_owned(),
            });
        };
        if info.revoked_at_us.is_some() {
            return Ok(false);
        }
        let at_us = self.now_us();
        let detail = json!({"secret": info.id});
        self.change_hook_secrets(ActKind::InferenceHookRevoked, actor, detail, move |held| {
            for stored in held.iter_mut().filter(|stored| stored.info.id == info.id) {
                stored.info.revoked_at_us = Some(at_us);
                stored.key = None;
            }
            Ok(())
        })?;
        Ok(true)
    }

    /// Every secret there was, newest first.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn hook_secret_list(&self) -> Result<Vec<HookSecretInfo>, StoreError> {
        let held = self.read(|connection| stored(connection, &self.inner().keys))?;
        Ok(held.into_iter().rev().map(|stored| stored.info).collect())
    }

    /// The secrets in force.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn hook_secrets(&self) -> Result<Vec<HookSecret>, StoreError> {
        let held = self.read(|connection| stored(connection, &self.inner().keys))?;
        let open = |stored: Stored| {
            Some(HookSecret {
                id: stored.info.id,
                project: stored.info.project,
                key: STANDARD.decode(stored.key?).ok()?,
            })
        };
        Ok(held.into_iter().filter_map(open).collect())
    }

    fn change_hook_secrets(
        &self,
        kind: ActKind,
        actor: &Actor,
        detail: serde_json::Value,
        change: impl FnOnce(&mut Vec<Stored>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let random = self.random_for_writer();
        let keys = self.inner().keys.clone();
        self.change(kind, actor, detail, move |transaction| {
            let mut held = stored(transaction, &keys)?;
            change(&mut held)?;
            let content = serde_json::to_vec(&held).unwrap_or_default();
            let sealed = seal::seal(
                keys.workspace_key(),
                NAME.as_bytes(),
                &[0; 32],
                &content,
                random.as_ref(),
            );
            records::set_meta(transaction, NAME, &sealed)
        })
    }
}

/// The key in a secret as it is shown.
fn read(secret: &str) -> Result<Vec<u8>, StoreError> {
    let encoded = secret.trim().strip_prefix(BEGINNING);
    encoded
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .filter(|key| SECRET_BYTES_RANGE.contains(&key.len()))
        .ok_or_else(|| {
            StoreError::Invalid(format!(
                "this is no signing secret: one is \"{BEGINNING}\" and base64, as Anthropic shows it"
            ))
        })
}

fn stored(connection: &Connection, keys: &KeyRing) -> Result<Vec<Stored>, StoreError> {
    let Some(sealed) = records::meta(connection, NAME)? else {
        return Ok(Vec::new());
    };
    let (_, content) = seal::open(keys.workspace_key(), NAME.as_bytes(), &sealed)?;
    serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "meta",
        what: NAME.to_owned(),
    })
}
