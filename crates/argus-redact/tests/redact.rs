//! What is found, what is left alone, and what holds for every text.

use std::sync::LazyLock;

use argus_redact::{Dropped, Policy, Redactor};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One made-up secret of every kind that the rules know, put together so that this file holds none.
fn secrets() -> Vec<(&'static str, String)> {
    let letters = |count: usize| {
        "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z"
            .chars()
            .cycle()
            .take(count)
            .collect::<String>()
    };
    let hex = |count: usize| {
        "0123456789abcdef"
            .chars()
            .cycle()
            .take(count)
            .collect::<String>()
    };
    vec![
        ("anthropic-key", format!("sk-ant-api03-{}", letters(40))),
        ("openai-key", format!("sk-proj-{}", letters(48))),
        ("aws-key", format!("AKIA{}", "ABCDEFGH234567XY")),
        ("github-token", format!("ghp_{}", letters(36))),
        ("gitlab-token", format!("glpat-{}", letters(20))),
        ("slack-token", format!("xoxb-{}", letters(24))),
        ("stripe-key", format!("sk_live_{}", letters(24))),
        ("npm-token", format!("npm_{}", letters(36))),
        ("pypi-token", format!("pypi-{}", letters(60))),
        ("huggingface-token", format!("hf_{}", letters(34))),
        ("google-key", format!("AIza{}", letters(35))),
        (
            "sendgrid-key",
            format!("SG.{}.{}", letters(22), letters(43)),
        ),
        ("digitalocean-token", format!("dop_v1_{}", hex(64))),
        ("databricks-token", format!("dapi{}", hex(32))),
        ("vault-token", format!("hvs.{}", letters(30))),
        (
            "argus-key",
            format!("argus_ik_{}_{}", letters(8), letters(32)),
        ),
        (
            "jwt",
            format!("eyJ{}.eyJ{}.{}", letters(20), letters(20), letters(20)),
        ),
        (
            "private-key",
            format!(
                "-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----",
                letters(64)
            ),
        ),
    ]
}

#[test]
fn every_kind_is_found_in_the_middle_of_a_text() {
    let redactor = Redactor::new(&[1; 32], &Policy::default(), 0).unwrap();
    for (kind, secret) in secrets() {
        let redacted = redactor.redact_text(&format!("see {secret} for it"));
        assert_eq!(redacted.spans.len(), 1, "{kind}");
        assert_eq!(redacted.spans[0].kind, kind);
        let placeholder = &redacted.text[redacted.spans[0].start..redacted.spans[0].end];
        assert!(
            placeholder.starts_with(&format!("[redacted:{kind}:")) && placeholder.ends_with(']'),
            "{placeholder}"
        );
        assert_eq!(redacted.text, format!("see {placeholder} for it"));
    }
}

#[test]
fn credentials_in_their_surroundings() {
    let redactor = Redactor::without_workspace();
    for (text, kept) in [
        (
            "curl -H 'Authorization: Bearer abc123def456ghi789jkl0'",
            "curl -H 'Authorization: Bearer ",
        ),
        (
            "postgres://user:s3cr3t-pw@db.example.com/x",
            "postgres://user:",
        ),
        ("export DB_PASSWORD=hunter2hunter2", "export DB_PASSWORD="),
        (
            "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzKEY",
            "AWS_SECRET_ACCESS_KEY=",
        ),
        ("OPENAI_API_KEY=\"abcdef0123456789\"", "OPENAI_API_KEY=\""),
        ("TOKEN=abcdef0123456789", "TOKEN="),
    ] {
        let redacted = redactor.redact_text(text);
        assert_eq!(redacted.spans.len(), 1, "{text}");
        assert!(
            redacted.text.starts_with(&format!("{kept}[redacted:")),
            "{}",
            redacted.text
        );
    }
}

