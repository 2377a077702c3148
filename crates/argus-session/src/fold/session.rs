//! The session's head: who, where, with what, and the sums over its turns.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::keep_lowest;
use super::fact::SessionFact;
use super::piece::Piece;
use super::skills::SkillSlots;
use super::slot::Best;
use super::state::{Fold, TurnKey};
use super::turn::TurnSummary;
use crate::coverage::{self, Evidence};
use crate::document::{
    AgentRun, Client, Cowork, Link, McpServer, PromptKind, Session, Surface, Totals, User, UserFrom,
};
use crate::record::NaturalKeyHash;
use crate::{Record, Source};

/// What is known of a sub-agent.
#[derive(Debug, Default)]
pub(super) struct AgentSlots {
    pub(super) agent_type: Best<String>,
    pub(super) parent_use_id: Best<String>,
    pub(super) parent_span_id: Option<String>,
}

/// What is known of an MCP server.
#[derive(Debug, Default)]
pub(super) struct ServerSlots {
    pub(super) scope: Option<String>,
    pub(super) transport: Option<String>,
}

/// What is known of the session as a whole.
#[derive(Debug, Default)]
pub(super) struct SessionSlots {
    title: Best<Piece>,
    /// The first time of any record, apart those of the transcript: a fork's begins with an older session's.
    seen_from: Option<i64>,
    transcript_from: Option<i64>,
    /// The last time of any record.
    seen_to: Option<i64>,
    /// The same of metrics, for a session that nothing else tells of.
    metered_from: Option<i64>,
    metered_to: Option<i64>,
    /// The latest start, of a process: a session that began again after it ended is open again.
    last_start: Option<i64>,
    ended: Option<(Option<i64>, Option<String>)>,
    cwd: Best<String>,
    git_branch: Best<String>,
    client_name: Best<String>,
    client_version: Option<(Vec<u64>, String)>,
    pub(super) surface: Best<Surface>,
    user_id: Best<String>,
    user_email: Best<String>,
    /// Whose credentials delivered it; the empty name for one that is nobody's own.
    credentials: BTreeSet<String>,
    client_total: Option<(Option<i64>, i64)>,
    metric_total: Option<i64>,
    metric_series: BTreeMap<String, i64>,
    links: BTreeSet<Link>,
    cowork: Best<Cowork>,
    projects: BTreeSet<String>,
    sources: BTreeSet<Source>,
    pub(super) skill_trees: SkillSlots,
    pub(super) coverage: Evidence,
    /// The model that was chosen.
    model: Best<String>,
    real: bool,
}

impl SessionSlots {
    /// What every record says, whatever its source.
    pub(super) fn take_record(&mut self, record: &Record) {
        self.sources.insert(record.source);
        self.coverage.record(record.source, record.at_us);
        if let Some(device) = record.meta.device.as_deref().filter(|id| !id.is_empty()) {
            self.coverage.device(device);
        }
        if let Some(project) = project_of(record) {
            self.projects.insert(project);
        }
        let credential = record.credential_user.clone().unwrap_or_default();
        self.credentials.insert(credential);
    }

    /// Takes a fact; true when it may change how turns ended.
    pub(super) fn take(&mut self, fact: SessionFact, nk: NaturalKeyHash) -> bool {
        match fact {
            SessionFact::Title(title) => self.title.take(Some(title), nk),
            SessionFact::Started(at) => {
                self.last_start = self.last_start.max(Some(at));
                return true;
            }
            SessionFact::Ended { at, reason } => {
                self.ended = self.ended.take().max(Some((at, reason)));
                return true;
            }
            SessionFact::Cwd(cwd) => self.cwd.take(Some(cwd), nk),
            SessionFact::GitBranch(branch) => self.git_branch.take(Some(branch), nk),
            SessionFact::ClientName(name) => self.client_name.take(Some(name), nk),
            SessionFact::ClientVersion(version) => {
                self.coverage.client_version(&version);
                let numbers = version
                    .split(['.', '-'])
                    .map(|part| part.parse().unwrap_or(0))
                    .collect();
                self.client_version = self.client_version.take().max(Some((numbers, version)));
            }
            SessionFact::Surface(surface) => self.surface.take(Some(surface), nk),
            SessionFact::UserId(id) => self.user_id.take(Some(id), nk),
            SessionFact::UserEmail(email) => self.user_email.take(Some(email), nk),
            SessionFact::ClientTotal { at, cost_nanousd } => {
                self.client_total = self.client_total.max(Some((at, cost_nanousd)));
            }
            SessionFact::CostPoint {
                cost_nanousd,
                cumulative_series: None,
            } => {
                self.metric_total =
                    Some(self.metric_total.unwrap_or(0).saturating_add(cost_nanousd));
            }
            SessionFact::CostPoint {
                cost_nanousd,
                cumulative_series: Some(series),
            } => {
                let held = self.metric_series.entry(series).or_insert(cost_nanousd);
                *held = (*held).max(cost_nanousd);
            }
            SessionFact::Link(link) => {
                self.links.insert(link);
            }
            SessionFact::Cowork(cowork) => self.cowork.take(Some(cowork), nk),
            SessionFact::Real => self.real = true,
            SessionFact::Seen { at, in_transcript } => {
                if in_transcript {
                    keep_lowest(&mut self.transcript_from, Some(at));
                } else {
                    keep_lowest(&mut self.seen_from, Some(at));
                }
                self.seen_to = self.seen_to.max(Some(at));
            }
            SessionFact::Metered(at) => {
                keep_lowest(&mut self.metered_from, Some(at));
                self.metered_to = self.metered_to.max(Some(at));
            }
            SessionFact::Model(model) => self.model.take(Some(model), nk),
            SessionFact::SkillTree(look) => self.skill_trees.take(*look, nk),
        }
        false
    }

