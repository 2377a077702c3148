//! What a session's editing tools changed, file by file. Pure.
//!
//! Of each file the first state that a call told of and the last one: the net change is the difference of those two, whatever was
//! changed back in between. Where a call told no whole state (telemetry, payloads that were not kept), the net change is the sum
//! of the single changes, and [`FileChange::is_exact`] says so. What commands changed (`Bash`) no source tells; where a later call
//! finds a file in another state than it was left in, [`FileChange::was_changed_outside`] says that something did.

mod lines;
mod state;

pub use lines::{DiffHunk, hunks_between};

use std::collections::BTreeMap;

use serde_json::Value;

use lines::Count;
use state::State;

/// Tools that change files and say which.
pub const EDITING_TOOLS: [&str; 4] = ["Edit", "MultiEdit", "Write", "NotebookEdit"];
/// Most editing calls that are told of.
pub const EDITS_MAX: usize = 5_000;
/// Most bytes of files' states that are held while the calls are walked through; beyond it, sums.
const STATES_BYTES_MAX: usize = 96 * 1024 * 1024;

/// One editing call.
#[derive(Debug, Clone, Copy)]
pub struct EditCall<'a> {
    /// The tool.
    pub tool: &'a str,
    /// The place of its turn.
    pub turn: u32,
    /// The place of its step in the session's one list.
    pub step: u64,
    /// The sub-agent that made it.
    pub agent: Option<&'a str>,
    /// When, microseconds UTC.
    pub at_us: Option<i64>,
    /// What it was given; `None` when it was not kept, or is too long.
    pub input: Option<&'a Value>,
    /// The client's structured result.
    pub result: Option<&'a Value>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an editing call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It changed the file.
    Applied,
    /// It changed the file on a branch that was left behind.
    Abandoned,
    /// It failed, was not let run, or never ended.
    NotApplied,
}

/// An edit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The tool.
    pub tool: String,
    /// The place of its turn.
    pub turn: u32,
    /// The place of its step.
    pub step: u64,
    /// The sub-agent that made it.
    pub agent: Option<String>,
    /// When, microseconds UTC.
    pub at_us: Option<i64>,
    /// Lines that it added and removed; `None` when it is not known.
    pub lines: Option<Count>,
    /// True on a branch that was left behind: not part of the net change.
    pub is_abandoned: bool,
}

/// How a file came out of the session, net.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Created,
    /// It was there before.
    Changed,
    /// Every change was undone.
    Unchanged,
    /// It was changed; whether it was there before is not known.
    Unknown,
    /// It was changed on branches that were left behind only.
    Abandoned,
}

impl Change {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Unknown => "unknown",
            Self::Abandoned => "abandoned",
        }
    }
}

/// What was changed of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path, as the calls name it.
    pub path: String,
    /// How it came out.
    pub change: Change,
    /// Lines added and removed, net; `None` when it is not known of every edit.
    pub lines: Option<Count>,
    /// True when that is the difference of two states, false when it is the sum of the edits.
    pub is_exact: bool,
    /// Something else than these calls changed it in between.
    pub was_changed_outside: bool,
    /// The edits, in order.
    pub edits: Vec<Edit>,
}

/// What was changed in a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// The files, by path.
    pub files: Vec<FileChange>,
    /// Editing calls that changed nothing: failed, not let run, never ended.
    pub not_applied: u64,
    /// Editing calls of which no source tells the file.
    pub without_path: u64,
    /// Editing calls beyond the limit that were not looked at.
    pub left_out: u64,
}

/// Takes editing calls in order.
#[derive(Debug, Default)]
pub struct FileWalk {
    files: BTreeMap<String, State>,
    edits: usize,
    held_bytes: usize,
    not_applied: u64,
    without_path: u64,
    left_out: u64,
}

impl FileWalk {
    /// Takes the next call.
    pub fn take(&mut self, call: EditCall<'_>) {
        if call.fate == Fate::NotApplied {
            self.not_applied += 1;
            return;
        }
        if self.edits >= EDITS_MAX {
            self.left_out += 1;
            return;
        }
        let Some(path) = state::path_of(call) else {
            self.without_path += 1;
            return;
        };
        self.edits += 1;
        let file = self.files.entry(path.to_owned()).or_default();
        let held = file.bytes();
        file.take(call, self.held_bytes < STATES_BYTES_MAX);
        self.held_bytes = (self.held_bytes + file.bytes()).saturating_sub(held);
    }

    /// What was changed.
    #[must_use]
    pub fn finish(self) -> FileChanges {
        FileChanges {
            files: self
                .files
                .into_iter()
                .map(|(path, state)| state.change(path))
                .collect(),
            not_applied: self.not_applied,
            without_path: self.without_path,
            left_out: self.left_out,
        }
    }

    /// The net change of one file, with what is around it; `None` when its states are not known.
    #[must_use]
    pub fn net_diff(&self, path: &str) -> Option<Vec<DiffHunk>> {
        let (before, after) = self.files.get(path)?.ends()?;
        hunks_between(before, after)
    }
}

pub use lines::Count as LineCount;
