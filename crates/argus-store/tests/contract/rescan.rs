//! Stored records under newer rules: what they find is gone for good, and nothing else is.

use std::path::Path;

use argus_redact::Policy;
use argus_session::Item;
use argus_store::{
    Actor, Outcome, ReadScope, RescanReport, Store, StoreError, Workspace, WorkspaceMode,
};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::redaction::{actor, own_policy};
use crate::support::{
    conversation, dump, files, files_with, lines_as_items, new_store, noise, options, put,
    recording, settle,
};

const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
const HIT: &str = "CASE-1234";

fn rescan(workspace: &Workspace) -> RescanReport {
    workspace.rescan(&mut |_| {}, &actor()).unwrap()
}

fn set(workspace: &Workspace, policy: &Policy) {
    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(policy, revision, &actor())
        .unwrap();
}

/// The sealed bytes of every body and shared part, as they lie in files.
fn sealed(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for path in files(folder) {
        if path.to_string_lossy().contains("/blobs/") {
            found.push(std::fs::read(&path).unwrap());
        } else if path.ends_with("workspace.db") {
            let connection = Connection::open(path).unwrap();
            let sql = "SELECT sealed FROM bodies WHERE sealed IS NOT NULL UNION ALL SELECT sealed FROM shared_bodies";
            let mut statement = connection.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            found.extend(rows.map(Result::unwrap));
        }
    }
    found
}

/// Of `before`, what is still in a file: by its end, the tag, which no other body has.
fn remains(folder: &Path, before: &[Vec<u8>]) -> usize {
    let contents: Vec<Vec<u8>> = files(folder)
        .into_iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    let is_there = |sealed: &&Vec<u8>| {
        contents.iter().any(|content| {
            content
                .windows(24)
                .any(|window| window == &sealed[sealed.len() - 24..])
        })
    };
    before.iter().filter(is_there).count()
}

/// What must hold after every rescan.
fn check(workspace: &Workspace) {
    assert!(workspace.check_ledger().unwrap());
    let check = workspace.check_records().unwrap();
    assert_eq!(check.damaged, 0, "{check:?}");
    let seen = dump(workspace);
    workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(dump(workspace), seen);
}

/// Every span lies on a placeholder of its type.
fn check_spans(workspace: &Workspace, record: u64) -> Vec<String> {
    let body = workspace.record_body(record).unwrap().unwrap();
    let redaction = workspace.record_redaction(record).unwrap().unwrap();
    redaction
        .spans
        .into_iter()
        .map(|span| {
            let text = body.pointer(&span.pointer).unwrap().as_str().unwrap();
            let placeholder = &text[span.start as usize..span.end as usize];
            assert!(
                placeholder.starts_with(&format!("[redacted:{}", span.kind))
                    && placeholder.ends_with(']'),
                "{placeholder}"
            );
            span.kind
        })
        .collect()
}

#[test]
fn what_newer_rules_find_is_gone_from_every_file() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, recording("tools"));
    let large = noise(40_000);
    let prompt = format!("{HIT} [redacted:aws-key] {KEY} é {HIT}");
    put(
        workspace,
        conversation("s1", &prompt, &format!("{large} {HIT}"), 0),
    );
    put(workspace, conversation("s2", "nothing", "to see", 60));
    // What stands in columns, unsealed.
    let named = json!({"type": "user", "uuid": "u", "parentUuid": null, "promptId": "p", "sessionId": "s3",
        "timestamp": "2026-11-18T10:00:00Z", "version": format!("2.1 {HIT}"), "message": {"role": "user", "content": "x"}});
    put(workspace, lines_as_items("s3", &[named]));
    settle(workspace);
    assert!(
        !files_with(test.folder.path(), HIT).is_empty(),
        "a version is a name"
    );
    let status = workspace.status().unwrap();
    let bodies = sealed(test.folder.path());

    set(workspace, &own_policy());
    let mut told = 0;
    let report = workspace
        .rescan(&mut |so_far| told = so_far.records_seen, &actor())
        .unwrap();
    let records: u64 = status.records.values().sum();
    assert_eq!((report.records_seen, told), (records, records));
    assert_eq!(report.superseded, 3);
    assert_eq!(
        report.replaced_by_kind,
        [("case-number".to_owned(), 4)].into()
    );
    assert_eq!((report.failures, report.records_behind), (0, 0));

    assert_eq!(
        files_with(test.folder.path(), HIT),
        Vec::<std::path::PathBuf>::new()
    );
    assert_eq!(remains(test.folder.path(), &bodies), bodies.len() - 3);
    let after = workspace.status().unwrap();
    assert_eq!(
        after.leaves,
        status.leaves + 3 + 2,
        "records, and the acts of change and rescan"
    );
    assert_eq!(workspace.check_records().unwrap().superseded, 3);
    let seen = dump(workspace);
    assert!(
        !seen.contains(HIT) && seen.contains("[redacted:case-number:"),
        "{HIT}"
    );
    assert!(seen.contains("nothing"));
    check(workspace);

    let turns = workspace.turns("s1").unwrap();
    let record = turns[0].prompt.text.as_ref().unwrap().text_ref[0].record;
    assert_eq!(
        check_spans(workspace, record),
        ["case-number", "aws-key", "case-number"]
    );
    let counted = workspace.session_redactions("s1").unwrap().kinds;
    assert_eq!(
        counted,
        [("aws-key".to_owned(), 1), ("case-number".to_owned(), 3)].into()
    );
}

