//! Coverage: what the records of a session tell of how much of it was seen. Documented in `docs/coverage.md`.
//!
//! [`Evidence`] is what the records say, [`TurnSeen`] what one turn says; both are sets and sums, so that neither the order of
//! records nor their repetition matters. [`judge`] makes the grade of them.

mod evidence;
mod sums;
mod turn;
mod words;

pub(crate) use evidence::{CoverageFact, Evidence, add_loss};
pub(crate) use turn::TurnSeen;

use crate::Source;
use crate::document::{Coverage, CoverageDetails, Grade, ProcessSeen, Reason, ReasonCode, Witness};
use sums::{Sums, not_in};
use words::{one_witness, sentence};

/// Most processes that are listed of a session; the sums are over all.
const PROCESSES_MAX: usize = 200;

/// Kinds of witnesses that can be compared with each other. Bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Groups(u8);

impl Groups {
    /// What the client writes down itself: the transcript, or Cowork's audit log.
    const TRANSCRIPT: Self = Self(1);
    /// Hooks.
    const HOOKS: Self = Self(2);
    /// Logs and spans.
    const TELEMETRY: Self = Self(4);
    /// Anthropic's own records.
    const SERVICE: Self = Self(8);

    fn of(source: Source) -> Self {
        match source {
            Source::Transcript | Source::CoworkAudit => Self::TRANSCRIPT,
            Source::Hook => Self::HOOKS,
            Source::OtelLog | Source::OtelSpan => Self::TELEMETRY,
            Source::ComplianceApi | Source::InferenceHook => Self::SERVICE,
            // Numbers, and words about the capture itself: they attest no turn.
            Source::OtelMetric | Source::Capture => Self::default(),
        }
    }

    fn of_all(sources: &[Source]) -> Self {
        let groups = sources.iter().map(|source| Self::of(*source));
        groups.fold(Self::default(), |all, group| Self(all.0 | group.0))
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// What the evidence comes to.
pub(crate) fn judge<'a>(
    evidence: &Evidence,
    turns: impl Iterator<Item = &'a TurnSeen>,
) -> Coverage {
    let sums = Sums::of(turns, evidence.last_hook_at);
    let mut processes = evidence.processes();
    let reasons = reasons(evidence, &sums, &processes);
    processes.truncate(PROCESSES_MAX);
    let grade = if reasons.iter().any(|reason| reason.code.is_gap()) {
        Grade::Partial
    } else {
        let has = |code| reasons.iter().any(|reason| reason.code == code);
        match () {
            () if has(ReasonCode::Agreed) => Grade::Complete,
            () if has(ReasonCode::OneWitness) => Grade::SingleWitness,
            () => Grade::Unknown,
        }
    };
    let witnesses = evidence.witnesses.iter().map(|(source, seen)| Witness {
        source: *source,
        records: seen.records,
        first_at: seen.first_at,
        last_at: seen.last_at,
    });
    Coverage {
        grade,
        reasons,
        details: Some(Box::new(CoverageDetails {
            witnesses: witnesses.collect(),
            calls: sums.calls,
            turns: sums.turns,
            processes,
            hooks: evidence.hooks.clone(),
            last_hook_at: evidence.last_hook_at,
            client_versions: evidence.client_versions.iter().cloned().collect(),
            capture_versions: evidence.capture_versions.iter().cloned().collect(),
            devices: evidence.devices.iter().cloned().collect(),
            lost: evidence.lost.values().cloned().collect(),
        })),
    }
}

fn reasons(evidence: &Evidence, sums: &Sums, processes: &[ProcessSeen]) -> Vec<Reason> {
    use ReasonCode as Code;
    let mut reasons = Vec::new();
    let mut say = |code: ReasonCode, count: u64| {
        let text = match code {
            Code::OneWitness => one_witness(sums.groups).to_owned(),
            _ => sentence(code, count),
        };
        reasons.push(Reason { code, count, text });
    };
    let tells = |group| sums.groups.has(group);

    let lost = evidence
        .lost
        .values()
        .fold(0_u64, |sum, loss| sum.saturating_add(loss.count));
    let is_untranscribed = evidence.is_captured
        && !evidence.witnesses.contains_key(&Source::Transcript)
        && !tells(Groups::TRANSCRIPT)
        && sums.groups.count() > 0;
    // Not looked for where the witness gives nothing at all: that is another reason.
    let is_cut = evidence.witnesses.contains_key(&Source::Transcript);
    let looked_for = |group, count| {
        let is_there = tells(group) || group == Groups::TRANSCRIPT && is_cut;
        if is_there { count } else { 0 }
    };
    let agents = sums
        .agents
        .values()
        .filter(|groups| groups.count() > 0 && !groups.has(Groups::TRANSCRIPT))
        .count() as u64;
    // Calls that telemetry gives no id (Cowork's) cannot be told to be the others'.
    let has_ids = sums.without_id == 0;
    let of_telemetry = not_in(&sums.ran, Groups::TELEMETRY) * u64::from(has_ids);
    let of_transcript = not_in(&sums.ran, Groups::TRANSCRIPT);
    let numbers: u64 = processes.iter().map(|process| process.missing).sum();
    let gaps = [
        (Code::Lost, lost),
        (Code::NoTranscript, u64::from(is_untranscribed)),
        (
            Code::TurnsNotInTranscript,
            looked_for(Groups::TRANSCRIPT, not_in(&sums.asked, Groups::TRANSCRIPT)),
        ),
        (
            Code::CallsNotInTranscript,
            looked_for(Groups::TRANSCRIPT, of_transcript),
        ),
        (
            Code::AgentsNotInTranscript,
            looked_for(Groups::TRANSCRIPT, agents),
        ),
        (
            Code::TurnsNotInTelemetry,
            looked_for(Groups::TELEMETRY, not_in(&sums.asked, Groups::TELEMETRY)),
        ),
        (
            Code::CallsNotInTelemetry,
            looked_for(Groups::TELEMETRY, of_telemetry),
        ),
        (Code::EventsMissing, numbers),
        (Code::HooksQuiet, sums.unheard),
    ];
    for (code, count) in gaps.into_iter().filter(|(_, count)| *count > 0) {
        say(code, if code == Code::NoTranscript { 0 } else { count });
    }

    let compared: u64 = sums
        .asked
        .iter()
        .chain(&sums.ran)
        .filter(|(groups, _)| groups.count() > 1)
        .map(|(_, count)| count)
        .sum();
    match (sums.groups.count(), compared) {
        (0, _) => say(Code::NothingTold, 0),
        (1, _) => say(Code::OneWitness, 0),
        (_, 0) => say(Code::NothingCompared, 0),
        (witnesses, _) => say(Code::Agreed, u64::from(witnesses)),
    }
    if sums.calls.in_hooks > 0 && not_in(&sums.ran, Groups::HOOKS) > 0 {
        say(Code::CallsWithoutHooks, not_in(&sums.ran, Groups::HOOKS));
    }
    if !has_ids {
        say(Code::CallsWithoutId, sums.without_id);
    }
    let late = processes.iter().filter(|process| process.first > 0).count() as u64;
    if late > 0 {
        say(Code::EarlierEventsElsewhere, late);
    }
    // That they agree in what both saw is no word for a session of which something is missing.
    if reasons.iter().any(|reason| reason.code.is_gap()) {
        reasons.retain(|reason| reason.code != Code::Agreed);
    }
    reasons
}
