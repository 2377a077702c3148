//! What a capture client says of skills and of its machine.

use argus_session::document::SkillUse;
use argus_session::machine::{SkillState, id_of, is_machine};
use argus_session::{Fold, Item, Meta, NaturalKey, Record, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::to_record;

fn said(session: &str, key: &str, second: u64, body: Value) -> Record {
    let item = Item {
        source: Source::Capture,
        key: NaturalKey::given(key),
        session_id: Some(session.to_owned()),
        at_us: Some(i64::try_from(second).unwrap() * 1_000_000),
        body,
        meta: Meta {
            device: Some("0f".repeat(16)),
            ..Meta::default()
        },
    };
    to_record(item, second)
}

fn look(path: &str, name: &str, hash: &str, at: &str, state: Option<&str>, second: u64) -> Record {
    let origin = if at == "start" { "personal" } else { "unknown" };
    let body = json!({"type": "skill_tree", "name": name, "label": "1.2", "hash": hash.repeat(32), "path": path, "origin": origin,
        "plugin": null, "state": state, "at": at, "files": 2});
    said("s", &format!("{path}{hash}{at}"), second, body)
}

/// The transcript of a session that used a skill.
fn used(name: &str) -> Record {
    let body = json!({"type": "assistant", "uuid": "u", "sessionId": "s", "requestId": "r", "timestamp": "2026-11-22T10:00:00Z",
        "message": {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "Skill", "input": {"skill": name}}]}});
    let mut file =
        argus_session::source::transcript::TranscriptFile::new("s", None, "s.jsonl", [0; 32]);
    to_record(file.item(body.to_string().as_bytes(), 0).unwrap(), 500)
}

fn fold(records: &[Record]) -> Fold {
    let mut fold = Fold::new(&records[0].session_id);
    for record in records {
        fold.apply(record);
    }
    fold.take_changed_turns();
    fold
}

fn skills(records: &[Record]) -> Vec<SkillUse> {
    fold(records).session().skills
}

#[test]
fn a_skill_that_was_the_same_after_its_run_is_stable() {
    let records = [
        look("/a/weekly", "weekly", "ab", "start", None, 1),
        look("/a/other", "other", "cd", "start", None, 1),
        used("weekly"),
        look("/a/weekly", "weekly", "ab", "stop", Some("stable"), 9),
    ];
    let use_ = &skills(&records)[0];
    assert_eq!(
        (use_.state, use_.hash.as_deref(), use_.label.as_deref()),
        (
            Some(SkillState::Stable),
            Some("ab".repeat(32).as_str()),
            Some("1.2")
        )
    );
    let reach = fold(&records).skills_in_reach();
    let ran: Vec<(&str, bool)> = reach
        .iter()
        .map(|skill| (skill.name.as_str(), skill.ran))
        .collect();
    assert_eq!(ran, [("other", false), ("weekly", true)]);
    assert_eq!(reach[1].origin.as_deref(), Some("personal"));
    assert_eq!(
        (reach[1].first_us, reach[1].last_us),
        (Some(1_000_000), Some(9_000_000))
    );
}

#[test]
fn a_skill_that_was_another_after_its_run_is_changed() {
    let records = [
        look("/a/weekly", "weekly", "ab", "start", None, 1),
        used("weekly"),
        look("/a/weekly", "weekly", "ef", "stop", Some("changed"), 9),
    ];
    let use_ = &skills(&records)[0];
    assert_eq!(
        (use_.state, use_.hash.clone()),
        (Some(SkillState::Changed), Some("ef".repeat(32)))
    );
}

#[test]
fn a_skill_that_was_not_looked_at_again_is_unknown() {
    let start = look("/a/weekly", "weekly", "ab", "start", None, 1);
    let use_ = skills(&[start.clone(), used("weekly")]).remove(0);
    assert_eq!(
        (use_.state, use_.hash),
        (Some(SkillState::Unknown), Some("ab".repeat(32)))
    );
    // Two folders of one name: nobody knows which.
    let other = look("/b/weekly", "weekly", "cd", "start", None, 2);
    let use_ = skills(&[start, other, used("weekly")]).remove(0);
    assert_eq!((use_.state, use_.hash), (None, None));
}

#[test]
fn a_plugins_skill_has_the_name_that_the_session_knows_it_by() {
    let records = [
        look("/p/skills/weekly", "p:weekly", "ab", "start", None, 1),
        used("p:weekly"),
        look(
            "/p/skills/weekly",
            "weekly",
            "ab",
            "stop",
            Some("stable"),
            9,
        ),
    ];
    let use_ = &skills(&records)[0];
    assert_eq!(
        (use_.name.as_str(), use_.state),
        ("p:weekly", Some(SkillState::Stable))
    );
}

fn inventory(second: u64, servers: Value) -> Record {
    let body = json!({"type": "inventory", "device": {"id": "0f".repeat(16), "name": format!("laptop-{second}"), "os": "linux", "arch": "x86_64"},
        "mcp_servers": servers, "plugins": [{"id": "p", "version": "1.0", "marketplace": null, "enabled": true}]});
    said(
        &id_of(&[0x0f; 16]),
        &format!("inventory{second}"),
        second,
        body,
    )
}

