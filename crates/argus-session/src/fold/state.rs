//! The state of a fold and how a record changes it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entity::{Entity, keep_lowest};
use super::fact::{Counts, Fact, Place, SpanDecision, StepFact, StepKey};
use super::lines::Lines;
use super::session::{AgentSlots, ServerSlots, SessionSlots};
use super::traces::{StepClaim, TraceClaims};
use super::tree::{NodeHome, Tree};
use super::turn::TurnSummary;
use super::{finish, read};
use crate::acceptance::Judged;
use crate::document::{Session, SessionDocument, Step, Turn};
use crate::machine::{Machine, MachineSlots, SkillFiles};
use crate::record::NaturalKeyHash;
use crate::{ContentRank, Record, Source};

/// What one record did to the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was new and is part of the session now.
    New,
    /// The fold knew it, or knows a content that beats it.
    Known,
    /// It beats a content that was applied: the caller folds the session's records anew.
    Refold,
}

/// Where a step belongs, settled as far as the links at hand allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Home {
    Session,
    Trace(String),
    Prompt(String),
    Root(String),
}

/// A turn: a prompt id; the record of a prompt whose id is not its own (copied by a fork) or that has none; a trace
/// without a prompt id; or what belongs to no prompt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum TurnKey {
    None,
    Trace(String),
    Prompt(String),
    Root(String),
}

impl TurnKey {
    /// The turn's id in the document.
    pub(super) fn id(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            // A stretch of what a witness tells has its name; ids of traces are hex.
            Self::Trace(id) if id.contains(':') => id.clone(),
            Self::Trace(id) => format!("trace:{id}"),
            Self::Prompt(id) | Self::Root(id) => id.clone(),
        }
    }
}

/// The state of one session.
#[derive(Debug, Default)]
pub struct Fold {
    pub(super) session_id: String,
    seen: HashMap<NaturalKeyHash, ContentRank>,
    pub(super) tree: Tree,
    /// What tells of a trace's turn.
    pub(super) trace_claims: HashMap<String, TraceClaims>,
    /// A step's entry in `trace_claims`.
    pub(super) step_claims: HashMap<(Option<Source>, StepKey), StepClaim>,
    /// The traces that belong to a home: the other way of `trace_claims`.
    pub(super) home_traces: HashMap<Home, BTreeSet<String>>,
    /// When a sub-agent was set to work, and for which prompt.
    pub(super) agent_starts: HashMap<String, BTreeSet<(i64, String)>>,
    pub(super) agent_steps: HashMap<String, BTreeSet<StepKey>>,
    /// What witnesses tell that know only order.
    pub(super) lines: Lines,
    /// Where the transcript has a message of the API, by its id: the record's uuid.
    messages: HashMap<String, String>,
    message_steps: HashMap<String, Vec<StepKey>>,
    root_prompts: HashMap<String, Option<String>>,
    /// The prompt records that name one prompt id, by time: a fork gives its first new prompt id to all that it copied.
    prompt_roots: HashMap<String, BTreeSet<(i64, String)>>,
    pub(super) steps: HashMap<StepKey, Entity>,
    homes: HashMap<StepKey, Home>,
    pub(super) at_home: BTreeMap<Home, BTreeSet<StepKey>>,
    node_steps: HashMap<String, Vec<StepKey>>,
    pub(super) tool_spans: HashMap<String, String>,
    /// The spans of a call: the other way of `tool_spans`.
    pub(super) call_spans: HashMap<String, BTreeSet<String>>,
    /// What was decided below a span.
    pub(super) span_decisions: HashMap<String, Option<SpanDecision>>,
    pub(super) agents: BTreeMap<String, AgentSlots>,
    pub(super) servers: BTreeMap<String, ServerSlots>,
    pub(super) head: SessionSlots,
    pub(super) counts: Counts,
    /// Of a machine's own items: what they say.
    machine: MachineSlots,
    changed: BTreeSet<TurnKey>,
    /// Every turn that has a step, with what the session's head needs of it; as of the last look.
    pub(super) summaries: BTreeMap<TurnKey, TurnSummary>,
    /// When the turns in `summaries` began.
    pub(super) starts: BTreeSet<(i64, TurnKey)>,
    /// What became of each turn's answer, and whether that was judged as a headless session's.
    pub(super) judged: BTreeMap<TurnKey, Judged>,
    pub(super) judged_headless: bool,
    reported: BTreeMap<TurnKey, String>,
}

