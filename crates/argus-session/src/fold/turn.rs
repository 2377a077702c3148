//! Reads one turn out of the state: its prompt, its steps, how it ended, its sums.

mod outcome;
mod prompt;
mod prompt_level;
mod summary;
mod texts;
mod unnamed;

use std::collections::{BTreeMap, BTreeSet};

use super::entity::Entity;
use super::fact::{Signals, StepKey};
use super::state::{Fold, TurnKey};
use super::step;
use crate::Source;
use crate::document::{
    Cost, Decision, Outcome, Prompt, PromptKind, Step, StepKind, TokenTotals, Turn,
};

pub(super) use summary::TurnSummary;

/// The tools that start sub-agents; older clients call theirs `Task`.
const STARTS_AGENTS: [&str; 2] = ["Agent", "Task"];

/// The entries of one turn.
type Entities<'a> = BTreeMap<&'a StepKey, &'a Entity>;

impl Fold {
    pub(super) fn summarise(&self, key: &TurnKey) -> Option<TurnSummary> {
        let (turn, steps) = self.read_turn(key)?;
        let mut summary = TurnSummary::of(turn, &steps);
        summary.parent = self.parent_of(key);
        summary.judged_by(&steps, &self.entities_of(key));
        Some(summary)
    }

    /// One turn with its steps.
    pub(super) fn read_turn(&self, key: &TurnKey) -> Option<(Turn, Vec<Step>)> {
        let entities = self.entities_of(key);
        if entities.is_empty() {
            return None;
        }
        let mut signals = entities
            .values()
            .fold(Signals::default(), |all, entity| all | of_the_turn(entity));
        if entities.iter().any(|(key, entity)| {
            matches!(key, StepKey::Display(_)) && !entity.signals.has(Signals::DISPLAY_FINAL)
        }) {
            signals = signals | Signals::ABORTED;
        }
        let id = key.id();
        let (prompt, prompt_step) = prompt::read(&id, &entities, signals);
        let mut steps: Vec<Step> = prompt_step.into_iter().collect();
        steps.extend(step::read_all(&entities, &prompt));
        self.name_started_agents(&mut steps);
        self.decide_by_spans(&mut steps);
        texts::read_into(&mut steps, &entities);
        prompt_level::read_into(&mut steps, &entities);
        unnamed::join(&mut steps);
        put_in_order(&mut steps);
        if steps.is_empty() && *key == TurnKey::None {
            return None;
        }

        let started_at =
            prompt::started_at(&entities).or_else(|| steps.iter().filter_map(|step| step.at).min());
        let ended_at = ended_at(&steps, &entities);
        let later = self
            .newest_turn_start()
            .is_some_and(|newest| started_at.is_none_or(|at| newest > at));
        let outcome = if *key == TurnKey::None {
            Outcome::Unknown
        } else {
            let auxiliary = auxiliary_requests(&entities);
            let over = later || self.head.has_ended();
            outcome::of(&prompt, signals, &steps, &auxiliary, over)
        };
        let mut turn = Turn {
            answer: answer(&prompt, &steps),
            started_at,
            duration_us: started_at
                .zip(ended_at)
                .map(|(from, to)| to.saturating_sub(from).max(0)),
            outcome,
            judged: self.judged.get(key).cloned().unwrap_or_default(),
            parent: self.parent_of(key).map(|parent| parent.id()),
            copied: signals.has(Signals::COPIED) || self.is_renamed(key),
            prompt,
            id,
            ..Turn::default()
        };
        add_up(&mut turn, &steps);
        Some((turn, steps))
    }

    /// The sub-agents that calls started, where only the sub-agent's own records tell which call it was.
    fn name_started_agents(&self, steps: &mut [Step]) {
        for step in steps
            .iter_mut()
            .filter(|step| step.started_agent_id.is_none())
        {
            let starts_agents = step
                .tool
                .as_ref()
                .and_then(|tool| tool.name.as_deref())
                .is_some_and(|name| STARTS_AGENTS.contains(&name));
            if starts_agents {
                step.started_agent_id = self
                    .agents
                    .iter()
                    .find(|(_, slots)| self.starting_call(slots).as_ref() == Some(&step.id))
                    .map(|(id, _)| id.clone());
            }
        }
    }