    /// True when the session's end was seen and no process began after it.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
            .as_ref()
            .is_some_and(|(at, _)| at.is_none() || *at >= self.last_start)
    }

    /// The client's own total. A fork's running total goes on from the older session's, by an amount that its own
    /// records do not tell: there, the cost metric, which starts at nothing.
    fn own_total(&self, is_fork: bool) -> Option<i64> {
        let series: i64 = self
            .metric_series
            .values()
            .fold(0, |sum, cost| sum.saturating_add(*cost));
        let metric = match self.metric_total {
            Some(delta) => Some(delta.saturating_add(series)),
            None => (!self.metric_series.is_empty()).then_some(series),
        };
        if is_fork {
            metric
        } else {
            self.client_total.map(|(_, cost)| cost).or(metric)
        }
    }
}

/// The project of one record: see [`crate::project::of`].
fn project_of(record: &Record) -> Option<String> {
    crate::project::of(&record.projects, &record.meta, &record.body)
}

impl Fold {
    pub(super) fn read_session(&self) -> Session {
        let head = &self.head;
        let turns = || {
            self.summaries
                .iter()
                .filter(|(key, _)| **key != TurnKey::None)
        };
        let counted = || self.summaries.values().filter(|summary| !summary.copied);
        let mut totals = Totals::default();
        for summary in counted() {
            totals.add(&summary.totals);
        }
        let is_fork = self.summaries.values().any(|summary| summary.copied);
        totals.unattributed_nanousd = head
            .own_total(is_fork)
            .map(|total| total.saturating_sub(totals.cost.cost_nanousd.unwrap_or(0)));

        let mut session = Session {
            id: self.session_id.clone(),
            title: head
                .title
                .get()
                .map(Piece::to_text)
                .or_else(|| first_prompt(self)),
            conversation: self.session_id.clone(),
            links: head.links.iter().cloned().collect(),
            projects: head.projects.iter().cloned().collect(),
            user: head.user(),
            client: Client {
                name: head.client_name.value(),
                version: head
                    .client_version
                    .as_ref()
                    .map(|(_, version)| version.clone()),
                surface: head.surface.value().unwrap_or_default(),
            },
            started_at: counted()
                .filter_map(|summary| summary.started_at)
                .chain(head.seen_from)
                .chain(head.transcript_from.filter(|_| !is_fork))
                .min()
                .or(head.metered_from),
            ended_at: counted()
                .filter_map(|summary| summary.ended_at)
                .chain(head.seen_to)
                .max()
                .or(head.metered_to),
            end_reason: if head.has_ended() {
                head.ended.as_ref().and_then(|(_, reason)| reason.clone())
            } else {
                None
            },
            cwd: head.cwd.value(),
            git_branch: head.git_branch.value(),
            models: self.models(),
            sources: head.sources.iter().copied().collect(),
            first_turn: self.first_turn(),
            totals,
            skills: self.skills(),
            mcp_servers: self.mcp_servers(),
            agents: self.agent_runs(),
            cowork: head.cowork.value(),
            coverage: coverage::judge(
                &head.coverage,
                self.summaries.values().map(|summary| &summary.seen),
            ),
            counts: self.counts.clone(),
            notices: Vec::new(),
            phantom: !head.real && turns().next().is_none(),
        };
        if session.projects.is_empty() {
            session.projects.push(crate::project::UNASSIGNED.to_owned());
        }
        if session.projects.len() > 1 {
            session.notices.push("seen_in_several_projects".to_owned());
        }
        if is_fork && head.own_total(true).is_none() {
            session.notices.push("fork_total_unknown".to_owned());
        }
        session
    }

