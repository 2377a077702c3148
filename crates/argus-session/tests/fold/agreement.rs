//! The same session through each source alone agrees with the merged one wherever the source knows a thing.

use argus_session::document::{Outcome, Payload, Step, StepKind, Text, TokenTotals};
use argus_session::{Session, SessionDocument};

use crate::support::{Sources, document};

const SESSIONS: [(&str, &str); 12] = [
    ("simple", "de833988"),
    ("tools", "da681b20"),
    ("tools--content-off", "da681b20"),
    ("tools--old-client", "da681b20"),
    ("subagent", "6f1713ac"),
    ("failures", "f6a3c0cc"),
    ("interactive", "f0d688c2"),
    ("interactive", "52cbdcfd"),
    ("resumed", "30c2fd6e"),
    ("slash", "4e9c345b"),
    ("slash", "7104c562"),
    ("api-errors", "f5d55353"),
];

fn known<'a, T>(alone: Option<&'a T>, merged: Option<&'a T>) -> Option<(&'a T, Option<&'a T>)> {
    alone.map(|alone| (alone, merged))
}

fn same_text(what: &str, alone: Option<&Text>, merged: Option<&Text>) {
    if let Some((alone, merged)) = known(
        alone.and_then(|text| text.text.as_ref()),
        merged.and_then(|text| text.text.as_ref()),
    ) {
        let merged = merged.map_or("", |text| text.trim());
        // Of a text that was broken off, a hook saw what had been shown by then.
        let is_part = what.starts_with("part of ") && merged.starts_with(alone.trim());
        assert!(
            merged == alone.trim() || is_part,
            "{what}: {alone:?} and {merged:?}"
        );
    }
}

fn same_payload(what: &str, alone: Option<&Payload>, merged: Option<&Payload>) {
    let whole = |payload: Option<&Payload>| {
        payload
            .filter(|payload| !payload.shortened)
            .and_then(|payload| payload.json.clone())
    };
    if let Some(alone) = whole(alone) {
        assert_eq!(Some(alone), whole(merged), "{what}");
    }
}

fn same_step(source: &str, alone: &Step, merged: &Step) {
    let what = |field: &str| format!("{field} of {} from {source}", alone.id);
    assert_eq!(alone.kind, merged.kind, "{}", what("kind"));
    assert_eq!(alone.agent_id, merged.agent_id, "{}", what("agent"));
    // Of a compaction, an error, a typed skill the sources keep different texts: see the document's rules.
    if matches!(
        alone.kind,
        StepKind::Prompt | StepKind::Text | StepKind::Thinking
    ) {
        let part = if alone.id.starts_with("message:") {
            "part of "
        } else {
            ""
        };
        same_text(
            &format!("{part}{}", what("text")),
            alone.text.as_ref(),
            merged.text.as_ref(),
        );
    }
    if let (Some(a), Some(m)) = (&alone.tool, &merged.tool) {
        if a.name.as_deref() != Some("mcp_tool") {
            assert_eq!(a.name, m.name, "{}", what("tool name"));
        }
        same_payload(&what("input"), a.input.as_ref(), m.input.as_ref());
        if source != "telemetry" {
            same_payload(&what("output"), a.output.as_ref(), m.output.as_ref());
            same_payload(&what("result"), a.result.as_ref(), m.result.as_ref());
            // Of a call that never came to be decided, only the batch hook tells, in the words for the model.
            same_text(
                &what("error"),
                a.error.as_ref().filter(|_| m.decision.is_some()),
                m.error.as_ref(),
            );
        }
        for (field, a, m) in [
            (
                "is_error",
                a.is_error.map(|e| e.to_string()),
                m.is_error.map(|e| e.to_string()),
            ),
            (
                "decision",
                a.decision.map(|d| format!("{d:?}")),
                m.decision.map(|d| format!("{d:?}")),
            ),
            (
                "decision_source",
                a.decision_source.clone(),
                m.decision_source.clone(),
            ),
        ] {
            if a.is_some() {
                assert_eq!(a, m, "{}", what(field));
            }
        }
    }
    if let (Some(a), Some(m)) = (&alone.model_request, &merged.model_request) {
        // 2.1.197 adds the context window in telemetry, as in `claude-opus-4-8[1m]`.
        let named = |model: &Option<String>| {
            model
                .as_deref()
                .map(|model| model.split('[').next().unwrap().to_owned())
        };
        assert_eq!(named(&a.model), named(&m.model), "{}", what("model"));
        if a.tokens != TokenTotals::default() {
            assert_eq!(a.tokens, m.tokens, "{}", what("tokens"));
        }
        if a.cost_nanousd.is_some() {
            assert_eq!(a.cost_nanousd, m.cost_nanousd, "{}", what("cost"));
        }
        if a.stop_reason.is_some() {
            assert_eq!(a.stop_reason, m.stop_reason, "{}", what("stop reason"));
        }
    }
    if let (Some(a), Some(m)) = (&alone.skill, &merged.skill)
        && a.name != "custom_skill"
    {
        assert_eq!(a.name, m.name, "{}", what("skill"));
    }
}

