//! Cowork: session folders on a computer (made-up samples) and telemetry.

use std::fmt::Write as _;
use std::path::Path;

use argus_session::document::{Grade, Outcome, StepKind, Surface};
use argus_session::source::cowork::{self, AuditFile};
use argus_session::source::transcript::TranscriptFile;
use argus_session::{Item, Record, SessionDocument, Source};
use serde_json::{Value, json};

use crate::properties;
use crate::support::items::{self, fold, fold_of, lines, log, us};
use crate::support::{folder, to_record};

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path.to_str().unwrap().to_owned());
        }
    }
}

/// The items of the one session of a sample, by kind of file: metadata, transcript, audit.
fn sample(name: &str) -> (String, [Vec<Item>; 3]) {
    let mut paths = Vec::new();
    files(&folder(name), &mut paths);
    let sessions = cowork::sessions(paths.iter().map(String::as_str));
    assert_eq!(sessions.len(), 1);
    let files = sessions.into_values().next().unwrap();
    let content = std::fs::read(files.metadata.unwrap()).unwrap();
    let session = cowork::cli_session_id(&content).unwrap();
    let metadata = cowork::metadata_item(&content, "local.json", &[1; 32]).unwrap();
    let mut audit_file = AuditFile::new(&session, "audit.jsonl", [1; 32]);
    let audit = each_line(&files.audit.unwrap(), |line, at| {
        audit_file.item(line, at).unwrap()
    });
    let mut transcript = Vec::new();
    for path in files.transcripts {
        let mut file = TranscriptFile::new(&session, None, "t.jsonl", [1; 32]);
        transcript.extend(each_line(&path, |line, at| file.item(line, at).unwrap()));
    }
    (session, [vec![metadata], transcript, audit])
}

fn each_line(path: &str, mut item: impl FnMut(&[u8], u64) -> Item) -> Vec<Item> {
    let content = std::fs::read(path).unwrap();
    let mut at = 0;
    content
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| {
            let item = item(line, at);
            at += line.len() as u64;
            item
        })
        .collect()
}

#[test]
fn transcript_and_audit_log_are_one_witness() {
    for name in ["cowork-compacted", "cowork-dispatch"] {
        let (session, [metadata, transcript, audit]) = sample(name);
        // Neither is missed where the other is: both are what the client wrote down.
        for items in [
            [metadata.clone(), transcript, audit.clone()],
            [metadata, vec![], audit],
        ] {
            let coverage = fold_of(&session, items.concat()).session.coverage;
            assert_eq!(coverage.grade, Grade::SingleWitness, "{name}: {coverage:?}");
        }
    }
}

/// A session as lines: what a reader needs to see of turns, steps and who attests them.
pub(crate) fn outline(document: &SessionDocument) -> String {
    let session = &document.session;
    let mut out = String::new();
    let title = session
        .title
        .as_ref()
        .and_then(|title| title.text.as_deref());
    writeln!(
        out,
        "{:?} surface={} models={:?} cwd={:?} version={:?}\nsources={:?}\nservers={:?} agents={:?}\ncowork={:?}\nlinks={:?}\ncounts={:?}",
        title.unwrap_or("-"),
        session.client.surface.as_str(),
        session.models,
        session.cwd,
        session.client.version,
        session.sources.iter().map(|source| source.as_str()).collect::<Vec<_>>(),
        session.mcp_servers.iter().map(|server| &server.name).collect::<Vec<_>>(),
        session.agents.iter().map(|agent| &agent.id).collect::<Vec<_>>(),
        session.cowork,
        session.links,
        session.counts,
    )
    .unwrap();
    for turn in &document.turns {
        let kind = turn.id.split_once(':').map_or("own", |(kind, _)| kind);
        writeln!(
            out,
            "turn {} ({kind}) {:?} {:?}",
            turn.index, turn.prompt.kind, turn.outcome
        )
        .unwrap();
        for step in &turn.steps {
            let text = step.text.as_ref().and_then(|text| text.text.as_deref());
            let tool = step.tool.as_ref().map(|tool| {
                let output = tool.output.as_ref().and_then(|output| output.json.as_ref());
                format!(
                    " {}({}) -> {}",
                    tool.name.as_deref().unwrap_or("-"),
                    tool.use_id.as_deref().unwrap_or("-"),
                    output.map(Value::to_string).unwrap_or_default()
                )
            });
            let request = step.model_request.as_ref().map(|request| {
                format!(
                    " {:?}/{:?}",
                    request.tokens.input_tokens, request.tokens.output_tokens
                )
            });
            let by: Vec<&str> = step
                .witnesses
                .iter()
                .map(|source| source.as_str())
                .collect();
            writeln!(
                out,
                "  {:?}{}{}{} by {}",
                step.kind,
                text.map(|text| format!(" {text:?}")).unwrap_or_default(),
                tool.unwrap_or_default(),
                request.unwrap_or_default(),
                by.join("+")
            )
            .unwrap();
        }
    }
    out
}

