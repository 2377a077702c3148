//! Lanes and marks within a part of the axis, one thing a bin.

use std::collections::BTreeMap;

use super::{Axis, SessionMarks, StepMark, period};
use crate::document::StepKind;

/// Which part of the axis, and how fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineQuery {
    /// Where the part begins, a position.
    pub from: i64,
    /// Where it ends; `None` for the axis's end.
    pub to: Option<i64>,
    /// How many bins it has, at least 1.
    pub bins: usize,
}

/// A part of a session's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The whole axis.
    pub axis: Axis,
    /// Where the part begins.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// The lanes, always all.
    pub lanes: Vec<Lane>,
    /// Marks within the part, by position.
    pub marks: Vec<Mark>,
    /// Steps without a time: they have no place.
    pub unplaced: u64,
}

/// Lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneKind {
    /// Turns.
    Turns,
    /// Requests to the model.
    Requests,
    /// Tool calls, but for those that ran a sub-agent.
    Tools,
    /// Sub-agents, from their start to their last step.
    Agents,
}

impl LaneKind {
    /// Every lane, in order.
    pub const ALL: [Self; 4] = [Self::Turns, Self::Requests, Self::Tools, Self::Agents];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Turns => "turns",
            Self::Requests => "model_requests",
            Self::Tools => "tools",
            Self::Agents => "sub_agents",
        }
    }
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Which.
    pub kind: LaneKind,
    /// What lies in the part, by where it begins: what begins in one bin is one span.
    pub spans: Vec<Span>,
}

/// One thing, or several that begin in one bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: i64,
    /// Where the last of them ends.
    pub to: i64,
    /// How many.
    pub count: u64,
    /// How many of them failed; of turns, steps that failed.
    pub errors: u64,
    /// The place of the first one's step.
    pub step: u64,
    /// The place of its turn.
    pub turn: u32,
    /// The tool's name or the sub-agent's id, where there is one.
    pub name: Option<String>,
}

/// What is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// Something failed.
    Error,
    /// A skill fired.
    Skill,
    /// The context was compacted.
    Compaction,
}

impl MarkKind {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Skill => "skill",
            Self::Compaction => "compaction",
        }
    }
}

/// A mark: one, or several of a kind in one bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What.
    pub kind: MarkKind,
    /// Where the first is.
    pub at: i64,
    /// How many.
    pub count: u64,
    /// The place of the first one's step.
    pub step: u64,
    /// The skill's or the failed tool's name, of the first.
    pub name: Option<String>,
}

/// The timeline of a part of the axis.
#[must_use]
pub fn timeline(marks: &SessionMarks, query: TimelineQuery) -> Timeline {
    let axis = marks.axis();
    let from = query.from.clamp(0, axis.length());
    let to = query.to.unwrap_or(i64::MAX).clamp(from, axis.length());
    let window = Window {
        from,
        to,
        bins: i64::try_from(query.bins.max(1)).unwrap_or(1),
    };
    let lanes = LaneKind::ALL
        .into_iter()
        .map(|kind| Lane {
            kind,
            spans: window.binned(spans(marks, &axis, kind)),
        })
        .collect();
    let found = window.marks(marks, &axis);
    Timeline {
        from,
        to,
        lanes,
        marks: found,
        unplaced: marks
            .steps
            .iter()
            .filter(|step| step.at_us.is_none())
            .count() as u64,
        axis,
    }
}

/// Everything in a lane, one by one.
fn spans(marks: &SessionMarks, axis: &Axis, kind: LaneKind) -> Vec<Span> {
    match kind {
        LaneKind::Turns => turns(marks, axis),
        LaneKind::Agents => agents(marks, axis),
        LaneKind::Requests => of_steps(marks, axis, |step| step.kind == StepKind::ModelRequest),
        LaneKind::Tools => of_steps(marks, axis, |step| {
            step.kind == StepKind::ToolCall && step.started.is_none()
        }),
    }
}

fn turns(marks: &SessionMarks, axis: &Axis) -> Vec<Span> {
    marks
        .turns
        .iter()
        .zip(0..)
        .filter_map(|(turn, place)| {
            let (from, to) = period(turn.at_us, turn.duration_us)?;
            Some(Span {
                from: axis.position(from),
                to: axis.position(to),
                count: 1,
                errors: turn.errors,
                step: turn.first_step,
                turn: place,
                name: None,
            })
        })
        .collect()
}

