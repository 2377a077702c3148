//! What the session's head needs of a turn.

use std::collections::{BTreeMap, BTreeSet};

use super::Entities;
use crate::acceptance::Said;
use crate::coverage::TurnSeen;
use crate::document::{
    Cost, Decision, ModelRequest, Outcome, PromptKind, Step, StepKind, Text, TokenTotals, Totals,
    Turn,
};
use crate::fold::fact::{Signals, StepKey};
use crate::fold::slot::{Best, best_of};
use crate::fold::state::TurnKey;

/// The tool that asks the person to approve a plan.
const PLAN_TOOL: &str = "ExitPlanMode";

/// A turn without its steps.
#[derive(Debug, Clone)]
pub(in crate::fold) struct TurnSummary {
    pub(in crate::fold) started_at: Option<i64>,
    pub(in crate::fold) ended_at: Option<i64>,
    pub(in crate::fold) outcome: Outcome,
    pub(in crate::fold) kind: PromptKind,
    pub(in crate::fold) copied: bool,
    pub(in crate::fold) prompt: Option<Text>,
    /// `turns` is 0 or 1.
    pub(in crate::fold) totals: Totals,
    pub(in crate::fold) agents: BTreeMap<String, Totals>,
    /// Sub-agent → the tool call that started it.
    pub(in crate::fold) started_agents: BTreeMap<String, String>,
    pub(in crate::fold) models: BTreeSet<String>,
    /// By server: how many, and when the last.
    pub(in crate::fold) mcp_calls: BTreeMap<String, (u64, Option<i64>)>,
    pub(in crate::fold) skills: BTreeSet<(String, Option<String>)>,
    pub(in crate::fold) tools: BTreeSet<String>,
    /// Who attests it.
    pub(in crate::fold) seen: TurnSeen,
    /// The turn that it follows in the tree.
    pub(in crate::fold) parent: Option<TurnKey>,
    /// What was asked and answered, as acceptance is judged by.
    pub(in crate::fold) asked: Option<Box<Said>>,
    pub(in crate::fold) answered: Option<Box<Said>>,
    pub(in crate::fold) rejected_by_user: bool,
    pub(in crate::fold) approved_plan: bool,
}

impl TurnSummary {
    pub(super) fn of(turn: Turn, steps: &[Step]) -> Self {
        let mut summary = Self {
            seen: TurnSeen::of(&turn, steps),
            started_at: turn.started_at,
            ended_at: turn
                .started_at
                .zip(turn.duration_us)
                .map(|(from, for_us)| from.saturating_add(for_us)),
            outcome: turn.outcome,
            kind: turn.prompt.kind,
            copied: turn.copied,
            prompt: turn.prompt.text,
            totals: Totals::default(),
            agents: BTreeMap::new(),
            started_agents: BTreeMap::new(),
            models: BTreeSet::new(),
            mcp_calls: BTreeMap::new(),
            skills: BTreeSet::new(),
            tools: BTreeSet::new(),
            parent: None,
            asked: None,
            answered: None,
            rejected_by_user: false,
            approved_plan: false,
        };
        summary.totals.turns =
            u64::from(turn.prompt.kind != PromptKind::BuiltinCommand && turn.id != "none");
        for step in steps {
            add_step(&mut summary.totals, step);
            if let Some(agent) = &step.agent_id {
                add_step(summary.agents.entry(agent.clone()).or_default(), step);
            }
            if let (Some(agent), Some(tool)) = (&step.started_agent_id, &step.tool) {
                summary.started_agents.insert(
                    agent.clone(),
                    tool.use_id.clone().unwrap_or_else(|| step.id.clone()),
                );
            }
            if let Some(model) = step
                .model_request
                .as_ref()
                .and_then(|request| request.model.clone())
            {
                summary.models.insert(model);
            }
            if let Some(skill) = &step.skill {
                summary
                    .skills
                    .insert((skill.name.clone(), skill.hash.clone()));
            }
            if step.kind == StepKind::ToolCall {
                summary
                    .tools
                    .extend(step.tool.as_ref().and_then(|tool| tool.name.clone()));
            }
            if step.kind == StepKind::ToolCall
                && let Some(server) = step
                    .tool
                    .as_ref()
                    .and_then(|tool| tool.mcp.as_ref()?.server.clone())
            {
                let (calls, last_at) = summary.mcp_calls.entry(server).or_default();
                *calls += 1;
                *last_at = (*last_at).max(step.at);
            }
        }
        for totals in summary.agents.values_mut() {
            totals.turns = 1;
        }
        summary
    }

    /// Notes what acceptance is judged by.
    pub(super) fn judged_by(&mut self, steps: &[Step], entities: &Entities<'_>) {
        let best = |slots: Vec<&Best<Box<Said>>>| best_of(slots.into_iter()).cloned();
        let prompts = entities
            .iter()
            .filter(|(key, _)| matches!(key, StepKey::Prompt(_)))
            .map(|(_, entity)| &entity.said);
        self.asked = best(prompts.collect());
        // The last text of the main agent; of several witnesses of one moment, the first by its key.
        self.answered = entities
            .iter()
            .filter(|(key, entity)| entity.agent_id.is_none() && !matches!(key, StepKey::Prompt(_)))
            .filter_map(|(_, entity)| Some((entity.at.value(), entity.said.get()?)))
            .reduce(|held, next| if next.0 > held.0 { next } else { held })
            .map(|(_, said)| said.clone());
        for tool in steps
            .iter()
            .filter(|step| step.kind == StepKind::ToolCall)
            .filter_map(|step| step.tool.as_ref())
        {
            let by_person = tool
                .decision_source
                .as_deref()
                .is_some_and(|by| by.starts_with("user_"));
            let is = |decision| by_person && tool.decision == Some(decision);
            self.rejected_by_user |= is(Decision::Reject);
            self.approved_plan |= is(Decision::Accept) && tool.name.as_deref() == Some(PLAN_TOOL);
        }
        let said_no = entities
            .values()
            .any(|entity| entity.signals.has(Signals::USER_REJECTED));
        self.rejected_by_user |= said_no;
    }

    /// True when a later turn or the session's end may change how the outcome is read.
    pub(in crate::fold) fn may_change_with_later(&self) -> bool {
        self.outcome == Outcome::Open
    }
}

fn add_step(totals: &mut Totals, step: &Step) {
    totals.steps += 1;
    totals.tool_calls += u64::from(step.kind == StepKind::ToolCall);
    totals.errors += u64::from(step.is_error);
    if let Some(request) = &step.model_request {
        add_request(&mut totals.tokens, &mut totals.cost, request);
    }
}

/// Adds a request's tokens and cost.
pub(super) fn add_request(tokens: &mut TokenTotals, cost: &mut Cost, request: &ModelRequest) {
    tokens.add(&request.tokens);
    cost.add(&Cost {
        cost_nanousd: request.cost_nanousd,
        unpriced_requests: u64::from(request.cost_nanousd.is_none()),
    });
}
