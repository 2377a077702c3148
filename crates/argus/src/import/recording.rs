//! Recordings: the hook calls and OTLP exports of one or more runs of a client, as files.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use argus_server::ingest::otlp::{self, Encoding, Signal};
use argus_session::Meta;
use argus_session::record::Process;
use argus_session::source::hook;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::batch::{Importing, file_name};
use crate::error::CommandError;

/// Hook calls. Each is there twice, by http and by command; the client sends some by command only.
const BY_COMMAND_ONLY: [&str; 2] = ["SessionStart", "Setup"];

pub(super) fn hooks(importing: &mut Importing<'_>, path: &Path) -> Result<(), CommandError> {
    for line in BufReader::new(File::open(path)?).split(b'\n') {
        let line = line?;
        let bytes = line.len() as u64 + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let Ok(mut call) = serde_json::from_slice::<Value>(&line) else {
            importing.skip("a hook call that is no JSON object");
            continue;
        };
        let by_command = call["via"] == "command";
        let event = call["event"].as_str().unwrap_or_default().to_owned();
        if by_command != BY_COMMAND_ONLY.contains(&event.as_str()) {
            importing.progress.inc(bytes);
            continue;
        }
        let body = call["body"].take();
        if !body.is_object() {
            importing.skip("a hook call without a body");
            continue;
        }
        let t_ns = call["t_ns"].as_i64().unwrap_or_default();
        // A recording has no keys of its own: event, body and time of a call make one that comes out the same again.
        let digest = Sha256::new()
            .chain_update(&event)
            .chain_update(body.to_string())
            .chain_update(t_ns.to_be_bytes())
            .finalize();
        let text = |name: &str| call["env"][name].as_str().map(str::to_owned);
        let process = Process {
            pid: text("CLAUDE_PID").and_then(|pid| pid.parse().ok()),
            started_at_us: None,
            entrypoint: text("CLAUDE_CODE_ENTRYPOINT"),
        };
        let has_process = process.pid.is_some() || process.entrypoint.is_some();
        let meta = Meta {
            captured_at_us: (t_ns > 0).then_some(t_ns / 1_000),
            process: has_process.then_some(process),
            ..Meta::default()
        };
        importing.put(hook::item(body, &hex::encode(&digest[..16]), meta), bytes)?;
    }
    Ok(())
}

pub(super) fn export(importing: &mut Importing<'_>, path: &Path) -> Result<(), CommandError> {
    let name = file_name(path);
    let signals = [
        ("logs", Signal::Logs),
        ("metrics", Signal::Metrics),
        ("traces", Signal::Traces),
    ];
    let Some((_, signal)) = signals.into_iter().find(|(word, _)| name.contains(word)) else {
        importing.skip("an export whose name tells no signal");
        return Ok(());
    };
    let Some(content) = importing.whole(path)? else {
        return Ok(());
    };
    let (encoding, content) = if name.ends_with(".json") {
        (Encoding::Json, content.as_slice())
    } else {
        (Encoding::Protobuf, otlp::unframed(&content))
    };
    match otlp::decode(signal, encoding, content) {
        Ok(decoded) => {
            for _ in &decoded.rejected {
                importing.skip("an OTLP item that cannot be decoded");
            }
            let share = content.len() as u64 / (decoded.items.len() as u64).max(1);
            for item in decoded.items {
                importing.put(item, share)?;
            }
        }
        Err(_) => importing.skip("an OTLP export that cannot be decoded"),
    }
    Ok(())
}
