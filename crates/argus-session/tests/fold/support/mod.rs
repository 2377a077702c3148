#![expect(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of this module"
)]
//! Recordings of the real client as records, without a store.

pub mod items;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use argus_session::document::resolve_document;
use argus_session::source::{hook, otel, transcript};
use argus_session::{ContentRank, Fold, Item, Meta, Record, SessionDocument, Source};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The folder of a recording that the repository holds.
pub fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    [
        root.join("demo/recordings").join(name),
        root.join("e2e/recordings").join(name),
    ]
    .into_iter()
    .find(|path| path.is_dir())
    .unwrap_or_else(|| panic!("no recording {name}"))
}

/// Which of a recording's files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sources {
    pub hooks: bool,
    pub transcript: bool,
    pub logs: bool,
    pub metrics: bool,
    pub spans: bool,
}

impl Sources {
    pub const ALL: Self = Self {
        hooks: true,
        transcript: true,
        logs: true,
        metrics: true,
        spans: true,
    };
    pub const NONE: Self = Self {
        hooks: false,
        transcript: false,
        logs: false,
        metrics: false,
        spans: false,
    };
    pub const HOOKS: Self = Self {
        hooks: true,
        ..Self::NONE
    };
    pub const TRANSCRIPT: Self = Self {
        transcript: true,
        ..Self::NONE
    };
    pub const OTEL: Self = Self {
        logs: true,
        metrics: true,
        spans: true,
        ..Self::NONE
    };
    pub const LOGS: Self = Self {
        logs: true,
        ..Self::NONE
    };
}

/// The records of a recording, session by session.
pub fn records(name: &str, sources: Sources) -> BTreeMap<String, Vec<Record>> {
    let folder = folder(name);
    let mut items = Vec::new();
    if sources.hooks {
        items.extend(hooks(&folder));
    }
    if sources.transcript {
        items.extend(transcripts(&folder));
    }
    items.extend(telemetry(&folder, sources));
    let mut sessions: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for (number, item) in items.into_iter().enumerate() {
        let record = to_record(item, number as u64);
        sessions
            .entry(record.session_id.clone())
            .or_default()
            .push(record);
    }
    sessions
}

/// A record as the store would give it.
pub fn to_record(item: Item, id: u64) -> Record {
    let mut key = Sha256::new();
    key.update([item.source.number()]);
    key.update(item.key.as_bytes());
    let digest = key.finalize();
    let mut natural_key = [0; 16];
    natural_key.copy_from_slice(&digest[..16]);
    Record {
        id,
        natural_key,
        rank: ContentRank {
            rule_version: 1,
            hash: Sha256::digest(item.body.to_string()).into(),
        },
        source: item.source,
        session_id: item.session_id.unwrap_or_default(),
        projects: vec!["demo".to_owned()],
        credential_user: None,
        at_us: item.at_us,
        body: item.body,
        meta: item.meta,
    }
}

/// The document of a session of a recording, texts filled in.
pub fn document(name: &str, session: &str, sources: Sources) -> SessionDocument {
    let records = records(name, sources);
    let found = records
        .iter()
        .find(|(id, _)| id.starts_with(session))
        .unwrap_or_else(|| panic!("no session {session}"));
    fold(found.0, found.1)
}

/// Folds records and fills in the texts.
pub fn fold(session: &str, records: &[Record]) -> SessionDocument {
    let mut fold = Fold::new(session);
    for record in records {
        fold.apply(record);
    }
    let mut document = fold.document();
    let bodies: BTreeMap<u64, Arc<Value>> = records
        .iter()
        .map(|record| (record.id, Arc::new(record.body.clone())))
        .collect();
    resolve_document(&mut document, &bodies, usize::MAX);
    document
}

fn read_dir(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|dir| dir.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths
}

fn hooks(folder: &Path) -> Vec<Item> {
    let Ok(text) = std::fs::read_to_string(folder.join("hooks.jsonl")) else {
        return Vec::new();
    };
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|call| {
            (call["via"] == "command")
                == (call["event"] == "SessionStart" || call["event"] == "Setup")
        })
        .map(|mut call| {
            let t_ns = call["t_ns"].as_i64().unwrap();
            let key = hex::encode(Sha256::digest(format!(
                "{}{}{t_ns}",
                call["event"], call["body"]
            )));
            let entrypoint = call["env"]["CLAUDE_CODE_ENTRYPOINT"]
                .as_str()
                .map(str::to_owned);
            let process = entrypoint.map(|name| argus_session::record::Process {
                pid: None,
                started_at_us: None,
                entrypoint: Some(name),
            });
            let meta = Meta {
                captured_at_us: Some(t_ns / 1000),
                process,
                ..Meta::default()
            };
            hook::item(call["body"].take(), &key, meta)
        })
        .collect()
}

