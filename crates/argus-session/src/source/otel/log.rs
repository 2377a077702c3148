//! What a log record (an event) means.

use super::attributes::{Attributes, client_facts, is_auxiliary, step};
use crate::Record;
use crate::coverage::CoverageFact;
use crate::document::{Decision, TokenTotals};
use crate::fold::fact::{
    Fact, Place, RequestFact, SessionFact, Signals, SkillFact, StepFact, StepKey, ToolFact,
};
use crate::fold::piece::Piece;
use crate::fold::slot::{HOOK, LOG, STAND_IN, Weight, offer};
use crate::source::is_report;
use crate::source::value::nanousd;

/// What the client puts for a tool's or skill's name that it does not tell.
const HIDDEN_NAMES: [&str; 3] = ["mcp_tool", "custom_skill", "custom"];
/// A part of a call's input: before its bare size.
pub(super) const PARAMETERS: Weight = STAND_IN + 1;
/// The client's own measure of a request or call: before the span's, which holds more than the call.
const MEASURED: Weight = 25;

pub(crate) fn log_facts(record: &Record, facts: &mut Vec<Fact>) {
    let of = Attributes::new(record, "log");
    if let (Some(trace_id), Some(prompt_id)) = (of.member("trace_id"), of.string("prompt.id")) {
        facts.push(Fact::Trace {
            trace_id,
            prompt_id,
            at: record.at_us,
            by_agent: of.str("agent_id").is_some(),
        });
    }
    if let (Some(number), Some(at)) = (of.count("event.sequence"), record.at_us) {
        facts.push(Fact::Coverage(CoverageFact::Event {
            version: of.resource("service.version"),
            at,
            number,
        }));
    }
    let event = event_name(&of);
    match event.as_str() {
        "user_prompt" => user_prompt(&of, facts),
        "assistant_response" => assistant_response(&of, facts),
        "api_request" => api_request(&of, facts),
        "api_error" => api_error(&of, facts),
        "api_refusal" => signal(&of, Signals::REFUSED, facts),
        "tool_decision" => tool_decision(&of, facts),
        "tool_result" => tool_result(&of, facts),
        "skill_activated" => skill_activated(&of, facts),
        "subagent_completed" => subagent_completed(&of, facts),
        "compaction" => compaction(&of, facts),
        "mcp_server_connection" => mcp_server_connection(&of, facts),
        _ => facts.push(Fact::Count(format!("otel_log.{event}"))),
    }
    client_facts(&of, facts);
}

/// The event's name: from its attribute, else from the record, without the client's prefix.
fn event_name(of: &Attributes<'_>) -> String {
    let name = of
        .string("event.name")
        .or_else(|| of.member("event_name"))
        .or_else(|| of.member("body"));
    let name = name.unwrap_or_else(|| "unknown".to_owned());
    name.rsplit('.').next().unwrap_or("unknown").to_owned()
}

fn place(of: &Attributes<'_>) -> Place {
    let prompt = of.string("prompt.id").map(Place::Prompt);
    let trace = of.member("trace_id").map(Place::Trace);
    // A sub-agent stays in the trace that started it, while the prompt is the one of the moment.
    let known = match of.str("agent_id") {
        None => prompt.or(trace),
        Some(_) => trace.or(prompt),
    };
    known.unwrap_or(Place::Session)
}

fn fact(key: StepKey, of: &Attributes<'_>) -> StepFact {
    let mut fact = step(key, place(of), of);
    fact.at = of.record.at_us.and_then(|at| offer(LOG, at));
    fact
}

/// A record is stamped when what it tells of is over: its start is its duration before that. With the weights of both.
fn timed_by_end(fact: &mut StepFact, of: &Attributes<'_>, start: Weight, duration: Weight) {
    let duration_us = of.ms_as_us("duration_ms");
    fact.at = of
        .record
        .at_us
        .and_then(|at| offer(start, at.saturating_sub(duration_us.unwrap_or(0))));
    fact.duration_us = duration_us.and_then(|us| offer(duration, us));
}

fn prompt_or_derived(of: &Attributes<'_>) -> String {
    of.string("prompt.id").unwrap_or_else(|| of.derived())
}

