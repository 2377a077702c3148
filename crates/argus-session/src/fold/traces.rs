//! Which turn a trace belongs to: that of the prompt which a log record of the trace names; without one, that of the first
//! tool call or request which another source knows too. What the main agent did tells it before what a sub-agent did: a
//! sub-agent may be at work in a later turn, while its spans stay in the trace that started it.

use std::collections::BTreeMap;

use super::fact::StepKey;
use super::state::{Fold, Home};
use crate::Source;

/// A log record's word for a trace's prompt: the earliest counts.
pub(super) type NamedAt = (i64, String);

/// What tells of a trace's turn.
#[derive(Debug, Default)]
pub(super) struct TraceClaims {
    by_log: Option<NamedAt>,
    /// Steps whose turn others know, those of the main agent first.
    by_step: BTreeMap<(bool, StepKey), Home>,
    by_agents_log: Option<NamedAt>,
}

impl TraceClaims {
    fn home(&self) -> Option<Home> {
        let of_prompt = |named: &NamedAt| Home::Prompt(named.1.clone());
        self.by_log
            .as_ref()
            .map(of_prompt)
            .or_else(|| self.by_step.values().next().cloned())
            .or_else(|| self.by_agents_log.as_ref().map(of_prompt))
    }
}

/// A step's word for its trace's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StepClaim {
    pub(super) trace: String,
    pub(super) by_agent: bool,
    pub(super) home: Home,
}

impl Fold {
    /// Notes what a step says of its trace, which someone else than the trace told; `None`: nothing (any more). `witness`: of
    /// the stretch of what a witness tells that the step is in (`lines`), which is a trace like others; else of its span's.
    pub(super) fn claim_trace_by_step(
        &mut self,
        witness: Option<Source>,
        key: &StepKey,
        claim: Option<StepClaim>,
    ) {
        let claim = claim.filter(|claim| matches!(claim.home, Home::Prompt(_) | Home::Root(_)));
        let by = (witness, key.clone());
        if self.step_claims.get(&by) == claim.as_ref() {
            return;
        }
        if let Some(before) = self.step_claims.remove(&by) {
            self.change_claims(&before.trace, |claims| {
                claims.by_step.remove(&(before.by_agent, key.clone()));
            });
        }
        if let Some(claim) = claim {
            self.step_claims.insert(by, claim.clone());
            self.change_claims(&claim.trace, |claims| {
                claims
                    .by_step
                    .insert((claim.by_agent, key.clone()), claim.home);
            });
        }
    }

    /// Notes that a log record names a trace's prompt.
    pub(super) fn claim_trace_by_log(&mut self, trace: &str, named: NamedAt, by_agent: bool) {
        let held = self.trace_claims.get(trace).and_then(|claims| {
            let held = if by_agent {
                &claims.by_agents_log
            } else {
                &claims.by_log
            };
            held.as_ref()
        });
        if held.is_some_and(|held| *held <= named) {
            return;
        }
        self.change_claims(trace, |claims| {
            let held = if by_agent {
                &mut claims.by_agents_log
            } else {
                &mut claims.by_log
            };
            *held = Some(named);
        });
    }

    fn change_claims(&mut self, trace: &str, change: impl FnOnce(&mut TraceClaims)) {
        let at_trace = Home::Trace(trace.to_owned());
        let turn_before = self.turn_of(&at_trace);
        let claims = self.trace_claims.entry(trace.to_owned()).or_default();
        let before = claims.home();
        change(claims);
        let after = claims.home();
        if before == after {
            return;
        }
        if let Some(traces) = before.and_then(|before| self.home_traces.get_mut(&before)) {
            traces.remove(trace);
        }
        if let Some(after) = after {
            self.home_traces
                .entry(after)
                .or_default()
                .insert(trace.to_owned());
        }
        self.touch(turn_before);
        let turn = self.turn_of(&at_trace);
        self.touch(turn);
    }

    /// Where a trace belongs, where anything tells.
    pub(super) fn home_of_trace(&self, trace: &str) -> Option<Home> {
        self.trace_claims.get(trace)?.home()
    }

    /// The traces that belong to a home.
    pub(super) fn traces_at<'a>(&'a self, home: &Home) -> impl Iterator<Item = Home> + 'a {
        self.home_traces
            .get(home)
            .into_iter()
            .flatten()
            .cloned()
            .map(Home::Trace)
    }
}
