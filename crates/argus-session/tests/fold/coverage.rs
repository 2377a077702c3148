//! How much of a session was seen: by the recordings, whole and with parts taken away, and by what a capture client says.

use std::collections::BTreeMap;

use argus_session::document::{Coverage, Grade, ReasonCode};
use argus_session::{Fold, Item, Meta, NaturalKey, Record, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Sources, records, to_record};

fn coverage(session: &str, records: &[Record]) -> Coverage {
    let mut fold = Fold::new(session);
    for record in records {
        fold.apply(record);
    }
    fold.document().session.coverage
}

fn only(name: &str, sources: Sources) -> (String, Vec<Record>) {
    records(name, sources).pop_first().unwrap()
}

fn codes(coverage: &Coverage) -> BTreeMap<ReasonCode, u64> {
    let codes = coverage
        .reasons
        .iter()
        .map(|reason| (reason.code, reason.count));
    codes.collect()
}

/// What a capture client says, in a session.
fn said(session: &str, key: &str, second: i64, body: Value) -> Record {
    let item = Item {
        source: Source::Capture,
        key: NaturalKey::given(key),
        session_id: Some(session.to_owned()),
        at_us: Some(1_795_348_000_000_000 + second * 1_000_000),
        body,
        meta: Meta {
            device: Some("0f".repeat(16)),
            ..Meta::default()
        },
    };
    to_record(item, 900_000 + u64::try_from(second).unwrap())
}

fn started(session: &str) -> Record {
    let body = json!({"type": "capture_state", "state": "started", "client": {"version": "0.1.0", "os": "linux", "arch": "x86_64"}, "hooks": ["SessionStart"]});
    said(session, "state", 1, body)
}

fn lost(session: &str, key: &str, count: u64) -> Record {
    let body = json!({"type": "lost", "reason": "spool_full", "count": count, "bytes": 100 * count, "by_source": {"transcript": count},
        "from": "2026-11-22T11:00:00Z", "to": "2026-11-22T12:00:00Z", "session_id": session});
    said(session, key, 2, body)
}

/// A hook's name, where the record is a hook's.
fn hook(record: &Record) -> Option<&str> {
    (record.source == Source::Hook)
        .then(|| record.body.get("hook_event_name"))
        .flatten()
        .and_then(Value::as_str)
}

fn sequence(record: &Record) -> Option<i64> {
    (record.source == Source::OtelLog)
        .then(|| record.body.pointer("/log/attributes/event.sequence"))
        .flatten()
        .and_then(Value::as_i64)
}

#[test]
fn witnesses_that_agree_make_a_session_complete() {
    // Calls without hooks, calls that telemetry never hears of, MCP tools without a name, copies of a fork, processes, `/clear`.
    let names = [
        "simple--content-off",
        "tools",
        "failures",
        "subagent",
        "interactive",
        "resumed",
        "tools-mcp",
        "tools-names",
        "tools-jobs",
        "tools-agents",
        "tools--old-client",
        "api-errors",
        "slash",
    ];
    for name in names {
        for (id, records) in records(name, Sources::ALL) {
            let coverage = coverage(&id, &records);
            let is_told = !codes(&coverage).contains_key(&ReasonCode::NothingTold);
            let expected = if is_told {
                Grade::Complete
            } else {
                Grade::Unknown
            };
            assert_eq!(coverage.grade, expected, "{name} {id}: {coverage:?}");
        }
    }
}

#[test]
fn one_witness_is_said_to_be_one() {
    for (sources, word) in [
        (Sources::TRANSCRIPT, "what the client wrote down"),
        (Sources::OTEL, "telemetry"),
        (Sources::HOOKS, "hooks"),
    ] {
        let (id, records) = only("tools", sources);
        let coverage = coverage(&id, &records);
        assert_eq!(coverage.grade, Grade::SingleWitness, "{coverage:?}");
        assert!(coverage.reasons[0].text.starts_with(word), "{coverage:?}");
    }
}

#[test]
fn hooks_that_tell_only_that_something_happened_are_no_second_witness() {
    let (id, all) = only(
        "tools",
        Sources {
            hooks: true,
            ..Sources::TRANSCRIPT
        },
    );
    let lifecycle: Vec<Record> = all
        .into_iter()
        .filter(|record| {
            hook(record).is_none_or(|name| matches!(name, "SessionStart" | "SessionEnd"))
        })
        .collect();
    let coverage = coverage(&id, &lifecycle);
    assert_eq!(coverage.grade, Grade::SingleWitness, "{coverage:?}");
    assert_eq!(coverage.details.unwrap().hooks["SessionEnd"], 1);
}