fn user_prompt(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let mut fact = fact(
        StepKey::Prompt(format!("log:{}", prompt_or_derived(of))),
        of,
    );
    // Backends that nest dotted keys lose `prompt` under `prompt.id`; the client sends it a second time for them.
    let text = of
        .text("prompt", "prompt_length")
        .or_else(|| of.text("prompt_text", "prompt_length"));
    // Without its text nothing tells a report from what a person typed.
    fact.is_report = text
        .as_ref()
        .and_then(|_| of.str("prompt").or_else(|| of.str("prompt_text")))
        .and_then(|prompt| offer(LOG, is_report(prompt)));
    fact.text = match (text, of.count("prompt_length")) {
        (Some(piece), _) => offer(LOG, piece),
        (None, Some(length)) => offer(STAND_IN, Piece::length(length)),
        (None, None) => None,
    };
    let command = of.string("command_name");
    fact.signals = match (of.str("command_source"), &command) {
        (Some("builtin"), _) => Signals::OTEL_BUILTIN,
        (Some("mcp"), _) => Signals::OTEL_MCP,
        (Some(_), _) | (None, Some(_)) => Signals::OTEL_CUSTOM,
        (None, None) => Signals::TYPED,
    };
    fact.name = command.and_then(|name| offer(LOG, format!("/{}", name.trim_start_matches('/'))));
    fact.aliases.extend(of.string("message.uuid"));
    facts.push(Fact::Step(Box::new(fact)));
    facts.push(Fact::Session(SessionFact::Real));
}

fn assistant_response(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let request_id = of.string("request_id");
    let text = of
        .text("response", "response_length")
        .or_else(|| of.count("response_length").map(Piece::length));
    // The summary of a compaction is no answer.
    if of.str("query_source") == Some("compact") {
        let mut fact = fact(
            StepKey::Compaction(format!("compaction:{}", prompt_or_derived(of))),
            of,
        );
        fact.text =
            text.and_then(|piece| offer(if piece.text_ref.is_some() { LOG } else { 0 }, piece));
        return facts.push(Fact::Step(Box::new(fact)));
    }
    if is_auxiliary(of.str("query_source")) {
        return facts.push(Fact::Count("otel_log.assistant_response".to_owned()));
    }
    let mut fact = fact(
        StepKey::Response(request_id.clone().unwrap_or_else(|| of.derived())),
        of,
    );
    fact.text = text.and_then(|piece| offer(LOG, piece));
    // Its `message.uuid` is no name for it: the client sends that of the answer's last record, which may be a tool call.
    fact.request_id = request_id;
    facts.push(Fact::Step(Box::new(fact)));
}

fn api_request(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let request_id = of.string("request_id");
    let mut fact = fact(
        StepKey::Request(request_id.clone().unwrap_or_else(|| of.derived())),
        of,
    );
    timed_by_end(&mut fact, of, LOG, MEASURED);
    fact.request_id = request_id;
    fact.signals = request_signals(of, Signals::default());
    let cost = of
        .float("cost_usd")
        .or_else(|| of.float("cost_usd_micros").map(|micros| micros / 1e6));
    fact.request = Some(RequestFact {
        // Before the span's, which may carry a suffix such as `[1m]` (measured, 2.1.197).
        model: of.string("model").and_then(|model| offer(HOOK, model)),
        tokens: tokens(of).and_then(|tokens| offer(HOOK, tokens)),
        cost_nanousd: cost.and_then(nanousd).and_then(|cost| offer(LOG, cost)),
        ttft_us: of.ms_as_us("ttft_ms").and_then(|us| offer(MEASURED, us)),
        query_source: of
            .string("query_source")
            .and_then(|source| offer(LOG, source)),
        ..RequestFact::default()
    });
    if let (Some(id), Some(agent_type)) = (of.string("agent_id"), of.string("agent.name")) {
        agent(id, agent_type, facts);
    }
    facts.push(Fact::Step(Box::new(fact)));
}

pub(super) fn tokens(of: &Attributes<'_>) -> Option<TokenTotals> {
    let known = |name: &str| of.count(name);
    known("input_tokens").or_else(|| known("output_tokens"))?;
    Some(TokenTotals {
        input_tokens: known("input_tokens"),
        output_tokens: known("output_tokens"),
        cache_read_tokens: known("cache_read_tokens"),
        cache_creation_tokens: known("cache_creation_tokens"),
    })
}

