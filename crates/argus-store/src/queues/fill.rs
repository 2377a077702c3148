//! Filling queues by their rules: what there is, looked up; what of it to add, decided in [`decide`], pure.

mod candidates;
mod decide;
mod drawn;

use std::collections::BTreeSet;

use self::drawn::{Mark, to_look_at};
use super::add::{Addition, NewSample};
use super::item::Reason;
use super::set_up::{Held, open_ids, open_queue};
use super::settings::{Rule, parsed};
use crate::limits::{FILL_ADDED_MAX, FILL_LOOKED_MAX};
use crate::query::SessionQuery;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, ReviewReader, StoreError};

pub(crate) use drawn::Drawn;

/// A week, in microseconds.
pub(crate) const WEEK_US: i64 = 7 * DAY_US;
/// A day, in microseconds.
pub(crate) const DAY_US: i64 = 24 * 60 * 60 * 1_000_000;

/// What filling did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FillReport {
    /// Items that were added.
    pub added: u64,
    /// Samples that were drawn: one for each project and week.
    pub samples: u64,
}

/// The filter of sessions whose first answer was not accepted as it was.
const NOT_ACCEPTED: &str = "first_turn:not_accepted";
/// Rules that find what happened look no further back.
const RECENT: &str = "started>30d";

impl Workspace {
    /// Does now what a queue's rules say, each: one that fails stops no other, and is told of at the end. Doing it again adds nothing
    /// that is there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such queue, [`StoreError::Conflict`] when it is closed, [`StoreError::Invalid`]
    /// when it is full, [`StoreError::Forbidden`] when it takes in what `scope` does not let be read.
    pub fn fill_queue(
        &self,
        queue: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<FillReport, StoreError> {
        let keys = &self.inner().keys;
        let held = self.read(|connection| {
            let held = open_queue(connection, keys, queue)?;
            held.check_is_of(connection, scope)?;
            Ok(held)
        })?;
        let mut report = FillReport::default();
        let mut failed = None;
        for rule in &held.settings.rules {
            let filled = match rule {
                Rule::Random { percent, seed } => {
                    self.draw(&held, *percent, seed, actor, &mut report)
                }
                _ => self.additions(&held, rule).and_then(|additions| {
                    report.added += self.put_into_queue(queue, additions, Vec::new(), actor)?;
                    Ok(())
                }),
            };
            if let Err(error) = filled {
                failed = failed.or(Some(error));
            }
        }
        match failed {
            None => Ok(report),
            Some(error) => Err(error),
        }
    }

    /// Fills every open queue; a queue that cannot be filled stops no other. What was added, and what went wrong.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn fill_queues(&self) -> Result<(FillReport, Vec<(String, StoreError)>), StoreError> {
        let ids = self.read(open_ids)?;
        let (mut all, mut failed) = (FillReport::default(), Vec::new());
        for id in ids {
            match self.fill_queue(&id, &Actor::system(), &ReadScope::all()) {
                Ok(report) => {
                    all.added += report.added;
                    all.samples += report.samples;
                }
                // Closed meanwhile.
                Err(StoreError::Conflict(_) | StoreError::NotFound { .. }) => {}
                Err(error) => failed.push((id, error)),
            }
        }
        Ok((all, failed))
    }

    /// Draws from each week that may have something to be drawn; a week that has no room keeps no other from being drawn.
    fn draw(
        &self,
        queue: &Held,
        percent: f64,
        seed: &str,
        actor: &Actor,
        report: &mut FillReport,
    ) -> Result<(), StoreError> {
        let weeks = decide::closed_weeks(self.now_us());
        let up_to = self.projected_up_to()?;
        let mark = weeks.first().map(|&week_us| Mark { up_to, week_us });
        let before = self.inner().drawn.of(&queue.id, seed);
        let weeks = self.read(|connection| to_look_at(connection, weeks, before, up_to))?;
        let mut full = None;
        for week_us in weeks {
            let (additions, samples) = self.drawn_of_week(queue, percent, seed, week_us)?;
            let drawn = samples.len() as u64;
            match self.put_into_queue(&queue.id, additions, samples, actor) {
                Ok(added) => {
                    report.added += added;
                    report.samples += drawn;
                }
                Err(error @ StoreError::Invalid(_)) => full = Some(error),
                Err(error) => return Err(error),
            }
        }
        // Items do not leave a queue: what has no room now is not looked at every minute.
        if let Some(mark) = mark {
            self.inner().drawn.note(&queue.id, seed, mark);
        }
        full.map_or(Ok(()), Err)
    }

