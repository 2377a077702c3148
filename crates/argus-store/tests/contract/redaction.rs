//! What a workspace redacts: its policy, and what is counted.

use argus_redact::Policy;
use argus_redact::policy::{Dictionary, OwnPattern};
use argus_store::{Actor, ReadScope, Store, StoreError, TrialRule};

use crate::support::{TestStore, conversation, dump, files_with, new_store, options, put, settle};

const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";

/// A policy with the pattern `CASE-` and four digits, and one customer.
pub(crate) fn own_policy() -> Policy {
    Policy {
        patterns: vec![OwnPattern {
            name: "case-number".to_owned(),
            pattern: "CASE-[0-9]{4}".to_owned(),
            ignore_case: false,
            fingerprint: true,
        }],
        dictionaries: vec![Dictionary {
            name: "customers".to_owned(),
            words: vec!["Northwind Traders".to_owned()],
        }],
        ..Policy::default()
    }
}

pub(crate) fn actor() -> Actor {
    Actor::account("an-admin")
}

fn kinds(test: &TestStore) -> Vec<(String, u64, u64)> {
    let counts = test
        .workspace
        .redaction_counts(0, i64::MAX, &ReadScope::all())
        .unwrap();
    counts
        .kinds
        .into_iter()
        .map(|of| (of.kind, of.count, of.sessions))
        .collect()
}

#[test]
fn a_policy_is_in_force_from_its_setting_and_after_a_restart() {
    let test = new_store();
    let first = test.workspace.redaction_policy().unwrap();
    assert_eq!((first.revision, first.by), (0, None));
    let leaves = test.workspace.status().unwrap().leaves;
    let set = test
        .workspace
        .set_redaction_policy(&own_policy(), 0, &actor())
        .unwrap();
    assert_eq!((set.revision, set.by.clone()), (1, Some(actor())));
    assert_eq!(test.workspace.redaction_policy().unwrap(), set);
    assert_eq!(
        test.workspace.status().unwrap().leaves,
        leaves + 1,
        "the change has its leaf"
    );
    let redacted = test
        .workspace
        .redactor()
        .redact_text("CASE-1234 of Northwind Traders");
    assert!(
        redacted.text.starts_with("[redacted:case-number:")
            && redacted.text.ends_with("of [redacted:customers]"),
        "{}",
        redacted.text
    );
    let version = test.workspace.redactor().rule_set().version;
    assert_eq!(version & 0xffff, 1);

    let folder = test.folder;
    drop((test.workspace, test.store));
    assert!(
        files_with(folder.path(), "Northwind").is_empty(),
        "customers' names are sealed"
    );
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert_eq!(workspace.redaction_policy().unwrap(), set);
    assert_eq!(workspace.redactor().rule_set().version, version);
    let reading = Store::open_read_only(folder.path(), options()).unwrap();
    let reading = reading.workspace("default").unwrap().unwrap();
    assert_eq!(reading.redactor().rule_set().version, version);
}

#[test]
fn a_policy_that_was_changed_meanwhile_or_cannot_be_taken_changes_nothing() {
    let test = new_store();
    let workspace = &test.workspace;
    workspace
        .set_redaction_policy(&own_policy(), 0, &actor())
        .unwrap();
    let leaves = workspace.status().unwrap().leaves;
    let outdated = workspace.set_redaction_policy(&Policy::default(), 0, &actor());
    assert!(
        matches!(outdated, Err(StoreError::Outdated { .. })),
        "{outdated:?}"
    );
    let mut broken = own_policy();
    broken.patterns[0].pattern = "(".to_owned();
    match workspace.set_redaction_policy(&broken, 1, &actor()) {
        Err(StoreError::Policy(error)) => assert_eq!(error.pointer, "/patterns/0/pattern"),
        other => panic!("{other:?}"),
    }
    let same = workspace
        .set_redaction_policy(&own_policy(), 1, &actor())
        .unwrap();
    assert_eq!(same.revision, 1, "what is in force already is no change");
    assert_eq!(workspace.redaction_policy().unwrap().policy, own_policy());
    assert_eq!(workspace.status().unwrap().leaves, leaves);
}

