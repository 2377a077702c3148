//! Versions of skills: where they were seen, where they ran, what they consist of.
//!
//! A reader who is bound (to projects, or to what is their own) sees a version that ran in a session that they may read, and its
//! files as one of that session's machines told them. What else a machine has is no part of such a session.

use std::collections::{BTreeMap, BTreeSet};

use argus_session::RecordId;
use argus_session::document::PayloadRedaction;
use argus_session::machine::SkillState;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;

use crate::limits::SKILL_VERSIONS_MAX;
use crate::sqlite::{inventory, records};
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// A version of a skill: its name, and the hash of its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillVersion {
    /// The skill's name.
    pub name: String,
    /// Hash of its folder, lower-case hex.
    pub hash: String,
    /// The versions that its front matter declares: one, as a rule none or the same.
    pub label: Option<String>,
    /// True when another version of this skill declares the same label.
    pub is_label_reused: bool,
    /// Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`; sorted.
    pub origins: Vec<String>,
    /// The plugin that brings it.
    pub plugin: Option<String>,
    /// Sessions that had it in reach.
    pub sessions: u64,
    /// Sessions in which it ran.
    pub ran: u64,
    /// Of those, by whether it was the same at its run as at the session's start.
    pub states: BTreeMap<SkillState, u64>,
    /// Machines on which it was seen.
    pub machines: u64,
    /// When it was seen first and last, microseconds UTC.
    pub first_seen_us: Option<i64>,
    /// See above.
    pub last_seen_us: Option<i64>,
    /// When it last ran: the end of the last look at it in such a session.
    pub last_ran_us: Option<i64>,
    /// Files that it consists of; `None` when no machine told them (or none that the reader may ask).
    pub files: Option<u64>,
    /// Their bytes.
    pub bytes: Option<u64>,
}

/// A file of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillFile {
    /// From the skill's folder, with `/`.
    pub path: String,
    /// Bytes, as on the machine.
    pub size: u64,
    /// SHA-256 of them, lower-case hex.
    pub sha256: Option<String>,
    /// What stands for its text.
    pub content: SkillFileContent,
}

/// What is there of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkillFileContent {
    /// Its text.
    Text,
    /// Nothing: it is no text.
    Binary,
    /// Nothing: it is a link.
    Link,
    /// Nothing: it is too large.
    Omitted,
}

/// The text of a file, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillFileText {
    /// The text, redacted.
    pub text: String,
    /// What the server replaced in it.
    pub redactions: Vec<PayloadRedaction>,
    /// The id under which the machine's own items are kept that told it: whose view is to be noted.
    pub machine: String,
}

/// A statement in the making.
struct Asking {
    values: Vec<Sql>,
    conditions: Vec<String>,
}

impl Asking {
    /// Of the sessions that `scope` lets its reader read; of a bound one those only in which the version ran.
    fn new(scope: &ReadScope, version: Option<(&str, &[u8])>) -> Self {
        let mut values = Vec::new();
        let mut value = |of: Sql| {
            values.push(of);
            format!("?{}", values.len())
        };
        let mut conditions = scope.conditions("k.session", &mut value);
        if *scope != ReadScope::all() {
            conditions.push("k.ran = 1".to_owned());
        }
        conditions.push("s.listed = 1".to_owned());
        if let Some((name, hash)) = version {
            let (name, hash) = (
                value(Sql::Text(name.to_owned())),
                value(Sql::Blob(hash.to_vec())),
            );
            conditions.push(format!("k.name = {name} AND k.hash = {hash}"));
        }
        Self { values, conditions }
    }

    fn wheres(&self) -> String {
        self.conditions.join(" AND ")
    }
}

