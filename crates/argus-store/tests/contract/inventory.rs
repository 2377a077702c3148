//! What machines and sessions have: projected, made anew, erased, and kept from those who may not see it.

use argus_session::document::{Grade, ReasonCode};
use argus_session::filter::{Filter, Key};
use argus_session::machine::SkillState;
use argus_session::{Item, Meta, NaturalKey, Source};
use argus_store::{
    Actor, Delivery, Outcome, ReadScope, SessionQuery, SkillFileContent, Store, Workspace,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{conversation, dump, files_with, new_store, options, settle};

const LAPTOP: [u8; 16] = [0x1a; 16];
const DESKTOP: [u8; 16] = [0x2b; 16];

fn hash(of: &str) -> String {
    of.repeat(32)
}

fn said(device: [u8; 16], session: Option<&str>, key: &str, body: Value) -> Item {
    Item {
        source: Source::Capture,
        key: NaturalKey::given(key),
        session_id: session.map(str::to_owned),
        at_us: Some(1_795_000_000_000_000),
        body,
        meta: Meta {
            device: Some(hex::encode(device)),
            ..Meta::default()
        },
    }
}

/// What the `SKILL.md` of a version says.
fn text_of(of: &str) -> &'static str {
    match of {
        "ab" => "Use it well.\n",
        "cd" => "Use it otherwise.\n",
        "77" => "Ask for CASE-1234 first.\n",
        _ => "Nobody's business.\n",
    }
}

/// The hash of a version's files.
fn version(of: &str) -> String {
    let (text, [md, png, txt, link]) = (text_of(of), ["cc", "dd", "ee", "ff"].map(hash));
    let size = text.len();
    let tree = format!(
        "SKILL.md\0{size}\0{md}\nlogo.png\09\0{png}\nhuge.txt\0900000\0{txt}\nlink\03\0{link}\n"
    );
    hex::encode(Sha256::digest(tree))
}

/// Which version has this hash.
fn letters(of: &str) -> &'static str {
    let mut all = ["ab", "cd", "99"].into_iter();
    all.find(|letters| version(letters) == of).unwrap()
}

fn files(device: [u8; 16], name: &str, of: &str) -> Item {
    let text = text_of(of);
    let body = json!({"type": "skill_files", "name": name, "label": "1.0", "hash": version(of), "skill_md_hash": hash("aa"), "body_hash": hash("bb"),
        "files": [{"path": "SKILL.md", "size": text.len(), "sha256": hash("cc"), "text": text, "is_redacted": false},
                  {"path": "logo.png", "size": 9, "sha256": hash("dd"), "is_binary": true},
                  {"path": "huge.txt", "size": 900_000, "sha256": hash("ee"), "omitted": "too_large"},
                  {"path": "link", "size": 3, "sha256": hash("ff"), "is_link": true}]});
    said(device, None, &format!("skill_files\0{name}\0{of}"), body)
}

fn inventory(device: [u8; 16], key: &str) -> Item {
    let body = json!({"type": "inventory", "device": {"id": hex::encode(device), "name": "laptop-7", "os": "linux", "arch": "x86_64"},
        "mcp_servers": [
            {"name": "ledger", "scope": "project", "project": "/home/dev/project", "transport": "stdio", "origin": "ledger-mcp", "enabled": null, "env_names": ["LEDGER_URL"], "header_names": []},
            {"name": "diary", "scope": "user", "transport": "http", "origin": "https://diary.example/mcp", "enabled": true, "env_names": [], "header_names": ["Authorization"]},
        ],
        "plugins": []});
    said(device, None, key, body)
}

fn look(
    device: [u8; 16],
    session: &str,
    name: &str,
    of: &str,
    at: &str,
    state: Option<&str>,
) -> Item {
    let body = json!({"type": "skill_tree", "name": name, "label": "1.0", "hash": version(of), "path": format!("/home/dev/.claude/skills/{name}"),
        "origin": "personal", "plugin": null, "state": state, "at": at, "files": 4});
    said(
        device,
        Some(session),
        &format!("skill_tree\0{session}\0{name}\0{of}\0{at}"),
        body,
    )
}

