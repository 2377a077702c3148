//! What one turn says of who saw it.

use std::collections::BTreeMap;

use super::Groups;
use crate::document::{Outcome, PromptKind, Step, StepKind, Turn};

/// What one turn says.
#[derive(Debug, Clone, Default)]
pub(crate) struct TurnSeen {
    /// Who tells what was asked, said or done in it.
    pub(super) groups: Groups,
    /// It is a person's (or a report's) and was not copied: whoever saw the session ought to have seen it.
    pub(super) is_comparable: bool,
    pub(super) is_copied: bool,
    /// It was answered: a hook ought to have said so.
    pub(super) is_answered: bool,
    pub(super) started_at: Option<i64>,
    /// Every call, by who attests it.
    pub(super) calls: BTreeMap<Groups, u64>,
    /// Those that ran to their end, by who attests them: whoever sees calls ought to have seen them.
    pub(super) ran: BTreeMap<Groups, u64>,
    /// Calls that telemetry gives no id.
    pub(super) without_id: u64,
    /// Who tells of a sub-agent's work.
    pub(super) agents: BTreeMap<String, Groups>,
}

impl TurnSeen {
    pub(crate) fn of(turn: &Turn, steps: &[Step]) -> Self {
        // What belongs to no prompt, or to one of which only the trace is known, cannot be looked for elsewhere.
        let is_placed = turn.id != "none" && !turn.id.starts_with("trace:");
        let is_asked = !matches!(
            turn.prompt.kind,
            PromptKind::BuiltinCommand | PromptKind::Unknown
        );
        let mut seen = Self {
            is_comparable: is_placed && is_asked && !turn.copied && turn.outcome != Outcome::Open,
            is_copied: turn.copied,
            is_answered: turn.outcome == Outcome::Answered,
            started_at: turn.started_at,
            ..Self::default()
        };
        for step in steps.iter().filter(|step| tells(step.kind)) {
            let groups = Groups::of_all(&step.witnesses);
            seen.groups.add(groups);
            if let Some(agent) = &step.agent_id {
                seen.agents.entry(agent.clone()).or_default().add(groups);
            }
            if step.kind == StepKind::ToolCall {
                seen.call(step, groups);
            }
        }
        seen
    }

    fn call(&mut self, step: &Step, groups: Groups) {
        *self.calls.entry(groups).or_default() += 1;
        let Some(tool) = &step.tool else { return };
        if tool.use_id.is_none() {
            self.without_id += u64::from(groups.has(Groups::TELEMETRY));
        } else if tool.is_error == Some(false) {
            // One that failed may never have run: of those, some witnesses know nothing (measured, 2.1.330).
            *self.ran.entry(groups).or_default() += 1;
        }
    }
}

/// True of steps that tell what was asked, said or done.
fn tells(kind: StepKind) -> bool {
    match kind {
        StepKind::Prompt
        | StepKind::Thinking
        | StepKind::Text
        | StepKind::ToolCall
        | StepKind::Skill
        | StepKind::Permission
        | StepKind::ModelRequest => true,
        StepKind::Compaction | StepKind::Notice | StepKind::Error => false,
    }
}
