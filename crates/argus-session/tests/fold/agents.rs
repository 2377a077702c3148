//! Sub-agents: the turn that their steps belong to, and what their fate says of the turn's.

use argus_session::document::{Decision, Outcome, PromptKind, Step, StepKind, Turn};
use argus_session::{Item, SessionDocument};
use serde_json::{Value, json};

use crate::support::items::{
    assistant, called, calls, fold, lines, log, result, says, span, us, user,
};

const REPORT: &str =
    "<task-notification><summary>Another agent finished</summary></task-notification>";

/// An agent that is started in turn `older` and is still at work in turn `newer`, by source.
struct Background {
    hooks: Vec<Item>,
    transcript: Vec<Item>,
    logs: Vec<Item>,
    spans: Vec<Item>,
}

/// The client stamps what an agent does with the prompt of the moment, in hooks, logs and its own transcript alike.
fn background(trace: &str, later_trace: &str) -> Background {
    let agent =
        |prompt: &str| json!({"prompt_id": prompt, "agent_id": "a1", "agent_type": "auditor"});
    let with = |mut body: Value, more: Value| {
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    let bash =
        json!({"tool_name": "Bash", "tool_use_id": "bash", "tool_input": {"command": "sleep 9"}});
    let launch = json!({"prompt": "Look", "run_in_background": true});
    let last = json!({"last_assistant_message": "Nothing lost."});
    let hooks = vec![
        called(
            5,
            "UserPromptSubmit",
            json!({"prompt_id": "older", "prompt": "Start one"}),
        ),
        called(
            60,
            "PreToolUse",
            json!({"prompt_id": "older", "tool_name": "Agent", "tool_use_id": "launch", "tool_input": launch}),
        ),
        called(95, "SubagentStart", agent("older")),
        called(200, "PreToolUse", with(agent("older"), bash.clone())),
        called(
            300,
            "Stop",
            json!({"prompt_id": "older", "last_assistant_message": "It is at work."}),
        ),
        called(
            405,
            "UserPromptSubmit",
            json!({"prompt_id": "newer", "prompt": REPORT}),
        ),
        called(450, "PostToolUse", with(agent("newer"), bash)),
        called(510, "SubagentStop", with(agent("newer"), last)),
        called(
            600,
            "Stop",
            json!({"prompt_id": "newer", "last_assistant_message": "Noted."}),
        ),
    ];
    let mut transcript = lines(
        None,
        &[
            user(2, "u1", None, "older", json!("Start one")),
            assistant(50, "u2", "u1", "r1", calls("launch", "Agent", launch)),
            user(96, "u3", Some("u2"), "older", result("launch", "started")),
            assistant(290, "u4", "u3", "r2", says("It is at work.")),
            user(401, "u5", Some("u4"), "newer", json!(REPORT)),
            assistant(590, "u6", "u5", "r3", says("Noted.")),
        ],
    );
    transcript.extend(lines(
        Some("a1"),
        &[
            user(90, "a-1", None, "older", json!("Look")),
            assistant(
                190,
                "a-2",
                "a-1",
                "ra1",
                calls("bash", "Bash", json!({"command": "sleep 9"})),
            ),
            user(452, "a-3", Some("a-2"), "newer", result("bash", "")),
            assistant(500, "a-4", "a-3", "ra2", says("Nothing lost.")),
        ],
    ));
    let main = |prompt: &str, request: &str| json!({"prompt.id": prompt, "request_id": request, "query_source": "sdk"});
    let of_agent = |prompt: &str, request: &str| json!({"prompt.id": prompt, "request_id": request, "query_source": "agent:custom", "agent_id": "a1"});
    let said = |text: &str| json!({"response": text, "response_length": text.len()});
    let logs = vec![
        log(
            2,
            trace,
            "user_prompt",
            json!({"prompt.id": "older", "prompt": "Start one"}),
        ),
        log(55, trace, "api_request", main("older", "r1")),
        log(195, trace, "api_request", of_agent("older", "ra1")),
        log(295, trace, "api_request", main("older", "r2")),
        log(
            296,
            trace,
            "assistant_response",
            with(main("older", "r2"), said("It is at work.")),
        ),
        log(
            402,
            later_trace,
            "user_prompt",
            json!({"prompt.id": "newer", "prompt": REPORT}),
        ),
        log(
            451,
            trace,
            "tool_result",
            json!({"prompt.id": "newer", "agent_id": "a1", "tool_use_id": "bash", "tool_name": "Bash"}),
        ),
        log(505, trace, "api_request", of_agent("newer", "ra2")),
        log(
            506,
            trace,
            "assistant_response",
            with(of_agent("newer", "ra2"), said("Nothing lost.")),
        ),
        log(595, later_trace, "api_request", main("newer", "r3")),
        log(
            596,
            later_trace,
            "assistant_response",
            with(main("newer", "r3"), said("Noted.")),
        ),
    ];
    let request = |request: &str| json!({"request_id": request, "stop_reason": "end_turn"});
    let spans = vec![
        span(1, 310, trace, "interaction", json!({})),
        span(20, 55, trace, "llm_request", request("r1")),
        span(
            60,
            97,
            trace,
            "tool",
            json!({"tool_name": "Agent", "tool_use_id": "launch"}),
        ),
        span(
            100,
            195,
            trace,
            "llm_request",
            with(request("ra1"), json!({"agent_id": "a1"})),
        ),
        span(400, 610, later_trace, "interaction", json!({})),
        span(
            470,
            505,
            trace,
            "llm_request",
            with(request("ra2"), json!({"agent_id": "a1"})),
        ),
        span(480, 595, later_trace, "llm_request", request("r3")),
    ];
    Background {
        hooks,
        transcript,
        logs,
        spans,
    }
}

fn turn<'a>(document: &'a SessionDocument, id: &str) -> &'a Turn {
    document.turns.iter().find(|turn| turn.id == id).unwrap()
}

