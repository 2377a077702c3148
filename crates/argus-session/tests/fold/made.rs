//! Shapes that no recording has, by the documented form, and bad input.

use argus_session::document::{Outcome, PromptKind, StepKind};
use argus_session::source::{hook, otel, transcript::TranscriptFile};
use argus_session::{Item, Meta, Record};
use serde_json::{Value, json};

use crate::support::{fold, to_record};

fn transcript(lines: &[Value]) -> Vec<Record> {
    let mut file = TranscriptFile::new("s", None, "s.jsonl", [0; 32]);
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            to_record(
                file.item(line.to_string().as_bytes(), place as u64)
                    .unwrap(),
                place as u64,
            )
        })
        .collect()
}

fn user(
    uuid: &str,
    parent: Option<&str>,
    prompt_id: &str,
    second: u32,
    content: Value,
    more: Value,
) -> Value {
    let mut line = json!({
        "type": "user", "uuid": uuid, "parentUuid": parent, "promptId": prompt_id, "sessionId": "s",
        "timestamp": format!("2026-11-22T10:00:{second:02}Z"), "message": {"role": "user", "content": content},
    });
    line.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    line
}

fn answer(uuid: &str, parent: &str, second: u32, text: &str) -> Value {
    json!({
        "type": "assistant", "uuid": uuid, "parentUuid": parent, "sessionId": "s", "requestId": format!("req_{uuid}"),
        "apiBlockIndex": 0, "timestamp": format!("2026-11-22T10:00:{second:02}Z"),
        "message": {"id": "m", "model": "claude-opus-5-5", "stop_reason": "end_turn", "content": [{"type": "text", "text": text}],
                    "usage": {"input_tokens": 1, "output_tokens": 2}},
    })
}

#[test]
fn bash_command() {
    let document = fold(
        "s",
        &transcript(&[
            user(
                "a",
                None,
                "p",
                1,
                json!("<bash-input>ls -l</bash-input>"),
                json!({}),
            ),
            user(
                "b",
                Some("a"),
                "p",
                2,
                json!("<bash-stdout>total 0</bash-stdout><bash-stderr></bash-stderr>"),
                json!({}),
            ),
        ]),
    );
    let turn = &document.turns[0];
    assert_eq!(
        (
            document.turns.len(),
            turn.prompt.kind,
            turn.prompt
                .text
                .as_ref()
                .and_then(|text| text.text.as_deref())
        ),
        (1, PromptKind::Bash, Some("!ls -l"))
    );
    assert!(
        turn.steps.iter().any(
            |step| step.kind == StepKind::Notice && step.name.as_deref() == Some("bash_output")
        )
    );
}

#[test]
fn task_notification() {
    let content = "<task-notification><task-id>t1</task-id></task-notification>";
    let document = fold(
        "s",
        &transcript(&[
            user(
                "a",
                None,
                "p",
                1,
                json!(content),
                json!({"origin": {"kind": "task-notification"}, "promptSource": "system"}),
            ),
            answer("b", "a", 2, "Noted."),
        ]),
    );
    assert_eq!(document.turns[0].prompt.kind, PromptKind::TaskNotification);
    let hook = hook::item(
        json!({"session_id": "s", "hook_event_name": "UserPromptSubmit", "prompt_id": "p", "prompt": content}),
        "k",
        Meta::default(),
    );
    assert_eq!(
        fold("s", &[to_record(hook, 1)]).turns[0].prompt.kind,
        PromptKind::TaskNotification
    );
}

#[test]
fn queued_prompt_within_a_turn() {
    let document = fold(
        "s",
        &transcript(&[
            user("a", None, "p", 1, json!("first"), json!({})),
            json!({"type": "attachment", "uuid": "q", "parentUuid": "a", "sessionId": "s", "timestamp": "2026-11-22T10:00:02Z",
               "attachment": {"type": "queued_command", "prompt": "and this too", "commandMode": "prompt"}}),
            answer("b", "q", 3, "Both done."),
        ]),
    );
    assert_eq!(document.turns.len(), 1);
    let queued = document.turns[0]
        .steps
        .iter()
        .find(|step| step.name.as_deref() == Some("queued"))
        .unwrap();
    assert_eq!(
        (queued.kind, queued.text.as_ref().unwrap().text.as_deref()),
        (StepKind::Prompt, Some("and this too"))
    );
}

