//! Who asks that a session be private, and whether it is theirs to ask.

use super::session::{Delivered, Known};
use crate::devices::DeviceId;
use crate::{Actor, ActorKind};

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

    /// The device that they have proved to be.
    pub(super) fn device(&self) -> Option<&DeviceId> {
        match self {
            Self::Key { device, .. } => device.as_ref(),
            Self::Account { .. } => None,
        }
    }

    /// Who gave a word, by what its tombstone has of them; `None` of who is neither a key nor an account.
    pub(super) fn noted(
        by: &Actor,
        person: Option<&str>,
        device: Option<DeviceId>,
    ) -> Option<Self> {
        match (by.kind, person) {
            (ActorKind::Key, _) => Some(Self::Key {
                id: by.id.clone(),
                person: person.map(str::to_owned),
                projects: Vec::new(),
                device,
            }),
            (ActorKind::Account, Some(email)) => Some(Self::Account {
                id: by.id.clone(),
                email: email.to_owned(),
            }),
            _ => None,
        }
    }

    /// Whether a session is theirs.
    ///
    /// A device that is the only one known to have sent some of it is its own proof, and a person's word counts where that
    /// person's keys delivered; each where no other person's key delivered any of it. One record by another's key or device,
    /// and delivering into a session would be a way to have it erased. What only keys without a person delivered is for who
    /// holds the same key, or one for the same projects, unless a device is known to have sent it; telemetry is for the same
    /// key, and what an organisation's own sources tell for none. An account's word counts for what its person's keys
    /// delivered only.
    pub(super) fn may(&self, of: &Known) -> bool {
        let person = self.person();
        let is_another = |user: &str| Some(user) != person;
        let users = || {
            of.deliveries
                .iter()
                .filter_map(|delivered| delivered.by.user.as_deref())
        };
        if users().any(is_another) {
            return false;
        }
        if users().next().is_some() || self.is_its_device(of) {
            return true;
        }
        let Self::Key { id, projects, .. } = self else {
            return false;
        };
        let own = sorted(projects);
        let is_same = of.deliveries.iter().all(|delivered| {
            let has_key = delivered.by.key_id.as_ref() == Some(id);
            let is_shared = !delivered.is_telemetry() && sorted(&delivered.by.projects) == own;
            !delivered.is_server_side() && (has_key || is_shared)
        });
        is_same && of.devices.is_empty()
    }

    /// Whether a session is theirs altogether: their word for another reaches it.
    ///
    /// Narrower than [`Self::may`], since whoever can deliver a record can write into it of which session it is a copy: every
    /// delivery has to be by the same person, key or device.
    pub(super) fn may_for_all(&self, of: &Known) -> bool {
        self.may(of)
            && of.deliveries.iter().all(|delivered| {
                let from_device = self.is_its_device(of)
                    && delivered.by.key_id.is_some()
                    && !delivered.is_telemetry()
                    && !delivered.is_server_side();
                from_device || self.is_by(delivered)
            })
    }

    /// Whether theirs is the only device that is known to have sent some of a session. Telemetry and what an organisation's own
    /// sources tell name no device: where that is of other projects altogether, a single record of the device proves nothing.
    fn is_its_device(&self, of: &Known) -> bool {
        let Some(device) = self.device() else {
            return false;
        };
        of.devices.iter().eq([device])
            && of.deliveries.iter().all(|delivered| {
                let names_device = !delivered.is_telemetry() && !delivered.is_server_side();
                let mut projects = delivered.by.projects.iter();
                names_device
                    || self.is_by(delivered)
                    || projects.any(|project| self.projects().contains(project))
            })
    }

    /// Whether it came by their key, or by a key of their person's.
    fn is_by(&self, delivered: &Delivered) -> bool {
        let has_key = match self {
            Self::Key { id, .. } => delivered.by.key_id.as_ref() == Some(id),
            Self::Account { .. } => false,
        };
        let user = delivered.by.user.as_deref();
        has_key || user.is_some() && user == self.person()
    }
}

fn sorted(projects: &[String]) -> Vec<&String> {
    let mut sorted: Vec<&String> = projects.iter().collect();
    sorted.sort();
    sorted.dedup();
    sorted
}