#[test]
fn what_was_replaced_is_counted_by_day_type_and_session() {
    let test = new_store();
    let twice = format!("{KEY} and {KEY}");
    put(&test.workspace, conversation("s1", &twice, "nothing", 0));
    put(&test.workspace, conversation("s2", KEY, "nothing", 60));
    put(&test.workspace, conversation("s2", KEY, "nothing", 60));
    settle(&test.workspace);
    assert_eq!(kinds(&test), [("aws-key".to_owned(), 3, 2)]);
    let of_one = test.workspace.session_redactions("s1").unwrap();
    assert_eq!(of_one.kinds, [("aws-key".to_owned(), 2)].into());
    let elsewhere = ReadScope {
        projects: Some(vec!["another".to_owned()]),
        own_of: None,
    };
    let counts = test
        .workspace
        .redaction_counts(0, i64::MAX, &elsewhere)
        .unwrap();
    assert!(counts.kinds.is_empty(), "{counts:?}");

    let before = dump(&test.workspace);
    assert!(before.contains("aws-key"), "{before}");
    test.workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(dump(&test.workspace), before);
    test.workspace
        .erase_session("s1", &Actor::system())
        .unwrap();
    assert_eq!(kinds(&test), [("aws-key".to_owned(), 1, 1)]);
}

#[test]
fn records_under_older_rules_are_counted_and_another_content_takes_the_count_along() {
    let test = new_store();
    let prompt = "CASE-1234 with AKIAIOSFODNN7EXAMPLQ";
    put(&test.workspace, conversation("s1", prompt, "nothing", 0));
    let counts = |at: &TestStore| {
        settle(&at.workspace);
        at.workspace
            .redaction_counts(0, i64::MAX, &ReadScope::all())
            .unwrap()
    };
    assert_eq!(counts(&test).records_behind, 0);
    test.workspace
        .set_redaction_policy(&own_policy(), 0, &actor())
        .unwrap();
    assert_eq!(counts(&test).records_behind, 2);
    // The same item again: what the newer rules leave of it takes the old content's place.
    put(&test.workspace, conversation("s1", prompt, "nothing", 0));
    assert_eq!(counts(&test).versions.len(), 2);
    let expected = [
        ("aws-key".to_owned(), 1, 1),
        ("case-number".to_owned(), 1, 1),
    ];
    assert_eq!(kinds(&test), expected);
    test.workspace.rebuild(&Actor::system()).unwrap();
    settle(&test.workspace);
    assert_eq!(kinds(&test), expected);
}

#[test]
fn a_rule_is_tried_on_what_is_stored_before_it_is_saved() {
    let test = new_store();
    let prompt = format!(
        "{}the ticket CASE-1234 is öpen{}",
        "é".repeat(70),
        "!".repeat(70)
    );
    put(
        &test.workspace,
        conversation("s1", &prompt, "CASE-1234 again", 0),
    );
    put(&test.workspace, conversation("s2", "nothing", "to see", 60));
    settle(&test.workspace);
    let rule = TrialRule::Pattern(own_policy().patterns.remove(0));
    let trial = test
        .workspace
        .redaction_trial(&rule, &ReadScope::all())
        .unwrap();
    assert_eq!(
        (
            trial.records_seen,
            trial.is_complete,
            trial.hits,
            trial.sessions
        ),
        (4, true, 2, 1)
    );
    let prompt = trial
        .samples
        .iter()
        .find(|sample| sample.pointer == "/message/content")
        .unwrap();
    assert_eq!(prompt.session.as_deref(), Some("s1"));
    assert_eq!(prompt.hit, "CASE-1234");
    assert_eq!(prompt.before, format!("{}the ticket ", "é".repeat(49)));
    assert_eq!(prompt.after, format!(" is öpen{}", "!".repeat(52)));

    let elsewhere = ReadScope {
        projects: Some(vec!["another".to_owned()]),
        own_of: None,
    };
    let nothing = test.workspace.redaction_trial(&rule, &elsewhere).unwrap();
    assert_eq!((nothing.records_seen, nothing.hits), (0, 0));
    assert_eq!(
        test.workspace.redaction_policy().unwrap().revision,
        0,
        "a trial changes nothing"
    );
    let broken = TrialRule::Dictionary(Dictionary {
        name: "x".to_owned(),
        words: vec!["a".to_owned()],
    });
    assert!(matches!(
        test.workspace.redaction_trial(&broken, &ReadScope::all()),
        Err(StoreError::Policy(_))
    ));
}
