//! What others said is hidden until everybody has judged, whichever queue it is that hides it.

use argus_store::{
    Actor, Decision, ItemState, QueueItem, ReadScope, Reason, StoreError, TrustQuery,
};

use super::{
    add, complete, items, next, open_settings, owner_view, person, seen, settings, viewer,
    with_sessions,
};
use crate::support::{files, files_with};

#[test]
fn two_reviewers_are_blind_until_both_are_done_and_then_disagree() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let queue = workspace
        .create_queue(&settings(2), &person("owner"))
        .unwrap();
    assert_eq!(add(workspace, &queue, &["s1"]), 1);
    assert_eq!(add(workspace, &queue, &["s1"]), 0, "nothing twice");
    assert!(workspace.is_reviewed_blind("s1").unwrap());

    let of_ada = next(workspace, &queue, "ada").unwrap();
    assert_eq!(
        (of_ada.state, of_ada.reviewers_done),
        (ItemState::InReview, None)
    );
    let early = workspace.complete_item(&of_ada.id, &person("ada"), &ReadScope::all());
    assert!(
        matches!(early, Err(StoreError::Invalid(_))),
        "nothing is said yet"
    );
    complete(workspace, "ada", &of_ada, "good").unwrap();
    assert_eq!(
        next(workspace, &queue, "ada"),
        None,
        "nobody gets one twice"
    );

    // Bo knows nothing of it; who manages knows who, and not what.
    let [to_bo] = items(workspace, &queue, &viewer("bo", false))
        .try_into()
        .unwrap();
    assert_eq!(
        (to_bo.state, to_bo.reviewers_done, to_bo.parts.len()),
        (ItemState::NeedsReview, None, 0)
    );
    assert_eq!(to_bo.is_gold, None);
    assert_eq!(
        (seen(workspace, "s1", "bo"), seen(workspace, "s1", "ada")),
        (0, 1)
    );
    let [to_owner] = items(workspace, &queue, &viewer("owner", true))
        .try_into()
        .unwrap();
    assert_eq!(
        (to_owner.state, to_owner.reviewers_done),
        (ItemState::NeedsOthers, Some(1))
    );
    assert_eq!(to_owner.parts[0].account, "ada");
    assert_eq!(to_owner.parts[0].submission, None);
    assert!(
        workspace
            .judged_items(&TrustQuery::default())
            .unwrap()
            .items
            .is_empty()
    );

    let of_bo = next(workspace, &queue, "bo").unwrap();
    complete(workspace, "bo", &of_bo, "wrong").unwrap();
    assert!(!workspace.is_reviewed_blind("s1").unwrap());
    let [both] = items(workspace, &queue, &viewer("bo", false))
        .try_into()
        .unwrap();
    assert_eq!((both.state, both.parts.len()), (ItemState::Disputed, 2));
    let said: Vec<_> = both
        .parts
        .iter()
        .map(|part| part.submission.clone().unwrap().verdict.unwrap())
        .collect();
    assert_eq!(said, ["good", "wrong"]);
    assert_eq!(seen(workspace, "s1", "bo"), 2);
    assert_eq!(
        workspace
            .judged_items(&TrustQuery::default())
            .unwrap()
            .items[0]
            .judgements
            .len(),
        2
    );

    let decision = |verdict: Option<&str>| Decision {
        verdict: verdict.map(str::to_owned),
        answers: None,
        text: "canary-of-a-decision".to_owned(),
    };
    let decide = |verdict| {
        workspace.adjudicate_item(
            &both.id,
            decision(verdict),
            &person("owner"),
            &ReadScope::all(),
        )
    };
    assert!(matches!(decide(None), Err(StoreError::Invalid(_))));
    decide(Some("wrong")).unwrap();
    assert!(matches!(decide(Some("good")), Err(StoreError::Conflict(_))));
    let [decided] = items(workspace, &queue, &viewer("ada", false))
        .try_into()
        .unwrap();
    assert_eq!(
        (decided.state, decided.parts.len()),
        (ItemState::Complete, 2)
    );
    assert_eq!(
        decided.decision.unwrap().text.unwrap(),
        "canary-of-a-decision"
    );
    assert_eq!(seen(workspace, "s1", "bo"), 3, "the decision is one more");

    for canary in [
        "canary-of-a-decision",
        "canary-of-a-reason",
        "canary-of-a-queue",
    ] {
        assert_eq!(
            files_with(test.folder.path(), canary),
            Vec::<std::path::PathBuf>::new()
        );
    }
    workspace.erase_session("s1", &Actor::system()).unwrap();
    assert!(items(workspace, &queue, &viewer("owner", true)).is_empty());
    let path = files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let file = rusqlite::Connection::open(path).unwrap();
    for table in [
        "queue_items",
        "queue_assignments",
        "gold",
        "reviews",
        "blind_sessions",
    ] {
        let count: i64 = file
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(count, 0, "{table}");
    }
    assert!(workspace.check_ledger().unwrap());
    assert_eq!(workspace.check_records().unwrap().damaged, 0);
}

