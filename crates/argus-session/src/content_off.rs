//! Items of a session whose content is switched off: structure, ids, times and counts stay, what was said and done goes.
//!
//! Whatever is not known to be structure is content: a member that clients add tomorrow is dropped.

use serde_json::{Map, Value};

use crate::Meta;
use crate::fold::piece::REDACTED;

/// Members of which nothing stays: inputs and results of tools, and what is keyed by data.
const FREE_FORM: [&str; 14] = [
    "answers",
    "arguments",
    "bytes",
    "error",
    "input",
    "kvlist",
    "mcpMeta",
    "metadata",
    "rawInput",
    "structuredContent",
    "toolUseResult",
    "tool_input",
    "tool_response",
    "tool_result",
];
/// Members that are texts: a mark stays in their place, so that there was one is known. Other strings leave nothing.
const TEXTS: [&str; 12] = [
    "compact_summary",
    "content",
    "delta",
    "last_assistant_message",
    "message",
    "output",
    "prompt",
    "response",
    "result",
    "summary",
    "text",
    "thinking",
];
/// What of free forms stays: what joins a tool's result with a sub-agent's own records.
const JOINING: [&str; 2] = ["agentId", "agent_id"];
/// Members that hold an id, a time, or a word of a closed list.
const KEPT: [&str; 95] = [
    "agentId",
    "agent_id",
    "apiErrorType",
    "base",
    "client_request_id",
    "code",
    "decision",
    "decision_source",
    "decision_type",
    "delivery_id",
    "effort",
    "entrypoint",
    "enduser.id",
    "error_type",
    "event.name",
    "event.timestamp",
    "event_name",
    "gen_ai.conversation.id",
    "gen_ai.response.id",
    "gen_ai.tool.call.id",
    "hash",
    "hookEvent",
    "hook_event",
    "hook_event_name",
    "id",
    "interruptedMessageId",
    "kind",
    "leafUuid",
    "level",
    "load_reason",
    "logicalParentUuid",
    "memory_type",
    "message.id",
    "message.uuid",
    "messageId",
    "message_id",
    "mode",
    "model",
    "operation",
    "organization.id",
    "parentUuid",
    "parent_agent_id",
    "parent_span_id",
    "permissionMode",
    "permission_mode",
    "promptId",
    "promptSource",
    "prompt.id",
    "prompt_id",
    "querySource",
    "query_source",
    "reason",
    "refusedMessageId",
    "requestId",
    "requestRef",
    "requestSessionId",
    "request_id",
    "role",
    "service.name",
    "service.version",
    "service_tier",
    "session.id",
    "sessionId",
    "session_id",
    "severity_text",
    "source",
    "sourceToolAssistantUUID",
    "sourceToolUseID",
    "source_uuid",
    "span.type",
    "span_id",
    "speed",
    "status",
    "status_code",
    "stopReason",
    "stop_reason",
    "subtype",
    "temporality",
    "terminal.type",
    "timestamp",
    "toolDenialKind",
    "toolUseID",
    "toolUseId",
    "tool_name",
    "tool_use_id",
    "trace_id",
    "trigger",
    "turnOrigin",
    "turn_id",
    "type",
    "unit",
    "user.account_uuid",
    "user.id",
    "uuid",
    "version",
];
/// Longest id or word.
const WORD_BYTES_MAX: usize = 128;
/// Longest name of a member that is a name, not data.
const NAME_BYTES_MAX: usize = 64;
/// How the names of telemetry's counts, sizes and truths end: some clients send their values as strings.
const NUMBERS: [&str; 11] = [
    "_bytes", "_count", "_length", "_ms", "_s", "_size", "_tokens", "_usd", "attempt", "sequence",
    "success",
];
/// Longest number that stands in a string.
const NUMBER_BYTES_MAX: usize = 32;
/// Depth of nesting beyond which nothing stays.
const DEPTH_MAX: usize = 64;
/// How a text begins that the client wrote and no person: what a record is hangs on it.
const STARTS: [&str; 11] = [
    "<bash-input>",
    "<bash-stderr>",
    "<bash-stdout>",
    "<command-message>",
    "<command-name>",
    "<local-command-caveat>",
    "<local-command-stderr>",
    "<local-command-stdout>",
    "<task-notification>",
    "Base directory for this skill:",
    "[Request interrupted by user",
];

/// An item's body without its content. A second time changes nothing.
#[must_use]
pub fn body(mut body: Value) -> Value {
    strip("", &mut body, 0);
    body
}

/// What the capture client said beside an item, without what tells of the work: no folders, no remote, nothing unknown.
#[must_use]
pub fn meta(meta: Meta) -> Meta {
    let is_path = |id: &str| id.contains(['/', '\\']) || id.len() > WORD_BYTES_MAX;
    Meta {
        file: meta.file.filter(|file| !is_path(&file.id)),
        cwd: None,
        git_remote: None,
        unknown: Map::new(),
        ..meta
    }
}

