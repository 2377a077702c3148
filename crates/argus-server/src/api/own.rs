//! What somebody may know of themselves.

pub(crate) mod end_sign_in;
pub(crate) mod get;
pub(crate) mod password;
pub(crate) mod sign_ins;

use std::net::IpAddr;

use argus_store::{Account, SignIn};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply;
use super::time::Time;
use super::workspaces::{WorkspaceGrant, granted};
use crate::app::App;
use crate::auth::principal::Principal;
use crate::auth::signing_in;
use crate::refusal::Refusal;

/// What kind of principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrincipalKind {
    /// A person.
    Account,
    /// A read key.
    Key,
}

/// Who is asking, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Self)]
pub(crate) struct SelfView {
    kind: PrincipalKind,
    /// The account's or key's id.
    id: String,
    /// What the person is called; a key's id.
    name: String,
    /// E-mail address; null for a key.
    #[schema(required = true)]
    email: Option<String>,
    /// Where they may do what.
    workspaces: Vec<WorkspaceGrant>,
    /// By which sign-in; null for a key.
    #[schema(required = true)]
    sign_in: Option<OwnSignIn>,
    /// What answers.
    server: ServerView,
}

/// The sign-in that asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnSignIn {
    id: String,
    /// When it ends, used or not.
    expires_at: Time,
}

/// The server.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServerView {
    /// Its release.
    version: &'static str,
}

impl SelfView {
    fn of(app: &App, principal: &Principal) -> Result<Self, Refusal> {
        let (kind, id, name, email, sign_in) = match principal {
            Principal::Account { account, sign_in } => (
                PrincipalKind::Account,
                account.id.clone(),
                account.name.clone(),
                Some(account.email.clone()),
                Some(OwnSignIn {
                    id: sign_in.id.clone(),
                    expires_at: Time(sign_in.expires_at_us),
                }),
            ),
            Principal::Key(key) => (
                PrincipalKind::Key,
                key.key_id.clone(),
                key.key_id.clone(),
                None,
                None,
            ),
        };
        Ok(Self {
            kind,
            id,
            name,
            email,
            workspaces: granted(app, principal)?,
            sign_in,
            server: ServerView {
                version: env!("CARGO_PKG_VERSION"),
            },
        })
    }

    /// Signs an account in, and answers with who it is and its cookie.
    pub(super) fn signed_in(
        app: &App,
        account: Account,
        headers: &HeaderMap,
        address: Option<IpAddr>,
    ) -> Result<Response, Refusal> {
        let (sign_in, cookie): (SignIn, _) =
            signing_in::sign_in(&app.store, app.random.as_ref(), &account, headers, address)?;
        let view = Self::of(app, &Principal::Account { account, sign_in })?;
        let mut response = reply::json(&HeaderMap::new(), &view)?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
        Ok(response)
    }
}
