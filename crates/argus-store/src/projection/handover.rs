//! From the writer to the projector: what was committed, in memory while there is room.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argus_session::Record;

use super::Taken;
use crate::limits::{HANDOVER_BYTES_MAX, SLICE_RECORDS_MAX};

/// How long after a failure the projector tries again.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// What waits to be projected.
pub(crate) struct Handover {
    state: Mutex<State>,
    changed: Condvar,
    listeners: Mutex<Vec<Listener>>,
}

/// Called when more is projected.
type Listener = Box<dyn Fn() + Send + Sync>;

impl std::fmt::Debug for Handover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handover").finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct State {
    /// Batches that follow each other without a gap from `in_memory_after` on.
    batches: VecDeque<(i64, Vec<Arc<Taken>>)>,
    bytes: usize,
    /// The newest record that is not in `batches` because there was no room; the batches after it are not kept either
    /// until the projector has read up to it.
    missed_up_to: i64,
    newest: i64,
    projected: i64,
    stopped: bool,
}

/// What the projector does next.
pub(crate) enum Next {
    /// Project these; the number is the newest of them.
    Records(Vec<Arc<Taken>>, i64),
    /// Read what follows the last projected record from the store.
    Read,
    /// End.
    Stop,
}

impl Handover {
    pub(crate) fn new(newest: i64) -> Self {
        let state = State {
            newest,
            missed_up_to: newest,
            projected: -1,
            ..State::default()
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            listeners: Mutex::default(),
        }
    }

    /// The projector begins after this record.
    pub(crate) fn started_at(&self, projected: i64) {
        let mut state = self.lock();
        state.projected = projected;
        if state.projected >= state.missed_up_to {
            state.missed_up_to = -1;
        }
    }

    /// The writer committed these.
    pub(crate) fn committed(&self, taken: Vec<Arc<Taken>>) {
        let Some(newest) = taken.last().map(|taken| as_i64(taken.record.id)) else {
            return;
        };
        let bytes: usize = taken.iter().map(|taken| weight(&taken.record)).sum();
        let mut state = self.lock();
        state.newest = newest;
        if state.missed_up_to >= 0 || state.bytes + bytes > HANDOVER_BYTES_MAX {
            state.missed_up_to = newest;
        } else {
            state.bytes += bytes;
            state.batches.push_back((newest, taken));
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for something to project.
    pub(crate) fn next(&self) -> Next {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return Next::Stop;
            }
            if !state.batches.is_empty() {
                let mut records = Vec::new();
                let mut newest = -1;
                while let Some((up_to, batch)) = state.batches.pop_front() {
                    state.bytes -= batch
                        .iter()
                        .map(|taken| weight(&taken.record))
                        .sum::<usize>();
                    newest = up_to;
                    records.extend(batch);
                    if records.len() >= SLICE_RECORDS_MAX {
                        break;
                    }
                }
                return Next::Records(records, newest);
            }
            if state.missed_up_to > state.projected {
                return Next::Read;
            }
            state.missed_up_to = -1;
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Everything up to this record is projected.
    pub(crate) fn projected(&self, up_to: i64) {
        let mut state = self.lock();
        state.projected = state.projected.max(up_to);
        drop(state);
        self.changed.notify_all();
        self.tell();
    }

    /// Tells the listeners that something changed.
    pub(crate) fn tell(&self) {
        for listener in self.listeners().iter() {
            listener();
        }
    }

    /// Calls `listener` whenever more is projected.
    pub(crate) fn on_projected(&self, listener: Listener) {
        self.listeners().push(listener);
    }

    fn listeners(&self) -> std::sync::MutexGuard<'_, Vec<Listener>> {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything is to be projected again.
    pub(crate) fn start_over(&self) {
        self.start_over_after(-1);
    }

    /// Everything after this record is to be projected again, from the store.
    pub(crate) fn start_over_after(&self, projected: i64) {
        let mut state = self.lock();
        state.batches.clear();
        state.bytes = 0;
        state.projected = projected;
        state.missed_up_to = state.newest;
        drop(state);
        self.changed.notify_all();
    }

    pub(crate) fn wait_projected(&self, timeout: Duration) -> bool {
        // A deadline of this machine's monotonic clock: no time of it is stored or shown.
        let deadline = Instant::now() + timeout;
        let mut state = self.lock();
        let target = state.newest;
        while state.projected < target && !state.stopped {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        state.projected >= target
    }

    /// The newest record that was committed.
    pub(crate) fn newest(&self) -> i64 {
        self.lock().newest
    }

    pub(crate) fn lag(&self) -> u64 {
        let state = self.lock();
        u64::try_from(state.newest.saturating_sub(state.projected)).unwrap_or(0)
    }

    /// Waits a moment after a failure, or until the store closes.
    pub(crate) fn pause(&self) {
        let state = self.lock();
        if !state.stopped {
            drop(
                self.changed
                    .wait_timeout(state, RETRY_AFTER)
                    .unwrap_or_else(PoisonError::into_inner),
            );
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn as_i64(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

/// Roughly what a record weighs in memory, without walking its body: strings of a transcript weigh most.
fn weight(record: &Record) -> usize {
    fn of(value: &serde_json::Value) -> usize {
        match value {
            serde_json::Value::String(text) => 32 + text.len(),
            serde_json::Value::Array(items) => 32 + items.iter().map(of).sum::<usize>(),
            serde_json::Value::Object(members) => {
                32 + members
                    .iter()
                    .map(|(name, member)| name.len() + 48 + of(member))
                    .sum::<usize>()
            }
            _ => 32,
        }
    }
    512 + of(&record.body)
}