/// False when nothing is left of the value.
fn strip(name: &str, value: &mut Value, depth: usize) -> bool {
    match value {
        _ if FREE_FORM.contains(&name) => strip_free_form(value),
        Value::Array(_) | Value::Object(_) if depth > DEPTH_MAX => return false,
        Value::String(text) if is_structure(name, text) => {}
        Value::String(text) if TEXTS.contains(&name) => {
            *text = STARTS
                .iter()
                .find(|start| text.starts_with(**start))
                .map_or(REDACTED, |start| start)
                .to_owned();
        }
        Value::String(_) => return false,
        Value::Array(items) => items.retain_mut(|item| strip(name, item, depth + 1)),
        Value::Object(members) => strip_members(name, members, depth),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    true
}

fn strip_members(name: &str, members: &mut Map<String, Value>, depth: usize) {
    let is_call = members
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|kind| kind.ends_with("tool_use"));
    let is_named_thing = is_call || matches!(name, "metric" | "span" | "scope");
    let left = std::mem::take(members).into_iter();
    *members = left
        .filter_map(|(member, mut value)| {
            let word = value.as_str().filter(|text| is_word(text));
            let is_name_of = is_named_thing && member == "name" && word.is_some();
            // An OTel log record's own body is the name of its event.
            let is_event = name == "log"
                && member == "body"
                && word.is_some_and(|text| text.starts_with("claude_code."));
            let stays =
                is_name_of || is_event || is_name(&member) && strip(&member, &mut value, depth + 1);
            stays.then_some((member, value))
        })
        .collect();
}

/// Nothing of it stays but that it was there, and what joins it with other records.
fn strip_free_form(value: &mut Value) {
    let joining: Map<String, Value> = match value {
        Value::Null => return,
        Value::Object(members) => JOINING
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), members.get(*name)?.clone())))
            .filter(|(_, id)| id.as_str().is_some_and(is_word))
            .collect(),
        _ => Map::new(),
    };
    *value = if joining.is_empty() {
        Value::from(REDACTED)
    } else {
        Value::Object(joining)
    };
}

fn is_structure(name: &str, text: &str) -> bool {
    text.is_empty() || KEPT.contains(&name) && is_word(text) || is_number(name, text)
}

/// An id, a time or a word: short, of plain characters. Placeholders of redaction are none.
fn is_word(text: &str) -> bool {
    text.len() <= WORD_BYTES_MAX
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':' | b'+')
        })
}

fn is_number(name: &str, text: &str) -> bool {
    NUMBERS.iter().any(|end| name.ends_with(end))
        && text.len() <= NUMBER_BYTES_MAX
        && (matches!(text, "true" | "false") || text.parse::<f64>().is_ok())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && !name.chars().any(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn structure_stays_and_content_goes() {
        let given = json!({
            "type": "assistant", "uuid": "u-1", "parentUuid": null, "sessionId": "s-1", "timestamp": "2026-11-22T11:53:02.305Z",
            "cwd": "/home/a/merger", "gitBranch": "secret-plan", "requestId": "req_1",
            "message": {"id": "msg_1", "model": "claude-opus-5-5", "role": "assistant", "stop_reason": "tool_use",
                "usage": {"input_tokens": 12, "service_tier": "standard"},
                "content": [{"type": "text", "text": "the merger"},
                    {"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {"command": "ls merger", "count": 4711}}]},
            "toolUseResult": {"agentId": "a1", "stdout": "merger"},
            "what is this": "a question", "later": {"deep": ["merger"]},
        });
        let stripped = body(given);
        assert_eq!(
            stripped,
            json!({
                "type": "assistant", "uuid": "u-1", "parentUuid": null, "sessionId": "s-1", "timestamp": "2026-11-22T11:53:02.305Z",
                "requestId": "req_1",
                "message": {"id": "msg_1", "model": "claude-opus-5-5", "role": "assistant", "stop_reason": "tool_use",
                    "usage": {"input_tokens": 12, "service_tier": "standard"},
                    "content": [{"type": "text", "text": "<REDACTED>"},
                        {"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": "<REDACTED>"}]},
                "toolUseResult": {"agentId": "a1"},
                "later": {"deep": []},
            })
        );
        assert_eq!(body(stripped.clone()), stripped);
    }

    #[test]
    fn what_an_event_is_and_what_it_counts_stays() {
        let given = json!({
            "resource": {"attributes": {"service.name": "claude-code", "customer": "northwind"}},
            "log": {"body": "claude_code.tool_result", "time_unix_nano": 5, "attributes": {
                "event.name": "tool_result", "session.id": "s", "duration_ms": "12", "success": "true", "cost_usd": "0.25",
                "tool_name": "Bash", "code_word": "4711", "tool_parameters": "{\"bash_command\":\"ls\"}", "prompt": "what is it"}},
        });
        let stripped = body(given);
        let attributes = &stripped["log"]["attributes"];
        assert_eq!(attributes["duration_ms"], "12");
        assert_eq!(attributes["cost_usd"], "0.25");
        assert_eq!(attributes["prompt"], REDACTED);
        for gone in ["tool_parameters", "code_word"] {
            assert!(attributes.get(gone).is_none(), "{gone}");
        }
        assert_eq!(stripped["log"]["body"], "claude_code.tool_result");
        assert!(!stripped.to_string().contains("northwind"));
        let other = body(json!({"log": {"body": "free text"}}));
        assert_eq!(other, json!({"log": {}}));
    }

    #[test]
    fn what_the_client_wrote_is_still_told_from_a_prompt() {
        let record =
            |text: &str| json!({"type": "user", "message": {"role": "user", "content": text}});
        let stripped = body(record("<command-name>/deploy</command-name> northwind"));
        assert_eq!(stripped["message"]["content"], "<command-name>");
        assert_eq!(body(record("hello"))["message"]["content"], REDACTED);
    }

    #[test]
    fn nothing_beside_the_item_tells_of_the_work() {
        let given: Meta = serde_json::from_value(json!({
            "captured_at_us": 1, "file": {"id": "-home-a-merger/x.jsonl", "offset": 3}, "cwd": "/home/a", "git_remote": "x",
            "device": "d", "agent_id": "a", "unknown": {"later": 1},
        }))
        .unwrap();
        assert_eq!(
            serde_json::to_value(meta(given)).unwrap(),
            json!({"captured_at_us": 1, "device": "d", "agent_id": "a"})
        );
    }
}
