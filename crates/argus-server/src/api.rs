//! The REST API: one endpoint, one file. Who may ask is decided before a handler runs ([`gate`]), by the table of routes
//! ([`routes`]); its description is made from the handlers ([`description`]).

mod actors;
mod capture_policy;
mod coverage;
mod description;
mod device;
mod devices;
mod extract;
mod feed;
mod gate;
mod invitations;
mod keys;
mod links;
mod mcp_servers;
mod members;
mod mentions;
mod names;
mod outlines;
mod own;
mod people;
mod plugin;
mod projects;
mod redaction;
pub(crate) mod reply;
mod reviewer;
mod reviewers;
mod reviews;
pub(crate) mod routes;
mod rubrics;
mod scores;
mod search;
mod sessions;
mod sign_in;
mod sign_out;
mod skills;
mod streams;
mod texts;
mod time;
mod tombstones;
mod workspaces;

pub use description::openapi;
pub(crate) use feed::Feeds;
pub(crate) use outlines::Outlines;
pub(crate) use streams::Streams;
pub(crate) use texts::{Texts, WholeText};
