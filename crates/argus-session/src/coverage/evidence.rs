//! What the records of a session say of how much of it was seen: sets and sums.

use std::collections::{BTreeMap, BTreeSet};

use crate::Source;
use crate::document::{LossSeen, ProcessSeen};

/// A process' first events may be stamped so long before the hook that says it began, microseconds.
const START_SLACK_US: i64 = 3_000_000;
/// Most events of telemetry whose numbers are kept of a session; of a longer one, the earliest.
const EVENTS_MAX: usize = 500_000;
/// Most names of a kind that are kept of a session: versions, machines, events, reasons.
const NAMES_MAX: usize = 64;

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
pub(super) struct SourceSeen {
    pub(super) records: u64,
    pub(super) first_at: Option<i64>,
    pub(super) last_at: Option<i64>,
}

/// What the records of a session say.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(super) witnesses: BTreeMap<Source, SourceSeen>,
    pub(super) hooks: BTreeMap<String, u64>,
    pub(super) last_hook_at: Option<i64>,
    starts: BTreeSet<i64>,
    /// By the version of the client: time and number.
    events: BTreeMap<Option<String>, BTreeSet<(i64, u64)>>,
    event_count: usize,
    pub(super) client_versions: BTreeSet<String>,
    pub(super) capture_versions: BTreeSet<String>,
    pub(super) devices: BTreeSet<String>,
    pub(super) lost: BTreeMap<String, LossSeen>,
    pub(super) is_captured: bool,
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
    pub(super) fn processes(&self) -> Vec<ProcessSeen> {
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
