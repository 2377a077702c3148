//! Devices: which machines a capture client asked from. What the client says of itself, noted; nothing hangs on it.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::limits::{DEVICE_WORD_BYTES_MAX, DEVICES_MAX};
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// A device's id: the first half of the SHA-256 of a secret that only it has.
pub type DeviceId = [u8; 16];

/// The id that is written so: 32 hex digits.
#[must_use]
pub fn device_id(written: &str) -> Option<DeviceId> {
    hex::decode(written).ok()?.try_into().ok()
}

/// What a capture client says of the machine that it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSeen {
    /// Which one.
    pub id: DeviceId,
    /// What its owner calls it.
    pub name: String,
    /// Operating system.
    pub os: String,
    /// Processor.
    pub arch: String,
    /// Version of the client.
    pub client_version: String,
}

/// A device, as the list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its id, 32 hex digits.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Operating system.
    pub os: String,
    /// Processor.
    pub arch: String,
    /// Version of the client.
    pub client_version: String,
    /// The person of the key that it used last, by e-mail address.
    pub person: Option<String>,
    /// The key that it used last.
    pub key_id: String,
    /// When it was seen first and last, microseconds UTC.
    pub first_seen_at_us: i64,
    /// See above.
    pub last_seen_at_us: i64,
}

impl Workspace {
    /// Notes that a device asked with this key. An observation, not an act.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there are more devices than a workspace notes; otherwise when the store cannot be written.
    pub fn note_device(
        &self,
        seen: &DeviceSeen,
        key_id: &str,
        person: Option<&str>,
    ) -> Result<(), StoreError> {
        let (id, at_us) = (hex::encode(seen.id), self.now_us());
        let [name, os, arch, version] =
            [&seen.name, &seen.os, &seen.arch, &seen.client_version].map(|word| shown(word));
        let (key_id, person) = (key_id.to_owned(), person.map(str::to_owned));
        self.writer()?.run(move |state| {
            let changed = state.connection.prepare_cached(
                "UPDATE devices SET name = ?2, os = ?3, arch = ?4, client_version = ?5, person = ?6, key_id = ?7, last_seen_at_us = ?8
                 WHERE id = ?1",
            )?.execute(params![id, name, os, arch, version, person, key_id, at_us])?;
            if changed > 0 {
                return Ok(());
            }
            let known: u64 =
                state.connection.query_row("SELECT count(*) FROM devices", [], |row| row.get(0))?;
            if known >= DEVICES_MAX {
                return Err(StoreError::Invalid(format!(
                    "this workspace has noted {DEVICES_MAX} devices and notes no more"
                )));
            }
            state.connection.prepare_cached(
                "INSERT INTO devices (id, name, os, arch, client_version, person, key_id, first_seen_at_us, last_seen_at_us)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
            )?.execute(params![id, name, os, arch, version, person, key_id, at_us])?;
            Ok(())
        })
    }

    /// The devices that `scope` lets its reader know of, last seen first, up to `limit` of them: who is bound to projects knows
    /// of those whose last key is for no others; who reads their own sessions, of their own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn devices(&self, scope: &ReadScope, limit: usize) -> Result<Vec<Device>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT d.id, d.name, d.os, d.arch, d.client_version, d.person, d.key_id, d.first_seen_at_us, d.last_seen_at_us, k.projects
                 FROM devices d LEFT JOIN api_keys k ON k.id = d.key_id ORDER BY d.last_seen_at_us DESC, d.id",
            )?;
            let rows = statement.query_map([], |row| {
                let device = Device {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    os: row.get(2)?,
                    arch: row.get(3)?,
                    client_version: row.get(4)?,
                    person: row.get(5)?,
                    key_id: row.get(6)?,
                    first_seen_at_us: row.get(7)?,
                    last_seen_at_us: row.get(8)?,
                };
                Ok((device, row.get::<_, Option<String>>(9)?))
            })?;
            let mut devices = Vec::new();
            for row in rows {
                let (device, projects) = row?;
                if devices.len() < limit && may_know(scope, &device, projects.as_deref()) {
                    devices.push(device);
                }
            }
            Ok(devices)
        })
    }
}

/// `projects` is the list of its key's, as it is stored.
fn may_know(scope: &ReadScope, device: &Device, projects: Option<&str>) -> bool {
    let of_project = scope.projects.as_ref().is_none_or(|allowed| {
        let projects: Vec<String> = projects
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        !projects.is_empty() && projects.iter().all(|project| allowed.contains(project))
    });
    let is_own = scope
        .own_of
        .as_ref()
        .is_none_or(|own| !own.is_empty() && device.person.as_ref() == Some(own));
    of_project && is_own
}

/// A word of a client as it may be listed: short, on one line.
pub(crate) fn shown(word: &str) -> String {
    let word: String = word.chars().filter(|c| !c.is_control()).collect();
    word[..word.floor_char_boundary(DEVICE_WORD_BYTES_MAX)].to_owned()
}
