//! The timeline of a session: lanes, bins, marks, what was used.
#![expect(clippy::unwrap_used, reason = "tests")]

use argus_session::document::{Decision, Skill, StepKind, Tool};
use argus_session::timeline::{
    LaneKind, MarkKind, SessionMarks, Span, Timeline, TimelineQuery, timeline, uses,
};
use argus_session::{Step, Turn};
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

const SECOND: i64 = 1_000_000;

fn turn(at: i64, seconds: i64, steps: u64) -> Turn {
    Turn {
        started_at: Some(at),
        duration_us: Some(seconds * SECOND),
        step_count: steps,
        ..Turn::default()
    }
}

fn step(kind: StepKind, at: i64, seconds: i64) -> Step {
    Step {
        kind,
        at: Some(at),
        duration_us: Some(seconds * SECOND),
        ..Step::default()
    }
}

fn call(name: &str, at: i64, seconds: i64) -> Step {
    Step {
        tool: Some(Tool {
            name: Some(name.to_owned()),
            ..Tool::default()
        }),
        ..step(StepKind::ToolCall, at, seconds)
    }
}

fn marks(turns: &[Turn], steps: Vec<(u32, Step)>) -> SessionMarks {
    let firsts = turns.iter().scan(0, |next, turn| {
        let first = *next;
        *next += turn.step_count;
        Some(first)
    });
    let mut marks = SessionMarks::of_turns(turns.iter().zip(firsts));
    for (turn, step) in steps {
        marks.take(turn, step);
    }
    marks.finish();
    marks
}

fn all(marks: &SessionMarks, bins: usize) -> Timeline {
    let query = TimelineQuery {
        from: 0,
        to: None,
        bins,
    };
    timeline(marks, query)
}

fn lane(timeline: &Timeline, kind: LaneKind) -> Vec<Span> {
    let lane = timeline.lanes.iter().find(|lane| lane.kind == kind);
    lane.unwrap().spans.clone()
}

/// Two turns with an hour between them; the second runs a sub-agent.
fn two_turns() -> SessionMarks {
    let later = 3_600 * SECOND;
    let mut agent = call("Task", later + SECOND, 30);
    agent.started_agent_id = Some("a1".to_owned());
    let mut failed = call("Bash", 2 * SECOND, 3);
    failed.is_error = true;
    failed.records = vec![7, 3];
    let mut inner = call("Read", later + 5 * SECOND, 1);
    inner.agent_id = Some("a1".to_owned());
    let mut skill = call("Skill", later + 40 * SECOND, 1);
    skill.skill = Some(Skill {
        name: "weekly-report".to_owned(),
        hash: Some("ab".to_owned()),
        ..Skill::default()
    });
    marks(
        &[turn(0, 10, 2), turn(later, 60, 4)],
        vec![
            (0, step(StepKind::ModelRequest, SECOND, 1)),
            (0, failed),
            (1, agent),
            (1, inner),
            (1, skill),
            (1, step(StepKind::Compaction, later + 50 * SECOND, 0)),
        ],
    )
}

