//! The capture client.
//!
//! ```text
//! hook ─▶ events/ (content-free) ─▶ follower: transcripts, sub-agents, skills, inventory
//!                                     │ redact
//!                                     ▼
//!                                  spool/ (bounded, synced) ─▶ POST /v1/envelopes ─▶ acknowledged: forgotten
//! ```
//!
//! Everything that waits lies in one state folder a server (`paths.rs`). One follower a folder, by lock; whoever else wants
//! something of it leaves an event. The transcript on disk is the source: a cursor moves only when what was read is synced in
//! the spool, so what is not spooled is read again, and the server knows what it has.

mod cli;
mod config;
mod cursor;
mod device;
mod doctor;
mod envelope;
mod error;
mod event;
mod files;
mod follower;
mod git;
mod hello;
mod hook;
mod http;
mod import;
mod inventory;
mod live;
mod login;
mod lost;
mod output;
mod paths;
mod platform;
mod plugin_command;
mod privacy;
mod ship;
mod skill_tree;
mod skills;
mod spool;
mod status;
mod store_file;
mod system;
mod tail;
mod token;

pub use cli::run;