    /// Decisions of calls of which only the spans tell them.
    fn decide_by_spans(&self, steps: &mut [Step]) {
        for step in steps {
            let Some(tool) = step.tool.as_mut().filter(|tool| tool.decision.is_none()) else {
                continue;
            };
            let decided = self
                .call_spans
                .get(&step.id)
                .into_iter()
                .flatten()
                .find_map(|span| self.span_decisions.get(span)?.clone());
            if let Some((decision, source)) = decided {
                tool.decision = decision;
                tool.decision_source = tool.decision_source.take().or(source);
                if decision == Some(Decision::Reject) {
                    tool.is_error = Some(true);
                    step.is_error = true;
                }
            }
        }
    }

    fn parent_of(&self, key: &TurnKey) -> Option<TurnKey> {
        let root = self.root_of(key)?;
        self.tree
            .homes_above(&root)
            .into_iter()
            .map(|home| match home {
                super::tree::NodeHome::Prompt(prompt) => TurnKey::Prompt(prompt),
                super::tree::NodeHome::Root(root) => self.turn_of(&super::state::Home::Root(root)),
            })
            .find(|above| above != key)
    }
}

/// What an entry tells of the turn. A sub-agent's fate is its own: the main agent goes on. Only a person's no to a
/// sub-agent's call may end both.
fn of_the_turn(entity: &Entity) -> Signals {
    match entity.agent_id {
        None => entity.signals,
        Some(_) => entity.signals.only(Signals::USER_REJECTED),
    }
}

/// The requests that are not part of the conversation. What the transcript has of them is: it has no others.
fn auxiliary_requests<'a>(entities: &Entities<'a>) -> BTreeSet<&'a str> {
    entities
        .iter()
        .filter_map(|(key, entity)| match key {
            StepKey::Request(id) => Some((id.as_str(), entity)),
            _ => None,
        })
        .filter(|(_, entity)| {
            entity.signals.has(Signals::AUXILIARY) && !entity.witnesses.has(Source::Transcript)
        })
        .map(|(id, _)| id)
        .collect()
}

/// Where a step stands in its turn: first what the person asked, whatever clock it was seen by; then by time; those of
/// one moment by what they are, then by id. A projection sorts by the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepOrder {
    /// 0 for the turn's prompt, 1 for the others.
    pub group: u8,
    /// The step's time; the highest for one without.
    pub at_us: i64,
    /// By kind.
    pub place: u8,
}

impl StepOrder {
    /// The place of a step.
    #[must_use]
    pub fn of(step: &Step) -> Self {
        let place = match step.kind {
            StepKind::Prompt => 0,
            StepKind::Skill => 1,
            StepKind::Compaction => 2,
            StepKind::ModelRequest => 3,
            StepKind::Thinking => 4,
            StepKind::Text => 5,
            StepKind::ToolCall => 6,
            StepKind::Permission => 7,
            StepKind::Notice => 8,
            StepKind::Error => 9,
        };
        let is_turns_prompt = step.kind == StepKind::Prompt && step.name.is_none();
        Self {
            group: u8::from(!is_turns_prompt),
            at_us: step.at.unwrap_or(i64::MAX),
            place,
        }
    }
}

fn put_in_order(steps: &mut [Step]) {
    steps.sort_by(|a, b| (StepOrder::of(a), &a.id).cmp(&(StepOrder::of(b), &b.id)));
}

fn ended_at(steps: &[Step], entities: &Entities<'_>) -> Option<i64> {
    let of_steps = steps
        .iter()
        .filter_map(|step| Some(step.at?.saturating_add(step.duration_us.unwrap_or(0))));
    let of_signals = entities
        .iter()
        .filter(|(key, _)| matches!(key, StepKey::Signal(_)))
        .filter_map(|(_, entity)| entity.at.value());
    of_steps.chain(of_signals).max()
}

fn answer(prompt: &Prompt, steps: &[Step]) -> Option<crate::document::Text> {
    if prompt.kind == PromptKind::BuiltinCommand {
        return None;
    }
    steps
        .iter()
        .rev()
        .find(|step| step.kind == StepKind::Text && step.agent_id.is_none())?
        .text
        .clone()
}

fn add_up(turn: &mut Turn, steps: &[Step]) {
    let mut tokens = TokenTotals::default();
    let mut cost = Cost::default();
    for step in steps {
        turn.step_count += 1;
        turn.tool_calls += u64::from(step.kind == StepKind::ToolCall);
        turn.errors += u64::from(step.is_error);
        if let Some(request) = &step.model_request {
            summary::add_request(&mut tokens, &mut cost, request);
        }
    }
    turn.tokens = tokens;
    turn.cost = cost;
}
