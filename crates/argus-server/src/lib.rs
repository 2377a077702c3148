//! The one port: OTLP (HTTP and gRPC) and capture envelopes in; the REST API, the UI, health and metrics out; and the local
//! socket by which the command line works through a running server.
//!
//! [`serve()`] runs it. The decoders ([`ingest::otlp::decode`], [`ingest::envelopes::decode`]) are pure and used by the
//! import of recordings too. Nothing here knows SQL, folds, or shows a session.

mod api;
mod app;
mod auth;
mod body;
mod budget;
mod capture;
mod config;
mod connections;
mod drain;
mod export;
mod filling;
mod first_bytes;
mod health;
mod inflate;
pub mod ingest;
pub mod local;
mod own_metrics;
pub mod plugin;
mod problem;
mod refusal;
mod serve;
pub mod sources;
mod tls;
mod web;

pub use api::openapi;
pub use auth::links::Links;
pub use config::{
    DEFAULT_LISTEN, GRPC_PORT, Limits, PluginConfig, RETRY_AFTER_S, SHUTDOWN_GRACE, ServerConfig,
};
pub use inflate::Coding;
pub use refusal::ErrorCode;
pub use serve::{Bound, ServeError, serve};
pub use tls::{TlsError, TlsFiles};
