//! Sessions that their person makes private: gone and never taken again, or without content, or kept, as the policy says.

use argus_session::source::compliance::message_item;
use argus_session::source::{hook, inference_hook, otel};
use argus_session::{Item, Meta};
use argus_store::{
    Actor, Asker, CapturePolicy, CaptureRule, Delivery, DeviceId, DeviceSeen, OptOut, Outcome,
    PrivateOutcome, ReadScope, Store, StoreError, TombstoneKind, Workspace, WorkspaceMode,
};
use serde_json::json;

use crate::support::{
    conversation, dump, files_with, lines_as_items, new_store, noise, options, recording, settle,
};

const CANARY: &str = "northwind-merger";
const DEVICE: DeviceId = [7; 16];

fn by_key(key: &str, user: Option<&str>, projects: &[&str]) -> Delivery {
    Delivery {
        projects: projects.iter().map(|name| (*name).to_owned()).collect(),
        key_id: Some(key.to_owned()),
        user: user.map(str::to_owned),
    }
}

fn asker(key: &str, person: Option<&str>, projects: &[&str], device: Option<DeviceId>) -> Asker {
    Asker::Key {
        id: key.to_owned(),
        person: person.map(str::to_owned),
        projects: projects.iter().map(|name| (*name).to_owned()).collect(),
        device,
    }
}

/// The shared key with which these tests deliver.
fn shared() -> Delivery {
    by_key("key_shared", None, &["demo"])
}

fn its_holder() -> Asker {
    asker("key_shared", None, &["demo"], None)
}

fn deliver(workspace: &Workspace, items: Vec<Item>, delivery: &Delivery) -> Vec<Outcome> {
    let batch = items
        .into_iter()
        .map(|item| workspace.prepare(item, delivery).unwrap())
        .collect();
    workspace.append(batch).unwrap().outcomes
}

fn from_device(items: Vec<Item>, device: DeviceId) -> Vec<Item> {
    items
        .into_iter()
        .map(|item| Item {
            meta: Meta {
                device: Some(hex::encode(device)),
                ..item.meta
            },
            ..item
        })
        .collect()
}

/// A log record of a session, as telemetry tells of a prompt.
fn telemetry(session: &str, sequence: u64) -> Item {
    otel::item(json!({
        "resource": {"attributes": {"service.name": "claude-code"}},
        "log": {"body": "claude_code.user_prompt", "time_unix_nano": 1_795_000_000_000_000_000_u64 + sequence,
            "attributes": {"session.id": session, "event.name": "user_prompt", "event.sequence": sequence,
                "prompt.id": format!("{session}-p"), "prompt": format!("{CANARY} {sequence}")}},
    }))
}

fn hook_call(session: &str, key: &str) -> Item {
    let body = json!({"session_id": session, "hook_event_name": "UserPromptSubmit", "prompt_id": format!("{session}-p"),
        "cwd": format!("/home/dev/{CANARY}"), "prompt": CANARY});
    hook::item(body, key, Meta::default())
}

/// A copy of another session's record, as a fork has them.
fn copy_of(older: &str, fork: &str) -> Vec<Item> {
    let line = json!({"type": "user", "uuid": format!("{older}-u"), "parentUuid": null, "promptId": format!("{fork}-p"),
        "sessionId": fork, "requestSessionId": older, "timestamp": "2026-11-18T10:00:00Z",
        "message": {"role": "user", "content": CANARY}});
    lines_as_items(fork, &[line])
}

fn rule(opt_out: OptOut) -> CaptureRule {
    CaptureRule {
        opt_out,
        notice: Some("ask the works council".to_owned()),
    }
}

fn set_policy(workspace: &Workspace, opt_out: OptOut, projects: &[(&str, OptOut)]) {
    let policy = CapturePolicy {
        workspace: rule(opt_out),
        projects: projects
            .iter()
            .map(|(name, opt_out)| ((*name).to_owned(), rule(*opt_out)))
            .collect(),
    };
    let revision = workspace.capture_policy().unwrap().revision;
    workspace
        .set_capture_policy(&policy, revision, &Actor::system())
        .unwrap();
}

fn outcome(workspace: &Workspace, session: &str, asker: &Asker) -> PrivateOutcome {
    workspace.make_private(session, asker).unwrap().outcome
}

fn all_suppressed(outcomes: &[Outcome]) -> bool {
    outcomes
        .iter()
        .all(|outcome| *outcome == Outcome::Suppressed)
}

fn check(workspace: &Workspace) {
    assert!(workspace.check_ledger().unwrap());
    let check = workspace.check_records().unwrap();
    assert_eq!(check.damaged, 0, "{check:?}");
    let seen = dump(workspace);
    workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(dump(workspace), seen);
}

