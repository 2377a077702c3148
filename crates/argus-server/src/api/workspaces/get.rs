//! `GET /api/v1/workspaces/{workspace}`: a workspace.

use std::sync::Arc;

use argus_store::WorkspaceMode;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::reply;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkspaceView {
    name: String,
    /// `privacy` or `retention-locked`.
    #[schema(value_type = String)]
    mode: WorkspaceMode,
    #[schema(required = true)]
    created_at: Option<Time>,
    /// Records that are stored and not yet to be seen in sessions.
    lag_records: u64,
}

/// A workspace.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}", tag = "workspaces", operation_id = "get_workspace",
    params(("workspace" = String, Path)), responses((status = 200, body = WorkspaceView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let infos = of_app.store.workspaces()?;
            let info = infos
                .iter()
                .find(|info| info.name == access.workspace.name());
            Ok(WorkspaceView {
                name: access.workspace.name().to_owned(),
                mode: access.workspace.mode(),
                created_at: info.map(|info| Time(info.created_at_us)),
                lag_records: access.workspace.lag_records(),
            })
        })
        .await?;
    reply::json(&headers, &view)
}
