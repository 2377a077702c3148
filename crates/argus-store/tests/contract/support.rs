//! Stores in temporary folders, with a clock and randomness that repeat, and items to put in.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use argus_session::source::{hook, transcript::TranscriptFile};
use argus_session::{Clock, Item, Meta, Random};
use argus_store::{AppendReport, Delivery, Store, StoreOptions, Workspace};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A clock that moves a second at every look.
#[derive(Debug)]
pub(crate) struct SteppingClock(AtomicI64);

impl Clock for SteppingClock {
    fn now_us(&self) -> i64 {
        self.0.fetch_add(1_000_000, Ordering::Relaxed)
    }
}

/// Random bytes that repeat from run to run.
#[derive(Debug)]
pub(crate) struct CountingRandom(AtomicU64);

impl Random for CountingRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub(crate) fn options() -> StoreOptions {
    StoreOptions {
        clock: Arc::new(SteppingClock(AtomicI64::new(1_795_000_000_000_000))),
        random: Arc::new(CountingRandom(AtomicU64::new(0))),
    }
}

/// A store in a folder that goes with it.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) workspace: Workspace,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn new_store() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    TestStore {
        store,
        workspace,
        folder,
    }
}

pub(crate) fn delivery() -> Delivery {
    Delivery {
        projects: vec!["demo".to_owned()],
        key_id: None,
        user: None,
    }
}

pub(crate) fn put(workspace: &Workspace, items: Vec<Item>) -> AppendReport {
    let batch = items
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery()).unwrap())
        .collect();
    workspace.append(batch).unwrap()
}

pub(crate) fn settle(workspace: &Workspace) {
    assert!(
        workspace.wait_projected(Duration::from_secs(60)),
        "the projector does not come up with the writer"
    );
}

pub(crate) fn dump(workspace: &Workspace) -> String {
    settle(workspace);
    let mut out = Vec::new();
    workspace.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A typed prompt of a session with one answer, as a transcript has them.
pub(crate) fn conversation(session: &str, prompt: &str, answer: &str, second: u32) -> Vec<Item> {
    let at = |offset: u32| {
        format!(
            "2026-11-{:02}T10:{:02}:{:02}Z",
            1 + (second / 3600) % 28,
            (second / 60) % 60,
            (second + offset) % 60
        )
    };
    let lines = [
        json!({"type": "user", "uuid": format!("{session}-u"), "parentUuid": null, "promptId": format!("{session}-p"),
               "sessionId": session, "timestamp": at(0), "cwd": "/home/dev/project", "version": "2.1.330",
               "entrypoint": "cli", "message": {"role": "user", "content": prompt}}),
        json!({"type": "assistant", "uuid": format!("{session}-a"), "parentUuid": format!("{session}-u"), "sessionId": session,
               "requestId": format!("req_{session}"), "apiBlockIndex": 0, "timestamp": at(1),
               "message": {"id": "m", "model": "claude-opus-5-5", "stop_reason": "end_turn",
                           "content": [{"type": "text", "text": answer}], "usage": {"input_tokens": 3, "output_tokens": 4}}}),
    ];
    lines_as_items(session, &lines)
}

pub(crate) fn lines_as_items(session: &str, lines: &[Value]) -> Vec<Item> {
    let mut file = TranscriptFile::new(session, None, "file", [0; 32]);
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            file.item(line.to_string().as_bytes(), place as u64)
                .unwrap()
        })
        .collect()
}

/// Transcripts and hooks of a recording of the repository.
pub(crate) fn recording(name: &str) -> Vec<Item> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../e2e/recordings")
        .join(name);
    let mut items = Vec::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(session) = name
            .strip_prefix("transcript-")
            .and_then(|rest| rest.strip_suffix(".jsonl"))
        {
            let mut file = TranscriptFile::new(session, None, &name, [1; 32]);
            let content = std::fs::read(&path).unwrap();
            items.extend(
                content
                    .split_inclusive(|byte| *byte == b'\n')
                    .map(|line| file.item(line, 0).unwrap()),
            );
        }
    }
    let hooks = std::fs::read_to_string(folder.join("hooks.jsonl")).unwrap();
    for (place, line) in hooks.lines().enumerate() {
        let mut call: Value = serde_json::from_str(line).unwrap();
        if (call["via"] == "command") == (call["event"] == "SessionStart") {
            let at = call["t_ns"].as_i64().unwrap() / 1000;
            items.push(hook::item(
                call["body"].take(),
                &format!("{name}-{place}"),
                Meta {
                    captured_at_us: Some(at),
                    ..Meta::default()
                },
            ));
        }
    }
    items
}

/// Text that does not shrink below half: `lines` times 16 hex digits of a hash.
pub(crate) fn noise(lines: u32) -> String {
    (0..lines)
        .map(|line| hex::encode(&Sha256::digest(line.to_be_bytes())[..8]))
        .collect()
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The files that hold `needle`.
pub(crate) fn files_with(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let is_in = |path: &PathBuf| {
        std::fs::read(path)
            .unwrap()
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    };
    files(folder).into_iter().filter(is_in).collect()
}

/// Copies a folder's content.
pub(crate) fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
