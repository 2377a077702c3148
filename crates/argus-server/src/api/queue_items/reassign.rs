//! `POST …/queue-items/{item}/reassign`: an item is given to somebody else.

use std::sync::Arc;

use argus_store::ReadScope;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answered;
use crate::api::extract::{Input, Segments};
use crate::api::queues::item::QueueItemView;
use crate::api::queues::viewer;
use crate::app::App;
use crate::auth::permission::{self, Permission};
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// To whom an item is given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QueueItemReassign)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReassignInput {
    /// The account's id.
    to: String,
}

/// Gives an item to another reviewer: the asker's own; for who manages queues, also a free place, or that of somebody who has it.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/reassign", tag = "queues", operation_id = "reassign_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)), request_body = ReassignInput,
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn reassign(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<ReassignInput>,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let workspace = &access.workspace;
        let none = || {
            let detail = "this account may not judge in this workspace: an owner or admin can make it a reviewer";
            Refusal::new(ErrorCode::InvalidRequest, detail).at("/to".to_owned())
        };
        let member = workspace.member(&asked.to)?.ok_or_else(none)?;
        if !permission::of_role(member.grant.role).contains(&Permission::ReviewsWrite) {
            return Err(none());
        }
        let scope = ReadScope {
            projects: member.grant.projects,
            own_of: None,
        };
        let actor = access.principal.actor();
        Ok(workspace.reassign_item(item, &asked.to, &scope, &viewer(access), &actor)?)
    })
    .await
}
