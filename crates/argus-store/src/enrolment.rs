//! The key that a capture plugin carries: it delivers for one project until the person on the machine has signed in. A bundle
//! can be made again, so the token is kept, sealed under the workspace's key, beside the hash that every key has.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::key_ring::KeyRing;
use crate::sqlite::records;
use crate::store::{Store, check_name};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, KeyScope, NewKey, StoreError, seal, token};

/// What is sealed of it.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    id: String,
    token: String,
}

impl Store {
    /// The enrolment key of a project: the one that its plugin carried before, or a new one where none is in force.
    ///
    /// # Errors
    /// When there is no such workspace, the name is none, or the store cannot be read or written.
    pub fn enrolment_key(
        &self,
        workspace: &str,
        project: &str,
        actor: &Actor,
    ) -> Result<NewKey, StoreError> {
        check_name("project", project)?;
        let found = self.required(workspace)?;
        let key = match found.stored_enrolment_key(project)? {
            Some(key) => key,
            None => found.new_enrolment_key(project, actor)?,
        };
        let (_, prefix) = token::read(&key.token).ok_or(StoreError::Closed)?;
        // Of a key that was just made, or whose making was cut off here.
        if self.control().workspace_of_prefix(prefix)?.is_none() {
            self.control().add_key_prefix(prefix, workspace)?;
            self.forget_grants();
        }
        Ok(key)
    }
}

impl Workspace {
    fn stored_enrolment_key(&self, project: &str) -> Result<Option<NewKey>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| in_force(connection, keys, project))
    }

    fn new_enrolment_key(&self, project: &str, actor: &Actor) -> Result<NewKey, StoreError> {
        let (prefix, token) = token::new(KeyScope::Ingest.token(), self.random());
        let key = NewKey {
            id: format!("key_{prefix}"),
            token,
        };
        let content = serde_json::to_vec(&Stored {
            id: key.id.clone(),
            token: key.token.clone(),
        })
        .unwrap_or_default();
        let name = name(project);
        let keys = self.inner().keys.clone();
        let sealed = seal::seal(
            keys.workspace_key(),
            name.as_bytes(),
            &[0; 32],
            &content,
            self.random(),
        );
        let scope = KeyScope::Ingest.as_str();
        let detail = serde_json::json!({"key": key.id, "scope": scope, "projects": [project], "user": null, "enrolment": true});
        let hash: [u8; 32] = Sha256::digest(&key.token).into();
        let (made, of, at_us) = (key, project.to_owned(), self.now_us());
        let changed = self.change(ActKind::KeyCreated, actor, detail, move |transaction| {
            if in_force(transaction, &keys, &of)?.is_some() {
                return Err(ANOTHER_WAS_FIRST);
            }
            transaction.execute(
                "INSERT INTO api_keys (id, prefix, hash, scope, projects, created_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![made.id, prefix, hash.as_slice(), scope, serde_json::json!([of]).to_string(), at_us],
            )?;
            records::set_meta(transaction, &name, &sealed)
        });
        match changed {
            Ok(()) | Err(StoreError::Outdated { .. }) => {
                let stored = self.stored_enrolment_key(project)?;
                stored.ok_or(StoreError::Closed)
            }
            Err(error) => Err(error),
        }
    }
}

const ANOTHER_WAS_FIRST: StoreError = StoreError::Outdated {
    what: "enrolment key",
};

fn name(project: &str) -> String {
    format!("enrolment:{project}")
}

/// The project's key, unless it was revoked.
fn in_force(
    connection: &Connection,
    keys: &KeyRing,
    project: &str,
) -> Result<Option<NewKey>, StoreError> {
    let name = name(project);
    let Some(sealed) = records::meta(connection, &name)? else {
        return Ok(None);
    };
    let (_, content) = seal::open(keys.workspace_key(), name.as_bytes(), &sealed)?;
    let stored: Stored = serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "meta",
        what: "an enrolment key".to_owned(),
    })?;
    let is_in_force = connection
        .prepare_cached("SELECT 1 FROM api_keys WHERE id = ?1 AND revoked_at_us IS NULL")?
        .exists([&stored.id])?;
    Ok(is_in_force.then_some(NewKey {
        id: stored.id,
        token: stored.token,
    }))
}
