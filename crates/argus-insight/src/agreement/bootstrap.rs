//! The interval of alpha: units are drawn again, with replacement.

use super::alpha::alpha_of;
use super::{Level, pairable};
use crate::Refused;
use crate::interval::Interval;
use crate::sample::Draws;

/// How often the units are drawn again.
pub const RESAMPLES: usize = 1_000;
/// Resamples in which all values are the same have no alpha. With more than this share of them the others are no fair picture.
const UNDEFINED_SHARE_MAX: f64 = 0.05;

/// Where alpha lies with 95 % confidence: the 2.5th and 97.5th percentile of alpha over [`RESAMPLES`] resamples of the units.
/// Units, not single values, are what is drawn: values of one unit depend on each other.
///
/// # Errors
/// [`Refused::TooFew`] below [`crate::UNITS_MIN`] units, [`Refused::NoVariation`] when all values are the same,
/// [`Refused::UnstableInterval`] when they are in too many resamples.
pub fn bootstrap(units: &[Vec<i64>], level: Level, seed: u64) -> Result<Interval, Refused> {
    let mut sorted: Vec<Vec<i64>> = pairable(units).cloned().collect();
    Refused::unless_enough(sorted.len())?;
    // One order, so that the draws do not depend on how the units were read.
    for unit in &mut sorted {
        unit.sort_unstable();
    }
    sorted.sort_unstable();
    let whole: Vec<&[i64]> = sorted.iter().map(Vec::as_slice).collect();
    if alpha_of(&whole, level).is_none() {
        return Err(Refused::NoVariation);
    }
    let mut draws = Draws::new(seed);
    let mut drawn: Vec<&[i64]> = Vec::with_capacity(whole.len());
    let mut alphas: Vec<f64> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        drawn.clear();
        drawn.extend((0..whole.len()).filter_map(|_| whole.get(draws.below(whole.len())).copied()));
        alphas.extend(alpha_of(&drawn, level));
    }
    if ((RESAMPLES - alphas.len()) as f64) > UNDEFINED_SHARE_MAX * RESAMPLES as f64 {
        return Err(Refused::UnstableInterval);
    }
    alphas.sort_by(f64::total_cmp);
    Ok(Interval {
        low: percentile(&alphas, 0.025),
        high: percentile(&alphas, 0.975),
    })
}

/// The value below which this share of the sorted values lies, by linear interpolation.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor(), place.fract());
    let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
    let low = at(below as usize);
    let high = at((below as usize + 1).min(sorted.len() - 1));
    low + (high - low) * part
}
