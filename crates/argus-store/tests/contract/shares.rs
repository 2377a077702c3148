//! Share links: of the token only the hash is kept, each opening is an act, and nothing of a link outlives its session.

use argus_store::{
    Actor, Asker, CapturePolicy, CaptureRule, Delivery, FoundShare, NewShare, OptOut,
    PrivateOutcome, ReadScope, SHARE_US_MAX, ShareContent, StoreError,
};

use crate::redaction::own_policy;
use crate::support::{TestStore, conversation, files_with, new_store, put, settle};

const HOUR_US: i64 = 3_600_000_000;
const WORD: &str = "northwind-merger";

fn person() -> Actor {
    Actor::account("acc_ada")
}

fn content() -> ShareContent {
    ShareContent {
        tool_outputs: true,
        words: vec![WORD.to_owned()],
        note: Some(format!("for {WORD}")),
        ..ShareContent::default()
    }
}

fn with_share() -> (TestStore, NewShare) {
    let test = new_store();
    put(
        &test.workspace,
        conversation("s1", "a prompt", "an answer", 0),
    );
    settle(&test.workspace);
    let share = share(&test, "s1", &content()).unwrap();
    (test, share)
}

fn share(test: &TestStore, session: &str, content: &ShareContent) -> Result<NewShare, StoreError> {
    test.store.share(
        "default",
        session,
        content,
        HOUR_US,
        &person(),
        &ReadScope::all(),
    )
}

fn is_open(test: &TestStore, token: &str) -> bool {
    matches!(
        test.store.find_share(token).unwrap(),
        Some(FoundShare::Open(..))
    )
}

