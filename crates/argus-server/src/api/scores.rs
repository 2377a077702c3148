//! Scores: `POST …/sessions/{session}/scores`, and how scores are shown.

use std::collections::HashMap;
use std::sync::Arc;

use argus_insight::rubric::Answer;
use argus_store::{NewScore, ReadScope, Review, ReviewKind, ScoreBody};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Input, Segments};
use super::reply;
use super::reviewer::ReviewerView;
use super::rubrics::compute::ArithmeticView;
use super::rubrics::refused;
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// A score to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewScore)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScoreInput {
    /// The rubric's id.
    rubric: String,
    /// The version that was answered.
    version: u32,
    /// The turn, where the rubric is of turns.
    turn: Option<String>,
    /// An answer to each of its items.
    answers: Vec<Answer>,
    comment: Option<String>,
    /// The item of a queue that it is given for.
    queue_item: Option<String>,
}

/// A score.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Score)]
pub(crate) struct ScoreView {
    id: String,
    rubric: String,
    /// The rubric's name now.
    rubric_name: String,
    /// The version that was answered.
    version: u32,
    #[schema(required = true)]
    turn: Option<String>,
    #[serde(flatten)]
    score: ArithmeticView,
    answers: Vec<Answer>,
    #[schema(required = true)]
    comment: Option<String>,
    #[schema(required = true)]
    queue_item: Option<String>,
    by: ReviewerView,
    at: Time,
    /// False of one that its author replaced by a newer one.
    current: bool,
}

/// Makes views of scores; looks each rubric up once.
pub(crate) struct ScoreViews<'a> {
    app: &'a App,
    access: &'a Access,
    names: HashMap<String, String>,
}

impl<'a> ScoreViews<'a> {
    pub(crate) fn new(app: &'a App, access: &'a Access) -> Self {
        Self {
            app,
            access,
            names: HashMap::new(),
        }
    }

    /// The view of a review that is a score; `None` of one whose body went with the session's content.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub(crate) fn of(&mut self, review: Review) -> Result<Option<ScoreView>, Refusal> {
        let Some(body) = review.body_as::<ScoreBody>()? else {
            return Ok(None);
        };
        Ok(Some(ScoreView {
            id: review.id.to_string(),
            rubric_name: self.name(&review.word)?,
            rubric: review.word,
            version: body.version,
            turn: review.turn,
            score: body.arithmetic.into(),
            answers: body.answers,
            comment: body.comment,
            queue_item: review.queue_item,
            by: ReviewerView::of_author(self.app, self.access, &review.author)?,
            at: Time(review.at_us),
            current: review.is_current,
        }))
    }

    fn name(&mut self, rubric: &str) -> Result<String, Refusal> {
        if let Some(name) = self.names.get(rubric) {
            return Ok(name.clone());
        }
        let found = self
            .access
            .workspace
            .rubric(rubric, None, &ReadScope::all())?;
        let name = found.map_or_else(|| rubric.to_owned(), |rubric| rubric.definition.name);
        self.names.insert(rubric.to_owned(), name.clone());
        Ok(name)
    }
}

/// Scores a session or a turn by a rubric. What the same person gave before by this rubric is kept, and no longer current.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/scores", tag = "reviews", operation_id = "give_score",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = ScoreInput,
    responses((status = 200, body = ScoreView), (status = 400, description = "The answers do not fit the rubric: `errors` says which one")))]
pub(crate) async fn give(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, session)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(new): Input<ScoreInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let workspace = &access.workspace;
            check(&access, &new)?;
            let new = NewScore {
                session_id: session.clone(),
                turn: new.turn,
                rubric: new.rubric,
                version: new.version,
                answers: new.answers,
                comment: new.comment,
                queue_item: new.queue_item,
            };
            let id = workspace.give_score(new, &access.principal.actor(), &access.scope)?;
            let kinds = [ReviewKind::Score];
            let held = workspace.reviews(&session, &kinds, &access.scope, &access.reader())?;
            let given = held
                .unwrap_or_default()
                .into_iter()
                .find(|review| review.id == id);
            let view = given
                .map(|given| ScoreViews::new(&of_app, &access).of(given))
                .transpose()?;
            view.flatten().ok_or_else(|| {
                Refusal::new(ErrorCode::NotFound, "the session was erased meanwhile")
            })
        })
        .await?;
    reply::json(&headers, &view)
}

/// # Errors
/// Invalid when an answer does not fit, with its place in the body. The store looks at all of it again.
fn check(access: &Access, new: &ScoreInput) -> Result<(), Refusal> {
    let (version, all) = (Some(new.version), ReadScope::all());
    let Some(rubric) = access.workspace.rubric(&new.rubric, version, &all)? else {
        return Ok(());
    };
    let problems = rubric
        .definition
        .problems_of(&new.answers, new.turn.is_some());
    problems
        .into_iter()
        .next()
        .map_or(Ok(()), |problem| Err(refused(problem)))
}