#[test]
fn ordinary_text_is_left_alone() {
    let redactor = Redactor::without_workspace();
    for text in [
        "token = get_token(request)",
        "API_KEY=${API_KEY}",
        "PASSWORD=<your password>",
        "let task-sk-runner = 1; risk-adjusted; disk-usage-of-the-whole-machine",
        "Basic internationalization and bearer of bad news",
        "https://example.com:8080/path?x=1",
        "git@github.com:owner/repo.git",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "toolu_01uZ0kmSZdogRcjgX1AYdACD req_01NUnN6bDqyqdKt2UDrw4Jgd msg_01SBxH9fv87EGaLUjqdgnfRp",
        "a placeholder that somebody typed: [redacted:aws-key:0123456789]",
    ] {
        let redacted = redactor.redact_text(text);
        assert_eq!((redacted.text.as_str(), redacted.spans.len()), (text, 0));
    }
}

#[test]
fn json_keeps_its_shape_and_its_ids() {
    let redactor = Redactor::new(&[2; 32], &Policy::default(), 0).unwrap();
    let (_, secret) = secrets().swap_remove(3);
    let inner = json!({"command": format!("echo {secret}"), "n": 1}).to_string();
    let redacted = redactor.redact_json(json!({
        "session_id": "52cbdcfd-f830-4fab-9957-61f9e5a0adcd", "user.email": "a@example.com",
        "env": {"password": "hunter2", "max_tokens": "5"}, "tool_input": inner, "list": [secret, 1, null],
    }));
    let value = redacted.value();
    assert_eq!(value["session_id"], "52cbdcfd-f830-4fab-9957-61f9e5a0adcd");
    assert_eq!(value["user.email"], "a@example.com");
    assert!(
        value["env"]["password"]
            .as_str()
            .unwrap()
            .starts_with("[redacted:password:")
    );
    assert_eq!(value["env"]["max_tokens"], "5");
    let inner: Value = serde_json::from_str(value["tool_input"].as_str().unwrap()).unwrap();
    assert!(
        inner["command"]
            .as_str()
            .unwrap()
            .starts_with("echo [redacted:github-token:")
    );
    assert!(!value.to_string().contains(&secret));
    for span in redacted.spans() {
        let text = value.pointer(&span.pointer).unwrap().as_str().unwrap();
        assert!(
            text[span.start as usize..span.end as usize]
                .starts_with(&format!("[redacted:{}:", span.kind))
        );
    }
    assert_eq!(redacted.spans().len(), 3);
    assert_eq!(redacted.rules().version, 3 << 16);
}