fn agent(id: String, agent_type: String, facts: &mut Vec<Fact>) {
    let weight = if HIDDEN_NAMES.contains(&agent_type.as_str()) {
        0
    } else {
        STAND_IN
    };
    facts.push(Fact::Agent {
        id,
        agent_type: offer(weight, agent_type),
        parent_use_id: None,
        parent_span_id: None,
    });
}

/// Emitted once, after all retries.
fn api_error(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let agent = of
        .string("agent_id")
        .map(|agent| format!("{agent}:"))
        .unwrap_or_default();
    let mut fact = fact(
        StepKey::Error(format!("error:{agent}{}", prompt_or_derived(of))),
        of,
    );
    fact.text = of.text("error", "").and_then(|piece| offer(LOG, piece));
    fact.name = offer(STAND_IN, "api_error".to_owned());
    fact.request_id = of.string("request_id");
    failed_request(of, facts);
    fact.signals = request_signals(of, Signals::FAILED);
    facts.push(Fact::Step(Box::new(fact)));
}

/// What a request tells of its turn, unless it is none of the conversation's.
fn request_signals(of: &Attributes<'_>, signals: Signals) -> Signals {
    if is_auxiliary(of.str("query_source")) {
        Signals::AUXILIARY
    } else {
        signals
    }
}

