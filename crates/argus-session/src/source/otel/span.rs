//! What a span means. Spans carry no prompt id: they join by trace, tool use id or request id.

use serde_json::Value;

use super::attributes::{Attributes, client_facts, is_auxiliary, step};
use super::log::{PARAMETERS, tokens};
use crate::Record;
use crate::document::{Decision, TextForm};
use crate::fold::fact::{
    Fact, Place, RequestFact, Signals, SkillFact, StepFact, StepKey, ToolFact,
};
use crate::fold::piece::Piece;
use crate::fold::slot::{LOG, SPAN, STAND_IN, TRANSCRIPT, Weight, offer};
use crate::source::value;

/// A request's span is the only one that has the exact time of its start.
const STARTED: Weight = TRANSCRIPT + 1;

pub(crate) fn span_facts(record: &Record, facts: &mut Vec<Fact>) {
    let of = Attributes::new(record, "span");
    let name = of.member("name").unwrap_or_else(|| "unknown".to_owned());
    let kind = of
        .string("span.type")
        .unwrap_or_else(|| name.trim_start_matches("claude_code.").to_owned());
    match kind.as_str() {
        "interaction" => interaction(&of, facts),
        "llm_request" => llm_request(&of, facts),
        "tool" => tool(&of, facts),
        "tool.execution" => execution(&of, facts),
        "tool.blocked_on_user" => blocked(&of, facts),
        _ => facts.push(Fact::Count(format!("otel_span.{kind}"))),
    }
    client_facts(&of, facts);
}

fn fact(key: StepKey, of: &Attributes<'_>) -> StepFact {
    let place = of.member("trace_id").map_or(Place::Session, Place::Trace);
    let mut fact = step(key, place, of);
    fact.at = of.record.at_us.and_then(|at| offer(SPAN, at));
    fact
}

fn span_name(of: &Attributes<'_>) -> String {
    format!(
        "span:{}",
        of.member("span_id").unwrap_or_else(|| of.derived())
    )
}

fn nanos(of: &Attributes<'_>, name: &str) -> Option<i64> {
    let nanos = of.record.body.get("span")?.get(name)?.as_u64()?;
    Some(crate::time::us_from_unix_nano(nanos))
}

fn interaction(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let mut prompt = fact(
        StepKey::Prompt(format!(
            "trace:{}",
            of.member("trace_id").unwrap_or_default()
        )),
        of,
    );
    prompt.text = of
        .text("user_prompt", "user_prompt_length")
        .and_then(|piece| offer(SPAN, piece))
        .or_else(|| {
            of.count("user_prompt_length")
                .and_then(|length| offer(0, Piece::length(length)))
        });
    facts.push(Fact::Step(Box::new(prompt)));
    let mut end = fact(StepKey::Signal(span_name(of)), of);
    end.at = nanos(of, "end_time_unix_nano").and_then(|at| offer(SPAN, at));
    end.signals = Signals::SPAN_ENDED;
    facts.push(Fact::Step(Box::new(end)));
}

fn llm_request(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let request_id = of.string("request_id");
    let mut fact = fact(
        StepKey::Request(request_id.clone().unwrap_or_else(|| span_name(of))),
        of,
    );
    fact.at = of.record.at_us.and_then(|at| offer(STARTED, at));
    fact.duration_us = of.ms_as_us("duration_ms").and_then(|us| offer(SPAN, us));
    fact.request_id = request_id;
    let stop_reason = of.string("stop_reason");
    let query_source = of
        .str("query_source")
        .or_else(|| of.str("query_source_safe"));
    fact.signals = match stop_reason.as_deref() {
        _ if is_auxiliary(query_source) => Signals::AUXILIARY,
        Some("refusal") => Signals::REFUSED,
        Some("end_turn" | "stop_sequence" | "max_tokens") => Signals::ENDED_TURN,
        _ => Signals::default(),
    };
    fact.request = Some(RequestFact {
        model: of.string("model").and_then(|model| offer(SPAN, model)),
        tokens: tokens(of).and_then(|tokens| offer(SPAN, tokens)),
        ttft_us: of.ms_as_us("ttft_ms").and_then(|us| offer(SPAN, us)),
        query_source: of
            .string("query_source_safe")
            .and_then(|source| offer(STAND_IN, source)),
        stop_reason: stop_reason.and_then(|reason| offer(SPAN, reason)),
        attempts: of
            .count("attempt")
            .and_then(|attempts| offer(SPAN, attempts)),
        ..RequestFact::default()
    });
    agent_parent(of, facts);
    facts.push(Fact::Step(Box::new(fact)));
}

/// A sub-agent's first spans hang below the tool call that started it.
fn agent_parent(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    if let (Some(id), Some(parent)) = (of.string("agent_id"), of.member("parent_span_id")) {
        facts.push(Fact::Agent {
            id,
            agent_type: None,
            parent_use_id: None,
            parent_span_id: Some(parent),
        });
    }
}