#[test]
fn automatic_compaction_in_the_middle_of_a_turn_stays_in_it() {
    let document = fold(
        "s",
        &transcript(&[
            user("a", None, "p", 1, json!("a long task"), json!({})),
            answer("b", "a", 2, "Working."),
            json!({"type": "system", "subtype": "compact_boundary", "uuid": "c", "parentUuid": null, "logicalParentUuid": "b",
               "sessionId": "s", "timestamp": "2026-11-22T10:00:03Z", "compactMetadata": {"trigger": "auto"}}),
            user(
                "d",
                Some("c"),
                "p",
                3,
                json!("This session is being continued"),
                json!({"isCompactSummary": true}),
            ),
            answer("e", "d", 4, "Done."),
        ]),
    );
    let [turn] = document.turns.as_slice() else {
        panic!("one turn, not {}", document.turns.len())
    };
    assert_eq!(turn.answer.as_ref().unwrap().text.as_deref(), Some("Done."));
    assert_eq!(
        turn.steps
            .iter()
            .find(|step| step.kind == StepKind::Compaction)
            .unwrap()
            .name
            .as_deref(),
        Some("auto")
    );
    assert_eq!(turn.outcome, Outcome::Answered);
}

#[test]
fn titles_by_what_a_person_meant() {
    let lines = [
        user("a", None, "p", 1, json!("first prompt"), json!({})),
        json!({"type": "ai-title", "aiTitle": "Made by the model", "sessionId": "s"}),
        json!({"type": "custom-title", "customTitle": "Mine", "sessionId": "s"}),
    ];
    let title = |lines: &[Value]| {
        fold("s", &transcript(lines))
            .session
            .title
            .unwrap()
            .text
            .unwrap()
    };
    assert_eq!(title(&lines), "Mine");
    assert_eq!(title(&lines[..2]), "Made by the model");
    assert_eq!(title(&lines[..1]), "first prompt");
    let report = "<task-notification><summary>Done</summary></task-notification>";
    let reported = [
        user("a", None, "p", 1, json!(report), json!({})),
        user("b", Some("a"), "q", 2, json!("what next"), json!({})),
    ];
    assert_eq!(title(&reported), "what next");
    assert_eq!(title(&reported[..1]), report, "nothing else names it");
}

#[test]
fn cowork_events_without_ids_still_count() {
    let log = |name: &str, second: u64, mut attributes: Value| {
        let own = json!({"session.id": "s", "prompt.id": "p", "event.name": name});
        attributes
            .as_object_mut()
            .unwrap()
            .extend(own.as_object().unwrap().clone());
        otel::item(
            json!({"resource": {"attributes": {"service.name": "cowork"}},
            "log": {"time_unix_nano": second * 1_000_000_000, "body": format!("claude_code.{name}"), "attributes": attributes}}),
        )
    };
    let items = [
        log(
            "user_prompt",
            1,
            json!({"prompt": "Sort the files", "prompt_length": 14}),
        ),
        log(
            "api_request",
            3,
            json!({"model": "m", "cost_usd": 0.5, "duration_ms": 900, "input_tokens": 5, "output_tokens": 6}),
        ),
        log(
            "tool_decision",
            4,
            json!({"tool_name": "Bash", "decision": "accept", "source": "config"}),
        ),
        log(
            "tool_result",
            5,
            json!({"tool_name": "Bash", "success": "true", "duration_ms": "12"}),
        ),
        log(
            "api_error",
            6,
            json!({"error": "gone", "status_code": "undefined"}),
        ),
    ];
    let records: Vec<Record> = items
        .into_iter()
        .enumerate()
        .map(|(id, item)| to_record(item, id as u64))
        .collect();
    let document = fold("s", &records);
    assert_eq!(document.session.client.surface.as_str(), "cowork");
    assert_eq!(document.session.totals.cost.cost_nanousd, Some(500_000_000));
    assert_eq!(
        (
            document.session.totals.tool_calls,
            document.turns[0].outcome
        ),
        (1, Outcome::Failed)
    );
}

