//! Coverage: what the records of a session tell of how much of it was seen. Documented in `docs/coverage.md`.
//!
//! [`Evidence`] is what the records say, [`TurnSeen`] what one turn says; both are sets and sums, so that neither the order of
//! records nor their repetition matters. [`judge`] makes the grade of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::Source;
use crate::document::{
    CallsSeen, Coverage, CoverageDetails, Grade, LossSeen, Outcome, ProcessSeen, PromptKind,
    Reason, ReasonCode, Step, StepKind, Turn, TurnsSeen, Witness,
};

/// A process' first events may be stamped so long before the hook that says it began, microseconds.
const START_SLACK_US: i64 = 3_000_000;
/// Most events of telemetry whose numbers are kept of a session; of a longer one, the earliest.
const EVENTS_MAX: usize = 500_000;
/// Most processes that are listed of a session; the sums are over all.
const PROCESSES_MAX: usize = 200;
/// Most names of a kind that are kept of a session: versions, machines, events, reasons.
const NAMES_MAX: usize = 64;

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

/// What a record says of the coverage.
#[derive(Debug)]
pub(crate) enum CoverageFact {
    /// A hook fired.
    Hook { event: String, at: Option<i64> },
    /// A process began: another follows, if there was one.
    ProcessStarted { at: i64 },
    /// An event of telemetry has this number in its process.
    Event {
        version: Option<String>,
        at: i64,
        number: u64,
    },
    /// A capture client is at work.
    Captured { version: Option<String> },
    /// A capture client lost something.
    Lost(LossSeen),
}

#[derive(Debug, Default)]
struct SourceSeen {
    records: u64,
    first_at: Option<i64>,
    last_at: Option<i64>,
}

/// What the records of a session say.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    witnesses: BTreeMap<Source, SourceSeen>,
    hooks: BTreeMap<String, u64>,
    last_hook_at: Option<i64>,
    starts: BTreeSet<i64>,
    /// By the version of the client: time and number.
    events: BTreeMap<Option<String>, BTreeSet<(i64, u64)>>,
    event_count: usize,
    client_versions: BTreeSet<String>,
    capture_versions: BTreeSet<String>,
    devices: BTreeSet<String>,
    lost: BTreeMap<String, LossSeen>,
    is_captured: bool,
}

/// Keeps the lowest `NAMES_MAX` of all names: those were never let go, in whatever order they came.
fn keep_lowest_names<T>(by_name: &mut BTreeMap<String, T>) {
    if by_name.len() > NAMES_MAX {
        by_name.pop_last();
    }
}

/// The same, of names alone.
fn keep_name(names: &mut BTreeSet<String>, name: String) {
    names.insert(name);
    if names.len() > NAMES_MAX {
        names.pop_last();
    }
}

/// Adds up what was lost, by reason.
pub(crate) fn add_loss(lost: &mut BTreeMap<String, LossSeen>, loss: LossSeen) {
    let Some(held) = lost.get_mut(&loss.reason) else {
        lost.insert(loss.reason.clone(), loss);
        keep_lowest_names(lost);
        return;
    };
    held.count = held.count.saturating_add(loss.count);
    held.bytes = held.bytes.saturating_add(loss.bytes);
    held.from = match (held.from, loss.from) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    held.to = held.to.max(loss.to);
    for (source, count) in loss.by_source {
        let sum = held.by_source.entry(source).or_default();
        *sum = sum.saturating_add(count);
        keep_lowest_names(&mut held.by_source);
    }
}

impl Evidence {
    /// A record of this source, with its time.
    pub(crate) fn record(&mut self, source: Source, at: Option<i64>) {
        let seen = self.witnesses.entry(source).or_default();
        seen.records += 1;
        if let Some(at) = at {
            seen.first_at = Some(seen.first_at.map_or(at, |first| first.min(at)));
            seen.last_at = seen.last_at.max(Some(at));
        }
    }

