//! `user` records: prompts, tool results, injected bodies, marks of an interrupt, output of local commands.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{agent_id, node, not_a_root, notice, signal, step};
use crate::Record;
use crate::document::{Decision, TextForm, tag};
use crate::fold::fact::{Fact, Place, Signals, SkillFact, StepFact, StepKey, ToolFact};
use crate::fold::piece::Piece;
use crate::fold::slot::{LOG, STAND_IN, TRANSCRIPT, Weight, offer};
use crate::fold::tree::NodeKind;
use crate::source::value::{boolean, string, text};
use crate::source::{is_client_output, is_interrupt, is_report, is_skill_body, prompt_form};

/// A denial without a decision: the transcript has it also of a call that was let run and then stopped (measured, 2.1.330:
/// `TaskStop` of a sub-agent), which only telemetry tells.
const DENIED: Weight = 0;

pub(super) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(content) = body.pointer("/message/content") else {
        node(record, not_a_root(record), facts);
        return;
    };
    let results: Vec<usize> = content
        .as_array()
        .map(|blocks| {
            let is_result = |block: &Value| text(block, "/type") == Some("tool_result");
            blocks
                .iter()
                .enumerate()
                .filter(|(_, block)| is_result(block))
                .map(|(place, _)| place)
                .collect()
        })
        .unwrap_or_default();
    if !results.is_empty() {
        let Some(uuid) = node(record, not_a_root(record), facts) else {
            return;
        };
        for place in &results {
            tool_result(record, &uuid, *place, results.len() == 1, facts);
        }
        return;
    }
    let (shown, pointer) = first_text(content);
    let in_agent = agent_id(record).is_some() || boolean(body, "/isSidechain").unwrap_or(false);
    // What an agent is asked while it is there comes through the client.
    let is_message = in_agent && text(body, "/origin/kind") == Some("coordinator");
    let is_prompt = (is_message || !boolean(body, "/isMeta").unwrap_or(false))
        && !boolean(body, "/isCompactSummary").unwrap_or(false)
        && !is_client_output(shown)
        && !is_interrupt(shown);
    let kind = if is_prompt && !in_agent {
        NodeKind::Root
    } else {
        not_a_root(record)
    };
    let Some(uuid) = node(record, kind, facts) else {
        return;
    };
    if is_prompt && in_agent {
        agent_prompt(record, &uuid, facts);
    } else if is_prompt {
        prompt(record, &uuid, shown, facts);
    } else if boolean(body, "/isCompactSummary").unwrap_or(false) {
        compact_summary(record, &uuid, facts);
    } else if is_interrupt(shown) {
        facts.push(signal(&uuid, Signals::INTERRUPTED, record));
    } else if boolean(body, "/isMeta").unwrap_or(false) {
        injected(record, &uuid, shown, &pointer, facts);
    } else {
        client_output(record, &uuid, shown, facts);
    }
}

/// The first text of a message's content, and where it stands.
fn first_text(content: &Value) -> (&str, String) {
    match content {
        Value::String(text) => (text, "/message/content".to_owned()),
        Value::Array(blocks) => blocks
            .iter()
            .enumerate()
            .find_map(|(place, block)| {
                Some((
                    block.get("text")?.as_str()?,
                    format!("/message/content/{place}/text"),
                ))
            })
            .unwrap_or(("", String::new())),
        _ => ("", String::new()),
    }
}

fn prompt(record: &Record, uuid: &str, shown: &str, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let mut fact = step(StepKey::Prompt(format!("root:{uuid}")), uuid, record);
    fact.aliases.push(uuid.to_owned());
    let is_task = text(body, "/origin/kind") == Some("task-notification")
        || text(body, "/turnOrigin") == Some("task_notification")
        || is_report(shown);
    let (mut signals, form) = prompt_form(shown);
    if signals == Signals::TYPED && text(body, "/promptSource") == Some("queued") {
        signals = Signals::QUEUED;
    }
    fact.signals = fact.signals | signals;
    fact.is_report = offer(TRANSCRIPT, is_task && form == TextForm::ContentBlocks);
    fact.name = tag(shown, "command-name").and_then(|name| offer(TRANSCRIPT, name.to_owned()));
    fact.text =
        Piece::text(record, "/message/content", form).and_then(|piece| offer(TRANSCRIPT, piece));
    facts.push(Fact::Step(Box::new(fact)));
}