#[test]
fn a_second_rescan_has_nothing_to_do_and_what_comes_again_is_known() {
    let test = new_store();
    let workspace = &test.workspace;
    let items = || conversation("s1", HIT, "fine", 0);
    put(workspace, items());
    settle(workspace);
    set(workspace, &own_policy());
    assert_eq!(rescan(workspace).superseded, 1);
    let again = rescan(workspace);
    assert_eq!((again.records_seen, again.superseded), (0, 0));
    assert_eq!(put(workspace, items()).known(), 2);
    check(workspace);
}

#[test]
fn a_content_that_lost_to_another_is_looked_through_too() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", HIT, "fine", 0));
    set(workspace, &own_policy());
    // The same item under the newer rules takes its place; the old body is there until the rescan.
    put(workspace, conversation("s1", HIT, "fine", 0));
    settle(workspace);
    let before = dump(workspace);
    let bodies = sealed(test.folder.path());
    assert_eq!(bodies.len(), 3);
    assert_eq!(rescan(workspace).superseded, 1);
    assert_eq!(remains(test.folder.path(), &bodies), 2);
    assert_eq!(dump(workspace), before);
    check(workspace);
}

/// What was looked at before a rescan is no other thing after it; another content that came under its key is, and is not read.
#[test]
fn a_session_is_read_as_it_was_whatever_a_rescan_and_others_say_since() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", HIT, "fine", 0));
    settle(workspace);
    let newest = || {
        let version = workspace.session_version("s1", &ReadScope::all());
        version.unwrap().unwrap().record
    };
    let looked_at = newest();
    let then = || {
        let then = workspace.session_then("s1", looked_at).unwrap().unwrap();
        let mut texts = Vec::new();
        for turn in &then.turns {
            for step in then.steps(&turn.id) {
                let step = workspace.with_step_texts(step, usize::MAX);
                texts.extend(step.text.and_then(|text| text.text));
            }
        }
        texts
    };
    assert_eq!(then(), [HIT, "fine"]);
    for is_found in [true, false, true] {
        let policy = if is_found {
            own_policy()
        } else {
            Policy::default()
        };
        set(workspace, &policy);
        rescan(workspace);
        settle(workspace);
        let now = then();
        assert!(
            now[0].contains("[redacted:case-number:") && now[1] == "fine",
            "{now:?}"
        );
    }
    assert!(newest() > looked_at);
    let line = json!({"type": "assistant", "uuid": "s1-a", "parentUuid": "s1-u", "sessionId": "s1", "requestId": "req_s1",
        "apiBlockIndex": 0, "timestamp": "2026-11-01T10:00:01Z", "message": {"id": "m", "model": "claude-opus-5-5",
        "stop_reason": "end_turn", "content": [{"type": "text", "text": "fine, but otherwise"}]}});
    put(workspace, lines_as_items("s1", &[line]));
    settle(workspace);
    let (of_answer, _) = workspace.step_records("s1", "s1-a").unwrap().unwrap();
    assert_eq!(
        of_answer.len(),
        2,
        "two contents under one key: {of_answer:?}"
    );
    assert_eq!(then()[1..], ["fine"]);
}

/// Newer rules that looked at what came again found more in it: the older content is not read.
#[test]
fn what_newer_rules_looked_at_is_not_read_as_it_was_under_older_ones() {
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", HIT, "fine", 0));
    settle(workspace);
    let version = workspace.session_version("s1", &ReadScope::all());
    let looked_at = version.unwrap().unwrap().record;
    set(workspace, &own_policy());
    put(workspace, conversation("s1", HIT, "fine", 0));
    settle(workspace);
    let then = workspace.session_then("s1", looked_at).unwrap().unwrap();
    let texts: Vec<String> = then
        .turns
        .iter()
        .flat_map(|turn| then.steps(&turn.id))
        .filter_map(|step| workspace.with_step_texts(step, usize::MAX).text?.text)
        .collect();
    assert!(!texts.iter().any(|text| text.contains(HIT)), "{texts:?}");
}

