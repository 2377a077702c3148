//! What was stored before of sources that repeat themselves: every call of an inference hook has the whole conversation, every
//! walk of the Compliance API the whole session. Only spares work: what is not remembered is found to be known by the store.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use argus_session::NaturalKey;
use sha2::{Digest, Sha256};

/// Most items that are remembered: 32 MiB.
const KNOWN_MAX: usize = 1_000_000;

/// The fingerprint of an item's key, with workspace and project.
pub(crate) type Print = [u8; 16];

/// Items that are on the disk.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<HashSet<Print>>);

impl Known {
    pub(crate) fn print(workspace: &str, project: &str, key: &NaturalKey) -> Print {
        let mut hash = Sha256::new();
        for part in [workspace.as_bytes(), project.as_bytes(), key.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut print = [0; 16];
        print.copy_from_slice(&hash.finalize()[..16]);
        print
    }

    pub(crate) fn has(&self, print: &Print) -> bool {
        self.lock().contains(print)
    }

    pub(crate) fn add(&self, prints: Vec<Print>) {
        let mut known = self.lock();
        if known.len() + prints.len() > KNOWN_MAX {
            known.clear();
        }
        known.extend(prints);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<Print>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
