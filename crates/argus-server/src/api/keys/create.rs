//! `POST …/keys`: makes a key.

use std::sync::Arc;

use argus_store::KeyScope;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::KeyScopeName;
use crate::api::extract::Input;
use crate::api::members::check_projects;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    #[schema(value_type = KeyScopeName)]
    scope: KeyScope,
    /// The projects that it is bound to: at least one to deliver; none to read all of them.
    #[serde(default)]
    projects: Vec<String>,
    /// The member whose own it is, by account: what it delivers is that person's. Only to deliver.
    account: Option<String>,
}

/// A key just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeKey {
    id: String,
    /// The token, shown once.
    token: String,
}

/// Makes a key.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/keys", tag = "keys", operation_id = "create_key",
    params(("workspace" = String, Path)), request_body = NewKey, responses((status = 201, body = MadeKey)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<NewKey>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let made = app
        .blocking(move || {
            let wanted = (!asked.projects.is_empty()).then_some(asked.projects.as_slice());
            if let Some(own) = &access.grant {
                check_projects(own, wanted)?;
            }
            let user = match &asked.account {
                Some(account) => Some(email_of_member(&of_app, &access, account, asked.scope)?),
                None => None,
            };
            Ok(of_app.store.create_key(
                access.workspace.name(),
                asked.scope,
                &asked.projects,
                user.as_deref(),
                &access.principal.actor(),
            )?)
        })
        .await?;
    let made = MadeKey {
        id: made.id,
        token: made.token,
    };
    let mut response = reply::json(&headers, &made)?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

fn email_of_member(
    app: &App,
    access: &Access,
    account: &str,
    scope: KeyScope,
) -> Result<String, Refusal> {
    if scope != KeyScope::Ingest {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "only a key that delivers is a person's own",
        ));
    }
    let no_member = || {
        Refusal::new(
            ErrorCode::InvalidRequest,
            "this account is no member of the workspace",
        )
    };
    access.workspace.member(account)?.ok_or_else(no_member)?;
    let account = app.store.account(account)?.ok_or_else(no_member)?;
    Ok(account.email)
}
