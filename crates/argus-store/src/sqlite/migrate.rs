//! The schemas, and how an older store becomes a newer one: a list of steps, applied in order, each in a transaction.

use rusqlite::Connection;

use crate::StoreError;

/// `control.db`.
pub(crate) const CONTROL: &[&str] = &[
    "CREATE TABLE workspaces (
         id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, mode TEXT NOT NULL, created_at_us INTEGER NOT NULL
     ) STRICT;
     CREATE TABLE key_prefixes (prefix TEXT PRIMARY KEY, workspace TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    // Logins. What a person may do stands in the workspaces.
    "CREATE TABLE accounts (
         id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT, created_at_us INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE sign_ins (
         id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, account TEXT NOT NULL, created_at_us INTEGER NOT NULL,
         last_seen_at_us INTEGER NOT NULL, expires_at_us INTEGER NOT NULL, user_agent TEXT NOT NULL, address TEXT NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX sign_ins_account ON sign_ins (account);",
];

/// `keys.db` of a workspace.
pub(crate) const KEYS: &[&str] = &[
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE session_keys (session BLOB PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;",
];

/// `workspace.db` of a workspace.
pub(crate) const WORKSPACE: &[&str] = &[
    // The truth.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE leaves (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
     CREATE TABLE sessions_known (n INTEGER PRIMARY KEY, id TEXT UNIQUE, hash BLOB NOT NULL UNIQUE) STRICT;
     CREATE TABLE deliveries (n INTEGER PRIMARY KEY, projects TEXT NOT NULL, key_id TEXT, user TEXT) STRICT;
     CREATE TABLE records (
         id INTEGER PRIMARY KEY, natural_key BLOB NOT NULL, content BLOB NOT NULL, rule_version INTEGER NOT NULL,
         active INTEGER NOT NULL, source INTEGER NOT NULL, session INTEGER NOT NULL, at_us INTEGER,
         received_at_us INTEGER NOT NULL, delivery INTEGER NOT NULL, dropped INTEGER NOT NULL
     ) STRICT;
     CREATE UNIQUE INDEX records_natural_key ON records (natural_key, content);
     CREATE INDEX records_session ON records (session, id);
     CREATE TABLE bodies (record INTEGER PRIMARY KEY, sealed BLOB, blob TEXT) STRICT;
     CREATE INDEX bodies_blob ON bodies (blob) WHERE blob IS NOT NULL;
     CREATE TABLE shared_bodies (hash BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE shared_refs (hash BLOB NOT NULL, session INTEGER NOT NULL, PRIMARY KEY (hash, session)) STRICT, WITHOUT ROWID;
     CREATE INDEX shared_refs_session ON shared_refs (session, hash);
     CREATE TABLE acts (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, at_us INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
     CREATE TABLE suppressed (hash BLOB PRIMARY KEY, at_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE api_keys (
         id TEXT PRIMARY KEY, prefix TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, scope TEXT NOT NULL,
         projects TEXT NOT NULL, created_at_us INTEGER NOT NULL, revoked_at_us INTEGER
     ) STRICT, WITHOUT ROWID;",
    // The projections: dropped and made anew by a rebuild.
    super::projections::SCHEMA,
    // Documents write texts and payloads beside their sizes: the projections are made anew.
    super::projections::START_OVER,
    // People: who may do what. Sessions are found by whose credential delivered them, and by what they were followed by.
    "CREATE TABLE members (account TEXT PRIMARY KEY, role TEXT NOT NULL, projects TEXT, added_at_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE invitations (
         id TEXT PRIMARY KEY, hash BLOB NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, projects TEXT, invited_by TEXT NOT NULL,
         created_at_us INTEGER NOT NULL, expires_at_us INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     ALTER TABLE api_keys ADD COLUMN user TEXT;
     CREATE INDEX session_links_older ON session_links (older);",
    super::projections::START_OVER,
    // Redaction: the workspace's policy; under which rules each record was looked through last (null where its body is gone),
    // and which one took the place of a record whose body was destroyed for what newer rules found in it; of the parts that are
    // kept once, under which rules a record refers to them, and whether something was found in them.
    "CREATE TABLE redaction_policy (
         only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL, changed_at_us INTEGER NOT NULL, sealed BLOB NOT NULL
     ) STRICT;
     ALTER TABLE records ADD COLUMN checked_version INTEGER;
     ALTER TABLE records ADD COLUMN superseded_by INTEGER;
     CREATE TABLE shared_parts (hash BLOB PRIMARY KEY, kept_version INTEGER NOT NULL, superseded INTEGER NOT NULL) STRICT, WITHOUT ROWID;
     UPDATE records SET checked_version = rule_version WHERE id IN (SELECT record FROM bodies);
     CREATE INDEX records_checked ON records (checked_version, id) WHERE checked_version IS NOT NULL;",
    super::projections::REDACTIONS,
    super::projections::START_OVER,
    // Capture: what its policy is; which sessions are private, erased or without content, and by whom; which devices sent
    // records of a session, and which other session a fork's copies name (by its keyed hash); which records are without content.
    // What was erased before has its time only.
    "CREATE TABLE capture_policy (
         only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL, changed_at_us INTEGER NOT NULL, sealed BLOB NOT NULL
     ) STRICT;
     CREATE TABLE tombstones (
         session BLOB PRIMARY KEY, kind TEXT NOT NULL, policy TEXT, at_us INTEGER NOT NULL, actor_kind TEXT, actor_id TEXT,
         person TEXT, projects TEXT, unfinished INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX tombstones_at ON tombstones (at_us, session);
     INSERT INTO tombstones (session, kind, at_us, unfinished)
         SELECT s.hash, 'erased', s.at_us, 0 FROM suppressed s JOIN sessions_known k ON k.hash = s.hash;
     CREATE TABLE session_devices (session INTEGER NOT NULL, device BLOB NOT NULL, PRIMARY KEY (session, device)) STRICT, WITHOUT ROWID;
     CREATE TABLE session_forks (of BLOB NOT NULL, session INTEGER NOT NULL, PRIMARY KEY (of, session)) STRICT, WITHOUT ROWID;
     CREATE INDEX session_forks_session ON session_forks (session);
     ALTER TABLE records ADD COLUMN content_off INTEGER NOT NULL DEFAULT 0;
     CREATE TABLE devices (
         id TEXT PRIMARY KEY, name TEXT NOT NULL, os TEXT NOT NULL, arch TEXT NOT NULL, client_version TEXT NOT NULL,
         person TEXT, key_id TEXT NOT NULL, first_seen_at_us INTEGER NOT NULL, last_seen_at_us INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     ALTER TABLE api_keys ADD COLUMN device_id TEXT;
     ALTER TABLE api_keys ADD COLUMN device_name TEXT;",
    super::projections::START_OVER,
    // What sessions and machines have, and how much of a session was seen.
    super::inventory::SCHEMA,
    super::projections::START_OVER,
    // Which device gave the word for a session: only what else is that device's follows.
    "ALTER TABLE tombstones ADD COLUMN device BLOB;",
    // What people say of sessions.
    crate::reviews::SCHEMA,
    // What is judged by.
    crate::rubrics::SCHEMA,
    // Roots of whole subtrees of the ledger, so that a proof needs not look at every leaf: `tree.rs` fills them.
    super::tree::SCHEMA,
    // Which sessions have a name, as bits; what became of first turns; versions of skills and kinds of sessions as names.
    super::bits::SCHEMA,
    super::projections::START_OVER,
    crate::reviews::REVIEWERS,
    // Who judges what, and how far that is.
    crate::queues::SCHEMA,
    // Links that show a session to whoever has them.
    crate::shares::SCHEMA,
    // Filters with a name.
    crate::saved_views::SCHEMA,
    // The version of the rules under which a rescan sealed a review's body anew; 0 for one that stands as it was written.
    "ALTER TABLE reviews ADD COLUMN sealed_anew INTEGER NOT NULL DEFAULT 0;",
    crate::queues::COUNTED,
    crate::reviews::JUDGED,
];

/// Brings a database to the newest format.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let found = version(connection)?;
    check(found, steps)?;
    for (place, step) in steps.iter().enumerate().skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", place + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Refuses a database that is of another release than this one: reading migrates nothing.
pub(crate) fn refuse_other(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    let found = version(connection)?;
    check(found, steps)?;
    if (found as usize) < steps.len() {
        return Err(StoreError::OlderFormat { found });
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn check(found: u32, steps: &[&str]) -> Result<(), StoreError> {
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if found > known {
        Err(StoreError::NewerFormat { found, known })
    } else {
        Ok(())
    }
}
