//! A reviewer cannot tell a reference from another session: not by what is shown, nor by what is refused, nor by when.

use argus_store::{
    ItemState, NewGold, QueueItem, QueuePart, ReadScope, Reason, ReviewReader, StoreError,
    TrustQuery, Workspace,
};

use super::{
    add, complete, items, next, owner_view, person, seen, set_reference, settings, viewer,
    with_sessions,
};
use crate::support::{TestStore, files_with};

/// A queue of 12 sessions in which references stand, each judged by one but for them.
fn with_references() -> (TestStore, String) {
    let ids: Vec<String> = (0..18).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let owner = person("owner");
    for id in &names[12..] {
        set_reference(&test.workspace, id);
    }
    let mut set = settings(1);
    set.gold_every = Some(3);
    set.reservation_minutes = 1;
    let queue = test.workspace.create_queue(&set, &owner).unwrap();
    add(&test.workspace, &queue, &names[..12]);
    (test, queue)
}

/// The references and the others, as who manages tells them.
fn told_apart(workspace: &Workspace, queue: &str) -> [Vec<QueueItem>; 2] {
    let all = items(workspace, queue, &owner_view());
    let (gold, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|item| item.is_gold == Some(true));
    assert!(!gold.is_empty() && !others.is_empty());
    [gold, others]
}

fn judge_all(workspace: &Workspace, queue: &str, who: &str) -> usize {
    let mut count = 0;
    while let Some(item) = next(workspace, queue, who) {
        complete(workspace, who, &item, "wrong").unwrap();
        count += 1;
    }
    count
}

#[test]
fn nothing_of_a_queue_with_references_is_shown_before_it_closes() {
    let (test, queue) = with_references();
    let workspace = &test.workspace;
    let [gold, others] = told_apart(workspace, &queue);
    assert_eq!(
        judge_all(workspace, &queue, "ada"),
        gold.len() + others.len()
    );
    assert_eq!(judge_all(workspace, &queue, "bo"), gold.len());
    for item in gold.iter().chain(&others) {
        let session = item.session_id.as_str();
        assert_eq!(seen(workspace, session, "ada"), 1, "her own");
        assert_eq!(seen(workspace, session, "cy"), 0);
        assert!(workspace.is_reviewed_blind(session).unwrap());
    }
    // Who manages sees what all have judged: there are disputes to decide.
    let reader = |manages| ReviewReader::of(&person("owner")).managing(manages);
    let sees = |item: &QueueItem, manages| {
        let kinds = argus_store::ReviewKind::ALL;
        let all = ReadScope::all();
        let found = workspace.reviews(&item.session_id, &kinds, &all, &reader(manages));
        found.unwrap().unwrap().len()
    };
    assert_eq!((sees(&others[0], true), sees(&others[0], false)), (1, 0));
    assert_eq!(sees(&gold[0], true), 0, "that is open for everybody");
    let judged = |manages| {
        let query = TrustQuery {
            reader: reader(manages),
            ..TrustQuery::default()
        };
        workspace.judged_items(&query).unwrap().items.len()
    };
    assert_eq!((judged(true), judged(false)), (others.len(), 0));
    workspace
        .close_queue(&queue, &person("owner"), &ReadScope::all())
        .unwrap();
    for item in gold.iter().chain(&others) {
        assert!(!workspace.is_reviewed_blind(&item.session_id).unwrap());
        assert!(seen(workspace, &item.session_id, "cy") > 0);
    }
    assert_eq!(judged(false), others.len());
}

#[test]
fn what_is_refused_tells_no_reference() {
    let (test, queue) = with_references();
    let workspace = &test.workspace;
    let [gold, others] = told_apart(workspace, &queue);
    let scope = ReadScope::all();
    // Eve has an item, and lets her time pass; ada and bo judge all there is.
    let late = next(workspace, &queue, "eve").unwrap();
    for _ in 0..60 {
        let _ = workspace.queue(&queue, &viewer("cy", false)).unwrap();
    }
    judge_all(workspace, &queue, "ada");
    judge_all(workspace, &queue, "bo");
    let refused = |item: &QueueItem, who: &str| {
        super::judge(workspace, who, &item.session_id, "good");
        let by = person(who);
        [
            workspace.complete_item(&item.id, &by, &scope),
            workspace.skip_item(&item.id, "no", &by, &scope),
            workspace.release_item(&item.id, &by, &scope),
            workspace.reassign_item(&item.id, "di", &scope, &viewer(who, false), &by),
        ]
        .map(|outcome| match outcome {
            Err(error @ (StoreError::Conflict(_) | StoreError::Invalid(_))) => error.to_string(),
            other => panic!("{other:?}"),
        })
    };
    let of_others = refused(&others[0], "cy");
    for item in gold.iter().chain(&others) {
        assert_eq!(refused(item, "cy"), of_others);
    }
    assert_eq!(refused(&late, "eve"), of_others, "a time that is over");
    let all = items(workspace, &queue, &viewer("eve", false));
    let late = all.iter().find(|item| item.id == late.id).unwrap();
    assert_eq!(late.mine, Some(QueuePart::Released));
    // Whoever has an item does with it what they like.
    let mine = next(workspace, &queue, "eve").unwrap();
    let give = |by: &argus_store::QueueViewer| {
        let actor = person(by.account.as_deref().unwrap());
        workspace.reassign_item(&mine.id, "fay", &scope, by, &actor)
    };
    assert!(matches!(
        give(&viewer("eve", false)),
        Err(StoreError::Invalid(_))
    ));
    workspace
        .release_item(&mine.id, &person("eve"), &scope)
        .unwrap();
    give(&owner_view()).unwrap();
}

