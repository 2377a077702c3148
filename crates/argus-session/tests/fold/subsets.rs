//! What two or three of a session's sources say, without the one that would join them.

use argus_session::document::{Outcome, StepKind};
use argus_session::{Source, Turn};

use crate::support::{Sources, document};

fn spans_and(other: Sources) -> Sources {
    Sources {
        spans: true,
        ..other
    }
}

#[test]
fn spans_join_the_turn_of_their_tool_calls_and_requests_where_no_log_record_names_their_prompt() {
    for other in [Sources::TRANSCRIPT, Sources::HOOKS] {
        let merged = document("tools", "da681b20", spans_and(other));
        assert_eq!(merged.turns.len(), 1, "{other:?}");
        assert_eq!(merged.session.totals.turns, 1);
        let turn = &merged.turns[0];
        let prompts = turn
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Prompt);
        assert_eq!(prompts.count(), 1);
        assert_eq!((turn.tool_calls, turn.tokens.input_tokens), (8, Some(1540)));
        assert_eq!(turn.outcome, Outcome::Answered);
    }
}

#[test]
fn a_session_of_which_only_metrics_tell_is_one() {
    let metrics = Sources {
        metrics: true,
        ..Sources::NONE
    };
    let session = document("tools", "da681b20", metrics).session;
    assert!(!session.phantom);
    assert!(session.started_at.is_some() && session.started_at <= session.ended_at);
    assert_eq!(session.models, ["claude-opus-5-5"]);
    assert_eq!(session.totals.unattributed_nanousd, Some(23_280_000));
    assert_eq!(
        session.totals.tokens.input_tokens, None,
        "not known, not none"
    );
}

#[test]
fn spans_alone_tell_inputs_and_decisions() {
    let merged = document("tools", "da681b20", spans_and(Sources::NONE));
    let calls: Vec<_> = merged.turns[0]
        .steps
        .iter()
        .filter(|step| step.kind == StepKind::ToolCall)
        .map(|step| step.tool.as_ref().unwrap())
        .collect();
    assert_eq!(calls.len(), 8);
    let bash = calls[0].input.as_ref().unwrap();
    assert_eq!(
        bash.json.as_ref().unwrap()["command"],
        "echo hello && ls src"
    );
    assert!(bash.shortened, "spans tell a part of it");
    for call in calls {
        assert!(call.decision.is_some(), "{:?}", call.name);
        assert_eq!(call.decision_source.as_deref(), Some("config"));
    }
}

fn compaction(turn: &Turn) -> (i64, i64) {
    let step = turn
        .steps
        .iter()
        .find(|step| step.kind == StepKind::Compaction)
        .unwrap();
    (step.at.unwrap(), step.duration_us.unwrap())
}

#[test]
fn a_compaction_ends_where_the_transcript_stamps_it() {
    let end_us = 1_795_348_555_362_000;
    for sources in [Sources::TRANSCRIPT, Sources::LOGS, Sources::ALL] {
        let merged = document("interactive", "f0d688c2", sources);
        let turn = merged
            .turns
            .iter()
            .find(|turn| {
                turn.steps
                    .iter()
                    .any(|step| step.kind == StepKind::Compaction)
            })
            .unwrap();
        let (at, duration_us) = compaction(turn);
        let off = (at + duration_us - end_us).abs();
        assert!(off < 10_000, "{sources:?}: {off} µs from the boundary");
        let request = turn
            .steps
            .iter()
            .find(|step| step.kind == StepKind::ModelRequest);
        if let Some(request) = request {
            assert!(request.at.unwrap() >= at, "the compaction made the request");
        }
    }
}

#[test]
fn a_turn_starts_when_the_first_of_its_witnesses_saw_its_prompt() {
    let started = |sources| document("slash", "4e9c345b", sources).turns[0].started_at;
    let alone = [Sources::TRANSCRIPT, Sources::HOOKS, Sources::OTEL].map(started);
    assert_eq!(started(Sources::ALL), alone.into_iter().min().unwrap());
}

#[test]
fn a_fork_starts_when_it_was_forked() {
    let fork = document("resumed", "0cb74d95", Sources::ALL);
    assert!(fork.turns.iter().any(|turn| turn.copied));
    let own = fork.turns.iter().find(|turn| !turn.copied).unwrap();
    let before = own.started_at.unwrap() - fork.session.started_at.unwrap();
    assert!(
        (0..1_000_000).contains(&before),
        "its process started {before} µs before its first prompt"
    );
}

#[test]
fn hooks_alone_know_a_denied_call_by_its_missing_end() {
    let session = document("failures", "f6a3c0cc", Sources::HOOKS);
    assert_eq!(session.session.totals.errors, 8);
    for id in ["RoWxDo", "9je4AE", "W1GoFs"] {
        let step = session.turns[0]
            .steps
            .iter()
            .find(|step| step.id.ends_with(id))
            .unwrap();
        let error = step.tool.as_ref().unwrap().error.as_ref().unwrap();
        assert!(error.text_bytes > 0, "{error:?}");
    }
}

#[test]
fn hooks_alone_know_what_was_asked_of_a_compaction() {
    let session = document("interactive", "f0d688c2", Sources::HOOKS);
    let turn = session
        .turns
        .iter()
        .find(|turn| turn.prompt.command.as_deref() == Some("/compact"))
        .unwrap();
    let text = turn.prompt.text.as_ref().unwrap();
    assert_eq!(text.text.as_deref(), Some("/compact keep names"));
    assert!(turn.duration_us.unwrap() > 500_000);
}

#[test]
fn an_mcp_prompt_shows_what_it_became() {
    let session = document("slash", "2db04ddf", Sources::ALL);
    let step = session.turns[0]
        .steps
        .iter()
        .find(|step| step.name.as_deref() == Some("mcp_prompt"))
        .unwrap();
    let text = step.text.as_ref().unwrap().text.as_deref();
    assert_eq!(text, Some("Summarise the ledger, please."));
    assert_eq!(step.witnesses, [Source::Transcript]);
}

#[test]
fn a_transcript_names_the_mcp_servers_behind_its_tools() {
    let session = document("slash", "4e9c345b", Sources::TRANSCRIPT).session;
    let names: Vec<_> = session
        .mcp_servers
        .iter()
        .map(|server| (server.name.as_str(), server.calls))
        .collect();
    assert_eq!(names, [("ledger", 0)]);
}

#[test]
fn a_sub_agent_hangs_below_its_call_by_telemetry_alone() {
    let session = document("subagent", "6f1713ac", Sources::OTEL);
    let started: Vec<_> = session
        .turns
        .iter()
        .flat_map(|turn| &turn.steps)
        .filter_map(|step| step.started_agent_id.as_deref())
        .collect();
    assert_eq!(started.len(), 2);
}

#[test]
fn the_request_that_failed_has_its_witnesses() {
    let session = document("api-errors", "0e7ac5fa", Sources::ALL);
    let requests: Vec<_> = session
        .turns
        .iter()
        .flat_map(|turn| &turn.steps)
        .filter(|step| step.kind == StepKind::ModelRequest)
        .collect();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].witnesses,
        [Source::Transcript, Source::OtelLog, Source::OtelSpan]
    );
}