/// A session that used a skill and a tool of an MCP server.
fn session(id: &str, skill: &str) -> Vec<Item> {
    let mut items = conversation(id, "do it", "done", 0);
    let call = |tool: &str, input: Value, place: usize| {
        json!({"type": "assistant", "uuid": format!("{id}-c{place}"), "parentUuid": format!("{id}-u"), "sessionId": id, "requestId": format!("req_{id}"),
            "timestamp": "2026-11-01T10:00:01Z", "message": {"role": "assistant", "content": [{"type": "tool_use", "id": format!("toolu_{id}_{place}"), "name": tool, "input": input}]}})
    };
    items.extend(crate::support::lines_as_items(
        id,
        &[
            call("Skill", json!({"skill": skill}), 1),
            call("mcp__ledger__lookup", json!({}), 2),
        ],
    ));
    items
}

fn deliver(workspace: &Workspace, project: &str, items: Vec<Item>) -> Vec<Outcome> {
    let delivery = Delivery {
        projects: vec![project.to_owned()],
        key_id: None,
        user: None,
    };
    let batch = items
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery).unwrap())
        .collect();
    let outcomes = workspace.append(batch).unwrap().outcomes;
    settle(workspace);
    outcomes
}

fn bound(project: &str) -> ReadScope {
    ReadScope {
        projects: Some(vec![project.to_owned()]),
        own_of: None,
    }
}

/// Two machines, two projects: `weekly` ran in both, in two versions of one label; `secret` was in reach only.
fn filled(workspace: &Workspace) {
    deliver(
        workspace,
        "acme",
        [
            session("s1", "weekly"),
            vec![
                look(LAPTOP, "s1", "weekly", "ab", "start", None),
                look(LAPTOP, "s1", "weekly", "ab", "stop", Some("stable")),
                look(LAPTOP, "s1", "secret", "99", "start", None),
                files(LAPTOP, "weekly", "ab"),
                files(LAPTOP, "secret", "99"),
                inventory(LAPTOP, "inventory-1"),
            ],
        ]
        .concat(),
    );
    deliver(
        workspace,
        "north",
        [
            session("s2", "weekly"),
            vec![
                look(DESKTOP, "s2", "weekly", "cd", "start", None),
                files(DESKTOP, "weekly", "cd"),
            ],
        ]
        .concat(),
    );
}