fn texts<'a>(turn: &'a Turn, agent: Option<&str>) -> Vec<&'a str> {
    turn.steps
        .iter()
        .filter(|step| step.kind == StepKind::Text && step.agent_id.as_deref() == agent)
        .map(|step| step.text.as_ref().unwrap().text.as_deref().unwrap())
        .collect()
}

fn of_agent(turn: &Turn) -> Vec<&Step> {
    turn.steps
        .iter()
        .filter(|step| step.agent_id.is_some())
        .collect()
}

#[test]
fn what_a_background_agent_does_is_of_the_turn_that_started_it() {
    let traced = || background("t1", "t2");
    let bare = || background("", "");
    let cases: [(&str, Vec<Item>); 9] = [
        ("hooks", bare().hooks),
        ("transcript", bare().transcript),
        ("logs of traces", traced().logs),
        ("telemetry", [traced().logs, traced().spans].concat()),
        ("logs and hooks", [bare().logs, bare().hooks].concat()),
        (
            "logs and transcript",
            [bare().logs, bare().transcript].concat(),
        ),
        (
            "spans and transcript",
            [traced().spans, traced().transcript].concat(),
        ),
        ("spans and hooks", [traced().spans, traced().hooks].concat()),
        (
            "all",
            [
                traced().hooks,
                traced().transcript,
                traced().logs,
                traced().spans,
            ]
            .concat(),
        ),
    ];
    for (sources, items) in cases {
        let document = fold(items);
        // A trace in which hooks know no call and no request is a turn of its own.
        let known = |id: &&str| !id.starts_with("trace:");
        let ids = document.turns.iter().map(|turn| turn.id.as_str());
        let ids: Vec<&str> = ids.filter(known).collect();
        assert_eq!(ids, ["older", "newer"], "{sources}");
        let (first, second) = (turn(&document, "older"), turn(&document, "newer"));
        assert_eq!(of_agent(second), [] as [&Step; 0], "{sources}");
        assert_eq!(texts(first, Some("a1")), ["Nothing lost."], "{sources}");
        assert!(second.started_at >= Some(us(400)), "{sources}");
        assert_eq!(
            (first.outcome, second.outcome),
            (Outcome::Answered, Outcome::Answered),
            "{sources}"
        );
    }
}

