//! `GET /api/v1/sign-in`: whether there is anybody who could sign in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::reply;
use crate::app::App;
use crate::refusal::Refusal;

/// What the page to sign in has to know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignInState {
    /// True while there is no owner: the server printed a link when it started.
    set_up_needed: bool,
}

/// Whether anybody can sign in.
#[utoipa::path(get, path = "/api/v1/sign-in", tag = "sign-in", operation_id = "get_sign_in",
    responses((status = 200, body = SignInState)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let set_up_needed = app
        .blocking(move || Ok(of_app.store.needs_set_up()?))
        .await?;
    reply::json(&headers, &SignInState { set_up_needed })
}
