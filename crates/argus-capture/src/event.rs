//! What hooks and commands leave for the follower: a file each, without any content.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use argus_session::{Clock, Random};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::paths::StateFolder;
use crate::{platform, store_file, system};

/// Something happened in a Claude process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    /// UUIDv7: the natural key of the hook call.
    pub(crate) key: String,
    /// When, microseconds UTC.
    pub(crate) at_us: i64,
    /// The hook event's name.
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) session_id: Option<String>,
    #[serde(default)]
    pub(crate) transcript_path: Option<PathBuf>,
    #[serde(default)]
    pub(crate) cwd: Option<PathBuf>,
    /// Other members of the hook's input that hold no content.
    #[serde(default)]
    pub(crate) fields: Map<String, Value>,
    /// The Claude process.
    #[serde(default)]
    pub(crate) process: ClaudeProcess,
    /// Claude Code's configuration folder.
    #[serde(default)]
    pub(crate) claude_config: Option<PathBuf>,
    /// The program that left this, and its version: a follower of another version makes way.
    #[serde(default)]
    pub(crate) program: Option<PathBuf>,
    #[serde(default)]
    pub(crate) program_version: String,
}

/// A Claude process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClaudeProcess {
    #[serde(default)]
    pub(crate) pid: Option<u32>,
    /// When it started, in the system's own count: tells it from a later one with its number.
    #[serde(default)]
    pub(crate) started: Option<u64>,
    /// `CLAUDE_CODE_ENTRYPOINT`.
    #[serde(default)]
    pub(crate) entrypoint: Option<String>,
}

impl ClaudeProcess {
    /// The process whose hook this is.
    pub(crate) fn of_hook() -> Self {
        let pid = system::variable("CLAUDE_PID").and_then(|pid| pid.parse().ok());
        Self {
            started: pid.and_then(platform::started_at),
            pid,
            entrypoint: system::variable("CLAUDE_CODE_ENTRYPOINT"),
        }
    }

    /// True while it runs. A process that is not known is not.
    pub(crate) fn is_running(&self) -> bool {
        self.pid
            .is_some_and(|pid| platform::is_running(pid, self.started))
    }
}

/// Members of a hook's input that say what happened and nothing of what was said.
const FIELDS: [&str; 10] = [
    "source",
    "reason",
    "model",
    "trigger",
    "agent_id",
    "agent_type",
    "permission_mode",
    "prompt_id",
    "stop_hook_active",
    "error",
];
/// Longest such member.
const FIELD_BYTES_MAX: usize = 256;

impl Event {
    /// The event of a hook's input.
    pub(crate) fn of_hook(
        input: &Map<String, Value>,
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Self {
        let text = |name: &str| input.get(name).and_then(Value::as_str).map(str::to_owned);
        let fields = FIELDS
            .into_iter()
            .filter_map(|name| {
                let value = input.get(name)?;
                let fits = match value {
                    Value::String(text) => text.len() <= FIELD_BYTES_MAX,
                    Value::Bool(_) | Value::Number(_) => true,
                    _ => false,
                };
                fits.then(|| (name.to_owned(), value.clone()))
            })
            .collect();
        Self {
            key: system::uuid_v7(clock, random),
            at_us: clock.now_us(),
            name: text("hook_event_name").unwrap_or_default(),
            session_id: text("session_id"),
            transcript_path: text("transcript_path").map(PathBuf::from),
            cwd: text("cwd").map(PathBuf::from),
            fields,
            process: ClaudeProcess::of_hook(),
            claude_config: Some(crate::paths::claude_config()),
            program: std::env::current_exe().ok(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// The hook call as it is sent: content-free.
    pub(crate) fn body(&self) -> Value {
        let mut body = self.fields.clone();
        body.insert(
            "hook_event_name".to_owned(),
            Value::from(self.name.as_str()),
        );
        if let Some(session_id) = &self.session_id {
            body.insert("session_id".to_owned(), Value::from(session_id.as_str()));
        }
        if let Some(cwd) = &self.cwd {
            body.insert("cwd".to_owned(), Value::from(cwd.to_string_lossy()));
        }
        Value::Object(body)
    }

    /// Leaves it for the follower.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn leave(&self, folder: &StateFolder) -> io::Result<()> {
        let name = format!("{:020}-{}.json", self.at_us, self.key);
        store_file::write(&folder.events().join(name), self)
    }
}

/// The events that wait, in order, with their files. A file that is no event is removed: nothing can be made of it.
pub(crate) fn waiting(folder: &StateFolder) -> Vec<(PathBuf, Event)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder.events())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .filter(|path| !is_hidden(path))
        .collect();
    files.sort();
    files
        .into_iter()
        .filter_map(|path| {
            if let Some(event) = store_file::read(&path) {
                Some((path, event))
            } else {
                let _ = fs::remove_file(&path);
                None
            }
        })
        .collect()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fixed;

    impl Clock for Fixed {
        fn now_us(&self) -> i64 {
            1_795_348_382_305_000
        }
    }

    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn an_event_holds_no_content() {
        let input = serde_json::json!({
            "hook_event_name": "Stop", "session_id": "s", "transcript_path": "/p/s.jsonl", "cwd": "/w",
            "last_assistant_message": "the secret is hunter2", "permission_mode": "default",
            "prompt": "what is the secret", "tool_input": {"command": "cat .env"}, "model": "x".repeat(10_000),
        });
        let event = Event::of_hook(input.as_object().unwrap(), &Fixed, &Fixed);
        let written = serde_json::to_string(&event).unwrap();
        assert!(
            !written.contains("secret") && !written.contains(".env") && written.len() < 2_000,
            "{written}"
        );
        assert_eq!(event.body()["permission_mode"], "default");
    }

    #[test]
    fn events_are_taken_in_order_and_what_is_none_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::at(root.path()).unwrap();
        let input = serde_json::json!({"hook_event_name": "Stop"});
        let mut event = Event::of_hook(input.as_object().unwrap(), &Fixed, &Fixed);
        for (at_us, name) in [(30, "c"), (10, "a"), (20, "b")] {
            event.at_us = at_us;
            event.name = name.to_owned();
            event.leave(&folder).unwrap();
        }
        fs::write(folder.events().join("00.json"), "no event").unwrap();
        let names: Vec<String> = waiting(&folder)
            .into_iter()
            .map(|(_, event)| event.name)
            .collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(waiting(&folder).len(), 3);
    }
}
