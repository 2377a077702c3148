//! Acts: what a person or the system did. Each has a leaf, and no change is written without its act.

use serde::{Deserialize, Serialize};

/// Kinds of acts. Their numbers are part of leaf v1 and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// The workspace was made.
    WorkspaceCreated,
    /// A key was made.
    KeyCreated,
    /// A key was revoked.
    KeyRevoked,
    /// A session was erased.
    SessionErased,
    /// The projections were made anew.
    Rebuilt,
}

impl ActKind {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::WorkspaceCreated => 1,
            Self::KeyCreated => 2,
            Self::KeyRevoked => 3,
            Self::SessionErased => 4,
            Self::Rebuilt => 5,
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one: the operating system's account, a key's id, a part of the system.
    pub id: String,
}

/// Kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// The operating system's account that runs the command line.
    LocalAccount,
    /// A key.
    Key,
    /// Argus itself.
    System,
}

impl Actor {
    /// Argus itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            kind: ActorKind::System,
            id: "argus".to_owned(),
        }
    }

    /// The operating system's account.
    #[must_use]
    pub fn local(account: &str) -> Self {
        Self {
            kind: ActorKind::LocalAccount,
            id: account.to_owned(),
        }
    }
}

/// An act as it is written: its leaf holds a commitment to this.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Act {
    pub(crate) kind: ActKind,
    pub(crate) actor: Actor,
    pub(crate) at_us: i64,
    /// What it was done to, such as a key's id. Never captured text, never an erased session's id.
    pub(crate) detail: serde_json::Value,
}
