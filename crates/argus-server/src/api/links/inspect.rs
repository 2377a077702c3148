//! `POST /api/v1/links/inspect`: what a link is for, without using it up.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Found, LinkKind, LinkToken, LinkView, find, over};
use crate::api::extract::Input;
use crate::api::reply;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::links::LinkPurpose;
use crate::refusal::Refusal;

/// What a link is for.
#[utoipa::path(post, path = "/api/v1/links/inspect", tag = "sign-in", operation_id = "inspect_link", request_body = LinkToken,
    responses((status = 200, body = LinkView), (status = 404, description = "The link is over")))]
pub(crate) async fn inspect(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Input(link): Input<LinkToken>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app.blocking(move || view(&of_app, &link.token)).await?;
    reply::json(&headers, &view)
}

fn view(app: &App, token: &str) -> Result<LinkView, Refusal> {
    Ok(match find(app, token)? {
        Found::Own(LinkPurpose::SetUp, expires) => LinkView {
            kind: LinkKind::SetUp,
            workspace: None,
            role: None,
            email: None,
            has_account: false,
            expires_at: Time(expires),
        },
        Found::Own(LinkPurpose::SignIn(account), expires) => {
            of_account(app, LinkKind::SignIn, &account, expires)?
        }
        Found::Own(LinkPurpose::Reset(account), expires) => {
            of_account(app, LinkKind::Reset, &account, expires)?
        }
        Found::Invitation(workspace, invitation) => LinkView {
            kind: LinkKind::Invitation,
            workspace: Some(workspace),
            role: Some(invitation.grant.role),
            has_account: app.store.account_by_email(&invitation.email)?.is_some(),
            email: Some(invitation.email),
            expires_at: Time(invitation.expires_at_us),
        },
    })
}

fn of_account(app: &App, kind: LinkKind, account: &str, expires: i64) -> Result<LinkView, Refusal> {
    let account = app.store.account(account)?.ok_or_else(over)?;
    Ok(LinkView {
        kind,
        workspace: None,
        role: None,
        email: Some(account.email),
        has_account: true,
        expires_at: Time(expires),
    })
}
