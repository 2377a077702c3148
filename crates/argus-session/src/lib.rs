//! Turns what Claude Code and Cowork leave behind into sessions.
//!
//! The path through this crate: an [`Item`] (one source item as it arrived) is given a [`NaturalKey`] and a
//! [`Treatment`](treatment::Treatment); the store keeps it, redacted, as a [`Record`]; the [`Fold`] takes records in any
//! order and gives a [`SessionDocument`].
//!
//! Everything here is pure: no I/O, no clock, no randomness, no environment, no async.

pub mod acceptance;
pub mod anchor;
pub mod canonical;
pub mod clock;
pub mod content_off;
mod coverage;
pub mod document;
pub mod envelope;
pub mod file_changes;
pub mod filter;
pub mod fold;
pub mod key;
pub mod machine;
pub mod project;
pub mod record;
pub mod search;
pub mod source;
mod surrogates;
pub mod time;
pub mod timeline;
pub mod treatment;

pub use clock::{Clock, Random};
pub use document::{Payload, Session, SessionDocument, Step, Text, TextRef, Turn};
pub use envelope::Envelope;
pub use fold::{Applied, Fold};
pub use key::NaturalKey;
pub use record::{ContentRank, Item, Meta, Record, RecordId};
pub use source::Source;
pub use surrogates::without_lone_surrogates;
