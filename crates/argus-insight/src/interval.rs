//! Intervals, and shares that are estimated from a sample in strata.
//!
//! Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
//! Statistical Association 22 (1927), 209–212; L. Kish, "Survey Sampling" (1965), section 11.7 (effective sample size).

/// The quantile of the normal distribution for 95 % on two sides.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// Where a figure lies, with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Wilson's interval of a share: `share` seen in `n` draws. `n` need not be whole: an effective number is taken too. `None`
/// when nothing was drawn.
#[must_use]
pub fn wilson(share: f64, n: f64) -> Option<Interval> {
    if n <= 0.0 {
        return None;
    }
    let z2 = Z_95 * Z_95;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n)
        * (share * (1.0 - share) / n + z2 / (4.0 * n * n))
            .max(0.0)
            .sqrt();
    Some(Interval {
        low: (middle - half).clamp(0.0, 1.0),
        high: (middle + half).clamp(0.0, 1.0),
    })
}

/// A part of the population from which was drawn by itself, such as the sessions of one project in one week.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// How many there are in it.
    pub population: u64,
    /// What was found in those that were drawn and judged, each 0 to 1 (a share: 0 or 1).
    pub values: Vec<f64>,
}

/// An estimate over all strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate: the mean of each stratum, weighted by its population.
    pub value: f64,
    /// Judged units that it rests on.
    pub n: usize,
    /// How many draws of equal weight say as much: (Σw)² / Σw².
    pub n_effective: f64,
    /// How many there are in the strata that it speaks of.
    pub population: u64,
    /// Strata of which at least one was judged.
    pub strata: usize,
    /// Strata of which none was judged: the estimate does not speak of them.
    pub strata_without: usize,
    /// Where it lies with 95 % confidence.
    pub interval: Interval,
}

/// Estimates the mean over all of the strata's populations. Each judged unit stands for population / judged of its stratum. `None`
/// when none was judged.
///
/// The interval is Wilson's at the effective number of draws. Of values between 0 and 1 that are not shares it is too wide, never
/// too narrow: no distribution on 0 to 1 with this mean varies more than that of shares.
#[must_use]
pub fn stratified(strata: &[Stratum]) -> Option<Estimate> {
    let mut judged: Vec<&Stratum> = strata
        .iter()
        .filter(|stratum| !stratum.values.is_empty())
        .collect();
    // One order of summing, so that the order in which strata were read changes no digit.
    judged.sort_by(|one, other| {
        (one.population, one.values.len())
            .cmp(&(other.population, other.values.len()))
            .then_with(|| sum(&one.values).total_cmp(&sum(&other.values)))
    });
    let population: u64 = judged.iter().map(|stratum| stratum.population).sum();
    if population == 0 {
        return None;
    }
    let (mut value, mut squares) = (0.0, 0.0);
    for stratum in &judged {
        let (size, n) = (stratum.population as f64, stratum.values.len() as f64);
        value += size * sum(&stratum.values) / n;
        squares += n * (size / n).powi(2);
    }
    let value = (value / population as f64).clamp(0.0, 1.0);
    let n_effective = (population as f64).powi(2) / squares;
    Some(Estimate {
        value,
        n: judged.iter().map(|stratum| stratum.values.len()).sum(),
        n_effective,
        population,
        strata: judged.len(),
        strata_without: strata.len() - judged.len(),
        interval: wilson(value, n_effective)?,
    })
}

fn sum(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.iter().sum()
}

/// The mean of `values` with its interval by Student's distribution. `None` below two values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<(f64, Interval)> {
    let n = values.len();
    if n < 2 {
        return None;
    }
    let mean = sum(values) / n as f64;
    let squares: Vec<f64> = values.iter().map(|value| (value - mean).powi(2)).collect();
    let deviation = (sum(&squares) / (n - 1) as f64).sqrt();
    let half = student_95(n - 1) * deviation / (n as f64).sqrt();
    Some((
        mean,
        Interval {
            low: mean - half,
            high: mean + half,
        },
    ))
}

/// The quantile of Student's distribution for 95 % on two sides: up to seven degrees of freedom by the table (Abramowitz and Stegun
/// 26.10), from there on by Fisher's expansion (26.7.5), which has three digits right by then.
fn student_95(freedom: usize) -> f64 {
    const FEW: [f64; 7] = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646];
    if let Some(quantile) = freedom.checked_sub(1).and_then(|place| FEW.get(place)) {
        return *quantile;
    }
    let freedom = freedom as f64;
    let z = Z_95;
    let terms = [
        (z.powi(3) + z) / 4.0,
        (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0,
        (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0,
        (79.0 * z.powi(9) + 776.0 * z.powi(7) + 1482.0 * z.powi(5)
            - 1920.0 * z.powi(3)
            - 945.0 * z)
            / 92_160.0,
    ];
    let mut divisor = 1.0;
    terms.iter().fold(z, |sum, term| {
        divisor *= freedom;
        sum + term / divisor
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        for (freedom, quantile) in [
            (1, 12.706),
            (2, 4.303),
            (7, 2.365),
            (8, 2.306),
            (10, 2.228),
            (29, 2.045),
            (100, 1.984),
        ] {
            assert!((student_95(freedom) - quantile).abs() < 0.001, "{freedom}");
        }
        // 91, 50 and 50: 63.67, give or take 4.303 × 13.67.
        let (middle, interval) = mean(&[91.0, 50.0, 50.0]).unwrap();
        assert!((middle - 63.67).abs() < 0.01 && (interval.low - 4.86).abs() < 0.01);
    }
}
