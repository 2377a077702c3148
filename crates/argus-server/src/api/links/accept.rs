//! `POST /api/v1/links/accept`: uses a link up, and signs its holder in.

use std::sync::Arc;

use argus_store::{Account, Invitation};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Found, find, over};
use crate::api::extract::Input;
use crate::api::own::SelfView;
use crate::app::{App, ClientAddress};
use crate::auth::links::LinkPurpose;
use crate::auth::password;
use crate::refusal::{ErrorCode, Refusal};

/// A link, and what its kind asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptLink {
    /// What stands behind the `#`.
    token: String,
    /// The person's name: to set up, and by invitation without an account.
    name: Option<String>,
    /// E-mail address: to set up.
    email: Option<String>,
    /// A new password; the account's own where an invitation is for one that there is.
    password: Option<String>,
}

/// Uses a link up and signs in.
#[utoipa::path(post, path = "/api/v1/links/accept", tag = "sign-in", operation_id = "accept_link", request_body = AcceptLink,
    responses((status = 200, body = SelfView), (status = 404, description = "The link is over")))]
pub(crate) async fn accept(
    State(app): State<Arc<App>>,
    client: ClientAddress,
    headers: HeaderMap,
    Input(asked): Input<AcceptLink>,
) -> Result<Response, Refusal> {
    let _worker = app.workers.clone().acquire_owned().await;
    let of_app = app.clone();
    app.blocking(move || {
        let account = match find(&of_app, &asked.token)? {
            Found::Own(LinkPurpose::SetUp, _) => set_up(&of_app, &asked)?,
            Found::Own(LinkPurpose::SignIn(id), _) => {
                use_up(&of_app, &asked)?;
                of_app.store.account(&id)?.ok_or_else(over)?
            }
            Found::Own(LinkPurpose::Reset(id), _) => reset(&of_app, &asked, &id)?,
            Found::Invitation(workspace, invitation) => {
                of_app
                    .attempts
                    .count(&invitation.email, client.0, of_app.store.now_us())?;
                invited(&of_app, &asked, &workspace, &invitation)?
            }
        };
        SelfView::signed_in(&of_app, account, &headers, client.0)
    })
    .await
}

fn set_up(app: &App, asked: &AcceptLink) -> Result<Account, Refusal> {
    let email = needed(asked.email.as_deref(), "email")?;
    let name = needed(asked.name.as_deref(), "name")?;
    let hash = password::hash(
        needed(asked.password.as_deref(), "password")?,
        app.random.as_ref(),
    )?;
    if !app.store.needs_set_up()? {
        return Err(over());
    }
    // An earlier set-up may have been cut off between the account and its membership.
    let account = match app.store.account_by_email(email)? {
        Some(account) => {
            app.store.set_password(&account, &hash)?;
            account
        }
        None => app.store.create_account(email, name, Some(&hash))?,
    };
    use_up(app, asked)?;
    app.store.make_first_owner(&account.id)?;
    Ok(account)
}

fn reset(app: &App, asked: &AcceptLink, id: &str) -> Result<Account, Refusal> {
    let account = app.store.account(id)?.ok_or_else(over)?;
    let hash = password::hash(
        needed(asked.password.as_deref(), "password")?,
        app.random.as_ref(),
    )?;
    use_up(app, asked)?;
    app.store.set_password(&account, &hash)?;
    Ok(account)
}

fn invited(
    app: &App,
    asked: &AcceptLink,
    workspace: &str,
    invitation: &Invitation,
) -> Result<Account, Refusal> {
    let given = needed(asked.password.as_deref(), "password")?;
    let account = match app.store.account_by_email(&invitation.email)? {
        Some(account) => {
            if !password::verify(given, account.password.as_deref()) {
                return Err(Refusal::new(
                    ErrorCode::Unauthenticated,
                    "this address has an account already, and this is not its password",
                ));
            }
            account
        }
        None => {
            let name = needed(asked.name.as_deref(), "name")?;
            let hash = password::hash(given, app.random.as_ref())?;
            app.store
                .create_account(&invitation.email, name, Some(&hash))?
        }
    };
    app.store
        .accept_invitation(workspace, invitation, &account.id)?;
    Ok(account)
}

fn use_up(app: &App, asked: &AcceptLink) -> Result<(), Refusal> {
    if app.links.use_up(&asked.token) {
        Ok(())
    } else {
        Err(over())
    }
}

fn needed<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, Refusal> {
    value.ok_or_else(|| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("this kind of link asks for \"{name}\""),
        )
    })
}
