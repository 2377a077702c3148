//! `GET …/sessions/{session}/find`: where in a session something stands, inside what a page folds too.

use std::sync::Arc;

use argus_store::{Found, FoundStep};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{open, outline, version_name};
use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::api::search::{Lag, StepHit, parsed, sought};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindParams {
    /// What to look for, as in `search`: words, `"phrases"`, beginnings `renew*`, exclusions, `prompt:churn`. No terms.
    #[serde(default)]
    q: String,
    /// Steps that are passed over before those that are told with what was found.
    #[serde(default)]
    offset: usize,
    /// How many steps are told with what was found, 0 to 200.
    #[serde(default = "default_limit")]
    #[param(default = 50, minimum = 0, maximum = 200)]
    limit: usize,
}

const fn default_limit() -> usize {
    50
}

/// Where something stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundPlaces {
    /// Places of all of the steps in the session's one list of steps, ascending; the first 10,000.
    indexes: Vec<u64>,
    /// Some of the steps, in that order, with what was found.
    items: Vec<FoundHit>,
    /// True when there are more than 10,000.
    capped: bool,
    lag: Lag,
    version: String,
}

/// A step in which something was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundHit {
    /// Its place in the session's one list of steps.
    index: u64,
    #[serde(flatten)]
    hit: StepHit,
}

impl From<FoundStep> for FoundHit {
    fn from(found: FoundStep) -> Self {
        Self {
            index: found.place,
            hit: found.hit.into(),
        }
    }
}

impl FoundPlaces {
    fn of(found: Found, version: String) -> Self {
        Self {
            indexes: found.places,
            items: found.steps.into_iter().map(Into::into).collect(),
            capped: found.is_capped,
            lag: found.lag.into(),
            version,
        }
    }
}

/// Finds in one session.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/find", tag = "sessions", operation_id = "find_in_session",
    params(("workspace" = String, Path), ("session" = String, Path), FindParams),
    responses((status = 200, body = FoundPlaces), (status = 400, description = "Nothing is looked for, or the query is none")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<FindParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = parsed(&params.q, "the search")?;
    if !asked.terms.is_empty() {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "within a session words are looked for, and no keys: write the text itself in quotes",
        ));
    }
    let words = sought(asked.words)?;
    let of_app = app.clone();
    let found = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let outline = outline(&of_app, &access, &id, version)?;
            let range = (params.offset, params.limit.min(200));
            let found = access
                .workspace
                .find_in_session(&id, &outline, &words, range)?;
            Ok(FoundPlaces::of(found, version_name(version)))
        })
        .await?;
    reply::json(&headers, &found)
}
