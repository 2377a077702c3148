//! `GET …/names/{key}`: the names that a filter's key can have, for completing it.

use std::sync::Arc;

use argus_session::filter::Key;
use argus_store::NameCount;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Params, Segments};
use super::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// A name and how many sessions have it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NameView {
    pub(super) name: String,
    /// Of those that the reader may read.
    pub(super) sessions: u64,
}

impl From<NameCount> for NameView {
    fn from(count: NameCount) -> Self {
        Self {
            name: count.name,
            sessions: count.sessions,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameParams {
    /// What the names hold; the case of Latin letters does not matter.
    #[serde(default)]
    text: String,
    /// How many, 1 to 200; those that begin with the text first, then those of most sessions.
    #[serde(default = "default_limit")]
    #[param(default = 50, minimum = 1, maximum = 200)]
    limit: usize,
}

const fn default_limit() -> usize {
    50
}

/// Names of a filter's key: `user`, `project`, `model`, `skill`, `tool`, `mcp`, `version`, `tag`, `reviewer`, …
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/names/{key}", tag = "sessions", operation_id = "list_names",
    params(("workspace" = String, Path), ("key" = String, Path, description = "A key of the filter language whose values are names"), NameParams),
    responses((status = 200, body = List<NameView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, key)): Segments<(String, String)>,
    Params(params): Params<NameParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let key = Key::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == key)
        .ok_or_else(|| Refusal::new(ErrorCode::NotFound, "the filter language has no such key"))?;
    let items = app
        .blocking(move || {
            let limit = params.limit.clamp(1, 200);
            let workspace = &access.workspace;
            let of_reviews = workspace.review_names(
                key,
                &params.text,
                limit,
                &access.scope,
                &access.reader(),
            )?;
            match of_reviews {
                Some(names) => Ok(names),
                None => Ok(workspace.names(key, &params.text, limit, &access.scope)?),
            }
        })
        .await?;
    let items: Vec<NameView> = items.into_iter().map(Into::into).collect();
    reply::json(&headers, &List { items })
}
