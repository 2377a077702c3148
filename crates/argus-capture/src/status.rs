//! What the client does, as a person asks for it.

use argus_session::Clock;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::config::{Config, OptOut};
use crate::hello::Hello;
use crate::lost::Losses;
use crate::output;
use crate::paths::StateFolder;
use crate::privacy::{Outcome, Privacy};
use crate::system::SystemClock;
use crate::{platform, store_file, token};

/// How often the follower says what it does, microseconds.
const WRITE_EVERY_US: i64 = 1_000_000;

/// What the follower said last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Status {
    pub(crate) pid: u32,
    #[serde(default)]
    pub(crate) started: Option<u64>,
    pub(crate) version: String,
    pub(crate) is_running: bool,
    pub(crate) began_us: i64,
    pub(crate) at_us: i64,
    /// Sessions that are followed.
    pub(crate) following: Vec<String>,
    /// Envelopes since this follower began.
    pub(crate) spooled: u64,
    pub(crate) acknowledged: u64,
    pub(crate) acknowledged_at_us: Option<i64>,
    /// All that was ever lost here.
    pub(crate) lost: u64,
    /// Envelopes that wait for the server.
    #[serde(default)]
    pub(crate) waiting: u64,
    pub(crate) spool_bytes: u64,
    pub(crate) is_full: bool,
    pub(crate) problem: Option<String>,
}

impl Status {
    pub(crate) fn new(now_us: i64) -> Self {
        let pid = std::process::id();
        Self {
            pid,
            started: platform::started_at(pid),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            began_us: now_us,
            ..Self::default()
        }
    }

    pub(crate) const fn is_due(&self, now_us: i64) -> bool {
        now_us - self.at_us >= WRITE_EVERY_US
    }

    pub(crate) fn write(&mut self, folder: &StateFolder, now_us: i64, is_at_once: bool) {
        if is_at_once || self.is_due(now_us) {
            self.at_us = now_us;
            let _ = store_file::write(&folder.status(), self);
        }
    }
}

/// Everything that `status` tells.
#[derive(Debug)]
pub(crate) struct Report {
    config: Config,
    folder: StateFolder,
    hello: Hello,
    status: Option<Status>,
    privacy: Privacy,
    losses: Losses,
    person: Option<String>,
    is_signed_in: bool,
    now_us: i64,
}

impl Report {
    pub(crate) fn new(config: &Config, folder: &StateFolder) -> Self {
        let held = token::store(folder).get();
        Self {
            hello: Hello::known(folder, config),
            status: store_file::read(&folder.status()),
            privacy: Privacy::read(folder).unwrap_or_default(),
            losses: Losses::read(folder),
            is_signed_in: held.is_some(),
            person: held.and_then(|token| token.person),
            config: config.clone(),
            folder: folder.clone(),
            now_us: SystemClock.now_us(),
        }
    }

    fn is_running(&self) -> bool {
        self.status.as_ref().is_some_and(|status| {
            status.is_running && platform::is_running(status.pid, status.started)
        })
    }

    /// For a person; `session_id` is the session that asks.
    pub(crate) fn text(&self, session_id: Option<&str>) -> String {
        let mut lines = Vec::new();
        let project = if self.hello.projects.is_empty() {
            String::new()
        } else {
            format!(", project {}", self.hello.projects.join(", "))
        };
        lines.push(format!("server       {}{project}", self.config.endpoint));
        lines.push(match (&self.person, self.is_signed_in) {
            (Some(person), _) => format!("signed in    {person}"),
            (None, true) => "signed in    yes".to_owned(),
            (None, false) => {
                "signed in    no: what is captured has no name (argus-capture login)".to_owned()
            }
        });
        if let Some(session_id) = session_id {
            lines.push(match self.privacy.sessions.get(session_id) {
                Some(session) if session.outcome.is_silent() => {
                    "this session private: nothing of it is captured".to_owned()
                }
                Some(session) if session.outcome == Outcome::ContentOff => {
                    "this session its content is off".to_owned()
                }
                Some(session) if session.outcome == Outcome::Forbidden => {
                    "this session is captured: your organisation's policy does not let it be private".to_owned()
                }
                _ => "this session is captured".to_owned(),
            });
        }
        let status = self.status.clone().unwrap_or_default();
        lines.push(if self.is_running() {
            format!(
                "follower     runs (process {}), follows {} sessions",
                status.pid,
                status.following.len()
            )
        } else {
            "follower     not running: the next session starts it".to_owned()
        });
        lines.push(format!(
            "waiting      {} records, {}{}",
            status.waiting,
            output::bytes(status.spool_bytes),
            if status.is_full {
                ", full: sessions wait on the disk"
            } else {
                ""
            }
        ));
        lines.push(match status.acknowledged_at_us {
            Some(at_us) => format!("acknowledged {}", output::ago(at_us, self.now_us)),
            None => "acknowledged nothing since the follower began".to_owned(),
        });
        lines.push(format!("lost         {}", self.losses.count_ever));
        lines.push(match &self.hello.redaction {
            Some(redaction) => format!(
                "redaction    the workspace's rules, revision {}",
                redaction.revision
            ),
            None => "redaction    the built-in rules: the server has not said its own".to_owned(),
        });
        lines.push(format!(
            "private      {}",
            match self.hello.opt_out {
                OptOut::Allowed => "allowed: a session that is made private is erased",
                OptOut::ContentOff => "content only: that a session took place is kept",
                OptOut::Forbidden => "not allowed here",
            }
        ));
        if let Some(problem) = &status.problem {
            lines.push(format!("problem      {problem}"));
        }
        lines.push(format!("state in     {}", self.folder.root().display()));
        lines.join("\n")
    }

    /// For programs.
    pub(crate) fn json(&self) -> serde_json::Value {
        json!({
            "endpoint": self.config.endpoint, "workspace": self.hello.workspace, "projects": self.hello.projects,
            "person": self.person, "is_signed_in": self.is_signed_in, "is_running": self.is_running(),
            "status": self.status, "opt_out": self.hello.opt_out, "lost": self.losses,
            "private": self.privacy.sessions, "state_folder": self.folder.root(),
            "redaction_revision": self.hello.redaction.as_ref().map(|redaction| redaction.revision),
        })
    }
}
