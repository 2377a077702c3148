//! The prompt of a turn into which further ones arrive.

use argus_session::document::{Outcome, PromptKind};
use argus_session::{Item, SessionDocument};
use serde_json::json;

use crate::support::items::{called, fold, lines, log, user};

const REPORT: &str = "<task-notification><summary>progress</summary></task-notification>";

fn submitted(ms: u32, prompt: &str) -> Item {
    called(
        ms,
        "UserPromptSubmit",
        json!({"prompt_id": "p", "prompt": prompt}),
    )
}

fn prompt_of(document: &SessionDocument) -> (PromptKind, &str) {
    let prompt = &document.turns[0].prompt;
    (
        prompt.kind,
        prompt.text.as_ref().unwrap().text.as_deref().unwrap(),
    )
}

#[test]
fn what_is_submitted_within_a_turn_does_not_change_its_prompt() {
    let hooks = || {
        vec![
            submitted(1, "Watch it"),
            submitted(20, REPORT),
            submitted(30, "and hurry"),
            submitted(40, &REPORT.replace("progress", "more")),
        ]
    };
    let transcript = || lines(None, &[user(2, "u1", None, "p", json!("Watch it"))]);
    let logs = || {
        vec![log(
            1,
            "",
            "user_prompt",
            json!({"prompt.id": "p", "prompt": "Watch it"}),
        )]
    };
    for items in [
        hooks(),
        [hooks(), transcript()].concat(),
        [hooks(), logs()].concat(),
        // The beginning of the turn was not captured by hooks.
        [hooks()[1..].to_vec(), transcript()].concat(),
    ] {
        assert_eq!(prompt_of(&fold(items)), (PromptKind::Typed, "Watch it"));
    }
}

#[test]
fn a_report_that_began_a_turn_stays_its_prompt() {
    let hooks = || vec![submitted(1, REPORT), submitted(20, "and another question")];
    let transcript = lines(None, &[user(2, "u1", None, "p", json!(REPORT))]);
    // Telemetry without content cannot tell a report from what a person typed.
    let silent = log(
        1,
        "",
        "user_prompt",
        json!({"prompt.id": "p", "prompt": "<REDACTED>", "prompt_length": 70}),
    );
    for items in [
        hooks(),
        [hooks(), transcript].concat(),
        [hooks(), vec![silent]].concat(),
    ] {
        assert_eq!(
            prompt_of(&fold(items)),
            (PromptKind::TaskNotification, REPORT)
        );
    }
}

#[test]
fn whether_a_turn_is_the_last_is_known_though_its_beginning_is_told_late() {
    let request = log(
        20,
        "",
        "api_request",
        json!({"prompt.id": "p", "request_id": "r"}),
    );
    let asked = log(
        1,
        "",
        "user_prompt",
        json!({"prompt.id": "p", "prompt": "Watch it"}),
    );
    let later = called(
        90,
        "UserPromptSubmit",
        json!({"prompt_id": "q", "prompt": "more"}),
    );
    let ended = called(95, "SessionEnd", json!({"reason": "other"}));
    let resumed = called(99, "SessionStart", json!({"source": "resume"}));
    let outcomes = |items: &[&Item]| -> Vec<Outcome> {
        let document = fold(items.iter().map(|item| (*item).clone()));
        document.turns.iter().map(|turn| turn.outcome).collect()
    };
    assert_eq!(outcomes(&[&request, &asked]), [Outcome::Open]);
    assert_eq!(
        outcomes(&[&request, &asked, &later]),
        [Outcome::Unknown, Outcome::Open]
    );
    assert_eq!(
        outcomes(&[&request, &asked, &later, &ended]),
        [Outcome::Unknown, Outcome::Withdrawn]
    );
    assert_eq!(
        outcomes(&[&request, &asked, &later, &ended, &resumed]),
        [Outcome::Unknown, Outcome::Open]
    );
}
