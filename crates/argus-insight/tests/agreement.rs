//! Agreement against published worked examples, and by its properties.
#![expect(clippy::unwrap_used, reason = "tests")]

use argus_insight::agreement::{Level, ac1, agreement, alpha, bootstrap, of_pair, raw};
use argus_insight::{Refused, UNITS_MIN};
use proptest::prelude::*;

/// The reliability data of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve
/// units, values missing. Zero stands for a missing value.
const KRIPPENDORFF_2011: [[i64; 12]; 4] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];

fn krippendorff_2011() -> Vec<Vec<i64>> {
    (0..12)
        .map(|unit| {
            KRIPPENDORFF_2011
                .iter()
                .map(|observer| observer[unit])
                .filter(|value| *value != 0)
                .collect()
        })
        .collect()
}

/// A table of two reviewers and two categories as units: both yes, yes/no, no/yes, both no.
fn table(both: usize, first: usize, second: usize, neither: usize) -> Vec<Vec<i64>> {
    [
        (both, [1, 1]),
        (first, [1, 0]),
        (second, [0, 1]),
        (neither, [0, 0]),
    ]
    .into_iter()
    .flat_map(|(count, unit)| std::iter::repeat_n(unit.to_vec(), count))
    .collect()
}

fn is_near(found: Option<f64>, published: f64) -> bool {
    found.is_some_and(|found| (found - published).abs() < 0.000_51)
}

#[test]
fn alpha_is_what_krippendorff_published() {
    let units = krippendorff_2011();
    assert!(is_near(alpha(&units, Level::Nominal), 0.743));
    assert!(is_near(alpha(&units, Level::Ordinal), 0.815));
    assert!(is_near(alpha(&units, Level::Interval), 0.849));
}

/// The same paper, sections A and B: two observers, binary data of ten units (0.095), nominal data of twelve units (0.692).
#[test]
fn alpha_of_two_observers_is_what_krippendorff_published() {
    let pair = |one: &[i64], other: &[i64]| -> Vec<Vec<i64>> {
        one.iter().zip(other).map(|(a, b)| vec![*a, *b]).collect()
    };
    let binary = pair(
        &[0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
        &[1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    );
    assert!(is_near(alpha(&binary, Level::Nominal), 0.095));
    // a to e as 1 to 5.
    let nominal = pair(
        &[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1],
        &[2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4],
    );
    assert!(is_near(alpha(&nominal, Level::Nominal), 0.692));
}

/// Gwet (2008): 118 subjects both positive, 5 and 2 split, none both negative. Kappa is −0.0234 there, AC1 0.9408.
#[test]
fn ac1_is_what_gwet_published_for_high_agreement() {
    let units = table(118, 5, 2, 0);
    assert!(is_near(raw(&units), 0.944));
    assert!(is_near(ac1(&units, 2), 0.9408));
    assert!(
        alpha(&units, Level::Nominal).unwrap() < 0.0,
        "the paradox that AC1 is for"
    );
}

/// Gwet, "Handbook of Inter-Rater Reliability": Krippendorff's data (four raters, five categories) give 0.7754.
#[test]
fn ac1_of_several_reviewers_with_missing_values_is_what_gwet_published() {
    let units = krippendorff_2011();
    assert!(is_near(raw(&units), 0.8182));
    assert!(is_near(ac1(&units, 5), 0.7754));
}

/// A. R. Feinstein and D. V. Cicchetti, "High agreement but low kappa: I" (1990): two tables with the same raw agreement of 85 of
/// 100, kappa 0.70 where the categories are even, and 0.32 where one is rare. AC1 by its formula, by hand: π = 0.475, pe =
/// 0.49875, (0.85 − 0.49875) / 0.50125 = 0.7007; and π = 0.875, pe = 0.21875, 0.63125 / 0.78125 = 0.808.
#[test]
fn the_paradox_of_kappa_does_not_pull_ac1_down() {
    let (even, skewed) = (table(40, 9, 6, 45), table(80, 10, 5, 5));
    for units in [&even, &skewed] {
        assert!(is_near(raw(units), 0.85));
    }
    assert!(is_near(ac1(&even, 2), 0.7007));
    assert!(is_near(ac1(&skewed, 2), 0.808));
    assert!(alpha(&even, Level::Nominal).unwrap() > 0.69);
    assert!(alpha(&skewed, Level::Nominal).unwrap() < 0.33);
}

#[test]
fn too_few_units_are_refused_with_their_number() {
    let units = vec![vec![1, 1]; UNITS_MIN - 1];
    let refused = Refused::TooFew { n: 29, needed: 30 };
    assert_eq!(agreement(&units, Level::Nominal, 2, 1), Err(refused));
    assert_eq!(bootstrap(&units, Level::Nominal, 1), Err(refused));
    // One that a single reviewer judged is none.
    let mut more = units;
    more.push(vec![1]);
    assert_eq!(agreement(&more, Level::Nominal, 2, 1), Err(refused));
}

#[test]
fn judgements_that_are_all_the_same_have_no_alpha_but_ac1() {
    let figures = agreement(&vec![vec![1, 1]; 40], Level::Nominal, 2, 1).unwrap();
    assert_eq!((figures.n, figures.raw, figures.ac1), (40, 1.0, 1.0));
    assert_eq!(figures.alpha, Err(Refused::NoVariation));
    assert_eq!(figures.alpha_interval, Err(Refused::NoVariation));
    let nearly = [vec![vec![1, 1]; 39], vec![vec![0, 0]]].concat();
    let figures = agreement(&nearly, Level::Nominal, 2, 1).unwrap();
    assert_eq!(figures.alpha, Ok(1.0));
    assert_eq!(figures.alpha_interval, Err(Refused::UnstableInterval));
}

#[test]
fn a_pair_is_looked_at_where_both_judged() {
    let units = [
        vec![(0, 1), (1, 2), (2, 3)],
        vec![(0, 4)],
        vec![(2, 6), (0, 5)],
    ];
    assert_eq!(of_pair(&units, 0, 2), [vec![1, 3], vec![5, 6]]);
}

fn units() -> impl Strategy<Value = Vec<Vec<i64>>> {
    prop::collection::vec(prop::collection::vec(0_i64..5, 0..5), 30..60)
}

const LEVELS: [Level; 3] = [Level::Nominal, Level::Ordinal, Level::Interval];

fn figures(units: &[Vec<i64>]) -> Vec<Option<f64>> {
    let alphas = LEVELS.map(|level| alpha(units, level));
    alphas
        .into_iter()
        .chain([raw(units), ac1(units, 5)])
        .collect()
}

fn are_near(one: &[Option<f64>], other: &[Option<f64>]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() < 1e-9,
            (one, other) => one == other,
        })
}

