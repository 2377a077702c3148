//! What a hook call means.

mod tool;

use serde_json::Value;

use crate::Record;
use crate::coverage::CoverageFact;
use crate::document::{Link, TextForm};
use crate::fold::fact::{Fact, Place, SessionFact, Signals, StepFact, StepKey};
use crate::fold::piece::Piece;
use crate::fold::slot::{HOOK, Offer, STAND_IN, TRANSCRIPT, Weight, offer, offer_latest};
use crate::source::value::{boolean, count, string, text};
use crate::source::{is_report, surface};

/// A hook has no time of its own; its arrival comes after what it tells of.
const ARRIVAL: Weight = 5;
/// Of several prompts that were submitted under one id (a later one arrives within the turn), the first is the turn's.
fn offer_first<T>(record: &Record, value: T) -> Option<Offer<T>> {
    offer_latest(
        HOOK,
        record.at_us.map_or(i64::MIN, i64::saturating_neg),
        value,
    )
}

/// A compaction's own summary, before the one that the transcript wraps.
const SUMMARY: Weight = 45;

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let event = text(body, "/hook_event_name").unwrap_or("unknown");
    match event {
        "SessionStart" => session_start(record, facts),
        "SessionEnd" => facts.push(Fact::Session(SessionFact::Ended {
            at: record.at_us,
            reason: string(body, "/reason"),
        })),
        "UserPromptSubmit" => submitted(record, facts),
        "UserPromptExpansion" => expanded(record, facts),
        "MessageDisplay" => displayed(record, facts),
        "PreToolUse" | "PostToolUse" | "PostToolUseFailure" | "PostToolBatch"
        | "PermissionRequest" | "PermissionDenied" => {
            tool::facts(event, record, facts);
        }
        "SubagentStart" | "SubagentStop" => subagent(event, record, facts),
        "Stop" => stopped(record, facts),
        "StopFailure" => failed(record, facts),
        "PreCompact" | "PostCompact" => compacted(event, record, facts),
        "Notification" => facts.push(notice("notification", "/message", record)),
        "Elicitation" => facts.push(notice("elicitation", "/message", record)),
        "ElicitationResult" => facts.push(notice("elicitation_result", "/action", record)),
        "PostModelSwitch" => facts.push(notice("model_switch", "/to_model", record)),
        "ConfigChange" => facts.push(notice("config_change", "/file_path", record)),
        "DirectoryAdded" => facts.push(notice("directory_added", "/directory", record)),
        "CwdChanged" => facts.push(notice("cwd_changed", "/new_cwd", record)),
        "FileChanged" => facts.push(notice("file_changed", "/file_path", record)),
        "WorktreeCreate" => facts.push(notice("worktree_create", "/name", record)),
        "WorktreeRemove" => facts.push(notice("worktree_remove", "/worktree_path", record)),
        "TaskCreated" => facts.push(notice("task_created", "/task_subject", record)),
        "TaskCompleted" => facts.push(notice("task_completed", "/task_subject", record)),
        "TeammateIdle" => facts.push(notice("teammate_idle", "/teammate_name", record)),
        _ => facts.push(Fact::Count(format!("hook.{event}"))),
    }
    session_facts(event, record, facts);
    facts.push(Fact::Coverage(CoverageFact::Hook {
        event: event.to_owned(),
        at: record.at_us,
    }));
}

fn place(body: &Value) -> Place {
    string(body, "/prompt_id").map_or(Place::Session, Place::Prompt)
}

fn step(key: StepKey, record: &Record) -> StepFact {
    let mut fact = StepFact::new(key, place(&record.body));
    fact.agent_id = string(&record.body, "/agent_id");
    fact.at = record
        .at_us
        .and_then(|at| offer_latest(ARRIVAL, at.saturating_neg(), at));
    fact
}

/// A name for what has none: the record's natural key.
fn derived(kind: &str, record: &Record) -> String {
    format!("{kind}:{}", hex::encode(record.natural_key))
}

fn text_at(record: &Record, pointer: &str) -> Option<Piece> {
    Piece::text(record, pointer, TextForm::Value)
}