fn odd_items() -> Vec<Item> {
    let mut items = Vec::new();
    for body in [
        json!({}),
        json!({"type": 5}),
        json!({"type": "user", "uuid": "a", "message": {"content": [1, null, {"type": "tool_result"}]}}),
        json!({"type": "user", "uuid": "a", "parentUuid": "a", "message": "text"}),
        json!({"type": "assistant", "uuid": "b", "message": {"content": {"type": "text"}, "usage": {"input_tokens": -4, "output_tokens": 1e300}}}),
        json!({"type": "assistant", "uuid": "c", "requestId": "r", "apiBlockIndex": 18_446_744_073_709_551_615_u64, "message": {"content": [{"type": "tool_use"}, {"type": "new_block"}]}}),
        json!({"type": "cost-state", "totalCostUSD": 1e308, "startTime": i64::MAX, "totalDuration": i64::MAX}),
        json!({"type": "something-new", "uuid": "d"}),
    ] {
        let mut file = TranscriptFile::new("s", None, "f", [0; 32]);
        items.push(file.item(body.to_string().as_bytes(), 0).unwrap());
    }
    for (place, event) in [
        "PostToolBatch",
        "Stop",
        "NoSuchEvent",
        "SubagentStop",
        "PreToolUse",
        "MessageDisplay",
    ]
    .iter()
    .enumerate()
    {
        let body = json!({"session_id": "s", "hook_event_name": event, "tool_calls": [null, {"tool_use_id": 3}], "index": -1});
        items.push(hook::item(
            body,
            &format!("k{place}"),
            Meta {
                captured_at_us: Some(i64::MAX),
                ..Meta::default()
            },
        ));
    }
    for name in [
        "api_request",
        "tool_result",
        "user_prompt",
        "compaction",
        "no_such_event",
    ] {
        items.push(otel::item(json!({"log": {"time_unix_nano": u64::MAX, "attributes": {"event.name": name, "session.id": "s",
            "duration_ms": "9e18", "cost_usd": "NaN", "input_tokens": u64::MAX, "output_tokens": "-1", "tool_parameters": "[", "prompt_length": -5}}})));
    }
    for name in [
        "claude_code.interaction",
        "claude_code.llm_request",
        "claude_code.tool",
        "other",
    ] {
        items.push(otel::item(json!({"span": {"name": name, "trace_id": "t", "span_id": name, "start_time_unix_nano": u64::MAX,
            "events": [{"name": "tool.output"}], "attributes": {"session.id": "s", "tool_use_id": "x"}}})));
    }
    items
}

#[test]
fn odd_shapes_are_counted_and_break_nothing() {
    let records: Vec<Record> = odd_items()
        .into_iter()
        .enumerate()
        .map(|(id, item)| to_record(item, id as u64))
        .collect();
    let document = fold("s", &records);
    assert_eq!(
        document.session.counts.get("transcript.something-new"),
        Some(&1)
    );
    assert_eq!(document.session.counts.get("hook.NoSuchEvent"), Some(&1));
    assert_eq!(
        document.session.counts.get("otel_log.no_such_event"),
        Some(&1)
    );
    assert_eq!(
        document
            .session
            .counts
            .get("transcript.assistant.new_block"),
        Some(&1)
    );
}

#[test]
fn prompts_without_a_prompt_id_are_turns_of_their_own() {
    let call = |second: u32, key: &str, text: &str| {
        let body =
            json!({"hook_event_name": "UserPromptSubmit", "session_id": "s", "prompt": text});
        let mut item = hook::item(body, key, Meta::default());
        item.at_us = Some(1_795_000_000_000_000 + i64::from(second) * 1_000_000);
        to_record(item, u64::from(second))
    };
    let document = fold(
        "s",
        &[call(1, "a", "question 1"), call(2, "b", "question 2")],
    );
    let prompts: Vec<_> = document
        .turns
        .iter()
        .map(|turn| turn.prompt.text.clone().unwrap().text.unwrap())
        .collect();
    assert_eq!(prompts, ["question 1", "question 2"]);
    let title = document.session.title.unwrap().text.unwrap();
    assert_eq!(title, "question 1");
    assert!(document.session.started_at.is_some());
}
