//! The keys of a workspace.
//!
//! `keys.db` holds the workspace's own secrets and one key a session, wrapped by the workspace key. Erasing a session
//! starts with its key. A new session's key is on the disk before the first record sealed under it is acknowledged.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

use argus_session::Random;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;

use crate::limits::KEYS_CACHED_MAX;
use crate::sqlite::{connection, migrate};
use crate::{StoreError, seal};

/// A keyed hash of an id.
pub(crate) type IdHash = [u8; 16];

/// The keys of one workspace.
#[derive(Debug)]
pub(crate) struct KeyRing {
    /// Wraps session keys, seals acts and shared bodies.
    workspace_key: [u8; 32],
    natural_key_key: [u8; 32],
    session_id_key: [u8; 32],
    actor_key: [u8; 32],
    content_key: [u8; 32],
    pub(crate) line_key: [u8; 32],
    pub(crate) fingerprint_key: [u8; 32],
    state: Mutex<State>,
}

struct State {
    connection: Connection,
    cached: HashMap<IdHash, [u8; 32]>,
    /// Made, in use for sealing, not yet on the disk.
    unsaved: HashMap<IdHash, [u8; 32]>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}

const SECRETS: [&str; 7] = [
    "workspace",
    "natural_key",
    "session_id",
    "actor",
    "content",
    "line",
    "fingerprint",
];

impl KeyRing {
    /// Opens the workspace's keys, making them for a new one.
    pub(crate) fn open(path: &Path, random: &dyn Random) -> Result<Self, StoreError> {
        let mut connection = connection::open_writer(path)?;
        migrate::migrate(&mut connection, migrate::KEYS)?;
        for name in SECRETS {
            let mut secret = [0; 32];
            random.fill(&mut secret);
            connection.execute(
                "INSERT OR IGNORE INTO secrets (name, value) VALUES (?1, ?2)",
                params![name, secret.as_slice()],
            )?;
        }
        Self::load(connection)
    }

