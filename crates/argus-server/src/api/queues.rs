//! Review queues: what is to be judged, by whom, and how far that is.

pub(crate) mod change;
pub(crate) mod close;
pub(crate) mod create;
pub(crate) mod fill;
pub(crate) mod get;
pub(crate) mod item;
pub(crate) mod items;
pub(crate) mod list;
pub(crate) mod next;

use argus_insight::rubric::Scope;
use argus_store::{Queue, QueueKind, QueueSettings, QueueViewer, Rule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::time::Time;
use crate::auth::permission::{self, Permission};
use crate::auth::principal::{Access, Principal};
use crate::refusal::{ErrorCode, Refusal};

/// What a queue is for.
#[derive(Debug, ToSchema)]
#[schema(as = QueueKind, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum QueueKindName {
    /// Judging: an item is done when as many as it needs have judged it.
    Review,
    /// Learning to judge alike: everybody judges every item by themselves, until it is revealed.
    Calibration,
}

/// What puts sessions into a queue by itself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = QueueRule)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum RuleView {
    /// The first sessions that ran each new version of a skill: one whose first run is at most 30 days ago.
    NewSkillVersion {
        /// Of this skill only; null: of any.
        #[serde(default)]
        #[schema(required = true)]
        skill: Option<String>,
        /// How many of each version.
        #[serde(default = "default_sessions")]
        sessions: u32,
    },
    /// A random sample of each project's sessions of each week (from Monday, UTC) that ended a day ago or more, at most twelve weeks
    /// back.
    Random {
        /// Which share, in percent; rounded up, so that each project has at least one.
        percent: f64,
        /// What is drawn by: the same seed draws the same.
        seed: String,
        /// From what is drawn by itself.
        #[serde(default)]
        per: StratumName,
    },
    /// Sessions of the last 30 days in which something failed.
    Errors {
        /// Only those that this filter finds too.
        #[serde(default)]
        #[schema(required = true)]
        filter: Option<String>,
    },
    /// Sessions of the last 30 days that were not accepted as they were.
    NotAccepted {
        /// Only those that this filter finds too.
        #[serde(default)]
        #[schema(required = true)]
        filter: Option<String>,
    },
    /// Sessions that a filter finds.
    View {
        /// The filter.
        filter: String,
    },
}

/// From what a sample is drawn by itself.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = SampleStratum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StratumName {
    /// The sessions of one project in one week.
    #[default]
    ProjectWeek,
}

const fn default_sessions() -> u32 {
    20
}

impl From<RuleView> for Rule {
    fn from(rule: RuleView) -> Self {
        match rule {
            RuleView::NewSkillVersion { skill, sessions } => {
                Self::NewSkillVersion { skill, sessions }
            }
            RuleView::Random { percent, seed, .. } => Self::Random { percent, seed },
            RuleView::Errors { filter } => Self::Errors { filter },
            RuleView::NotAccepted { filter } => Self::NotAccepted { filter },
            RuleView::View { filter } => Self::View { filter },
        }
    }
}

impl From<Rule> for RuleView {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::NewSkillVersion { skill, sessions } => Self::NewSkillVersion { skill, sessions },
            Rule::Random { percent, seed } => Self::Random {
                percent,
                seed,
                per: StratumName::ProjectWeek,
            },
            Rule::Errors { filter } => Self::Errors { filter },
            Rule::NotAccepted { filter } => Self::NotAccepted { filter },
            Rule::View { filter } => Self::View { filter },
        }
    }
}

/// How a queue is set up.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewQueue)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueInput {
    name: String,
    /// The rubric that items are scored by; null: by verdicts.
    #[serde(default)]
    rubric: Option<String>,
    #[serde(default = "default_kind")]
    #[schema(value_type = QueueKindName)]
    kind: QueueKind,
    /// What an item is: a session, or a turn. The same as the rubric is of.
    #[serde(default = "default_scope")]
    scope: Scope,
    /// How many judge each item, 1 to 20. A calibration takes everybody.
    #[serde(default = "default_reviewers")]
    reviewers_per_item: u32,
    /// Whether nobody sees what others said until all have judged an item.
    #[serde(default = "default_blind")]
    blind: bool,
    /// Days after which an item is due.
    #[serde(default)]
    due_days: Option<u32>,
    /// How long an item is somebody's who took it.
    #[serde(default = "default_minutes")]
    reservation_minutes: u32,
    /// The accounts that it is for; none: everybody who may judge.
    #[serde(default)]
    reviewers: Vec<String>,
    #[serde(default)]
    rules: Vec<RuleView>,
    /// About one of how many places is taken by a session with a reference, 2 to 100; null: none is. Blind queues only.
    #[serde(default)]
    gold_every: Option<u32>,
    /// The revision that was looked at, where a queue is changed.
    #[serde(default)]
    revision: Option<u32>,
}

const fn default_kind() -> QueueKind {
    QueueKind::Review
}

const fn default_scope() -> Scope {
    Scope::Session
}

const fn default_reviewers() -> u32 {
    1
}

