//! A session along time: lanes of turns, model requests, tools and sub-agents, put into bins, so that a picture of ten thousand
//! steps is as small as one of ten. Pure.
//!
//! The axis is **active time**: periods longer than [`GAP_US`] in which nothing ran are cut out. A position on it is a number of
//! microseconds from the session's start; [`Axis::segments`] says which stretches of time it is made of.

mod axis;
mod bins;
mod uses;

pub use axis::{Axis, GAP_US, Segment};
pub use bins::{Lane, LaneKind, Mark, MarkKind, Span, Timeline, TimelineQuery, timeline};
pub use uses::{SkillCalls, ToolCalls, Uses, uses};

use crate::RecordId;
use crate::document::{Decision, Step, StepKind, Turn};

/// A turn on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnMark {
    /// When it began, microseconds UTC.
    pub at_us: Option<i64>,
    /// How long it took.
    pub duration_us: Option<i64>,
    /// The place of its first step in the session's one list.
    pub first_step: u64,
    /// Steps that failed.
    pub errors: u64,
    /// False for a turn that a fork copied: it counts in no total.
    pub is_counted: bool,
}

/// What the timeline needs to know of a step. Names by their place in [`SessionMarks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepMark {
    /// Its turn's place.
    pub turn: u32,
    /// When it began, microseconds UTC.
    pub at_us: Option<i64>,
    /// How long it took.
    pub duration_us: Option<i64>,
    /// What it is.
    pub kind: StepKind,
    /// It failed.
    pub is_error: bool,
    /// It was not let run.
    pub is_denied: bool,
    /// The sub-agent that did it.
    pub agent: Option<u32>,
    /// The sub-agent that it started.
    pub started: Option<u32>,
    /// The tool, of a call.
    pub tool: Option<u32>,
    /// The skill that it fired.
    pub skill: Option<u32>,
}

/// A skill as it ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillMark {
    /// Its name.
    pub name: String,
    /// Its version's label.
    pub label: Option<String>,
    /// Hash of what ran, lower-case hex.
    pub hash: Option<String>,
    /// How it was fired.
    pub trigger: Option<String>,
}

/// Every turn and step of a session, as much as the timeline needs, in the order of its one list of steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionMarks {
    /// The turns.
    pub turns: Vec<TurnMark>,
    /// The steps, by their place.
    pub steps: Vec<StepMark>,
    /// Names of tools and ids of sub-agents.
    pub names: Vec<String>,
    /// Skills.
    pub skills: Vec<SkillMark>,
    /// Which step rests on which record, ascending.
    records: Vec<(RecordId, u32)>,
}

impl SessionMarks {
    /// Of these turns, each with the place of its first step; steps are taken with [`SessionMarks::take`], in order, then
    /// [`SessionMarks::finish`].
    #[must_use]
    pub fn of_turns<'a>(turns: impl Iterator<Item = (&'a Turn, u64)>) -> Self {
        let turns = turns
            .map(|(turn, first_step)| TurnMark {
                at_us: turn.started_at,
                duration_us: turn.duration_us,
                first_step,
                errors: turn.errors,
                is_counted: !turn.copied,
            })
            .collect();
        Self {
            turns,
            ..Self::default()
        }
    }

    /// Takes the next step.
    pub fn take(&mut self, turn: u32, step: Step) {
        let place = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.records
            .extend(step.records.iter().map(|record| (*record, place)));
        let tool = step.tool.unwrap_or_default();
        let is_denied = tool.decision == Some(Decision::Reject);
        let skill = step.skill.map(|skill| SkillMark {
            name: skill.name,
            label: skill.label,
            hash: skill.hash,
            trigger: skill.trigger,
        });
        let mark = StepMark {
            turn,
            at_us: step.at,
            duration_us: step.duration_us,
            kind: step.kind,
            is_error: step.is_error,
            is_denied,
            agent: step.agent_id.map(|name| place_of(&mut self.names, name)),
            started: step
                .started_agent_id
                .map(|name| place_of(&mut self.names, name)),
            tool: tool.name.map(|name| place_of(&mut self.names, name)),
            skill: skill.map(|skill| place_of(&mut self.skills, skill)),
        };
        self.steps.push(mark);
    }

    /// Orders what was taken.
    pub fn finish(&mut self) {
        self.records.sort_unstable();
        self.records.shrink_to_fit();
    }

    /// The place of the first step that rests on a record.
    #[must_use]
    pub fn step_of(&self, record: RecordId) -> Option<u64> {
        let at = self.records.partition_point(|(known, _)| *known < record);
        let (found, place) = self.records.get(at)?;
        (*found == record).then_some(u64::from(*place))
    }

    /// The axis of the session.
    #[must_use]
    pub fn axis(&self) -> Axis {
        let of_turns = self
            .turns
            .iter()
            .filter_map(|turn| period(turn.at_us, turn.duration_us));
        let of_steps = self
            .steps
            .iter()
            .filter_map(|step| period(step.at_us, step.duration_us));
        Axis::of(of_turns.chain(of_steps).collect())
    }
}

/// Longest time that one thing is drawn to have taken: a damaged clock does not stretch the picture.
const DRAWN_US_MAX: i64 = 24 * 3_600 * 1_000_000;

fn period(at_us: Option<i64>, duration_us: Option<i64>) -> Option<(i64, i64)> {
    let from = at_us?;
    let took = duration_us.unwrap_or(0).clamp(0, DRAWN_US_MAX);
    Some((from, from.saturating_add(took)))
}

/// Names are few: a walk finds one.
fn place_of<T: PartialEq>(known: &mut Vec<T>, sought: T) -> u32 {
    let place = known
        .iter()
        .position(|each| *each == sought)
        .unwrap_or_else(|| {
            known.push(sought);
            known.len() - 1
        });
    u32::try_from(place).unwrap_or(u32::MAX)
}
