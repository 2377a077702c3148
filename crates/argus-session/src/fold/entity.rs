//! What is known of one step, merged over its records.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{BlockKind, Line, Place, RequestFact, Signals, SkillFact, StepFact, ToolFact};
use super::piece::{Piece, Print};
use super::slot::{Best, Witnesses};
use crate::acceptance::Said;
use crate::document::{Decision, TokenTotals};
use crate::record::NaturalKeyHash;
use crate::{RecordId, Source};

/// The evidence for where a step belongs.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) nodes: BTreeSet<String>,
    pub(super) prompt: Option<String>,
    pub(super) trace: Option<String>,
    /// The first line of each witness that tells of it.
    pub(super) lines: BTreeMap<Source, Line>,
    pub(super) message: Option<String>,
    /// Of a prompt that such a witness tells: the fingerprint of its text.
    pub(super) equal: Option<Print>,
}

/// One step, as far as known.
#[derive(Debug, Default)]
pub(super) struct Entity {
    pub(super) places: Places,
    pub(super) witnesses: Witnesses,
    pub(super) agent_id: Option<String>,
    pub(super) at: Best<i64>,
    pub(super) duration_us: Best<i64>,
    pub(super) text: Best<Piece>,
    pub(super) said: Best<Box<Said>>,
    pub(super) stream: BTreeMap<u64, Piece>,
    pub(super) name: Best<String>,
    pub(super) request_id: Option<String>,
    pub(super) message_id: Option<String>,
    pub(super) block: Option<(BlockKind, Option<u64>)>,
    pub(super) signals: Signals,
    pub(super) is_report: Best<bool>,
    pub(super) aliases: BTreeSet<String>,
    pub(super) tool: Option<Box<ToolSlots>>,
    pub(super) request: Option<Box<RequestSlots>>,
    pub(super) skill: Option<Box<SkillSlots>>,
}

#[derive(Debug, Default)]
pub(super) struct ToolSlots {
    pub(super) name: Best<String>,
    pub(super) input: Best<Piece>,
    pub(super) output: Best<Piece>,
    pub(super) result: Best<Piece>,
    pub(super) is_error: Best<bool>,
    pub(super) error: Best<Piece>,
    pub(super) decision: Best<Decision>,
    pub(super) decision_source: Best<String>,
    pub(super) mcp_server: Best<String>,
    pub(super) mcp_tool: Best<String>,
    pub(super) started_agent_id: Option<String>,
    /// A call may be seen with several inputs: a hook may change it, and `PostToolUse` may have none.
    pub(super) call_prints: BTreeSet<u64>,
}

#[derive(Debug, Default)]
pub(super) struct RequestSlots {
    pub(super) model: Best<String>,
    pub(super) tokens: Best<TokenTotals>,
    pub(super) cost_nanousd: Best<i64>,
    pub(super) ttft_us: Best<i64>,
    pub(super) query_source: Best<String>,
    pub(super) stop_reason: Best<String>,
    pub(super) attempts: Best<u64>,
}

#[derive(Debug, Default)]
pub(super) struct SkillSlots {
    pub(super) name: Best<String>,
    pub(super) body_hash: Best<String>,
    pub(super) trigger: Best<String>,
}

/// Keeps the lower of two ids, so that neither order nor repetition matters.
pub(super) fn keep_lowest<T: Ord>(held: &mut Option<T>, offered: Option<T>) {
    if let Some(offered) = offered
        && held.as_ref().is_none_or(|held| offered < *held)
    {
        *held = Some(offered);
    }
}

impl Entity {
    /// Merges one fact. `nk` is the natural key of the record that says it.
    pub(super) fn merge(
        &mut self,
        fact: StepFact,
        source: Source,
        record: RecordId,
        nk: NaturalKeyHash,
    ) {
        self.witnesses.add(source, record);
        match fact.place {
            Place::Node(uuid) => {
                self.places.nodes.insert(uuid);
            }
            Place::Prompt(id) => keep_lowest(&mut self.places.prompt, Some(id)),
            Place::Trace(id) => keep_lowest(&mut self.places.trace, Some(id)),
            Place::Line(place) => {
                self.places.nodes.extend(place.uuid);
                keep_lowest(&mut self.places.message, place.message_id);
                keep_lowest(&mut self.places.equal, place.equal);
                let held = self.places.lines.entry(place.line.witness);
                let held = held.or_insert_with(|| place.line.clone());
                if place.line < *held {
                    *held = place.line;
                }
            }
            Place::Session => {}
        }
        keep_lowest(&mut self.agent_id, fact.agent_id);
        self.at.take(fact.at, nk);
        self.duration_us.take(fact.duration_us, nk);
        self.text.take(fact.text, nk);
        self.said.take(fact.said, nk);
        if let Some((place, piece)) = fact.stream {
            let held = self.stream.entry(place).or_insert_with(|| piece.clone());
            if piece.text_ref < held.text_ref {
                *held = piece;
            }
        }
        self.name.take(fact.name, nk);
        keep_lowest(&mut self.request_id, fact.request_id);
        keep_lowest(&mut self.message_id, fact.message_id);
        self.block = self.block.or(fact.block);
        self.signals = self.signals | fact.signals;
        self.is_report.take(fact.is_report, nk);
        self.aliases.extend(fact.aliases);
        if let Some(tool) = fact.tool {
            self.tool.get_or_insert_default().merge(tool, nk);
        }
        if let Some(request) = fact.request {
            self.request.get_or_insert_default().merge(request, nk);
        }
        if let Some(skill) = fact.skill {
            self.skill.get_or_insert_default().merge(skill, nk);
        }
    }
}

impl ToolSlots {
    fn merge(&mut self, fact: ToolFact, nk: NaturalKeyHash) {
        self.name.take(fact.name, nk);
        self.input.take(fact.input, nk);
        self.output.take(fact.output, nk);
        self.result.take(fact.result, nk);
        self.is_error.take(fact.is_error, nk);
        self.error.take(fact.error, nk);
        self.decision.take(fact.decision, nk);
        self.decision_source.take(fact.decision_source, nk);
        self.mcp_server.take(fact.mcp_server, nk);
        self.mcp_tool.take(fact.mcp_tool, nk);
        keep_lowest(&mut self.started_agent_id, fact.started_agent_id);
        self.call_prints.extend(fact.call_print);
    }
}

impl RequestSlots {
    fn merge(&mut self, fact: RequestFact, nk: NaturalKeyHash) {
        self.model.take(fact.model, nk);
        self.tokens.take(fact.tokens, nk);
        self.cost_nanousd.take(fact.cost_nanousd, nk);
        self.ttft_us.take(fact.ttft_us, nk);
        self.query_source.take(fact.query_source, nk);
        self.stop_reason.take(fact.stop_reason, nk);
        self.attempts.take(fact.attempts, nk);
    }
}

impl SkillSlots {
    fn merge(&mut self, fact: SkillFact, nk: NaturalKeyHash) {
        self.name.take(fact.name, nk);
        self.body_hash.take(fact.body_hash, nk);
        self.trigger.take(fact.trigger, nk);
    }
}
