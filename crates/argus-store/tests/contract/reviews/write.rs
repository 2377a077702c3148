//! Writing: one transaction with act and leaf, within what may be read, without overwriting.

use argus_store::{Actor, NewReview, ReadScope, ReviewKind, ReviewReader, StoreError};
use serde_json::json;

use super::{ADA, BO, person, reader, seen, turn_of, verdict, with_sessions};
use crate::support::files_with;

#[test]
fn a_review_is_an_act_whose_leaf_outlives_the_session() {
    let test = with_sessions(&["s1", "s2"]);
    let workspace = &test.workspace;
    let leaves = workspace.status().unwrap().leaves;
    let review = NewReview {
        body: json!({"reason": "canary-of-a-reason"}),
        ..verdict("s1", None, "wrong")
    };
    let id = workspace
        .write_review(review, &person(ADA), &ReadScope::all())
        .unwrap();
    assert_eq!(id, leaves);
    assert_eq!(workspace.status().unwrap().leaves, leaves + 1);
    let all = seen(workspace, "s1", &reader(ADA));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].id, id);
    assert_eq!(all[0].author, "account:acc_ada");
    assert_eq!(all[0].body, Some(json!({"reason": "canary-of-a-reason"})));
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-reason"),
        Vec::<std::path::PathBuf>::new()
    );

    workspace.erase_session("s1", &Actor::system()).unwrap();
    let nothing = workspace.reviews("s1", &ReviewKind::ALL, &ReadScope::all(), &reader(ADA));
    assert_eq!(nothing.unwrap(), None);
    assert!(workspace.check_ledger().unwrap());
    assert_eq!(workspace.check_records().unwrap().damaged, 0);
    assert!(matches!(
        workspace.write_review(verdict("s1", None, "good"), &person(ADA), &ReadScope::all()),
        Err(StoreError::NotFound {
            what: "session",
            ..
        })
    ));
    let file = rusqlite::Connection::open(
        crate::support::files(test.folder.path())
            .into_iter()
            .find(|path| path.ends_with("workspace.db"))
            .unwrap(),
    )
    .unwrap();
    let rows: i64 = file
        .query_row("SELECT count(*) FROM reviews", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn nothing_is_written_of_what_is_not_there_or_may_not_be_read_or_by_no_person() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let leaves = workspace.status().unwrap().leaves;
    let other = ReadScope {
        projects: Some(vec!["other".to_owned()]),
        own_of: None,
    };
    for (review, scope) in [
        (verdict("nowhere", None, "good"), ReadScope::all()),
        (verdict("s1", Some("no-turn"), "good"), ReadScope::all()),
        (verdict("s1", None, "good"), other.clone()),
    ] {
        assert!(matches!(
            workspace.write_review(review, &person(ADA), &scope),
            Err(StoreError::NotFound { .. })
        ));
    }
    for actor in [Actor::key("key_1"), Actor::local("dev"), Actor::system()] {
        assert!(matches!(
            workspace.write_review(verdict("s1", None, "good"), &actor, &ReadScope::all()),
            Err(StoreError::Invalid(_))
        ));
    }
    assert_eq!(workspace.status().unwrap().leaves, leaves);
    workspace
        .write_review(verdict("s1", None, "good"), &person(ADA), &ReadScope::all())
        .unwrap();
    let hidden = workspace.reviews("s1", &ReviewKind::ALL, &other, &reader(ADA));
    assert_eq!(hidden.unwrap(), None);
}

#[test]
fn the_newest_of_each_person_and_thing_is_current_and_the_others_are_history() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let turn = turn_of(workspace, "s1");
    let write = |review, by| {
        workspace
            .write_review(review, &person(by), &ReadScope::all())
            .unwrap()
    };
    let first = write(verdict("s1", None, "good"), ADA);
    let second = write(verdict("s1", None, "wrong"), ADA);
    let of_turn = write(verdict("s1", Some(&turn), "good"), ADA);
    let others = write(verdict("s1", None, "good"), BO);
    let current = || -> Vec<u64> {
        let all = seen(workspace, "s1", &reader(BO));
        all.iter()
            .filter(|review| review.is_current)
            .map(|review| review.id)
            .collect()
    };
    assert_eq!(current(), [second, of_turn, others]);
    let withdrawn = write(verdict("s1", None, "withdrawn"), ADA);
    assert_eq!(current(), [of_turn, others, withdrawn]);
    let all = seen(workspace, "s1", &reader(BO));
    assert_eq!(all.len(), 5, "nothing is overwritten");
    assert_eq!(all[0].id, first);
    assert!(!all[4].stands);
    let standing = workspace
        .standing_reviews("s1", None, &reader(ADA))
        .unwrap();
    assert_eq!(standing, []);
    let standing = workspace
        .standing_reviews("s1", Some(&turn), &reader(ADA))
        .unwrap();
    assert_eq!(standing.len(), 1);
    assert_eq!(standing[0].id, of_turn);
}

#[test]
fn a_blind_session_shows_everybody_their_own() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    for by in [ADA, BO] {
        workspace
            .write_review(verdict("s1", None, "good"), &person(by), &ReadScope::all())
            .unwrap();
    }
    assert_eq!(seen(workspace, "s1", &reader(ADA)).len(), 2);
    workspace.review_blind_for_test("s1", true).unwrap();
    assert!(workspace.is_reviewed_blind("s1").unwrap());
    let own = seen(workspace, "s1", &reader(ADA));
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].author, "account:acc_ada");
    assert_eq!(seen(workspace, "s1", &ReviewReader::nobody()), []);
    workspace.review_blind_for_test("s1", false).unwrap();
    assert!(!workspace.is_reviewed_blind("s1").unwrap());
    assert_eq!(seen(workspace, "s1", &ReviewReader::nobody()).len(), 2);
}

#[test]
fn a_rebuild_keeps_reviews() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let turn = turn_of(workspace, "s1");
    workspace
        .write_review(
            verdict("s1", Some(&turn), "wrong"),
            &person(ADA),
            &ReadScope::all(),
        )
        .unwrap();
    let before = seen(workspace, "s1", &reader(ADA));
    workspace.rebuild(&Actor::system()).unwrap();
    assert_eq!(seen(workspace, "s1", &reader(ADA)), before);
}
