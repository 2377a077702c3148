//! `GET …/devices`: the machines from which capture clients asked.

use std::sync::Arc;

use argus_store::Device;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::reply::{self, List};
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most devices that are listed: those that were seen last.
const LISTED_MAX: usize = 10_000;

/// A device, by what its client said of itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Device)]
pub(crate) struct DeviceView {
    /// 32 hex digits.
    id: String,
    name: String,
    os: String,
    arch: String,
    /// Version of the capture client.
    client_version: String,
    /// The person of the key that it used last, by e-mail address.
    #[schema(required = true)]
    person: Option<String>,
    /// The key that it used last.
    key_id: String,
    first_seen_at: Time,
    last_seen_at: Time,
}

impl From<Device> for DeviceView {
    fn from(device: Device) -> Self {
        Self {
            id: device.id,
            name: device.name,
            os: device.os,
            arch: device.arch,
            client_version: device.client_version,
            person: device.person,
            key_id: device.key_id,
            first_seen_at: Time(device.first_seen_at_us),
            last_seen_at: Time(device.last_seen_at_us),
        }
    }
}

/// Devices, last seen first; for a reader who is bound to projects, those whose key is for no others.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/devices", tag = "capture", operation_id = "list_devices",
    params(("workspace" = String, Path)), responses((status = 200, body = List<DeviceView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items: Vec<DeviceView> = app
        .blocking(move || {
            let devices = access.workspace.devices(&access.scope, LISTED_MAX)?;
            Ok(devices.into_iter().map(Into::into).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}
