//! How a reviewer's judgements differ from those of others on the same units.

use std::collections::BTreeMap;

use crate::Refused;
use crate::interval::{self, Interval};

/// A reviewer's leniency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leniency {
    /// Units that the reviewer and at least one other judged.
    pub n: usize,
    /// The mean difference between the reviewer's value and the mean of the others': above zero is more lenient, in the values'
    /// own unit.
    pub difference: f64,
    /// Where it lies with 95 % confidence. That holds zero: no leniency was shown.
    pub interval: Interval,
}

/// The leniency of each reviewer (by number) who judged a unit that somebody else judged too. Only such units count, so that who
/// happened to get harder work is not taken for severe.
#[must_use]
pub fn leniency(units: &[Vec<(usize, i64)>]) -> BTreeMap<usize, Result<Leniency, Refused>> {
    let mut differences: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let total: i64 = unit.iter().map(|(_, value)| value).sum();
        let others = (unit.len() - 1) as f64;
        for (reviewer, value) in unit {
            let of_others = (total - value) as f64 / others;
            differences
                .entry(*reviewer)
                .or_default()
                .push(*value as f64 - of_others);
        }
    }
    differences
        .into_iter()
        .map(|(reviewer, differences)| (reviewer, of(&differences)))
        .collect()
}

fn of(differences: &[f64]) -> Result<Leniency, Refused> {
    let n = differences.len();
    Refused::unless_enough(n)?;
    let (difference, interval) = interval::mean(differences).ok_or(Refused::NoVariation)?;
    Ok(Leniency {
        n,
        difference,
        interval,
    })
}