#[test]
fn a_closed_queue_and_one_that_is_blind_no_more_hide_nothing() {
    let test = with_sessions(&["s1", "s2"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queue = workspace.create_queue(&settings(2), &owner).unwrap();
    let other = workspace.create_queue(&settings(2), &owner).unwrap();
    add(workspace, &queue, &["s1", "s2"]);
    add(workspace, &other, &["s1"]);
    let mut open = settings(2);
    open.is_blind = false;
    workspace
        .change_queue(&queue, &open, 1, &owner, &ReadScope::all())
        .unwrap();
    let stale = workspace.change_queue(&queue, &open, 1, &owner, &ReadScope::all());
    assert!(matches!(stale, Err(StoreError::Outdated { .. })));
    let is_blind = |id| workspace.is_reviewed_blind(id).unwrap();
    assert_eq!(
        (is_blind("s1"), is_blind("s2")),
        (true, false),
        "the other queue still is"
    );
    workspace
        .close_queue(&other, &owner, &ReadScope::all())
        .unwrap();
    assert!(!is_blind("s1"));
    assert!(matches!(
        workspace.close_queue(&other, &owner, &ReadScope::all()),
        Err(StoreError::Conflict(_))
    ));
    let closed = workspace.next_item(&other, &viewer("ada", false), &person("ada"));
    assert!(matches!(closed, Err(StoreError::Conflict(_))));
    // One reviewer fewer: what the one who judged waited for is settled.
    let item = next(workspace, &queue, "ada").unwrap();
    complete(workspace, "ada", &item, "good").unwrap();
    open.reviewers_per_item = 1;
    workspace
        .change_queue(&queue, &open, 2, &owner, &ReadScope::all())
        .unwrap();
    let counts = workspace
        .queue(&queue, &viewer("ada", false))
        .unwrap()
        .unwrap()
        .counts;
    assert_eq!((counts.complete, counts.needs_review), (1, 1));
}

#[test]
fn a_session_that_another_queue_is_blind_for_is_hidden_in_every_queue() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let open = workspace.create_queue(&open_settings(), &owner).unwrap();
    add(workspace, &open, &["s1"]);
    let item = next(workspace, &open, "ada").unwrap();
    complete(workspace, "ada", &item, "wrong").unwrap();
    let to = |who: &str, manages: bool| {
        let [item] = items(workspace, &open, &viewer(who, manages))
            .try_into()
            .unwrap();
        item
    };
    let said = |item: &QueueItem, who: &str| {
        let part = item.parts.iter().find(|part| part.account == who);
        part.and_then(|part| part.submission.clone())
    };
    assert!(said(&to("bo", false), "ada").is_some(), "nobody is blind");

    let blind = workspace.create_queue(&settings(2), &owner).unwrap();
    add(workspace, &blind, &["s1"]);
    let hidden = to("bo", false);
    assert_eq!(
        (hidden.state, hidden.reviewers_done, hidden.parts.len()),
        (ItemState::NeedsReview, None, 0)
    );
    assert!(hidden.is_blind);
    assert_eq!(hidden.reason, Some(Reason::Hidden {}));
    let counts = workspace.queue(&open, &viewer("bo", false)).unwrap();
    let counts = counts.unwrap().counts;
    assert_eq!((counts.complete, counts.needs_review), (0, 1));
    let to_owner = to("owner", true);
    assert_eq!(said(&to_owner, "ada"), None, "who is at it, not what");
    assert!(matches!(to_owner.reason, Some(Reason::Hand { .. })));
    assert!(said(&to("ada", false), "ada").is_some(), "one's own");

    workspace
        .close_queue(&blind, &owner, &ReadScope::all())
        .unwrap();
    assert!(said(&to("bo", false), "ada").is_some());
}

#[test]
fn a_decision_and_a_precedent_are_hidden_while_their_session_is_reviewed_blind() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queue = workspace.create_queue(&settings(2), &owner).unwrap();
    add(workspace, &queue, &["s1"]);
    for (who, word) in [("ada", "good"), ("bo", "wrong")] {
        let item = next(workspace, &queue, who).unwrap();
        complete(workspace, who, &item, word).unwrap();
    }
    let item = items(workspace, &queue, &owner_view()).remove(0);
    let decision = Decision {
        verdict: Some("good".to_owned()),
        answers: None,
        text: "it is good".to_owned(),
    };
    workspace
        .adjudicate_item(&item.id, decision, &owner, &ReadScope::all())
        .unwrap();
    let new = argus_store::NewPrecedent {
        text: "good it is".to_owned(),
        session: Some("s1".to_owned()),
        turn: None,
    };
    workspace
        .add_precedent("compliance", new, &owner, &ReadScope::all())
        .unwrap();
    let told = |who: &str, manages: bool| {
        let item = items(workspace, &queue, &viewer(who, manages)).remove(0);
        let rubric = workspace.rubric("compliance", None, &ReadScope::all());
        (
            item.decision.is_some(),
            rubric.unwrap().unwrap().precedents.len(),
        )
    };
    assert_eq!(told("cy", false), (true, 1));
    let blind = workspace.create_queue(&settings(1), &owner).unwrap();
    add(workspace, &blind, &["s1"]);
    assert_eq!(told("cy", false), (false, 0));
    assert_eq!(told("di", true), (false, 0), "another who manages");
    assert_eq!(told("owner", true), (true, 0), "who decided it");
}