impl Workspace {
    /// The versions of skills that a reader may see, by name, those that were seen last first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn skill_versions(&self, scope: &ReadScope) -> Result<Vec<SkillVersion>, StoreError> {
        self.read(|connection| versions(connection, scope, None))
    }

    /// One version; `None` when there is none that the reader may see.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn skill_version(
        &self,
        name: &str,
        hash: &str,
        scope: &ReadScope,
    ) -> Result<Option<SkillVersion>, StoreError> {
        let all = self.read(|connection| versions(connection, scope, Some(name)))?;
        Ok(all.into_iter().find(|version| version.hash == hash))
    }

    /// The machines on which a version was seen, by id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn skill_machines(
        &self,
        name: &str,
        hash: &str,
        scope: &ReadScope,
    ) -> Result<Vec<String>, StoreError> {
        let hash = hex::decode(hash).unwrap_or_default();
        let asking = Asking::new(scope, Some((name, &hash)));
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT DISTINCT lower(hex(d.device)) FROM session_skills k JOIN sessions s ON s.n = k.session
                 JOIN session_devices d ON d.session = k.session WHERE {} ORDER BY 1",
                asking.wheres()
            ))?;
            let rows = statement.query_map(params_from_iter(&asking.values), |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The files that a version consists of; `None` when no machine told them that the reader may ask.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn skill_files(
        &self,
        name: &str,
        hash: &str,
        scope: &ReadScope,
    ) -> Result<Option<Vec<SkillFile>>, StoreError> {
        let Some((record, _)) = self.files_record(name, hash, scope)? else {
            return Ok(None);
        };
        let body = self.record_body(record)?;
        let listed = body.as_ref().and_then(|body| body.get("files")?.as_array());
        Ok(listed.map(|files| files.iter().filter_map(file).collect()))
    }

    /// The text of a file of a version.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn skill_file_text(
        &self,
        name: &str,
        hash: &str,
        path: &str,
        scope: &ReadScope,
    ) -> Result<Option<SkillFileText>, StoreError> {
        let Some((record, machine)) = self.files_record(name, hash, scope)? else {
            return Ok(None);
        };
        let Some(cached) = self.cached_body(record)? else {
            return Ok(None);
        };
        let files = cached.body.get("files").and_then(Value::as_array);
        let found = files
            .into_iter()
            .flatten()
            .enumerate()
            .find_map(|(place, of)| {
                let is_it = of.get("path")?.as_str()? == path;
                is_it.then_some((place, of.get("text")?.as_str()?))
            });
        Ok(found.map(|(place, text)| {
            let pointer = format!("/files/{place}/text");
            SkillFileText {
                text: text.to_owned(),
                machine,
                redactions: cached
                    .redactions
                    .iter()
                    .filter(|redaction| redaction.pointer == pointer)
                    .cloned()
                    .collect(),
            }
        }))
    }

    /// The record that tells a version's files, and whose: of a bound reader, one of a machine of a session in which it ran.
    fn files_record(
        &self,
        name: &str,
        hash: &str,
        scope: &ReadScope,
    ) -> Result<Option<(RecordId, String)>, StoreError> {
        let Ok(hash) = hex::decode(hash) else {
            return Ok(None);
        };
        self.read(|connection| {
            let Some(told) = told(connection, scope, name, &hash)? else {
                return Ok(None);
            };
            let machine = records::session_of(connection, told.session)?.and_then(|(id, _)| id);
            Ok(machine.map(|machine| (told.record, machine)))
        })
    }
}

/// What a machine told of a version.
struct Told {
    files: u64,
    bytes: u64,
    record: RecordId,
    /// The number of the machine's own items.
    session: i64,
}

fn told(
    connection: &Connection,
    scope: &ReadScope,
    name: &str,
    hash: &[u8],
) -> Result<Option<Told>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Told {
            files: row.get(0)?,
            bytes: row.get(1)?,
            record: row.get(2)?,
            session: row.get(3)?,
        })
    };
    // The last one that said so: of what was redacted by other rules, the newest.
    const LAST: &str = "ORDER BY f.at_us DESC, f.record DESC LIMIT 1";
    if *scope == ReadScope::all() {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT f.files, f.bytes, f.record, f.session FROM skill_files f WHERE f.name = ?1 AND f.hash = ?2 {LAST}"
        ))?;
        let mut rows = statement.query_map(params![name, hash], read)?;
        return Ok(rows.next().transpose()?);
    }
    let asking = Asking::new(scope, Some((name, hash)));
    let mut statement = connection.prepare_cached(&format!(
        "SELECT f.files, f.bytes, f.record, f.session FROM session_skills k JOIN sessions s ON s.n = k.session
         JOIN session_devices d ON d.session = k.session JOIN machines m ON m.device = d.device
         JOIN skill_files f ON f.session = m.session AND f.name = k.name AND f.hash = k.hash WHERE {} {LAST}",
        asking.wheres()
    ))?;
    let mut rows = statement.query_map(params_from_iter(&asking.values), read)?;
    Ok(rows.next().transpose()?)
}

