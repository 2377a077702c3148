//! `GET …/agreement`: how far reviewers agree, how lenient each is, and how each does against references.

mod figures;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use argus_insight::agreement::{Level, RESAMPLES};
use argus_insight::interval::Interval;
use argus_insight::{Refused, UNITS_MIN};
use argus_store::{
    GoldJudgement, JudgedItem, JudgedItems, ReadScope, StoredRubric, TrustQuery, Workspace,
};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};

use super::extract::Params;
use super::queues::viewer;
use super::reply;
use super::reviewer::ReviewerView;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};
use figures::{Accuracy, Asked, Figure, Figures, Measured};

/// Resampling takes a core for a while: those who ask at once wait for each other, and leave the other cores to everybody else.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgreementParams {
    /// The rubric whose scores are compared; without it, verdicts are.
    rubric: Option<String>,
    /// The version whose questions are looked at; without it, the newest.
    version: Option<u32>,
    /// True for verdicts: the same as naming no rubric.
    #[serde(default)]
    verdicts: bool,
    /// Items of this queue only.
    queue: Option<String>,
    /// Judgements given at or after this time, RFC 3339.
    from: Option<String>,
    /// Judgements given before this time, RFC 3339.
    to: Option<String>,
}

/// Agreement between reviewers, from items of blind queues that everybody has judged.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewerAgreement)]
pub(crate) struct AgreementView {
    /// The rubric; null of verdicts.
    #[schema(required = true)]
    rubric: Option<String>,
    /// The version of the rubric whose questions these are; null of verdicts.
    #[schema(required = true)]
    version: Option<u32>,
    /// Items that were judged by at least one: those of which nobody is blind any more.
    items: usize,
    /// Whether there are older items than the bound lets be looked at: the figures are of the newest.
    capped: bool,
    /// Figures are given from so many items on that two judged.
    needed: usize,
    /// How many resamples of the items an interval of alpha rests on, of all and of a pair alike.
    resamples: usize,
    /// What is compared: by a rubric whether it is a pass, the score, and each item; else the verdict.
    criteria: Vec<CriterionView>,
    /// Who judged, those who judged most first.
    reviewers: Vec<ReviewerFigures>,
}

/// Agreement in one respect.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgreementCriterion)]
pub(crate) struct CriterionView {
    /// `verdict`, `passed`, `score`, or `item:` and the item's id.
    id: String,
    title: String,
    /// What the distance between two values means: `nominal`, `ordinal` or `interval`.
    level: &'static str,
    /// Judgements that none of the figures has: by a version of the rubric in which it is another question, on another scale, or (of
    /// the score and the pass) weighed in another way.
    left_out: usize,
    all: FigureView,
    /// Each pair of reviewers that judged something together.
    pairs: Vec<PairView>,
}

/// Two reviewers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgreementPair)]
pub(crate) struct PairView {
    one: ReviewerView,
    other: ReviewerView,
    figures: FigureView,
}

/// Figures over some items. One that is null has its reason beside it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgreementFigures)]
pub(crate) struct FigureView {
    /// Items that two or more judged.
    n: usize,
    /// The share of equal pairs of judgements, 0 to 1.
    #[schema(required = true)]
    raw: Option<f64>,
    /// Krippendorff's alpha.
    #[schema(required = true)]
    alpha: Option<f64>,
    /// Where alpha lies with 95 % confidence, by resampling the items.
    #[schema(required = true)]
    alpha_interval: Option<IntervalView>,
    /// Gwet's AC1; null of numbers, which have no categories.
    #[schema(required = true)]
    ac1: Option<f64>,
    /// Why the first of these that is null is.
    #[schema(required = true)]
    reason: Option<String>,
}

/// Where a figure lies with 95 % confidence.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = Interval)]
pub(crate) struct IntervalView {
    low: f64,
    high: f64,
}

impl IntervalView {
    /// In another unit.
    pub(super) fn scaled(interval: Interval, unit: f64) -> Self {
        Self {
            low: interval.low * unit,
            high: interval.high * unit,
        }
    }
}

impl From<Interval> for IntervalView {
    fn from(interval: Interval) -> Self {
        Self {
            low: interval.low,
            high: interval.high,
        }
    }
}

