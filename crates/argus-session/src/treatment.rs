//! How much of an item is kept, by record type.
//!
//! Most bytes of a transcript are the client's own system prompt and tool schemas, the same in every session; and the
//! hooks' bookkeeping says nothing that the session document shows. One table decides.

use serde_json::Value;

use crate::{Item, Source};

/// How much of an item is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Treatment {
    /// All of it.
    Keep,
    /// All of it, but what stands at these JSON pointers (present, and larger than a reference) is kept once per
    /// workspace: the store replaces it by `{"$shared": "<keyed hash>"}`.
    Share(Vec<&'static str>),
    /// Its skeleton: see [`skeleton`]. For bookkeeping that is only counted.
    Count,
}

/// The treatment of an item.
#[must_use]
pub fn of(item: &Item) -> Treatment {
    match item.source {
        Source::Transcript => of_transcript(&item.body),
        Source::OtelLog => of_log(&item.body),
        _ => Treatment::Keep,
    }
}

fn of_transcript(body: &Value) -> Treatment {
    match body.get("type").and_then(Value::as_str) {
        Some("api-request-shape") => Treatment::Share(vec!["/shape/system", "/shape/tools"]),
        Some("attachment") => match body.pointer("/attachment/type").and_then(Value::as_str) {
            Some("prompt_snapshot") => Treatment::Share(vec![
                "/attachment/systemPrompt",
                "/attachment/tools",
                "/attachment/cliPrefix",
                "/attachment/systemTurns",
            ]),
            Some("hook_success") => Treatment::Count,
            _ => Treatment::Keep,
        },
        _ => Treatment::Keep,
    }
}

fn of_log(body: &Value) -> Treatment {
    match body
        .pointer("/log/attributes/event.name")
        .and_then(Value::as_str)
    {
        Some("hook_registered" | "hook_execution_start" | "hook_execution_complete") => {
            Treatment::Count
        }
        _ => Treatment::Keep,
    }
}

/// What is kept of an item that is only counted: of every object the ids, types, names and times by which it is joined
/// and counted; no other text.
#[must_use]
pub fn skeleton(body: &Value) -> Value {
    const KEPT: [&str; 22] = [
        "type",
        "uuid",
        "parentUuid",
        "sessionId",
        "session_id",
        "timestamp",
        "isSidechain",
        "agentId",
        "version",
        "entrypoint",
        "hookEvent",
        "hookName",
        "toolUseID",
        "exitCode",
        "event.name",
        "event.sequence",
        "session.id",
        "prompt.id",
        "hook_event",
        "hook_name",
        "time_unix_nano",
        "service.version",
    ];
    match body {
        Value::Object(map) => map
            .iter()
            .filter_map(|(key, value)| match value {
                Value::Object(_) => Some((key.clone(), skeleton(value))),
                Value::Array(_) => None,
                _ => KEPT
                    .contains(&key.as_str())
                    .then(|| (key.clone(), value.clone())),
            })
            .collect(),
        other => other.clone(),
    }
}
