//! `GET …/skills/{skill}/versions/{hash}/text?path=…`: the text of a file.

use std::sync::Arc;

use argus_session::document::PayloadRedaction;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::no_version;
use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// The text of a file, as stored: redacted on its machine, and again here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SkillText {
    text: String,
    /// What the server replaced in it.
    redactions: Vec<PayloadRedaction>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextParams {
    /// The file, from the skill's folder.
    path: String,
}

/// The text of a file of a version. That it was looked at is noted.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/skills/{skill}/versions/{hash}/text", tag = "inventory", operation_id = "get_skill_text",
    params(("workspace" = String, Path), ("skill" = String, Path), ("hash" = String, Path, description = "Hash of the skill's folder, lower-case hex"), TextParams),
    responses((status = 200, body = SkillText), (status = 404, description = "No such file that the reader may see, or none with a text")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, skill, hash)): Segments<(String, String, String)>,
    Params(params): Params<TextParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let text = app
        .blocking(move || {
            let (workspace, scope) = (&access.workspace, &access.scope);
            if workspace.skill_version(&skill, &hash, scope)?.is_none() {
                return Err(no_version());
            }
            let found = workspace
                .skill_file_text(&skill, &hash, &params.path, scope)?
                .ok_or_else(no_text)?;
            // No look without its act.
            workspace.view(&found.machine, &access.principal.actor())?;
            Ok(SkillText {
                text: found.text,
                redactions: found.redactions,
            })
        })
        .await?;
    reply::json(&headers, &text)
}

fn no_text() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "this version has no such file, or no text of it: the list of its files says what there is",
    )
}
