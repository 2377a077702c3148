//! `GET …/sessions/{session}/reviews`: what people said of a session.

use std::sync::Arc;

use argus_store::ReviewKind;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AnswerView, CommentView, TagView, VerdictView, judgements};
use crate::api::extract::Segments;
use crate::api::people::People;
use crate::api::queues::item::DecisionView;
use crate::api::scores::{ScoreView, ScoreViews};
use crate::api::{reply, sessions};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What people said of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reviews)]
pub(crate) struct ReviewsView {
    /// The session is reviewed blind now: these are the reader's own.
    blind: bool,
    /// Those that are no longer current too, the oldest first.
    verdicts: Vec<VerdictView>,
    /// Those that are on.
    tags: Vec<TagView>,
    /// With replies, the oldest first.
    comments: Vec<CommentView>,
    /// Those that are no longer current too, the oldest first.
    answers: Vec<AnswerView>,
    /// Those that are no longer current too, the oldest first.
    scores: Vec<ScoreView>,
    /// What was decided where reviewers differed, the oldest first.
    decisions: Vec<DecidedView>,
}

/// What was decided of a session or a turn of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decided)]
pub(crate) struct DecidedView {
    /// The turn that it is of; null for the session as a whole.
    #[schema(required = true)]
    turn: Option<String>,
    decision: DecisionView,
}

/// What people said of a session, as the reader sees it: while it is reviewed blind, only what they said themselves.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/reviews", tag = "reviews", operation_id = "get_reviews",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = ReviewsView), (status = 404, description = "No such session that the reader may read")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app.blocking(move || view(&of_app, &access, &id)).await?;
    reply::json(&headers, &view)
}

fn view(app: &App, access: &Access, id: &str) -> Result<ReviewsView, Refusal> {
    sessions::open(app, access, id)?;
    let found = judgements(access, id, &ReviewKind::ALL)?;
    let people = &mut People::new(app, access);
    let scores =
        access
            .workspace
            .reviews(id, &[ReviewKind::Score], &access.scope, &access.reader())?;
    let decisions = access
        .workspace
        .decisions(id, &access.scope, &access.reader())?;
    let scored = &mut ScoreViews::new(app, access);
    let scores = all(scores.unwrap_or_default(), |score| scored.of(score))?;
    Ok(ReviewsView {
        blind: found.is_blind,
        verdicts: all(found.verdicts, |verdict| VerdictView::of(verdict, people))?,
        tags: all(found.tags, |tag| TagView::of(tag, people))?,
        comments: all(found.comments, |comment| CommentView::of(comment, people))?,
        answers: all(found.answers, |answer| AnswerView::of(answer, people))?,
        // One whose answers went with the session's content shows none.
        scores: scores.into_iter().flatten().collect(),
        decisions: all(decisions, |decided| {
            Ok(DecidedView {
                turn: decided.turn,
                decision: DecisionView::of(app, access, decided.decision)?,
            })
        })?,
    })
}

fn all<T, V>(of: Vec<T>, view: impl FnMut(T) -> Result<V, Refusal>) -> Result<Vec<V>, Refusal> {
    of.into_iter().map(view).collect()
}
