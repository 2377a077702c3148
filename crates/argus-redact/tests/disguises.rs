//! A secret is found however it is written, and what stands around it stays as it was.

use argus_redact::Redactor;
use base64::Engine as _;
use serde_json::{Value, json};

fn token() -> String {
    format!("ghp_{}", "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zaB3dE")
}

fn redact(text: &str) -> String {
    Redactor::without_workspace().redact_text(text).text
}

/// The fingerprint of the token, by which one secret is followed through all of its disguises.
fn placeholder() -> String {
    redact(&token())
}

#[test]
fn a_secret_has_one_fingerprint_in_every_disguise() {
    let token = token();
    let half = token.len() / 2;
    let (first, second) = token.split_at(half);
    for text in [
        format!("\x1b[32mtoken\x1b[0m {first}\x1b[01;31m\x1b[K{second}\x1b[m"),
        format!("+  token: {token}"),
        format!("export GITHUB_TOKEN='{token}'"),
        format!("curl -H \"Authorization: Bearer {token}\" https://api.example.com"),
        format!("token={token}\r\nnext=1\r\n"),
        format!("token={first}\\\n{second}\n"),
        json!({"stdout": json!({"token": token}).to_string()}).to_string(),
        format!("https://example.com/?token%3D{token}%26x%3D1"),
    ] {
        let redacted = redact(&text);
        assert!(
            redacted.contains(&placeholder()),
            "{text:?} -> {redacted:?}"
        );
        assert!(!redacted.contains(second), "{redacted:?}");
        assert_eq!(redact(&redacted), redacted);
    }
}

#[test]
fn base64_that_holds_a_secret_is_replaced_whole() {
    let encoded =
        base64::engine::general_purpose::STANDARD.encode(format!("user=me\ntoken={}\n", token()));
    let redacted = redact(&format!("data: {encoded}\nnext: 1"));
    assert_eq!(redacted, format!("data: {}\nnext: 1", placeholder()));
    let harmless = base64::engine::general_purpose::STANDARD
        .encode("a text that holds nothing at all, and more of it");
    assert_eq!(redact(&harmless), harmless);
}

#[test]
fn json_in_strings_stays_json() {
    let inner = json!({"env": {"FOO": "any value", "PATH": "/bin"}, "args": ["--token", token()], "text": "a\n\"b\""});
    let text = serde_json::to_string_pretty(&inner).unwrap();
    let redacted: Value = serde_json::from_str(&redact(&text)).unwrap();
    assert!(
        redacted["env"]["FOO"]
            .as_str()
            .unwrap()
            .starts_with("[redacted:env-value:")
    );
    assert_eq!(redacted["env"]["PATH"], "/bin");
    assert_eq!(redacted["args"][1], placeholder());
    assert_eq!(redacted["text"], "a\n\"b\"");
}

#[test]
fn what_was_found_once_is_replaced_everywhere() {
    let redactor = Redactor::without_workspace();
    let redacted = redactor.redact_json(json!({
        "command": "psql",
        "env": {"PGPASSWORD": "Zx9-quiet-harbour"},
        "stdout": "connected with Zx9-quiet-harbour",
        "list": ["Zx9-quiet-harbour"],
    }));
    assert!(
        !redacted.value().to_string().contains("Zx9-quiet-harbour"),
        "{}",
        redacted.value()
    );
    for span in redacted.spans() {
        let text = redacted
            .value()
            .pointer(&span.pointer)
            .unwrap()
            .as_str()
            .unwrap();
        let placeholder = &text[span.start as usize..span.end as usize];
        assert!(
            placeholder.starts_with(&format!("[redacted:{}", span.kind))
                && placeholder.ends_with(']'),
            "{placeholder}"
        );
    }
}

#[test]
fn spans_lead_to_what_was_replaced() {
    let text = format!(
        "Ünï a@example.org, {} and password=\"hunter2hunter2\" é",
        token()
    );
    let redacted = Redactor::without_workspace().redact_text(&text);
    let replaced: Vec<&str> = redacted
        .spans
        .iter()
        .map(|span| &text[span.input_start..span.input_end])
        .collect();
    assert_eq!(
        replaced,
        ["a@example.org", token().as_str(), "hunter2hunter2"]
    );
    let kinds: Vec<&str> = redacted
        .spans
        .iter()
        .map(|span| span.kind.as_str())
        .collect();
    assert_eq!(kinds, ["email", "github-token", "password"]);
    assert!(
        redacted.text.contains("[redacted:email]"),
        "what can be guessed has no fingerprint"
    );
}

