//! What a queue is set up to do, and whether it can be.

use argus_insight::rubric::Scope;
use argus_session::filter::Filter;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::limits::{QUEUE_REVIEWERS_MAX, QUEUE_RULES_MAX};

/// What a queue is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueKind {
    /// Judging: an item is done when as many as it needs have judged it.
    Review,
    /// Learning to judge alike: everybody judges every item by themselves, until who manages reveals it.
    Calibration,
}

/// What puts sessions into a queue by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// The first sessions that ran each new version of a skill.
    NewSkillVersion {
        /// Of this skill only.
        skill: Option<String>,
        /// How many of each version.
        sessions: u32,
    },
    /// A random sample of each project's sessions of each week that is over.
    Random {
        /// Which share, in percent.
        percent: f64,
        /// What the sample is drawn by.
        seed: String,
    },
    /// Sessions in which something failed.
    Errors {
        /// Only those that this finds too.
        filter: Option<String>,
    },
    /// Sessions whose first answer was not accepted as it was.
    NotAccepted {
        /// Only those that this finds too.
        filter: Option<String>,
    },
    /// Sessions that a filter finds.
    View {
        /// The filter.
        filter: String,
    },
}

impl Rule {
    /// Its name, as reasons say it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NewSkillVersion { .. } => "new_skill_version",
            Self::Random { .. } => "random",
            Self::Errors { .. } => "errors",
            Self::NotAccepted { .. } => "not_accepted",
            Self::View { .. } => "view",
        }
    }

    /// The filter that it has.
    pub(super) fn filter(&self) -> Option<&str> {
        match self {
            Self::Errors { filter } | Self::NotAccepted { filter } => filter.as_deref(),
            Self::View { filter } => Some(filter),
            Self::NewSkillVersion { .. } | Self::Random { .. } => None,
        }
    }
}

/// How a queue is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueueSettings {
    /// Its name.
    pub name: String,
    /// The rubric that its items are scored by; `None`: by verdicts.
    pub rubric: Option<String>,
    /// What it is for.
    pub kind: QueueKind,
    /// What an item is.
    pub scope: Scope,
    /// How many judge each item.
    pub reviewers_per_item: u32,
    /// Whether nobody sees what others said until all have judged an item.
    pub is_blind: bool,
    /// Days after which an item is due.
    pub due_days: Option<u32>,
    /// How long an item is somebody's who took it.
    pub reservation_minutes: u32,
    /// The accounts that it is for; none: everybody who may judge.
    pub reviewers: Vec<String>,
    /// What fills it.
    pub rules: Vec<Rule>,
    /// One of how many places is taken by a session with a reference, which reviewers are compared with; `None`: none is.
    pub gold_every: Option<u32>,
    /// The projects that it takes sessions of by itself: those of who made it, for good; `None`: all.
    #[serde(default)]
    pub projects: Option<Vec<String>>,
}

impl QueueSettings {
    /// # Errors
    /// [`StoreError::Invalid`] with what cannot be, and what can.
    pub fn check(&self) -> Result<(), StoreError> {
        let all = [
            between(
                "a queue's name",
                "bytes",
                self.name.trim().len() as u64,
                1,
                200,
            ),
            between(
                "an item",
                "reviewers",
                u64::from(self.reviewers_per_item),
                1,
                20,
            ),
            between(
                "a reservation",
                "minutes",
                u64::from(self.reservation_minutes),
                1,
                10_080,
            ),
            between(
                "being due",
                "days",
                u64::from(self.due_days.unwrap_or(1)),
                1,
                365,
            ),
            between(
                "a place of a reference",
                "places",
                u64::from(self.gold_every.unwrap_or(2)),
                2,
                100,
            ),
            between(
                "a queue",
                "rules",
                self.rules.len() as u64,
                0,
                QUEUE_RULES_MAX as u64,
            ),
            between(
                "a queue",
                "named reviewers",
                self.reviewers.len() as u64,
                0,
                QUEUE_REVIEWERS_MAX as u64,
            ),
        ];
        all.into_iter().collect::<Result<(), _>>()?;
        let (needed, named) = (self.reviewers_per_item as usize, self.reviewers.len());
        if self.kind == QueueKind::Review && named > 0 && named < needed {
            return Err(StoreError::Invalid(format!(
                "an item needs {needed} reviewers, and {named} are named: no item would ever be complete"
            )));
        }
        if self.kind == QueueKind::Calibration && !self.is_blind {
            return Err(invalid("a calibration is blind until it is revealed"));
        }
        if self.gold_every.is_some() && !self.is_blind {
            return Err(invalid(
                "references are put only into queues that are blind: others would show which they are",
            ));
        }
        if self.gold_every.is_some() && self.kind == QueueKind::Calibration {
            return Err(invalid(
                "a calibration compares reviewers with each other: it takes no references",
            ));
        }
        self.rules.iter().try_for_each(Rule::check)
    }
}

impl Rule {
    fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::NewSkillVersion { sessions, .. } => between(
                "a version of a skill",
                "sessions",
                u64::from(*sessions),
                1,
                200,
            ),
            Self::Random { percent, seed } => {
                if !(*percent > 0.0 && *percent <= 100.0) {
                    return Err(invalid("a share is above 0 and at most 100 percent"));
                }
                let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
                if seed.is_empty() || seed.len() > 64 || !seed.bytes().all(is_word) {
                    return Err(invalid(
                        "a seed has 1 to 64 letters, digits, dots, dashes and underscores",
                    ));
                }
                Ok(())
            }
            Self::Errors { filter } | Self::NotAccepted { filter } => filter
                .as_deref()
                .map_or(Ok(()), |text| parsed(text).map(drop)),
            Self::View { filter } => parsed(filter).map(drop),
        }
    }
}

/// A filter as a rule has it.
pub(super) fn parsed(text: &str) -> Result<Filter, StoreError> {
    Filter::parse(text)
        .map_err(|error| StoreError::Invalid(format!("the filter of a rule: {error}")))
}

fn between(what: &str, unit: &str, found: u64, min: u64, max: u64) -> Result<(), StoreError> {
    if (min..=max).contains(&found) {
        return Ok(());
    }
    Err(StoreError::Invalid(format!(
        "{what} has {min} to {max} {unit}"
    )))
}

fn invalid(text: &str) -> StoreError {
    StoreError::Invalid(text.to_owned())
}
