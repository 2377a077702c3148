//! Who asks that a session be private, and whether it is theirs to ask.

use rusqlite::{Connection, params};

use super::session::Known;
use crate::devices::DeviceId;
use crate::{Actor, StoreError};

/// Who asks that a session be private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// A capture client, with a key that delivers.
    Key {
        /// The key's id.
        id: String,
        /// The person whose own it is.
        person: Option<String>,
        /// The projects it is bound to.
        projects: Vec<String>,
        /// The device that the client has proved to be.
        device: Option<DeviceId>,
    },
    /// A person who signed in.
    Account {
        /// The account's id.
        id: String,
        /// Its e-mail address.
        email: String,
    },
}

impl Asker {
    /// As acts name it.
    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::Key { id, .. } => Actor::key(id),
            Self::Account { id, .. } => Actor::account(id),
        }
    }

    /// The person, by e-mail address.
    pub(super) fn person(&self) -> Option<&str> {
        match self {
            Self::Key { person, .. } => person.as_deref(),
            Self::Account { email, .. } => Some(email),
        }
    }

    /// The projects of the key.
    pub(super) fn projects(&self) -> &[String] {
        match self {
            Self::Key { projects, .. } => projects,
            Self::Account { .. } => &[],
        }
    }

    /// Whether a session is theirs.
    ///
    /// A device that sent some of it is its own proof. A person's word counts where that person's keys delivered and nobody
    /// else's did: one record by another's key, and delivering into a session would be a way to have it erased. What only keys
    /// without a person delivered is for who holds the same key, or one for the same projects, unless a device is known to have
    /// sent it. An account's word counts for what its person's keys delivered only.
    pub(super) fn may(&self, connection: &Connection, of: &Known) -> Result<bool, StoreError> {
        if let Self::Key {
            device: Some(device),
            ..
        } = self
            && of.is_by_device(connection, device)?
        {
            return Ok(true);
        }
        let person = self.person();
        let is_another = |user: &str| Some(user) != person;
        if of
            .deliveries
            .iter()
            .any(|delivery| delivery.user.as_deref().is_some_and(is_another))
        {
            return Ok(false);
        }
        if person.is_some()
            && of
                .deliveries
                .iter()
                .any(|delivery| delivery.user.as_deref() == person)
        {
            return Ok(true);
        }
        let Self::Key { id, projects, .. } = self else {
            return Ok(false);
        };
        let sorted = |projects: &[String]| {
            let mut sorted = projects.to_vec();
            sorted.sort();
            sorted.dedup();
            sorted
        };
        let own = sorted(projects);
        let is_same = of.deliveries.iter().all(|delivery| {
            delivery.key_id.as_ref() == Some(id) || sorted(&delivery.projects) == own
        });
        Ok(is_same && !of.has_device(connection)?)
    }
}

impl Known {
    fn is_by_device(&self, connection: &Connection, device: &DeviceId) -> Result<bool, StoreError> {
        let Some(session) = self.number else {
            return Ok(false);
        };
        Ok(connection
            .prepare_cached("SELECT 1 FROM session_devices WHERE session = ?1 AND device = ?2")?
            .exists(params![session, device.as_slice()])?)
    }

    fn has_device(&self, connection: &Connection) -> Result<bool, StoreError> {
        Ok(connection
            .prepare_cached("SELECT 1 FROM session_devices WHERE session = ?1")?
            .exists([self.number.unwrap_or(-1)])?)
    }
}