/// What can be said of one reviewer. Of others than oneself, only who manages queues is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewerFigures)]
pub(crate) struct ReviewerFigures {
    reviewer: ReviewerView,
    /// Items that they judged.
    judged: usize,
    #[schema(required = true)]
    leniency: Option<LeniencyView>,
    /// Why there is no leniency.
    #[schema(required = true)]
    leniency_reason: Option<String>,
    /// Against references; null where none was judged, and for who does not manage queues.
    #[schema(required = true)]
    gold: Option<AccuracyView>,
}

/// How a reviewer differs from the others on the same items.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Leniency)]
pub(crate) struct LeniencyView {
    /// Items that they and others judged.
    n: usize,
    /// Percent by which they are above the mean of the others: of scores, or of the share of good verdicts.
    difference: f64,
    /// Where it lies. Holds it zero, nothing was shown.
    interval: IntervalView,
}

/// A reviewer against references.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GoldAccuracy)]
pub(crate) struct AccuracyView {
    /// References that they judged.
    n: usize,
    /// References beside those that they judged by a version of the rubric whose score says something else.
    left_out: usize,
    /// The share judged as the reference is, 0 to 1: the same verdict, or a pass where it is one; null with none.
    #[schema(required = true)]
    right: Option<f64>,
    #[schema(required = true)]
    interval: Option<IntervalView>,
    /// The mean of their score less the reference's, in percent; null of verdicts.
    #[schema(required = true)]
    difference: Option<f64>,
    #[schema(required = true)]
    difference_interval: Option<IntervalView>,
}

