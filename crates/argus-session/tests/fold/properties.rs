//! A session is a pure function of its set of records: any order, any repetition, any split gives the same document.

use std::collections::BTreeMap;

use argus_session::{Applied, Fold, Record};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Sources, records};

const RECORDINGS: [&str; 8] = [
    "tools",
    "tools-agents",
    "failures",
    "interactive",
    "resumed",
    "slash",
    "api-errors",
    "tools--old-client",
];

pub(crate) fn document(session: &str, records: &[Record]) -> Value {
    let mut fold = Fold::new(session);
    for record in records {
        fold.apply(record);
    }
    serde_json::to_value(fold.document()).unwrap()
}

fn all() -> Vec<(String, Vec<Record>, Value)> {
    let sessions: BTreeMap<String, Vec<Record>> = RECORDINGS
        .iter()
        .flat_map(|name| records(name, Sources::ALL))
        .collect();
    sessions
        .into_iter()
        .map(|(id, records)| {
            let expected = document(&id, &records);
            (id, records, expected)
        })
        .collect()
}

/// A shuffle that proptest can shrink and print: a seed.
pub(crate) fn shuffle(records: &mut [Record], seed: u64) {
    let mut state = seed | 1;
    for place in (1..records.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        records.swap(
            place,
            usize::try_from((state >> 33) % (place as u64 + 1)).unwrap(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn order_and_repetition_do_not_matter(seed in any::<u64>()) {
        for (id, mut records, expected) in all() {
            let again: Vec<Record> = records.iter().step_by(3).cloned().collect();
            records.extend(again);
            shuffle(&mut records, seed);
            prop_assert_eq!(document(&id, &records), expected, "{}", id);
        }
    }

    #[test]
    fn one_more_record_is_the_fold_of_one_more_record(seed in any::<u64>(), looks in 1_usize..7) {
        one_more_record(seed, looks)?;
    }
}

/// A turn that moved to another key while its start stayed the newest: the turns before it are over all the same.
#[test]
fn a_turn_that_goes_by_another_key_leaves_those_before_it_over() {
    one_more_record(6_166_978_705_691_293_964, 6).unwrap();
}

fn one_more_record(seed: u64, looks: usize) -> Result<(), TestCaseError> {
    for (id, mut records, expected) in all() {
        shuffle(&mut records, seed);
        let mut fold = Fold::new(&id);
        let mut turns: BTreeMap<String, Value> = BTreeMap::new();
        let every = records.len() / looks + 1;
        for (place, record) in records.iter().enumerate() {
            fold.apply(record);
            if place % every == 0 {
                keep_changed(&mut fold, &mut turns);
                prop_assert_eq!(
                    serde_json::to_value(fold.document()).unwrap(),
                    document(&id, &records[..=place])
                );
            }
        }
        keep_changed(&mut fold, &mut turns);
        prop_assert_eq!(&serde_json::to_value(fold.document()).unwrap(), &expected);
        let kept: Vec<&str> = turns.keys().map(String::as_str).collect();
        let mut real: Vec<&str> = expected["turns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|turn| turn["id"].as_str().unwrap())
            .collect();
        real.sort_unstable();
        prop_assert_eq!(
            kept,
            real,
            "what is projected turn by turn is the session, {}",
            id
        );
        for turn in expected["turns"].as_array().unwrap() {
            prop_assert_eq!(&turns[turn["id"].as_str().unwrap()], &without_place(turn));
        }
    }
    Ok(())
}

/// A turn as it is read by itself: its place is given when all are read.
pub(crate) fn without_place(turn: &Value) -> Value {
    let mut turn = turn.clone();
    turn["index"] = Value::from(0);
    turn["branch"] = Value::from("main");
    turn
}

/// What a projector does: reads the turns that changed, drops those that are gone.
pub(crate) fn keep_changed(fold: &mut Fold, turns: &mut BTreeMap<String, Value>) {
    for id in fold.take_changed_turns() {
        match fold.turn(&id) {
            Some((mut turn, steps)) => {
                turn.steps = steps;
                turns.insert(id, serde_json::to_value(turn).unwrap());
            }
            None => {
                turns.remove(&id);
            }
        }
    }
}

#[test]
fn of_two_contents_under_one_key_the_ranking_one_counts() {
    let (id, records) = records("simple", Sources::ALL).pop_first().unwrap();
    let expected = document(&id, &records);
    for record in &records {
        let mut other = record.clone();
        other.body = serde_json::json!({});
        other.rank.rule_version = 0;
        let mut fold = Fold::new(&id);
        assert_eq!(fold.apply(record), Applied::New);
        assert_eq!(fold.apply(&other), Applied::Known);
        let mut fold = Fold::new(&id);
        assert_eq!(fold.apply(&other), Applied::New);
        assert_eq!(fold.apply(record), Applied::Refold);
    }
    let mut lower: Vec<Record> = records.clone();
    lower.reverse();
    assert_eq!(document(&id, &lower), expected);
}
