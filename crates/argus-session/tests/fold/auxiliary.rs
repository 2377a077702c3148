//! Requests that the client makes for itself, beside the conversation: titles, names, what a page says.

use argus_session::document::{Outcome, Step, StepKind};
use argus_session::{Item, SessionDocument};
use serde_json::json;

use crate::support::items::{assistant, called, fold, lines, log, says, span, user};

fn asked() -> Item {
    log(
        1,
        "t",
        "user_prompt",
        json!({"prompt.id": "p", "prompt": "Look it up"}),
    )
}

fn answered(ms: u32, request: &str, query_source: &str, text: &str) -> Vec<Item> {
    let of = json!({"prompt.id": "p", "request_id": request, "query_source": query_source, "response": text});
    let safe = query_source.replace(':', ".");
    let request =
        json!({"request_id": request, "query_source_safe": safe, "stop_reason": "end_turn"});
    vec![
        log(ms, "t", "api_request", of.clone()),
        log(ms + 1, "t", "assistant_response", of),
        span(ms - 5, ms, "t", "llm_request", request),
    ]
}

fn of_kind(document: &SessionDocument, kind: StepKind) -> Vec<&Step> {
    document.turns[0]
        .steps
        .iter()
        .filter(|step| step.kind == kind)
        .collect()
}

fn texts(document: &SessionDocument) -> Vec<&str> {
    of_kind(document, StepKind::Text)
        .into_iter()
        .map(|step| step.text.as_ref().unwrap().text.as_deref().unwrap())
        .collect()
}

#[test]
fn their_texts_are_not_the_agents_own() {
    let document = fold(
        [
            vec![asked()],
            answered(20, "r1", "web_search_tool", "Two pages deal with it."),
            answered(30, "r2", "web_fetch_apply", "Tax is rounded once."),
            answered(
                40,
                "r3",
                "repl_main_thread:outputStyle:custom",
                "Round once.",
            ),
            answered(50, "r4", "agent:builtin:general-purpose", "So do I."),
            answered(60, "r5", "rename_generate_name", "{\"name\": \"rounding\"}"),
        ]
        .concat(),
    );
    assert_eq!(texts(&document), ["Round once.", "So do I."]);
    assert_eq!(
        of_kind(&document, StepKind::ModelRequest).len(),
        5,
        "they cost, and are seen"
    );
    let counted = document.session.counts.get("otel_log.assistant_response");
    assert_eq!(counted, Some(&3));
}

#[test]
fn they_do_not_tell_how_a_turn_ended() {
    let call = log(
        10,
        "t",
        "tool_result",
        json!({"prompt.id": "p", "tool_use_id": "u", "tool_name": "WebSearch", "request_id": "r1"}),
    );
    let request = log(
        5,
        "t",
        "api_request",
        json!({"prompt.id": "p", "request_id": "r1", "query_source": "sdk"}),
    );
    let search = || answered(20, "r2", "web_search_tool", "Two pages.");
    let open = [vec![asked(), request, call], search()].concat();
    assert_eq!(
        fold(open).turns[0].outcome,
        Outcome::Open,
        "the search ended, not the turn"
    );
    // Telemetry alone: the last request of the conversation answered, whatever the client asked afterwards.
    let spans = |item: &Item| item.body.get("span").is_none();
    let named = [
        vec![asked()],
        answered(20, "r1", "sdk", "Done."),
        answered(30, "r2", "rename_generate_name", "{}"),
    ]
    .concat();
    let logs: Vec<Item> = named.into_iter().filter(spans).collect();
    assert_eq!(fold(logs).turns[0].outcome, Outcome::Answered);
}

#[test]
fn a_request_that_the_transcript_knows_is_of_the_conversation() {
    let transcript = lines(
        None,
        &[
            user(1, "u1", None, "p", json!("Look it up")),
            assistant(19, "u2", "u1", "r1", says("Found.")),
        ],
    );
    let document = fold(
        [
            transcript,
            vec![asked()],
            answered(20, "r1", "of_a_later_client", "Found."),
        ]
        .concat(),
    );
    assert_eq!(texts(&document), ["Found."]);
    let later = called(
        90,
        "UserPromptSubmit",
        json!({"prompt_id": "q", "prompt": "more"}),
    );
    let document = fold(
        [
            answered(20, "r1", "of_a_later_client", "Found."),
            vec![asked(), later],
        ]
        .concat(),
    );
    assert_eq!(document.turns[0].outcome, Outcome::Unknown);
}
