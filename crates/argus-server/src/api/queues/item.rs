//! An item of a queue, as answers show it.

use argus_store::{DecisionText, ItemState, QueueItem, QueuePart, Reason, SeenPart};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::reviewer::ReviewerView;
use super::super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// In which state an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
#[schema(as = QueueItemState)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateName {
    /// Nobody has judged it, and nobody is at it.
    NeedsReview,
    /// Nobody has judged it; somebody is at it.
    InReview,
    /// Some have judged it, fewer than it needs.
    NeedsOthers,
    /// All have judged it, and they differ.
    Disputed,
    /// All have judged it and agree, or their dispute is decided.
    Complete,
}

impl From<ItemState> for StateName {
    fn from(state: ItemState) -> Self {
        match state {
            ItemState::NeedsReview => Self::NeedsReview,
            ItemState::InReview => Self::InReview,
            ItemState::NeedsOthers => Self::NeedsOthers,
            ItemState::Disputed => Self::Disputed,
            ItemState::Complete => Self::Complete,
        }
    }
}

impl From<StateName> for ItemState {
    fn from(state: StateName) -> Self {
        match state {
            StateName::NeedsReview => Self::NeedsReview,
            StateName::InReview => Self::InReview,
            StateName::NeedsOthers => Self::NeedsOthers,
            StateName::Disputed => Self::Disputed,
            StateName::Complete => Self::Complete,
        }
    }
}

/// What somebody has to do with an item.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = QueuePart)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartName {
    /// It is theirs until a time.
    Reserved,
    /// Somebody gave it to them.
    Assigned,
    /// They judged it.
    Done,
    /// They do not want to judge it.
    Skipped,
    /// They had it, and gave it back.
    Released,
}

impl From<QueuePart> for PartName {
    fn from(part: QueuePart) -> Self {
        match part {
            QueuePart::Reserved => Self::Reserved,
            QueuePart::Assigned => Self::Assigned,
            QueuePart::Done => Self::Done,
            QueuePart::Skipped => Self::Skipped,
            QueuePart::Released => Self::Released,
        }
    }
}

/// An item of a queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueItem)]
pub(crate) struct QueueItemView {
    id: String,
    queue: String,
    session: String,
    #[schema(required = true)]
    turn: Option<String>,
    /// Its state. Of an item that is blind a reviewer is told what follows from what they did themselves only.
    state: StateName,
    reason: ReasonView,
    added_at: Time,
    #[schema(required = true)]
    due_at: Option<Time>,
    /// Until when it is the reader's.
    #[schema(required = true)]
    reserved_until: Option<Time>,
    /// Whether it is the reader's now: reserved or given to them.
    mine: bool,
    /// What the reader has to do with it.
    #[schema(required = true)]
    my_part: Option<PartName>,
    reviewers_needed: u32,
    /// How many have judged it; null while that is hidden.
    #[schema(required = true)]
    reviewers_done: Option<u32>,
    /// Whether what others said is hidden: by this queue, or by another that the session is in. In a queue that has references it is to
    /// who does not manage it, until it is closed.
    blind: bool,
    /// Who has to do with it, and what they said. While it is blind: the reader alone; for who manages queues, all names and nothing of
    /// what others said.
    parts: Vec<PartView>,
    /// How far the scores lie apart, in percent; null with fewer than two.
    #[schema(required = true)]
    spread: Option<f64>,
    #[schema(required = true)]
    decision: Option<DecisionView>,
    /// Whether reviewers are compared with a reference here; null for who does not manage queues.
    #[schema(required = true)]
    gold: Option<bool>,
}

/// Why an item is in its queue.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = QueueReason)]
pub(crate) struct ReasonView {
    /// `hand`, `new_skill_version`, `random`, `errors`, `not_accepted`, `view`, `gone` when it went with the session's content,
    /// or `hidden`, without a text: while the item is blind, only who manages queues is told.
    kind: &'static str,
    /// In words.
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill: Option<String>,
    /// The hash of the skill's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    /// The how-manieth session that ran it.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    /// The first moment of the week.
    #[serde(skip_serializing_if = "Option::is_none")]
    week: Option<Time>,
    /// How many sessions there were.
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    /// How many of them were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    drawn: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
}