/// Krippendorff's own way, by the table of coincidences, to hold the short one against.
fn by_coincidences(
    units: &[Vec<i64>],
    distance: impl Fn(&[f64], usize, usize) -> f64,
) -> Option<f64> {
    let mut table = [[0.0; 5]; 5];
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        for (i, a) in unit.iter().enumerate() {
            for (j, b) in unit.iter().enumerate() {
                if i != j {
                    table[usize::try_from(*a).unwrap()][usize::try_from(*b).unwrap()] +=
                        1.0 / (unit.len() - 1) as f64;
                }
            }
        }
    }
    let counts: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = counts.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (c, row) in table.iter().enumerate() {
        for (k, coincidences) in row.iter().enumerate() {
            observed += coincidences * distance(&counts, c, k);
            expected += counts[c] * counts[k] * distance(&counts, c, k);
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

proptest! {
    #[test]
    fn alpha_is_that_of_the_table_of_coincidences(units in units()) {
        let nominal = by_coincidences(&units, |_, c, k| f64::from(u8::from(c != k)));
        let interval = by_coincidences(&units, |_, c, k| (c as f64 - k as f64).powi(2));
        let ordinal = by_coincidences(&units, |counts, c, k| {
            let (low, high) = (c.min(k), c.max(k));
            let between: f64 = counts[low..=high].iter().sum();
            if c == k { 0.0 } else { (between - (counts[c] + counts[k]) / 2.0).powi(2) }
        });
        let found = LEVELS.map(|level| alpha(&units, level));
        prop_assert!(are_near(&found, &[nominal, ordinal, interval]));
    }

    #[test]
    fn no_order_of_units_or_reviewers_matters(units in units(), turn in 0_usize..60) {
        let mut other = units.clone();
        other.reverse();
        let by = turn % other.len();
        other.rotate_left(by);
        for unit in &mut other {
            unit.reverse();
        }
        prop_assert!(are_near(&figures(&units), &figures(&other)));
        prop_assert_eq!(bootstrap(&units, Level::Ordinal, 7), bootstrap(&other, Level::Ordinal, 7));
    }

    #[test]
    fn names_of_categories_do_not_matter_where_there_is_no_order(units in units()) {
        let renamed: Vec<Vec<i64>> = units
            .iter()
            .map(|unit| unit.iter().map(|value| [30, -4, 17, 0, 99][usize::try_from(*value).unwrap()]).collect())
            .collect();
        let nominal = |units: &[Vec<i64>]| [alpha(units, Level::Nominal), raw(units), ac1(units, 5)];
        prop_assert!(are_near(&nominal(&units), &nominal(&renamed)));
        // An order is kept by any renaming that keeps it, differences by any that stretches and moves.
        let stretched: Vec<Vec<i64>> = units.iter().map(|unit| unit.iter().map(|value| value * 250 - 3).collect()).collect();
        prop_assert!(are_near(&figures(&units), &figures(&stretched)));
    }

    #[test]
    fn figures_stay_within_their_bounds(units in units(), seed: u64) {
        for figure in figures(&units).into_iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&figure));
        }
        if let Ok(interval) = bootstrap(&units, Level::Nominal, seed) {
            prop_assert!(interval.low <= interval.high);
            prop_assert_eq!(bootstrap(&units, Level::Nominal, seed), Ok(interval));
        }
    }

    #[test]
    fn what_one_alone_judged_changes_no_alpha(units in units(), value in 0_i64..5) {
        let mut more = units.clone();
        more.push(vec![value]);
        more.push(Vec::new());
        for level in LEVELS {
            prop_assert_eq!(alpha(&units, level), alpha(&more, level));
        }
        prop_assert_eq!(raw(&units), raw(&more));
    }

    #[test]
    fn the_same_units_once_more_agree_as_much_and_move_the_others_little(units in units()) {
        let twice = [units.clone(), units.clone()].concat();
        prop_assert!(are_near(&[raw(&units), ac1(&units, 5)], &[raw(&twice), ac1(&twice, 5)]));
        if let (Some(one), Some(two)) = (alpha(&units, Level::Nominal), alpha(&twice, Level::Nominal)) {
            // Only the correction for small numbers differs: (n − 1) / n.
            prop_assert!((one - two).abs() < 0.05);
        }
    }
}
