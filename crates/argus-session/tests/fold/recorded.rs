//! What the fold gets right on each recording, all sources together.

use argus_session::document::{Decision, PromptKind, Step, StepKind, Turn, UserFrom};
use argus_session::{SessionDocument, Source};
use serde_json::json;

use crate::support::{Sources, document};

fn text(step: &Step) -> &str {
    step.text
        .as_ref()
        .and_then(|text| text.text.as_deref())
        .unwrap_or_default()
}

fn of_kind(turn: &Turn, kind: StepKind) -> Vec<&Step> {
    turn.steps.iter().filter(|step| step.kind == kind).collect()
}

fn call<'a>(document: &'a SessionDocument, name: &str, nth: usize) -> &'a Step {
    let calls = document.turns.iter().flat_map(|turn| &turn.steps);
    let named =
        |step: &&Step| step.tool.as_ref().and_then(|tool| tool.name.as_deref()) == Some(name);
    calls
        .filter(|step| step.kind == StepKind::ToolCall)
        .filter(named)
        .nth(nth)
        .unwrap()
}

#[test]
fn typed_prompt_with_its_answer() {
    let document = document("simple", "de833988", Sources::ALL);
    let [turn] = document.turns.as_slice() else {
        panic!("one turn")
    };
    assert_eq!(turn.prompt.kind, PromptKind::Typed);
    assert_eq!(
        turn.prompt
            .text
            .as_ref()
            .and_then(|text| text.text.as_deref()),
        Some("Say hello in one word.")
    );
    assert_eq!(
        turn.answer.as_ref().unwrap().text.as_deref(),
        Some("Hello.")
    );
    assert_eq!(
        document.session.title.as_ref().unwrap().text.as_deref(),
        Some("Say hello in one word.")
    );
    assert_eq!(document.session.user.from, Some(UserFrom::Claim));
    assert_eq!(document.session.client.version.as_deref(), Some("2.1.330"));
    assert_eq!(document.session.client.surface.as_str(), "headless");
    assert_eq!(document.session.end_reason.as_deref(), Some("other"));
    assert_eq!(document.session.git_branch.as_deref(), Some("main"));
}

#[test]
fn slash_command_skill_and_mcp_prompt() {
    let kinds = [
        (
            "4e9c345b",
            PromptKind::Skill,
            "/release-notes v2.0",
            "/release-notes",
        ),
        ("7104c562", PromptKind::SlashCommand, "/hello Ada", "/hello"),
        (
            "2db04ddf",
            PromptKind::McpPrompt,
            "/mcp__ledger__summarise",
            "/mcp__ledger__summarise",
        ),
    ];
    for (session, kind, text, command) in kinds {
        let document = document("slash", session, Sources::ALL);
        let prompt = &document.turns[0].prompt;
        assert_eq!(
            (
                prompt.kind,
                prompt.text.as_ref().and_then(|text| text.text.as_deref())
            ),
            (kind, Some(text))
        );
        assert_eq!(prompt.command.as_deref(), Some(command));
    }
}

#[test]
fn an_unknown_command_is_a_typed_prompt() {
    let document = document("slash", "ee510c0c", Sources::ALL);
    assert_eq!(document.turns[0].prompt.kind, PromptKind::Typed);
}

#[test]
fn builtin_commands_keep_their_cost_and_count_in_no_turns() {
    let document = document("slash", "7104c562", Sources::ALL);
    let compact = &document.turns[1];
    assert_eq!(
        (
            compact.prompt.kind,
            compact
                .prompt
                .text
                .as_ref()
                .and_then(|text| text.text.as_deref())
        ),
        (PromptKind::BuiltinCommand, Some("/compact keep the names"))
    );
    assert_eq!(compact.cost.cost_nanousd, Some(1_540_000));
    assert_eq!(document.turns.len(), 3);
    assert_eq!(document.session.totals.turns, 2);
    assert_eq!(document.session.totals.cost.cost_nanousd, Some(3_100_000));
}

#[test]
fn assistant_text_and_thinking() {
    let document = document("tools", "da681b20", Sources::ALL);
    let turn = &document.turns[0];
    let thinking: Vec<&str> = of_kind(turn, StepKind::Thinking)
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(thinking, ["First look around."]);
    let texts: Vec<&str> = of_kind(turn, StepKind::Text)
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(
        texts,
        [
            "I will look around first.",
            "Release v1.2 is ready: the notes are in NOTES.md and invoice INV-42 is paid."
        ]
    );
}

