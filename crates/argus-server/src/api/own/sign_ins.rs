//! `GET /api/v1/self/sign-ins`: where the person is signed in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::reply::{self, List};
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Principal;
use crate::auth::signing_in::ends_at_us;
use crate::refusal::Refusal;

/// A browser in which the person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignInView {
    id: String,
    created_at: Time,
    /// To the minute.
    last_seen_at: Time,
    /// When it ends: at its absolute end, or earlier if it is not used.
    expires_at: Time,
    /// What the browser said of itself.
    user_agent: String,
    /// The address it came from; empty when that is not known.
    address: String,
    /// True for the one that asks.
    current: bool,
}

/// Own sign-ins.
#[utoipa::path(get, path = "/api/v1/self/sign-ins", tag = "self", operation_id = "list_sign_ins",
    responses((status = 200, body = List<SignInView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    principal: Principal,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let Principal::Account { account, sign_in } = principal else {
                return Ok(Vec::new());
            };
            let now = of_app.store.now_us();
            let in_force = of_app
                .store
                .sign_ins(&account.id)?
                .into_iter()
                .filter(|held| ends_at_us(held) > now);
            Ok(in_force
                .map(|held| SignInView {
                    current: held.id == sign_in.id,
                    expires_at: Time(ends_at_us(&held)),
                    id: held.id,
                    created_at: Time(held.created_at_us),
                    last_seen_at: Time(held.last_seen_at_us),
                    user_agent: held.user_agent,
                    address: held.address,
                })
                .collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}