    /// Opens the workspace's keys for reading.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let connection = connection::open_reader(path)?;
        migrate::refuse_other(&connection, migrate::KEYS)?;
        Self::load(connection)
    }

    fn load(connection: Connection) -> Result<Self, StoreError> {
        let mut secrets = [[0; 32]; SECRETS.len()];
        for (name, secret) in SECRETS.iter().zip(&mut secrets) {
            let value: Vec<u8> = connection.query_row(
                "SELECT value FROM secrets WHERE name = ?1",
                [name],
                |row| row.get(0),
            )?;
            *secret = value.try_into().map_err(|_| StoreError::Corrupt {
                table: "secrets",
                what: (*name).to_owned(),
            })?;
        }
        let [
            workspace_key,
            natural_key_key,
            session_id_key,
            actor_key,
            content_key,
            line_key,
            fingerprint_key,
        ] = secrets;
        let state = Mutex::new(State {
            connection,
            cached: HashMap::new(),
            unsaved: HashMap::new(),
        });
        Ok(Self {
            workspace_key,
            natural_key_key,
            session_id_key,
            actor_key,
            content_key,
            line_key,
            fingerprint_key,
            state,
        })
    }

    /// The stored form of a natural key: its keyed hash with the project scope and the source.
    pub(crate) fn natural_key(&self, scope: &str, source: u8, key: &[u8]) -> IdHash {
        keyed(
            &self.natural_key_key,
            &[scope.as_bytes(), &[0, source, 0], key],
        )
    }

    pub(crate) fn session_hash(&self, session_id: &str) -> IdHash {
        keyed(&self.session_id_key, &[session_id.as_bytes()])
    }

    pub(crate) fn actor_hash(&self, actor: &str) -> IdHash {
        keyed(&self.actor_key, &[actor.as_bytes()])
    }

    pub(crate) fn content_hash(&self, canonical_body: &[u8]) -> IdHash {
        keyed(&self.content_key, &[canonical_body])
    }

    pub(crate) fn workspace_key(&self) -> &[u8; 32] {
        &self.workspace_key
    }

    /// The key of a session, made if it has none. Looking and making are one step: two threads that meet a new session
    /// must not seal under two keys.
    pub(crate) fn session_key_or_new(
        &self,
        session: IdHash,
        random: &dyn Random,
    ) -> Result<[u8; 32], StoreError> {
        let mut state = self.lock();
        if let Some(key) = self.find(&mut state, session)? {
            return Ok(key);
        }
        let mut key = [0; 32];
        random.fill(&mut key);
        state.unsaved.insert(session, key);
        Ok(key)
    }

    /// The key of a session, if it has one.
    pub(crate) fn session_key(&self, session: IdHash) -> Result<Option<[u8; 32]>, StoreError> {
        self.find(&mut self.lock(), session)
    }

    fn find(&self, state: &mut State, session: IdHash) -> Result<Option<[u8; 32]>, StoreError> {
        if let Some(key) = state
            .unsaved
            .get(&session)
            .or_else(|| state.cached.get(&session))
        {
            return Ok(Some(*key));
        }
        let wrapped: Option<Vec<u8>> = state
            .connection
            .prepare_cached("SELECT wrapped FROM session_keys WHERE session = ?1")?
            .query_row([session.as_slice()], |row| row.get(0))
            .optional()?;
        let Some(wrapped) = wrapped else {
            return Ok(None);
        };
        let (_, key) = seal::open(&self.workspace_key, &session, &wrapped)?;
        let key = key.try_into().map_err(|_| StoreError::Corrupt {
            table: "session_keys",
            what: "length".to_owned(),
        })?;
        if state.cached.len() >= KEYS_CACHED_MAX {
            state.cached.clear();
        }
        state.cached.insert(session, key);
        Ok(Some(key))
    }

    /// Puts new session keys on the disk. Called before what is sealed under them is committed.
    pub(crate) fn save(&self, random: &dyn Random) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.unsaved.is_empty() {
            return Ok(());
        }
        let new: Vec<(IdHash, [u8; 32])> = state
            .unsaved
            .iter()
            .map(|(session, key)| (*session, *key))
            .collect();
        let transaction = state.connection.transaction()?;
        for (session, key) in &new {
            let wrapped = seal::seal(&self.workspace_key, session, &[0; 32], key, random);
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO session_keys (session, wrapped) VALUES (?1, ?2)",
                )?
                .execute(params![session.as_slice(), wrapped])?;
        }
        transaction.commit()?;
        if state.cached.len() >= KEYS_CACHED_MAX {
            state.cached.clear();
        }
        for (session, key) in new {
            state.unsaved.remove(&session);
            state.cached.insert(session, key);
        }
        Ok(())
    }

    /// Destroys a session's key, on the disk and in memory.
    pub(crate) fn destroy(&self, session: IdHash) -> Result<(), StoreError> {
        let mut state = self.lock();
        state.cached.remove(&session);
        state.unsaved.remove(&session);
        state.connection.execute(
            "DELETE FROM session_keys WHERE session = ?1",
            [session.as_slice()],
        )?;
        state
            .connection
            .execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    /// Destroys the keys of `erased` sessions that are still there: an erasure was cut off before it came to them.
    pub(crate) fn destroy_left(&self, erased: &HashSet<IdHash>) -> Result<(), StoreError> {
        if erased.is_empty() {
            return Ok(());
        }
        let held: Vec<Vec<u8>> = {
            let state = self.lock();
            let mut statement = state
                .connection
                .prepare("SELECT session FROM session_keys")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        let held = held.into_iter().filter_map(|hash| hash.try_into().ok());
        for session in held.filter(|hash| erased.contains(hash)) {
            self.destroy(session)?;
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> IdHash {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    let full = mac.finalize().into_bytes();
    let mut hash = [0; 16];
    hash.copy_from_slice(&full[..16]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_key_hashes_are_frozen() {
        let key = [7; 32];
        let hash = |scope: &str, source: u8, bytes: &[u8]| {
            hex::encode(keyed(&key, &[scope.as_bytes(), &[0, source, 0], bytes]))
        };
        assert_eq!(
            hash("demo", 2, b"s\0\0uuid\0u"),
            "c345b1572dd84237665db9afff2a503d"
        );
        assert_eq!(
            hash("a,b", 5, b"trace\0span"),
            "e252dc7fc91946330556f24c6486f61f"
        );
    }
}