#[test]
fn a_name_that_is_a_secret_goes_and_others_stay() {
    let redactor = Redactor::without_workspace();
    let redacted = redactor.redact_json(json!({"by_token": {token(): 1, "plain name": 2}}));
    assert_eq!(
        redacted.value()["by_token"],
        json!({placeholder(): 1, "plain name": 2})
    );
}

#[test]
fn a_file_of_secrets_is_masked_by_its_path() {
    let redactor = Redactor::without_workspace();
    let redacted = redactor.redact_json(json!({
        "toolUseResult": {"file": {"filePath": "/home/u/app/.env", "content": "# mail\nSMTP_HOST=mail.internal\nGREETING=\"hello there\"\n"}}
    }));
    let content = redacted.value()["toolUseResult"]["file"]["content"]
        .as_str()
        .unwrap();
    assert!(
        content.starts_with("# mail\nSMTP_HOST=[redacted:secret-file:"),
        "{content}"
    );
    assert!(
        !content.contains("hello there") && content.contains("GREETING=\""),
        "{content}"
    );
    assert_eq!(
        redacted.value()["toolUseResult"]["file"]["filePath"],
        "/home/u/app/.env"
    );
}

#[test]
fn a_flag_names_the_argument_behind_it() {
    let redactor = Redactor::without_workspace();
    let redacted = redactor.redact_json(
        json!({"args": ["serve", "--api-key", "quiet7harbour42x", "--verbose", "quietly"]}),
    );
    let args = &redacted.value()["args"];
    assert!(
        args[2].as_str().unwrap().starts_with("[redacted:secret:"),
        "{args}"
    );
    assert_eq!(
        (&args[1], &args[4]),
        (&json!("--api-key"), &json!("quietly"))
    );
}

#[test]
fn a_renamed_member_keeps_its_place_and_its_spans() {
    let redactor = Redactor::without_workspace();
    let redacted = redactor.redact_json(json!({
        "b": 1, "password=Zx9-quiet-harbour-77": {"mail": "a@example.org"}, "c": "then Zx9-quiet-harbour-77", "d": 4
    }));
    let names: Vec<&str> = redacted
        .value()
        .as_object()
        .unwrap()
        .keys()
        .map(|name| &name[..1])
        .collect();
    assert_eq!(names, ["b", "p", "c", "d"], "{}", redacted.value());
    for span in redacted.spans() {
        let name = span.pointer.rsplit('/').next().unwrap();
        let value = redacted
            .value()
            .pointer(&span.pointer)
            .expect("it leads somewhere");
        let text = if span.of_name {
            name
        } else {
            value.as_str().unwrap()
        };
        assert!(
            text[span.start as usize..span.end as usize].starts_with("[redacted:"),
            "{span:?}"
        );
        assert!(!span.pointer.contains("harbour"), "{span:?}");
    }
    assert_eq!(
        redacted.spans().iter().filter(|span| span.of_name).count(),
        1
    );
}

#[test]
fn a_file_of_secrets_is_masked_within_json_in_a_string() {
    let redactor = Redactor::without_workspace();
    let hook = json!({
        "tool_input": {"file_path": "/x/.env"},
        "tool_response": {"file": {"filePath": "/x/.env", "content": "MAIL_SALT='ordinary words'\nA=b\n"}},
    });
    let body = json!({"messages": [
        {"content": [{"type": "tool_use", "id": "t1", "input": {"file_path": "/x/.env"}}]},
        {"content": [{"type": "tool_result", "tool_use_id": "t1", "content": "MAIL_SALT='ordinary words'\n"}]},
        {"content": "a text: of other words"},
    ]});
    for inner in [hook, body] {
        let redacted = redactor.redact_json(json!({"body": inner.to_string()}));
        let text = redacted.value()["body"].as_str().unwrap();
        assert!(!text.contains("ordinary words"), "{text}");
        assert!(
            text.contains("/x/.env") && text.contains("MAIL_SALT="),
            "{text}"
        );
        assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
        assert!(
            !text.contains("a text") || text.contains("of other words"),
            "{text}"
        );
    }
}

#[test]
fn a_password_of_letters_and_slashes_is_no_path() {
    let text = "database:\n  password: \"QPVQnsgH/VVchygxw/kqrzxWDu\"\n";
    assert!(!redact(text).contains("VVchygxw"), "{}", redact(text));
}