impl Fold {
    /// An empty session.
    #[must_use]
    pub fn new(session_id: &str) -> Self {
        Self {
            session_id: session_id.to_owned(),
            ..Self::default()
        }
    }

    /// The external id of the session.
    #[must_use]
    pub fn session_id(&self) -> &str {
        &self.session_id
    }

    /// Number of records taken.
    #[must_use]
    pub fn record_count(&self) -> usize {
        self.seen.len()
    }

    /// Takes one record. The cost does not depend on the session's length.
    pub fn apply(&mut self, record: &Record) -> Applied {
        match self.seen.get(&record.natural_key) {
            Some(held) if *held == record.rank || held.beats(&record.rank) => {
                return Applied::Known;
            }
            Some(_) => return Applied::Refold,
            None => {}
        }
        self.seen.insert(record.natural_key, record.rank);
        self.head.take_record(record);
        for fact in read::facts(record) {
            self.take(fact, record);
        }
        Applied::New
    }

    fn take(&mut self, fact: Fact, record: &Record) {
        let nk = record.natural_key;
        match fact {
            Fact::Node {
                uuid,
                parent,
                logical_parent,
                kind,
                prompt_id,
                at,
            } => {
                if kind == super::tree::NodeKind::Root {
                    self.add_root(&uuid, prompt_id, at);
                }
                let is_root = kind == super::tree::NodeKind::Root;
                let moved =
                    self.tree
                        .add(&uuid, parent.as_deref(), logical_parent.as_deref(), kind);
                for node in moved.nodes {
                    for key in self.node_steps.get(&node).cloned().unwrap_or_default() {
                        self.settle(&key);
                    }
                }
                for root in moved.roots_below.into_iter().chain(is_root.then_some(uuid)) {
                    let turn = self.turn_of(&Home::Root(root));
                    self.touch(turn);
                }
            }
            Fact::Step(fact) => self.take_step(*fact, record),
            Fact::Trace {
                trace_id,
                prompt_id,
                at,
                by_agent,
            } => {
                let named = (at.unwrap_or(i64::MAX), prompt_id);
                self.claim_trace_by_log(&trace_id, named, by_agent);
            }
            Fact::AgentStarted {
                agent_id,
                prompt_id,
                at,
            } => self.start_agent(&agent_id, prompt_id, at),
            Fact::ToolSpan { span_id, use_id } => {
                self.touch_call(&use_id);
                self.call_spans
                    .entry(use_id.clone())
                    .or_default()
                    .insert(span_id.clone());
                self.tool_spans.insert(span_id, use_id);
            }
            Fact::SpanDecision { span_id, decision } => {
                if let Some(use_id) = self.tool_spans.get(&span_id).cloned() {
                    self.touch_call(&use_id);
                }
                keep_lowest(
                    self.span_decisions.entry(span_id).or_default(),
                    Some(decision),
                );
            }
            Fact::Agent {
                id,
                agent_type,
                parent_use_id,
                parent_span_id,
            } => {
                let agent = self.agents.entry(id.clone()).or_default();
                agent.agent_type.take(agent_type, nk);
                agent.parent_use_id.take(parent_use_id, nk);
                keep_lowest(&mut agent.parent_span_id, parent_span_id);
                let started_by = self
                    .agents
                    .get(&id)
                    .and_then(|agent| self.starting_call(agent));
                if let Some(use_id) = started_by {
                    self.touch_call(&use_id);
                }
            }
            Fact::Line { line, prompt } => {
                for key in self.lines.add(&line, prompt) {
                    self.settle(&key);
                }
            }
            Fact::Message { id, uuid } => self.note_message(id, &uuid),
            Fact::McpServer {
                name,
                scope,
                transport,
            } => {
                let server = self.servers.entry(name).or_default();
                keep_lowest(&mut server.scope, scope);
                keep_lowest(&mut server.transport, transport);
            }
            Fact::Session(fact) => {
                if self.head.take(fact, nk) {
                    self.touch_last_turns(self.newest_turn_start());
                }
            }
            Fact::Machine(fact) => self.machine.take(*fact, nk),
            Fact::Coverage(fact) => self.head.coverage.take(fact),
            Fact::Count(kind) => *self.counts.entry(kind).or_default() += 1,
        }
    }

