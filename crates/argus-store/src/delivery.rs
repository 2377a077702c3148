//! Who delivers records, and for which projects.

use serde::{Deserialize, Serialize};

/// The bounds that the delivering credential sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delivery {
    /// The project, or the closed list of which the fold picks one.
    pub projects: Vec<String>,
    /// The credential's id; none for a local import.
    pub key_id: Option<String>,
    /// The person, where the credential is a person's own.
    pub user: Option<String>,
}

impl Delivery {
    /// The project part of natural keys: the same item delivered for two projects is two records of one session.
    pub(crate) fn scope(&self) -> String {
        let mut projects = self.projects.clone();
        projects.sort();
        projects.dedup();
        projects.join(",")
    }
}