#[test]
fn what_ran_is_in_its_lane_and_idle_time_is_cut_out() {
    let marks = two_turns();
    let found = all(&marks, 600);
    assert_eq!(found.axis.length(), 70 * SECOND);
    let turns = lane(&found, LaneKind::Turns);
    assert_eq!(
        turns
            .iter()
            .map(|span| (span.from, span.to, span.step, span.turn))
            .collect::<Vec<_>>(),
        [(0, 10 * SECOND, 0, 0), (10 * SECOND, 70 * SECOND, 2, 1)]
    );
    assert_eq!(lane(&found, LaneKind::Requests).len(), 1);
    let tools = lane(&found, LaneKind::Tools);
    let names: Vec<_> = tools
        .iter()
        .map(|span| span.name.as_deref().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Bash", "Read", "Skill"],
        "what ran a sub-agent is that sub-agent's"
    );
    assert_eq!(tools[0].errors, 1);
    let agents = lane(&found, LaneKind::Agents);
    assert_eq!(agents.len(), 1);
    assert_eq!((agents[0].from, agents[0].to), (11 * SECOND, 41 * SECOND));
    assert_eq!((agents[0].step, agents[0].name.as_deref()), (2, Some("a1")));
    let found: Vec<_> = found
        .marks
        .iter()
        .map(|mark| (mark.kind, mark.step, mark.name.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (MarkKind::Error, 1, Some("Bash")),
            (MarkKind::Skill, 4, Some("weekly-report")),
            (MarkKind::Compaction, 5, None),
        ]
    );
    assert_eq!(
        (marks.step_of(3), marks.step_of(7), marks.step_of(5)),
        (Some(1), Some(1), None)
    );
}

#[test]
fn a_part_is_binned_by_itself() {
    let marks = two_turns();
    let found = timeline(
        &marks,
        TimelineQuery {
            from: 10 * SECOND,
            to: Some(70 * SECOND),
            bins: 2,
        },
    );
    let tools = lane(&found, LaneKind::Tools);
    assert_eq!(tools.len(), 2, "{tools:?}");
    assert_eq!((tools[0].count, tools[0].step), (1, 3));
    let wrong = timeline(
        &marks,
        TimelineQuery {
            from: i64::MAX,
            to: Some(i64::MIN),
            bins: 0,
        },
    );
    assert_eq!((wrong.from, wrong.to), (70 * SECOND, 70 * SECOND));
}

#[test]
fn what_was_used_is_counted_once() {
    let mut copied = turn(0, 1, 1);
    copied.copied = true;
    let mut denied = call("Bash", 5 * SECOND, 0);
    denied.tool.as_mut().unwrap().decision = Some(Decision::Reject);
    denied.duration_us = None;
    let marks = marks(
        &[copied, turn(2 * SECOND, 10, 3)],
        vec![
            (0, call("Bash", 0, 1)),
            (1, call("Read", 3 * SECOND, 2)),
            (1, call("Bash", 4 * SECOND, 4)),
            (1, denied),
        ],
    );
    let found = uses(&marks);
    let told: Vec<_> = found
        .tools
        .iter()
        .map(|tool| {
            (
                tool.name.as_deref().unwrap(),
                tool.calls,
                tool.denied,
                tool.duration_us,
                tool.timed,
                tool.steps.clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Bash", 2, 1, 4 * SECOND, 1, vec![2, 3]),
            ("Read", 1, 0, 2 * SECOND, 1, vec![1]),
        ]
    );
}

proptest! {
    #[test]
    fn nothing_is_lost_in_bins_and_no_lane_has_more_than_there_are(
        steps in prop::collection::vec((0_i64..100_000, 0_i64..50, any::<bool>()), 0..200),
        bins in 1_usize..50,
    ) {
        let count = steps.len() as u64;
        let errors = steps.iter().filter(|step| step.2).count() as u64;
        let steps = steps.into_iter().map(|(at, took, is_error)| {
            (0, Step { is_error, ..call("Bash", at * SECOND, took) })
        });
        let marks = marks(&[turn(0, 1, count)], steps.collect());
        let found = all(&marks, bins);
        for lane in &found.lanes {
            prop_assert!(lane.spans.len() <= bins);
            for span in &lane.spans {
                prop_assert!(0 <= span.from && span.from <= span.to && span.to <= found.axis.length());
            }
        }
        let tools = lane(&found, LaneKind::Tools);
        prop_assert_eq!(tools.iter().map(|span| span.count).sum::<u64>(), count);
        prop_assert_eq!(tools.iter().map(|span| span.errors).sum::<u64>(), errors);
        prop_assert_eq!(found.marks.iter().map(|mark| mark.count).sum::<u64>(), errors);
    }
}