    /// The turn of a tool call has to be read anew.
    fn touch_call(&mut self, use_id: &str) {
        if let Some(home) = self.homes.get(&StepKey::Tool(use_id.to_owned())) {
            let turn = self.turn_of(home);
            self.touch(turn);
        }
    }

    fn take_step(&mut self, mut fact: StepFact, record: &Record) {
        let key = fact.key.clone();
        fact.said = super::acceptance::said(&fact, record);
        match &fact.place {
            Place::Node(uuid) => self.note_node_step(uuid, &key),
            Place::Line(place) => {
                if let Some(uuid) = &place.uuid {
                    self.note_node_step(uuid, &key);
                }
                if let Some(id) = &place.message_id {
                    self.note_message_step(id, &key);
                }
                self.lines.add_step(&place.line, place.equal, &key);
            }
            Place::Prompt(_) | Place::Trace(_) | Place::Session => {}
        }
        let others = self.lines.known_prompt(&fact);
        if let Some(agent) = &fact.agent_id {
            self.note_agents_step(agent, &key);
        }
        let entity = self.steps.entry(key.clone()).or_default();
        entity.merge(fact, record.source, record.id, record.natural_key);
        self.settle(&key);
        if let Some(home) = self.homes.get(&key) {
            let turn = self.turn_of(home);
            self.touch(turn);
        }
        for key in others {
            self.settle(&key);
        }
    }

    fn note_node_step(&mut self, uuid: &str, key: &StepKey) {
        let keys = self.node_steps.entry(uuid.to_owned()).or_default();
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }

    fn note_message_step(&mut self, message: &str, key: &StepKey) {
        let keys = self.message_steps.entry(message.to_owned()).or_default();
        if !keys.contains(key) {
            keys.push(key.clone());
        }
        if let Some(uuid) = self.messages.get(message).cloned() {
            self.note_node_step(&uuid, key);
        }
    }

    /// Of several records of one message (a block each), the one with the lowest uuid stands for it.
    fn note_message(&mut self, message: String, uuid: &str) {
        let held = self.messages.get(&message);
        if held.is_some_and(|held| held.as_str() <= uuid) {
            return;
        }
        let keys = self
            .message_steps
            .get(&message)
            .cloned()
            .unwrap_or_default();
        self.messages.insert(message, uuid.to_owned());
        for key in keys {
            self.note_node_step(uuid, &key);
            self.settle(&key);
        }
    }

    /// Puts a step where its evidence says, after either has changed.
    pub(super) fn settle(&mut self, key: &StepKey) {
        let Some(entity) = self.steps.get(key) else {
            return;
        };
        let home = self.home_by_evidence(entity);
        let claim = entity.places.trace.clone().map(|trace| StepClaim {
            trace,
            by_agent: entity.agent_id.is_some(),
            home: home.clone(),
        });
        let told: Vec<(Source, Option<StepClaim>)> = entity
            .places
            .lines
            .iter()
            // The client compacts before the prompt that it is for, or amid what one caused: that tells nothing.
            .filter(|_| !matches!(key, StepKey::Compaction(_)))
            .map(|(witness, line)| {
                let claim = self.lines.stretch(line).map(|trace| StepClaim {
                    trace,
                    by_agent: entity.agent_id.is_some(),
                    home: home.clone(),
                });
                (*witness, claim)
            })
            .collect();
        self.claim_trace_by_step(None, key, claim);
        for (witness, claim) in told {
            self.claim_trace_by_step(Some(witness), key, claim);
        }
        match self.homes.get(key) {
            Some(held) if *held == home => return,
            Some(held) => {
                let held = held.clone();
                if let Some(keys) = self.at_home.get_mut(&held) {
                    keys.remove(key);
                    if keys.is_empty() {
                        self.at_home.remove(&held);
                    }
                }
                let left = self.turn_of(&held);
                self.touch(left);
            }
            None => {}
        }
        self.at_home
            .entry(home.clone())
            .or_default()
            .insert(key.clone());
        let turn = self.turn_of(&home);
        self.homes.insert(key.clone(), home);
        self.touch(turn);
    }