fn notice(name: &str, pointer: &str, record: &Record) -> Fact {
    let mut fact = step(StepKey::Notice(derived("notice", record)), record);
    fact.name = offer(HOOK, name.to_owned());
    fact.text = text_at(record, pointer).and_then(|piece| offer(HOOK, piece));
    Fact::Step(Box::new(fact))
}

fn session_start(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let source = text(body, "/source").unwrap_or_default();
    if let Some(at) = record.at_us {
        facts.push(Fact::Session(SessionFact::Started(at)));
        // After `/clear` and `/compact` the process goes on.
        if !matches!(source, "clear" | "compact") {
            facts.push(Fact::Coverage(CoverageFact::ProcessStarted { at }));
        }
    }
    // The hook does not say which session was forked or cleared (measured, 2.1.330).
    if matches!(source, "fork" | "clear") {
        facts.push(Fact::Session(SessionFact::Link(Link {
            kind: source.to_owned(),
            session_id: None,
            evidence: "hook.SessionStart.source".to_owned(),
        })));
    }
    let at = record.at_us.unwrap_or(0);
    if let Some(model) = string(body, "/model").and_then(|model| offer_latest(HOOK, at, model)) {
        facts.push(Fact::Session(SessionFact::Model(model)));
    }
    if let Some(title) =
        text_at(record, "/session_title").and_then(|piece| offer(TRANSCRIPT, piece))
    {
        facts.push(Fact::Session(SessionFact::Title(title)));
    }
}

fn session_facts(event: &str, record: &Record, facts: &mut Vec<Fact>) {
    // A resume makes throw-away ids in these (measured, 2.1.330): they alone are no session.
    if !matches!(event, "InstructionsLoaded" | "ConfigChange" | "Setup") {
        facts.push(Fact::Session(SessionFact::Real));
    }
    let at = record.at_us.unwrap_or(0);
    if let Some(cwd) =
        string(&record.body, "/cwd").and_then(|cwd| offer_latest(HOOK, at.saturating_neg(), cwd))
    {
        facts.push(Fact::Session(SessionFact::Cwd(cwd)));
    }
    if let Some(version) = record.meta.client_version.clone() {
        facts.push(Fact::Session(SessionFact::ClientVersion(version)));
    }
    let entrypoint = record
        .meta
        .process
        .as_ref()
        .and_then(|process| process.entrypoint.as_deref());
    if let Some(offer) = entrypoint
        .and_then(|name| offer_latest(HOOK, at.saturating_neg(), surface::of_entrypoint(name)))
    {
        facts.push(Fact::Session(SessionFact::Surface(offer)));
    }
}

fn prompt_step(record: &Record) -> StepFact {
    let Some(id) = string(&record.body, "/prompt_id") else {
        // Which calls and texts came of it cannot be told; that it was asked can.
        let id = derived("hook", record);
        let mut fact = step(StepKey::Prompt(id.clone()), record);
        fact.place = Place::Prompt(id);
        return fact;
    };
    step(StepKey::Prompt(format!("hook:{id}")), record)
}

fn submitted(record: &Record, facts: &mut Vec<Fact>) {
    let mut fact = prompt_step(record);
    fact.text = text_at(record, "/prompt").and_then(|piece| offer_first(record, piece));
    fact.signals = Signals::SUBMITTED;
    fact.is_report =
        text(&record.body, "/prompt").and_then(|prompt| offer_first(record, is_report(prompt)));
    facts.push(Fact::Step(Box::new(fact)));
}

fn expanded(record: &Record, facts: &mut Vec<Fact>) {
    let mut fact = prompt_step(record);
    fact.name =
        string(&record.body, "/command_name").and_then(|name| offer(HOOK, format!("/{name}")));
    fact.text = text_at(record, "/prompt").and_then(|piece| offer_first(record, piece));
    fact.signals = match text(&record.body, "/expansion_type") {
        Some("mcp_prompt") => Signals::EXPANDED_MCP,
        _ => Signals::EXPANDED_COMMAND,
    };
    facts.push(Fact::Step(Box::new(fact)));
}