#[test]
fn what_a_compaction_took_away_is_there_and_nothing_is_there_twice() {
    let (session, parts) = sample("cowork-compacted");
    let document = fold_of(&session, parts.into_iter().flatten());
    insta::assert_snapshot!(outline(&document));
    let stored = serde_json::to_string(&document).unwrap();
    assert!(!stored.contains("made-up-token"));
}

#[test]
fn the_audit_log_alone_is_a_session_and_the_transcript_takes_it_up() {
    let (session, [_, transcript, audit]) = sample("cowork-compacted");
    let alone = fold_of(&session, audit.clone());
    assert_eq!(alone.turns.len(), 4);
    assert_eq!(alone.session.client.surface, Surface::Cowork);
    assert_eq!(alone.session.totals.tool_calls, 2);
    let both = fold_of(&session, audit.into_iter().chain(transcript));
    assert_eq!(both.turns.len(), alone.turns.len());
    assert_eq!(
        both.session.totals.tool_calls,
        alone.session.totals.tool_calls
    );
    assert_eq!(both.session.totals.tokens, alone.session.totals.tokens);
    let outcomes =
        |of: &SessionDocument| of.turns.iter().map(|turn| turn.outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(&both), outcomes(&alone));
    assert_eq!(both.turns[3].outcome, Outcome::Interrupted);
}

#[test]
fn no_order_of_the_records_makes_a_difference() {
    for name in ["cowork-compacted", "cowork-dispatch"] {
        let (session, parts) = sample(name);
        let mut records: Vec<Record> = parts
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(id, item)| to_record(item, id as u64))
            .collect();
        let expected = properties::document(&session, &records);
        for seed in 0..200 {
            properties::shuffle(&mut records, seed);
            let found = properties::document(&session, &records);
            assert_eq!(found, expected, "{name}, seed {seed}");
        }
    }
}

#[test]
fn a_dispatched_session_has_no_transcript() {
    let (session, parts) = sample("cowork-dispatch");
    insta::assert_snapshot!(outline(&fold_of(&session, parts.into_iter().flatten())));
}

fn audit(at_ms: u32, kind: &str, content: &Value) -> Value {
    json!({
        "type": kind, "uuid": format!("a{at_ms}"), "_audit_timestamp": us(at_ms) / 1_000,
        "message": {"role": kind, "content": content},
    })
}

fn audited(lines: &[Value]) -> Vec<Item> {
    let mut file = AuditFile::new("s", "audit.jsonl", [0; 32]);
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            file.item(line.to_string().as_bytes(), place as u64)
                .unwrap()
        })
        .collect()
}

#[test]
fn equal_prompts_of_two_turns_stay_two() {
    let log = audited(&[
        audit(0, "user", &json!("yes")),
        audit(1, "user", &json!("yes")),
        audit(
            500,
            "assistant",
            &json!([{"type": "text", "text": "First."}]),
        ),
        audit(20_000, "user", &json!("yes")),
        audit(20_001, "user", &json!("yes")),
        audit(
            20_500,
            "assistant",
            &json!([{"type": "text", "text": "Second."}]),
        ),
    ]);
    let transcript = lines(
        None,
        &[
            items::user(2, "p1", None, "one", json!("yes")),
            items::assistant(501, "t1", "p1", "r1", items::says("First.")),
            items::user(20_002, "p2", Some("t1"), "two", json!("yes")),
            items::assistant(20_501, "t2", "p2", "r2", items::says("Second.")),
        ],
    );
    for items in [log.clone(), log.into_iter().chain(transcript).collect()] {
        let document = fold(items);
        let answers: Vec<_> = document
            .turns
            .iter()
            .map(|turn| turn.answer.clone().unwrap().text.unwrap())
            .collect();
        assert_eq!(answers, ["First.", "Second."]);
        for turn in &document.turns {
            let of = |kind| turn.steps.iter().filter(|step| step.kind == kind).count();
            assert_eq!((of(StepKind::Prompt), of(StepKind::Text)), (1, 1));
        }
    }
}

