//! The capture plugin: what this server hands out, as an archive and as a marketplace. Both carry a key that delivers, so they
//! are for who may make keys, or for who has the address of a download key, which is all that such a key is good for.

pub(crate) mod archive;
pub(crate) mod get;
pub(crate) mod marketplace;

use std::sync::Arc;

use argus_store::{Actor, KeyScope, Workspace};
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use utoipa::IntoParams;

use super::members::check_projects;
use crate::app::App;
use crate::auth::host;
use crate::auth::principal::Access;
use crate::plugin::Archive;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PluginParams {
    /// The project that the plugin delivers for.
    project: String,
}

/// A plugin that may be had: for which project, on whose word.
struct Wanted {
    workspace: Workspace,
    project: String,
    actor: Actor,
}

/// By somebody who is signed in and may make keys.
fn by_access(access: Access, project: String, headers: &HeaderMap) -> Result<Wanted, Refusal> {
    // The first time a key is made: not for a page elsewhere that sends a browser here.
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "this address is opened from a page of this server, or by itself",
        ));
    }
    if let Some(own) = &access.grant {
        check_projects(own, Some(std::slice::from_ref(&project)))?;
    }
    Ok(Wanted {
        actor: access.principal.actor(),
        workspace: access.workspace,
        project,
    })
}

/// By the address of a download key.
fn by_link(app: &App, workspace: &str, token: &str) -> Result<Wanted, Refusal> {
    let nothing = || {
        Refusal::new(
            ErrorCode::NotFound,
            "this address is not in force: an admin makes another under Settings, Install",
        )
    };
    let grant = app.store.find_key(token)?.ok_or_else(nothing)?;
    if grant.scope != KeyScope::Download || grant.workspace != workspace {
        return Err(nothing());
    }
    let project = grant.projects.into_iter().next().ok_or_else(nothing)?;
    Ok(Wanted {
        workspace: app.store.workspace(workspace)?.ok_or_else(nothing)?,
        project,
        actor: Actor::key(&grant.key_id),
    })
}

impl Wanted {
    fn archive(&self, app: &App, endpoint: &str) -> Result<Archive, Refusal> {
        app.plugins.archive(
            &app.store,
            &self.workspace,
            &self.project,
            endpoint,
            &self.actor,
        )
    }
}

/// Where this server was asked, as its clients reach it.
fn endpoint(app: &Arc<App>, headers: &HeaderMap, uri: &Uri) -> Result<String, Refusal> {
    let host = host::of(headers, uri)
        .ok_or_else(|| Refusal::new(ErrorCode::InvalidRequest, "the request names no host"))?;
    let scheme = if app.is_https { "https" } else { "http" };
    Ok(format!("{scheme}://{host}"))
}
