//! Measures acceptance against a labelled corpus of windows, one JSON object a line, where `ARGUS_ACCEPTANCE_CORPUS` names one.
//! Without it there is nothing to measure, and the test says so.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement: it prints, and is told where the corpus is"
)]

use std::collections::BTreeMap;

use argus_session::acceptance::{Acceptance, Next, Said, Seen, judge};
use serde_json::Value;

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn judged(case: &Value) -> (Acceptance, usize) {
    let turns = case["turns"].as_array().unwrap();
    let target = usize::try_from(case["target_turn"].as_u64().unwrap()).unwrap();
    let turn = &turns[target];
    let prompt = Said::of(text(turn, "prompt"));
    let answer = Said::of(text(turn, "answer"));
    let events = |turn: &Value| turn["events"].as_array().cloned().unwrap_or_default();
    let mut after_us = 0;
    let mut said: Vec<(bool, Said, i64)> = Vec::new();
    for (place, turn) in turns.iter().enumerate().skip(target) {
        if place > target {
            said.push((false, Said::of(text(turn, "prompt")), after_us));
        }
        for event in events(turn) {
            match text(&event, "kind") {
                "user_bash" => said.push((true, Said::of(text(&event, "command")), after_us)),
                "idle" => after_us += event["minutes"].as_i64().unwrap_or(0) * 60_000_000,
                _ => {}
            }
        }
    }
    let is = |kind: &str| events(turn).iter().any(|event| text(event, "kind") == kind);
    let seen = Seen {
        prompt: Some(&prompt),
        answer: Some(&answer),
        failed: is("api_error"),
        interrupted: is("interrupt"),
        rejected_by_user: events(turn).iter().any(|event| {
            text(event, "decision") == "reject"
                && matches!(text(event, "source"), "user_reject" | "user_abort")
        }),
        approved_plan: events(turn).iter().any(|event| {
            text(event, "tool") == "ExitPlanMode"
                && text(event, "decision") == "accept"
                && text(event, "source").starts_with("user_")
        }),
        rewound: is("rewind"),
        is_headless: text(case, "mode") == "headless",
        next: said
            .iter()
            .map(|(is_command, said, after_us)| {
                if *is_command {
                    Next::Command(said)
                } else {
                    Next::Prompt(said, *after_us)
                }
            })
            .collect(),
    };
    let judged = judge(&seen);
    (judged.acceptance, judged.signals.len())
}

#[test]
fn a_labelled_corpus_is_judged_well_where_there_is_one() {
    let Some(path) = std::env::var_os("ARGUS_ACCEPTANCE_CORPUS") else {
        println!("ARGUS_ACCEPTANCE_CORPUS names no corpus: nothing is measured");
        return;
    };
    let mut confusion: BTreeMap<(String, &str), u32> = BTreeMap::new();
    let (mut right, mut spoken, mut settled, mut found) = (0_u32, 0_u32, 0_u32, 0_u32);
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        if case["disputed"].as_bool() == Some(true) {
            continue;
        }
        let label = text(&case, "label").to_owned();
        let (said, signals) = judged(&case);
        let is_right = label == said.as_str();
        assert_eq!(said == Acceptance::Unknown, signals == 0, "{}", case["id"]);
        spoken += u32::from(said != Acceptance::Unknown);
        right += u32::from(is_right && said != Acceptance::Unknown);
        settled += u32::from(label != "unknown");
        found += u32::from(is_right && label != "unknown");
        if !is_right {
            println!("{label} judged {} in {}", said.as_str(), text(&case, "id"));
        }
        *confusion.entry((label, said.as_str())).or_default() += 1;
    }
    println!("{confusion:?}");
    println!("right when it speaks: {right} of {spoken}; settled ones found: {found} of {settled}");
    assert!(
        right * 10 >= spoken * 8,
        "when it speaks, it is right four times of five"
    );
}