#[test]
fn a_queue_in_which_references_stand_stays_blind() {
    let (test, queue) = with_references();
    let workspace = &test.workspace;
    let owner = person("owner");
    let mut open = settings(1);
    open.is_blind = false;
    let refused = workspace.change_queue(&queue, &open, 1, &owner, &ReadScope::all());
    assert!(
        matches!(refused, Err(StoreError::Invalid(_))),
        "{refused:?}"
    );
    workspace
        .change_queue(&queue, &settings(1), 1, &owner, &ReadScope::all())
        .unwrap();
    let [gold, others] = told_apart(workspace, &queue);
    judge_all(workspace, &queue, "ada");
    for item in gold.iter().chain(&others) {
        assert!(workspace.is_reviewed_blind(&item.session_id).unwrap());
    }
}

#[test]
fn references_stand_at_seeded_places_and_reviewers_cannot_tell_them() {
    let ids: Vec<String> = (0..30).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    for id in &names[20..] {
        let gold = NewGold {
            session_id: (*id).to_owned(),
            turn: None,
            rubric: None,
            answers: Vec::new(),
            verdict: Some("good".to_owned()),
            note: Some("canary-of-a-note".to_owned()),
            is_removed: false,
        };
        workspace.set_gold(gold, &owner, &ReadScope::all()).unwrap();
    }
    assert_eq!(workspace.gold(&ReadScope::all()).unwrap().len(), 10);
    let mut set = settings(1);
    set.gold_every = Some(3);
    let queue = workspace.create_queue(&set, &owner).unwrap();
    let added = add(workspace, &queue, &names[..20]);
    let all = items(workspace, &queue, &owner_view());
    assert_eq!(all.len() as u64, added);
    let gold = all.iter().filter(|item| item.is_gold == Some(true)).count();
    assert!(gold > 0 && gold < 15, "{gold}");
    for item in items(workspace, &queue, &viewer("ada", false)) {
        assert_eq!(item.reason, Some(Reason::Hidden {}));
        assert_eq!((item.is_gold, item.state), (None, ItemState::NeedsReview));
    }
    // Everybody gets every reference; of the others each is judged once.
    let mut done = Vec::new();
    for who in ["ada", "bo"] {
        while let Some(item) = next(workspace, &queue, who) {
            complete(
                workspace,
                who,
                &item,
                if who == "ada" { "good" } else { "wrong" },
            )
            .unwrap();
            done.push((who, item.id));
        }
    }
    assert_eq!(done.len(), 20 + 2 * gold);
    // Of what ada judged, and of what she did not, nothing tells the references from the others.
    let mut shapes: Vec<_> = items(workspace, &queue, &viewer("ada", false))
        .into_iter()
        .map(|item| {
            let shape = (item.state, item.is_blind, item.parts.len(), item.reason);
            (item.mine, shape, item.reviewers_done)
        })
        .collect();
    shapes.sort_by_key(|(mine, ..)| *mine);
    shapes.dedup();
    assert_eq!(shapes.len(), 1, "one for all that she judged: {shapes:?}");
    workspace
        .close_queue(&queue, &owner, &ReadScope::all())
        .unwrap();
    let after = items(workspace, &queue, &viewer("ada", false));
    assert!(after.iter().all(|item| !item.is_blind));
    let judged = workspace.gold_judgements(&TrustQuery::default()).unwrap();
    assert_eq!(judged.len(), 2 * gold);
    let right = judged
        .iter()
        .filter(|one| one.judgement.submission.verdict == one.gold.verdict)
        .count();
    assert_eq!(right, gold, "ada's");
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-note"),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn a_reference_is_compared_only_with_what_was_judged_by_the_same() {
    let ids: Vec<String> = (0..8).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    let rubric = workspace.rubric("compliance", None, &ReadScope::all());
    let answers = crate::rubrics::best(&rubric.unwrap().unwrap().definition);
    for session in &names[4..] {
        for of in [None, Some("compliance")] {
            let gold = NewGold {
                session_id: (*session).to_owned(),
                turn: None,
                rubric: of.map(str::to_owned),
                answers: of.map(|_| answers.clone()).unwrap_or_default(),
                verdict: of.is_none().then(|| "good".to_owned()),
                note: None,
                is_removed: false,
            };
            workspace.set_gold(gold, &owner, &ReadScope::all()).unwrap();
        }
    }
    let mut set = settings(1);
    set.rubric = Some("compliance".to_owned());
    set.gold_every = Some(2);
    let queue = workspace.create_queue(&set, &owner).unwrap();
    add(workspace, &queue, &names[..4]);
    while let Some(item) = next(workspace, &queue, "ada") {
        let score = argus_store::NewScore {
            session_id: item.session_id.clone(),
            turn: None,
            rubric: "compliance".to_owned(),
            version: 1,
            answers: answers.clone(),
            comment: None,
            queue_item: Some(item.id.clone()),
        };
        workspace
            .give_score(score, &person("ada"), &ReadScope::all())
            .unwrap();
        complete(workspace, "ada", &item, "wrong").unwrap();
    }
    let of_rubric = TrustQuery {
        rubric: Some("compliance".to_owned()),
        ..TrustQuery::default()
    };
    assert!(!workspace.gold_judgements(&of_rubric).unwrap().is_empty());
    let of_verdicts = workspace.gold_judgements(&TrustQuery::default()).unwrap();
    assert_eq!(of_verdicts, Vec::new());
}