#[test]
fn a_link_is_found_by_its_token_and_by_nothing_else() {
    let (test, new) = with_share();
    let Some(FoundShare::Open(workspace, share)) = test.store.find_share(&new.token).unwrap()
    else {
        panic!("it is open");
    };
    let seen = share.content.looked_at.clone().unwrap();
    let as_made = ShareContent {
        looked_at: Some(seen.clone()),
        ..content()
    };
    assert_eq!(
        (share.session_id.as_str(), &share.content),
        ("s1", &as_made)
    );
    // What was not said is what there was when it was made.
    let version = workspace
        .session_version("s1", &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(
        (seen.record, seen.at_us),
        (version.record, share.made_at_us)
    );
    let other = format!("{}x", &new.token[..new.token.len() - 1]);
    assert!(test.store.find_share(&other).unwrap().is_none());
    assert!(test.store.find_key(&new.token).unwrap().is_none());
    for typed in [new.token.as_str(), WORD] {
        assert!(files_with(test.folder.path(), typed).is_empty(), "{typed}");
    }
    let leaves = workspace.status().unwrap().leaves;
    workspace.open_share(&share, "203.0.113.0/24").unwrap();
    workspace.open_share(&share, "198.51.100.0/24").unwrap();
    workspace.open_share(&share, "203.0.113.0/24").unwrap();
    assert_eq!(workspace.status().unwrap().leaves, leaves + 3);
    assert!(workspace.check_ledger().unwrap());
    let openings = workspace.share_openings(&share.id).unwrap();
    let visitors: Vec<&str> = openings
        .iter()
        .map(|opening| opening.visitor.as_str())
        .collect();
    assert_eq!(
        (visitors[0] == visitors[2], visitors[0] == visitors[1]),
        (true, false)
    );
    let listed = workspace.shares(None, &ReadScope::all()).unwrap();
    assert_eq!((listed.len(), listed[0].openings), (1, 3));
    let other = ReadScope {
        projects: Some(vec!["other".to_owned()]),
        own_of: None,
    };
    assert!(workspace.shares(None, &other).unwrap().is_empty());
    assert!(workspace.shared(&share.id, &other).unwrap().is_none());
}

#[test]
fn nothing_is_shared_that_is_not_there_or_for_too_long() {
    let (test, _) = with_share();
    let of = |turns: &[&str]| ShareContent {
        turns: Some(turns.iter().map(|id| (*id).to_owned()).collect()),
        ..content()
    };
    assert!(matches!(
        share(&test, "none", &content()),
        Err(StoreError::NotFound { .. })
    ));
    assert!(matches!(
        share(&test, "s1", &of(&["no-turn"])),
        Err(StoreError::NotFound { .. })
    ));
    share(&test, "s1", &of(&["s1-p"])).unwrap();
    for good_for_us in [0, SHARE_US_MAX + 1] {
        let made = test.store.share(
            "default",
            "s1",
            &content(),
            good_for_us,
            &person(),
            &ReadScope::all(),
        );
        assert!(matches!(made, Err(StoreError::Invalid(_))));
    }
}

#[test]
fn a_revoked_link_and_one_whose_time_is_over_cannot_be_opened() {
    let (test, new) = with_share();
    let workspace = &test.workspace;
    let held = workspace
        .shared(&new.id, &ReadScope::all())
        .unwrap()
        .unwrap();
    assert!(
        workspace
            .revoke_share(&new.id, &person(), &ReadScope::all())
            .unwrap()
    );
    assert!(
        !workspace
            .revoke_share(&new.id, &person(), &ReadScope::all())
            .unwrap()
    );
    assert!(matches!(
        test.store.find_share(&new.token).unwrap(),
        Some(FoundShare::Over)
    ));
    assert!(matches!(
        workspace.open_share(&held, "x"),
        Err(StoreError::NotFound { .. })
    ));
    let brief = test
        .store
        .share("default", "s1", &content(), 1, &person(), &ReadScope::all())
        .unwrap();
    assert!(matches!(
        test.store.find_share(&brief.token).unwrap(),
        Some(FoundShare::Over)
    ));
}

#[test]
fn erasing_the_session_takes_its_links_along() {
    let (test, new) = with_share();
    let held = test
        .workspace
        .shared(&new.id, &ReadScope::all())
        .unwrap()
        .unwrap();
    test.workspace.open_share(&held, "x").unwrap();
    test.workspace
        .erase_session("s1", &Actor::system())
        .unwrap();
    assert!(test.store.find_share(&new.token).unwrap().is_none());
    assert!(matches!(
        test.workspace.open_share(&held, "x"),
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(rows(&test), 0);
    assert!(test.workspace.check_ledger().unwrap());
}

#[test]
fn switching_the_content_off_takes_its_links_along() {
    let test = new_store();
    let workspace = &test.workspace;
    let policy = CapturePolicy {
        workspace: CaptureRule {
            opt_out: OptOut::ContentOff,
            notice: None,
        },
        projects: std::iter::empty().collect(),
    };
    let revision = workspace.capture_policy().unwrap().revision;
    workspace
        .set_capture_policy(&policy, revision, &Actor::system())
        .unwrap();
    let delivery = Delivery {
        projects: vec!["demo".to_owned()],
        key_id: Some("key_shared".to_owned()),
        user: None,
    };
    let batch = conversation("s1", "a prompt", "an answer", 0)
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery).unwrap())
        .collect();
    workspace.append(batch).unwrap();
    settle(workspace);
    let new = share(&test, "s1", &content()).unwrap();
    assert!(is_open(&test, &new.token));
    let asker = Asker::Key {
        id: "key_shared".to_owned(),
        person: None,
        projects: vec!["demo".to_owned()],
        device: None,
    };
    let made = workspace.make_private("s1", &asker).unwrap();
    assert_eq!(made.outcome, PrivateOutcome::ContentOff);
    assert!(test.store.find_share(&new.token).unwrap().is_none());
    assert_eq!(rows(&test), 0);
}

fn rows(test: &TestStore) -> i64 {
    let path = crate::support::files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .query_row(
            "SELECT (SELECT count(*) FROM shares) + (SELECT count(*) FROM share_openings)",
            [],
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn a_note_is_redacted_and_what_is_masked_is_not() {
    const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
    let (test, _) = with_share();
    let asked = ShareContent {
        words: vec![KEY.to_owned()],
        note: Some(format!("for {KEY}")),
        ..content()
    };
    share(&test, "s1", &asked).unwrap();
    let listed = test.workspace.shares(None, &ReadScope::all()).unwrap();
    let made = listed.iter().find(|made| made.content.words == [KEY]);
    let note = made.unwrap().content.note.clone().unwrap();
    assert!(note.starts_with("for [redacted:"), "{note}");

    // And when the rules change.
    let asked = ShareContent {
        words: vec!["CASE-1234".to_owned()],
        note: Some("for CASE-1234".to_owned()),
        ..content()
    };
    let link = share(&test, "s1", &asked).unwrap();
    let workspace = &test.workspace;
    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(&own_policy(), revision, &person())
        .unwrap();
    let report = workspace.rescan(&mut |_| {}, &person()).unwrap();
    assert_eq!((report.texts_replaced, report.texts_failed), (1, 0));
    let made = workspace
        .shared(&link.id, &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(made.content.words, ["CASE-1234"]);
    assert!(
        made.content
            .note
            .is_some_and(|note| note.starts_with("for [redacted:"))
    );
    assert!(is_open(&test, &link.token));
}
