//! Keys: `argus_ik_PREFIX_SECRET` to deliver, `argus_rk_PREFIX_SECRET` to read, `argus_dk_PREFIX_SECRET` to fetch the capture
//! plugin. Only a hash is kept; of the key that a plugin carries also the token, sealed (see [`crate::enrolment`]).

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::devices::shown;
use crate::members::UNASSIGNED;
use crate::token::{self, TokenKind};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError};

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// To deliver records.
    Ingest,
    /// To read.
    Read,
    /// To fetch the capture plugin of one project: part of an address, so good for nothing else.
    Download,
}

impl KeyScope {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Read => "read",
            Self::Download => "download",
        }
    }

    /// The scope with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Ingest, Self::Read, Self::Download]
            .into_iter()
            .find(|scope| scope.as_str() == name)
    }

    pub(crate) const fn token(self) -> TokenKind {
        match self {
            Self::Ingest => TokenKind::IngestKey,
            Self::Read => TokenKind::ReadKey,
            Self::Download => TokenKind::DownloadKey,
        }
    }
}

/// A key just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// The token: shown once.
    pub token: String,
}

/// A key, by what may be shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyInfo {
    /// Its id.
    pub id: String,
    /// The token's beginning, by which a person knows it.
    pub prefix: String,
    /// What it is for.
    pub scope: KeyScope,
    /// The projects it is bound to.
    pub projects: Vec<String>,
    /// The person whose own it is, by e-mail address: what it delivers is that person's.
    pub user: Option<String>,
    /// When it was made, microseconds UTC.
    pub created_at_us: i64,
    /// When it was revoked.
    pub revoked_at_us: Option<i64>,
    /// The device for which a person let it be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<KeyDevice>,
}

/// The device for which a key was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDevice {
    /// Its id, 32 hex digits, where its client said one.
    pub id: Option<String>,
    /// What it calls itself.
    pub name: String,
}

/// What a token grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGrant {
    /// The workspace it is bound to.
    pub workspace: String,
    /// Its id.
    pub key_id: String,
    /// What it is for.
    pub scope: KeyScope,
    /// The projects it is bound to.
    pub projects: Vec<String>,
    /// The person whose own it is, by e-mail address.
    pub user: Option<String>,
}

impl Workspace {
    /// Makes a key. Its prefix has to be made known to the control database: see [`crate::Store::create_key`].
    pub(crate) fn create_key(
        &self,
        scope: KeyScope,
        projects: &[String],
        user: Option<&str>,
        device: Option<&KeyDevice>,
        actor: &Actor,
    ) -> Result<NewKey, StoreError> {
        if scope == KeyScope::Ingest && projects.is_empty() {
            return Err(StoreError::Invalid(
                "an ingest key is bound to a project, or a list of projects".to_owned(),
            ));
        }
        if scope == KeyScope::Download && projects.len() != 1 {
            return Err(StoreError::Invalid(
                "a download key is bound to one project: that of the plugin that it fetches"
                    .to_owned(),
            ));
        }
        if scope == KeyScope::Read && projects.iter().any(|project| project == UNASSIGNED) {
            return Err(StoreError::Invalid(format!(
                "a read key is not bound to \"{UNASSIGNED}\": without projects it reads everything"
            )));
        }
        let (prefix, token) = token::new(scope.token(), self.random());
        let hash: [u8; 32] = Sha256::digest(&token).into();
        let id = format!("key_{prefix}");
        let (key_id, projects, at_us) = (id.clone(), serde_json::json!(projects), self.now_us());
        let user = user.map(str::to_owned);
        let (device_id, device_name) = match device {
            Some(device) => (device.id.clone(), Some(shown(&device.name))),
            None => (None, None),
        };
        let mut detail = serde_json::json!({"key": id, "scope": scope.as_str(), "projects": projects, "user": user});
        if device.is_some() {
            detail["device"] = device_id.clone().into();
        }
        self.change(ActKind::KeyCreated, actor, detail, move |transaction| {
            transaction.execute(
                "INSERT INTO api_keys (id, prefix, hash, scope, projects, created_at_us, user, device_id, device_name)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![key_id, prefix, hash.as_slice(), scope.as_str(), projects.to_string(), at_us, user, device_id, device_name],
            )?;
            Ok(())
        })?;
        Ok(NewKey { id, token })
    }

    /// Notes that a person let a device have a key of their own.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn approve_device(&self, device: &KeyDevice, actor: &Actor) -> Result<(), StoreError> {
        let detail = serde_json::json!({"device": device.id});
        self.act(ActKind::DeviceApproved, actor, detail)
    }

    /// The workspace's keys, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn keys(&self) -> Result<Vec<KeyInfo>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, prefix, scope, projects, created_at_us, revoked_at_us, user, device_id, device_name FROM api_keys ORDER BY created_at_us DESC, id",
            )?;
            let rows = statement.query_map([], |row| {
                Ok((row.get::<_, String>(2)?, row.get::<_, String>(3)?, KeyInfo {
                    id: row.get(0)?,
                    prefix: row.get(1)?,
                    scope: KeyScope::Read,
                    projects: Vec::new(),
                    user: row.get(6)?,
                    created_at_us: row.get(4)?,
                    revoked_at_us: row.get(5)?,
                    device: match row.get(8)? {
                        Some(name) => Some(KeyDevice { id: row.get(7)?, name }),
                        None => None,
                    },
                }))
            })?;
            rows.map(|row| {
                let (scope, projects, info) = row?;
                Ok(KeyInfo { scope: read_scope(&scope)?, projects: read_projects(&projects)?, ..info })
            })
            .collect()
        })
    }

    pub(crate) fn revoke_key(&self, key_id: &str, actor: &Actor) -> Result<bool, StoreError> {
        let Some(key) = self.keys()?.into_iter().find(|key| key.id == key_id) else {
            return Err(StoreError::NotFound {
                what: "key",
                name: key_id.to_owned(),
            });
        };
        if key.revoked_at_us.is_some() {
            return Ok(false);
        }
        let (id, at_us) = (key.id, self.now_us());
        self.change(
            ActKind::KeyRevoked,
            actor,
            serde_json::json!({"key": id}),
            move |transaction| {
                transaction.execute(
                    "UPDATE api_keys SET revoked_at_us = ?2 WHERE id = ?1",
                    params![id, at_us],
                )?;
                Ok(())
            },
        )?;
        Ok(true)
    }

    pub(crate) fn find_key(
        &self,
        prefix: &str,
        hash: &[u8; 32],
    ) -> Result<Option<KeyGrant>, StoreError> {
        let row: Option<KeyRow> = self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT id, hash, scope, projects, user FROM api_keys WHERE prefix = ?1 AND revoked_at_us IS NULL")?
                .query_row([prefix], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
                .optional()?)
        })?;
        let Some((key_id, held, scope, projects, user)) = row else {
            return Ok(None);
        };
        if !bool::from(held.as_slice().ct_eq(hash.as_slice())) {
            return Ok(None);
        }
        Ok(Some(KeyGrant {
            workspace: self.name().to_owned(),
            key_id,
            scope: read_scope(&scope)?,
            projects: read_projects(&projects)?,
            user,
        }))
    }
}

/// Id, hash, scope, projects, user.
type KeyRow = (String, Vec<u8>, String, String, Option<String>);

fn read_scope(name: &str) -> Result<KeyScope, StoreError> {
    KeyScope::from_name(name).ok_or_else(|| StoreError::Corrupt {
        table: "api_keys",
        what: "scope".to_owned(),
    })
}

fn read_projects(json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt {
        table: "api_keys",
        what: "projects".to_owned(),
    })
}
