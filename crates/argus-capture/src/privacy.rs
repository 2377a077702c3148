//! Sessions and processes that are private. What is written here holds at once, whether or not the server can be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;

use serde::{Deserialize, Serialize};

use crate::event::ClaudeProcess;
use crate::paths::StateFolder;
use crate::store_file;

/// Sessions that are remembered at most: the oldest that the server knows of go first.
const SESSIONS_MAX: usize = 10_000;

/// What is private.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Privacy {
    /// By session id.
    #[serde(default)]
    pub(crate) sessions: BTreeMap<String, PrivateSession>,
    /// Processes for which the word was given: it holds for the sessions that they begin, until it is taken back.
    #[serde(default)]
    pub(crate) processes: Vec<PrivateProcess>,
}

/// A process for which the word was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PrivateProcess {
    #[serde(flatten)]
    pub(crate) process: ClaudeProcess,
    /// When, microseconds UTC: what was before is not meant.
    pub(crate) said_at_us: i64,
}

/// A session that is not captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PrivateSession {
    /// When it was said, microseconds UTC.
    pub(crate) said_at_us: i64,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

/// What became of a session that was said to be private, or that the server erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Said here; the server was not told yet.
    Waiting,
    /// The server erased what it had, and takes nothing more.
    Private,
    /// The server keeps that it was, without its content.
    ContentOff,
    /// The policy does not allow it: the session is captured on.
    Forbidden,
    /// This device may not say so of that session.
    Refused,
    /// The server erased it of itself.
    Erased,
}

impl Outcome {
    /// True when nothing of the session leaves this machine.
    pub(crate) const fn is_silent(self) -> bool {
        // Refused: the server does not take this device's word; this machine does.
        matches!(
            self,
            Self::Waiting | Self::Private | Self::Erased | Self::Refused
        )
    }
}

impl Privacy {
    /// What is private now.
    ///
    /// # Errors
    /// It is not known: the file is there and cannot be read. Then nothing may be read or sent.
    pub(crate) fn read(folder: &StateFolder) -> io::Result<Self> {
        match fs::read(folder.private()) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Changes it: others are kept from it meanwhile, and it is on the disk when this returns.
    ///
    /// # Errors
    /// The disk's: then nothing changed.
    pub(crate) fn change<T>(
        folder: &StateFolder,
        change: impl FnOnce(&mut Self) -> T,
    ) -> io::Result<(Self, T)> {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.private_lock())?;
        lock.lock()?;
        let mut privacy = Self::read(folder)?;
        let before = privacy.clone();
        let result = change(&mut privacy);
        privacy.forget_old();
        if privacy != before {
            store_file::write_synced(&folder.private(), &privacy)?;
        }
        Ok((privacy, result))
    }

    /// True when nothing of a session may be read or sent.
    pub(crate) fn is_silent(&self, session_id: &str) -> bool {
        self.sessions
            .get(session_id)
            .is_some_and(|session| session.outcome.is_silent())
    }

    /// The sessions of which nothing may be read or sent.
    pub(crate) fn silent(&self) -> BTreeSet<&str> {
        self.sessions
            .iter()
            .filter(|(_, session)| session.outcome.is_silent())
            .map(|(id, _)| id.as_str())
            .collect()
    }

    /// True when a session's content stays on this machine.
    pub(crate) fn is_content_off(&self, session_id: &str) -> bool {
        self.sessions
            .get(session_id)
            .is_some_and(|session| session.outcome == Outcome::ContentOff)
    }

    /// True when the word holds for what a process did at a time.
    pub(crate) fn holds_for(&self, process: &ClaudeProcess, at_us: i64) -> bool {
        process.pid.is_some()
            && self
                .processes
                .iter()
                .any(|held| is_same(&held.process, process) && at_us >= held.said_at_us)
    }

    /// The word is given for a session, and for the process that it is in.
    pub(crate) fn say(&mut self, session_id: &str, process: Option<&ClaudeProcess>, now_us: i64) {
        let session = self
            .sessions
            .entry(session_id.to_owned())
            .or_insert(PrivateSession {
                said_at_us: now_us,
                outcome: Outcome::Waiting,
            });
        // Said again, where it was refused or forbidden before: it is asked again.
        if !session.outcome.is_silent() {
            session.outcome = Outcome::Waiting;
        }
        if let Some(process) = process.filter(|process| process.pid.is_some())
            && !self.holds_for(process, now_us)
        {
            self.processes.push(PrivateProcess {
                process: process.clone(),
                said_at_us: now_us,
            });
        }
    }

