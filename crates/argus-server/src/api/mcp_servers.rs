//! `GET …/mcp-servers`: MCP servers that machines have and sessions used.

use std::sync::Arc;

use argus_store::McpServerSeen;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply::{self, List};
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// An MCP server: on a machine, or in sessions whose machine is not known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct McpServerView {
    name: String,
    /// The machine; null where no capture client tells it.
    #[schema(required = true)]
    device_id: Option<String>,
    /// What the machine's owner calls it.
    #[schema(required = true)]
    device_name: Option<String>,
    /// True when the machine lists it; otherwise sessions saw it, and nobody listed it.
    listed: bool,
    /// `local`, `project`, `user`, `plugin`, `managed`, `connector`, …
    #[schema(required = true)]
    scope: Option<String>,
    /// `stdio`, `http`, `sse`, `ws`, …
    #[schema(required = true)]
    transport: Option<String>,
    /// The command's name, or the address without user and query.
    #[schema(required = true)]
    origin: Option<String>,
    /// The folder that it is for.
    #[schema(required = true)]
    project: Option<String>,
    /// The plugin that brings it.
    #[schema(required = true)]
    plugin: Option<String>,
    /// Whether it is switched on; null when that is not known.
    #[schema(required = true)]
    enabled: Option<bool>,
    /// Names of the variables that it is given; never their values.
    env_names: Vec<String>,
    /// Names of the headers that are sent; never their values.
    header_names: Vec<String>,
    /// When the machine first listed it.
    #[schema(required = true)]
    first_listed_at: Option<Time>,
    /// When the machine last listed it.
    #[schema(required = true)]
    last_listed_at: Option<Time>,
    /// When the machine last listed it, or a session saw it.
    #[schema(required = true)]
    last_seen_at: Option<Time>,
    /// When a session last called it.
    #[schema(required = true)]
    last_used_at: Option<Time>,
    /// Sessions that saw a server of this name there.
    sessions: u64,
    /// Calls of a server of this name there.
    calls: u64,
}

impl From<McpServerSeen> for McpServerView {
    fn from(seen: McpServerSeen) -> Self {
        let listed = seen.listed.is_some();
        let of = seen.listed.unwrap_or_default();
        let known = |word: String| (!word.is_empty()).then_some(word);
        Self {
            name: seen.name,
            device_id: seen.device,
            device_name: seen.device_name.filter(|name| !name.is_empty()),
            listed,
            scope: known(of.scope).or(seen.scope),
            transport: known(of.transport).or(seen.transport),
            origin: known(of.origin),
            project: of.project,
            plugin: of.plugin,
            enabled: of.enabled,
            env_names: of.env_names,
            header_names: of.header_names,
            first_listed_at: of.first_at.map(Time),
            last_listed_at: of.last_at.map(Time),
            last_seen_at: of.last_at.max(seen.last_session_us).map(Time),
            last_used_at: seen.last_used_us.map(Time),
            sessions: seen.sessions,
            calls: seen.calls,
        }
    }
}

/// MCP servers, by name and machine. A reader who is bound to projects, or to their own sessions, sees those of sessions that
/// they may read, and no machine.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/mcp-servers", tag = "inventory", operation_id = "list_mcp_servers",
    params(("workspace" = String, Path)), responses((status = 200, body = List<McpServerView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items: Vec<McpServerView> = app
        .blocking(move || {
            let servers = access.workspace.mcp_servers(&access.scope)?;
            Ok(servers.into_iter().map(Into::into).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}