fn of_steps(marks: &SessionMarks, axis: &Axis, is_in: impl Fn(&StepMark) -> bool) -> Vec<Span> {
    marks
        .steps
        .iter()
        .zip(0..)
        .filter(|(step, _)| is_in(step))
        .filter_map(|(step, place)| {
            let (from, to) = period(step.at_us, step.duration_us)?;
            Some(Span {
                from: axis.position(from),
                to: axis.position(to),
                count: 1,
                errors: u64::from(step.is_error),
                step: place,
                turn: step.turn,
                name: name(&marks.names, step.tool),
            })
        })
        .collect()
}

/// Runs of sub-agents: from the call that started one, or its first step, to its last step.
fn agents(marks: &SessionMarks, axis: &Axis) -> Vec<Span> {
    let mut runs: BTreeMap<u32, Span> = BTreeMap::new();
    for (step, place) in marks.steps.iter().zip(0..) {
        let (Some(agent), Some((from, to))) = (
            step.started.or(step.agent),
            period(step.at_us, step.duration_us),
        ) else {
            continue;
        };
        let (from, to) = (axis.position(from), axis.position(to));
        let errors = u64::from(step.is_error);
        let run = runs.entry(agent).or_insert_with(|| Span {
            from,
            to,
            count: 1,
            errors: 0,
            step: place,
            turn: step.turn,
            name: name(&marks.names, Some(agent)),
        });
        run.errors += errors;
        run.to = run.to.max(to);
        run.from = run.from.min(from);
    }
    runs.into_values().collect()
}

fn name(names: &[String], place: Option<u32>) -> Option<String> {
    names.get(usize::try_from(place?).ok()?).cloned()
}

struct Window {
    from: i64,
    to: i64,
    bins: i64,
}

impl Window {
    /// The bin of a position; what began before the part is in the first.
    fn bin(&self, at: i64) -> i64 {
        let length = i128::from(self.to - self.from).max(1);
        let within = i128::from(at.saturating_sub(self.from)).max(0);
        let bin = within * i128::from(self.bins) / length;
        i64::try_from(bin).unwrap_or(i64::MAX).min(self.bins - 1)
    }

    fn binned(&self, mut spans: Vec<Span>) -> Vec<Span> {
        spans.retain(|span| span.to >= self.from && span.from <= self.to);
        spans.sort_by_key(|span| (span.from, span.step));
        let mut binned: Vec<(i64, Span)> = Vec::new();
        for span in spans {
            let bin = self.bin(span.from);
            match binned.last_mut() {
                Some((last, held)) if *last == bin => {
                    held.to = held.to.max(span.to);
                    held.count += span.count;
                    held.errors += span.errors;
                    if held.name != span.name {
                        held.name = None;
                    }
                }
                _ => binned.push((bin, span)),
            }
        }
        binned.into_iter().map(|(_, span)| span).collect()
    }

    fn marks(&self, marks: &SessionMarks, axis: &Axis) -> Vec<Mark> {
        let mut found: BTreeMap<(i64, MarkKind), Mark> = BTreeMap::new();
        for (step, place) in marks.steps.iter().zip(0_u64..) {
            let Some(at) = step.at_us.map(|at| axis.position(at)) else {
                continue;
            };
            if at < self.from || at > self.to {
                continue;
            }
            let skill = step
                .skill
                .and_then(|skill| marks.skills.get(usize::try_from(skill).ok()?));
            let kinds = [
                (
                    step.is_error,
                    MarkKind::Error,
                    name(&marks.names, step.tool),
                ),
                (
                    skill.is_some(),
                    MarkKind::Skill,
                    skill.map(|skill| skill.name.clone()),
                ),
                (
                    step.kind == StepKind::Compaction,
                    MarkKind::Compaction,
                    None,
                ),
            ];
            for (_, kind, name) in kinds.into_iter().filter(|(is, ..)| *is) {
                let mark = found.entry((self.bin(at), kind)).or_insert(Mark {
                    kind,
                    at,
                    count: 0,
                    step: place,
                    name,
                });
                mark.count += 1;
            }
        }
        let mut found: Vec<Mark> = found.into_values().collect();
        found.sort_by_key(|mark| (mark.at, mark.kind, mark.step));
        found
    }
}