#[test]
fn numbers_are_all_that_metrics_tell() {
    let metrics = Sources {
        metrics: true,
        ..Sources::NONE
    };
    let (id, records) = only("tools", metrics);
    let coverage = coverage(&id, &records);
    assert_eq!(coverage.grade, Grade::Unknown);
    assert!(codes(&coverage).contains_key(&ReasonCode::NothingTold));
}

#[test]
fn numbers_of_events_that_are_missing_are_counted_by_process() {
    let (id, all) = records("resumed", Sources::ALL)
        .into_iter()
        .find(|(id, _)| id.starts_with("30c2"))
        .unwrap();
    let whole = coverage(&id, &all).details.unwrap();
    let processes: Vec<(u64, u64, u64)> = whole
        .processes
        .iter()
        .map(|p| (p.first, p.last, p.missing))
        .collect();
    assert_eq!(processes, [(0, 88, 0), (72, 79, 0), (0, 88, 0), (0, 86, 0)]);

    let mut gone = 0;
    let cut: Vec<Record> = all
        .iter()
        .filter(|record| {
            let is_gone = matches!(sequence(record), Some(20..=24));
            gone += u64::from(is_gone);
            !is_gone
        })
        .cloned()
        .collect();
    let coverage = coverage(&id, &cut);
    assert_eq!(coverage.grade, Grade::Partial);
    assert_eq!(
        codes(&coverage)[&ReasonCode::EventsMissing],
        gone,
        "{coverage:?}"
    );
}

#[test]
fn a_leap_where_a_process_began_is_none_in_a_process() {
    let event = |second: i64, number: i64| {
        let body = json!({"resource": {"attributes": {"service.version": "2.1.330"}}, "log": {"time_unix_nano": second * 1_000_000_000,
            "body": "claude_code.x", "attributes": {"session.id": "s", "event.name": "x", "event.sequence": number}}});
        to_record(
            argus_session::source::otel::item(body),
            u64::try_from(second).unwrap(),
        )
    };
    let start = |second: i64, source: &str| {
        let meta = Meta {
            captured_at_us: Some(second * 1_000_000),
            ..Meta::default()
        };
        let body = json!({"session_id": "s", "hook_event_name": "SessionStart", "source": source});
        to_record(
            argus_session::source::hook::item(body, &format!("k{second}"), meta),
            1_000,
        )
    };
    let events = [event(100, 0), event(101, 1), event(200, 7), event(201, 8)];
    let missing = |more: &[Record]| {
        let all: Vec<Record> = events.iter().chain(more).cloned().collect();
        let processes = coverage("s", &all).details.unwrap().processes;
        (
            processes.len(),
            processes.iter().map(|process| process.missing).sum::<u64>(),
        )
    };
    assert_eq!(missing(&[]), (1, 5));
    assert_eq!(missing(&[start(198, "resume")]), (2, 0));
    // Stamped a moment after the process' first events.
    assert_eq!(missing(&[start(202, "resume")]), (2, 0));
    // The process goes on.
    assert_eq!(missing(&[start(198, "clear")]), (1, 5));
    // Its own.
    assert_eq!(missing(&[start(102, "startup")]), (1, 5));
}

#[test]
fn what_others_saw_and_the_transcript_has_not_is_counted() {
    let (id, all) = only("tools-agents", Sources::ALL);
    let of_main: Vec<Record> = all
        .iter()
        .filter(|record| record.source != Source::Transcript || record.meta.agent_id.is_none())
        .cloned()
        .collect();
    let of = coverage(&id, &of_main);
    assert_eq!(of.grade, Grade::Partial);
    assert!(codes(&of)[&ReasonCode::AgentsNotInTranscript] > 0, "{of:?}");
    assert!(codes(&of)[&ReasonCode::CallsNotInTranscript] > 0, "{of:?}");

    // The file was cut: what came last is not in it.
    let last = all
        .iter()
        .filter(|record| record.source == Source::Transcript)
        .filter_map(|record| record.at_us)
        .max()
        .unwrap();
    let cut: Vec<Record> = all
        .iter()
        .filter(|record| {
            record.source != Source::Transcript
                || record
                    .at_us
                    .is_none_or(|at| at < last - 3_000_000 || at < all[0].at_us.unwrap_or(0))
        })
        .cloned()
        .collect();
    assert!(cut.len() < all.len());
    let of = coverage(&id, &cut);
    assert_eq!(of.grade, Grade::Partial, "{of:?}");
}