    fn home_by_evidence(&self, entity: &Entity) -> Home {
        let by_tree: Vec<&NodeHome> = entity
            .places
            .nodes
            .iter()
            .chain(
                entity
                    .places
                    .message
                    .as_ref()
                    .and_then(|message| self.messages.get(message)),
            )
            .filter_map(|uuid| self.tree.home(uuid))
            .collect();
        if let Some(NodeHome::Root(root)) = by_tree
            .iter()
            .find(|home| matches!(home, NodeHome::Root(_)))
        {
            return Home::Root(root.clone());
        }
        let by_tree = match by_tree.first() {
            Some(NodeHome::Prompt(prompt)) => Some(Home::Prompt(prompt.clone())),
            _ => None,
        };
        let by_trace = entity.places.trace.clone().map(Home::Trace);
        let by_prompt = entity.places.prompt.clone().map(Home::Prompt);
        let known = match &entity.agent_id {
            None => by_prompt
                .or(by_tree)
                .or(by_trace)
                .or_else(|| self.lines.equal_prompt(&entity.places).cloned()),
            // A prompt id says only in which turn it happened.
            Some(agent) => self
                .prompt_of_agent(agent, entity.at.value())
                .cloned()
                .map(Home::Prompt)
                .or(by_tree)
                .or(by_trace)
                .or(by_prompt),
        };
        let by_line = || {
            let mut lines = entity.places.lines.values();
            lines
                .find_map(|line| self.lines.stretch(line))
                .map(Home::Trace)
        };
        known.or_else(by_line).unwrap_or(Home::Session)
    }

    fn add_root(&mut self, uuid: &str, prompt_id: Option<String>, at: Option<i64>) {
        if let Some(prompt) = &prompt_id {
            // The newest root of the id may have changed: what was in its turn moves to a turn of its own.
            // So do the ids by which other turns name it as what they follow. Only a fork does this.
            if let Some(newest) = self.principal_root(prompt).cloned() {
                self.touch(TurnKey::Root(newest));
                self.touch(TurnKey::Root(uuid.to_owned()));
                self.changed.extend(self.summaries.keys().cloned());
            }
            self.touch(TurnKey::Prompt(prompt.clone()));
            self.prompt_roots
                .entry(prompt.clone())
                .or_default()
                .insert((at.unwrap_or(i64::MIN), uuid.to_owned()));
        }
        self.root_prompts.insert(uuid.to_owned(), prompt_id);
    }

    fn principal_root(&self, prompt: &str) -> Option<&String> {
        self.prompt_roots.get(prompt)?.last().map(|(_, root)| root)
    }

    /// The turn that a home is part of.
    pub(super) fn turn_of(&self, home: &Home) -> TurnKey {
        match home {
            Home::Session => TurnKey::None,
            Home::Trace(trace) => match self.home_of_trace(trace) {
                Some(home) => self.turn_of(&home),
                None => TurnKey::Trace(trace.clone()),
            },
            Home::Prompt(prompt) => TurnKey::Prompt(prompt.clone()),
            Home::Root(root) => match self.root_prompts.get(root) {
                Some(Some(prompt)) if self.principal_root(prompt) == Some(root) => {
                    TurnKey::Prompt(prompt.clone())
                }
                _ => TurnKey::Root(root.clone()),
            },
        }
    }

