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
    let (of_app, token) = (app.clone(), asked.token.clone());
    // Who has no link takes nobody's turn.
    let found = app.blocking(move || find(&of_app, &token)).await?;
    let hashing = app.hashing().await;
    let of_app = app.clone();
    app.blocking(move || {
        let _hashing = hashing;
        let account = match found {
            Found::Own(..) => own(&of_app, &asked)?,
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

/// Uses up a link of this server; one that could not be used for what was sent is good again.
fn own(app: &App, asked: &AcceptLink) -> Result<Account, Refusal> {
    let taken = app.links.take(&asked.token).ok_or_else(over)?;
    let done = match taken.purpose() {
        LinkPurpose::SetUp => set_up(app, asked),
        LinkPurpose::SignIn(id) => app
            .store
            .account(id)
            .map_err(Refusal::from)
            .and_then(|account| account.ok_or_else(over)),
        LinkPurpose::Reset(id) => reset(app, asked, id),
    };
    if done.is_err() {
        app.links.put_back(taken);
    }
    done
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
    app.store.make_first_owner(&account.id)?;
    Ok(account)
}

fn reset(app: &App, asked: &AcceptLink, id: &str) -> Result<Account, Refusal> {
    let account = app.store.account(id)?.ok_or_else(over)?;
    let hash = password::hash(
        needed(asked.password.as_deref(), "password")?,
        app.random.as_ref(),
    )?;
    app.store.set_password(&account, &hash)?;
    app.links.forget_resets(id);
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

fn needed<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, Refusal> {
    value.ok_or_else(|| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("this kind of link asks for \"{name}\""),
        )
    })
}