#[test]
fn the_word_holds_before_between_and_after() {
    for (before, after) in [(0, 6), (3, 3), (6, 0)] {
        let test = new_store();
        let workspace = &test.workspace;
        deliver(
            workspace,
            conversation("other", "kept", "kept", 60),
            &shared(),
        );
        let large = noise(40_000);
        let mut items = conversation("s-private", CANARY, &format!("{CANARY} {large}"), 0);
        items.push(hook_call("s-private", "h1"));
        items.extend((1..4).map(|n| telemetry("s-private", n)));
        let late = items.split_off(before);
        assert_eq!(late.len(), after);
        deliver(workspace, items.clone(), &shared());
        settle(workspace);
        let leaves = workspace.status().unwrap().leaves;

        assert_eq!(
            outcome(workspace, "s-private", &its_holder()),
            PrivateOutcome::Private
        );
        assert_eq!(workspace.status().unwrap().leaves, leaves + 1, "its act");
        assert!(all_suppressed(&deliver(workspace, late, &shared())));
        // Late retries and backfills, by whatever key.
        assert!(all_suppressed(&deliver(workspace, items, &shared())));
        let again = conversation("s-private", CANARY, "y", 0);
        assert!(all_suppressed(&deliver(
            workspace,
            again,
            &by_key("key_other", Some("b@example.org"), &["x"])
        )));
        // And an import, which is nobody's delivery.
        let imported = conversation("s-private", CANARY, "y", 0);
        assert!(all_suppressed(&deliver(
            workspace,
            imported,
            &crate::support::delivery()
        )));
        settle(workspace);
        assert_eq!(workspace.session("s-private").unwrap(), None);
        for needle in [CANARY, "s-private"] {
            assert!(
                files_with(test.folder.path(), needle).is_empty(),
                "{needle}"
            );
        }
        let blobs = crate::support::files(test.folder.path());
        assert!(
            !blobs
                .iter()
                .any(|path| path.to_string_lossy().contains("/blobs/"))
        );

        let tombstone = workspace
            .tombstone("s-private", &ReadScope::all())
            .unwrap()
            .unwrap();
        assert_eq!(tombstone.kind, TombstoneKind::Private);
        assert_eq!(tombstone.policy, Some(OptOut::Allowed));
        assert_eq!(tombstone.by, Some(Actor::key("key_shared")));
        assert_eq!(tombstone.projects, ["demo"]);
        // Asking again changes nothing.
        let leaves = workspace.status().unwrap().leaves;
        assert_eq!(
            outcome(workspace, "s-private", &its_holder()),
            PrivateOutcome::Private
        );
        assert_eq!(workspace.status().unwrap().leaves, leaves);
        assert!(workspace.session("other").unwrap().is_some());
        check(workspace);
    }
}

#[test]
fn what_was_being_taken_when_the_word_came_is_not_kept() {
    let test = new_store();
    let workspace = &test.workspace;
    let prepare = |items: Vec<Item>| {
        items
            .into_iter()
            .map(|item| workspace.prepare(item, &shared()).unwrap())
            .collect::<Vec<_>>()
    };
    let waits = prepare(conversation("s-private", CANARY, "y", 0));
    outcome(workspace, "s-private", &its_holder());
    assert!(all_suppressed(&workspace.append(waits).unwrap().outcomes));

    set_policy(workspace, OptOut::ContentOff, &[]);
    let waits = prepare(conversation("s-off", CANARY, CANARY, 0));
    assert_eq!(
        outcome(workspace, "s-off", &its_holder()),
        PrivateOutcome::ContentOff
    );
    assert_eq!(workspace.append(waits).unwrap().new_records(), 2);
    let seen = dump(workspace);
    assert!(seen.contains("s-off") && !seen.contains(CANARY), "{seen}");
    check(workspace);
}

#[test]
fn the_word_outlives_the_process() {
    let test = new_store();
    deliver(&test.workspace, conversation("s1", "x", "y", 0), &shared());
    outcome(&test.workspace, "s1", &its_holder());
    set_policy(&test.workspace, OptOut::ContentOff, &[]);
    outcome(&test.workspace, "s2", &its_holder());
    let folder = test.folder;
    drop((test.workspace, test.store));
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert!(all_suppressed(&deliver(
        &workspace,
        conversation("s1", "x", "y", 0),
        &shared()
    )));
    assert!(all_suppressed(&deliver(
        &workspace,
        copy_of("s1", "fork"),
        &shared()
    )));
    deliver(&workspace, conversation("s2", CANARY, CANARY, 0), &shared());
    assert!(!dump(&workspace).contains(CANARY));
    let sessions = ["s1", "s2", "s3"].map(str::to_owned);
    let (gone, content_off) = workspace.opted_out(&sessions);
    assert_eq!((gone, content_off), (vec!["s1"], vec!["s2"]));
}