const fn default_blind() -> bool {
    true
}

const fn default_minutes() -> u32 {
    60
}

impl QueueInput {
    /// # Errors
    /// Invalid when one of the reviewers may not judge in this workspace.
    fn settings(self, access: &Access) -> Result<QueueSettings, Refusal> {
        for (place, account) in self.reviewers.iter().enumerate() {
            let member = access.workspace.member(account)?;
            let may = member.is_some_and(|member| {
                permission::of_role(member.grant.role).contains(&Permission::ReviewsWrite)
            });
            if !may {
                let detail = "this account may not judge in this workspace: an owner or admin can make it a reviewer";
                return Err(Refusal::new(ErrorCode::InvalidRequest, detail)
                    .at(format!("/reviewers/{place}")));
            }
        }
        Ok(QueueSettings {
            name: self.name,
            rubric: self.rubric,
            kind: self.kind,
            scope: self.scope,
            reviewers_per_item: self.reviewers_per_item,
            is_blind: self.blind,
            due_days: self.due_days,
            reservation_minutes: self.reservation_minutes,
            reviewers: self.reviewers,
            rules: self.rules.into_iter().map(Into::into).collect(),
            gold_every: self.gold_every,
            projects: access.scope.projects.clone(),
        })
    }
}

/// A queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Queue)]
pub(crate) struct QueueView {
    id: String,
    name: String,
    /// The rubric that items are scored by; null: by verdicts.
    #[schema(required = true)]
    rubric: Option<String>,
    #[schema(value_type = QueueKindName)]
    kind: QueueKind,
    scope: Scope,
    reviewers_per_item: u32,
    blind: bool,
    #[schema(required = true)]
    due_days: Option<u32>,
    reservation_minutes: u32,
    /// The accounts that it is for; none: everybody who may judge. Null for who does not manage queues.
    #[schema(required = true)]
    reviewers: Option<Vec<String>>,
    /// What fills it; null for who does not manage queues: it says what an item is likely to be.
    #[schema(required = true)]
    rules: Option<Vec<RuleView>>,
    /// About one of how many places is taken by a session with a reference; null too for who does not manage queues.
    #[schema(required = true)]
    gold_every: Option<u32>,
    closed: bool,
    counts: CountsView,
    mine: MineView,
    /// How often it was set up.
    revision: u32,
    /// When it was set up last.
    at: Time,
}

/// How many of the items that the reader may read are in each state.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueCounts)]
pub(crate) struct CountsView {
    needs_review: u64,
    in_review: u64,
    needs_others: u64,
    disputed: u64,
    complete: u64,
}

/// What the reader has to do with a queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueMine)]
pub(crate) struct MineView {
    /// Items that are theirs now.
    open: u64,
    /// Items that they judged.
    done: u64,
    /// Items that they could judge now, those that are theirs included.
    available: u64,
    /// When the first of those is due.
    #[schema(required = true)]
    due_at: Option<Time>,
}

impl From<argus_store::Mine> for MineView {
    fn from(mine: argus_store::Mine) -> Self {
        Self {
            open: mine.open,
            done: mine.done,
            available: mine.available,
            due_at: mine.due_at_us.map(Time),
        }
    }
}

impl QueueView {
    fn of(queue: Queue, viewer: &QueueViewer) -> Self {
        let (settings, counts) = (queue.settings, queue.counts);
        let is_told = viewer.manages && queue.is_theirs;
        Self {
            id: queue.id,
            name: settings.name,
            rubric: settings.rubric,
            kind: settings.kind,
            scope: settings.scope,
            reviewers_per_item: settings.reviewers_per_item,
            blind: settings.is_blind,
            due_days: settings.due_days,
            reservation_minutes: settings.reservation_minutes,
            reviewers: is_told.then_some(settings.reviewers),
            rules: is_told.then(|| settings.rules.into_iter().map(Into::into).collect()),
            gold_every: settings.gold_every.filter(|_| is_told),
            closed: queue.is_closed,
            counts: CountsView {
                needs_review: counts.needs_review,
                in_review: counts.in_review,
                needs_others: counts.needs_others,
                disputed: counts.disputed,
                complete: counts.complete,
            },
            mine: queue.mine.into(),
            revision: queue.revision,
            at: Time(queue.at_us),
        }
    }
}

/// Who looks at queues.
pub(crate) fn viewer(access: &Access) -> QueueViewer {
    let account = match &access.principal {
        Principal::Account { account, .. } => Some(account.id.clone()),
        Principal::Key(_) => None,
    };
    QueueViewer {
        account,
        manages: access.permissions.contains(&Permission::ReviewsManage),
        scope: access.scope.clone(),
    }
}

/// A queue as who asks sees it.
fn view(access: &Access, id: &str) -> Result<QueueView, Refusal> {
    let viewer = viewer(access);
    let found = access.workspace.queue(id, &viewer)?.ok_or_else(no_queue)?;
    Ok(QueueView::of(found, &viewer))
}

fn no_queue() -> Refusal {
    Refusal::new(ErrorCode::NotFound, "there is no such queue")
}
