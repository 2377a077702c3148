//! Anthropic's own records: inference hooks and the Compliance API, made by their published description.

use argus_session::Item;
use argus_session::document::{Grade, StepKind, Surface};
use argus_session::source::compliance::{self, Match, SessionKind};
use argus_session::source::inference_hook;
use serde_json::{Value, json};

use crate::cowork::outline;
use crate::support::items::{self, fold, fold_of, lines, us};

fn call(at_ms: u32, request: &str, messages: Value) -> Vec<Item> {
    let body = json!({
        "type": "prompt", "request_id": request, "tenant_id": "t", "session_id": "s", "model": "claude-opus-5-5",
        "actor": {"type": "user", "id": "u", "email_address": "sample@example.com"},
        "source": {"application": "claude-code"}, "messages": messages, "metadata": {},
    });
    inference_hook::items(body, "w", us(at_ms), &[1; 32]).unwrap()
}

fn calls() -> Vec<Item> {
    let asked = json!({"role": "user", "content": [
        {"type": "text", "text": "<system-reminder>today</system-reminder>"}, {"type": "text", "text": "List the files."}]});
    let used = json!({"role": "assistant", "content": [
        {"type": "text", "text": "I look."},
        {"type": "tool_use", "id": "toolu_1", "tool_name": "Bash", "input": {"command": "ls"}}]});
    let result = json!({"role": "user", "content": [
        {"type": "tool_result", "tool_use_id": "toolu_1", "tool_name": "Bash", "content": "a b", "is_error": false}]});
    let answered =
        json!({"role": "assistant", "content": [{"type": "text", "text": "Two files."}]});
    let again = json!({"role": "user", "content": [{"type": "text", "text": "Thanks."}, {"type": "attachment", "name": "x.png"}]});
    let mut items = call(100, "r1", json!([asked]));
    items.extend(call(1_000, "r2", json!([asked, used, result])));
    items.extend(call(
        9_000,
        "r3",
        json!([asked, used, result, answered, again]),
    ));
    // What comes again with its content is known to the store.
    let mut known = std::collections::BTreeSet::new();
    items.retain(|item| known.insert(item.key.clone()));
    assert_eq!(items.len(), 3 + 1 + 5, "calls, reminders, messages");
    items
}

#[test]
fn calls_of_an_inference_hook_alone_are_a_session() {
    let document = fold(calls());
    insta::assert_snapshot!(outline(&document));
    assert_eq!(document.session.client.surface, Surface::ClaudeCode);
}

#[test]
fn calls_of_an_inference_hook_join_the_clients_session() {
    let transcript = lines(
        None,
        &[
            items::user(50, "p1", None, "one", json!("List the files.")),
            items::assistant(600, "t1", "p1", "r1", items::says("I look.")),
            items::assistant(
                610,
                "c1",
                "t1",
                "r1",
                items::calls("toolu_1", "Bash", json!({"command": "ls"})),
            ),
            items::user(
                900,
                "o1",
                Some("c1"),
                "one",
                items::result("toolu_1", "a b"),
            ),
            items::assistant(1_500, "t2", "o1", "r2", items::says("Two files.")),
            items::user(8_900, "p2", Some("t2"), "two", json!("Thanks.")),
        ],
    );
    let alone = fold(transcript.clone());
    let both = fold(transcript.into_iter().chain(calls()));
    assert_eq!(both.turns.len(), 2, "{}", outline(&both));
    let grades = [&both, &alone, &fold(calls())].map(|of| of.session.coverage.grade);
    assert_eq!(
        grades,
        [Grade::Complete, Grade::SingleWitness, Grade::SingleWitness]
    );
    assert_eq!(
        both.session.totals.steps,
        alone.session.totals.steps,
        "{}",
        outline(&both)
    );
    insta::assert_snapshot!(outline(&both));
}

#[test]
fn a_compliance_session_is_one_of_its_own_until_something_says_that_it_is_the_clients() {
    let session = json!({
        "id": "clls_1", "product_surface": "cowork", "user": {"id": "user_1", "email_address": "sample@example.com"},
        "organization_uuid": "org", "workspace_id": null, "created_at": "2026-11-22T10:00:00Z",
        "updated_at": "2026-11-22T10:00:09Z", "truncated": false,
    });
    let messages = [
        json!({"id": "clsm_1", "role": "user", "content": [{"type": "text", "text": "List the files."}], "provenance": null}),
        json!({"id": "clsm_2", "role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": "{\"command\":\"ls\"}"}], "provenance": null}),
        json!({"id": "clsm_3", "role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "a b"}], "provenance": {"type": "client_asserted"}}),
        json!({"id": "clsm_4", "role": "assistant", "content": [{"type": "text", "text": "Two files."}], "provenance": null}),
        json!({"id": "clsm_5", "role": "user", "content": [], "provenance": {"type": "content_unavailable", "reason": "not_captured"}}),
    ];
    let mut items = vec![compliance::session_item(session, SessionKind::Local).unwrap()];
    for (place, message) in messages.into_iter().enumerate() {
        items.push(compliance::message_item("clls_1", message, place as u64).unwrap());
    }
    let document = fold_of("clls_1", items.clone());
    assert!(document.session.links.is_empty());
    let [turn] = document.turns.as_slice() else {
        panic!("one turn: {}", outline(&document))
    };
    let call = turn
        .steps
        .iter()
        .find(|step| step.kind == StepKind::ToolCall)
        .unwrap();
    let input = call.tool.as_ref().unwrap().input.as_ref().unwrap();
    assert_eq!(input.json, Some(json!({"command": "ls"})));

    let found = Match {
        session_id: "client".to_owned(),
        tool_use_ids: 1,
        texts: 2,
        is_same_user: true,
    };
    items.push(compliance::match_item("clls_1", &found, 5));
    insta::assert_snapshot!(outline(&fold_of("clls_1", items)));
}