    /// The homes that make up a turn.
    fn homes_of(&self, turn: &TurnKey) -> Vec<Home> {
        match turn {
            TurnKey::None => vec![Home::Session],
            TurnKey::Trace(trace) if self.turn_of(&Home::Trace(trace.clone())) != *turn => {
                Vec::new()
            }
            TurnKey::Trace(trace) => vec![Home::Trace(trace.clone())],
            TurnKey::Root(root) if self.turn_of(&Home::Root(root.clone())) != *turn => Vec::new(),
            TurnKey::Root(root) => {
                let home = Home::Root(root.clone());
                let traces: Vec<Home> = self.traces_at(&home).collect();
                std::iter::once(home).chain(traces).collect()
            }
            TurnKey::Prompt(prompt) => std::iter::once(Home::Prompt(prompt.clone()))
                .chain(self.principal_root(prompt).cloned().map(Home::Root))
                .flat_map(|home| {
                    let traces: Vec<Home> = self.traces_at(&home).collect();
                    std::iter::once(home).chain(traces)
                })
                .collect(),
        }
    }

    /// The steps' entries of a turn, in a fixed order.
    pub(super) fn entities_of(&self, turn: &TurnKey) -> BTreeMap<&StepKey, &Entity> {
        self.homes_of(turn)
            .iter()
            .filter_map(|home| self.at_home.get(home))
            .flatten()
            .filter_map(|key| self.steps.get_key_value(key))
            .collect()
    }

    /// The root record of a turn, where a transcript has it.
    pub(super) fn root_of(&self, turn: &TurnKey) -> Option<String> {
        match turn {
            TurnKey::Prompt(prompt) => self.principal_root(prompt).cloned(),
            TurnKey::Root(root) => Some(root.clone()),
            TurnKey::None | TurnKey::Trace(_) => None,
        }
    }

    /// True when a fork gave the turn's prompt record a prompt id that is another's.
    pub(super) fn is_renamed(&self, turn: &TurnKey) -> bool {
        matches!(turn, TurnKey::Root(root) if matches!(self.root_prompts.get(root), Some(Some(_))))
    }

    pub(super) fn touch(&mut self, turn: TurnKey) {
        self.changed.insert(turn);
    }

    /// A turn that looked open may be over now that a later one began or the session ended, and one that looked over may be
    /// the last again. `newest`: the earliest that any of them can have begun.
    fn touch_last_turns(&mut self, newest: Option<i64>) {
        let open = self
            .summaries
            .iter()
            .filter(|(_, summary)| summary.may_change_with_later())
            .map(|(key, _)| key);
        let last = newest.map(|at| self.starts.range((at, TurnKey::None)..));
        let last = last.into_iter().flatten().map(|(_, key)| key);
        self.changed.extend(open.chain(last).cloned());
    }

    /// Brings the summaries up to date; gives the turns whose reading may have changed.
    fn refresh(&mut self) -> BTreeSet<TurnKey> {
        let mut touched = std::mem::take(&mut self.changed);
        let mut moments = self.moments(&touched);
        let newest_before = self.newest_turn_start();
        // All are read before any is kept: a turn that goes by another key now is for a moment under neither, and those before
        // it must not look like the last for that.
        let read: Vec<_> = touched.iter().map(|key| self.summarise(key)).collect();
        for (key, summary) in touched.iter().zip(read) {
            self.keep(key, summary);
        }
        let newest = self.newest_turn_start();
        if newest != newest_before {
            self.touch_last_turns(newest.min(newest_before.or(newest)));
            let open = std::mem::take(&mut self.changed);
            for key in &open {
                if let Some(summary) = self.summarise(key) {
                    self.keep(key, Some(summary));
                }
            }
            moments.extend(self.moments(&open));
            touched.extend(open);
        }
        moments.extend(self.moments(&touched));
        self.judge_near(&moments, &mut touched);
        touched
    }

