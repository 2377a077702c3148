//! What became of an answer, told from the turns that follow it.

use argus_session::acceptance::{Acceptance, Signal};
use serde_json::json;

use crate::support::items::{assistant, fold, lines, says, user};

/// Turns of one prompt and one answer, one after the other; `parent`: what each prompt follows, where not the answer before it.
fn turns(prompts: &[(&str, Option<&str>)]) -> Vec<argus_session::Item> {
    let mut written = Vec::new();
    for (place, (prompt, parent)) in prompts.iter().enumerate() {
        let (ask, answer) = (format!("u{place}"), format!("a{place}"));
        let before = place.checked_sub(1).map(|before| format!("a{before}"));
        let parent = parent.map(str::to_owned).or(before);
        let at = u32::try_from(place).unwrap_or(0) * 10_000;
        let id = format!("p{place}");
        written.push(user(at, &ask, parent.as_deref(), &id, json!(prompt)));
        written.push(assistant(
            at + 1_000,
            &answer,
            &ask,
            &format!("r{place}"),
            says("Done."),
        ));
    }
    lines(None, &written)
}

#[test]
fn the_next_prompt_tells() {
    let document = fold(turns(&[
        ("write the weekly report from tickets.csv", None),
        ("the totals are wrong", None),
        ("thanks!", None),
    ]));
    let said: Vec<_> = document
        .turns
        .iter()
        .map(|turn| turn.judged.acceptance)
        .collect();
    use Acceptance::{Accepted, NotAccepted, Unknown};
    assert_eq!(said, [NotAccepted, Accepted, Unknown]);
    let first = document.session.first_turn.unwrap();
    assert_eq!(first.signals, [Signal::Corrected]);
}

#[test]
fn going_back_tells_with_what_is_asked_instead() {
    let document = fold(turns(&[
        ("list the open invoices of spring", None),
        ("draw a chart of the invoices by month", None),
        ("draw a chart of the invoices by month, as bars", Some("a0")),
    ]));
    assert_eq!(
        document.turns[1].judged.signals,
        [Signal::Rewound, Signal::Rephrased]
    );
    let document = fold(turns(&[
        ("list the open invoices of spring", None),
        ("draw a chart of the invoices by month", None),
        ("who wrote the readme of this folder", Some("a0")),
    ]));
    assert_eq!(document.turns[1].judged.acceptance, Acceptance::Unknown);
}

#[test]
fn silence_tells_nothing() {
    let document = fold(turns(&[("write it", None)]));
    assert_eq!(document.turns[0].judged.acceptance, Acceptance::Unknown);
    assert_eq!(
        document.session.first_turn.unwrap().acceptance,
        Acceptance::Unknown
    );
}
