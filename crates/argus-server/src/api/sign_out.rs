//! `POST /api/v1/sign-out`: ends the sign-in that asks.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::reply;
use crate::app::App;
use crate::auth::cookie;
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// Signs out.
#[utoipa::path(post, path = "/api/v1/sign-out", tag = "sign-in", operation_id = "sign_out",
    responses((status = 204, description = "Signed out")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    principal: Principal,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    app.blocking(move || {
        if let Principal::Account { account, sign_in } = principal {
            of_app.store.end_sign_in(&account.id, &sign_in.id)?;
        }
        Ok(())
    })
    .await?;
    let mut response = reply::empty(StatusCode::NO_CONTENT);
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie::clear());
    Ok(response)
}