    /// A record came from this machine.
    pub(crate) fn device(&mut self, device: &str) {
        keep_name(&mut self.devices, device.to_owned());
    }

    /// A record is of this version of the client.
    pub(crate) fn client_version(&mut self, version: &str) {
        keep_name(&mut self.client_versions, version.to_owned());
    }

    pub(crate) fn take(&mut self, fact: CoverageFact) {
        match fact {
            CoverageFact::Hook { event, at } => {
                *self.hooks.entry(event).or_default() += 1;
                keep_lowest_names(&mut self.hooks);
                self.last_hook_at = self.last_hook_at.max(at);
            }
            CoverageFact::ProcessStarted { at } => {
                self.starts.insert(at);
            }
            CoverageFact::Event {
                version,
                at,
                number,
            } => {
                let of_version = self.events.entry(version).or_default();
                self.event_count += usize::from(of_version.insert((at, number)));
                if self.event_count > EVENTS_MAX {
                    self.let_latest_event_go();
                }
            }
            CoverageFact::Captured { version } => {
                self.is_captured = true;
                if let Some(version) = version {
                    keep_name(&mut self.capture_versions, version);
                }
            }
            CoverageFact::Lost(loss) => add_loss(&mut self.lost, loss),
        }
    }

    /// Which one goes must not depend on the order in which they came.
    fn let_latest_event_go(&mut self) {
        let latest = self
            .events
            .iter()
            .filter_map(|(version, events)| Some((*events.last()?, version.clone())))
            .max();
        if let Some((_, version)) = latest
            && let Some(events) = self.events.get_mut(&version)
        {
            events.pop_last();
            self.event_count -= 1;
        }
    }

    /// The processes that the numbers of events tell of: within one version of the client, numbers go on with time; where they
    /// fall back, or leap where a hook says that a process began, another begins.
    fn processes(&self) -> Vec<ProcessSeen> {
        let mut processes: Vec<ProcessSeen> = Vec::new();
        for (version, events) in &self.events {
            let mut open: Option<ProcessSeen> = None;
            for (at, number) in events {
                let goes_on = open.as_ref().is_some_and(|process| {
                    *number == process.last + 1
                        || *number > process.last && !self.another_began(process, *at)
                });
                if let Some(process) = open.as_mut().filter(|_| goes_on) {
                    process.missing += number - process.last - 1;
                    process.last = *number;
                    process.seen += 1;
                    process.last_at = Some(*at);
                    continue;
                }
                processes.extend(open.replace(ProcessSeen {
                    version: version.clone(),
                    first: *number,
                    last: *number,
                    seen: 1,
                    missing: 0,
                    goes_on: false,
                    first_at: Some(*at),
                    last_at: Some(*at),
                }));
            }
            processes.extend(open);
        }
        processes.sort_by(|a, b| {
            (a.first_at, a.first, &a.version).cmp(&(b.first_at, b.first, &b.version))
        });
        processes
    }

    /// True where a hook says that a process began after this one's last event, up to `at`. Of a process whose first event is
    /// there, the hook that comes after that is its own.
    fn another_began(&self, process: &ProcessSeen, at: i64) -> bool {
        let (first_at, last_at) = (
            process.first_at.unwrap_or(i64::MIN),
            process.last_at.unwrap_or(i64::MIN),
        );
        let own = self.starts.range(first_at..).next().filter(|start| {
            process.first == 0 && **start <= first_at.saturating_add(START_SLACK_US)
        });
        self.starts
            .range(last_at.saturating_add(1)..=at.saturating_add(START_SLACK_US))
            .any(|start| Some(start) != own)
    }
}