fn displayed(record: &Record, facts: &mut Vec<Fact>) {
    let id = string(&record.body, "/message_id").unwrap_or_else(|| derived("display", record));
    let mut fact = step(StepKey::Display(id), record);
    fact.stream =
        text_at(record, "/delta").map(|piece| (count(&record.body, "/index").unwrap_or(0), piece));
    if boolean(&record.body, "/final").unwrap_or(true) {
        fact.signals = Signals::DISPLAY_FINAL;
    }
    facts.push(Fact::Step(Box::new(fact)));
}

fn subagent(event: &str, record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    // `/compact` ends with a SubagentStop of the summariser, which has no type and no start (measured, 2.1.330).
    let (Some(id), Some(agent_type)) = (string(body, "/agent_id"), string(body, "/agent_type"))
    else {
        return facts.push(Fact::Count(format!("hook.{event}")));
    };
    facts.push(Fact::Agent {
        id: id.clone(),
        agent_type: offer(HOOK, agent_type),
        parent_use_id: None,
        parent_span_id: None,
    });
    if event == "SubagentStop" {
        // By itself, not by agent: an agent that is asked again stops again.
        return last_message(derived("stop", record), record, facts);
    }
    if let (Some(prompt_id), Some(at)) = (string(body, "/prompt_id"), record.at_us) {
        facts.push(Fact::AgentStarted {
            agent_id: id,
            prompt_id,
            at,
        });
    }
}

fn last_message(id: String, record: &Record, facts: &mut Vec<Fact>) {
    let mut fact = step(StepKey::LastMessage(id), record);
    fact.text = text_at(record, "/last_assistant_message").and_then(|piece| offer(HOOK, piece));
    if fact.text.is_some() {
        facts.push(Fact::Step(Box::new(fact)));
    }
}

fn stopped(record: &Record, facts: &mut Vec<Fact>) {
    let mut fact = step(StepKey::Signal(derived("stop", record)), record);
    fact.signals = Signals::STOPPED;
    facts.push(Fact::Step(Box::new(fact)));
    last_message(derived("stop", record), record, facts);
}

fn failed(record: &Record, facts: &mut Vec<Fact>) {
    let id = string(&record.body, "/prompt_id").unwrap_or_else(|| derived("failed", record));
    let agent = string(&record.body, "/agent_id")
        .map(|agent| format!("{agent}:"))
        .unwrap_or_default();
    let mut fact = step(StepKey::Error(format!("error:{agent}{id}")), record);
    fact.name = string(&record.body, "/error").and_then(|name| offer(HOOK, name));
    fact.text = text_at(record, "/last_assistant_message").and_then(|piece| offer(HOOK, piece));
    fact.signals = Signals::FAILED;
    facts.push(Fact::Step(Box::new(fact)));
}

fn compacted(event: &str, record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let id = string(body, "/prompt_id").unwrap_or_else(|| derived("compaction", record));
    let mut fact = step(StepKey::Compaction(format!("compaction:{id}")), record);
    fact.name = string(body, "/trigger").and_then(|trigger| offer(HOOK, trigger));
    fact.text = text_at(record, "/compact_summary").and_then(|piece| offer(SUMMARY, piece));
    facts.push(Fact::Step(Box::new(fact)));
    if event == "PostCompact" {
        let mut over = step(StepKey::Signal(derived("compacted", record)), record);
        over.at = record.at_us.and_then(|at| offer(HOOK, at));
        facts.push(Fact::Step(Box::new(over)));
    }
    if event == "PreCompact" && text(body, "/trigger") == Some("manual") {
        let mut fact = prompt_step(record);
        fact.name = offer(HOOK, "/compact".to_owned());
        fact.text = Piece::text(
            record,
            "/custom_instructions",
            TextForm::CompactInstructions,
        )
        .and_then(|piece| offer(STAND_IN, piece));
        fact.signals = Signals::COMPACT_COMMAND;
        facts.push(Fact::Step(Box::new(fact)));
    }
}
