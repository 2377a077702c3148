//! `POST /api/v1/device/decide`: a person lets a device in, or does not.

use std::sync::Arc;

use argus_store::Actor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{find, no_code};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::{App, ClientAddress};
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// A person's answer to a device.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceDecision {
    /// The device's code.
    code: String,
    /// True to let it deliver in the person's name.
    approve: bool,
}

/// Answers a device, once. What it is given is a key of the person's own, for the projects of the key with which it asked.
#[utoipa::path(post, path = "/api/v1/device/decide", tag = "device", operation_id = "decide_device", request_body = DeviceDecision,
    responses((status = 204, description = "Answered"), (status = 404, description = "No device waits with this code")))]
pub(crate) async fn decide(
    State(app): State<Arc<App>>,
    principal: Principal,
    client: ClientAddress,
    Input(asked): Input<DeviceDecision>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    app.blocking(move || {
        let found = find(&of_app, principal, client.0, &asked.code)?;
        let approved_by = asked.approve.then_some(found.account.id.as_str());
        let note = || {
            let Some(account) = approved_by else {
                return Ok(());
            };
            let actor = Actor::account(account);
            found
                .workspace
                .approve_device(&found.request.device, &actor)
        };
        if of_app.device_codes.answer(&asked.code, approved_by, note)? {
            Ok(reply::empty(StatusCode::NO_CONTENT))
        } else {
            Err(no_code())
        }
    })
    .await
}
