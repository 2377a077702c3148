//! How far reviewers agree who judged the same units.
//!
//! A unit is what was judged (a session or a turn, by one item of a rubric); its values are one number for each reviewer who
//! judged it, in any order. A unit with fewer than two values says nothing about agreement and is left out of every figure
//! but where it is said otherwise. Values are whole numbers: codes of categories, points of a scale, basis points.
//!
//! Sources: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); K. L. Gwet, "Computing inter-rater
//! reliability and its variance in the presence of high agreement", British Journal of Mathematical and Statistical
//! Psychology 61 (2008), 29–48.

mod ac1;
mod alpha;
mod bootstrap;

pub use ac1::ac1;
pub use alpha::{Level, alpha};
pub use bootstrap::{RESAMPLES, bootstrap};

use crate::Refused;
use crate::interval::Interval;

/// Agreement over a set of units that is large enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Units that two or more judged.
    pub n: usize,
    /// The share of pairs of judgements of the same unit that are equal, averaged over units: 0 to 1.
    pub raw: f64,
    /// Krippendorff's alpha: 1 is perfect, 0 what chance gives.
    pub alpha: Result<f64, Refused>,
    /// Where alpha lies with 95 % confidence, by resampling units.
    pub alpha_interval: Result<Interval, Refused>,
    /// Gwet's AC1. Unlike alpha it does not fall when nearly everything is of one category.
    pub ac1: f64,
}

/// All figures about `units`. `categories` is how many values there can be: of a yes or no two, of a scale its points. `seed`
/// is what the resampling draws by: the same units and seed give the same interval, in whatever order units and values stand.
///
/// # Errors
/// [`Refused::TooFew`] below [`crate::UNITS_MIN`] units with two values or more.
pub fn agreement(
    units: &[Vec<i64>],
    level: Level,
    categories: usize,
    seed: u64,
) -> Result<Agreement, Refused> {
    let n = pairable(units).count();
    Refused::unless_enough(n)?;
    let too_few = Refused::TooFew {
        n,
        needed: crate::UNITS_MIN,
    };
    Ok(Agreement {
        n,
        raw: raw(units).ok_or(too_few)?,
        alpha: alpha(units, level).ok_or(Refused::NoVariation),
        alpha_interval: bootstrap(units, level, seed),
        ac1: ac1(units, categories).ok_or(too_few)?,
    })
}

/// Raw agreement: of each unit the share of its pairs of values that are equal, averaged over units. `None` without a unit
/// that two judged.
#[must_use]
pub fn raw(units: &[Vec<i64>]) -> Option<f64> {
    let (mut n, mut sum) = (0_usize, 0.0);
    for unit in pairable(units) {
        n += 1;
        sum += equal_pairs(unit);
    }
    (n > 0).then(|| sum / n as f64)
}

/// What two reviewers gave the same units: `unit` gives the values of both, where both judged.
#[must_use]
pub fn of_pair(units: &[Vec<(usize, i64)>], one: usize, other: usize) -> Vec<Vec<i64>> {
    let by = |unit: &[(usize, i64)], who: usize| {
        unit.iter()
            .find(|(reviewer, _)| *reviewer == who)
            .map(|(_, value)| *value)
    };
    units
        .iter()
        .filter_map(|unit| Some(vec![by(unit, one)?, by(unit, other)?]))
        .collect()
}

fn pairable(units: &[Vec<i64>]) -> impl Iterator<Item = &Vec<i64>> {
    units.iter().filter(|unit| unit.len() > 1)
}

/// The share of a unit's ordered pairs whose two values are equal. The unit has two values or more.
fn equal_pairs(unit: &[i64]) -> f64 {
    let mut sorted = unit.to_vec();
    sorted.sort_unstable();
    let equal: usize = sorted
        .chunk_by(|one, other| one == other)
        .map(|run| run.len() * (run.len() - 1))
        .sum();
    equal as f64 / (unit.len() * (unit.len() - 1)) as f64
}
