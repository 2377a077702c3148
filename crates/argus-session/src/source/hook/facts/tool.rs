//! Hooks around tool calls.

use serde_json::Value;

use super::{derived, notice, step};
use crate::Record;
use crate::document::{Decision, TextForm};
use crate::fold::fact::{Fact, Signals, SkillFact, StepFact, StepKey, ToolFact};
use crate::fold::piece::{Piece, call_print};
use crate::fold::slot::{HOOK, LOG, Offer, STAND_IN, offer};
use crate::source::value::{boolean, ms_as_us, string, text};

/// How the client marks a call that never ran: an unknown tool or an invalid input.
const USE_ERROR: &str = "<tool_use_error>";

pub(super) fn facts(event: &str, record: &Record, facts: &mut Vec<Fact>) {
    if event == "PostToolBatch" {
        let calls = record
            .body
            .get("tool_calls")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for place in 0..calls {
            batch_call(record, place, facts);
        }
        return;
    }
    let body = &record.body;
    let key = match event {
        "PermissionRequest" => StepKey::Permission(derived("permission", record)),
        _ => StepKey::Tool(
            string(body, "/tool_use_id").unwrap_or_else(|| derived("derived", record)),
        ),
    };
    let use_id = string(body, "/tool_use_id");
    let mut fact = named_call(key, record, "", facts);
    if event == "PostToolUse" || event == "PostToolUseFailure" {
        // This arrives when the call is over.
        fact.at = record.at_us.and_then(|at| offer(0, at));
        fact.duration_us = ms_as_us(body, "/duration_ms").and_then(|us| offer(HOOK, us));
    }
    fact.signals = match event {
        "PreToolUse" => Signals::CALL_BEGUN,
        "PostToolUse" | "PostToolUseFailure" => Signals::CALL_RAN,
        _ => Signals::default(),
    };
    let tool = fact.tool.get_or_insert_default();
    if event == "PreToolUse" {
        // What was asked for: afterwards a hook may have changed it, and some tools have none (measured, 2.1.330).
        tool.input = tool.input.take().map(|input| Offer { tie: 1, ..input });
    }
    match event {
        "PostToolUse" => {
            tool.result = Piece::json(record, "/tool_response", TextForm::Value)
                .and_then(|piece| offer(HOOK, piece));
            tool.is_error = offer(HOOK, false);
            if let Some(agent) = string(body, "/tool_response/agentId") {
                tool.started_agent_id = Some(agent.clone());
                facts.push(Fact::Agent {
                    id: agent,
                    agent_type: string(body, "/tool_response/agentType")
                        .and_then(|name| offer(LOG, name)),
                    parent_use_id: use_id.and_then(|id| offer(HOOK, id)),
                    parent_span_id: None,
                });
            }
        }
        "PostToolUseFailure" => {
            tool.is_error = offer(HOOK, true);
            // The tool's own error, before what the client adds for the model.
            tool.error =
                Piece::text(record, "/error", TextForm::Value).and_then(|piece| offer(HOOK, piece));
            if boolean(body, "/is_interrupt").unwrap_or(false) {
                fact.signals = fact.signals | Signals::INTERRUPTED;
            }
        }
        "PermissionDenied" => {
            tool.decision = offer(HOOK, Decision::Reject);
            facts.push(notice("permission_denied", "/reason", record));
        }
        _ => {}
    }
    facts.push(Fact::Step(Box::new(fact)));
}

/// The call at `base` of the body: name, input, MCP server, skill.
fn named_call(key: StepKey, record: &Record, base: &str, facts: &mut Vec<Fact>) -> StepFact {
    let body = &record.body;
    let at = |name: &str| format!("{base}/{name}");
    let mut fact = step(key, record);
    let name = string(body, &at("tool_name"));
    let input = body.pointer(&at("tool_input"));
    let server = string(body, &at("mcp_server/name"));
    if let Some(name) = &server {
        facts.push(Fact::McpServer {
            name: name.clone(),
            scope: string(body, &at("mcp_server/source")),
            transport: None,
        });
    }
    if name.as_deref() == Some("Skill") {
        let skill = string(body, &at("tool_input/skill"));
        fact.skill = Some(SkillFact {
            name: skill.and_then(|name| offer(HOOK, name)),
            ..SkillFact::default()
        });
    }
    fact.tool = Some(ToolFact {
        call_print: name
            .as_deref()
            .zip(input)
            .map(|(name, input)| call_print(name, input)),
        name: name.and_then(|name| offer(HOOK, name)),
        input: Piece::json(record, &at("tool_input"), TextForm::Value)
            .and_then(|piece| offer(HOOK, piece)),
        mcp_server: server.and_then(|server| offer(HOOK, server)),
        ..ToolFact::default()
    });
    fact
}

/// A call in a batch: the only hook that has what the model saw, of every call.
fn batch_call(record: &Record, place: usize, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let base = format!("/tool_calls/{place}");
    let Some(use_id) = string(body, &format!("{base}/tool_use_id")) else {
        return;
    };
    let mut fact = named_call(StepKey::Tool(use_id), record, &base, facts);
    fact.at = record.at_us.and_then(|at| offer(0, at));
    fact.signals = Signals::CALL_ANSWERED;
    let response = format!("{base}/tool_response");
    let tool = fact.tool.get_or_insert_default();
    tool.output =
        Piece::json(record, &response, TextForm::Value).and_then(|piece| offer(HOOK, piece));
    if text(body, &response).is_some_and(|shown| shown.starts_with(USE_ERROR)) {
        tool.is_error = offer(STAND_IN, true);
        tool.error = Piece::text(record, &response, TextForm::ErrorText)
            .and_then(|piece| offer(STAND_IN, piece));
    }
    facts.push(Fact::Step(Box::new(fact)));
}
