//! What a workspace decides.

use argus_redact::policy::{Dictionary, OwnPattern};
use argus_redact::{Policy, Redactor};
use serde_json::json;

fn redactor(policy: &Policy) -> Redactor {
    Redactor::new(&[7; 32], policy, 3).expect("the policy is taken")
}

fn pattern(name: &str, pattern: &str) -> OwnPattern {
    OwnPattern {
        name: name.to_owned(),
        pattern: pattern.to_owned(),
        ignore_case: false,
        fingerprint: false,
    }
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    let policy = Policy {
        off: ["email".to_owned()].into(),
        ..Policy::default()
    };
    let text = "write to somebody@example.org from 8.8.4.4";
    assert_eq!(
        redactor(&policy).redact_text(text).text,
        "write to somebody@example.org from [redacted:ip-address]"
    );
}

#[test]
fn a_member_is_replaced_by_the_rule_that_its_name_calls_for() {
    let off = |rule: &str| Policy {
        off: [rule.to_owned()].into(),
        ..Policy::default()
    };
    let item = json!({"password": "hunter2hunter2"});
    let without_secret = redactor(&off("secret")).redact_json(item.clone());
    assert_eq!(without_secret.spans()[0].kind, "password");
    let in_text = redactor(&Policy::default()).redact_text("password=hunter2hunter2");
    assert_eq!(
        format!(
            "password={}",
            without_secret.value()["password"].as_str().unwrap()
        ),
        in_text.text,
        "one secret, one fingerprint"
    );
    let without_password = redactor(&off("password")).redact_json(item.clone());
    assert_eq!(without_password.value(), &item);
}

#[test]
fn own_patterns_and_dictionaries_are_found_in_disguise_too() {
    let policy = Policy {
        patterns: vec![OwnPattern {
            fingerprint: true,
            ..pattern("case-number", r"CASE-(\d{6})")
        }],
        dictionaries: vec![Dictionary {
            name: "customer".to_owned(),
            words: vec!["Blue Heron".to_owned()],
        }],
        ..Policy::default()
    };
    let redacted = redactor(&policy)
        .redact_text("CASE-123456 of blue heron; blueherons; {\\\"a\\\":\\\"Blue\\u0020Heron\\\"}");
    assert!(
        redacted.text.starts_with("CASE-[redacted:case-number:"),
        "{}",
        redacted.text
    );
    assert!(
        redacted
            .text
            .contains("] of [redacted:customer]; blueherons; "),
        "{}",
        redacted.text
    );
    assert!(!redacted.text.contains("Heron"), "{}", redacted.text);
}

#[test]
fn pseudonyms_are_a_policy() {
    let item = json!({"attributes": {"user.email": "a@example.org"}});
    assert_eq!(
        redactor(&Policy::default())
            .redact_json(item.clone())
            .value(),
        &item
    );
    let policy = Policy {
        pseudonyms: true,
        ..Policy::default()
    };
    let of = |email: &str| {
        redactor(&policy)
            .redact_json(json!({"user.email": email}))
            .into_value()["user.email"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(of("a@example.org").starts_with("[redacted:pseudonym:"));
    assert_eq!(of("a@example.org"), of("a@example.org"));
    assert_ne!(of("a@example.org"), of("b@example.org"));
}

#[test]
fn the_version_grows_with_the_policy_and_the_hash_tells_it() {
    let (one, other) = (
        redactor(&Policy::default()),
        Redactor::new(&[7; 32], &Policy::default(), 4).unwrap(),
    );
    assert!(other.rule_set().version > one.rule_set().version);
    let policy = Policy {
        off: ["email".to_owned()].into(),
        ..Policy::default()
    };
    assert_ne!(redactor(&policy).rule_set().hash, one.rule_set().hash);
}

#[test]
fn what_a_policy_may_not_hold_is_refused_at_its_place() {
    let of = |policy: Policy| policy.check().unwrap_err().pointer;
    let patterns = |patterns: Vec<OwnPattern>| Policy {
        patterns,
        ..Policy::default()
    };
    let words = |words: Vec<&str>| Policy {
        dictionaries: vec![Dictionary {
            name: "customer".to_owned(),
            words: words.into_iter().map(str::to_owned).collect(),
        }],
        ..Policy::default()
    };
    assert_eq!(of(patterns(vec![pattern("Case", "x")])), "/patterns/0/name");
    assert_eq!(
        of(patterns(vec![pattern("email", "x")])),
        "/patterns/0/name"
    );
    assert_eq!(
        of(patterns(vec![pattern("a", "x"), pattern("a", "y")])),
        "/patterns/1/name"
    );
    assert_eq!(of(patterns(vec![pattern("a", "(")])), "/patterns/0/pattern");
    assert_eq!(
        of(patterns(vec![pattern("a", "x*")])),
        "/patterns/0/pattern"
    );
    assert_eq!(
        of(patterns(vec![pattern("a", r"(\w{1,200}\W){100}")])),
        "/patterns/0/pattern"
    );
    assert_eq!(of(words(vec!["ok!", "a"])), "/dictionaries/0/words/1");
    assert_eq!(of(words(vec![])), "/dictionaries/0/words");
    assert_eq!(
        of(Policy {
            off: ["no-such-rule".to_owned()].into(),
            ..Policy::default()
        }),
        "/off"
    );
}

#[test]
fn a_costly_pattern_uses_up_the_budget_and_not_the_time() {
    let policy = Policy {
        patterns: vec![pattern("slow", r"(?:[ab]{1,20}a){12}[cd]")],
        ..Policy::default()
    };
    let redactor = redactor(&policy);
    let redacted =
        redactor.redact_json(json!({"type": "user", "text": "ab c".repeat(4 * 1024 * 1024)}));
    assert_eq!(redacted.dropped(), Some(argus_redact::Dropped::WorkBudget));
    assert_eq!(
        redacted.value(),
        &json!({"type": "user", "text": "[dropped:work-budget]"})
    );
    assert_eq!(
        redactor.redact_json(json!({"text": "ab c"})).dropped(),
        None
    );
}