fn transcripts(folder: &Path) -> Vec<Item> {
    let mut items = Vec::new();
    for path in read_dir(folder) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(session) = name
            .strip_prefix("transcript-")
            .and_then(|rest| rest.strip_suffix(".jsonl"))
        {
            items.extend(lines(&path, session, None));
        }
    }
    for session in read_dir(&folder.join("transcript-dir")) {
        let id = session.file_name().unwrap().to_str().unwrap().to_owned();
        let agents = session.join("subagents");
        let workflows = read_dir(&agents.join("workflows"));
        for folder in std::iter::once(agents).chain(workflows) {
            items.extend(agent_files(&folder, &id));
        }
    }
    items
}

fn agent_files(folder: &Path, session: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for path in read_dir(folder) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(agent) = name.strip_prefix("agent-") else {
            continue;
        };
        let agent = agent.split('.').next().unwrap();
        if name.ends_with(".jsonl") {
            items.extend(lines(&path, session, Some(agent)));
        } else {
            let content = std::fs::read(&path).unwrap();
            items.push(transcript::agent_meta_item(session, agent, &name, &content).unwrap());
        }
    }
    items
}

fn lines(path: &Path, session: &str, agent: Option<&str>) -> Vec<Item> {
    let mut file = transcript::TranscriptFile::new(session, agent, "file", [1; 32]);
    let text = std::fs::read(path).unwrap();
    let mut offset = 0;
    text.split_inclusive(|byte| *byte == b'\n')
        .map(|line| {
            let item = file.item(line, offset).unwrap();
            offset += line.len() as u64;
            item
        })
        .collect()
}

fn telemetry(folder: &Path, sources: Sources) -> Vec<Item> {
    let mut items = Vec::new();
    for path in read_dir(&folder.join("otlp")) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let wanted = (sources.logs && name.contains("-logs."))
            || (sources.metrics && name.contains("-metrics."))
            || (sources.spans && name.contains("-traces."));
        if wanted && name.ends_with(".json") && !name.ends_with(".headers.json") {
            let export: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            items.extend(export_items(&export));
        }
    }
    items
}

/// The client's own OTLP JSON in canonical form. A server decodes what others send too; here only what was recorded.
fn export_items(export: &Value) -> Vec<Item> {
    let each = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut items = Vec::new();
    for (resources, scopes) in [
        ("resourceLogs", "scopeLogs"),
        ("resourceSpans", "scopeSpans"),
        ("resourceMetrics", "scopeMetrics"),
    ] {
        for resource in each(export, resources) {
            let of_resource = json!({"attributes": attributes(&resource["resource"])});
            for scope in each(&resource, scopes) {
                let head = json!({"resource": of_resource, "scope": {"name": scope["scope"]["name"], "version": scope["scope"]["version"]}});
                for log in each(&scope, "logRecords") {
                    items.push(item(&head, "log", json!({
                        "time_unix_nano": nanos(&log["timeUnixNano"]), "body": log["body"]["stringValue"],
                        "attributes": attributes(&log), "trace_id": log["traceId"], "span_id": log["spanId"],
                    })));
                }
                for span in each(&scope, "spans") {
                    let events: Vec<Value> = each(&span, "events")
                        .iter()
                        .map(
                            |event| json!({"name": event["name"], "attributes": attributes(event)}),
                        )
                        .collect();
                    items.push(item(&head, "span", json!({
                        "trace_id": span["traceId"], "span_id": span["spanId"], "parent_span_id": span["parentSpanId"],
                        "name": span["name"], "start_time_unix_nano": nanos(&span["startTimeUnixNano"]),
                        "end_time_unix_nano": nanos(&span["endTimeUnixNano"]), "attributes": attributes(&span),
                        "events": events,
                    })));
                }
                for metric in each(&scope, "metrics") {
                    for point in each(&metric["sum"], "dataPoints") {
                        let mut head = head.clone();
                        head["metric"] = json!({"name": metric["name"], "type": "sum", "temporality": metric["sum"]["aggregationTemporality"]});
                        items.push(item(&head, "point", json!({
                            "attributes": attributes(&point), "start_time_unix_nano": nanos(&point["startTimeUnixNano"]),
                            "time_unix_nano": nanos(&point["timeUnixNano"]), "value": point["asDouble"],
                        })));
                    }
                }
            }
        }
    }
    items
}

fn item(head: &Value, member: &str, mut inner: Value) -> Item {
    inner
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    let mut body = head.clone();
    body[member] = inner;
    otel::item(body)
}

fn nanos(value: &Value) -> u64 {
    value.as_str().unwrap().parse().unwrap()
}

fn attributes(of: &Value) -> Map<String, Value> {
    let mut map = Map::new();
    for attribute in of["attributes"].as_array().into_iter().flatten() {
        let value = attribute["value"]
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap();
        let value = match value.get("values") {
            Some(values) => values
                .as_array()
                .unwrap()
                .iter()
                .map(|value| value["stringValue"].clone())
                .collect(),
            None => value.clone(),
        };
        map.insert(attribute["key"].as_str().unwrap().to_owned(), value);
    }
    map
}

/// The sources of a document's step, for asserts.
pub fn is_attested(witnesses: &[Source], by: &[Source]) -> bool {
    by.iter().all(|source| witnesses.contains(source))
}