/// How far reviewers agree, how lenient each is, and how each does against references.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/agreement", tag = "queues", operation_id = "get_agreement",
    params(("workspace" = String, Path), AgreementParams), responses((status = 200, body = AgreementView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<AgreementParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if params.verdicts && params.rubric.is_some() {
        let detail = "either verdicts are compared or the scores of a rubric: leave one out";
        return Err(Refusal::new(ErrorCode::InvalidRequest, detail));
    }
    let of_app = app.clone();
    let turn = ONE_AT_A_TIME.acquire().await.ok();
    let view = app
        .blocking(move || {
            // Held until it is computed, whether or not anybody still waits for it.
            let _turn = turn;
            view(&of_app, &access, params)
        })
        .await?;
    reply::json(&headers, &view)
}

fn view(app: &App, access: &Access, params: AgreementParams) -> Result<AgreementView, Refusal> {
    let workspace = &access.workspace;
    let rubric = match &params.rubric {
        None => None,
        Some(id) => Some(
            workspace
                .rubric(id, params.version, &ReadScope::all())?
                .ok_or_else(|| Refusal::new(ErrorCode::NotFound, "there is no such rubric"))?,
        ),
    };
    let query = TrustQuery {
        rubric: params.rubric.clone(),
        queue: params.queue,
        from_us: time(params.from.as_deref())?,
        to_us: time(params.to.as_deref())?,
        project: None,
        scope: access.scope.clone(),
        reader: access.reader(),
    };
    let JudgedItems { items, is_capped } = workspace.judged_items(&query)?;
    let manages = viewer(access).manages;
    let of_gold = match manages {
        true => workspace.gold_judgements(&query)?,
        false => Vec::new(),
    };
    let version = rubric.as_ref().map(|rubric| rubric.version);
    let asked = rubric
        .map(|rubric| asked(workspace, rubric, &items, &of_gold))
        .transpose()?;
    let mut gold = figures::accuracy(&of_gold, asked.as_ref());
    let Figures {
        mut reviewers,
        mut judged,
        measured,
        leniency,
    } = figures::figures(&items, figures::criteria(asked.as_ref()));
    // Who judged references only is told of too.
    for account in gold
        .keys()
        .filter(|account| !reviewers.contains(account))
        .cloned()
        .collect::<Vec<_>>()
    {
        reviewers.push(account);
        judged.push(0);
    }
    let people = reviewers
        .iter()
        .map(|account| ReviewerView::of_account(app, access, account))
        .collect::<Result<Vec<_>, _>>()?;
    let unit = if asked.is_some() { 0.01 } else { 100.0 };
    let mut told = Vec::with_capacity(people.len());
    for (place, (account, count)) in reviewers.iter().zip(judged).enumerate() {
        let reviewer = people[place].clone();
        let may_know = manages || reviewer.is_me();
        let found = leniency.get(&place).copied().unwrap_or(Err(figures::ALONE));
        let leniency_reason = match found {
            _ if !may_know => Some("shown to the reviewer and to who manages queues".to_owned()),
            Err(refused) => Some(refused.to_string()),
            Ok(_) => None,
        };
        told.push(ReviewerFigures {
            leniency: found.ok().filter(|_| may_know).map(|found| LeniencyView {
                n: found.n,
                difference: found.difference * unit,
                interval: IntervalView::scaled(found.interval, unit),
            }),
            leniency_reason,
            gold: gold.remove(account).map(Into::into),
            judged: count,
            reviewer,
        });
    }
    Ok(AgreementView {
        rubric: params.rubric,
        version,
        resamples: RESAMPLES,
        items: items.len(),
        capped: is_capped,
        needed: UNITS_MIN,
        criteria: measured
            .into_iter()
            .map(|measured| CriterionView::of(measured, &people))
            .collect(),
        reviewers: told,
    })
}

/// A rubric with the versions that these were judged by.
fn asked(
    workspace: &Workspace,
    rubric: StoredRubric,
    items: &[JudgedItem],
    gold: &[GoldJudgement],
) -> Result<Asked, Refusal> {
    let judged = items.iter().flat_map(|item| &item.judgements);
    let judged = judged.chain(gold.iter().map(|one| &one.judgement));
    let mut numbers: BTreeSet<u32> = judged.filter_map(|one| one.version).collect();
    numbers.extend(gold.iter().map(|one| one.gold.version));
    let mut versions = BTreeMap::new();
    for number in numbers {
        let found = workspace.rubric(&rubric.id, Some(number), &ReadScope::all())?;
        versions.extend(found.map(|found| (number, found.definition)));
    }
    Ok(Asked {
        rubric: rubric.definition,
        versions,
    })
}

/// # Errors
/// Invalid when it is no time.
pub(super) fn time(text: Option<&str>) -> Result<Option<i64>, Refusal> {
    text.map(|text| {
        argus_session::time::parse_rfc3339_us(text).ok_or_else(|| {
            let detail = "a time is written as RFC 3339 says, such as 2026-11-01T00:00:00Z";
            Refusal::new(ErrorCode::InvalidRequest, detail)
        })
    })
    .transpose()
}

impl CriterionView {
    fn of(measured: Measured, people: &[ReviewerView]) -> Self {
        let has_categories = measured.criterion.categories.is_some();
        let pairs = measured
            .pairs
            .into_iter()
            .map(|(one, other, figure)| PairView {
                one: people[one].clone(),
                other: people[other].clone(),
                figures: FigureView::of(figure, has_categories),
            });
        Self {
            pairs: pairs.collect(),
            left_out: measured.left_out,
            all: FigureView::of(measured.all, has_categories),
            id: measured.criterion.id,
            title: measured.criterion.title,
            level: match measured.criterion.level {
                Level::Nominal => "nominal",
                Level::Ordinal => "ordinal",
                Level::Interval => "interval",
            },
        }
    }
}

impl FigureView {
    fn of(figure: Figure, has_categories: bool) -> Self {
        let none = |refused: Refused| Self {
            n: figure.n,
            raw: None,
            alpha: None,
            alpha_interval: None,
            ac1: None,
            reason: Some(refused.to_string()),
        };
        match figure.agreement {
            Err(refused) => none(refused),
            Ok(found) => {
                let refused = found.alpha.err().or(found.alpha_interval.err());
                Self {
                    n: found.n,
                    raw: Some(found.raw),
                    alpha: found.alpha.ok(),
                    alpha_interval: found.alpha_interval.ok().map(Into::into),
                    ac1: has_categories.then_some(found.ac1),
                    reason: refused.map(|refused| refused.to_string()),
                }
            }
        }
    }
}

impl From<Accuracy> for AccuracyView {
    fn from(found: Accuracy) -> Self {
        Self {
            n: found.n,
            left_out: found.left_out,
            right: found.right.map(|(share, _)| share),
            interval: found.right.map(|(_, interval)| interval.into()),
            difference: found.difference,
            difference_interval: found.difference_interval.map(Into::into),
        }
    }
}