#[test]
fn every_tool_call_with_input_output_decision_and_duration() {
    let document = document("tools", "da681b20", Sources::ALL);
    assert_eq!(document.session.totals.tool_calls, 8);
    let step = call(&document, "Bash", 0);
    let tool = step.tool.as_ref().unwrap();
    assert_eq!(
        tool.input.as_ref().unwrap().json,
        Some(json!({"command": "echo hello && ls src", "description": "Say hello and list src"}))
    );
    assert_eq!(
        tool.output.as_ref().unwrap().json,
        Some(json!("hello\napp.py"))
    );
    assert_eq!(
        tool.result.as_ref().unwrap().json.as_ref().unwrap()["stdout"],
        "hello\napp.py"
    );
    assert_eq!(
        (
            tool.is_error,
            tool.decision,
            tool.decision_source.as_deref()
        ),
        (Some(false), Some(Decision::Accept), Some("config"))
    );
    assert_eq!(step.duration_us, Some(58_000));
    assert_eq!(
        step.witnesses,
        [
            Source::Hook,
            Source::Transcript,
            Source::OtelLog,
            Source::OtelSpan
        ]
    );
    for step in of_kind(&document.turns[0], StepKind::ToolCall) {
        let tool = step.tool.as_ref().unwrap();
        assert!(
            tool.input.as_ref().unwrap().json.is_some()
                && tool.output.as_ref().unwrap().json.is_some(),
            "{}",
            step.id
        );
        assert!(
            step.duration_us.is_some() && tool.decision.is_some(),
            "{}",
            step.id
        );
    }
}

#[test]
fn tool_errors_with_their_text() {
    let document = document("failures", "f6a3c0cc", Sources::ALL);
    let seen: Vec<(String, Option<Decision>, String)> =
        of_kind(&document.turns[0], StepKind::ToolCall)
            .into_iter()
            .map(|step| {
                let tool = step.tool.as_ref().unwrap();
                assert!(step.is_error && tool.is_error == Some(true));
                let error = tool.error.as_ref().unwrap().text.clone().unwrap();
                (
                    tool.name.clone().unwrap(),
                    tool.decision,
                    error.lines().next().unwrap().chars().take(40).collect(),
                )
            })
            .collect();
    let expected = [
        ("Bash", Some(Decision::Accept), "Exit code 3"),
        (
            "Read",
            Some(Decision::Accept),
            "File does not exist. Note: your current ",
        ),
        (
            "mcp__ledger__fail",
            Some(Decision::Accept),
            "ledger is locked",
        ),
        (
            "Bash",
            Some(Decision::Reject),
            "Permission to use Bash with command curl",
        ),
        (
            "Bash",
            Some(Decision::Reject),
            "touch in '/home/dev/other.txt' needs app",
        ),
        (
            "Write",
            Some(Decision::Reject),
            "Claude requested permissions to write to",
        ),
        ("NoSuchTool", None, "No such tool available: NoSuchTool"),
        ("Read", None, "InputValidationError: ["),
    ];
    let expected: Vec<_> = expected
        .map(|(name, decision, error)| (name.to_owned(), decision, error.to_owned()))
        .into();
    assert_eq!(seen, expected);
    assert_eq!(document.session.totals.errors, 8);
}

#[test]
fn calls_that_only_the_transcript_or_only_the_batch_hook_knows() {
    for sources in [Sources::TRANSCRIPT, Sources::HOOKS] {
        let document = document("failures", "f6a3c0cc", sources);
        let unknown = call(&document, "NoSuchTool", 0);
        let tool = unknown.tool.as_ref().unwrap();
        assert_eq!(tool.input.as_ref().unwrap().json, Some(json!({"a": 1})));
        assert_eq!(tool.is_error, Some(true));
        assert_eq!(document.session.totals.tool_calls, 8, "{sources:?}");
    }
    assert_eq!(
        document("failures", "f6a3c0cc", Sources::OTEL)
            .session
            .totals
            .tool_calls,
        6,
        "telemetry never sees two of them"
    );
}

#[test]
fn permission_requests_find_their_call() {
    let document = document("interactive", "f0d688c2", Sources::ALL);
    let asked = |turn: usize| {
        of_kind(&document.turns[turn], StepKind::Permission)[0]
            .tool
            .clone()
            .unwrap()
    };
    assert_eq!(
        (asked(1).use_id.as_deref(), asked(1).decision),
        (
            Some("toolu_01uZ0kmSZdogRcjgX1AYdACD"),
            Some(Decision::Accept)
        )
    );
    assert_eq!(
        (
            asked(2).use_id.as_deref(),
            asked(2).decision_source.as_deref()
        ),
        (Some("toolu_01SkVxkR11WxPcttEbSZ0y70"), Some("user_reject"))
    );
}

