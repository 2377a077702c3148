//! A person's word that a session is private, and what the workspace makes of it.
//!
//! By its policy such a session is erased and nothing of it is taken again, or its content goes and its structure stays, or
//! nothing changes. Each leaves an act and a tombstone, neither of which holds anything of what the session was.

mod asker;
mod content;
mod copies;
mod made_private;
mod opted_out;
mod policy;
mod session;
mod tombstone;

pub use asker::Asker;
pub use made_private::{MadePrivate, PrivateOutcome};
pub use policy::{CapturePolicy, CaptureRule, OptOut, StoredCapturePolicy};
pub use tombstone::{Tombstone, TombstoneKind};

pub(crate) use opted_out::OptedOut;
pub(crate) use session::projects_of;
pub(crate) use tombstone::put;
