//! One file a command.

pub(crate) mod account;
pub(crate) mod capture_policy;
pub(crate) mod config;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod erase;
pub(crate) mod export;
mod filter;
pub(crate) mod import;
pub(crate) mod inference_hook;
pub(crate) mod key;
pub(crate) mod plugin;
pub(crate) mod rebuild;
pub(crate) mod redact;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod workspace;

/// The workspace that commands mean when none is named.
pub(crate) const DEFAULT_WORKSPACE: &str = "default";
/// The project of what names none.
pub(crate) const UNASSIGNED: &str = "unassigned";
