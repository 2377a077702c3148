//! `POST /api/v1/device/inspect`: what a device asks for.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{DeviceCode, DeviceRequestView, find};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::{App, ClientAddress};
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// What a device asks for, by its code.
#[utoipa::path(post, path = "/api/v1/device/inspect", tag = "device", operation_id = "inspect_device", request_body = DeviceCode,
    responses((status = 200, body = DeviceRequestView), (status = 404, description = "No device waits with this code")))]
pub(crate) async fn inspect(
    State(app): State<Arc<App>>,
    principal: Principal,
    client: ClientAddress,
    headers: HeaderMap,
    Input(asked): Input<DeviceCode>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || Ok(find(&of_app, principal, client.0, &asked.code)?.view()))
        .await?;
    reply::json(&headers, &view)
}
