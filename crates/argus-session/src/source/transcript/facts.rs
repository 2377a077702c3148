//! What a transcript record means.

mod assistant;
mod attachment;
mod system;
mod user;

use crate::Record;
use crate::document::{Link, TextForm};
use crate::fold::fact::{Fact, Place, SessionFact, Signals, StepFact, StepKey};
use crate::fold::piece::Piece;
use crate::fold::slot::{HOOK, LOG, SPAN, TRANSCRIPT, Weight, offer, offer_latest};
use crate::fold::tree::NodeKind;
use crate::source::surface;
use crate::source::value::{float, int, nanousd, string, text};

/// A start-up message or title counts by how much a person meant it.
const TITLE_CUSTOM: Weight = TRANSCRIPT;
const TITLE_AI: Weight = HOOK;
const TITLE_OLD_SUMMARY: Weight = LOG;

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let kind = text(body, "/type").unwrap_or("unknown");
    match kind {
        "user" => user::facts(record, facts),
        "assistant" => assistant::facts(record, facts),
        "system" => system::facts(record, facts),
        "attachment" => attachment::facts(record, facts),
        "custom-title" => title(record, "/customTitle", TITLE_CUSTOM, facts),
        "ai-title" => title(record, "/aiTitle", TITLE_AI, facts),
        "summary" => title(record, "/summary", TITLE_OLD_SUMMARY, facts),
        "cost-state" => cost_state(record, facts),
        "agent-meta" => agent_meta(record, facts),
        _ => facts.push(Fact::Count(format!("transcript.{kind}"))),
    }
    if matches!(kind, "user" | "assistant") {
        session_facts(record, facts);
    }
}

/// The agent whose file the record is from.
fn agent_id(record: &Record) -> Option<String> {
    record
        .meta
        .agent_id
        .clone()
        .or_else(|| string(&record.body, "/agentId"))
}

/// The record's place in the tree, for every record that has a uuid.
fn node(record: &Record, kind: NodeKind, facts: &mut Vec<Fact>) -> Option<String> {
    let uuid = string(&record.body, "/uuid")?;
    facts.push(Fact::Node {
        uuid: uuid.clone(),
        parent: string(&record.body, "/parentUuid"),
        logical_parent: string(&record.body, "/logicalParentUuid"),
        kind,
        prompt_id: string(&record.body, "/promptId"),
        at: record.at_us,
    });
    Some(uuid)
}

/// The tree's view of a record that is no prompt.
fn not_a_root(record: &Record) -> NodeKind {
    string(&record.body, "/promptId").map_or(NodeKind::Plain, NodeKind::Anchor)
}

fn step(key: StepKey, uuid: &str, record: &Record) -> StepFact {
    let mut fact = StepFact::new(key, Place::Node(uuid.to_owned()));
    fact.agent_id = agent_id(record);
    if let Some(at) = record.at_us {
        fact.at = offer(TRANSCRIPT, at);
    }
    fact.signals = copied(record);
    fact
}

/// A notice named `name`, with the text at `pointer`.
fn notice(uuid: &str, name: &str, pointer: &str, record: &Record) -> Fact {
    let mut fact = step(StepKey::Notice(uuid.to_owned()), uuid, record);
    fact.name = offer(TRANSCRIPT, name.to_owned());
    fact.text = Piece::text(record, pointer, TextForm::ContentBlocks)
        .and_then(|piece| offer(TRANSCRIPT, piece));
    Fact::Step(Box::new(fact))
}

/// A record that tells how its turn ended.
fn signal(uuid: &str, signals: Signals, record: &Record) -> Fact {
    let mut fact = step(StepKey::Signal(uuid.to_owned()), uuid, record);
    fact.signals = fact.signals | signals;
    Fact::Step(Box::new(fact))
}

/// The session that a fork's copy names, and by which member.
fn forked_from(record: &Record) -> Option<(String, &'static str)> {
    super::forked_from(&record.body, &record.session_id)
}

fn copied(record: &Record) -> Signals {
    if forked_from(record).is_some() {
        Signals::COPIED
    } else {
        Signals::default()
    }
}

fn session_facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let mut session = |fact: SessionFact| facts.push(Fact::Session(fact));
    session(SessionFact::Real);
    let at = record.at_us.unwrap_or(0);
    if let Some(cwd) = string(body, "/cwd")
        && let Some(offer) = offer_latest(TRANSCRIPT, at.saturating_neg(), cwd)
    {
        session(SessionFact::Cwd(offer));
    }
    if let Some(branch) = string(body, "/gitBranch")
        && let Some(offer) = offer_latest(TRANSCRIPT, at, branch)
    {
        session(SessionFact::GitBranch(offer));
    }
    if let Some(version) = string(body, "/version") {
        session(SessionFact::ClientVersion(version));
    }
    if let Some(offer) = text(body, "/entrypoint").and_then(|name| {
        offer_latest(
            TRANSCRIPT,
            at.saturating_neg(),
            surface::of_entrypoint(name),
        )
    }) {
        session(SessionFact::Surface(offer));
    }
    if let Some((id, evidence)) = forked_from(record) {
        session(SessionFact::Link(Link {
            kind: "fork".to_owned(),
            session_id: Some(id),
            evidence: evidence.to_owned(),
        }));
    }
    // After /clear the process's records name the session that it had before: measured, 2.1.330.
    if let Some(id) = string(body, "/session_id").filter(|id| *id != record.session_id) {
        session(SessionFact::Link(Link {
            kind: "clear".to_owned(),
            session_id: Some(id),
            evidence: "transcript.session_id".to_owned(),
        }));
    }
}

fn title(record: &Record, pointer: &str, weight: Weight, facts: &mut Vec<Fact>) {
    // Titles have no time; of two, the later record would win, but nothing says which is later: the file's order does.
    let place = record
        .meta
        .file
        .as_ref()
        .map_or(0, |file| i64::try_from(file.offset).unwrap_or(i64::MAX));
    let offered = Piece::text(record, pointer, TextForm::Value)
        .and_then(|piece| offer_latest(weight, place, piece));
    facts.extend(offered.map(|offer| Fact::Session(SessionFact::Title(offer))));
    facts.push(Fact::Session(SessionFact::Real));
}

/// The client's running total. It has no time of its own; start and duration give one (both run on over a resume).
fn cost_state(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(cost_nanousd) = float(body, "/totalCostUSD").and_then(nanousd) else {
        return;
    };
    let at = int(body, "/startTime")
        .map(|start| start.saturating_add(int(body, "/totalDuration").unwrap_or(0)));
    facts.push(Fact::Session(SessionFact::ClientTotal { at, cost_nanousd }));
}

fn agent_meta(record: &Record, facts: &mut Vec<Fact>) {
    let Some(id) = record.meta.agent_id.clone() else {
        return;
    };
    facts.push(Fact::Agent {
        id,
        agent_type: string(&record.body, "/agentType").and_then(|name| offer(TRANSCRIPT, name)),
        parent_use_id: string(&record.body, "/toolUseId").and_then(|use_id| offer(SPAN, use_id)),
        parent_span_id: None,
    });
}
