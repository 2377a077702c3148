//! Which turn a trace belongs to: that of the prompt which a log record of the trace names; without one, that of the first
//! tool call or request which another source knows too.

use std::collections::BTreeMap;

use super::entity::keep_lowest;
use super::fact::StepKey;
use super::state::{Fold, Home, TurnKey};

impl Fold {
    /// Notes that a step of `trace` is at home at `home`, which someone else than the trace says.
    pub(super) fn link_trace_by_step(&mut self, key: &StepKey, trace: Option<String>, home: &Home) {
        let link = trace
            .filter(|_| matches!(home, Home::Prompt(_) | Home::Root(_)))
            .map(|trace| (trace, home.clone()));
        if self.step_traces.get(key) == link.as_ref() {
            return;
        }
        if let Some((trace, _)) = self.step_traces.remove(key) {
            self.change_trace_steps(&trace, |steps| {
                steps.remove(key);
            });
        }
        if let Some((trace, home)) = link {
            self.step_traces
                .insert(key.clone(), (trace.clone(), home.clone()));
            self.change_trace_steps(&trace, |steps| {
                steps.insert(key.clone(), home);
            });
        }
    }

    fn change_trace_steps(
        &mut self,
        trace: &str,
        change: impl FnOnce(&mut BTreeMap<StepKey, Home>),
    ) {
        let at_trace = Home::Trace(trace.to_owned());
        let turn_before = self.turn_of(&at_trace);
        let steps = self.trace_steps.entry(trace.to_owned()).or_default();
        let before = steps.values().next().cloned();
        change(steps);
        let after = steps.values().next().cloned();
        if before == after {
            return;
        }
        if let Some(before) = before
            && let Some(traces) = self.home_traces.get_mut(&before)
        {
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

    pub(super) fn link_trace(&mut self, trace_id: &str, prompt_id: &str) {
        let mut held = self.trace_prompts.get(trace_id).cloned();
        keep_lowest(&mut held, Some(prompt_id.to_owned()));
        let Some(prompt) = held else { return };
        if self.trace_prompts.get(trace_id) == Some(&prompt) {
            return;
        }
        let turn_before = self.turn_of(&Home::Trace(trace_id.to_owned()));
        self.touch(turn_before);
        let before = self
            .trace_prompts
            .insert(trace_id.to_owned(), prompt.clone());
        if let Some(traces) = before.and_then(|before| self.prompt_traces.get_mut(&before)) {
            traces.remove(trace_id);
        }
        self.prompt_traces
            .entry(prompt.clone())
            .or_default()
            .insert(trace_id.to_owned());
        if self.at_home.contains_key(&Home::Trace(trace_id.to_owned())) {
            self.touch(TurnKey::Prompt(prompt));
        }
    }

    /// Where a trace belongs by its steps.
    pub(super) fn home_of_trace(&self, trace: &str) -> Option<&Home> {
        self.trace_steps.get(trace)?.values().next()
    }

    /// The traces that belong to a home by their steps, and by nothing better.
    pub(super) fn traces_at<'a>(&'a self, home: &Home) -> impl Iterator<Item = Home> + 'a {
        self.home_traces
            .get(home)
            .into_iter()
            .flatten()
            .filter(|trace| !self.trace_prompts.contains_key(*trace))
            .cloned()
            .map(Home::Trace)
    }
}