/// What one turn says.
#[derive(Debug, Clone, Default)]
pub(crate) struct TurnSeen {
    /// Who tells what was asked, said or done in it.
    groups: Groups,
    /// It is a person's (or a report's) and was not copied: whoever saw the session ought to have seen it.
    is_comparable: bool,
    is_copied: bool,
    /// It was answered: a hook ought to have said so.
    is_answered: bool,
    started_at: Option<i64>,
    /// Every call, by who attests it.
    calls: BTreeMap<Groups, u64>,
    /// Those that ran to their end, by who attests them: whoever sees calls ought to have seen them.
    ran: BTreeMap<Groups, u64>,
    /// Calls that telemetry gives no id.
    without_id: u64,
    /// Who tells of a sub-agent's work.
    agents: BTreeMap<String, Groups>,
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

/// Sums over the turns of a session.
#[derive(Default)]
struct Sums {
    groups: Groups,
    calls: CallsSeen,
    turns: TurnsSeen,
    ran: BTreeMap<Groups, u64>,
    /// Turns that can be compared, by who attests them.
    asked: BTreeMap<Groups, u64>,
    agents: BTreeMap<String, Groups>,
    without_id: u64,
    /// Answered turns that began after the last hook.
    unheard: u64,
}

impl Sums {
    fn of<'a>(turns: impl Iterator<Item = &'a TurnSeen>, last_hook_at: Option<i64>) -> Self {
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
fn not_in(counts: &BTreeMap<Groups, u64>, group: Groups) -> u64 {
    let others = counts
        .iter()
        .filter(|(groups, _)| groups.count() > 0 && !groups.has(group));
    others.map(|(_, count)| count).sum()
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

fn one_witness(groups: Groups) -> &'static str {
    match groups {
        Groups::TRANSCRIPT => {
            "the transcript is the only witness: nobody else could say that something is missing"
        }
        Groups::HOOKS => {
            "hooks are the only witness: nobody else could say that something is missing"
        }
        Groups::TELEMETRY => {
            "telemetry is the only witness: nobody else could say that something is missing"
        }
        _ => {
            "Anthropic's records are the only witness: nobody else could say that something is missing"
        }
    }
}

fn sentence(code: ReasonCode, count: u64) -> String {
    let counted = |one: &str| {
        if count == 1 {
            format!("1 {one}")
        } else {
            format!("{count} {one}s")
        }
    };
    match code {
        ReasonCode::Lost => format!("the capture client lost {}", counted("item")),
        ReasonCode::NoTranscript => {
            "the capture client was at work, and there is no transcript".to_owned()
        }
        ReasonCode::TurnsNotInTranscript => {
            format!("{} missing in the transcript", counted("turn"))
        }
        ReasonCode::CallsNotInTranscript => {
            format!("{} missing in the transcript", counted("tool call"))
        }
        ReasonCode::AgentsNotInTranscript => {
            format!("{} without a transcript", counted("sub-agent"))
        }
        ReasonCode::TurnsNotInTelemetry => format!("{} missing in telemetry", counted("turn")),
        ReasonCode::CallsNotInTelemetry => format!("{} missing in telemetry", counted("tool call")),
        ReasonCode::EventsMissing => format!(
            "{} of telemetry missing, by their numbers",
            counted("event")
        ),
        ReasonCode::HooksQuiet => format!("{} answered after the last hook fired", counted("turn")),
        ReasonCode::OneWitness => "one witness only".to_owned(),
        ReasonCode::NothingTold => "no witness tells what was asked, said or done".to_owned(),
        ReasonCode::NothingCompared => {
            "several witnesses, and no turn or call by which they can be compared".to_owned()
        }
        ReasonCode::Agreed => format!(
            "{} agree on every turn and call",
            counted("witness").replace("witnesss", "witnesses")
        ),
        ReasonCode::CallsWithoutHooks => {
            format!(
                "{} without a hook: hooks may be switched on for some tools only",
                counted("tool call")
            )
        }
        ReasonCode::CallsWithoutId => format!(
            "{} without an id in telemetry: they cannot be compared",
            counted("tool call")
        ),
        ReasonCode::EarlierEventsElsewhere => format!(
            "the first events of {} stand under another session id, or were not seen",
            counted("process").replace("processs", "processes")
        ),
    }
}
