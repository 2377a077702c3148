//! Which turn a sub-agent's steps belong to: that of the prompt for which it was set to work last.
//!
//! The client stamps what a sub-agent does with the prompt of the moment, which is a later one when the agent works in the
//! background. What it was asked, and its start, are stamped with the prompt that it works for.

use super::fact::StepKey;
use super::state::Fold;

impl Fold {
    /// Notes that an agent was set to work for a prompt: its steps may belong elsewhere than they seemed to.
    pub(super) fn start_agent(&mut self, agent: &str, prompt: String, at: i64) {
        let is_known = self.prompt_of_agent(agent, Some(at)) == Some(&prompt);
        let starts = self.agent_starts.entry(agent.to_owned()).or_default();
        starts.insert((at, prompt));
        if is_known {
            return;
        }
        for key in self.agent_steps.get(agent).cloned().unwrap_or_default() {
            self.settle(&key);
        }
    }

    pub(super) fn note_agents_step(&mut self, agent: &str, key: &StepKey) {
        let steps = self.agent_steps.entry(agent.to_owned()).or_default();
        steps.insert(key.clone());
    }

    /// The prompt that an agent worked for at a time. What seems to come before its first start is of that: a start is told
    /// of by a hook, which arrives after it.
    pub(super) fn prompt_of_agent(&self, agent: &str, at: Option<i64>) -> Option<&String> {
        let starts = self.agent_starts.get(agent)?;
        at.and_then(|at| {
            let later = (at.saturating_add(1), String::new());
            starts.range(..later).next_back()
        })
        .or_else(|| starts.first())
        .map(|(_, prompt)| prompt)
    }
}