    /// The word is taken back for a process: what it does in sessions from now on is captured again.
    pub(crate) fn take_back(&mut self, process: &ClaudeProcess) {
        self.processes
            .retain(|held| !is_same(&held.process, process));
    }

    /// Sessions of which the server is to be told.
    pub(crate) fn waiting(&self) -> Vec<String> {
        self.sessions
            .iter()
            .filter(|(_, session)| session.outcome == Outcome::Waiting)
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Notes what the server made of sessions.
    pub(crate) fn settle(&mut self, session_id: &str, outcome: Outcome, now_us: i64) {
        self.sessions
            .entry(session_id.to_owned())
            .and_modify(|session| session.outcome = outcome)
            .or_insert(PrivateSession {
                said_at_us: now_us,
                outcome,
            });
    }

    fn forget_old(&mut self) {
        self.processes.retain(|held| held.process.is_running());
        while self.sessions.len() > SESSIONS_MAX {
            let oldest = self
                .sessions
                .iter()
                .filter(|(_, session)| session.outcome != Outcome::Waiting)
                .min_by_key(|(_, session)| session.said_at_us)
                .map(|(id, _)| id.clone());
            match oldest {
                Some(id) => self.sessions.remove(&id),
                None => return,
            };
        }
    }
}

/// Changes what is private in every state folder of a server: a hook and a terminal may have different ones.
///
/// # Errors
/// One of them cannot be written: the word does not hold everywhere.
pub(crate) fn change_all(server_id: &str, change: impl Fn(&mut Privacy)) -> io::Result<()> {
    for folder in StateFolder::all(server_id)? {
        Privacy::change(&folder, &change)?;
    }
    Ok(())
}

fn is_same(one: &ClaudeProcess, other: &ClaudeProcess) -> bool {
    one.pid == other.pid
        && (one.started.is_none() || other.started.is_none() || one.started == other.started)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::platform;

    fn this_process() -> ClaudeProcess {
        let pid = std::process::id();
        ClaudeProcess {
            pid: Some(pid),
            started: platform::started_at(pid),
            entrypoint: None,
        }
    }

    #[test]
    fn the_word_holds_for_the_process_until_it_is_taken_back() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::at(root.path()).unwrap();
        let process = this_process();
        Privacy::change(&folder, |privacy| privacy.say("s1", Some(&process), 1)).unwrap();
        let held = Privacy::read(&folder).unwrap();
        assert!(held.is_silent("s1") && held.holds_for(&process, 1) && !held.is_silent("s2"));
        assert!(!held.holds_for(&process, 0), "what was before is not meant");
        assert_eq!(held.waiting(), ["s1"]);
        Privacy::change(&folder, |privacy| {
            privacy.settle("s1", Outcome::Private, 2);
            privacy.take_back(&process);
        })
        .unwrap();
        let held = Privacy::read(&folder).unwrap();
        assert!(held.is_silent("s1") && !held.holds_for(&process, 9) && held.waiting().is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::at(root.path()).unwrap();
        Privacy::change(&folder, |privacy| privacy.say("s1", None, 1)).unwrap();
        fs::write(folder.private(), "{\"sessions\":").unwrap();
        assert!(Privacy::read(&folder).is_err());
        assert!(Privacy::change(&folder, |privacy| privacy.say("s2", None, 1)).is_err());
        fs::remove_file(folder.private()).unwrap();
        assert!(Privacy::read(&folder).unwrap().sessions.is_empty());
    }

    #[test]
    fn what_the_policy_forbids_is_captured_on() {
        let mut privacy = Privacy::default();
        privacy.say("s", None, 1);
        privacy.settle("s", Outcome::Forbidden, 2);
        assert!(!privacy.is_silent("s"));
        privacy.say("s", None, 3);
        assert!(privacy.is_silent("s"), "said again, it is asked again");
    }

    #[test]
    fn the_word_for_a_process_that_ended_is_forgotten() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::at(root.path()).unwrap();
        let gone = ClaudeProcess {
            pid: Some(u32::MAX - 1),
            started: Some(1),
            entrypoint: None,
        };
        let (held, ()) =
            Privacy::change(&folder, |privacy| privacy.say("s", Some(&gone), 1)).unwrap();
        assert!(held.processes.is_empty() || !cfg!(target_os = "linux"));
        assert!(held.is_silent("s"));
    }
}