#[test]
fn a_session_is_whose_it_is() {
    let test = new_store();
    let workspace = &test.workspace;
    let mine = Some("a@example.org");
    let of = |session: &str| conversation(session, "x", "y", 0);
    let demo = &["demo"][..];
    type Deliveries = Vec<(Vec<Item>, Delivery)>;
    let cases: Vec<(&str, Deliveries, Asker, PrivateOutcome)> = {
        use PrivateOutcome::{Private, Refused};
        let personal = by_key("key_mine", mine, demo);
        let anothers = by_key("key_hers", Some("b@example.org"), demo);
        vec![
            (
                "nothing",
                vec![],
                asker("key_x", None, &["x"], None),
                Private,
            ),
            (
                "mine",
                vec![(of("mine"), personal.clone())],
                asker("key_new", mine, &["x"], None),
                Private,
            ),
            (
                "hers",
                vec![(of("hers"), anothers.clone())],
                asker("key_mine", mine, demo, None),
                Refused,
            ),
            (
                "both",
                vec![
                    (of("both"), personal.clone()),
                    (vec![telemetry("both", 1)], anothers.clone()),
                ],
                asker("key_mine", mine, demo, None),
                Refused,
            ),
            (
                "both-device",
                vec![
                    (from_device(of("both-device"), DEVICE), personal.clone()),
                    (vec![telemetry("both-device", 1)], anothers.clone()),
                ],
                asker("key_mine", mine, demo, Some(DEVICE)),
                Refused,
            ),
            (
                "hers-her-device",
                vec![(from_device(of("hers-her-device"), DEVICE), anothers.clone())],
                asker("key_mine", mine, demo, Some([8; 16])),
                Refused,
            ),
            (
                "device",
                vec![(from_device(of("device"), DEVICE), shared())],
                asker("key_x", None, &["x"], Some(DEVICE)),
                Private,
            ),
            (
                "no-proof",
                vec![(from_device(of("no-proof"), DEVICE), shared())],
                its_holder(),
                Refused,
            ),
            (
                "same-key",
                vec![(of("same-key"), shared())],
                its_holder(),
                Private,
            ),
            (
                "same-projects",
                vec![(of("same-projects"), shared())],
                asker("key_mine", mine, demo, None),
                Private,
            ),
            (
                "other-projects",
                vec![(of("other-projects"), shared())],
                asker("key_x", None, &["x"], None),
                Refused,
            ),
            (
                "imported",
                vec![(of("imported"), crate::support::delivery())],
                asker("key_x", None, demo, None),
                Private,
            ),
            (
                "mixed",
                vec![
                    (of("mixed"), personal.clone()),
                    (vec![telemetry("mixed", 1)], by_key("key_x", None, &["x"])),
                ],
                asker("key_mine", mine, demo, None),
                Private,
            ),
            (
                "two-devices",
                vec![
                    (from_device(of("two-devices"), [8; 16]), shared()),
                    (from_device(copy_of("x", "two-devices"), DEVICE), shared()),
                ],
                asker("key_shared", None, demo, Some(DEVICE)),
                Refused,
            ),
            (
                "her-own-and-my-device",
                vec![
                    (of("her-own-and-my-device"), anothers.clone()),
                    (
                        from_device(copy_of("x", "her-own-and-my-device"), DEVICE),
                        shared(),
                    ),
                ],
                asker("key_shared", None, demo, Some(DEVICE)),
                Refused,
            ),
            (
                "telemetry",
                vec![(vec![telemetry("telemetry", 1)], shared())],
                its_holder(),
                Private,
            ),
            (
                "telemetry-same-projects",
                vec![(vec![telemetry("telemetry-same-projects", 1)], shared())],
                asker("key_x", None, demo, None),
                Refused,
            ),
            (
                "telemetry-and-one-line",
                vec![
                    (vec![telemetry("telemetry-and-one-line", 1)], shared()),
                    (
                        copy_of("x", "telemetry-and-one-line"),
                        by_key("key_x", None, demo),
                    ),
                ],
                asker("key_x", None, demo, None),
                Refused,
            ),
            (
                "telemetry-and-one-device",
                vec![
                    (vec![telemetry("telemetry-and-one-device", 1)], shared()),
                    (
                        from_device(copy_of("x", "telemetry-and-one-device"), DEVICE),
                        by_key("key_x", None, &["x"]),
                    ),
                ],
                asker("key_x", None, &["x"], Some(DEVICE)),
                Refused,
            ),
            (
                "telemetry-beside-a-device",
                vec![
                    (vec![telemetry("telemetry-beside-a-device", 1)], shared()),
                    (
                        from_device(of("telemetry-beside-a-device"), DEVICE),
                        by_key("key_x", None, demo),
                    ),
                ],
                asker("key_x", None, demo, Some(DEVICE)),
                Private,
            ),
            (
                "compliance",
                vec![(
                    message_item("compliance", json!({"id": "m1", "type": "user"}), 0)
                        .into_iter()
                        .collect(),
                    by_key("source:claude", None, demo),
                )],
                asker("key_x", None, demo, None),
                Refused,
            ),
            (
                "inference-hook",
                vec![(
                    inference_hook::items(
                        json!({"session_id": "inference-hook", "type": "tool_use", "messages": []}),
                        "wh_1",
                        1_795_000_000_000_000,
                        &[0; 32],
                    )
                    .unwrap(),
                    by_key("hook_1", None, demo),
                )],
                asker("hook_1", None, demo, None),
                Refused,
            ),
            (
                "account",
                vec![(of("account"), personal)],
                Asker::Account {
                    id: "acc".to_owned(),
                    email: "a@example.org".to_owned(),
                },
                Private,
            ),
            (
                "account-shared",
                vec![(of("account-shared"), shared())],
                Asker::Account {
                    id: "acc".to_owned(),
                    email: "a@example.org".to_owned(),
                },
                Refused,
            ),
            (
                "account-nothing",
                vec![],
                Asker::Account {
                    id: "acc".to_owned(),
                    email: "a@example.org".to_owned(),
                },
                Refused,
            ),
        ]
    };
    for (session, deliveries, who, expected) in cases {
        for (items, delivery) in deliveries {
            deliver(workspace, items, &delivery);
        }
        settle(workspace);
        let may = workspace.may_make_private(session, &who).unwrap();
        assert_eq!(
            may.is_some(),
            expected == PrivateOutcome::Private,
            "{session}"
        );
        assert_eq!(outcome(workspace, session, &who), expected, "{session}");
        let is_there = workspace.session(session).unwrap().is_some();
        assert_eq!(
            is_there,
            expected == PrivateOutcome::Refused && session != "account-nothing",
            "{session}"
        );
    }
    assert!(matches!(
        workspace.make_private("", &its_holder()),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn the_strictest_rule_of_the_sessions_projects_holds() {
    let test = new_store();
    let workspace = &test.workspace;
    set_policy(
        workspace,
        OptOut::Allowed,
        &[("bank", OptOut::Forbidden), ("lab", OptOut::ContentOff)],
    );
    let words = |session: &str, projects: &[&str]| {
        let made = workspace
            .make_private(session, &asker("key_a", None, projects, Some(DEVICE)))
            .unwrap();
        (made.outcome, made.notice)
    };
    let notice = || Some("ask the works council".to_owned());
    // Nothing is stored: the key's projects.
    assert_eq!(
        words("n1", &["bank"]),
        (PrivateOutcome::Forbidden, notice())
    );
    assert_eq!(words("n2", &["lab", "demo"]).0, PrivateOutcome::ContentOff);
    assert_eq!(words("n3", &["demo"]).0, PrivateOutcome::Private);
    // Something is: what it was delivered for counts, not what the asker's key is for.
    let items = from_device(conversation("s1", CANARY, "y", 0), DEVICE);
    deliver(workspace, items, &by_key("key_b", None, &["bank"]));
    assert_eq!(
        words("s1", &["demo"]),
        (PrivateOutcome::Forbidden, notice())
    );
    // Of a list of projects the working folder picks one.
    let picked = |session: &str| {
        let items = from_device(conversation(session, CANARY, "y", 0), DEVICE);
        items
            .into_iter()
            .map(|mut item| {
                item.meta.cwd = Some("/home/dev/lab".to_owned());
                item
            })
            .collect()
    };
    deliver(
        workspace,
        picked("s2"),
        &by_key("key_b", None, &["bank", "lab"]),
    );
    settle(workspace);
    assert_eq!(words("s2", &["bank"]).0, PrivateOutcome::ContentOff);
    let session = workspace.session("s2").unwrap().unwrap();
    assert_eq!(
        session.projects,
        ["lab"],
        "the folder is gone, the project is not"
    );
    assert!(workspace.session("s1").unwrap().is_some());
    assert!(dump(workspace).contains(CANARY));

    let policy = workspace.capture_policy().unwrap();
    assert!(matches!(
        workspace.set_capture_policy(&policy.policy, policy.revision + 1, &Actor::system()),
        Err(StoreError::Outdated { .. })
    ));
    let bad = CapturePolicy {
        workspace: CaptureRule {
            opt_out: OptOut::Forbidden,
            notice: Some("x".repeat(2_001)),
        },
        ..CapturePolicy::default()
    };
    assert!(matches!(
        workspace.set_capture_policy(&bad, policy.revision, &Actor::system()),
        Err(StoreError::Invalid(_))
    ));
}

#[test]
fn a_workspace_that_erases_nothing_makes_nothing_private() {
    let test = new_store();
    test.store
        .create_workspace("locked", WorkspaceMode::RetentionLocked, &Actor::system())
        .unwrap();
    let workspace = test.store.workspace("locked").unwrap().unwrap();
    deliver(&workspace, conversation("s1", "x", "y", 0), &shared());
    settle(&workspace);
    for opt_out in [OptOut::Allowed, OptOut::ContentOff] {
        set_policy(&workspace, opt_out, &[]);
        assert_eq!(
            outcome(&workspace, "s1", &its_holder()),
            PrivateOutcome::Forbidden
        );
        assert_eq!(
            workspace.capture_rule(&[]).unwrap().opt_out,
            OptOut::Forbidden
        );
    }
    assert!(workspace.session("s1").unwrap().is_some());
    assert_eq!(workspace.tombstone("s1", &ReadScope::all()).unwrap(), None);
}

#[test]
fn content_goes_and_structure_stays() {
    for name in ["tools", "subagent"] {
        for before in [0, 20, usize::MAX] {
            let test = new_store();
            let workspace = &test.workspace;
            set_policy(workspace, OptOut::ContentOff, &[]);
            let mut items = recording(name);
            let session = items
                .iter()
                .find_map(|item| item.session_id.clone())
                .unwrap();
            let whole = {
                let plain = new_store();
                deliver(&plain.workspace, items.clone(), &shared());
                settle(&plain.workspace);
                plain.workspace.session(&session).unwrap().unwrap().totals
            };
            let late = items.split_off(before.min(items.len()));
            deliver(workspace, items.clone(), &shared());
            settle(workspace);
            assert_eq!(
                outcome(workspace, &session, &its_holder()),
                PrivateOutcome::ContentOff
            );
            deliver(workspace, late.clone(), &shared());
            // What comes again is known, and brings nothing back.
            let again: Vec<Item> = items.into_iter().chain(late).collect();
            let outcomes = deliver(workspace, again, &shared());
            assert!(
                outcomes.iter().all(|outcome| *outcome == Outcome::Known),
                "{name} {before}"
            );
            settle(workspace);
            let totals = workspace.session(&session).unwrap().unwrap().totals;
            assert_eq!(totals.turns, whole.turns, "{name} {before}");
            assert_eq!(totals.tool_calls, whole.tool_calls, "{name} {before}");
            assert_eq!(totals.tokens, whole.tokens, "{name} {before}");
            let seen = dump(workspace);
            for content in [
                "prepare the release",
                "hello\\napp.py",
                "/home/dev/project",
                "release-notes",
                "Say hello",
            ] {
                assert!(!seen.contains(content), "{name} {before}: {content}");
                let files = files_with(test.folder.path(), content);
                assert!(files.is_empty(), "{name} {before}: {content} in {files:?}");
            }
            let tombstone = workspace.tombstone(&session, &ReadScope::all()).unwrap();
            assert_eq!(tombstone.unwrap().kind, TombstoneKind::ContentOff);
            check(workspace);
        }
    }
}

#[test]
fn what_is_left_without_content_can_go_too() {
    let test = new_store();
    let workspace = &test.workspace;
    set_policy(workspace, OptOut::ContentOff, &[]);
    deliver(workspace, conversation("s1", CANARY, "y", 0), &shared());
    settle(workspace);
    outcome(workspace, "s1", &its_holder());
    set_policy(workspace, OptOut::Allowed, &[]);
    assert_eq!(
        outcome(workspace, "s1", &its_holder()),
        PrivateOutcome::Private
    );
    let tombstone = workspace.tombstone("s1", &ReadScope::all()).unwrap();
    assert_eq!(tombstone.unwrap().kind, TombstoneKind::Private);
    set_policy(workspace, OptOut::Forbidden, &[]);
    assert_eq!(
        outcome(workspace, "s1", &its_holder()),
        PrivateOutcome::Private
    );
    check(workspace);
}

#[test]
fn a_stop_between_the_word_and_its_end_is_made_good() {
    let test = new_store();
    set_policy(&test.workspace, OptOut::ContentOff, &[]);
    deliver(
        &test.workspace,
        conversation("s1", CANARY, CANARY, 0),
        &shared(),
    );
    settle(&test.workspace);
    let folder = test.folder;
    drop((test.workspace, test.store));
    // As if it had stopped right after the act.
    let database = crate::support::files(folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let connection = rusqlite::Connection::open(database).unwrap();
    connection
        .execute(
            "INSERT INTO tombstones (session, kind, policy, at_us, projects, unfinished)
             SELECT hash, 'content_off', 'content_off', 1, '[]', 1 FROM sessions_known WHERE id = 's1'",
            [],
        )
        .unwrap();
    drop(connection);
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    let seen = dump(&workspace);
    assert!(seen.contains("s1-p") && !seen.contains(CANARY), "{seen}");
    check(&workspace);
}

#[test]
fn forks_go_with_the_session_that_they_copied() {
    for opt_out in [OptOut::Allowed, OptOut::ContentOff] {
        // The fork came before the word, after it, and in parts.
        for order in ["before", "after", "between"] {
            let test = new_store();
            let workspace = &test.workspace;
            set_policy(workspace, opt_out, &[]);
            deliver(workspace, conversation("old", CANARY, "y", 0), &shared());
            if order == "before" {
                deliver(workspace, copy_of("old", "fork"), &shared());
            }
            if order != "after" {
                deliver(workspace, vec![telemetry("fork", 1)], &shared());
            }
            settle(workspace);
            outcome(workspace, "old", &its_holder());
            if order != "before" {
                let outcomes = deliver(workspace, copy_of("old", "fork"), &shared());
                assert_eq!(
                    all_suppressed(&outcomes),
                    opt_out == OptOut::Allowed,
                    "{opt_out:?} {order}"
                );
            }
            // A fork of the fork, and what telemetry tells of it later.
            deliver(workspace, copy_of("fork", "younger"), &shared());
            deliver(
                workspace,
                vec![telemetry("younger", 1), telemetry("fork", 2)],
                &shared(),
            );
            let seen = dump(workspace);
            assert!(!seen.contains(CANARY), "{opt_out:?} {order}: {seen}");
            let is_there = workspace.session("fork").unwrap().is_some();
            assert_eq!(
                is_there,
                opt_out == OptOut::ContentOff,
                "{opt_out:?} {order}"
            );
            for session in ["fork", "younger"] {
                let tombstone = workspace.tombstone(session, &ReadScope::all()).unwrap();
                assert_eq!(tombstone.unwrap().policy, Some(opt_out), "{session}");
            }
            deliver(
                workspace,
                conversation("another", "kept", "kept", 9),
                &shared(),
            );
            settle(workspace);
            assert!(workspace.session("another").unwrap().is_some());
            check(workspace);
        }
    }
}

/// A session's own line, and telemetry of it.
fn own_of(session: &str) -> Vec<Item> {
    let mut items = conversation(session, "kept words", "kept too", 60);
    items.push(telemetry(session, 1));
    items
}

#[test]
fn a_record_that_names_a_private_session_erases_nobody_elses() {
    let mine = Some("a@example.org");
    // Whose the other session is; who speaks, delivering by the same key.
    let victims = [
        by_key("key_hers", Some("b@example.org"), &["demo"]),
        by_key("key_other", None, &["demo"]),
        shared(),
    ];
    let attackers = [
        by_key("key_mine", mine, &["demo"]),
        by_key("key_x", None, &["x"]),
        by_key("key_x", None, &["demo"]),
    ];
    for opt_out in [OptOut::Allowed, OptOut::ContentOff] {
        for order in ["before", "after", "before and again"] {
            for (victim, attacker) in victims
                .iter()
                .flat_map(|victim| attackers.iter().map(move |attacker| (victim, attacker)))
            {
                let test = new_store();
                let workspace = &test.workspace;
                set_policy(workspace, opt_out, &[]);
                deliver(workspace, own_of("victim"), victim);
                let own = from_device(conversation("mine", CANARY, "y", 0), DEVICE);
                deliver(workspace, own, attacker);
                let forged = || from_device(copy_of("mine", "victim"), DEVICE);
                if order != "after" {
                    deliver(workspace, forged(), attacker);
                }
                settle(workspace);
                let who = Asker::Key {
                    id: attacker.key_id.clone().unwrap(),
                    person: attacker.user.clone(),
                    projects: attacker.projects.clone(),
                    device: Some(DEVICE),
                };
                outcome(workspace, "mine", &who);
                let mut outcomes = Vec::new();
                if order != "before" {
                    outcomes = deliver(workspace, forged(), attacker);
                    assert_eq!(
                        all_suppressed(&outcomes),
                        opt_out == OptOut::Allowed,
                        "{order} {outcomes:?}"
                    );
                }
                let case = format!("{opt_out:?} {order} {victim:?} {attacker:?} {outcomes:?}");
                assert_eq!(
                    workspace.tombstone("victim", &ReadScope::all()).unwrap(),
                    None,
                    "{case}"
                );
                let sessions = ["victim".to_owned()];
                let (gone, off) = workspace.opted_out(&sessions);
                assert!(gone.is_empty() && off.is_empty(), "{case}");
                let seen = dump(workspace);
                assert!(seen.contains("kept words"), "{case}: {seen}");
                // The copies are of the private one, and go with it; its telemetry is the other session's.
                assert!(!seen.contains(&format!("{CANARY}\"")), "{case}: {seen}");
                check(workspace);
            }
        }
    }
}

#[test]
fn a_fork_of_another_goes_without_the_copies_only() {
    for opt_out in [OptOut::Allowed, OptOut::ContentOff] {
        let test = new_store();
        let workspace = &test.workspace;
        set_policy(workspace, opt_out, &[]);
        let mine = by_key("key_mine", Some("a@example.org"), &["demo"]);
        let hers = by_key("key_hers", Some("b@example.org"), &["demo"]);
        deliver(
            workspace,
            conversation("first-of-all", CANARY, "y", 0),
            &mine,
        );
        deliver(workspace, copy_of("first-of-all", "fork"), &hers);
        deliver(
            workspace,
            conversation("fork", "kept words", "kept too", 60),
            &hers,
        );
        settle(workspace);
        assert!(dump(workspace).contains(CANARY));
        let who = asker("key_mine", Some("a@example.org"), &["demo"], None);
        outcome(workspace, "first-of-all", &who);
        let seen = dump(workspace);
        assert!(!seen.contains(CANARY), "{opt_out:?}: {seen}");
        assert!(seen.contains("kept words"), "{opt_out:?}: {seen}");
        assert!(files_with(test.folder.path(), CANARY).is_empty());
        if opt_out == OptOut::Allowed {
            let files = files_with(test.folder.path(), "first-of-all");
            assert!(files.is_empty(), "{files:?}");
        }
        check(workspace);
    }
}

#[test]
fn a_fork_has_the_strictest_rule_of_its_own_projects() {
    for order in ["before", "after"] {
        let test = new_store();
        let workspace = &test.workspace;
        set_policy(
            workspace,
            OptOut::Allowed,
            &[("bank", OptOut::Forbidden), ("lab", OptOut::ContentOff)],
        );
        let mine = |project: &str| by_key("key_mine", Some("a@example.org"), &[project]);
        deliver(
            workspace,
            conversation("old", CANARY, "y", 0),
            &mine("demo"),
        );
        let deliver_forks = || {
            for project in ["bank", "lab", "demo"] {
                deliver(workspace, copy_of("old", project), &mine(project));
                let own = conversation(project, "kept words", "z", 60);
                deliver(workspace, own, &mine(project));
            }
            settle(workspace);
        };
        if order == "before" {
            deliver_forks();
        }
        let who = asker("key_mine", Some("a@example.org"), &["demo"], None);
        assert_eq!(outcome(workspace, "old", &who), PrivateOutcome::Private);
        if order == "after" {
            deliver_forks();
        }
        let kind = |session: &str| {
            let tombstone = workspace.tombstone(session, &ReadScope::all()).unwrap();
            tombstone.map(|tombstone| (tombstone.kind, tombstone.policy.unwrap()))
        };
        assert_eq!(kind("bank"), None, "{order}");
        assert_eq!(
            kind("lab"),
            Some((TombstoneKind::ContentOff, OptOut::ContentOff)),
            "{order}"
        );
        assert_eq!(
            kind("demo"),
            Some((TombstoneKind::Private, OptOut::Allowed)),
            "{order}"
        );
        let seen = dump(workspace);
        assert!(seen.contains("kept words"), "the bank's: {seen}");
        assert!(!seen.contains(CANARY), "{order}: {seen}");
        check(workspace);
    }
}

#[test]
fn what_failed_is_not_taken_for_done() {
    for (opt_out, done) in [
        (OptOut::Allowed, PrivateOutcome::Private),
        (OptOut::ContentOff, PrivateOutcome::ContentOff),
    ] {
        for failing in ["old", "fork"] {
            let test = new_store();
            let workspace = &test.workspace;
            set_policy(workspace, opt_out, &[]);
            deliver(workspace, conversation("old", CANARY, "y", 0), &shared());
            deliver(workspace, copy_of("old", "fork"), &shared());
            settle(workspace);
            let database = crate::support::files(test.folder.path())
                .into_iter()
                .find(|path| path.ends_with("workspace.db"))
                .unwrap();
            let connection = rusqlite::Connection::open(database).unwrap();
            let fails = format!(
                "CREATE TRIGGER fails BEFORE INSERT ON tombstones
                 WHEN NEW.session = (SELECT hash FROM sessions_known WHERE id = '{failing}')
                 BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END"
            );
            connection.execute_batch(&fails).unwrap();
            for _ in 0..2 {
                assert!(workspace.make_private("old", &its_holder()).is_err());
                assert!(dump(workspace).contains(CANARY), "{opt_out:?} {failing}");
                let sessions = [failing.to_owned()];
                let (gone, off) = workspace.opted_out(&sessions);
                assert!(gone.is_empty() && off.is_empty(), "{opt_out:?} {failing}");
            }
            connection.execute_batch("DROP TRIGGER fails").unwrap();
            assert_eq!(outcome(workspace, "old", &its_holder()), done);
            for session in ["old", "fork"] {
                let tombstone = workspace.tombstone(session, &ReadScope::all()).unwrap();
                assert!(tombstone.is_some(), "{opt_out:?} {failing} {session}");
            }
            assert!(!dump(workspace).contains(CANARY), "{opt_out:?} {failing}");
            check(workspace);
        }
    }
}

#[test]
fn tombstones_are_for_those_who_could_have_read_the_session() {
    let test = new_store();
    let workspace = &test.workspace;
    let mine = by_key("key_mine", Some("a@example.org"), &["lab"]);
    deliver(workspace, conversation("s1", "x", "y", 0), &mine);
    deliver(workspace, conversation("s2", "x", "y", 60), &shared());
    settle(workspace);
    outcome(
        workspace,
        "s1",
        &asker("key_mine", Some("a@example.org"), &["lab"], None),
    );
    workspace.erase_session("s2", &Actor::local("dev")).unwrap();
    let of_projects = |name: &str| ReadScope {
        projects: Some(vec![name.to_owned()]),
        own_of: None,
    };
    let own = |email: &str| ReadScope {
        projects: None,
        own_of: Some(email.to_owned()),
    };
    let kinds = |scope: &ReadScope| -> Vec<TombstoneKind> {
        let listed = workspace.tombstones(scope, None, 10).unwrap();
        listed.into_iter().map(|tombstone| tombstone.kind).collect()
    };
    assert_eq!(
        kinds(&ReadScope::all()),
        [TombstoneKind::Erased, TombstoneKind::Private]
    );
    assert_eq!(kinds(&of_projects("lab")), [TombstoneKind::Private]);
    assert_eq!(kinds(&of_projects("demo")), [TombstoneKind::Erased]);
    assert_eq!(kinds(&own("a@example.org")), [TombstoneKind::Private]);
    assert_eq!(kinds(&own("b@example.org")), []);
    let erased = workspace
        .tombstone("s2", &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(erased.by, Some(Actor::local("dev")));
    // A page goes on where the last one ended.
    let first = &workspace.tombstones(&ReadScope::all(), None, 1).unwrap()[0];
    let next = workspace
        .tombstones(&ReadScope::all(), Some((first.at_us, &first.session)), 10)
        .unwrap();
    assert_eq!(next.len(), 1);
    assert_eq!(next[0].kind, TombstoneKind::Private);
}

#[test]
fn what_was_erased_before_tombstones_were_written_has_its_time() {
    let test = new_store();
    test.workspace
        .erase_session("later", &Actor::system())
        .unwrap();
    let database = crate::support::files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute("DELETE FROM tombstones", []).unwrap();
    let tombstone = test
        .workspace
        .tombstone("later", &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(
        (tombstone.kind, tombstone.by),
        (TombstoneKind::Erased, None)
    );
    assert!(tombstone.at_us > 0);
}

#[test]
fn devices_are_noted_as_they_were_seen_last() {
    let test = new_store();
    let seen = |version: &str| DeviceSeen {
        id: DEVICE,
        name: format!("laptop\n{}", "7".repeat(500)),
        os: "linux".to_owned(),
        arch: "x86_64".to_owned(),
        client_version: version.to_owned(),
    };
    let workspace = &test.workspace;
    let leaves = workspace.status().unwrap().leaves;
    workspace
        .note_device(&seen("0.1.0"), "key_a", None)
        .unwrap();
    workspace
        .note_device(&seen("0.2.0"), "key_b", Some("a@example.org"))
        .unwrap();
    let devices = workspace.devices(&ReadScope::all(), 10).unwrap();
    assert_eq!(devices.len(), 1);
    let device = &devices[0];
    assert_eq!(device.id, hex::encode(DEVICE));
    assert_eq!(
        (device.client_version.as_str(), device.key_id.as_str()),
        ("0.2.0", "key_b")
    );
    assert_eq!(device.person.as_deref(), Some("a@example.org"));
    assert!(device.first_seen_at_us < device.last_seen_at_us);
    assert!(device.name.starts_with("laptop7") && device.name.len() == 128);
    assert_eq!(workspace.status().unwrap().leaves, leaves, "no act");
}