#[test]
fn versions_are_told_apart_by_their_files() {
    let test = new_store();
    filled(&test.workspace);
    let versions = test.workspace.skill_versions(&ReadScope::all()).unwrap();
    let seen: Vec<String> = versions
        .iter()
        .map(|of| {
            let (hash, reused) = (letters(&of.hash), of.is_label_reused);
            let (sessions, ran, machines, files) = (of.sessions, of.ran, of.machines, of.files);
            format!(
                "{} {hash} {reused} {sessions} {ran} {machines} {files:?}",
                of.name
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            "secret 99 false 1 0 1 Some(4)",
            "weekly cd true 1 1 1 Some(4)",
            "weekly ab true 1 1 1 Some(4)",
        ]
    );
    assert_eq!(versions[2].states[&SkillState::Stable], 1);
    assert_eq!(versions[1].states[&SkillState::Unknown], 1);
    let files = test
        .workspace
        .skill_files("weekly", &version("ab"), &ReadScope::all())
        .unwrap()
        .unwrap();
    let contents: Vec<(&str, SkillFileContent)> = files
        .iter()
        .map(|file| (file.path.as_str(), file.content))
        .collect();
    assert_eq!(
        contents,
        [
            ("SKILL.md", SkillFileContent::Text),
            ("logo.png", SkillFileContent::Binary),
            ("huge.txt", SkillFileContent::Omitted),
            ("link", SkillFileContent::Link),
        ]
    );
    let text = |path: &str| {
        test.workspace
            .skill_file_text("weekly", &version("ab"), path, &ReadScope::all())
            .unwrap()
    };
    assert_eq!(text("SKILL.md").unwrap().text, "Use it well.\n");
    assert!(text("logo.png").is_none() && text("../SKILL.md").is_none());
    let machines = test
        .workspace
        .skill_machines("weekly", &version("ab"), &ReadScope::all())
        .unwrap();
    assert_eq!(machines, [hex::encode(LAPTOP)]);
    let in_session = test.workspace.session("s1").unwrap().unwrap().skills;
    assert_eq!(
        (in_session[0].state, in_session[0].hash.clone()),
        (Some(SkillState::Stable), Some(version("ab")))
    );
    // What a file says stands in record bodies only.
    assert!(files_with(test.folder.path(), "Use it well").is_empty());
    assert!(files_with(test.folder.path(), "diary.example").is_empty());
    assert!(files_with(test.folder.path(), "/home/dev/.claude/skills").is_empty());
}

#[test]
fn another_machines_files_do_not_take_a_versions_place() {
    let test = new_store();
    filled(&test.workspace);
    let mut forged = files(DESKTOP, "weekly", "ab");
    forged.body["files"][0]["sha256"] = json!(hash("12"));
    forged.body["files"][0]["text"] = json!("Do something else.\n");
    forged.at_us = Some(1_795_000_900_000_000);
    deliver(&test.workspace, "acme", vec![forged]);
    let text = test
        .workspace
        .skill_file_text("weekly", &version("ab"), "SKILL.md", &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(text.text, "Use it well.\n");
}

#[test]
fn a_bound_reader_sees_what_ran_in_sessions_that_they_may_read() {
    let test = new_store();
    filled(&test.workspace);
    let acme = bound("acme");
    let versions = test.workspace.skill_versions(&acme).unwrap();
    let names: Vec<(&str, &str, bool)> = versions
        .iter()
        .map(|of| (of.name.as_str(), letters(&of.hash), of.is_label_reused))
        .collect();
    assert_eq!(names, [("weekly", "ab", false)]);
    let files = |name: &str, of: &str| {
        test.workspace
            .skill_files(name, &version(of), &acme)
            .unwrap()
    };
    assert!(files("weekly", "ab").is_some());
    assert!(files("weekly", "cd").is_none() && files("secret", "99").is_none());
    assert!(
        test.workspace
            .skill_file_text("secret", &version("99"), "SKILL.md", &acme)
            .unwrap()
            .is_none()
    );
    assert!(
        test.workspace
            .skill_version("weekly", &version("cd"), &acme)
            .unwrap()
            .is_none()
    );
    // That a version ran, said by another machine, opens no files of this one.
    deliver(
        &test.workspace,
        "north",
        [
            session("s3", "secret"),
            vec![look(DESKTOP, "s3", "secret", "99", "stop", Some("stable"))],
        ]
        .concat(),
    );
    assert!(
        test.workspace
            .skill_version("secret", &version("99"), &bound("north"))
            .unwrap()
            .is_some()
    );
    assert!(
        test.workspace
            .skill_files("secret", &version("99"), &bound("north"))
            .unwrap()
            .is_none()
    );
    // Nobody's, and what is nobody's own.
    assert!(
        test.workspace
            .skill_versions(&bound("other"))
            .unwrap()
            .is_empty()
    );
    let own = ReadScope {
        projects: None,
        own_of: Some("a@b.example".to_owned()),
    };
    assert!(test.workspace.skill_versions(&own).unwrap().is_empty());
    assert!(test.workspace.mcp_servers(&own).unwrap().is_empty());

    let servers = test.workspace.mcp_servers(&acme).unwrap();
    let seen: Vec<(&str, Option<&str>, bool, u64)> = servers
        .iter()
        .map(|of| {
            (
                of.name.as_str(),
                of.device.as_deref(),
                of.listed.is_some(),
                of.calls,
            )
        })
        .collect();
    assert_eq!(seen, [("ledger", None, false, 1)]);
    let coverage = test.workspace.coverage(&acme).unwrap();
    assert_eq!((coverage.sums.sessions, coverage.machines.len()), (1, 0));
}

#[test]
fn servers_are_what_machines_list_and_sessions_use() {
    let test = new_store();
    filled(&test.workspace);
    let servers = test.workspace.mcp_servers(&ReadScope::all()).unwrap();
    let seen: Vec<String> = servers
        .iter()
        .map(|of| {
            let device = of.device.as_deref().unwrap_or("none");
            let enabled = of.listed.as_ref().map(|listed| listed.enabled);
            format!("{} {} {enabled:?} {}", of.name, &device[..2], of.calls)
        })
        .collect();
    assert_eq!(
        seen,
        [
            "diary 1a Some(Some(true)) 0",
            "ledger 1a Some(None) 1",
            "ledger 2b None 1",
        ]
    );
    assert!(servers[1].last_used_us.is_some() && servers[0].last_used_us.is_none());
    assert_eq!(servers[1].device_name.as_deref(), Some("laptop-7"));
}

#[test]
fn a_rebuild_gives_the_same_and_order_does_not_matter() {
    let test = new_store();
    filled(&test.workspace);
    let before = dump(&test.workspace);
    assert!(before.contains("\"machine\""));
    test.workspace.rebuild(&Actor::local("dev")).unwrap();
    assert_eq!(dump(&test.workspace), before);
    drop((test.workspace, test.store));
    let store = Store::open(test.folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    deliver(
        &workspace,
        "acme",
        vec![
            inventory(LAPTOP, "inventory-2"),
            files(DESKTOP, "weekly", "ab"),
        ],
    );
    let versions = workspace.skill_versions(&ReadScope::all()).unwrap();
    assert_eq!(versions.len(), 3);
}

#[test]
fn a_machines_own_items_are_no_session() {
    let test = new_store();
    filled(&test.workspace);
    let id = argus_session::machine::id_of(&LAPTOP);
    assert!(
        test.workspace
            .session_version(&id, &ReadScope::all())
            .unwrap()
            .is_none()
    );
    assert!(test.workspace.session(&id).unwrap().is_none());
    assert_eq!(
        test.workspace
            .sessions(&SessionQuery {
                limit: 10,
                ..SessionQuery::default()
            })
            .unwrap()
            .items
            .len(),
        2
    );
    // Nor can a session take its place.
    let mut stray = conversation("x", "hello", "hi", 0);
    for item in &mut stray {
        item.session_id = Some(id.clone());
    }
    let mut bare = inventory(LAPTOP, "bare");
    bare.meta.device = None;
    deliver(&test.workspace, "acme", [stray, vec![bare]].concat());
    assert!(test.workspace.session(&id).unwrap().is_none());
    assert_eq!(
        test.workspace.mcp_servers(&ReadScope::all()).unwrap().len(),
        3
    );
}

#[test]
fn what_a_machine_said_is_erased_with_its_key() {
    let test = new_store();
    filled(&test.workspace);
    deliver(
        &test.workspace,
        "acme",
        vec![files(DESKTOP, "weekly", "ab")],
    );
    let erased = test
        .workspace
        .erase_machine(&hex::encode(LAPTOP), &Actor::local("dev"))
        .unwrap();
    assert_eq!(erased.records, 3);
    let versions = test.workspace.skill_versions(&ReadScope::all()).unwrap();
    let told: Vec<(&str, Option<u64>)> = versions
        .iter()
        .map(|of| (of.name.as_str(), of.files))
        .collect();
    // Of the version that another machine has too, that one tells.
    assert_eq!(
        told,
        [("secret", None), ("weekly", Some(4)), ("weekly", Some(4))]
    );
    assert!(
        test.workspace
            .mcp_servers(&ReadScope::all())
            .unwrap()
            .iter()
            .all(|of| of.listed.is_none())
    );
    // It stays erased.
    let outcomes = deliver(
        &test.workspace,
        "acme",
        vec![
            inventory(LAPTOP, "inventory-9"),
            files(LAPTOP, "secret", "99"),
        ],
    );
    assert_eq!(outcomes, [Outcome::Suppressed, Outcome::Suppressed]);
    assert!(
        test.workspace
            .erase_machine("laptop", &Actor::local("dev"))
            .is_err()
    );
    assert!(test.workspace.check_ledger().unwrap());
    let before = dump(&test.workspace);
    test.workspace.rebuild(&Actor::local("dev")).unwrap();
    assert_eq!(dump(&test.workspace), before);

    // A session's own rows go with it.
    test.workspace
        .erase_session("s1", &Actor::local("dev"))
        .unwrap();
    let left = test.workspace.skill_versions(&ReadScope::all()).unwrap();
    assert_eq!(
        left.iter()
            .map(|of| (of.name.as_str(), letters(&of.hash)))
            .collect::<Vec<_>>(),
        [("weekly", "cd")]
    );
    assert_eq!(
        test.workspace
            .coverage(&ReadScope::all())
            .unwrap()
            .sums
            .sessions,
        1
    );
}

#[test]
fn coverage_is_summed_and_found_by_grade() {
    let test = new_store();
    filled(&test.workspace);
    let lost = json!({"type": "lost", "reason": "too_old", "count": 4, "bytes": 90, "by_source": {"transcript": 4}});
    let mut unbound = said(
        LAPTOP,
        None,
        "lost-2",
        json!({"type": "lost", "reason": "corrupt_segment", "count": 2, "bytes": 9}),
    );
    unbound.at_us = None;
    deliver(
        &test.workspace,
        "acme",
        vec![said(LAPTOP, Some("s1"), "lost-1", lost), unbound],
    );
    let coverage = test.workspace.coverage(&ReadScope::all()).unwrap();
    assert_eq!(coverage.sums.sessions, 2);
    assert_eq!(coverage.sums.lost, 4);
    assert_eq!(coverage.sums.by_grade[&Grade::Partial], 1);
    assert_eq!(coverage.sums.by_grade[&Grade::SingleWitness], 1);
    assert_eq!(
        coverage.sums.by_sources[&vec![Source::Transcript, Source::Capture]],
        2
    );
    let laptop = coverage
        .machines
        .iter()
        .find(|of| of.id == hex::encode(LAPTOP))
        .unwrap();
    assert_eq!(
        (laptop.sums.sessions, laptop.sums.lost, laptop.lost[0].count),
        (1, 4, 2)
    );
    assert_eq!(laptop.name.as_deref(), Some("laptop-7"));
    assert_eq!(laptop.client_versions["2.1.330"], 1);

    let partial = SessionQuery {
        filter: Filter::parse("coverage:partial").unwrap(),
        limit: 10,
        ..SessionQuery::default()
    };
    let found = test.workspace.sessions(&partial).unwrap().items;
    assert_eq!(
        found
            .iter()
            .map(|session| session.id.as_str())
            .collect::<Vec<_>>(),
        ["s1"]
    );
    assert_eq!(found[0].coverage.reasons[0].code, ReasonCode::Lost);
    assert!(
        found[0].coverage.details.is_none(),
        "a list has no room for it"
    );
    let whole = test.workspace.session("s1").unwrap().unwrap().coverage;
    assert_eq!(whole.details.unwrap().devices, [hex::encode(LAPTOP)]);
    assert_eq!(
        test.workspace
            .names(Key::Coverage, "", 10, &ReadScope::all())
            .unwrap()
            .len(),
        2
    );
}

/// An event of telemetry with its number in its process.
fn event(session: &str, number: u64, second: u64) -> Item {
    argus_session::source::otel::item(
        json!({"resource": {"attributes": {"service.name": "claude-code", "service.version": "2.1.330"}},
        "log": {"time_unix_nano": (1_795_000_000 + second) * 1_000_000_000, "body": "claude_code.plugin_loaded",
            "attributes": {"session.id": session, "event.name": "plugin_loaded", "event.sequence": number}}}),
    )
}

#[test]
fn a_process_is_followed_over_the_ids_that_it_used() {
    let test = new_store();
    let processes = |id: &str| {
        let coverage = test.workspace.session(id).unwrap().unwrap().coverage;
        let is_noted = coverage
            .reasons
            .iter()
            .any(|reason| reason.code == ReasonCode::EarlierEventsElsewhere);
        let details = coverage.details.unwrap();
        let goes_on: Vec<bool> = details
            .processes
            .iter()
            .map(|process| process.goes_on)
            .collect();
        (goes_on, is_noted)
    };
    // What a resume says under a throw-away id, and what comes after it.
    let mut resumed: Vec<Item> = (3..6).map(|number| event("s", number, number)).collect();
    resumed.extend(conversation("s", "go on", "yes", 0));
    deliver(&test.workspace, "acme", resumed);
    assert_eq!(processes("s"), (vec![false], true));
    deliver(
        &test.workspace,
        "acme",
        (0..3)
            .map(|number| event("throw-away", number, number))
            .collect(),
    );
    assert_eq!(processes("s"), (vec![true], false));
    // An hour later it is another process whose numbers happen to fit.
    deliver(
        &test.workspace,
        "acme",
        (6..8)
            .map(|number| event("late", number, 3_600 + number))
            .collect(),
    );
    assert_eq!(processes("late"), (vec![false], true));
    test.workspace
        .erase_session("throw-away", &Actor::local("dev"))
        .unwrap();
    assert_eq!(processes("s"), (vec![false], true));
}

#[test]
fn what_newer_rules_find_in_a_skills_file_is_gone() {
    let test = new_store();
    filled(&test.workspace);
    deliver(
        &test.workspace,
        "acme",
        vec![
            files(LAPTOP, "pay", "77"),
            look(LAPTOP, "s1", "pay", "77", "start", None),
        ],
    );
    let workspace = &test.workspace;
    let text = || {
        let found = workspace.skill_file_text("pay", &version("77"), "SKILL.md", &ReadScope::all());
        found.unwrap().unwrap()
    };
    assert_eq!(text().text, "Ask for CASE-1234 first.\n");
    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(
            &crate::redaction::own_policy(),
            revision,
            &Actor::local("dev"),
        )
        .unwrap();
    let report = workspace.rescan(&mut |_| {}, &Actor::local("dev")).unwrap();
    assert!(report.superseded > 0, "{report:?}");
    settle(workspace);
    let told = text();
    assert!(!told.text.contains("CASE-1234"), "{}", told.text);
    assert_eq!(told.redactions.len(), 1);
    let before = dump(workspace);
    workspace.rebuild(&Actor::local("dev")).unwrap();
    assert_eq!(dump(workspace), before);
}