/// A rule that is switched off lets a resent item in as it is, and on again it is found again: each content is another one.
#[test]
fn rules_may_come_and_go() {
    let test = new_store();
    let workspace = &test.workspace;
    for _ in 0..3 {
        set(workspace, &own_policy());
        put(workspace, conversation("s1", HIT, "fine", 0));
        rescan(workspace);
        let seen = dump(workspace);
        assert!(seen.contains("[redacted:case-number:") && !seen.contains(HIT));
        check(workspace);
        set(workspace, &Policy::default());
        put(workspace, conversation("s1", HIT, "fine", 0));
        rescan(workspace);
        check(workspace);
    }
}

#[test]
fn a_rescan_in_a_retention_locked_workspace_destroys_too() {
    let test = new_store();
    test.store
        .create_workspace("locked", WorkspaceMode::RetentionLocked, &Actor::system())
        .unwrap();
    let workspace = test.store.workspace("locked").unwrap().unwrap();
    put(&workspace, conversation("s1", HIT, "fine", 0));
    settle(&workspace);
    let bodies = sealed(test.folder.path());
    set(&workspace, &own_policy());
    assert_eq!(rescan(&workspace).superseded, 1);
    assert_eq!(remains(test.folder.path(), &bodies), bodies.len() - 1);
    check(&workspace);
}

#[test]
fn what_is_kept_once_is_destroyed_with_the_last_record_that_had_it() {
    let test = new_store();
    let workspace = &test.workspace;
    let shape = |session: &str, text: &str| -> Vec<Item> {
        let line = json!({"type": "api-request-shape", "sessionId": session, "shapeHash": session,
            "shape": {"system": [{"text": text}], "tools": []}});
        lines_as_items(session, &[line])
    };
    let clean = "You are Claude. ".repeat(200);
    let system = format!("{clean} {HIT}");
    let mut ids = Vec::new();
    for (session, text) in [("s1", &system), ("s2", &system), ("s3", &clean)] {
        let report = put(workspace, shape(session, text));
        let Outcome::New(id) = report.outcomes[0] else {
            panic!("new")
        };
        ids.push(id);
    }
    settle(workspace);
    let bodies = sealed(test.folder.path());
    assert_eq!(bodies.len(), 5, "three records, two parts");
    set(workspace, &own_policy());
    assert_eq!(rescan(workspace).superseded, 2);
    assert_eq!(
        remains(test.folder.path(), &bodies),
        2,
        "the third record and its part"
    );
    let body = workspace.record_body(ids[2]).unwrap().unwrap();
    assert_eq!(body["shape"]["system"][0]["text"], clean.as_str());
    assert_eq!(workspace.record_body(ids[0]).unwrap(), None);
    let now: Vec<Value> = (ids[2]..workspace.status().unwrap().leaves)
        .filter_map(|id| workspace.record_body(id).unwrap())
        .collect();
    let redacted = format!("{clean} [redacted:case-number:");
    let has_it = |body: &&Value| {
        let text = body["shape"]["system"][0]["text"].as_str();
        text.is_some_and(|text| text.starts_with(&redacted))
    };
    assert_eq!(now.iter().filter(has_it).count(), 2);
    check(workspace);
}

#[test]
fn a_rescan_that_was_cut_off_goes_on_where_it_was() {
    let test = new_store();
    let workspace = &test.workspace;
    let items = (0..300).flat_map(|n| conversation(&format!("s{n}"), HIT, "fine", n));
    put(workspace, items.collect());
    settle(workspace);
    let bodies = sealed(test.folder.path());
    set(workspace, &own_policy());
    let mut done = 0;
    let cut_off = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut progress = |so_far: &RescanReport| {
            done = so_far.records_seen;
            panic!("the machine goes away");
        };
        workspace.rescan(&mut progress, &actor())
    }));
    assert!(cut_off.is_err() && done > 0 && done < 600, "{done}");
    let folder = test.folder;
    drop((test.workspace, test.store));
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    let report = rescan(&workspace);
    assert_eq!(
        (report.records_seen, report.records_behind),
        (600 - done, 0)
    );
    assert_eq!(remains(folder.path(), &bodies), 300, "the answers");
    check(&workspace);
}