#[test]
fn what_was_read_from_a_file_of_secrets_is_so_under_a_name_that_was_replaced() {
    let (_, secret) = secrets().swap_remove(3);
    let redacted = Redactor::without_workspace().redact_json(json!({
        "result": {secret.clone(): [{"content": "A=one\nB=\"two words\""}]},
        "file": {"filePath": "/home/u/app/.env"},
    }));
    let text = redacted.value().to_string();
    for gone in [secret.as_str(), "one", "two words"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
}

#[test]
fn names_that_become_one_stay_apart_however_many_they_are() {
    let count = 20_000;
    let members: serde_json::Map<String, Value> = (0..count)
        .map(|number| (format!("person.{number}@kontoso-mail.de"), json!(number)))
        .collect();
    let redacted = Redactor::without_workspace().redact_json(Value::Object(members));
    let members = redacted.value().as_object().unwrap();
    assert_eq!(members.len(), count);
    assert!(
        members
            .keys()
            .all(|name| name.starts_with("[redacted:email]"))
    );
    let in_order = members.values().enumerate();
    assert!(
        in_order
            .into_iter()
            .all(|(place, number)| *number == json!(place))
    );
    assert_eq!(redacted.spans().len(), count);
    for span in redacted.spans() {
        assert!(span.of_name && redacted.value().pointer(&span.pointer).is_some());
    }
    let again = Redactor::without_workspace().redact_json(redacted.value().clone());
    assert_eq!(again.value(), redacted.value());
}

#[test]
fn a_placeholder_hides_no_secret_beside_it() {
    let redactor = Redactor::new(&[2; 32], &Policy::default(), 0).unwrap();
    let placeholder = "[redacted:secret:0123456789]";
    for value in [
        json!({"password": format!("hunter2 {placeholder}")}),
        json!({"text": format!("-----BEGIN PRIVATE KEY-----\nhunter2 {placeholder}\n-----END PRIVATE KEY-----")}),
        json!({"text": format!("DB_PASSWORD=hunter2{placeholder}")}),
    ] {
        let redacted = redactor.redact_json(value.clone());
        assert!(!redacted.value().to_string().contains("hunter2"), "{value}");
        let again = redactor.redact_json(redacted.value().clone());
        assert_eq!(again.value(), redacted.value());
        assert!(again.spans().is_empty());
    }
    let alone = json!({"password": placeholder});
    assert_eq!(redactor.redact_json(alone.clone()).value(), &alone);
}

#[test]
fn an_id_is_exempt_only_where_it_looks_like_one() {
    let redactor = Redactor::new(&[2; 32], &Policy::default(), 0).unwrap();
    let (_, secret) = secrets().swap_remove(3);
    let redacted =
        redactor.redact_json(json!({"session_id": format!("not an id {secret}"), "id": secret}));
    assert!(!redacted.value().to_string().contains(&secret));
}

#[test]
fn the_name_of_a_kind_is_looked_at_like_any_text() {
    let (_, secret) = secrets().swap_remove(0);
    for name in ["version", "service.name", "hook_event_name", "type"] {
        let redacted = Redactor::without_workspace().redact_json(json!({ name: secret }));
        assert!(!redacted.value().to_string().contains(&secret), "{name}");
    }
}

#[test]
fn what_is_nested_too_deep_fails_closed() {
    let mut value = json!("the content");
    for _ in 0..200 {
        value = json!({ "x": value });
    }
    let redacted = Redactor::without_workspace().redact_json(
        json!({"type": "user", "prompt_id": "p", "n": 7, "deep": value, "text": "shallow"}),
    );
    assert_eq!(redacted.dropped(), Some(Dropped::Depth));
    let text = redacted.value().to_string();
    assert!(!text.contains("the content") && !text.contains("shallow"));
    assert_eq!(
        (&redacted.value()["prompt_id"], &redacted.value()["n"]),
        (&json!("p"), &json!(7))
    );
    assert_eq!(
        redacted.value()["type"],
        "user",
        "what it was is still told"
    );
}

#[test]
fn one_secret_has_one_fingerprint_in_a_workspace_and_another_elsewhere() {
    let (_, secret) = secrets().swap_remove(0);
    let of = |key: u8| {
        Redactor::new(&[key; 32], &Policy::default(), 0)
            .unwrap()
            .redact_text(&secret)
            .text
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

/// Made once: compiling the rules takes longer than a text.
static REDACTOR: LazyLock<Redactor> =
    LazyLock::new(|| Redactor::new(&[3; 32], &Policy::default(), 0).expect("built in"));

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        (0..secrets().len(), "[a-z \"\n]{0,5}").prop_map(|(place, around)| {
            Value::from(format!("{around} {} {around}", secrets()[place].1))
        }),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(("[a-z_.]{1,12}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn shape(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::from("text"),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), shape(member)))
            .collect(),
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn no_secret_stays_and_a_second_pass_changes_nothing(value in json_value()) {
        let redactor = &*REDACTOR;
        let once = redactor.redact_json(value.clone());
        prop_assert_eq!(shape(once.value()), shape(&value));
        let text = once.value().to_string();
        for (kind, secret) in secrets() {
            prop_assert!(!text.contains(&secret), "{}", kind);
        }
        let twice = redactor.redact_json(once.value().clone());
        prop_assert_eq!(twice.value(), once.value());
        prop_assert!(twice.spans().is_empty());
    }

    #[test]
    fn any_text_is_taken(text in any::<String>()) {
        let redacted = REDACTOR.redact_text(&text);
        let again = REDACTOR.redact_text(&redacted.text);
        prop_assert_eq!(again.text, redacted.text);
    }
}

#[test]
fn redacting_again_changes_nothing_where_a_placeholder_looks_like_an_assignment() {
    let redactor = Redactor::without_workspace();
    for text in [
        "Authorization: Bearer abcdefghijk1234567890",
        "password=hunter2-and-more\nAPI_KEY='abc123def456'",
        "x [redacted:authorization:80d2b6485e] y",
    ] {
        let once = redactor.redact_text(text).text;
        let twice = redactor.redact_text(&once);
        assert_eq!(twice.text, once);
        assert_eq!(twice.spans, []);
    }
}
