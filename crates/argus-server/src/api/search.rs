//! `GET …/search`: full text over the sessions' texts, what is found by session.

use std::sync::Arc;

use argus_session::Session;
use argus_session::filter::Filter;
use argus_session::search::Words;
use argus_store::{Hit, NotIndexed, SearchGroup, SearchLag, SearchPage, SearchQuery};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::reply;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchParams {
    /// What to look for: words, `"phrases"`, beginnings `renew*`, exclusions `-draft`, alternatives `a OR b`, one field only
    /// `prompt:churn` (`prompt`, `answer`, `thinking`, `input`, `output`, `error`, `notice`). All of it stands in one step. Terms
    /// of the filter language may stand between the words and choose sessions: `skill:weekly-report "q2 churn"`.
    #[serde(default)]
    q: String,
    /// Which sessions, in the filter language, beside the terms in `q`. Its words may stand anywhere in the session.
    #[serde(default)]
    filter: String,
    /// How many sessions, 1 to 100.
    #[serde(default = "default_limit")]
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: usize,
    /// How many steps of each session, 1 to 50.
    #[serde(default = "default_hits")]
    #[param(default = 3, minimum = 1, maximum = 50)]
    hits: usize,
    /// `next` of the page before, with the same `q` and `filter`.
    cursor: Option<String>,
}

const fn default_limit() -> usize {
    20
}

const fn default_hits() -> usize {
    3
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchResults {
    /// By session, the newest first. A page can be short, even empty, with another one behind it.
    groups: Vec<SessionHits>,
    /// Where the next page begins, for `cursor`; null at the end.
    #[schema(required = true)]
    next: Option<String>,
    lag: Lag,
    /// What is not searched.
    not_indexed: Vec<Unsearched>,
    /// True when the words in `filter` are in more than 10,000 sessions: the newest of them are searched.
    filter_capped: bool,
}

/// What was found in a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionHits {
    session: Session,
    /// Steps, the latest first.
    hits: Vec<StepHit>,
    /// Further steps of the session, counted up to 1,000.
    more: u64,
}

/// A step in which something was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepHit {
    /// The turn's id.
    turn: String,
    /// The step's id.
    step: String,
    /// When it began.
    #[schema(required = true)]
    at: Option<Time>,
    /// The text in which most was found: `prompt`, `answer`, `thinking`, `input`, `output`, `error` or `notice`.
    field: &'static str,
    /// The name under which the step has that text: `text`, `input`, `output`, `result` or `error`.
    content: &'static str,
    snippet: SnippetText,
}

/// A few words around what was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SnippetText {
    /// On one line, `…` where something stands before or behind it.
    text: String,
    /// From where to where something was found, in characters (Unicode scalar values) of this text.
    #[schema(value_type = Vec<Vec<u32>>)]
    marks: Vec<(u32, u32)>,
}

/// How far the index is behind what was captured.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lag {
    /// Records that are stored and cannot be searched for yet.
    records: u64,
    /// How long ago the oldest of them came; null when there are none.
    #[schema(required = true)]
    seconds: Option<u64>,
}

/// Something that is not searched.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Unsearched {
    /// `long_texts`, `images`, `content_off`, `read_again`, `structured_results`.
    what: &'static str,
    /// How many; null where that is not known, or not for this reader.
    #[schema(required = true)]
    count: Option<u64>,
    /// Why, in a sentence.
    why: &'static str,
}

impl From<SearchLag> for Lag {
    fn from(lag: SearchLag) -> Self {
        Self {
            records: lag.records,
            seconds: lag.seconds,
        }
    }
}

impl From<NotIndexed> for Unsearched {
    fn from(of: NotIndexed) -> Self {
        Self {
            what: of.what,
            count: of.count,
            why: of.why,
        }
    }
}

impl From<Hit> for StepHit {
    fn from(hit: Hit) -> Self {
        Self {
            turn: hit.turn,
            step: hit.step,
            at: hit.at_us.map(Time),
            field: hit.field.as_str(),
            content: hit.content,
            snippet: SnippetText {
                text: hit.snippet.text,
                marks: hit.snippet.marks,
            },
        }
    }
}

impl From<SearchGroup> for SessionHits {
    fn from(group: SearchGroup) -> Self {
        Self {
            session: group.session,
            hits: group.hits.into_iter().map(Into::into).collect(),
            more: group.more,
        }
    }
}

impl From<SearchPage> for SearchResults {
    fn from(page: SearchPage) -> Self {
        Self {
            groups: page.groups.into_iter().map(Into::into).collect(),
            next: page.next,
            lag: page.lag.into(),
            not_indexed: page.not_indexed.into_iter().map(Into::into).collect(),
            filter_capped: page.filter_is_capped,
        }
    }
}

/// A text of the filter language, or why it is none.
pub(super) fn parsed(text: &str, name: &str) -> Result<Filter, Refusal> {
    Filter::parse(text).map_err(|error| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("{name} cannot be read: {error}"),
        )
    })
}

/// The words to look for; there has to be one.
pub(super) fn sought(words: Words) -> Result<Words, Refusal> {
    if words.seeks() {
        return Ok(words);
    }
    Err(Refusal::new(
        ErrorCode::InvalidRequest,
        "say what to look for: at least one word without - in front of it",
    ))
}

/// Full-text search.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/search", tag = "sessions", operation_id = "search",
    params(("workspace" = String, Path), SearchParams),
    responses((status = 200, body = SearchResults), (status = 400, description = "Nothing is looked for, or the query, filter or cursor is none")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<SearchParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = parsed(&params.q, "the search")?;
    let mut filter = parsed(&params.filter, "the filter")?;
    filter.terms.extend(asked.terms);
    let query = SearchQuery {
        words: sought(asked.words)?,
        filter,
        reader: access.reader(),
        scope: access.scope,
        limit: params.limit.clamp(1, 100),
        hits: params.hits.clamp(1, 50),
        cursor: params.cursor,
    };
    let workspace = access.workspace;
    let page = app.blocking(move || Ok(workspace.search(&query)?)).await?;
    reply::json(&headers, &SearchResults::from(page))
}