#[test]
fn a_trace_is_of_the_prompt_that_began_it() {
    let Background { logs, spans, .. } = background("t1", "t2");
    let document = fold([logs, spans].concat());
    assert_eq!(turn(&document, "older").started_at, Some(us(1)));
    assert_eq!(turn(&document, "newer").started_at, Some(us(400)));
    assert_eq!(
        document.session.title.as_ref().unwrap().text.as_deref(),
        Some("Start one")
    );
    // What only a sub-agent's log records tell of a trace is better than nothing.
    let Background { logs, spans, .. } = background("t1", "t2");
    let late = [logs[7].clone(), logs[8].clone(), spans[5].clone()];
    assert_eq!(turn(&fold(late), "newer").steps.len(), 2);
}

/// An agent that answered in turn `older` and is asked again in turn `newer`.
#[test]
fn an_agent_that_is_asked_again_has_each_answer_once_in_the_turn_that_asked() {
    let start = |ms: u32, prompt: &str| {
        called(
            ms,
            "SubagentStart",
            json!({"prompt_id": prompt, "agent_id": "a1", "agent_type": "x"}),
        )
    };
    let stop = |ms: u32, prompt: &str, text: &str| {
        called(
            ms,
            "SubagentStop",
            json!({"prompt_id": prompt, "agent_id": "a1", "agent_type": "x", "last_assistant_message": text}),
        )
    };
    let asked = |ms: u32, prompt: &str| {
        called(
            ms,
            "UserPromptSubmit",
            json!({"prompt_id": prompt, "prompt": prompt}),
        )
    };
    let hooks = || {
        vec![
            asked(1, "older"),
            start(10, "older"),
            stop(40, "older", "First."),
            asked(50, "newer"),
            start(61, "newer"),
            stop(90, "newer", "Second."),
        ]
    };
    let transcript = || {
        let mut message = user(
            60,
            "a-3",
            Some("a-2"),
            "newer",
            json!("The coordinator sent a message: and now?"),
        );
        message["isMeta"] = json!(true);
        message["origin"] = json!({"kind": "coordinator"});
        lines(
            Some("a1"),
            &[
                user(9, "a-1", None, "older", json!("Look")),
                assistant(30, "a-2", "a-1", "ra1", says("First.")),
                message,
                assistant(80, "a-4", "a-3", "ra2", says("Second.")),
            ],
        )
    };
    for (sources, items) in [
        ("hooks", hooks()),
        ("transcript", transcript()),
        ("both", [hooks(), transcript()].concat()),
    ] {
        let document = fold(items);
        for (id, answer) in [("older", "First."), ("newer", "Second.")] {
            assert_eq!(
                texts(turn(&document, id), Some("a1")),
                [answer],
                "{sources}"
            );
        }
        if sources != "hooks" {
            let asked = turn(&document, "newer")
                .steps
                .iter()
                .find(|step| step.name.as_deref() == Some("agent_prompt"));
            assert!(
                asked.is_some(),
                "{sources}: what it was asked the second time"
            );
        }
    }
}

fn turn_with(items: Vec<Item>) -> Turn {
    let mut document = fold(items);
    assert_eq!(document.turns.len(), 1);
    document.turns.remove(0)
}