    /// The models that were asked; while none is known to have been, the one that was chosen.
    fn models(&self) -> Vec<String> {
        let asked: BTreeSet<&String> = self
            .summaries
            .values()
            .flat_map(|summary| &summary.models)
            .collect();
        if asked.is_empty() {
            return self.head.model.value().into_iter().collect();
        }
        asked.into_iter().cloned().collect()
    }

    fn mcp_servers(&self) -> Vec<McpServer> {
        let mut calls: BTreeMap<&str, (u64, Option<i64>)> = BTreeMap::new();
        for summary in self.summaries.values().filter(|summary| !summary.copied) {
            for (server, (count, last_at)) in &summary.mcp_calls {
                let held = calls.entry(server).or_default();
                held.0 += count;
                held.1 = held.1.max(*last_at);
            }
        }
        let names: BTreeSet<&str> = self
            .servers
            .keys()
            .map(String::as_str)
            .chain(calls.keys().copied())
            .collect();
        names
            .into_iter()
            .map(|name| {
                let slots = self.servers.get(name);
                McpServer {
                    name: name.to_owned(),
                    scope: slots.and_then(|slots| slots.scope.clone()),
                    transport: slots.and_then(|slots| slots.transport.clone()),
                    calls: calls.get(name).map_or(0, |(count, _)| *count),
                    last_used_at: calls.get(name).and_then(|(_, last_at)| *last_at),
                }
            })
            .collect()
    }

    /// The tool call that started a sub-agent, as far as its own records and spans tell.
    pub(super) fn starting_call(&self, agent: &AgentSlots) -> Option<String> {
        agent
            .parent_use_id
            .value()
            .or_else(|| self.tool_spans.get(agent.parent_span_id.as_ref()?).cloned())
    }

    fn agent_runs(&self) -> Vec<AgentRun> {
        let mut runs: BTreeMap<&str, Totals> = self
            .agents
            .keys()
            .map(|id| (id.as_str(), Totals::default()))
            .collect();
        for summary in self.summaries.values().filter(|summary| !summary.copied) {
            for (id, totals) in &summary.agents {
                runs.entry(id).or_default().add(totals);
            }
        }
        // Of several calls that say so, the one of the first turn.
        let mut started_by: BTreeMap<&str, &str> = BTreeMap::new();
        for (agent, use_id) in self
            .summaries
            .values()
            .flat_map(|summary| &summary.started_agents)
        {
            started_by.entry(agent).or_insert(use_id);
        }
        runs.into_iter()
            .map(|(id, totals)| {
                let slots = self.agents.get(id);
                let started_by = started_by.get(id).map(|use_id| (*use_id).to_owned());
                AgentRun {
                    id: id.to_owned(),
                    agent_type: slots.and_then(|slots| slots.agent_type.value()),
                    parent_use_id: slots
                        .and_then(|slots| slots.parent_use_id.value())
                        .or(started_by)
                        .or_else(|| self.starting_call(slots?)),
                    totals,
                }
            })
            .collect()
    }
}

impl SessionSlots {
    pub(super) fn credentials(&self) -> &BTreeSet<String> {
        &self.credentials
    }

    fn user(&self) -> User {
        if let Some(user) = self.credentials.iter().find(|user| !user.is_empty()) {
            return User {
                id: self.user_id.value(),
                email: user
                    .contains('@')
                    .then(|| user.clone())
                    .or_else(|| self.user_email.value()),
                from: Some(UserFrom::Credential),
            };
        }
        let (id, email) = (self.user_id.value(), self.user_email.value());
        let from = (id.is_some() || email.is_some()).then_some(UserFrom::Claim);
        User { id, email, from }
    }
}

fn first_prompt(fold: &Fold) -> Option<crate::document::Text> {
    fold.summaries
        .iter()
        .filter(|(key, summary)| {
            **key != TurnKey::None
                && summary.kind != PromptKind::BuiltinCommand
                && summary
                    .prompt
                    .as_ref()
                    .is_some_and(|text| !text.text_ref.is_empty())
        })
        .min_by(|(a_key, a), (b_key, b)| {
            // What a background task reported is nobody's wish: it names a session only where nothing else does.
            let start = |of: &TurnSummary| {
                let is_report = of.kind == PromptKind::TaskNotification;
                (is_report, of.started_at.is_none(), of.started_at)
            };
            start(a)
                .cmp(&start(b))
                .then_with(|| a_key.id().cmp(&b_key.id()))
        })
        .and_then(|(_, summary)| summary.prompt.clone())
}