/// The tree of the files that the machine below tells of.
const WEEKLY: &str = "1abc252fc9816108e40d395002e884398c6c70995ed2d4c9adf883879c622112";

fn machine() -> Vec<Record> {
    let mail = |enabled: Value| {
        json!({"name": "mail", "scope": "user", "transport": "http", "origin": "https://mail.example/mcp", "enabled": enabled,
        "env_names": [], "header_names": ["Authorization"]})
    };
    let id = id_of(&[0x0f; 16]);
    let files = json!({"type": "skill_files", "name": "weekly", "label": "1.2", "hash": WEEKLY, "skill_md_hash": "00".repeat(32),
        "body_hash": "11".repeat(32), "files": [{"path": "SKILL.md", "size": 10, "sha256": "22".repeat(32), "text": "x"}, {"path": "a.bin", "size": 5, "sha256": "33".repeat(32), "is_binary": true}]});
    let lost = |key: &str, count: u64| {
        said(
            &id,
            key,
            4,
            json!({"type": "lost", "reason": "corrupt_segment", "count": count, "bytes": 9, "by_source": {"unknown": count}}),
        )
    };
    vec![
        inventory(
            1,
            json!([mail(json!(null)), {"name": "db", "scope": "local", "project": "/w", "transport": "stdio", "origin": "db-mcp", "enabled": false}]),
        ),
        inventory(2, json!([mail(json!(true))])),
        inventory(3, json!([])),
        said(&id, "files", 5, files),
        lost("l1", 2),
        lost("l2", 3),
    ]
}

#[test]
fn a_machine_is_what_its_lists_say_together() {
    let records = machine();
    let fold = fold(&records);
    let machine = fold.machine();
    assert_eq!(machine.name.as_deref(), Some("laptop-3"));
    assert_eq!(machine.listed_at, Some(3_000_000));
    let [db, mail] = machine.servers.as_slice() else {
        panic!("{machine:?}");
    };
    assert_eq!((db.name.as_str(), db.enabled), ("db", Some(false)));
    assert_eq!(
        (db.first_at, db.last_at),
        (Some(1_000_000), Some(1_000_000))
    );
    assert_eq!((mail.name.as_str(), mail.enabled), ("mail", Some(true)));
    assert_eq!(
        (mail.first_at, mail.last_at),
        (Some(1_000_000), Some(2_000_000))
    );
    assert_eq!(machine.lost[0].count, 5);
    let files = fold.skill_files();
    assert_eq!(
        (files[0].files, files[0].bytes, files[0].record),
        (2, 15, 5)
    );
}

#[test]
fn files_stand_for_the_version_that_they_are() {
    let told = machine().into_iter().find(|record| record.id == 5).unwrap();
    assert_eq!(fold(std::slice::from_ref(&told)).skill_files().len(), 1);
    let changes: [fn(&mut Value); 5] = [
        |body| body["files"][0]["sha256"] = json!("44".repeat(32)),
        |body| body["files"][1]["size"] = json!(6),
        |body| body["files"][1]["path"] = json!("b.bin"),
        |body| body["files"] = json!([body["files"][1], body["files"][0]]),
        |body| body["files"] = json!([body["files"][0]]),
    ];
    for change in changes {
        let mut other = told.clone();
        change(&mut other.body);
        let fold = fold(&[other]);
        assert!(fold.skill_files().is_empty());
    }
}

#[test]
fn what_is_no_machines_is_counted() {
    let mut stray = inventory(1, json!([]));
    stray.session_id = "s".to_owned();
    let fold = fold(&[stray]);
    assert_eq!(fold.session().counts["capture.inventory"], 1);
    assert_eq!(fold.machine().listed_at, None);
    assert!(is_machine(&id_of(&[0; 16])) && !is_machine("device:00"));
}

proptest! {
    #[test]
    fn the_order_of_items_does_not_matter(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let records = machine();
        let shuffled: Vec<Record> = order.iter().map(|place| records[*place].clone()).collect();
        prop_assert_eq!(fold(&shuffled).machine(), fold(&records).machine());
        prop_assert_eq!(fold(&shuffled).skill_files(), fold(&records).skill_files());
        let looks = [
            look("/a/weekly", "weekly", "ab", "start", None, 1),
            look("/b/weekly", "weekly", "cd", "start", None, 2),
            used("weekly"),
            look("/b/weekly", "w", "cd", "stop", Some("stable"), 8),
            look("/b/weekly", "w", "ef", "stop", Some("changed"), 9),
            look("/c/other", "other", "ef", "start", None, 3),
        ];
        let shuffled: Vec<Record> = order.iter().map(|place| looks[*place].clone()).collect();
        prop_assert_eq!(fold(&shuffled).skills_in_reach(), fold(&looks).skills_in_reach());
        prop_assert_eq!(skills(&shuffled), skills(&looks));
    }
}
