//! What is fuzzed: every decoder of bytes from outside, and the way of what it gives through redaction and fold. A target
//! takes any bytes and panics when something that must hold does not; `cargo fuzz` and `replay` call the same ones.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a target panics when it finds something: that is what it is for"
)]

mod redaction;
mod way;

use argus_ledger::{Checkpoint, Frontier, Leaf};
use argus_server::ingest::envelopes::{self, Form};
use argus_server::ingest::otlp::{self, Encoding, Signal, unframed};
use argus_session::filter::Filter;
use argus_session::source::hook;
use argus_session::source::transcript::{TranscriptFile, agent_meta_item, tool_result_file_item};
use argus_session::{Meta, without_lone_surrogates};

/// A target.
pub type Target = fn(&[u8]);

/// Every target, by its name: that of its corpus and of its program in `fuzz_targets`.
pub const TARGETS: [(&str, Target); 10] = [
    ("otlp_json", otlp_json),
    ("otlp_protobuf", otlp_protobuf),
    ("envelopes", envelopes),
    ("envelope_lines", envelope_lines),
    ("transcript", transcript),
    ("hooks", hooks),
    ("filter", filter),
    ("redact", redact),
    ("redact_json", redact_json),
    ("ledger", ledger),
];

/// OTLP requests as JSON, of each signal.
pub fn otlp_json(data: &[u8]) {
    otlp(Encoding::Json, data);
}

/// OTLP requests as protobuf, with or without a gRPC frame, of each signal.
pub fn otlp_protobuf(data: &[u8]) {
    otlp(Encoding::Protobuf, unframed(data));
}

fn otlp(encoding: Encoding, data: &[u8]) {
    for signal in Signal::ALL {
        if let Ok(decoded) = otlp::decode(signal, encoding, data) {
            way::go(decoded.items);
        }
    }
}

/// `POST /v1/envelopes` with one JSON document.
pub fn envelopes(data: &[u8]) {
    of_envelopes(Form::Json, data);
}

/// `POST /v1/envelopes` with JSON lines.
pub fn envelope_lines(data: &[u8]) {
    of_envelopes(Form::Lines, data);
}

fn of_envelopes(form: Form, data: &[u8]) {
    if let Ok(decoded) = envelopes::decode(form, data) {
        way::go(decoded.items.into_iter().map(|(_, item)| item).collect());
    }
}

/// A transcript file, line by line; the same bytes as a sub-agent's metadata and as a tool's output.
pub fn transcript(data: &[u8]) {
    let mut file = TranscriptFile::new("session", None, "session.jsonl", [0; 32]);
    let mut items = Vec::new();
    let mut offset = 0;
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        items.extend(file.item(line, offset));
        offset += line.len() as u64;
    }
    items.extend(agent_meta_item(
        "session",
        "agent",
        "agent-a.meta.json",
        data,
    ));
    items.push(tool_result_file_item("session", "x.txt", data));
    way::go(items);
}

/// Hook calls, one a line.
pub fn hooks(data: &[u8]) {
    let calls = data
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok());
    way::go(
        calls
            .enumerate()
            .map(|(n, call)| hook::item(call, &n.to_string(), Meta::default()))
            .collect(),
    );
}

/// Filters.
pub fn filter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(filter) = Filter::parse(text) {
        let written = filter.to_string();
        assert_eq!(
            Filter::parse(&written).unwrap(),
            filter,
            "{text:?} is written as {written:?}"
        );
    }
}

/// Redaction of a text, and of the halves of characters in JSON.
pub fn redact(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(mended) = without_lone_surrogates(&text) {
        assert_eq!(without_lone_surrogates(&mended), None, "mended once");
    }
    redaction::of_text(&text);
}

/// Redaction of JSON; of what is none, as a text in a captured item.
pub fn redact_json(data: &[u8]) {
    let value = serde_json::from_slice(data)
        .unwrap_or_else(|_| serde_json::json!({"content": String::from_utf8_lossy(data)}));
    redaction::of_json(&value);
}

/// Leaves, frontiers and checkpoints.
pub fn ledger(data: &[u8]) {
    if let Ok(leaf) = Leaf::decode(data) {
        assert_eq!(leaf.encode(), data, "one way to write a leaf");
    }
    if let Ok(frontier) = Frontier::from_bytes(data) {
        assert_eq!(frontier.to_bytes(), data, "one way to write a frontier");
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(checkpoint) = Checkpoint::parse(text)
    {
        let again = Checkpoint::parse(&checkpoint.to_text());
        assert_eq!(again.unwrap(), checkpoint);
    }
}
