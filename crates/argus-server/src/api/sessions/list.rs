//! `GET …/sessions`: a page of sessions by the filter language.

use std::sync::Arc;

use argus_session::Session;
use argus_session::filter::Filter;
use argus_store::{ReviewSummary, SessionQuery, Sort, WordsReach};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::reply;
use crate::api::search::Lag;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionParams {
    /// Terms of the filter language, all of which must hold: `key:value`, `key:a,b` (any of them), `-key:value` (not), `key>value`,
    /// `key>=value`, `key<value`, `key<=value`. Keys: `id`, `user`, `project`, `model`, `skill`, `skill_version` (`name@` and the
    /// beginning of the hash), `tool`, `mcp`, `outcome`, `first_turn` (`accepted`, `not_accepted`, `unknown`), `kind` (`automated`,
    /// `single_turn`), `error`, `source`, `surface`, `version`, `coverage`; times (a day, RFC 3339, or `7d`, `24h`, `30m` ago)
    /// `started`, `ended`, `from` or `after`, `to` or `before` for what was going on in an interval, and `new_skill` for what ran a
    /// version of a skill first seen since; numbers `cost` (US dollars), `duration` (seconds), `turns`, `steps`, `calls`, `errors`; of what
    /// people say of it `verdict` (`good`, `wrong`, `none`), `tag`, `score` (percent), `reviewer` (a name, an e-mail address, an
    /// account's id, `me`), `commented` (`yes`, `no`): what stands now, and what the reader sees of it; `judged`, the time since which
    /// a verdict or a score was given, which the others beside it are of too.
    /// Between them words that stand anywhere in the session: `churn`, `"q2 churn"`, `renew*`, `-draft`, `prompt:churn`, `a OR b`.
    #[serde(default)]
    filter: String,
    /// Kinds of sessions that are left out and counted, separated by commas: `automated` (run with `-p` or by an SDK),
    /// `single_turn`.
    #[serde(default)]
    #[param(example = "automated,single_turn")]
    fold: String,
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
    items: Vec<SessionRow>,
    /// Where the next page begins; null at the end.
    #[schema(required = true)]
    next: Option<String>,
    /// Of the first page of a list with `fold`: how many sessions it leaves out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    folded: Option<FoldedView>,
    /// How far the words of the filter reach; null when it has none.
    #[schema(required = true)]
    words: Option<Reach>,
}

/// A session of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionRow {
    #[serde(flatten)]
    session: Session,
    review: ReviewSummaryView,
}

/// What stands now of what people said of a session and its turns, as the reader sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewSummary)]
pub(crate) struct ReviewSummaryView {
    verdicts: VerdictCounts,
    /// Each once.
    tags: Vec<String>,
    /// Replies included.
    comments: u64,
    /// The mean of its scores, in percent; null without any.
    #[schema(required = true)]
    score: Option<f64>,
}

/// Verdicts: one a person and turn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerdictCounts {
    good: u64,
    wrong: u64,
}

impl From<ReviewSummary> for ReviewSummaryView {
    fn from(summary: ReviewSummary) -> Self {
        Self {
            verdicts: VerdictCounts {
                good: summary.good,
                wrong: summary.wrong,
            },
            tags: summary.tags,
            comments: summary.comments,
            // To a tenth of a percent: what is left of basis points in a mean says nothing.
            score: summary.score.map(|score| (score / 10.0).round() / 10.0),
        }
    }
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

/// How many sessions a list leaves out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoldedView {
    sessions: u64,
    /// True when there are more than that: they are not counted any further.
    more: bool,
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
        fold: argus_store::kinds_of(&params.fold)?,
        sort,
        limit: params.limit.clamp(1, 200),
        cursor: params.cursor,
        reader: access.reader(),
        scope: access.scope,
    };
    let workspace = access.workspace;
    let (page, reviews, reach) = app
        .blocking(move || {
            let page = workspace.sessions(&query)?;
            let ids = page.items.iter().map(|session| session.id.as_str());
            let reviews = workspace.review_summaries(ids, &query.reader)?;
            let reach = workspace.words_reach(&query.filter.words)?;
            Ok((page, reviews, reach))
        })
        .await?;
    let rows = page.items.into_iter().zip(reviews);
    let page = SessionPage {
        items: rows
            .map(|(session, review)| SessionRow {
                session,
                review: review.into(),
            })
            .collect(),
        next: page.next,
        folded: page.folded.map(|folded| FoldedView {
            sessions: folded.sessions,
            more: folded.more,
        }),
        words: reach.map(Into::into),
    };
    reply::json(&headers, &page)
}