#[test]
fn a_store_that_is_only_read_is_not_looked_through() {
    let test = new_store();
    put(&test.workspace, conversation("s1", HIT, "fine", 0));
    let reading = Store::open_read_only(test.folder.path(), options()).unwrap();
    let workspace = reading.workspace("default").unwrap().unwrap();
    assert!(matches!(
        workspace.rescan(&mut |_| {}, &actor()),
        Err(StoreError::ReadOnly)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Wherever the hits stand and whatever was redacted around them before.
    #[test]
    fn no_hit_survives(
        texts in proptest::collection::vec("(CASE-[0-9]{4}|AKIAIOSFODNN7EXAMPLQ|é|[a-z ]{0,9}| |\"|\\[redacted:aws-key\\]|\n){1,12}", 1..6),
    ) {
        let test = new_store();
        let workspace = &test.workspace;
        for (place, text) in texts.iter().enumerate() {
            let second = u32::try_from(place).unwrap() * 60;
            put(workspace, conversation(&format!("s{place}"), text, &format!("{{\"said\": {}}}", json!(text)), second));
        }
        settle(workspace);
        let bodies = sealed(test.folder.path());
        set(workspace, &own_policy());
        let report = rescan(workspace);
        let superseded = usize::try_from(report.superseded).unwrap();
        prop_assert_eq!(remains(test.folder.path(), &bodies), bodies.len() - superseded);
        let seen = dump(workspace);
        let is_hit = |from: usize| {
            seen.as_bytes()[from + 5..].iter().take(4).filter(|byte| byte.is_ascii_digit()).count() == 4
        };
        prop_assert!(seen.match_indices("CASE-").all(|(from, _)| !is_hit(from)), "{}", seen);
        for record in 0..workspace.status().unwrap().leaves {
            if workspace.record_body(record).unwrap().is_some() {
                check_spans(workspace, record);
            }
        }
        check(workspace);
    }
}

#[test]
fn what_people_typed_is_looked_through_too() {
    use argus_store::{
        NewComment, NewGold, NewPrecedent, NewVerdict, ReviewKind, ReviewReader, VerdictWord,
    };
    let test = new_store();
    let workspace = &test.workspace;
    put(workspace, conversation("s1", "a question", "an answer", 0));
    settle(workspace);
    let (ada, all) = (Actor::account("acc_ada"), ReadScope::all());
    let text = format!("as in {HIT}");
    let verdict = NewVerdict {
        session_id: "s1".to_owned(),
        turn: None,
        verdict: VerdictWord::Wrong,
        reason: Some(text.clone()),
        queue_item: None,
    };
    workspace.give_verdict(verdict, &ada, &all).unwrap();
    for text in [text.as_str(), "nothing to be found"] {
        let comment = NewComment {
            session_id: "s1".to_owned(),
            anchor: argus_store::NewAnchor::default(),
            text: text.to_owned(),
            reply_to: None,
            mentions: Vec::new(),
            queue_item: None,
        };
        workspace
            .write_comment(comment, &ada, &all, &ReviewReader::of(&ada))
            .unwrap();
    }
    let gold = NewGold {
        session_id: "s1".to_owned(),
        turn: None,
        rubric: None,
        answers: Vec::new(),
        verdict: Some("good".to_owned()),
        note: Some(text.clone()),
        is_removed: false,
    };
    workspace.set_gold(gold, &ada, &all).unwrap();
    for session in [None, Some("s1".to_owned())] {
        let precedent = NewPrecedent {
            text: text.clone(),
            session,
            turn: None,
        };
        workspace
            .add_precedent("compliance", precedent, &ada, &all)
            .unwrap();
    }
    let read = || {
        let of = ReviewReader::of(&ada);
        let reviews = workspace.reviews("s1", &ReviewKind::ALL, &all, &of);
        let rubric = workspace.rubric("compliance", None, &all);
        format!(
            "{:?} {:?} {:?}",
            reviews.unwrap(),
            workspace.gold(&all).unwrap(),
            rubric.unwrap().unwrap().precedents,
        )
    };
    assert_eq!(read().matches(HIT).count(), 5);
    let bodies = || -> Vec<(Vec<u8>, i64)> {
        let connection = Connection::open(
            files(test.folder.path())
                .into_iter()
                .find(|path| path.ends_with("workspace.db"))
                .unwrap(),
        )
        .unwrap();
        let mut statement = connection
            .prepare("SELECT sealed, sealed_anew FROM reviews ORDER BY act")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let before = bodies();

    set(workspace, &own_policy());
    let report = rescan(workspace);
    assert_eq!(
        (
            report.texts_seen,
            report.texts_replaced,
            report.texts_failed
        ),
        (7, 5, 0)
    );
    assert_eq!(read().matches(HIT).count(), 0);
    assert!(read().contains("nothing to be found") && read().contains("as in ["));
    let version = i64::from(report.version);
    let after = bodies();
    let anew: Vec<i64> = after.iter().map(|(_, version)| *version).collect();
    assert_eq!(anew, [version, version, 0]);
    assert_eq!(after[2], before[2]);
    let old: Vec<Vec<u8>> = before[..2]
        .iter()
        .map(|(sealed, _)| sealed.clone())
        .collect();
    assert_eq!(remains(test.folder.path(), &old), 0);
    check(workspace);
    assert_eq!(rescan(workspace).texts_replaced, 0);
}
