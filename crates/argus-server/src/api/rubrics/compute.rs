//! `POST …/rubrics/compute`: what answers would come to, for the editor's preview and the scorecard.

use argus_insight::rubric::{Answer, Arithmetic, Part, Problem, Rubric, Scope};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Input;
use crate::api::reply;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What to compute.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComputeInput {
    /// The rubric, as it is written.
    rubric: Rubric,
    /// Answers, as far as they are given.
    #[serde(default)]
    answers: Vec<Answer>,
}

/// What answers come to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComputedScore)]
pub(crate) struct ComputedView {
    #[serde(flatten)]
    score: ArithmeticView,
    /// Items without an answer: a score can be given when there are none.
    unanswered: Vec<String>,
    /// What is wrong with the rubric or the answers, all of it.
    problems: Vec<Problem>,
}

/// A score with its arithmetic.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreArithmetic)]
pub(crate) struct ArithmeticView {
    /// 0 to 100, two decimals; null when no answered item applies. Zero after an auto-fail.
    #[schema(required = true)]
    percent: Option<f64>,
    /// What it would be without the auto-fail.
    #[schema(required = true)]
    percent_before_auto_fail: Option<f64>,
    /// Whether it is a pass; null when there is no score.
    #[schema(required = true)]
    passed: Option<bool>,
    /// Items whose answers made it fail whatever else was answered.
    auto_failed: Vec<String>,
    /// What each section earned.
    arithmetic: Vec<Part>,
}

impl From<Arithmetic> for ArithmeticView {
    fn from(score: Arithmetic) -> Self {
        let percent = |points: Option<u32>| points.map(|points| f64::from(points) / 100.0);
        Self {
            percent: percent(score.basis_points),
            percent_before_auto_fail: percent(score.basis_points_before_auto_fail),
            passed: score.passed,
            auto_failed: score.auto_failed,
            arithmetic: score.sections,
        }
    }
}

/// Computes what answers to a rubric come to, whether or not the rubric is kept. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/rubrics/compute", tag = "rubrics", operation_id = "compute_score",
    params(("workspace" = String, Path)), request_body = ComputeInput, responses((status = 200, body = ComputedView)))]
pub(crate) async fn compute(
    _: Access,
    headers: HeaderMap,
    Input(asked): Input<ComputeInput>,
) -> Result<Response, Refusal> {
    let mut problems = asked.rubric.problems();
    let is_of_turns = asked.rubric.scope == Scope::Turn;
    problems.extend(asked.rubric.problems_of(&asked.answers, is_of_turns));
    let mut score = asked.rubric.score(&asked.answers);
    let unanswered = std::mem::take(&mut score.unanswered);
    reply::json(
        &headers,
        &ComputedView {
            score: score.into(),
            unanswered,
            problems,
        },
    )
}