#[test]
fn an_error_of_a_sub_agent_is_not_the_turns() {
    let failure = json!({"prompt_id": "older", "agent_id": "a1", "agent_type": "x", "error": "unknown",
        "last_assistant_message": "API Error: 400"});
    let hooks = || {
        vec![
            called(
                1,
                "UserPromptSubmit",
                json!({"prompt_id": "older", "prompt": "Try"}),
            ),
            called(50, "StopFailure", failure.clone()),
            called(
                90,
                "Stop",
                json!({"prompt_id": "older", "last_assistant_message": "It could not be reached."}),
            ),
        ]
    };
    let error = json!({"prompt.id": "older", "agent_id": "a1", "error": "API Error: 400", "request_id": "ra1"});
    let logged = log(49, "", "api_error", error);
    for items in [hooks(), [hooks(), vec![logged]].concat()] {
        let turn = turn_with(items);
        assert_eq!(turn.outcome, Outcome::Answered);
        let errors: Vec<&Step> = turn
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Error)
            .collect();
        assert_eq!(errors.len(), 1, "one error, whoever tells of it");
        assert_eq!(errors[0].agent_id.as_deref(), Some("a1"));
    }
    let mut of_main = failure.clone();
    of_main.as_object_mut().unwrap().remove("agent_id");
    assert_eq!(
        turn_with(vec![called(50, "StopFailure", of_main)]).outcome,
        Outcome::Failed
    );
}

/// TaskStop ends an agent in the middle of a call: its transcript ends as if a person had said no.
#[test]
fn stopping_a_sub_agent_interrupts_nobody_else_and_denies_nothing() {
    let mut refused = user(
        80,
        "a-3",
        Some("a-2"),
        "older",
        json!([{"type": "tool_result", "tool_use_id": "bash",
        "content": "The user doesn't want to proceed with this tool use.", "is_error": true}]),
    );
    refused["toolUseResult"] = json!("User rejected tool use");
    refused["toolDenialKind"] = json!("user-rejected");
    let mut transcript = lines(
        None,
        &[
            user(1, "u1", None, "older", json!("Stop it again")),
            assistant(
                70,
                "u2",
                "u1",
                "r1",
                calls("stop", "TaskStop", json!({"task_id": "a1"})),
            ),
            user(81, "u3", Some("u2"), "older", result("stop", "stopped")),
            assistant(90, "u4", "u3", "r2", says("Done.")),
        ],
    );
    transcript.extend(lines(
        Some("a1"),
        &[
            user(10, "a-1", None, "older", json!("Wait")),
            assistant(
                20,
                "a-2",
                "a-1",
                "ra1",
                calls("bash", "Bash", json!({"command": "sleep 9"})),
            ),
            refused,
            user(
                82,
                "a-4",
                Some("a-3"),
                "older",
                json!([says("[Request interrupted by user for tool use]")]),
            ),
        ],
    ));
    assert_eq!(turn_with(transcript.clone()).outcome, Outcome::Answered);
    let of_bash = json!({"prompt.id": "older", "agent_id": "a1", "tool_use_id": "bash", "tool_name": "Bash",
        "decision": "accept", "source": "config"});
    let turn = turn_with([transcript, vec![log(25, "", "tool_decision", of_bash)]].concat());
    assert_eq!(turn.outcome, Outcome::Answered);
    let bash = turn.steps.iter().find(|step| step.id == "bash").unwrap();
    let tool = bash.tool.as_ref().unwrap();
    assert_eq!(
        (tool.decision, tool.decision_source.as_deref()),
        (Some(Decision::Accept), Some("config")),
        "it was let run, which the transcript does not tell"
    );
    assert!(bash.is_error);
}

#[test]
fn a_skill_that_a_sub_agent_loads_does_not_make_the_prompt_a_skill() {
    let mut body = user(
        30,
        "a-2",
        Some("a-1"),
        "older",
        json!("Base directory for this skill: /x\n\nDo it."),
    );
    body["isMeta"] = json!(true);
    let items = [
        lines(None, &[user(1, "u1", None, "older", json!("Go on"))]),
        lines(
            Some("a1"),
            &[user(10, "a-1", None, "older", json!("Look")), body],
        ),
    ]
    .concat();
    assert_eq!(turn_with(items).prompt.kind, PromptKind::Typed);
}