    fn drawn_of_week(
        &self,
        queue: &Held,
        percent: f64,
        seed: &str,
        week_us: i64,
    ) -> Result<(Vec<Addition>, Vec<NewSample>), StoreError> {
        let scope = scope_of(queue);
        let (population, before) = self.read(|connection| {
            let before = candidates::drawn_before(connection, &queue.id, seed, week_us)?;
            Ok((candidates::population(connection, &scope, week_us)?, before))
        })?;
        let (mut additions, mut samples) = (Vec::new(), Vec::new());
        for (sample, sessions) in decide::sample(seed, percent, week_us, &population, &before) {
            let place = i64::try_from(samples.len()).unwrap_or(i64::MAX);
            additions.extend(sessions.into_iter().map(|session| Addition {
                session,
                turn: None,
                reason: Reason::Random {
                    seed: sample.seed.clone(),
                    project: sample.project.clone(),
                    week_us,
                    population: sample.population,
                    drawn: sample.drawn,
                },
                sample: Some(place),
                is_there: false,
            }));
            samples.push(sample);
        }
        Ok((additions, samples))
    }

    /// What a rule that does not draw adds now.
    fn additions(&self, queue: &Held, rule: &Rule) -> Result<Vec<Addition>, StoreError> {
        let now_us = self.now_us();
        let scope = scope_of(queue);
        Ok(match rule {
            Rule::NewSkillVersion { skill, sessions } => {
                let runs = self.read(|connection| {
                    candidates::runs(connection, skill.as_deref(), *sessions, &scope, now_us)
                })?;
                decide::new_versions(runs)
            }
            // Drawn week by week: see `draw`.
            Rule::Random { .. } => Vec::new(),
            Rule::Errors { filter } => {
                let found = self.found(queue, &format!("errors>0 {RECENT}"), filter.as_deref())?;
                decide::each(found, &Reason::Errors {})
            }
            Rule::NotAccepted { filter } => {
                let found = self.found(
                    queue,
                    &format!("{NOT_ACCEPTED} {RECENT}"),
                    filter.as_deref(),
                )?;
                decide::each(found, &Reason::NotAccepted {})
            }
            Rule::View { filter } => {
                let reason = Reason::View {
                    filter: filter.clone(),
                };
                decide::each(self.found(queue, "", Some(filter))?, &reason)
            }
        })
    }

    /// The newest sessions that a filter finds and the queue does not have.
    fn found(&self, queue: &Held, base: &str, more: Option<&str>) -> Result<Vec<i64>, StoreError> {
        let filter = parsed(&format!("{base} {}", more.unwrap_or_default()))?;
        let query = SessionQuery {
            filter,
            limit: FILL_LOOKED_MAX,
            scope: scope_of(queue),
            // A rule is nobody: of what is reviewed blind it knows nothing.
            reader: ReviewReader::nobody(),
            ..SessionQuery::default()
        };
        let mut found = self.numbers(&query)?;
        self.read(|connection| {
            let has: BTreeSet<i64> = candidates::sessions_of(connection, &queue.id)?;
            found.retain(|session| !has.contains(session));
            found.truncate(FILL_ADDED_MAX);
            Ok(found)
        })
    }
}

/// What a queue may take in by itself: what who made it may read, even when somebody else, or nobody, runs its rules.
fn scope_of(queue: &Held) -> ReadScope {
    ReadScope {
        projects: queue.settings.projects.clone(),
        own_of: None,
    }
}
