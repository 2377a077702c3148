//! `POST /api/v1/sign-in`: address and password for a cookie.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::Input;
use crate::api::own::SelfView;
use crate::app::{App, ClientAddress};
use crate::auth::password;
use crate::refusal::{ErrorCode, Refusal};

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInRequest {
    /// E-mail address, in any case.
    email: String,
    /// Password.
    password: String,
}

/// Signs in.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "sign-in", operation_id = "sign_in", request_body = SignInRequest,
    responses((status = 200, body = SelfView), (status = 401, description = "Address or password is wrong"),
        (status = 429, description = "Too many tries")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    client: ClientAddress,
    headers: HeaderMap,
    Input(asked): Input<SignInRequest>,
) -> Result<Response, Refusal> {
    app.attempts
        .count(&asked.email, client.0, app.store.now_us())?;
    let hashing = app.hashing().await;
    let of_app = app.clone();
    app.blocking(move || {
        let _hashing = hashing;
        let account = of_app.store.account_by_email(&asked.email)?;
        let held = account
            .as_ref()
            .and_then(|account| account.password.as_deref());
        let is_right = password::verify(&asked.password, held);
        let Some(account) = account.filter(|_| is_right) else {
            tracing::warn!(address = ?client.0, "a sign-in failed");
            return Err(Refusal::new(
                ErrorCode::Unauthenticated,
                "address or password is wrong",
            ));
        };
        of_app.attempts.succeeded(&asked.email, client.0);
        SelfView::signed_in(&of_app, account, &headers, client.0)
    })
    .await
}