    /// When turns began, as of the last look.
    fn moments(&self, keys: &BTreeSet<TurnKey>) -> BTreeSet<i64> {
        keys.iter()
            .filter_map(|key| self.summaries.get(key)?.started_at)
            .collect()
    }

    pub(super) fn newest_turn_start(&self) -> Option<i64> {
        self.starts.last().map(|(at, _)| *at)
    }

    /// Keeps what a turn's reading gave; `None`: there is no such turn.
    fn keep(&mut self, key: &TurnKey, summary: Option<TurnSummary>) {
        let starts = summary.as_ref().and_then(|summary| summary.started_at);
        let before = match summary {
            Some(summary) => self.summaries.insert(key.clone(), summary),
            None => self.summaries.remove(key),
        };
        if *key == TurnKey::None {
            return;
        }
        if let Some(at) = before.and_then(|before| before.started_at) {
            self.starts.remove(&(at, key.clone()));
        }
        if let Some(at) = starts {
            self.starts.insert((at, key.clone()));
        }
    }

    /// The turns that changed since the last call, by id; those that are gone included (their steps moved elsewhere).
    pub fn take_changed_turns(&mut self) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for key in self.refresh() {
            let id = key.id();
            if self.summaries.contains_key(&key) {
                self.reported.insert(key, id.clone());
                ids.insert(id);
            } else if self.reported.remove(&key).is_some() {
                ids.insert(id);
            }
        }
        ids
    }

    /// One turn with its steps, as far as the records tell; `None` when there is no such turn (any more). `index` and
    /// `branch` are given by [`finish()`]. Cost: the number of its steps.
    #[must_use]
    pub fn turn(&self, turn_id: &str) -> Option<(Turn, Vec<Step>)> {
        let key = self.turn_key(turn_id)?;
        self.read_turn(&key)
    }

    fn turn_key(&self, turn_id: &str) -> Option<TurnKey> {
        let candidates = [
            TurnKey::Prompt(turn_id.to_owned()),
            TurnKey::Root(turn_id.to_owned()),
            TurnKey::Trace(turn_id.to_owned()),
            turn_id
                .strip_prefix("trace:")
                .map_or(TurnKey::None, |trace| TurnKey::Trace(trace.to_owned())),
        ];
        candidates
            .into_iter()
            .find(|key| key.id() == turn_id && self.summaries.contains_key(key))
    }

    /// The session's head with its totals. Cost: the number of turns, not of steps.
    #[must_use]
    pub fn session(&self) -> Session {
        self.read_session()
    }

    /// The names of the tools that were called, as of the last look at what changed.
    #[must_use]
    pub fn tool_names(&self) -> BTreeSet<String> {
        self.summaries
            .values()
            .flat_map(|summary| &summary.tools)
            .cloned()
            .collect()
    }

    /// How the turns ended, as of the last look at what changed.
    #[must_use]
    pub fn outcomes(&self) -> BTreeSet<crate::document::Outcome> {
        self.summaries
            .iter()
            .filter(|(key, _)| **key != TurnKey::None)
            .map(|(_, summary)| summary.outcome)
            .collect()
    }

    /// Whose credentials delivered the records; the empty name for one that is nobody's own.
    #[must_use]
    pub fn credentials(&self) -> &BTreeSet<String> {
        self.head.credentials()
    }

    /// What a machine's own items say of it.
    #[must_use]
    pub fn machine(&self) -> Machine {
        self.machine.read()
    }

    /// The records that say which files versions of skills consist of, by name and hash.
    #[must_use]
    pub fn skill_files(&self) -> Vec<SkillFiles> {
        self.machine.skill_files()
    }

    /// The whole document, with references, without texts.
    #[must_use]
    pub fn document(&mut self) -> SessionDocument {
        self.take_changed_turns();
        let mut turns: Vec<Turn> = self
            .summaries
            .keys()
            .filter_map(|key| self.read_turn(key))
            .map(|(turn, steps)| Turn { steps, ..turn })
            .collect();
        finish(&mut turns);
        SessionDocument {
            session: self.read_session(),
            turns,
        }
    }
}
