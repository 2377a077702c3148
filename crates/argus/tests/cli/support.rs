//! The program and folders for it.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

/// The program, in an environment in which only what the test says counts.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_argus"));
    command
        .env_clear()
        .env("HOME", data.parent().unwrap())
        .env("USER", "tester")
        .env("COLUMNS", "100")
        .env("ARGUS_DATA", data)
        .stdin(Stdio::null());
    command
}

/// What a run printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Its stdout, of a run that has to end well.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// Exit code, stdout and stderr as one text for a snapshot.
    pub(crate) fn shown(&self, data: &Path) -> String {
        let mut text = String::new();
        for (name, stream) in [("", &self.stdout), ("stderr: ", &self.stderr)] {
            for line in stream.lines() {
                writeln!(text, "{name}{line}").unwrap();
            }
        }
        writeln!(text, "exit {}", self.code).unwrap();
        text.replace(data.to_str().unwrap(), "DATA")
            .replace(data.parent().unwrap().to_str().unwrap(), "HOME")
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// A home with a data folder to be in it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        command(&self.data())
            .args(arguments)
            .output()
            .unwrap()
            .into()
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = command(&self.data())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap().into()
    }

    /// Writes a file beside the data folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn import(&self, paths: &[&str]) -> String {
        self.run(&[&["import"], paths].concat()).ok()
    }

    pub(crate) fn session(&self, id: &str) -> Value {
        self.run(&["session", "show", id, "--json"]).json()
    }
}

/// A running server on this home's data; killed when the test ends.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(home: &Home) -> Self {
        Self::with_log(home, Stdio::null())
    }

    pub(crate) fn with_log(home: &Home, log: impl Into<Stdio>) -> Self {
        let mut child = command(&home.data())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
}

/// A recording that ships in the repository.
pub(crate) fn recording(name: &str) -> String {
    root()
        .join("e2e/recordings")
        .join(name)
        .to_str()
        .unwrap()
        .to_owned()
}

const IMPORTED: [&str; 6] = [
    "failures",
    "interactive",
    "resumed",
    "slash",
    "subagent",
    "tools",
];

/// The recordings that are read, imported once for the tests that only read. A static is never dropped, so that the folder is one of the
/// build, made anew by each run.
pub(crate) fn imported() -> &'static Home {
    static HOME: OnceLock<Home> = OnceLock::new();
    HOME.get_or_init(|| with_recordings("imported"))
}

/// The same in a home of its own, for commands that write an act: one at a time, as one process writes a data folder.
pub(crate) fn imported_to_write() -> MutexGuard<'static, Home> {
    static HOME: OnceLock<Mutex<Home>> = OnceLock::new();
    HOME.get_or_init(|| Mutex::new(with_recordings("imported-to-write")))
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

fn with_recordings(name: &str) -> Home {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // It is not there in the first run.
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).unwrap();
    let home = Home {
        folder: tempfile::tempdir_in(root).unwrap(),
    };
    let paths = IMPORTED.map(recording);
    let mut arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
    arguments.extend(["--project", "demo"]);
    home.import(&arguments);
    home
}

/// JSON without what tells in which order files were imported, which goes by their times: of records, only how many.
pub(crate) fn without_record_numbers(mut value: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), &mut *value) {
                        ("record", number) => *number = "…".into(),
                        ("records", Value::Array(records)) => {
                            *value = format!("{} records", records.len()).into();
                        }
                        (_, other) => strip(other),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value
}
