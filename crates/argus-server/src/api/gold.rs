//! `GET …/gold` and `POST …/gold`: the references that reviewers are compared with.

use std::sync::Arc;

use argus_insight::rubric::Answer;
use argus_store::{Gold, NewGold};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::Input;
use super::reply::{self, List};
use super::reviewer::ReviewerView;
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A reference.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Gold)]
pub(crate) struct GoldView {
    session: String,
    #[schema(required = true)]
    turn: Option<String>,
    /// The rubric that the answers are of; null of a verdict.
    #[schema(required = true)]
    rubric: Option<String>,
    /// The version that was answered; null of a verdict.
    #[schema(required = true)]
    version: Option<u32>,
    #[schema(required = true)]
    verdict: Option<String>,
    #[schema(required = true)]
    percent: Option<f64>,
    answers: Vec<Answer>,
    #[schema(required = true)]
    note: Option<String>,
    by: ReviewerView,
    at: Time,
}

impl GoldView {
    fn of(app: &App, access: &Access, gold: Gold) -> Result<Self, Refusal> {
        Ok(Self {
            session: gold.session_id,
            turn: gold.turn,
            version: gold.rubric.as_ref().map(|_| gold.version),
            rubric: gold.rubric,
            verdict: gold.verdict,
            percent: gold.basis_points.map(|points| points as f64 / 100.0),
            answers: gold.answers,
            note: gold.note,
            by: ReviewerView::of_account(app, access, &gold.account)?,
            at: Time(gold.at_us),
        })
    }
}

/// A reference to be set, or taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewGold)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoldInput {
    session: String,
    #[serde(default)]
    turn: Option<String>,
    /// The rubric that the answers are of, in its newest version; null for a verdict.
    #[serde(default)]
    rubric: Option<String>,
    #[serde(default)]
    answers: Vec<Answer>,
    /// Good or wrong.
    #[serde(default)]
    verdict: Option<String>,
    #[serde(default)]
    note: Option<String>,
    /// True to take the reference away.
    #[serde(default)]
    remove: bool,
}

/// The references, the newest first. Reviewers are never told which sessions have one.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/gold", tag = "queues", operation_id = "list_gold",
    params(("workspace" = String, Path)), responses((status = 200, body = List<GoldView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app.blocking(move || all(&of_app, &access)).await?;
    reply::json(&headers, &List { items })
}

/// Sets a reference, or takes one away; all that there are then.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/gold", tag = "queues", operation_id = "set_gold",
    params(("workspace" = String, Path)), request_body = GoldInput, responses((status = 200, body = List<GoldView>)))]
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(new): Input<GoldInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let new = NewGold {
                session_id: new.session,
                turn: new.turn,
                rubric: new.rubric,
                answers: new.answers,
                verdict: new.verdict,
                note: new.note,
                is_removed: new.remove,
            };
            let actor = access.principal.actor();
            access.workspace.set_gold(new, &actor, &access.scope)?;
            all(&of_app, &access)
        })
        .await?;
    reply::json(&headers, &List { items })
}

fn all(app: &App, access: &Access) -> Result<Vec<GoldView>, Refusal> {
    let found = access.workspace.gold(&access.scope)?;
    found
        .into_iter()
        .map(|gold| GoldView::of(app, access, gold))
        .collect()
}
