//! `cargo xtask acceptance-eval FILE`: how well the first answer's acceptance is judged, on labelled windows of sessions, one JSON
//! object a line. Fails where it is right less than four times of five when it speaks.

use std::collections::BTreeMap;
use std::fs;

use argus_e2e::Result;
use argus_session::acceptance::{Acceptance, Next, Said, Seen, judge};
use serde_json::Value;

use crate::print;

/// Reads the file that `words` name, judges every case, prints what differs from its label and the sums.
///
/// # Errors
/// The file is no such corpus, or too much of what is said is wrong.
pub(crate) fn run(mut words: impl Iterator<Item = String>) -> Result<()> {
    let (Some(path), None) = (words.next(), words.next()) else {
        return Err("usage: acceptance-eval FILE".to_owned());
    };
    let corpus = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let mut confusion: BTreeMap<(String, &str), u32> = BTreeMap::new();
    let (mut right, mut spoken, mut settled, mut found) = (0_u32, 0_u32, 0_u32, 0_u32);
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))?;
        if case["disputed"].as_bool() == Some(true) {
            continue;
        }
        let label = text(&case, "label").to_owned();
        let said = judged(&case)?;
        let is_right = label == said.as_str();
        spoken += u32::from(said != Acceptance::Unknown);
        right += u32::from(is_right && said != Acceptance::Unknown);
        settled += u32::from(label != "unknown");
        found += u32::from(is_right && label != "unknown");
        if !is_right {
            print(&format!(
                "{label} judged {} in {}",
                said.as_str(),
                text(&case, "id")
            ));
        }
        *confusion.entry((label, said.as_str())).or_default() += 1;
    }
    for ((label, said), count) in confusion {
        print(&format!("{label} judged {said}: {count}"));
    }
    print(&format!(
        "right when it speaks: {right} of {spoken}; settled ones found: {found} of {settled}"
    ));
    if right * 5 < spoken * 4 {
        return Err("it is wrong more than once in five times that it speaks".to_owned());
    }
    Ok(())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn judged(case: &Value) -> Result<Acceptance> {
    let turns = case["turns"].as_array().map_or(&[][..], Vec::as_slice);
    let target = case["target_turn"]
        .as_u64()
        .and_then(|at| usize::try_from(at).ok());
    let (Some(target), Some(turn)) = (target, target.and_then(|at| turns.get(at))) else {
        return Err(format!("case {} has no target turn", case["id"]));
    };
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
    if (judged.acceptance == Acceptance::Unknown) != judged.signals.is_empty() {
        return Err(format!(
            "case {} is judged without a signal, or has one and is not",
            case["id"]
        ));
    }
    Ok(judged.acceptance)
}