#[test]
fn a_turn_that_telemetry_has_not_is_counted() {
    let (id, all) = only("interactive", Sources::ALL);
    let all = if id.starts_with("f0d6") {
        all
    } else {
        records("interactive", Sources::ALL).pop_last().unwrap().1
    };
    let whole = coverage("f0d688c2-ae95-5137-ac24-bf54d3478a57", &all);
    let turns = whole.details.unwrap().turns.total;
    let from = all.iter().filter_map(sequence).max().unwrap() - 30;
    let cut: Vec<Record> = all
        .into_iter()
        .filter(|record| {
            record.source != Source::OtelSpan && sequence(record).is_none_or(|number| number < from)
        })
        .collect();
    let of = coverage("f0d688c2-ae95-5137-ac24-bf54d3478a57", &cut);
    let missing = codes(&of)[&ReasonCode::TurnsNotInTelemetry];
    assert!(missing > 0 && missing < turns, "{of:?}");
    assert_eq!(of.grade, Grade::Partial);
}

#[test]
fn a_capture_client_without_a_transcript_is_told_of() {
    let (id, mut records) = only("tools", Sources::OTEL);
    records.push(started(&id));
    let coverage = coverage(&id, &records);
    assert_eq!(coverage.grade, Grade::Partial);
    assert_eq!(coverage.reasons[0].code, ReasonCode::NoTranscript);
    let details = coverage.details.unwrap();
    assert_eq!(details.capture_versions, ["0.1.0"]);
    assert_eq!(details.devices, ["0f".repeat(16)]);
    assert_eq!(details.client_versions, ["2.1.330"]);
}

#[test]
fn hooks_that_went_quiet_are_told_of() {
    let (id, all) = records("tools-todo", Sources::ALL).pop_first().unwrap();
    let first_stop = all
        .iter()
        .filter(|record| hook(record) == Some("Stop"))
        .filter_map(|record| record.at_us)
        .min()
        .unwrap();
    let quiet: Vec<Record> = all
        .iter()
        .filter(|record| hook(record).is_none() || record.at_us.is_some_and(|at| at <= first_stop))
        .cloned()
        .collect();
    let of = coverage(&id, &quiet);
    assert_eq!(of.grade, Grade::Partial, "{of:?}");
    assert_eq!(codes(&of)[&ReasonCode::HooksQuiet], 1, "{of:?}");
    assert_eq!(of.details.unwrap().last_hook_at, Some(first_stop));
    // Those that never fired did not go quiet.
    let none: Vec<Record> = all
        .iter()
        .filter(|record| hook(record).is_none())
        .cloned()
        .collect();
    assert_eq!(coverage(&id, &none).grade, Grade::Complete);
}

#[test]
fn what_the_client_lost_is_summed_by_reason() {
    let (id, mut records) = only("simple", Sources::ALL);
    records.extend([lost(&id, "l1", 3), lost(&id, "l2", 4), lost(&id, "l1", 3)]);
    let coverage = coverage(&id, &records);
    assert_eq!(
        (coverage.grade, codes(&coverage)[&ReasonCode::Lost]),
        (Grade::Partial, 7)
    );
    let lost = &coverage.details.unwrap().lost;
    assert_eq!(
        (lost.len(), lost[0].bytes, lost[0].by_source["transcript"]),
        (1, 700, 7)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// With what a capture client says among the rest, and with parts taken away.
    #[test]
    fn the_order_of_records_does_not_matter(seed in any::<u64>(), skip in 2_usize..9) {
        let (id, mut records) = only("tools-agents", Sources::ALL);
        records.extend([started(&id), lost(&id, "l1", 3), lost(&id, "l2", 4)]);
        let kept: Vec<Record> = records.into_iter().enumerate().filter(|(place, _)| place % skip != 0).map(|(_, record)| record).collect();
        let expected = coverage(&id, &kept);
        let mut shuffled: Vec<(u64, Record)> = kept
            .into_iter()
            .enumerate()
            .map(|(place, record)| ((place as u64 + 1).wrapping_mul(seed | 1), record))
            .collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let shuffled: Vec<Record> = shuffled.into_iter().map(|(_, record)| record).collect();
        prop_assert_eq!(coverage(&id, &shuffled), expected);
    }
}
