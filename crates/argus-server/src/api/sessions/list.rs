//! `GET …/sessions`: a page of sessions by the filter language.

use std::sync::Arc;

use argus_session::Session;
use argus_session::filter::Filter;
use argus_store::{SessionQuery, Sort, WordsReach};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::reply::{self, Page};
use crate::api::search::Lag;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionParams {
    /// Terms of the filter language, all of which must hold: `key:value`, `key:a,b` (any of them), `-key:value` (not), `key>value`,
    /// `key>=value`, `key<value`, `key<=value`. Keys: `id`, `user`, `project`, `model`, `skill`, `tool`, `mcp`, `outcome`, `error`,
    /// `source`, `surface`, `version`; times (a day, RFC 3339, or `7d`, `24h`, `30m` ago) `started`, `ended`, and `from`, `to` for what
    /// was going on in an interval; numbers `cost` (US dollars), `duration` (seconds), `turns`, `steps`, `calls`, `errors`.
    /// Between them words that stand anywhere in the session: `churn`, `"q2 churn"`, `renew*`, `-draft`, `prompt:churn`, `a OR b`.
    #[serde(default)]
    filter: String,
    /// The highest first.
    #[serde(default = "default_sort")]
    #[param(value_type = Option<SortName>)]
    sort: String,
    /// How many, 1 to 200.
    #[serde(default = "default_limit")]
    #[param(default = 50, minimum = 1, maximum = 200)]
    limit: usize,
    /// `next` of the page before, with the same filter and sort.
    cursor: Option<String>,
}

/// By what sessions are sorted.
#[derive(Debug, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum SortName {
    Started,
    Cost,
    Duration,
    Errors,
}

fn default_sort() -> String {
    Sort::Started.as_str().to_owned()
}

const fn default_limit() -> usize {
    50
}

/// A page of sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionPage {
    #[serde(flatten)]
    page: Page<Session>,
    /// How far the words of the filter reach; null when it has none.
    #[schema(required = true)]
    words: Option<Reach>,
}

/// How far the words of a filter reach.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reach {
    /// A word is in more sessions than are looked at: 10,000, the newest.
    capped: bool,
    lag: Lag,
}

impl From<WordsReach> for Reach {
    fn from(reach: WordsReach) -> Self {
        Self {
            capped: reach.is_capped,
            lag: reach.lag.into(),
        }
    }
}

/// Sessions.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions", tag = "sessions", operation_id = "list_sessions",
    params(("workspace" = String, Path), SessionParams),
    responses((status = 200, body = SessionPage), (status = 400, description = "The filter, sort or cursor is none")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<SessionParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let wrong = |detail: String| Refusal::new(ErrorCode::InvalidRequest, detail);
    let filter = Filter::parse(&params.filter)
        .map_err(|error| wrong(format!("this is no filter: {error}")))?;
    let sort = Sort::from_name(&params.sort).ok_or_else(|| {
        wrong("this is no sort: there are started, cost, duration, errors".to_owned())
    })?;
    let query = SessionQuery {
        filter,
        sort,
        limit: params.limit.clamp(1, 200),
        cursor: params.cursor,
        reader: access.reader(),
        scope: access.scope,
    };
    let workspace = access.workspace;
    let (page, reach) = app
        .blocking(move || {
            let page = workspace.sessions(&query)?;
            Ok((page, workspace.words_reach(&query.filter.words)?))
        })
        .await?;
    let page = SessionPage {
        page: Page {
            items: page.items,
            next: page.next,
        },
        words: reach.map(Into::into),
    };
    reply::json(&headers, &page)
}