/// What a sub-agent was asked: a prompt within its parent's turn. Of an agent's records that name a prompt, it alone names
/// the one that the agent works for; the others name that of the moment.
fn agent_prompt(record: &Record, uuid: &str, facts: &mut Vec<Fact>) {
    if let (Some(agent_id), Some(prompt_id), Some(at)) = (
        agent_id(record),
        string(&record.body, "/promptId"),
        record.at_us,
    ) {
        facts.push(Fact::AgentStarted {
            agent_id,
            prompt_id,
            at,
        });
    }
    let mut fact = step(StepKey::QueuedPrompt(uuid.to_owned()), uuid, record);
    fact.name = offer(TRANSCRIPT, "agent_prompt".to_owned());
    fact.text = Piece::text(record, "/message/content", TextForm::ContentBlocks)
        .and_then(|piece| offer(TRANSCRIPT, piece));
    facts.push(Fact::Step(Box::new(fact)));
}

/// The summary stands below the boundary, and names the prompt that the boundary does not.
fn compact_summary(record: &Record, uuid: &str, facts: &mut Vec<Fact>) {
    let boundary = string(&record.body, "/parentUuid").unwrap_or_else(|| uuid.to_owned());
    let place = string(&record.body, "/promptId")
        .map_or_else(|| Place::Node(uuid.to_owned()), Place::Prompt);
    let mut fact = StepFact::new(StepKey::Compaction(boundary.clone()), place);
    fact.agent_id = agent_id(record);
    fact.aliases = vec![boundary, uuid.to_owned()];
    fact.text = Piece::text(record, "/message/content", TextForm::ContentBlocks)
        .and_then(|piece| offer(STAND_IN, piece));
    facts.push(Fact::Step(Box::new(fact)));
}

/// Text that the client put in: a skill's or command's body, or a caveat.
fn injected(record: &Record, uuid: &str, shown: &str, pointer: &str, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let is_skill = is_skill_body(shown);
    let is_companion = string(body, "/refusedMessageId").is_none()
        && !shown.starts_with('<')
        && body
            .get("parentUuid")
            .is_some_and(|parent| !parent.is_null());
    if !is_skill && !is_companion {
        facts.push(Fact::Count("transcript.user.meta".to_owned()));
        return;
    }
    let hash = || {
        let injected = if is_skill {
            shown.split_once("\n\n").map_or(shown, |(_, body)| body)
        } else {
            shown
        };
        hex::encode(Sha256::digest(injected.as_bytes()))
    };
    let mut fact = match string(body, "/sourceToolUseID") {
        Some(use_id) => step(StepKey::Tool(use_id), uuid, record),
        None => {
            let mut fact = step(StepKey::Skill(format!("body:{uuid}")), uuid, record);
            fact.text = Piece::text(record, pointer, TextForm::Value)
                .and_then(|piece| offer(TRANSCRIPT, piece));
            if is_skill {
                fact.signals = fact.signals | Signals::SKILL_BODY;
            }
            fact
        }
    };
    if matches!(fact.key, StepKey::Tool(_)) {
        fact.at = None;
    }
    fact.skill = Some(SkillFact {
        body_hash: offer(TRANSCRIPT, hash()),
        ..SkillFact::default()
    });
    facts.push(Fact::Step(Box::new(fact)));
}

