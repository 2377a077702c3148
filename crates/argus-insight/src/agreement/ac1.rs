//! Gwet's AC1, for any number of reviewers, with missing values.

use std::collections::BTreeMap;

/// Gwet's AC1: (pa − pe) / (1 − pe). pa is the raw agreement of the units that two or more judged; pe = Σ πk (1 − πk) / (q − 1),
/// where πk is the mean share of category k over all units that anybody judged, and q = `categories` (at least the number of
/// categories that occur, and at least two). `None` without a unit that two judged.
#[must_use]
pub fn ac1(units: &[Vec<i64>], categories: usize) -> Option<f64> {
    let observed = super::raw(units)?;
    let judged: Vec<&Vec<i64>> = units.iter().filter(|unit| !unit.is_empty()).collect();
    let mut shares: BTreeMap<i64, f64> = BTreeMap::new();
    for unit in &judged {
        for value in *unit {
            *shares.entry(*value).or_default() += 1.0 / unit.len() as f64;
        }
    }
    let n = judged.len() as f64;
    let categories = categories.max(shares.len()).max(2);
    let spread: f64 = shares
        .values()
        .map(|share| (share / n) * (1.0 - share / n))
        .sum();
    let expected = spread / (categories - 1) as f64;
    Some((observed - expected) / (1.0 - expected))
}
