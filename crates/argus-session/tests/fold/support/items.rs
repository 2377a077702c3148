//! Source items written by hand, in the shapes of the real client. Times are milliseconds after ten o'clock.

use std::collections::BTreeMap;

use argus_session::source::{hook, otel, transcript::TranscriptFile};
use argus_session::{Fold, Item, Meta, Record, SessionDocument};
use serde_json::{Value, json};

use super::to_record;
use crate::properties::{keep_changed, without_place};

const TEN_O_CLOCK_US: i64 = 1_795_341_600_000_000;

/// Milliseconds after ten o'clock, as documents have times.
pub fn us(ms: u32) -> i64 {
    TEN_O_CLOCK_US + i64::from(ms) * 1_000
}

fn with(mut value: Value, more: Value) -> Value {
    value
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    value
}

/// A hook call.
pub fn called(ms: u32, event: &str, body: Value) -> Item {
    let own = json!({"session_id": "s", "hook_event_name": event});
    let meta = Meta {
        captured_at_us: Some(us(ms)),
        ..Meta::default()
    };
    hook::item(with(own, body), &format!("{ms}{event}"), meta)
}

/// A log record, of a trace or (empty) of none.
pub fn log(ms: u32, trace: &str, name: &str, attributes: Value) -> Item {
    let own = json!({"session.id": "s", "event.name": name});
    let mut log = json!({"time_unix_nano": us(ms) * 1_000, "attributes": with(own, attributes)});
    if !trace.is_empty() {
        log["trace_id"] = json!(trace);
    }
    otel::item(json!({ "log": log }))
}

/// A span.
pub fn span(from_ms: u32, to_ms: u32, trace: &str, name: &str, attributes: Value) -> Item {
    let own = json!({"session.id": "s", "duration_ms": to_ms - from_ms});
    otel::item(json!({"span": {
        "name": format!("claude_code.{name}"), "trace_id": trace, "span_id": format!("{name}{from_ms}"),
        "start_time_unix_nano": us(from_ms) * 1_000, "end_time_unix_nano": us(to_ms) * 1_000,
        "attributes": with(own, attributes),
    }}))
}

/// The lines of a transcript: the session's own or a sub-agent's.
pub fn lines(agent: Option<&str>, lines: &[Value]) -> Vec<Item> {
    let mut file = TranscriptFile::new("s", agent, "file", [0; 32]);
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            file.item(line.to_string().as_bytes(), place as u64)
                .unwrap()
        })
        .collect()
}

/// A `user` line. Every one names the prompt that was current when it was written.
pub fn user(ms: u32, uuid: &str, parent: Option<&str>, prompt_id: &str, content: Value) -> Value {
    json!({
        "type": "user", "uuid": uuid, "parentUuid": parent, "promptId": prompt_id, "sessionId": "s",
        "timestamp": timestamp(ms), "message": {"role": "user", "content": content},
    })
}

/// An `assistant` line with one block.
pub fn assistant(ms: u32, uuid: &str, parent: &str, request: &str, block: Value) -> Value {
    let stop_reason = if block["type"] == "text" {
        "end_turn"
    } else {
        "tool_use"
    };
    json!({
        "type": "assistant", "uuid": uuid, "parentUuid": parent, "sessionId": "s", "requestId": request,
        "apiBlockIndex": 0, "timestamp": timestamp(ms),
        "message": {"id": request, "model": "claude-opus-5-5", "stop_reason": stop_reason, "content": [block],
                    "usage": {"input_tokens": 1, "output_tokens": 2}},
    })
}

pub fn says(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

pub fn calls(use_id: &str, name: &str, input: Value) -> Value {
    json!({"type": "tool_use", "id": use_id, "name": name, "input": input})
}

pub fn result(use_id: &str, content: &str) -> Value {
    json!([{"type": "tool_result", "tool_use_id": use_id, "content": content}])
}

fn timestamp(ms: u32) -> String {
    format!("2026-11-22T10:00:{:02}.{:03}Z", ms / 1_000, ms % 1_000)
}

/// The document of these items, texts filled in, after making sure that neither their order nor repetition matters, and
/// that who reads only the turns that changed has them all.
pub fn fold(items: impl IntoIterator<Item = Item>) -> SessionDocument {
    fold_of("s", items)
}

/// The same for a session of another name.
pub fn fold_of(session: &str, items: impl IntoIterator<Item = Item>) -> SessionDocument {
    let records: Vec<Record> = items
        .into_iter()
        .enumerate()
        .map(|(id, item)| to_record(item, id as u64))
        .collect();
    let again = |order: &mut dyn Iterator<Item = &Record>| {
        let mut fold = Fold::new(session);
        let mut turns = BTreeMap::new();
        for record in order {
            fold.apply(record);
            keep_changed(&mut fold, &mut turns);
        }
        let document = serde_json::to_value(fold.document()).unwrap();
        for turn in document["turns"].as_array().unwrap() {
            let id = turn["id"].as_str().unwrap();
            assert_eq!(turns.remove(id), Some(without_place(turn)), "{id}");
        }
        assert!(turns.is_empty(), "turns that are gone: {turns:?}");
        document
    };
    let expected = again(&mut records.iter());
    let middle = records.len() / 2;
    let backwards = again(&mut records.iter().rev());
    let turned = again(&mut records[middle..].iter().chain(&records[..middle]));
    let repeated = again(&mut records.iter().rev().step_by(2).chain(&records));
    assert_eq!(
        [&backwards, &turned, &repeated],
        [&expected; 3],
        "order or repetition matters"
    );
    super::fold(session, &records)
}
