//! Captured text never controls the terminal, and never misleads who reads it.

use serde_json::json;

use crate::support::Home;

/// Escape sequences, bells, reordering and hidden characters, an over-long line and a character of two cells.
const HOSTILE: &str =
    "a\u{1b}]0;owned\u{7}b\u{1b}[2J\u{9b}6n\u{202e}txt.exe\u{200b}\u{e0041}\r\u{8}日本";

fn transcript(session_id: &str) -> String {
    let common = |uuid: &str, parent: Option<&str>| {
        json!({
            "uuid": uuid, "parentUuid": parent, "sessionId": session_id, "version": HOSTILE,
            "cwd": format!("/home/{HOSTILE}"), "gitBranch": HOSTILE, "isSidechain": false,
            "timestamp": "2026-11-20T10:00:00.000Z",
        })
    };
    let with = |mut line: serde_json::Value, more: serde_json::Value| {
        line.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        line.to_string()
    };
    [
        with(
            common("u1", None),
            json!({"type": "user", "promptId": "p1", "message": {"role": "user", "content": HOSTILE}}),
        ),
        with(
            common("u2", Some("u1")),
            json!({"type": "assistant", "requestId": "r1", "message": {"id": "m1", "role": "assistant", "model": HOSTILE,
                "content": [{"type": "tool_use", "id": format!("t{HOSTILE}"), "name": HOSTILE, "input": {HOSTILE: HOSTILE}}]}}),
        ),
        with(
            common("u3", Some("u2")),
            json!({"type": "user", "message": {"role": "user", "content":
                [{"type": "tool_result", "tool_use_id": format!("t{HOSTILE}"), "is_error": true, "content": HOSTILE}]}}),
        ),
        with(
            common("u4", Some("u3")),
            json!({"type": "assistant", "requestId": "r2", "message": {"id": "m2", "role": "assistant", "model": HOSTILE,
                "content": [{"type": "text", "text": HOSTILE}]}}),
        ),
        json!({"type": "ai-title", "sessionId": session_id, "aiTitle": HOSTILE}).to_string(),
    ]
    .join("\n")
        + "\n"
}

fn assert_harmless(text: &str, of: &str) {
    for c in text.chars() {
        let is_harmless = c == '\n' || !c.is_control() && !"\u{202e}\u{200b}\u{e0041}".contains(c);
        assert!(is_harmless, "{of}: {:?} in {text}", c);
    }
}

#[test]
fn every_output_is_harmless() {
    let home = Home::new();
    let id = "0b0e0c1e-0000-4000-8000-000000000001";
    let file = home.file(&format!("{id}.jsonl"), transcript(id));
    assert_harmless(&home.import(&[&file]), "import");
    let hostile_id = home.file("odd.jsonl", transcript(HOSTILE));
    assert_harmless(&home.import(&[&hostile_id]), "import");
    let run = home.run(&["erase", HOSTILE, "--yes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    home.import(&[&home.file("odd.jsonl", transcript(&format!("b{HOSTILE}")))]);
    for arguments in [
        &["sessions"] as &[&str],
        &["sessions", "--json"],
        &["search", "a OR b OR txt* OR 日本"],
        &["search", "a OR b OR txt* OR 日本", "--json"],
        &["session", "show", id],
        &["session", "show", id, "--full"],
        &["session", "show", id, "--json"],
        &["doctor"],
    ] {
        assert_harmless(&home.run(arguments).ok(), &arguments.join(" "));
    }
    let document = home.session(id);
    assert_eq!(
        document["turns"][0]["prompt"]["text"], HOSTILE,
        "shown harmlessly, kept as it was"
    );
    assert_eq!(document["title"], HOSTILE);
}

#[test]
fn what_the_user_typed_is_harmless_in_errors() {
    let home = Home::new();
    home.run(&["workspace", "create", "w", "--mode", "privacy"])
        .ok();
    for arguments in [
        &["session", "show", HOSTILE] as &[&str],
        &["sessions", &format!("modle:{HOSTILE}")],
        &["search", &format!("modle:{HOSTILE}")],
        &["search", &format!("\"{HOSTILE}")],
        &["sessions", "--workspace", HOSTILE],
        &["import", HOSTILE],
        &["import", ".", "--workspace", HOSTILE],
        &["key", "revoke", HOSTILE],
        &["workspace", "create", HOSTILE, "--mode", "privacy"],
        &["sessions", "--config", HOSTILE],
    ] {
        let run = home.run(arguments);
        assert_ne!(run.code, 0, "{arguments:?}");
        assert_harmless(&run.stderr, &format!("{arguments:?}"));
    }
}

#[test]
fn a_file_with_a_hostile_name_is_named_harmlessly() {
    let home = Home::new();
    let file = home.file("a\u{1b}]0;owned\u{7}.txt", "nothing");
    let run = home.run(&["import", &file]);
    assert_eq!(run.code, 1);
    assert_harmless(&run.stderr, "import");
}