fn versions(
    connection: &Connection,
    scope: &ReadScope,
    name: Option<&str>,
) -> Result<Vec<SkillVersion>, StoreError> {
    let mut asking = Asking::new(scope, None);
    if let Some(name) = name {
        asking.values.push(Sql::Text(name.to_owned()));
        let place = asking.values.len();
        asking.conditions.push(format!("k.name = ?{place}"));
    }
    asking.values.push(Sql::Integer(
        i64::try_from(SKILL_VERSIONS_MAX).unwrap_or(i64::MAX),
    ));
    let limit = asking.values.len();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT k.name, k.hash, max(k.label), group_concat(DISTINCT k.origin), max(k.plugin), count(*), sum(k.ran),
                sum(k.ran AND k.state = 0), sum(k.ran AND k.state = 1), min(k.first_us), max(k.last_us),
                max(CASE WHEN k.ran THEN k.last_us END)
         FROM session_skills k JOIN sessions s ON s.n = k.session WHERE {}
         GROUP BY k.name, k.hash ORDER BY k.name, max(k.last_us) DESC, k.hash LIMIT ?{limit}",
        asking.wheres()
    ))?;
    let rows = statement.query_map(params_from_iter(&asking.values), |row| {
        let (ran, stable, changed): (u64, u64, u64) = (row.get(6)?, row.get(7)?, row.get(8)?);
        let origins: Option<String> = row.get(3)?;
        let mut origins: Vec<String> = origins
            .iter()
            .flat_map(|origins| origins.split(','))
            .map(str::to_owned)
            .collect();
        origins.sort_unstable();
        let states = [
            (inventory::state(0), stable),
            (inventory::state(1), changed),
            (inventory::state(2), ran.saturating_sub(stable + changed)),
        ];
        Ok(SkillVersion {
            name: row.get(0)?,
            hash: hex::encode(row.get::<_, Vec<u8>>(1)?),
            label: row.get(2)?,
            is_label_reused: false,
            origins,
            plugin: row.get(4)?,
            sessions: row.get(5)?,
            ran,
            states: states.into_iter().filter(|(_, count)| *count > 0).collect(),
            machines: 0,
            first_seen_us: row.get(9)?,
            last_seen_us: row.get(10)?,
            last_ran_us: row.get(11)?,
            files: None,
            bytes: None,
        })
    })?;
    let mut versions: Vec<SkillVersion> = rows.collect::<Result<_, _>>()?;
    flag_labels(&mut versions);
    count_machines(connection, &asking, &mut versions)?;
    for version in &mut versions {
        let hash = hex::decode(&version.hash).unwrap_or_default();
        if let Some(told) = told(connection, scope, &version.name, &hash)? {
            version.files = Some(told.files);
            version.bytes = Some(told.bytes);
        }
    }
    Ok(versions)
}

/// A label that two versions of a skill declare tells neither from the other.
fn flag_labels(versions: &mut [SkillVersion]) {
    let mut seen: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for version in versions.iter() {
        if let Some(label) = &version.label {
            let hashes = seen.entry((&version.name, label)).or_default();
            hashes.insert(&version.hash);
        }
    }
    let reused: Vec<bool> = versions
        .iter()
        .map(|version| {
            let label = version.label.as_deref();
            label.is_some_and(|label| seen[&(version.name.as_str(), label)].len() > 1)
        })
        .collect();
    for (version, is_reused) in versions.iter_mut().zip(reused) {
        version.is_label_reused = is_reused;
    }
}

fn count_machines(
    connection: &Connection,
    asking: &Asking,
    versions: &mut [SkillVersion],
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT k.name, k.hash, count(DISTINCT d.device) FROM session_skills k JOIN sessions s ON s.n = k.session
         JOIN session_devices d ON d.session = k.session WHERE {} GROUP BY k.name, k.hash LIMIT ?{}",
        asking.wheres(),
        asking.values.len()
    ))?;
    let rows = statement.query_map(params_from_iter(&asking.values), |row| {
        Ok((
            row.get::<_, String>(0)?,
            hex::encode(row.get::<_, Vec<u8>>(1)?),
            row.get::<_, u64>(2)?,
        ))
    })?;
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in rows {
        let (name, hash, count) = row?;
        counts.insert((name, hash), count);
    }
    for version in versions {
        let key = (version.name.clone(), version.hash.clone());
        version.machines = counts.get(&key).copied().unwrap_or(0);
    }
    Ok(())
}

fn file(listed: &Value) -> Option<SkillFile> {
    let flag = |name: &str| listed.get(name).and_then(Value::as_bool) == Some(true);
    let content = match () {
        () if listed.get("text").is_some_and(Value::is_string) => SkillFileContent::Text,
        () if flag("is_binary") => SkillFileContent::Binary,
        () if flag("is_link") => SkillFileContent::Link,
        () => SkillFileContent::Omitted,
    };
    Some(SkillFile {
        path: listed.get("path")?.as_str()?.to_owned(),
        size: listed.get("size").and_then(Value::as_u64).unwrap_or(0),
        sha256: listed
            .get("sha256")
            .and_then(Value::as_str)
            .map(str::to_owned),
        content,
    })
}
