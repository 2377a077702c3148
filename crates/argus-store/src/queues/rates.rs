//! Rates: how good sessions are, estimated from the random part of what was judged.

use argus_insight::interval::{Estimate, Stratum, stratified};

use super::state::Submission;
use super::trust::{SampledStratum, TrustQuery};
use crate::StoreError;
use crate::workspace::Workspace;

/// Estimates from random samples only: what was picked by hand or for its errors says nothing about the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates {
    /// What was drawn from by itself: each project in each week.
    pub strata: Vec<SampledStratum>,
    /// In each of the strata, of each judged session whether it passes (of verdicts: whether it is good), 0 to 1.
    pub passed: Vec<Stratum>,
    /// The share of sessions that pass, or whose verdict is good, 0 to 1.
    pub rate: Option<Estimate>,
    /// The mean score, 0 to 1; none of verdicts.
    pub mean: Option<Estimate>,
    /// Why there is no rate.
    pub why_none: Option<&'static str>,
}

impl Workspace {
    /// The share of sessions that pass a rubric, or whose verdict is good, with the mean score, estimated from random samples.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rates(&self, query: &TrustQuery) -> Result<Rates, StoreError> {
        // A sample speaks of all sessions of a project: who reads their own only is told nothing of others'.
        if query.scope.own_of.is_some() {
            return Ok(Rates {
                why_none: Some("rates are of whole projects, and you read your own sessions only"),
                ..Rates::default()
            });
        }
        let sampled = self.sampled(query)?;
        let is_of_rubric = query.rubric.is_some();
        let passed = strata(&sampled, |said| {
            let good = || said.verdict.as_ref().map(|word| word == "good");
            let is = if is_of_rubric { said.passed } else { good() };
            is.map(|is| f64::from(u8::from(is)))
        });
        let scored = strata(&sampled, |said| Some(said.basis_points? as f64 / 10_000.0));
        let rate = stratified(&passed);
        let why_none = match (&rate, sampled.is_empty()) {
            (Some(_), _) => None,
            (None, true) => Some(
                "no random sample was drawn: give a queue a random rule, which draws from a week a day after it ended",
            ),
            (None, false) => Some("nothing that was drawn is judged yet"),
        };
        Ok(Rates {
            mean: stratified(&scored).filter(|_| is_of_rubric),
            strata: sampled,
            passed,
            rate,
            why_none,
        })
    }
}

/// What was found in each stratum: of a session the mean of what its reviewers said, or the decision.
fn strata(sampled: &[SampledStratum], value: impl Fn(&Submission) -> Option<f64>) -> Vec<Stratum> {
    let mean = |said: &Vec<Submission>| {
        let values: Vec<f64> = said.iter().filter_map(&value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    sampled
        .iter()
        .map(|stratum| Stratum {
            population: stratum.population,
            values: stratum.found.iter().filter_map(mean).collect(),
        })
        .collect()
}
