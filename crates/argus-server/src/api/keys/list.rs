//! `GET …/keys`: the keys, without their secrets.

use std::sync::Arc;

use argus_store::{KeyInfo, KeyScope};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::KeyScopeName;
use crate::api::reply::{self, List};
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A key, by what may be shown of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Key)]
pub(crate) struct KeyView {
    id: String,
    /// The token's beginning, by which a person knows it.
    prefix: String,
    #[schema(value_type = KeyScopeName)]
    scope: KeyScope,
    /// The projects that it is bound to; none for a read key that reads all of them.
    projects: Vec<String>,
    /// The person whose own it is.
    #[schema(required = true)]
    user: Option<String>,
    created_at: Time,
    #[schema(required = true)]
    revoked_at: Option<Time>,
    /// The device for which its person let it be made.
    #[schema(required = true)]
    device: Option<KeyDeviceView>,
}

/// The device for which a key was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeyDevice)]
pub(crate) struct KeyDeviceView {
    /// 32 hex digits, where its client said one.
    #[schema(required = true)]
    id: Option<String>,
    name: String,
}

impl From<KeyInfo> for KeyView {
    fn from(key: KeyInfo) -> Self {
        Self {
            id: key.id,
            prefix: key.prefix,
            scope: key.scope,
            projects: key.projects,
            user: key.user,
            created_at: Time(key.created_at_us),
            revoked_at: key.revoked_at_us.map(Time),
            device: key.device.map(|device| KeyDeviceView {
                id: device.id,
                name: device.name,
            }),
        }
    }
}

/// Keys, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/keys", tag = "keys", operation_id = "list_keys",
    params(("workspace" = String, Path)), responses((status = 200, body = List<KeyView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items: Vec<KeyView> = app
        .blocking(move || {
            let keys = access.workspace.keys()?;
            Ok(keys.into_iter().map(Into::into).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}
