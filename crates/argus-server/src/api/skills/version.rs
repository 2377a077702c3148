//! `GET …/skills/{skill}/versions/{hash}`: a version and its files.

use std::collections::BTreeMap;
use std::sync::Arc;

use argus_store::{ReadScope, SkillFile, SkillFileContent, StoreError, Workspace};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{SkillVersionView, no_version};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most machines whose names are looked up.
const DEVICES_MAX: usize = 10_000;

/// A version of a skill, and what it consists of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SkillVersionDetail {
    #[serde(flatten)]
    version: SkillVersionView,
    /// Its files; null when no machine told them that the reader may ask.
    #[schema(required = true)]
    listed: Option<Vec<SkillFileView>>,
    /// The machines on which it was seen; none for a reader who may not see which devices capture.
    on: Vec<SkillMachine>,
}

/// A machine.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SkillMachine {
    id: String,
    /// What its owner calls it.
    #[schema(required = true)]
    name: Option<String>,
}

/// A file of a skill.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkillFile)]
pub(crate) struct SkillFileView {
    /// From the skill's folder.
    path: String,
    /// Bytes, as on the machine.
    size: u64,
    /// SHA-256 of them, lower-case hex.
    #[schema(required = true)]
    sha256: Option<String>,
    content: SkillContent,
}

/// What is there of a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SkillContent {
    /// Its text can be asked for.
    Text,
    /// It is no text.
    Binary,
    /// It is a link.
    Link,
    /// It is too large to be sent.
    Omitted,
}

impl From<SkillFile> for SkillFileView {
    fn from(file: SkillFile) -> Self {
        Self {
            path: file.path,
            size: file.size,
            sha256: file.sha256,
            content: match file.content {
                SkillFileContent::Text => SkillContent::Text,
                SkillFileContent::Binary => SkillContent::Binary,
                SkillFileContent::Link => SkillContent::Link,
                SkillFileContent::Omitted => SkillContent::Omitted,
            },
        }
    }
}

/// A version of a skill.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/skills/{skill}/versions/{hash}", tag = "inventory", operation_id = "get_skill_version",
    params(("workspace" = String, Path), ("skill" = String, Path), ("hash" = String, Path, description = "Hash of the skill's folder, lower-case hex")),
    responses((status = 200, body = SkillVersionDetail), (status = 404, description = "No such version that the reader may see")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, skill, hash)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let detail = app
        .blocking(move || {
            let (workspace, scope) = (&access.workspace, &access.scope);
            let version = workspace
                .skill_version(&skill, &hash, scope)?
                .ok_or_else(no_version)?;
            let listed = workspace.skill_files(&skill, &hash, scope)?;
            let on = if access.sees_devices() {
                machines(workspace, workspace.skill_machines(&skill, &hash, scope)?)?
            } else {
                Vec::new()
            };
            Ok(SkillVersionDetail {
                version: version.into(),
                listed: listed.map(|files| files.into_iter().map(Into::into).collect()),
                on,
            })
        })
        .await?;
    reply::json(&headers, &detail)
}

fn machines(workspace: &Workspace, ids: Vec<String>) -> Result<Vec<SkillMachine>, StoreError> {
    let names: BTreeMap<String, String> = workspace
        .devices(&ReadScope::all(), DEVICES_MAX)?
        .into_iter()
        .map(|device| (device.id, device.name))
        .collect();
    Ok(ids
        .into_iter()
        .map(|id| SkillMachine {
            name: names.get(&id).filter(|name| !name.is_empty()).cloned(),
            id,
        })
        .collect())
}
