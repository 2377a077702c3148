//! What a session used, and where: tools and skills, with the places of their calls.

use std::collections::BTreeMap;

use super::{SessionMarks, SkillMark};
use crate::document::StepKind;

/// Most places that are told of one tool or skill.
const PLACES_MAX: usize = 2_000;

/// The calls of one tool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToolCalls {
    /// Its name; `None` where no source told it.
    pub name: Option<String>,
    /// How often it was called.
    pub calls: u64,
    /// Calls that failed.
    pub errors: u64,
    /// Calls that were not let run.
    pub denied: u64,
    /// Time of the calls whose time is known, together.
    pub duration_us: i64,
    /// How many those are.
    pub timed: u64,
    /// The places of its calls, ascending; the first 2,000.
    pub steps: Vec<u64>,
}

/// The runs of one version of a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillCalls {
    /// The version.
    pub skill: SkillMark,
    /// How often it ran.
    pub runs: u64,
    /// The places of its runs, ascending; the first 2,000.
    pub steps: Vec<u64>,
}

/// What a session used. What a fork copied counts nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// Tools, the most called first.
    pub tools: Vec<ToolCalls>,
    /// Skills, by where they ran first.
    pub skills: Vec<SkillCalls>,
}

/// The tools and skills of a session.
#[must_use]
pub fn uses(marks: &SessionMarks) -> Uses {
    let mut tools: BTreeMap<Option<u32>, ToolCalls> = BTreeMap::new();
    let mut skills: Vec<SkillCalls> = Vec::new();
    for (step, place) in marks.steps.iter().zip(0_u64..) {
        let turn = usize::try_from(step.turn)
            .ok()
            .and_then(|turn| marks.turns.get(turn));
        if turn.is_some_and(|turn| !turn.is_counted) {
            continue;
        }
        if step.kind == StepKind::ToolCall {
            let tool = tools.entry(step.tool).or_default();
            tool.calls += 1;
            tool.errors += u64::from(step.is_error);
            tool.denied += u64::from(step.is_denied);
            if let Some(took) = step.duration_us {
                tool.timed += 1;
                tool.duration_us = tool.duration_us.saturating_add(took.max(0));
            }
            put(&mut tool.steps, place);
        }
        let skill = step
            .skill
            .and_then(|skill| marks.skills.get(usize::try_from(skill).ok()?));
        if let Some(skill) = skill {
            let known = skills
                .iter_mut()
                .find(|known| (&known.skill.name, &known.skill.hash) == (&skill.name, &skill.hash));
            match known {
                Some(known) => {
                    known.runs += 1;
                    put(&mut known.steps, place);
                }
                None => skills.push(SkillCalls {
                    skill: skill.clone(),
                    runs: 1,
                    steps: vec![place],
                }),
            }
        }
    }
    let mut tools: Vec<ToolCalls> = tools
        .into_iter()
        .map(|(name, calls)| ToolCalls {
            name: name.and_then(|name| marks.names.get(usize::try_from(name).ok()?).cloned()),
            ..calls
        })
        .collect();
    tools.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.name.cmp(&b.name)));
    Uses { tools, skills }
}

fn put(places: &mut Vec<u64>, place: u64) {
    if places.len() < PLACES_MAX {
        places.push(place);
    }
}