fn client_output(record: &Record, uuid: &str, shown: &str, facts: &mut Vec<Fact>) {
    if boolean(&record.body, "/repeatsCompactSummary").unwrap_or(false) {
        facts.push(Fact::Count("transcript.user.output".to_owned()));
        return;
    }
    let name = if shown.starts_with("<bash-") {
        "bash_output"
    } else {
        "local_command_output"
    };
    facts.push(notice(uuid, name, "/message/content", record));
}

fn tool_result(record: &Record, uuid: &str, place: usize, single: bool, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let block = format!("/message/content/{place}");
    let Some(use_id) = string(body, &format!("{block}/tool_use_id")) else {
        return;
    };
    let mut fact = step(StepKey::Tool(use_id.clone()), uuid, record);
    // The call's time is that of its `tool_use`; this is its end.
    fact.at = record.at_us.and_then(|at| offer(STAND_IN, at));
    fact.aliases.push(uuid.to_owned());
    let failed = boolean(body, &format!("{block}/is_error")).unwrap_or(false);
    let content = format!("{block}/content");
    let mut tool = ToolFact {
        output: Piece::json(record, &content, TextForm::Value)
            .and_then(|piece| offer(TRANSCRIPT, piece)),
        is_error: offer(TRANSCRIPT, failed),
        ..ToolFact::default()
    };
    // `toolUseResult` is the record's, not the block's: it can be told only where there is one block.
    if single {
        let result = body.get("toolUseResult").filter(|result| !result.is_null());
        if let Some(Value::String(_)) = result {
            tool.error = Piece::text(record, "/toolUseResult", TextForm::ErrorText)
                .and_then(|piece| offer(TRANSCRIPT, piece));
        } else if result.is_some() {
            tool.result = Piece::json(record, "/toolUseResult", TextForm::Value)
                .and_then(|piece| offer(TRANSCRIPT, piece));
        }
        fact.signals = fact.signals | decision(body, &mut tool);
        if let Some(agent) = string(body, "/toolUseResult/agentId") {
            tool.started_agent_id = Some(agent.clone());
            facts.push(Fact::Agent {
                id: agent,
                agent_type: string(body, "/toolUseResult/agentType")
                    .and_then(|name| offer(LOG, name)),
                parent_use_id: offer(TRANSCRIPT, use_id),
                parent_span_id: None,
            });
        }
    }
    if failed && tool.error.is_none() {
        tool.error = Piece::text(record, &content, TextForm::ContentBlocks)
            .and_then(|piece| offer(LOG, piece));
    }
    fact.tool = Some(tool);
    facts.push(Fact::Step(Box::new(fact)));
}

/// Whether the call was let run. Measured, 2.1.330: `permissionDecision` on every result but those of calls that never
/// came to be decided, and of a no in the dialog, which only `toolDenialKind` tells.
fn decision(body: &Value, tool: &mut ToolFact) -> Signals {
    let decided = match text(body, "/permissionDecision/decision") {
        Some("accept") => Some(Decision::Accept),
        Some("reject") => Some(Decision::Reject),
        _ => None,
    };
    let denied = text(body, "/toolDenialKind");
    let by_dialog = decided.is_none() && denied == Some("user-rejected");
    let source = match (decided, denied) {
        (Some(_), _) => string(body, "/permissionDecision/source"),
        (None, Some("user-rejected")) => Some("user_reject".to_owned()),
        (None, Some("permission-rule")) => Some("config".to_owned()),
        (None, _) => None,
    };
    let weight = if by_dialog { DENIED } else { TRANSCRIPT };
    tool.decision = decided
        .or(denied.map(|_| Decision::Reject))
        .and_then(|decision| offer(weight, decision));
    let by_person = source
        .as_deref()
        .is_some_and(|source| source == "user_reject" || source == "user_abort");
    tool.decision_source = source.and_then(|source| offer(weight, source));
    if by_dialog || by_person {
        Signals::USER_REJECTED
    } else {
        Signals::default()
    }
}
