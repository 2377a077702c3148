//! `assistant` records: one block of an answer each, with the request's usage.

use serde_json::Value;

use super::{agent_id, node, not_a_root, notice, step};
use crate::Record;
use crate::document::{TextForm, TokenTotals};
use crate::fold::fact::{BlockKind, Fact, RequestFact, Signals, SkillFact, StepKey, ToolFact};
use crate::fold::piece::{Piece, call_print};
use crate::fold::slot::{LOG, STAND_IN, TRANSCRIPT, offer, offer_latest};
use crate::source::value::{boolean, count, string, text};

/// The model name of messages that the client wrote itself.
const SYNTHETIC: &str = "<synthetic>";

pub(super) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(uuid) = node(record, not_a_root(record), facts) else {
        return;
    };
    if let (Some(id), Some(agent_type)) = (agent_id(record), string(body, "/attributionAgent")) {
        facts.push(Fact::Agent {
            id,
            agent_type: offer(LOG, agent_type),
            parent_use_id: None,
            parent_span_id: None,
        });
    }
    if boolean(body, "/isApiErrorMessage").unwrap_or(false) {
        return api_error(record, &uuid, facts);
    }
    if text(body, "/message/model") == Some(SYNTHETIC) {
        return facts.push(notice(&uuid, "client_message", "/message/content", record));
    }
    let request_id = string(body, "/requestId").or_else(|| string(body, "/message/id"));
    if let Some(request_id) = &request_id {
        request(record, &uuid, request_id, facts);
    }
    let blocks = body
        .pointer("/message/content")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    for place in 0..blocks {
        block(record, &uuid, request_id.as_deref(), place, facts);
    }
}

fn api_error(record: &Record, uuid: &str, facts: &mut Vec<Fact>) {
    let mut fact = step(StepKey::Error(uuid.to_owned()), uuid, record);
    fact.text = Piece::text(record, "/message/content", TextForm::ContentBlocks)
        .and_then(|piece| offer(TRANSCRIPT, piece));
    fact.name = string(&record.body, "/error").and_then(|name| offer(TRANSCRIPT, name));
    fact.request_id = string(&record.body, "/requestId");
    fact.signals = fact.signals | Signals::FAILED;
    if let Some(request_id) = fact.request_id.clone() {
        let mut request = step(StepKey::Request(request_id), uuid, record);
        request.at = record.at_us.and_then(|at| offer(STAND_IN, at));
        request.request_id.clone_from(&fact.request_id);
        request.request = Some(RequestFact::default());
        facts.push(Fact::Step(Box::new(request)));
    }
    facts.push(Fact::Step(Box::new(fact)));
}

fn request(record: &Record, uuid: &str, request_id: &str, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let at = record.at_us.unwrap_or(0);
    let mut fact = step(StepKey::Request(request_id.to_owned()), uuid, record);
    // The first block's time: later than the request's start, earlier than the others'.
    fact.at = record
        .at_us
        .and_then(|at| offer_latest(STAND_IN, at.saturating_neg(), at));
    fact.request_id = Some(request_id.to_owned());
    fact.message_id = string(body, "/message/id");
    if let Some(id) = fact.message_id.clone() {
        facts.push(Fact::Message {
            id,
            uuid: uuid.to_owned(),
        });
    }
    let stop_reason = string(body, "/message/stop_reason");
    fact.signals = fact.signals
        | match stop_reason.as_deref() {
            Some("refusal") => Signals::REFUSED,
            Some("end_turn" | "stop_sequence" | "max_tokens") => Signals::ENDED_TURN,
            _ => Signals::default(),
        };
    let usage = body
        .pointer("/message/usage")
        .filter(|usage| usage.is_object());
    let tokens = usage.map(|usage| TokenTotals {
        input_tokens: count(usage, "/input_tokens"),
        output_tokens: count(usage, "/output_tokens"),
        cache_read_tokens: count(usage, "/cache_read_input_tokens"),
        cache_creation_tokens: count(usage, "/cache_creation_input_tokens"),
    });
    fact.request = Some(RequestFact {
        model: string(body, "/message/model").and_then(|model| offer(TRANSCRIPT, model)),
        // Usage is repeated on every block and may grow: the last one counts, and a bill (telemetry) before it.
        tokens: tokens.and_then(|tokens| offer_latest(STAND_IN, at, tokens)),
        stop_reason: stop_reason.and_then(|reason| offer_latest(TRANSCRIPT, at, reason)),
        ..RequestFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}

fn block(
    record: &Record,
    uuid: &str,
    request_id: Option<&str>,
    place: usize,
    facts: &mut Vec<Fact>,
) {
    let body = &record.body;
    let pointer = format!("/message/content/{place}");
    let index = count(body, "/apiBlockIndex").map(|index| index + place as u64);
    let (kind, text_pointer) = match text(body, &format!("{pointer}/type")) {
        Some("text") => (BlockKind::Text, format!("{pointer}/text")),
        Some("thinking") => (BlockKind::Thinking, format!("{pointer}/thinking")),
        Some("redacted_thinking") => (BlockKind::Thinking, String::from("/nothing")),
        Some("tool_use" | "server_tool_use" | "mcp_tool_use") => {
            return tool_use(record, uuid, request_id, &pointer, facts);
        }
        other => {
            return facts.push(Fact::Count(format!(
                "transcript.assistant.{}",
                other.unwrap_or("unknown")
            )));
        }
    };
    let id = if place == 0 {
        uuid.to_owned()
    } else {
        format!("{uuid}#{place}")
    };
    let mut fact = step(StepKey::Block(id), uuid, record);
    fact.request_id = request_id.map(str::to_owned);
    fact.block = Some((kind, index));
    fact.text = Piece::text(record, &text_pointer, TextForm::Value)
        .and_then(|piece| offer(TRANSCRIPT, piece));
    if boolean(body, "/isAbortedMidStream").unwrap_or(false) {
        fact.signals = fact.signals | Signals::ABORTED;
    }
    facts.push(Fact::Step(Box::new(fact)));
}

fn tool_use(
    record: &Record,
    uuid: &str,
    request_id: Option<&str>,
    pointer: &str,
    facts: &mut Vec<Fact>,
) {
    let body = &record.body;
    let Some(use_id) = string(body, &format!("{pointer}/id")) else {
        return;
    };
    let name = string(body, &format!("{pointer}/name"));
    let input = format!("{pointer}/input");
    let mut fact = step(StepKey::Tool(use_id), uuid, record);
    fact.request_id = request_id.map(str::to_owned);
    fact.aliases.push(uuid.to_owned());
    if name.as_deref() == Some("Skill") {
        let skill = string(body, &format!("{input}/skill"));
        fact.skill = Some(SkillFact {
            name: skill.and_then(|name| offer(TRANSCRIPT, name)),
            ..SkillFact::default()
        });
    }
    fact.tool = Some(ToolFact {
        call_print: name
            .as_deref()
            .zip(body.pointer(&input))
            .map(|(name, input)| call_print(name, input)),
        name: name.and_then(|name| offer(TRANSCRIPT, name)),
        input: Piece::json(record, &input, TextForm::Value)
            .and_then(|piece| offer(TRANSCRIPT, piece)),
        ..ToolFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}