fn same_session(source: &str, alone: &Session, merged: &Session) {
    for (field, alone, merged) in [
        ("cwd", &alone.cwd, &merged.cwd),
        ("branch", &alone.git_branch, &merged.git_branch),
        ("version", &alone.client.version, &merged.client.version),
        ("end reason", &alone.end_reason, &merged.end_reason),
    ] {
        if alone.is_some() {
            assert_eq!(alone, merged, "{field} from {source}");
        }
    }
    if alone.client.surface.as_str() != "unknown" {
        assert_eq!(
            alone.client.surface, merged.client.surface,
            "surface from {source}"
        );
    }
}

fn find<'a>(merged: &'a SessionDocument, step: &Step) -> &'a Step {
    let is_it = |other: &&Step| {
        std::iter::once(&other.id)
            .chain(&other.aliases)
            .any(|id| *id == step.id || step.aliases.contains(id))
    };
    merged
        .turns
        .iter()
        .flat_map(|turn| &turn.steps)
        .find(is_it)
        .unwrap_or_else(|| {
            panic!(
                "{} ({:?}) has no step in the merged document",
                step.id, step.kind
            )
        })
}

#[test]
fn hooks_transcript_and_telemetry_agree_with_the_whole() {
    for (recording, session) in SESSIONS {
        let merged = document(recording, session, Sources::ALL);
        let sources = [
            ("hooks", Sources::HOOKS),
            ("transcript", Sources::TRANSCRIPT),
            ("telemetry", Sources::OTEL),
        ];
        for (name, sources) in sources {
            let alone = document(recording, session, sources);
            same_session(name, &alone.session, &merged.session);
            for turn in &alone.turns {
                let whole = merged
                    .turns
                    .iter()
                    .find(|other| other.id == turn.id)
                    .unwrap_or_else(|| panic!("turn {} of {name}", turn.id));
                same_text(
                    "prompt",
                    turn.prompt.text.as_ref(),
                    whole.prompt.text.as_ref(),
                );
                let part = if turn.outcome == Outcome::Interrupted {
                    "part of "
                } else {
                    ""
                };
                same_text(
                    &format!("{part}answer"),
                    turn.answer.as_ref(),
                    whole.answer.as_ref(),
                );
                for step in &turn.steps {
                    same_step(name, step, find(&merged, step));
                }
            }
        }
    }
}

#[test]
fn every_id_a_step_ever_had_still_finds_it() {
    for (recording, session) in SESSIONS {
        let merged = document(recording, session, Sources::ALL);
        for sources in [
            Sources::HOOKS,
            Sources::TRANSCRIPT,
            Sources::OTEL,
            Sources::LOGS,
        ] {
            for step in document(recording, session, sources)
                .turns
                .iter()
                .flat_map(|turn| &turn.steps)
            {
                let ids = std::iter::once(&step.id).chain(&step.aliases);
                for id in ids {
                    let found = merged
                        .turns
                        .iter()
                        .flat_map(|turn| &turn.steps)
                        .any(|other| other.id == *id || other.aliases.contains(id));
                    assert!(
                        found,
                        "{id} ({:?}) of {recording} from {sources:?}",
                        step.kind
                    );
                }
            }
        }
    }
}
