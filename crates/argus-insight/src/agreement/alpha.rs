//! Krippendorff's alpha, with missing values.

use std::collections::BTreeMap;

/// What the distance between two values means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Categories: two values are equal or are not.
    Nominal,
    /// An order: the distance is how many judgements lie between.
    Ordinal,
    /// Numbers: the distance is the difference, squared.
    Interval,
}

/// Krippendorff's alpha: 1 − observed disagreement / expected disagreement. `None` when all pairable values are the same, or
/// there are none: nothing is expected then, and the coefficient is not defined.
///
/// All three metrics are squared distances of positions on a line but the nominal one; the ordinal one's positions are mid-ranks
/// (Krippendorff 2011, section E: the sum over ranks between two values, half of each end, is the difference of their
/// mid-ranks). So no table of coincidences is needed, and the cost is one pass over the values.
#[must_use]
pub fn alpha(units: &[Vec<i64>], level: Level) -> Option<f64> {
    let units: Vec<&[i64]> = super::pairable(units).map(Vec::as_slice).collect();
    alpha_of(&units, level)
}

/// As [`alpha`]; every unit has two values or more.
pub(super) fn alpha_of(units: &[&[i64]], level: Level) -> Option<f64> {
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for value in units.iter().copied().flatten() {
        *counts.entry(*value).or_default() += 1;
    }
    if counts.len() < 2 {
        return None;
    }
    let n: u64 = counts.values().sum();
    let n = n as f64;
    let (observed, expected) = match level {
        Level::Nominal => (
            units.iter().map(|unit| unequal(unit)).sum::<f64>(),
            n * n
                - counts
                    .values()
                    .map(|count| (*count as f64).powi(2))
                    .sum::<f64>(),
        ),
        Level::Interval => squared(units, |value| value as f64),
        Level::Ordinal => {
            let ranks = mid_ranks(&counts);
            squared(units, |value| ranks.get(&value).copied().unwrap_or(0.0))
        }
    };
    // Both sums are over ordered pairs: the observed one has n, the expected one n (n − 1) as its divisor.
    Some(1.0 - (n - 1.0) * observed / expected)
}

/// A unit's ordered pairs of unequal values, divided by one less than its values.
fn unequal(unit: &[i64]) -> f64 {
    (1.0 - super::equal_pairs(unit)) * unit.len() as f64
}

/// Observed and expected sums of squared distances of positions.
fn squared(units: &[&[i64]], position: impl Fn(i64) -> f64) -> (f64, f64) {
    let all: Vec<f64> = units
        .iter()
        .copied()
        .flatten()
        .map(|value| position(*value))
        .collect();
    // Around their mean, so that large positions with small differences lose no digits.
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let observed = units
        .iter()
        .map(|unit| {
            let here: Vec<f64> = unit.iter().map(|value| position(*value) - mean).collect();
            ordered_pairs(&here) / (unit.len() - 1) as f64
        })
        .sum();
    let centred: Vec<f64> = all.iter().map(|position| position - mean).collect();
    (observed, ordered_pairs(&centred))
}

/// The sum of (a − b)² over ordered pairs: 2 (m Σx² − (Σx)²).
fn ordered_pairs(positions: &[f64]) -> f64 {
    let sum: f64 = positions.iter().sum();
    let squares: f64 = positions.iter().map(|position| position * position).sum();
    2.0 * (positions.len() as f64 * squares - sum * sum)
}

fn mid_ranks(counts: &BTreeMap<i64, u64>) -> BTreeMap<i64, f64> {
    let mut before = 0_u64;
    counts
        .iter()
        .map(|(value, count)| {
            let rank = before as f64 + *count as f64 / 2.0;
            before += count;
            (*value, rank)
        })
        .collect()
}
