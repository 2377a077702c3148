//! What the indexer has to do: told by the projector and by whoever erases, in memory; what was missed is found in the store.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::StoreError;

/// Most turns that are noted as changed. Beyond it the indexer compares whole sessions.
const TURNS_NOTED_MAX: usize = 20_000;
/// How long after a failure the indexer tries again.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// What changed of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Touched {
    /// These turns, by their ids.
    Turns(BTreeSet<String>),
    /// It is not known what.
    Whole,
}

/// Something to be done before anything else.
pub(super) enum Job {
    /// Nothing that is held of this session may stay: it is read again.
    Forget(i64),
    /// Everything is made anew.
    Wipe,
    /// What was deleted leaves the files; then whoever asked is told.
    Settle(mpsc::SyncSender<Result<(), StoreError>>),
}

/// What the indexer does next.
pub(super) enum Next {
    Job(Job),
    /// Go on with what is planned.
    Planned,
    /// These changed, up to this record.
    Changed(HashMap<i64, Touched>, i64),
    /// Look in the store for what follows the last indexed record.
    Look,
    Stop,
}

/// The indexer's tasks.
#[derive(Debug)]
pub(crate) struct Work {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    jobs: VecDeque<Job>,
    touched: HashMap<i64, Touched>,
    turns: usize,
    /// Everything up to this record is projected, as far as the projector told.
    projected: i64,
    /// Everything up to this record is indexed.
    indexed: i64,
    /// Sessions that were to be forgotten, and are not read again yet.
    forgotten: usize,
    /// What changed is not all noted.
    is_behind: bool,
    /// Somebody looks in the store, or has, and nothing was projected or indexed since.
    has_looked: bool,
    stopped: bool,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Forget(_) => "Forget",
            Self::Wipe => "Wipe",
            Self::Settle(_) => "Settle",
        })
    }
}

impl Default for Work {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                touched: HashMap::new(),
                turns: 0,
                projected: -1,
                indexed: -1,
                forgotten: 0,
                is_behind: true,
                has_looked: false,
                stopped: false,
            }),
            changed: Condvar::new(),
        }
    }
}

impl Work {
    /// The projector wrote these, and with them everything up to `projected`.
    pub(crate) fn touched(&self, sessions: Vec<(i64, BTreeSet<String>)>, projected: i64) {
        let mut state = self.lock();
        state.projected = projected;
        state.has_looked = false;
        if !state.is_behind {
            for (session, turns) in sessions {
                state.turns += turns.len();
                match state
                    .touched
                    .entry(session)
                    .or_insert_with(|| Touched::Turns(BTreeSet::new()))
                {
                    Touched::Turns(noted) => noted.extend(turns),
                    Touched::Whole => {}
                }
            }
            if state.turns > TURNS_NOTED_MAX {
                state.forget_noted();
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Nothing that is held of this session may stay: done before anything else, and before a later [`Work::settle`] ends.
    pub(crate) fn forget(&self, session: i64) {
        self.push(Job::Forget(session));
    }

    /// The projections are made anew, and so is the index.
    pub(crate) fn wipe(&self) {
        self.push(Job::Wipe);
    }

    /// Waits until what was to be forgotten before this call is gone from the files.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.push(Job::Settle(sender));
        receiver.recv().unwrap_or(Err(StoreError::Closed))
    }

    fn push(&self, job: Job) {
        let mut state = self.lock();
        // Dropped when nobody will do it: whoever waits hears that the store is closed.
        if !state.stopped {
            match job {
                Job::Forget(_) => state.forgotten += 1,
                Job::Wipe => state.indexed = -1,
                Job::Settle(_) => {}
            }
            state.jobs.push_back(job);
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for something to do; `is_planned` when there is something already.
    pub(super) fn next(&self, is_planned: bool) -> Next {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return Next::Stop;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Next::Job(job);
            }
            if is_planned {
                return Next::Planned;
            }
            if state.is_to_look() {
                // Before it is looked, so that what is projected meanwhile is looked for again.
                state.has_looked = true;
                return Next::Look;
            }
            if !state.is_behind && (!state.touched.is_empty() || state.projected > state.indexed) {
                state.turns = 0;
                return Next::Changed(std::mem::take(&mut state.touched), state.projected);
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Nothing followed `indexed` in the store. Changes are noted from here on, unless more was projected meanwhile.
    pub(super) fn caught_up(&self, indexed: i64) {
        let mut state = self.lock();
        state.indexed = indexed;
        if state.projected <= indexed {
            state.is_behind = false;
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Nothing is planned: what was forgotten before is read again.
    pub(super) fn read_again(&self) {
        let mut state = self.lock();
        if !state.jobs.iter().any(|job| matches!(job, Job::Forget(_))) {
            state.forgotten = 0;
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Everything up to this record is indexed.
    pub(super) fn indexed(&self, up_to: i64) {
        let mut state = self.lock();
        state.indexed = up_to;
        // More may follow what one look planned.
        state.has_looked = false;
        drop(state);
        self.changed.notify_all();
    }

    /// What was noted is of no use any more: what changed is to be found in the store.
    pub(super) fn start_over(&self, indexed: i64) {
        let mut state = self.lock();
        state.forget_noted();
        state.indexed = indexed;
        drop(state);
        self.changed.notify_all();
    }

    /// Waits a moment after a failure, or until there is a job.
    pub(super) fn pause(&self) {
        let state = self.lock();
        if !state.stopped && state.jobs.is_empty() {
            drop(
                self.changed
                    .wait_timeout(state, RETRY_AFTER)
                    .unwrap_or_else(PoisonError::into_inner),
            );
        }
    }

    pub(crate) fn wait_indexed(&self, target: i64, timeout: Duration) -> bool {
        // A deadline of this machine's monotonic clock: no time of it is stored or shown.
        let deadline = Instant::now() + timeout;
        let mut state = self.lock();
        while (state.indexed < target || state.forgotten > 0) && !state.stopped {
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
        state.indexed >= target
    }

    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.jobs.clear();
        drop(state);
        self.changed.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Something may be found in the store.
    const fn is_to_look(&self) -> bool {
        self.is_behind && !self.has_looked
    }

    fn forget_noted(&mut self) {
        self.touched.clear();
        self.turns = 0;
        self.is_behind = true;
        self.has_looked = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether whoever asks what is next is told to look.
    fn is_to_look(work: &Work) -> bool {
        work.lock().is_to_look()
    }

    #[test]
    fn what_is_projected_while_somebody_looks_is_looked_for_again() {
        let work = Work::default();
        assert!(matches!(work.next(false), Next::Look));
        work.touched(Vec::new(), 5);
        // By what the store had before.
        work.caught_up(-1);
        assert!(is_to_look(&work));
    }

    #[test]
    fn what_follows_the_first_look_is_looked_for() {
        let work = Work::default();
        work.touched(Vec::new(), 50_000);
        assert!(matches!(work.next(false), Next::Look));
        work.indexed(20_000);
        assert!(is_to_look(&work));
    }

    #[test]
    fn nothing_is_looked_for_twice_while_nothing_is_projected() {
        let work = Work::default();
        // Told before the projections were thrown away: the store has less.
        work.touched(Vec::new(), 5);
        assert!(matches!(work.next(false), Next::Look));
        work.caught_up(-1);
        assert!(!is_to_look(&work));
        work.touched(Vec::new(), 5);
        assert!(is_to_look(&work));
    }
}