/// A log record as Cowork's page describes it: no tool use id, no request id.
fn event(at_ms: u32, name: &str, attributes: Value) -> Item {
    let mut item = log(at_ms, "", name, attributes);
    item.body["resource"] = json!({"attributes": {
        "service.name": "cowork", "service.version": "1.17377.0", "host.arch": "arm64", "os.type": "darwin", "process.owner": "sample",
    }});
    let standard = json!({
        "prompt.id": "p", "terminal.type": "non-interactive", "user.email": "sample@example.com",
        "user.account_uuid": "acc", "organization.id": "org", "workspace.host_paths": ["/Users/sample/Receipts"],
    });
    let own = item.body["log"]["attributes"].as_object_mut().unwrap();
    for (key, value) in standard.as_object().unwrap() {
        own.insert(key.clone(), value.clone());
    }
    item
}

fn telemetry() -> Vec<Item> {
    vec![
        event(
            0,
            "user_prompt",
            json!({"prompt": "List the receipts.", "prompt_length": 18, "event.sequence": 1}),
        ),
        event(
            900,
            "api_request",
            json!({"model": "claude-opus-5-5", "cost_usd": 0.002, "duration_ms": "800", "input_tokens": 50,
            "output_tokens": "7", "cache_read_tokens": 0, "cache_creation_tokens": 0, "speed": "normal"}),
        ),
        event(
            950,
            "tool_decision",
            json!({"tool_name": "Bash", "decision": "accept", "source": "config"}),
        ),
        event(
            1_200,
            "tool_result",
            json!({"tool_name": "Bash", "success": "true", "duration_ms": 250, "decision_type": "accept",
            "decision_source": "config", "tool_result_size_bytes": 12, "tool_input": "{\"command\":\"ls\"}"}),
        ),
        event(
            2_000,
            "api_request",
            json!({"model": "claude-opus-5-5", "cost_usd": 0.003, "duration_ms": 700, "input_tokens": 60,
            "output_tokens": 3, "speed": "normal"}),
        ),
        event(
            2_010,
            "assistant_response",
            json!({"model": "claude-opus-5-5", "response_length": 11, "response": "Three files"}),
        ),
        event(
            2_100,
            "api_error",
            json!({"model": "claude-opus-5-5", "error": "overloaded", "status_code": "undefined", "duration_ms": 5, "attempt": 1}),
        ),
        event(2_200, "brand_new_event", json!({"what": "ever"})),
    ]
}

#[test]
fn coworks_events_mean_what_those_of_claude_code_do() {
    let document = fold(telemetry());
    insta::assert_snapshot!(outline(&document));
    assert_eq!(
        document.session.user.email.as_deref(),
        Some("sample@example.com")
    );
    assert_eq!(document.session.counts["otel_log.brand_new_event"], 1);
}

#[test]
fn the_clients_prefix_makes_no_difference() {
    let mut items = telemetry();
    for item in &mut items {
        let attributes = item.body["log"]["attributes"].as_object_mut().unwrap();
        let name = attributes.shift_remove("event.name").unwrap();
        let name = name.as_str().unwrap().to_owned();
        item.body["log"]["body"] = json!(format!("claude_code.{name}"));
    }
    assert_eq!(outline(&fold(items)), outline(&fold(telemetry())));
}

#[test]
fn telemetry_without_ids_joins_what_the_audit_log_has() {
    let mut request = audit(
        100,
        "assistant",
        &json!([{"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {"command": "ls"}}]),
    );
    request["message"]["id"] = json!("msg_1");
    request["message"]["model"] = json!("claude-opus-5-5");
    request["message"]["usage"] = json!({"input_tokens": 50, "output_tokens": 7, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0});
    let log = audited(&[
        audit(10, "user", &json!("List the receipts.")),
        request,
        audit(
            1_190,
            "user",
            &json!([{"type": "tool_result", "tool_use_id": "toolu_1", "content": "a\nb\nc"}]),
        ),
        audit(
            2_005,
            "assistant",
            &json!([{"type": "text", "text": "Three files"}]),
        ),
    ]);
    let document = fold(telemetry().into_iter().chain(log));
    let [turn] = document.turns.as_slice() else {
        panic!("one turn: {}", outline(&document))
    };
    assert_eq!(turn.tool_calls, 1, "{}", outline(&document));
    assert_eq!(turn.tokens.output_tokens, Some(10));
    assert_eq!(turn.cost.cost_nanousd, Some(5_000_000));
    let call = turn
        .steps
        .iter()
        .find(|step| step.kind == StepKind::ToolCall)
        .unwrap();
    assert_eq!(call.witnesses, [Source::OtelLog, Source::CoworkAudit]);
    assert_eq!(call.duration_us, Some(250_000));
    let texts = turn
        .steps
        .iter()
        .filter(|step| step.kind == StepKind::Text)
        .count();
    assert_eq!(texts, 1, "{}", outline(&document));
}