fn tool(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let Some(use_id) = of
        .string("tool_use_id")
        .or_else(|| of.string("gen_ai.tool.call.id"))
    else {
        return facts.push(Fact::Count("otel_span.tool".to_owned()));
    };
    tool_span(of, &use_id, facts);
    let mut fact = fact(StepKey::Tool(use_id), of);
    let name = of.string("tool_name");
    let server = of.string("anthropic.mcp.server.name");
    let is_hidden = name.as_deref() == Some("mcp_tool");
    let mcp_tool = server
        .as_ref()
        .and_then(|_| of.string("gen_ai.tool.name"))
        .filter(|_| !is_hidden);
    if name.as_deref() == Some("Skill") {
        let skill = of.string("skill_name");
        fact.skill = Some(SkillFact {
            name: skill.and_then(|name| offer(SPAN, name)),
            ..SkillFact::default()
        });
    }
    let mut tool = ToolFact {
        name: name
            .clone()
            .and_then(|name| offer(if is_hidden { STAND_IN } else { SPAN }, name)),
        mcp_server: server.and_then(|server| offer(SPAN, server)),
        mcp_tool: mcp_tool.and_then(|tool| offer(SPAN, tool)),
        ..ToolFact::default()
    };
    tool.input = of
        .tool_parameters("")
        .and_then(|piece| offer(PARAMETERS, piece));
    output(of, name.as_deref().unwrap_or_default(), &mut tool);
    fact.tool = Some(tool);
    facts.push(Fact::Step(Box::new(fact)));
}

fn tool_span(of: &Attributes<'_>, use_id: &str, facts: &mut Vec<Fact>) {
    if let Some(span_id) = of.member("span_id") {
        facts.push(Fact::ToolSpan {
            span_id,
            use_id: use_id.to_owned(),
        });
    }
}

/// The `tool.output` event: of Bash and MCP what the tool gave (an empty output is told to the model in words that are
/// not here), of Read the file, of Write and Edit what was written, which is no output.
fn output(of: &Attributes<'_>, tool_name: &str, tool: &mut ToolFact) {
    let events = of
        .record
        .body
        .pointer("/span/events")
        .and_then(Value::as_array);
    for (place, event) in events.into_iter().flatten().enumerate() {
        if value::text(event, "/name") != Some("tool.output") {
            continue;
        }
        let base = format!("/span/events/{place}/attributes");
        let shown = if tool_name == "Read" {
            "content"
        } else {
            "output"
        };
        let pointer = format!("{base}/{shown}");
        let whole =
            value::boolean(&of.record.body, &format!("{base}/{shown}_truncated")) != Some(true);
        let original = value::count(&of.record.body, &format!("{base}/{shown}_original_length"))
            .filter(|_| !whole);
        if value::text(&of.record.body, &pointer).is_some() {
            let piece = Piece::json(of.record, &pointer, TextForm::Value);
            tool.output = piece.and_then(|piece| {
                offer(
                    LOG,
                    Piece {
                        bytes: original.unwrap_or(piece.bytes),
                        // The model was given a file with line numbers, and an MCP result as blocks.
                        shortened: !whole || tool_name == "Read" || tool.mcp_server.is_some(),
                        ..piece
                    },
                )
            });
        }
        let is_cut = event
            .get("attributes")
            .and_then(Value::as_object)
            .is_some_and(|members| {
                members.iter().any(|(name, value)| {
                    name.ends_with("_truncated") && *value == Value::Bool(true)
                })
            });
        let whole_event = Piece::json(of.record, &base, TextForm::Value).and_then(|piece| {
            let shortened = is_cut;
            offer(LOG, Piece { shortened, ..piece })
        });
        match tool_name {
            // Exactly what the tool was given.
            "Write" => tool.input = whole_event,
            _ => tool.result = whole_event,
        }
    }
}

/// The wait for a decision, below the call's span.
fn blocked(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    facts.push(Fact::Count("otel_span.tool.blocked_on_user".to_owned()));
    let decision = match of.str("decision") {
        Some("accept") => Some(Decision::Accept),
        Some("reject") => Some(Decision::Reject),
        _ => None,
    };
    if let (Some(decision), Some(span_id)) = (decision, of.member("parent_span_id")) {
        facts.push(Fact::SpanDecision {
            span_id,
            decision: (Some(decision), of.string("source")),
        });
    }
}

fn execution(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let Some(use_id) = of
        .string("tool_use_id")
        .or_else(|| of.string("gen_ai.tool.call.id"))
    else {
        return facts.push(Fact::Count("otel_span.tool.execution".to_owned()));
    };
    tool_span(of, &use_id, facts);
    let mut fact = fact(StepKey::Tool(use_id), of);
    fact.at = of.record.at_us.and_then(|at| offer(LOG, at));
    fact.duration_us = of.ms_as_us("duration_ms").and_then(|us| offer(SPAN, us));
    fact.tool = Some(ToolFact {
        is_error: of
            .boolean("success")
            .and_then(|success| offer(SPAN, !success)),
        error: of
            .text("error", "")
            .and_then(|piece| offer(STAND_IN, piece)),
        ..ToolFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}