#[test]
fn mcp_server_and_tool_from_any_source() {
    for sources in [
        Sources::TRANSCRIPT,
        Sources::HOOKS,
        Sources::LOGS,
        Sources::OTEL,
        Sources::ALL,
    ] {
        let document = document("tools", "da681b20", sources);
        let step = call(&document, "mcp__ledger__lookup", 0);
        let mcp = step.tool.as_ref().unwrap().mcp.as_ref().unwrap();
        assert_eq!(
            (mcp.server.as_deref(), mcp.tool.as_deref()),
            (Some("ledger"), Some("lookup")),
            "{sources:?}"
        );
        let server = document
            .session
            .mcp_servers
            .iter()
            .find(|server| server.name == "ledger")
            .unwrap();
        assert_eq!(server.calls, 1);
    }
    let all = document("tools", "da681b20", Sources::ALL);
    let server = &all.session.mcp_servers[0];
    assert_eq!(
        (server.scope.as_deref(), server.transport.as_deref()),
        (Some("project"), Some("stdio"))
    );
}

#[test]
fn skills_fired() {
    let by_model = document("tools", "da681b20", Sources::ALL);
    let skill = call(&by_model, "Skill", 0).skill.clone().unwrap();
    assert_eq!(
        (
            skill.name.as_str(),
            skill.trigger.as_deref(),
            skill.hash_of.as_deref()
        ),
        ("release-notes", Some("nested-skill"), Some("body"))
    );
    let typed = document("slash", "4e9c345b", Sources::ALL);
    let step = of_kind(&typed.turns[0], StepKind::Skill)[0];
    let skill = step.skill.as_ref().unwrap();
    assert_eq!(
        (skill.name.as_str(), skill.trigger.as_deref()),
        ("release-notes", Some("user-slash"))
    );
    assert_eq!(typed.session.skills.len(), 1);
    assert_eq!(typed.session.skills[0].hash, skill.hash);
}

#[test]
fn sub_agents_nested_and_rolled_up_once() {
    for sources in [
        Sources::ALL,
        Sources::TRANSCRIPT,
        Sources::HOOKS,
        Sources::OTEL,
    ] {
        let document = document("subagent", "6f1713ac", sources);
        let [counter, reviewer] = document.session.agents.as_slice() else {
            panic!("two agents from {sources:?}")
        };
        assert_eq!(
            reviewer.parent_use_id.as_deref(),
            Some("toolu_01WbQLoiX62MnLnHx87SBg8G"),
            "{sources:?}"
        );
        assert_eq!(
            counter.parent_use_id.as_deref(),
            Some("toolu_0194473u3aKL7g26PLJhAU6y"),
            "{sources:?}"
        );
        assert_eq!(
            reviewer.agent_type.as_deref(),
            Some("reviewer"),
            "{sources:?}"
        );
        assert_eq!(
            (reviewer.totals.tool_calls, counter.totals.tool_calls),
            (2, 1),
            "{sources:?}"
        );
    }
    let document = document("subagent", "6f1713ac", Sources::ALL);
    let of_agents: i64 = document
        .session
        .agents
        .iter()
        .filter_map(|agent| agent.totals.cost.cost_nanousd)
        .sum();
    assert_eq!(of_agents, 7_200_000);
    assert_eq!(document.session.totals.cost.cost_nanousd, Some(12_920_000));
    assert_eq!(document.session.totals.unattributed_nanousd, Some(0));
    assert_eq!(
        document.turns[0].answer.as_ref().unwrap().text.as_deref(),
        Some("Reviewed: no problems; 1 file.")
    );
}

#[test]
fn compaction() {
    for (recording, session, turn) in [("slash", "7104c562", 1), ("interactive", "f0d688c2", 5)] {
        let document = document(recording, session, Sources::ALL);
        let [step] = of_kind(&document.turns[turn], StepKind::Compaction)[..] else {
            panic!("one compaction")
        };
        assert_eq!(step.name.as_deref(), Some("manual"));
        assert!(text(step).starts_with("<analysis>Mock analysis."));
        assert_eq!(
            step.witnesses,
            [Source::Hook, Source::Transcript, Source::OtelLog]
        );
        assert!(
            document.session.agents.is_empty(),
            "the summariser is no sub-agent"
        );
        let [request] = of_kind(&document.turns[turn], StepKind::ModelRequest)[..] else {
            panic!("one request")
        };
        assert_eq!(
            request
                .model_request
                .as_ref()
                .unwrap()
                .query_source
                .as_deref(),
            Some("compact")
        );
    }
}