impl From<Option<Reason>> for ReasonView {
    fn from(reason: Option<Reason>) -> Self {
        let of = |kind: &'static str, text: String| Self {
            kind,
            text,
            ..Self::default()
        };
        match reason {
            None => of(
                "gone",
                "The reason went with the session's content".to_owned(),
            ),
            Some(Reason::Hand { text }) => of("hand", text),
            Some(Reason::Hidden {}) => of("hidden", String::new()),
            Some(Reason::Errors {}) => of("errors", "Something in it failed".to_owned()),
            Some(Reason::NotAccepted {}) => {
                of("not_accepted", "It was not accepted as it was".to_owned())
            }
            Some(Reason::View { filter }) => Self {
                filter: Some(filter.clone()),
                ..of("view", format!("Found by the filter {filter}"))
            },
            Some(Reason::NewSkillVersion { skill, hash, place }) => Self {
                skill: Some(skill.clone()),
                hash: Some(hash),
                place: Some(place),
                ..of(
                    "new_skill_version",
                    format!("Session {place} that ran a new version of {skill}"),
                )
            },
            Some(Reason::Random {
                seed,
                project,
                week_us,
                population,
                drawn,
            }) => {
                let week = argus_session::time::rfc3339(week_us);
                let day = week.split('T').next().unwrap_or_default();
                let text = format!(
                    "Drawn at random: {drawn} of {population} sessions of {project} in the week from {day}"
                );
                Self {
                    seed: Some(seed),
                    project: Some(project),
                    week: Some(Time(week_us)),
                    population: Some(population),
                    drawn: Some(drawn),
                    ..of("random", text)
                }
            }
        }
    }
}

/// Somebody's part in an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueItemPart)]
pub(crate) struct PartView {
    by: ReviewerView,
    part: PartName,
    at: Time,
    /// What they said: good or wrong.
    #[schema(required = true)]
    verdict: Option<String>,
    /// The score's id.
    #[schema(required = true)]
    score: Option<String>,
    #[schema(required = true)]
    percent: Option<f64>,
    #[schema(required = true)]
    passed: Option<bool>,
    #[schema(required = true)]
    skip_reason: Option<String>,
}

/// What was decided of an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueDecision)]
pub(crate) struct DecisionView {
    /// Why.
    #[schema(required = true)]
    text: Option<String>,
    by: ReviewerView,
    at: Time,
    #[schema(required = true)]
    verdict: Option<String>,
    #[schema(required = true)]
    score: Option<String>,
    #[schema(required = true)]
    percent: Option<f64>,
    #[schema(required = true)]
    passed: Option<bool>,
}

fn percent(basis_points: Option<i64>) -> Option<f64> {
    basis_points.map(|points| points as f64 / 100.0)
}

impl PartView {
    fn of(app: &App, access: &Access, part: SeenPart) -> Result<Self, Refusal> {
        let said = part.submission.unwrap_or_default();
        Ok(Self {
            by: ReviewerView::of_account(app, access, &part.account)?,
            part: part.part.into(),
            at: Time(part.at_us),
            verdict: said.verdict,
            score: said.score_review.map(|id| id.to_string()),
            percent: percent(said.basis_points),
            passed: said.passed,
            skip_reason: part.skip_reason,
        })
    }
}

impl DecisionView {
    pub(crate) fn of(app: &App, access: &Access, decision: DecisionText) -> Result<Self, Refusal> {
        Ok(Self {
            by: ReviewerView::of_account(app, access, &decision.account)?,
            text: decision.text,
            at: Time(decision.at_us),
            verdict: decision.verdict,
            score: decision.score_review.map(|id| id.to_string()),
            percent: percent(decision.basis_points),
            passed: decision.passed,
        })
    }
}

impl QueueItemView {
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(app: &App, access: &Access, item: QueueItem) -> Result<Self, Refusal> {
        let points: Vec<i64> = item
            .parts
            .iter()
            .filter_map(|part| part.submission.as_ref()?.basis_points)
            .collect();
        let ends = points.iter().max().zip(points.iter().min());
        let spread = ends
            .filter(|_| points.len() > 1)
            .map(|(high, low)| (high - low) as f64 / 100.0);
        Ok(Self {
            mine: item.mine == Some(QueuePart::Assigned) || item.reserved_until_us.is_some(),
            id: item.id,
            queue: item.queue,
            session: item.session_id,
            turn: item.turn,
            state: item.state.into(),
            reason: item.reason.into(),
            added_at: Time(item.at_us),
            due_at: item.due_at_us.map(Time),
            reserved_until: item.reserved_until_us.map(Time),
            my_part: item.mine.map(Into::into),
            reviewers_needed: item.reviewers,
            reviewers_done: item.reviewers_done,
            blind: item.is_blind,
            parts: item
                .parts
                .into_iter()
                .map(|part| PartView::of(app, access, part))
                .collect::<Result<_, _>>()?,
            spread,
            decision: item
                .decision
                .map(|decision| DecisionView::of(app, access, decision))
                .transpose()?,
            gold: item.is_gold,
        })
    }
}
