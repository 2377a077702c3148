//! Sums over the turns of a session.

use std::collections::BTreeMap;

use super::Groups;
use super::turn::TurnSeen;
use crate::document::{CallsSeen, TurnsSeen};

/// Sums over the turns of a session.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) groups: Groups,
    pub(super) calls: CallsSeen,
    pub(super) turns: TurnsSeen,
    pub(super) ran: BTreeMap<Groups, u64>,
    /// Turns that can be compared, by who attests them.
    pub(super) asked: BTreeMap<Groups, u64>,
    pub(super) agents: BTreeMap<String, Groups>,
    pub(super) without_id: u64,
    /// Answered turns that began after the last hook.
    pub(super) unheard: u64,
}

impl Sums {
    pub(super) fn of<'a>(
        turns: impl Iterator<Item = &'a TurnSeen>,
        last_hook_at: Option<i64>,
    ) -> Self {
        let mut sums = Self::default();
        for turn in turns {
            sums.groups.add(turn.groups);
            if turn.is_copied {
                continue;
            }
            for (groups, count) in &turn.calls {
                sums.calls.total += count;
                sums.calls.in_transcript += count * u64::from(groups.has(Groups::TRANSCRIPT));
                sums.calls.in_hooks += count * u64::from(groups.has(Groups::HOOKS));
                sums.calls.in_telemetry += count * u64::from(groups.has(Groups::TELEMETRY));
                sums.calls.by_one += count * u64::from(groups.count() == 1);
            }
            for (groups, count) in &turn.ran {
                *sums.ran.entry(*groups).or_default() += count;
            }
            for (agent, groups) in &turn.agents {
                sums.agents.entry(agent.clone()).or_default().add(*groups);
            }
            sums.without_id += turn.without_id;
            if !turn.is_comparable {
                continue;
            }
            *sums.asked.entry(turn.groups).or_default() += 1;
            sums.turns.total += 1;
            sums.turns.in_transcript += u64::from(turn.groups.has(Groups::TRANSCRIPT));
            sums.turns.in_hooks += u64::from(turn.groups.has(Groups::HOOKS));
            sums.turns.in_telemetry += u64::from(turn.groups.has(Groups::TELEMETRY));
            let began_after = last_hook_at
                .zip(turn.started_at)
                .is_some_and(|(hook, start)| start > hook);
            sums.unheard += u64::from(turn.is_answered && began_after);
        }
        sums
    }
}

/// Of what is counted by who attests it: what others attest and `group` does not.
pub(super) fn not_in(counts: &BTreeMap<Groups, u64>, group: Groups) -> u64 {
    let others = counts
        .iter()
        .filter(|(groups, _)| groups.count() > 0 && !groups.has(group));
    others.map(|(_, count)| count).sum()
}
