//! How turns ended.

use argus_session::document::{Branch, Outcome, StepKind};

use crate::support::{Sources, document};

fn outcomes(recording: &str, session: &str, sources: Sources) -> Vec<(String, Outcome)> {
    let document = document(recording, session, sources);
    let shown = |text: Option<String>| text.unwrap_or_default();
    document
        .turns
        .iter()
        .map(|turn| {
            (
                shown(turn.prompt.text.clone().and_then(|text| text.text)),
                turn.outcome,
            )
        })
        .collect()
}

const TERMINAL: [(&str, Outcome); 8] = [
    ("Hello from the terminal.", Outcome::Answered),
    ("Please touch a file.", Outcome::Answered),
    ("Now remove the file.", Outcome::Interrupted),
    ("A slow question.", Outcome::Interrupted),
    ("A withdrawn question.", Outcome::Withdrawn),
    ("/compact keep names", Outcome::Answered),
    ("After the compaction.", Outcome::Answered),
    ("After the rewind.", Outcome::Answered),
];

fn expected() -> Vec<(String, Outcome)> {
    TERMINAL
        .map(|(text, outcome)| (text.to_owned(), outcome))
        .into()
}

#[test]
fn interrupted_and_withdrawn_turns() {
    let mut seen = outcomes("interactive", "f0d688c2", Sources::ALL);
    assert_eq!(seen.pop(), Some(("/clear".to_owned(), Outcome::Answered)));
    assert_eq!(seen, expected());
    assert_eq!(
        outcomes("interactive", "f0d688c2", Sources::TRANSCRIPT),
        expected()
    );
}

#[test]
fn hooks_alone_tell_interrupted_from_withdrawn() {
    let seen = outcomes("interactive", "f0d688c2", Sources::HOOKS);
    let of = |text: &str| seen.iter().find(|(prompt, _)| prompt == text).unwrap().1;
    assert_eq!(of("A slow question."), Outcome::Interrupted);
    assert_eq!(of("A withdrawn question."), Outcome::Withdrawn);
    assert_eq!(of("Hello from the terminal."), Outcome::Answered);
}

#[test]
fn telemetry_alone_says_unknown_where_it_cannot_tell() {
    let seen = outcomes("interactive", "f0d688c2", Sources::OTEL);
    let of = |text: &str| seen.iter().find(|(prompt, _)| prompt == text).unwrap().1;
    assert_eq!(of("Now remove the file."), Outcome::Interrupted);
    assert_eq!(of("A withdrawn question."), Outcome::Unknown);
    assert_eq!(of("Hello from the terminal."), Outcome::Answered);
}

#[test]
fn refused_and_failed_turns() {
    let expected = [
        ("0e7ac5fa", Outcome::Failed),
        ("1ee003ef", Outcome::Failed),
        ("6e1e5878", Outcome::Failed),
        ("873e4323", Outcome::Answered),
        ("f5d55353", Outcome::Refused),
    ];
    for (session, outcome) in expected {
        for sources in [
            Sources::ALL,
            Sources::TRANSCRIPT,
            Sources::OTEL,
            Sources::LOGS,
        ] {
            assert_eq!(
                outcomes("api-errors", session, sources)[0].1,
                outcome,
                "{session} from {sources:?}"
            );
        }
    }
    // A refusal ends with Stop, as an answer does: hooks cannot tell.
    for (session, outcome) in &expected[..4] {
        assert_eq!(
            outcomes("api-errors", session, Sources::HOOKS)[0].1,
            *outcome
        );
    }
}

#[test]
fn a_failure_is_one_error_step_whoever_tells_of_it() {
    let document = document("api-errors", "6e1e5878", Sources::ALL);
    let errors: Vec<_> = document.turns[0]
        .steps
        .iter()
        .filter(|step| step.kind == StepKind::Error)
        .collect();
    let [error] = errors[..] else {
        panic!("one error")
    };
    assert_eq!(error.name.as_deref(), Some("server_error"));
    assert!(
        error
            .text
            .as_ref()
            .unwrap()
            .text
            .as_ref()
            .unwrap()
            .starts_with("API Error: Repeated 529")
    );
    assert_eq!(error.witnesses.len(), 3);
    let retries = document.turns[0]
        .steps
        .iter()
        .filter(|step| step.name.as_deref() == Some("api_retry"))
        .count();
    assert_eq!(retries, 2);
    assert_eq!(document.session.totals.errors, 1);
}

#[test]
fn rewinds_as_branches() {
    for sources in [Sources::ALL, Sources::TRANSCRIPT] {
        let document = document("interactive", "f0d688c2", sources);
        let left: Vec<_> = document
            .turns
            .iter()
            .filter(|turn| turn.branch == Branch::Abandoned)
            .map(|turn| turn.prompt.text.clone().unwrap().text.unwrap())
            .collect();
        assert_eq!(left, ["After the compaction."]);
    }
}

#[test]
fn a_turn_without_an_end_is_open() {
    let mut records = crate::support::records("simple", Sources::HOOKS)
        .remove("de833988-998f-5a06-b511-f75b929a52de")
        .unwrap();
    records.retain(|record| {
        !matches!(
            record.body["hook_event_name"].as_str(),
            Some("Stop" | "SessionEnd")
        )
    });
    let document = crate::support::fold("de833988-998f-5a06-b511-f75b929a52de", &records);
    assert_eq!(document.turns[0].outcome, Outcome::Open);
}
