//! Makes the small store that a release leaves behind for the tests of later ones:
//! `cargo run -p argus-store --example keep_store -- crates/argus-store/tests/stores/vN`.
#![expect(clippy::print_stderr, reason = "a tool for the command line")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use argus_session::source::transcript::TranscriptFile;
use argus_session::{Clock, Random};
use argus_store::{Delivery, Store, StoreError, StoreOptions};
use sha2::{Digest, Sha256};

#[derive(Debug)]
struct Fixed;

impl Clock for Fixed {
    fn now_us(&self) -> i64 {
        1_795_000_000_000_000
    }
}

#[derive(Debug, Default)]
struct Counting(std::sync::atomic::AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..chunk.len()]);
        }
    }
}

fn main() -> Result<(), StoreError> {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("usage: keep_store FOLDER");
        return Ok(());
    };
    let store = Store::open(
        &folder,
        StoreOptions {
            clock: Arc::new(Fixed),
            random: Arc::new(Counting::default()),
        },
    )?;
    if let Some(workspace) = store.workspace("default")? {
        let mut file = TranscriptFile::new("s1", None, "s1.jsonl", workspace.line_key());
        let delivery = Delivery {
            projects: vec!["demo".to_owned()],
            key_id: None,
            user: None,
        };
        let lines = [
            r#"{"type":"user","uuid":"u","parentUuid":null,"promptId":"p","sessionId":"s1","timestamp":"2026-11-22T10:00:00Z","message":{"content":"a question for the first release"}}"#,
            r#"{"type":"assistant","uuid":"a","parentUuid":"u","sessionId":"s1","requestId":"req_1","apiBlockIndex":0,"timestamp":"2026-11-22T10:00:01Z","message":{"model":"claude-opus-5-5","stop_reason":"end_turn","content":[{"type":"text","text":"an answer of the first release"}]}}"#,
            r#"{"type":"mode","mode":"normal","sessionId":"s1"}"#,
        ];
        let mut batch = Vec::new();
        for line in lines {
            if let Ok(item) = file.item(line.as_bytes(), 0) {
                batch.push(workspace.prepare(item, &delivery)?);
            }
        }
        workspace.append(batch)?;
        let _ = workspace.wait_projected(Duration::from_secs(10));
    }
    Ok(())
}
