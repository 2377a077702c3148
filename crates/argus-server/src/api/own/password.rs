//! `POST /api/v1/self/password`: a new password, for who knows the old one.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SelfView;
use crate::api::extract::Input;
use crate::app::{App, ClientAddress};
use crate::auth::password;
use crate::auth::principal::Principal;
use crate::refusal::{ErrorCode, Refusal};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    old: String,
    /// At least 12 characters.
    new: String,
}

/// Sets a new password: every sign-in ends, the one that asks goes on with a new cookie.
#[utoipa::path(post, path = "/api/v1/self/password", tag = "self", operation_id = "change_password", request_body = PasswordChange,
    responses((status = 200, body = SelfView), (status = 400, description = "The old password is wrong, or the new one is none")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    principal: Principal,
    client: ClientAddress,
    headers: HeaderMap,
    Input(asked): Input<PasswordChange>,
) -> Result<Response, Refusal> {
    let Principal::Account { account, .. } = principal else {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "a key has no password",
        ));
    };
    app.attempts
        .count(&account.email, client.0, app.store.now_us())?;
    let hashing = app.hashing().await;
    let of_app = app.clone();
    app.blocking(move || {
        let _hashing = hashing;
        if !password::verify(&asked.old, account.password.as_deref()) {
            return Err(Refusal::new(
                ErrorCode::InvalidRequest,
                "the old password is wrong",
            ));
        }
        let hash = password::hash(&asked.new, of_app.random.as_ref())?;
        of_app.attempts.succeeded(&account.email, client.0);
        of_app.store.set_password(&account, &hash)?;
        SelfView::signed_in(&of_app, account, &headers, client.0)
    })
    .await
}
