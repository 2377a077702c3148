//! Intervals, leniency and samples.

use argus_insight::Refused;
use argus_insight::interval::{Stratum, mean, stratified, wilson};
use argus_insight::leniency::leniency;
use argus_insight::sample::{draw, is_at_place, place, size};
use proptest::prelude::*;

/// R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3: 81 of 263, 15 of 148,
/// 0 of 20, 1 of 29.
#[test]
fn wilson_is_what_newcombe_published() {
    for (found, n, low, high) in [
        (81.0, 263.0, 0.2553, 0.3662),
        (15.0, 148.0, 0.0624, 0.1605),
        (0.0, 20.0, 0.0, 0.1611),
        (1.0, 29.0, 0.0061, 0.1718),
    ] {
        let interval = wilson(found / n, n).unwrap();
        assert!((interval.low - low).abs() < 0.000_06, "{interval:?}");
        assert!((interval.high - high).abs() < 0.000_06, "{interval:?}");
    }
    assert_eq!(wilson(0.5, 0.0), None);
}

#[test]
fn a_part_that_was_drawn_from_more_thinly_weighs_more() {
    // 100 of which 2 were judged, both failed; 10 of which 2 were judged, both passed.
    let strata = [
        Stratum {
            population: 100,
            values: vec![0.0, 0.0],
        },
        Stratum {
            population: 10,
            values: vec![1.0, 1.0],
        },
        Stratum {
            population: 50,
            values: Vec::new(),
        },
    ];
    let estimate = stratified(&strata).unwrap();
    assert!((estimate.value - 10.0 / 110.0).abs() < 1e-12);
    assert_eq!((estimate.n, estimate.population), (4, 110));
    assert_eq!((estimate.strata, estimate.strata_without), (2, 1));
    // Weights 50, 50, 5, 5: 110² / (2 · 2500 + 2 · 25).
    assert!((estimate.n_effective - 12_100.0 / 5_050.0).abs() < 1e-12);
    assert_eq!(stratified(&strata[2..]), None);
    assert_eq!(stratified(&[]), None);
}

#[test]
fn the_mean_has_students_interval() {
    // 1 to 10: mean 5.5, deviation 3.02765, t with nine degrees of freedom 2.26216.
    let values: Vec<f64> = (1..=10).map(f64::from).collect();
    let (middle, interval) = mean(&values).unwrap();
    assert!((middle - 5.5).abs() < 1e-12);
    assert!(
        (interval.high - 5.5 - 2.165_9).abs() < 0.001,
        "{interval:?}"
    );
    assert_eq!(mean(&values[..1]), None);
}

#[test]
fn who_gives_ten_more_than_the_others_is_ten_more_lenient() {
    let units: Vec<Vec<(usize, i64)>> = (0..40)
        .map(|n| vec![(0, 60 + n % 7 + 10), (1, 60 + n % 7), (2, 60 + n % 7)])
        .chain([vec![(3, 100)], vec![(3, 0), (0, 10)]])
        .collect();
    let found = leniency(&units);
    let of = |reviewer: usize| found[&reviewer].unwrap();
    assert_eq!((of(0).n, of(0).difference), (41, 10.0));
    assert!((of(1).difference + 5.0).abs() < 1e-12);
    assert!(of(0).interval.low > 0.0 && of(1).interval.high < 0.0);
    assert_eq!(found[&3], Err(Refused::TooFew { n: 1, needed: 30 }));
}

#[test]
fn places_are_frozen() {
    let hash = place("seed", "session")
        .map(|byte| format!("{byte:02x}"))
        .concat();
    // printf session | openssl dgst -sha256 -hmac seed
    assert_eq!(
        hash,
        "f017c7c6c751ddacc50438c60898fd9babc95aa3167618db27dc38cb40bce102"
    );
}

#[test]
fn a_share_is_rounded_up_and_is_never_more_than_there_are() {
    let sizes = [
        (0, 2.0),
        (1, 2.0),
        (50, 2.0),
        (51, 2.0),
        (1_000, 2.0),
        (7, 100.0),
        (7, 250.0),
        (7, 0.0),
        (7, f64::NAN),
    ];
    let found = sizes.map(|(population, percent)| size(population, percent));
    assert_eq!(found, [0, 1, 1, 2, 20, 7, 7, 0, 0]);
}

#[test]
fn one_of_ten_is_about_one_of_ten() {
    let marked = (0..10_000)
        .filter(|n| is_at_place("seed", &n.to_string(), 10))
        .count();
    assert!((850..1_150).contains(&marked), "{marked}");
    assert!(!is_at_place("seed", "x", 0));
    assert!(is_at_place("seed", "x", 1));
}

proptest! {
    #[test]
    fn a_sample_depends_on_no_order_and_grows_without_changing(mut ids in prop::collection::hash_set("[a-z0-9]{1,8}", 1..40), count in 0_usize..50, seed in "[a-z]{0,8}") {
        let all: Vec<String> = ids.drain().collect();
        let drawn = draw(&seed, all.iter().map(String::as_str), count);
        prop_assert_eq!(drawn.len(), count.min(all.len()));
        let backwards = draw(&seed, all.iter().rev().map(String::as_str), count);
        prop_assert_eq!(&drawn, &backwards);
        let more = draw(&seed, all.iter().map(String::as_str), count + 1);
        prop_assert_eq!(&more[..drawn.len()], &drawn[..]);
    }

    #[test]
    fn an_estimate_lies_between_what_was_found_and_its_interval_around_it(
        strata in prop::collection::vec((1_u64..500, prop::collection::vec(0.0_f64..=1.0, 0..9)), 0..9),
    ) {
        let mut strata: Vec<Stratum> = strata
            .into_iter()
            .map(|(more, values)| Stratum { population: values.len() as u64 + more, values })
            .collect();
        let Some(estimate) = stratified(&strata) else {
            prop_assert!(strata.iter().all(|stratum| stratum.values.is_empty()));
            return Ok(());
        };
        let values = || strata.iter().flat_map(|stratum| stratum.values.iter().copied());
        let (low, high) = (values().fold(1.0, f64::min), values().fold(0.0, f64::max));
        prop_assert!(estimate.value >= low - 1e-9 && estimate.value <= high + 1e-9);
        prop_assert!(estimate.n_effective <= estimate.n as f64 + 1e-9);
        prop_assert!(estimate.interval.low <= estimate.value + 1e-9 && estimate.value <= estimate.interval.high + 1e-9);
        strata.reverse();
        prop_assert_eq!(stratified(&strata), Some(estimate));
    }
}
