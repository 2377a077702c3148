//! What a rule adds: pure. The same sessions, rule and time give the same.

use std::collections::{BTreeMap, BTreeSet};

use argus_insight::sample as insight;

use super::super::add::{Addition, NewSample};
use super::super::item::Reason;
use super::{DAY_US, WEEK_US};

/// How many weeks back samples are drawn.
const WEEKS: i64 = 12;
/// How long after its end a week is taken for over: what was captured late is there by then.
const SETTLING_US: i64 = DAY_US;
/// Monday, 5 January 1970, in microseconds: weeks begin on Mondays, in UTC.
const FIRST_MONDAY_US: i64 = 4 * DAY_US;

/// A session of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The project that it is counted in: the first by name of those that it is of.
    pub(super) project: String,
    pub(super) session: i64,
    pub(super) id: String,
}

/// A session that ran a version of a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) skill: String,
    pub(super) hash: String,
    pub(super) session: i64,
    /// The how-manieth that ran it, from 1 on.
    pub(super) place: u32,
}

/// The first moments of the weeks that are over, the newest first.
pub(super) fn closed_weeks(now_us: i64) -> Vec<i64> {
    let this_week_us = week_of(now_us - SETTLING_US);
    (1..=WEEKS)
        .map(|weeks| this_week_us - weeks * WEEK_US)
        .collect()
}

/// The first moment of the week that a moment lies in.
pub(super) const fn week_of(at_us: i64) -> i64 {
    FIRST_MONDAY_US + (at_us - FIRST_MONDAY_US).div_euclid(WEEK_US) * WEEK_US
}

/// The samples of a week, one for each project that has none yet, with the sessions that were drawn.
pub(super) fn sample(
    seed: &str,
    percent: f64,
    week_us: i64,
    population: &[Candidate],
    drawn_before: &BTreeSet<String>,
) -> Vec<(NewSample, Vec<i64>)> {
    let mut projects: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for one in population {
        projects
            .entry(&one.project)
            .or_default()
            .insert(&one.id, one.session);
    }
    projects
        .into_iter()
        .filter(|(project, _)| !drawn_before.contains(*project))
        .map(|(project, sessions)| {
            let count = insight::size(sessions.len(), percent);
            let drawn = insight::draw(seed, sessions.keys().copied(), count);
            let drawn: Vec<i64> = drawn
                .iter()
                .filter_map(|id| sessions.get(id).copied())
                .collect();
            let sample = NewSample {
                seed: seed.to_owned(),
                project: project.to_owned(),
                from_us: week_us,
                population: sessions.len() as u64,
                drawn: drawn.len() as u64,
            };
            (sample, drawn)
        })
        .collect()
}

/// The runs of new versions as additions.
pub(super) fn new_versions(runs: Vec<Run>) -> Vec<Addition> {
    runs.into_iter()
        .map(|run| Addition {
            session: run.session,
            turn: None,
            reason: Reason::NewSkillVersion {
                skill: run.skill,
                hash: run.hash,
                place: run.place,
            },
            sample: None,
            is_there: false,
        })
        .collect()
}

/// Each of these sessions, for the same reason.
pub(super) fn each(sessions: Vec<i64>, reason: &Reason) -> Vec<Addition> {
    sessions
        .into_iter()
        .map(|session| Addition {
            session,
            turn: None,
            reason: reason.clone(),
            sample: None,
            is_there: false,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_week_is_over_a_day_after_its_end() {
        // Monday, 23 November 2026, and the Monday before.
        let (monday, before) = (1_795_392_000_000_000, 1_794_787_200_000_000);
        assert_eq!(closed_weeks(monday + DAY_US)[0], before);
        assert_eq!(closed_weeks(monday + DAY_US - 1)[0], before - WEEK_US);
        let weeks = closed_weeks(monday + 3 * DAY_US);
        assert_eq!(weeks.len(), 12);
        assert!(weeks.windows(2).all(|pair| pair[0] - pair[1] == WEEK_US));
    }

    fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
        prop::collection::btree_map("[a-z]{1,6}", "[ab]", 0..60).prop_map(|sessions| {
            let numbered = sessions.into_iter().zip(1_i64..);
            numbered
                .map(|((id, project), session)| Candidate {
                    project,
                    session,
                    id,
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_sample_is_drawn_once_and_the_same_in_any_order(population in candidates(), percent in 0.5_f64..100.0) {
            let none = BTreeSet::new();
            let drawn = sample("seed", percent, 0, &population, &none);
            let mut turned = population.clone();
            turned.reverse();
            prop_assert_eq!(&sample("seed", percent, 0, &turned, &none), &drawn);
            for (sample, sessions) in &drawn {
                let of: Vec<&Candidate> = population.iter().filter(|one| one.project == sample.project).collect();
                prop_assert_eq!(sample.population, of.len() as u64);
                prop_assert_eq!(sample.drawn, sessions.len() as u64);
                prop_assert!(sample.drawn as f64 >= of.len() as f64 * percent / 100.0 - 1e-6);
                prop_assert!(sessions.iter().all(|session| of.iter().any(|one| one.session == *session)));
            }
            let all: BTreeSet<String> = drawn.iter().map(|(sample, _)| sample.project.clone()).collect();
            prop_assert_eq!(sample("seed", percent, 0, &population, &all), Vec::new());
        }
    }
}