/// The request that failed, which has no record of its own but its span.
fn failed_request(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let Some(request_id) = of.string("request_id") else {
        return;
    };
    let mut fact = fact(StepKey::Request(request_id.clone()), of);
    timed_by_end(&mut fact, of, LOG, LOG);
    fact.request_id = Some(request_id);
    fact.signals = request_signals(of, Signals::default());
    fact.request = Some(RequestFact {
        model: of.string("model").and_then(|model| offer(LOG, model)),
        query_source: of
            .string("query_source")
            .and_then(|source| offer(LOG, source)),
        attempts: of.count("attempt").and_then(|count| offer(LOG, count)),
        ..RequestFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}

fn signal(of: &Attributes<'_>, signals: Signals, facts: &mut Vec<Fact>) {
    let mut fact = fact(StepKey::Signal(of.derived()), of);
    fact.signals = request_signals(of, signals);
    facts.push(Fact::Step(Box::new(fact)));
}

/// Name, MCP server and tool, skill of a call, from the attributes and `tool_parameters`.
fn named_call(of: &Attributes<'_>) -> (ToolFact, Option<SkillFact>) {
    let parameters = of.json("tool_parameters").unwrap_or_default();
    let parameter = |name: &str| {
        parameters
            .get(name)
            .and_then(serde_json::Value::as_str)
            .map(str::to_owned)
    };
    let (server, tool) = (parameter("mcp_server_name"), parameter("mcp_tool_name"));
    let name = match (&server, &tool) {
        // The span has the full name; here it is put together as the client does (`claude-surfaces` §7).
        (Some(server), Some(tool)) => {
            let safe = |name: &str| {
                name.replace(
                    |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-',
                    "_",
                )
            };
            offer(LOG, format!("mcp__{}__{}", safe(server), safe(tool)))
        }
        _ => of.string("tool_name").and_then(|name| {
            let weight = if HIDDEN_NAMES.contains(&name.as_str()) {
                STAND_IN
            } else {
                LOG
            };
            offer(weight, name)
        }),
    };
    let skill = (of.str("tool_name") == Some("Skill")).then(|| SkillFact {
        name: parameter("skill_name").and_then(|name| offer(LOG, name)),
        ..SkillFact::default()
    });
    let fact = ToolFact {
        name,
        mcp_server: server.and_then(|server| offer(LOG, server)),
        mcp_tool: tool.and_then(|tool| offer(LOG, tool)),
        ..ToolFact::default()
    };
    (fact, skill)
}

fn tool_decision(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let decision = match of.str("decision") {
        Some("accept") => Some(Decision::Accept),
        Some("reject") => Some(Decision::Reject),
        _ => None,
    };
    // Cowork's events have no tool use id: an accepted call is shown by its result, which cannot be told to be the same.
    let key = match of.string("tool_use_id") {
        Some(use_id) => StepKey::Tool(use_id),
        None if decision == Some(Decision::Reject) => StepKey::Tool(of.derived()),
        None => return facts.push(Fact::Count("otel_log.tool_decision".to_owned())),
    };
    let mut fact = fact(key, of);
    fact.at = of.record.at_us.and_then(|at| offer(STAND_IN, at));
    fact.request_id = of.string("request_id");
    let (mut tool, skill) = named_call(of);
    let source = of.string("source");
    fact.signals = match (decision, source.as_deref()) {
        (Some(Decision::Reject), Some("user_abort")) => Signals::INTERRUPTED,
        (Some(Decision::Reject), Some("user_reject")) => Signals::USER_REJECTED,
        _ => Signals::default(),
    };
    tool.decision = decision.and_then(|decision| offer(LOG, decision));
    // All that telemetry has of the input of a call that was not let run: some of its members, under names of its own.
    tool.input = of
        .tool_parameters("tool_parameters")
        .filter(|_| decision == Some(Decision::Reject))
        .and_then(|piece| offer(PARAMETERS, piece));
    tool.decision_source = source.and_then(|source| offer(LOG, source));
    fact.tool = Some(tool);
    fact.skill = skill;
    facts.push(Fact::Step(Box::new(fact)));
}

fn tool_result(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let mut fact = fact(
        StepKey::Tool(of.string("tool_use_id").unwrap_or_else(|| of.derived())),
        of,
    );
    timed_by_end(&mut fact, of, LOG, HOOK);
    fact.request_id = of.string("request_id");
    let (mut tool, skill) = named_call(of);
    tool.input = of
        .piece_json("tool_input", "tool_input_size_bytes")
        .and_then(|piece| offer(LOG, piece))
        .or_else(|| {
            of.count("tool_input_size_bytes")
                .and_then(|bytes| offer(STAND_IN, Piece::length(bytes)))
        });
    tool.output = of
        .count("tool_result_size_bytes")
        .and_then(|bytes| offer(STAND_IN, Piece::length(bytes)));
    tool.is_error = of
        .boolean("success")
        .and_then(|success| offer(LOG, !success));
    tool.error = of.text("error", "").and_then(|piece| offer(LOG, piece));
    // On few results only (measured, 2.1.330), and always `accept`; Cowork's page knows `reject` too.
    tool.decision = match of.str("decision_type") {
        Some("reject") => offer(STAND_IN, Decision::Reject),
        Some("accept") => offer(STAND_IN, Decision::Accept),
        _ => None,
    };
    tool.decision_source = of
        .string("decision_source")
        .and_then(|source| offer(STAND_IN, source));
    if let Some(server) = tool.mcp_server.as_ref().map(|server| server.value.clone()) {
        facts.push(Fact::McpServer {
            name: server,
            scope: of.string("mcp_server_scope"),
            transport: None,
        });
    }
    fact.tool = Some(tool);
    fact.skill = skill;
    facts.push(Fact::Step(Box::new(fact)));
}

fn skill_activated(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let trigger = of.string("invocation_trigger");
    let name = of
        .string("skill.name")
        .unwrap_or_else(|| "custom_skill".to_owned());
    let mut fact = fact(StepKey::Skill(of.derived()), of);
    if trigger.as_deref() == Some("user-slash") {
        fact.signals = Signals::SKILL_ACTIVATED;
    }
    let weight = if HIDDEN_NAMES.contains(&name.as_str()) {
        STAND_IN
    } else {
        LOG
    };
    fact.skill = Some(SkillFact {
        name: offer(weight, name),
        trigger: trigger.and_then(|trigger| offer(LOG, trigger)),
        ..SkillFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}

fn subagent_completed(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    match (of.string("agent_id"), of.string("agent_type")) {
        (Some(id), Some(agent_type)) => agent(id, agent_type, facts),
        _ => facts.push(Fact::Count("otel_log.subagent_completed".to_owned())),
    }
}

fn compaction(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let mut fact = fact(
        StepKey::Compaction(format!("compaction:{}", prompt_or_derived(of))),
        of,
    );
    fact.name = of.string("trigger").and_then(|trigger| offer(LOG, trigger));
    // Before the transcript's, which holds less of it.
    timed_by_end(&mut fact, of, HOOK, HOOK);
    if of.boolean("success") == Some(false) {
        fact.signals = Signals::FAILED;
    }
    facts.push(Fact::Step(Box::new(fact)));
}

fn mcp_server_connection(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    match of.string("server_name") {
        Some(name) => facts.push(Fact::McpServer {
            name,
            scope: of.string("server_scope"),
            transport: of.string("transport_type"),
        }),
        None => facts.push(Fact::Count("otel_log.mcp_server_connection".to_owned())),
    }
}