#[test]
fn model_requests_with_cost_tokens_and_time_to_first_token() {
    let document = document("tools", "da681b20", Sources::ALL);
    let requests = of_kind(&document.turns[0], StepKind::ModelRequest);
    assert_eq!(requests.len(), 8);
    let request = requests[0].model_request.as_ref().unwrap();
    assert_eq!(request.model.as_deref(), Some("claude-opus-5-5"));
    assert_eq!(
        (
            request.cost_nanousd,
            request.ttft_us,
            requests[0].duration_us
        ),
        (Some(2_120_000), Some(44_000), Some(126_000))
    );
    let tokens = request.tokens;
    assert_eq!(
        (
            tokens.input_tokens,
            tokens.output_tokens,
            tokens.cache_read_tokens,
            tokens.cache_creation_tokens
        ),
        (Some(120), Some(77), Some(0), Some(20))
    );
    assert_eq!(request.stop_reason.as_deref(), Some("tool_use"));
    let totals = document.session.totals;
    assert_eq!(
        (totals.tokens.input_tokens, totals.tokens.output_tokens),
        (Some(1540), Some(396))
    );
    assert_eq!(
        (totals.cost.cost_nanousd, totals.unattributed_nanousd),
        (Some(23_280_000), Some(0))
    );
}

#[test]
fn an_interrupted_request_shows_as_unattributed_cost() {
    let document = document("interactive", "f0d688c2", Sources::ALL);
    assert_eq!(
        document.session.totals.unattributed_nanousd,
        Some(1_060_000)
    );
}

#[test]
fn content_off_telemetry_alone_still_gives_turns_costs_and_tool_counts() {
    let document = document("tools--content-off", "da681b20", Sources::OTEL);
    let [turn] = document.turns.as_slice() else {
        panic!("one turn")
    };
    assert_eq!(
        (
            turn.prompt.kind,
            turn.prompt
                .text
                .as_ref()
                .and_then(|text| text.text.as_deref()),
            turn.prompt.text.as_ref().unwrap().text_bytes
        ),
        (PromptKind::Typed, None, 96)
    );
    assert_eq!(turn.cost.cost_nanousd, Some(23_480_000));
    assert_eq!(turn.tool_calls, 8);
    let names: Vec<_> = of_kind(turn, StepKind::ToolCall)
        .into_iter()
        .map(|step| step.tool.as_ref().unwrap().name.clone().unwrap())
        .collect();
    // Spans name an MCP tool even so; log records do not.
    assert_eq!(
        names,
        [
            "Bash",
            "Read",
            "Skill",
            "mcp__ledger__lookup",
            "Bash",
            "Write",
            "Edit",
            "Bash"
        ]
    );
    assert!(
        of_kind(turn, StepKind::ToolCall)
            .iter()
            .all(|step| step.duration_us.is_some())
    );
    let answer = turn.answer.as_ref().unwrap();
    assert_eq!((answer.text.as_deref(), answer.text_bytes), (None, 76));
    let everything = serde_json::to_string(&document).unwrap();
    assert!(!everything.contains("jane.doe") && !everything.contains("INV-42"));
}

#[test]
fn logs_alone_give_the_same_turn_without_content() {
    let document = document("tools--content-off", "da681b20", Sources::LOGS);
    assert_eq!((document.turns.len(), document.turns[0].tool_calls), (1, 8));
    assert_eq!(
        document.turns[0].outcome,
        argus_session::document::Outcome::Answered
    );
    let hidden = call(&document, "mcp_tool", 0)
        .tool
        .as_ref()
        .unwrap()
        .mcp
        .clone()
        .unwrap();
    assert_eq!((hidden.server, hidden.tool), (None, None));
    assert_eq!(document.session.totals.cost.cost_nanousd, Some(23_480_000));
}

#[test]
fn the_older_client_gives_the_same_session() {
    let document = document("tools--old-client", "da681b20", Sources::ALL);
    assert_eq!(document.session.client.version.as_deref(), Some("2.1.197"));
    let turn = &document.turns[0];
    assert_eq!(
        (document.turns.len(), turn.tool_calls, turn.errors),
        (1, 8, 0)
    );
    let kinds: Vec<StepKind> = turn
        .steps
        .iter()
        .map(|step| step.kind)
        .filter(|kind| *kind != StepKind::ModelRequest)
        .collect();
    let newer = self::document("tools", "da681b20", Sources::ALL);
    let expected: Vec<StepKind> = newer.turns[0]
        .steps
        .iter()
        .map(|step| step.kind)
        .filter(|kind| *kind != StepKind::ModelRequest)
        .collect();
    assert_eq!(kinds, expected);
    let text = of_kind(turn, StepKind::Text)[0];
    assert_eq!(
        text.id, "req_01BBqntmeFYqH9DXPTo6jKE0/1",
        "blocks are numbered by their order where the client does not"
    );
    assert_eq!(
        text.witnesses,
        [Source::Hook, Source::Transcript, Source::OtelLog]
    );
}

#[test]
fn raw_bodies_are_counted_and_change_nothing() {
    let with = document("tools--raw-bodies", "da681b20", Sources::ALL);
    assert_eq!(
        with.session.counts.get("otel_log.api_request_body"),
        Some(&8)
    );
    assert_eq!((with.turns.len(), with.turns[0].tool_calls), (1, 8));
}
