//! Review queues: who gets what, what is hidden until when, what rules add, what goes with a session.

mod counts;
mod decisions;
mod filling;
mod references;

use argus_insight::rubric::Scope;
use argus_store::{
    Actor, Decision, ItemQuery, ItemState, NewGold, NewReview, QueueItem, QueueKind, QueuePart,
    QueueSettings, QueueViewer, ReadScope, Reason, ReviewKind, ReviewReader, Rule, StoreError,
    TrustQuery, Workspace,
};
use serde_json::json;

use crate::support::{
    TestStore, conversation, files, files_with, new_store, put, recording, settle,
};

fn with_sessions(ids: &[&str]) -> TestStore {
    let test = new_store();
    for (place, id) in ids.iter().enumerate() {
        let second = u32::try_from(place).unwrap() * 60;
        put(
            &test.workspace,
            conversation(id, "question", "answer", second),
        );
    }
    settle(&test.workspace);
    test
}

fn person(name: &str) -> Actor {
    Actor::account(name)
}

fn viewer(name: &str, manages: bool) -> QueueViewer {
    QueueViewer {
        account: Some(name.to_owned()),
        manages,
        scope: ReadScope::all(),
    }
}

fn settings(reviewers: u32) -> QueueSettings {
    QueueSettings {
        name: "canary-of-a-queue".to_owned(),
        rubric: None,
        kind: QueueKind::Review,
        scope: Scope::Session,
        reviewers_per_item: reviewers,
        is_blind: true,
        due_days: Some(3),
        reservation_minutes: 60,
        reviewers: Vec::new(),
        rules: Vec::new(),
        gold_every: None,
        projects: None,
    }
}

fn judge(workspace: &Workspace, who: &str, session: &str, word: &str) {
    let review = NewReview {
        session_id: session.to_owned(),
        kind: ReviewKind::Verdict,
        turn: None,
        word: word.to_owned(),
        number: None,
        stands: true,
        queue_item: None,
        changes: None,
        body: json!({"reason": "because"}),
    };
    workspace
        .write_review(review, &person(who), &ReadScope::all())
        .unwrap();
}

fn add(workspace: &Workspace, queue: &str, sessions: &[&str]) -> u64 {
    let sessions: Vec<String> = sessions.iter().map(|id| (*id).to_owned()).collect();
    let owner = person("owner");
    workspace
        .add_to_queue(
            queue,
            &sessions,
            None,
            "canary-of-a-reason",
            &owner,
            &ReadScope::all(),
        )
        .unwrap()
}

fn next(workspace: &Workspace, queue: &str, who: &str) -> Option<QueueItem> {
    workspace
        .next_item(queue, &viewer(who, false), &person(who))
        .unwrap()
        .item
}

fn complete(
    workspace: &Workspace,
    who: &str,
    item: &QueueItem,
    word: &str,
) -> Result<(), StoreError> {
    judge(workspace, who, &item.session_id, word);
    workspace.complete_item(&item.id, &person(who), &ReadScope::all())
}

fn items(workspace: &Workspace, queue: &str, of: &QueueViewer) -> Vec<QueueItem> {
    let query = ItemQuery {
        limit: 100,
        ..ItemQuery::default()
    };
    workspace
        .queue_items(queue, &query, of)
        .unwrap()
        .unwrap()
        .items
}

fn seen(workspace: &Workspace, session: &str, who: &str) -> usize {
    let reader = ReviewReader::of(&person(who));
    let found = workspace.reviews(session, &ReviewKind::ALL, &ReadScope::all(), &reader);
    found.unwrap().unwrap().len()
}

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
fn an_item_is_reserved_skipped_released_and_given_away() {
    let test = with_sessions(&["s1", "s2"]);
    let workspace = &test.workspace;
    let mut set = settings(1);
    set.reservation_minutes = 1;
    let queue = workspace.create_queue(&set, &person("owner")).unwrap();
    add(workspace, &queue, &["s1", "s2"]);
    let of_ada = next(workspace, &queue, "ada").unwrap();
    let of_bo = next(workspace, &queue, "bo").unwrap();
    assert_eq!(
        (of_ada.session_id.as_str(), of_bo.session_id.as_str()),
        ("s1", "s2")
    );
    assert_eq!(
        next(workspace, &queue, "ada").unwrap().id,
        of_ada.id,
        "what is theirs comes first"
    );
    assert_eq!(next(workspace, &queue, "cy"), None);
    // The clock moves a second at every look: a minute passes.
    for _ in 0..60 {
        let _ = workspace.queue(&queue, &viewer("cy", false)).unwrap();
    }
    let of_cy = next(workspace, &queue, "cy").unwrap();
    assert_eq!(of_cy.id, of_ada.id, "the reservation is over");
    assert!(matches!(
        complete(workspace, "ada", &of_ada, "good"),
        Err(StoreError::Conflict(_))
    ));

    let scope = ReadScope::all();
    workspace
        .skip_item(&of_cy.id, "canary-of-a-skip", &person("cy"), &scope)
        .unwrap();
    let after = next(workspace, &queue, "cy").unwrap();
    assert_eq!(after.id, of_bo.id, "what was skipped does not come again");
    workspace
        .release_item(&after.id, &person("cy"), &scope)
        .unwrap();
    assert!(matches!(
        workspace.release_item(&after.id, &person("cy"), &scope),
        Err(StoreError::Conflict(_))
    ));
    let give = |item: &str, to: &str, by: &QueueViewer| {
        let actor = person(by.account.as_deref().unwrap());
        workspace.reassign_item(item, to, &scope, by, &actor)
    };
    let not_theirs = give(&after.id, "di", &viewer("cy", false));
    assert!(matches!(not_theirs, Err(StoreError::Conflict(_))));
    give(&after.id, "di", &viewer("owner", true)).unwrap();
    assert!(matches!(
        give(&of_cy.id, "cy", &viewer("owner", true)),
        Err(StoreError::Conflict(_))
    ));
    let [theirs] = workspace
        .my_queues(&viewer("di", false))
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!((theirs.items.len(), theirs.mine.open), (1, 1));
    assert_eq!(theirs.items[0].mine, Some(QueuePart::Assigned));
    let blind_to = ReadScope {
        projects: Some(vec!["elsewhere".to_owned()]),
        own_of: None,
    };
    let owner = viewer("owner", true);
    let unreadable = workspace.reassign_item(&of_cy.id, "eve", &blind_to, &owner, &person("owner"));
    assert!(matches!(unreadable, Err(StoreError::Invalid(_))));
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-skip"),
        Vec::<std::path::PathBuf>::new()
    );
    // Whoever may not read a session neither gets its item nor sees it counted.
    let elsewhere = QueueViewer {
        scope: blind_to,
        ..viewer("eve", false)
    };
    assert!(matches!(
        workspace.next_item(&queue, &elsewhere, &person("eve")),
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(workspace.queue(&queue, &elsewhere).unwrap(), None);
    assert!(workspace.queues(&elsewhere).unwrap().is_empty());
    assert!(workspace.my_queues(&elsewhere).unwrap().is_empty());
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
fn a_calibration_is_scored_in_private_revealed_and_leaves_a_precedent() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let mut set = settings(1);
    set.kind = QueueKind::Calibration;
    set.rubric = Some("compliance".to_owned());
    let queue = workspace.create_queue(&set, &person("owner")).unwrap();
    add(workspace, &queue, &["s1"]);
    let rubric = workspace
        .rubric("compliance", None, &ReadScope::all())
        .unwrap()
        .unwrap();
    let mut item = None;
    for who in ["ada", "bo", "cy"] {
        let mine = next(workspace, &queue, who).unwrap();
        let mut answers = crate::rubrics::best(&rubric.definition);
        if who == "cy" {
            answers[0].value = argus_insight::rubric::Value::Na;
        }
        let score = argus_store::NewScore {
            session_id: "s1".to_owned(),
            turn: None,
            rubric: "compliance".to_owned(),
            version: 1,
            answers,
            comment: None,
            queue_item: Some(mine.id.clone()),
        };
        workspace
            .give_score(score, &person(who), &ReadScope::all())
            .unwrap();
        workspace
            .complete_item(&mine.id, &person(who), &ReadScope::all())
            .unwrap();
        item = Some(mine);
    }
    let item = item.unwrap();
    assert_eq!(seen(workspace, "s1", "ada"), 1);
    let decision = || Decision {
        verdict: None,
        answers: None,
        text: "canary-of-a-precedent".to_owned(),
    };
    let owner = person("owner");
    let early = workspace.adjudicate_item(&item.id, decision(), &owner, &ReadScope::all());
    assert!(matches!(early, Err(StoreError::Conflict(_))));
    workspace
        .reveal_item(&item.id, &owner, &ReadScope::all())
        .unwrap();
    assert_eq!(seen(workspace, "s1", "ada"), 3);
    let [shown] = items(workspace, &queue, &viewer("ada", false))
        .try_into()
        .unwrap();
    assert_eq!((shown.state, shown.parts.len()), (ItemState::Complete, 3));
    workspace
        .adjudicate_item(&item.id, decision(), &owner, &ReadScope::all())
        .unwrap();
    let rubric = workspace
        .rubric("compliance", None, &ReadScope::all())
        .unwrap()
        .unwrap();
    assert_eq!(rubric.precedents[0].text, "canary-of-a-precedent");
    assert_eq!(rubric.precedents[0].session.as_deref(), Some("s1"));
    assert_eq!(
        files_with(test.folder.path(), "canary-of-a-precedent"),
        Vec::<std::path::PathBuf>::new()
    );
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

fn owner_view() -> QueueViewer {
    viewer("owner", true)
}

#[test]
fn rules_add_what_they_say_once_and_note_why() {
    let test = new_store();
    let workspace = &test.workspace;
    for name in ["tools", "failures", "slash", "interactive"] {
        put(workspace, recording(name));
    }
    settle(workspace);
    let mut set = settings(1);
    set.rules = vec![
        Rule::Random {
            percent: 20.0,
            seed: "seed-1".to_owned(),
        },
        Rule::Errors { filter: None },
        Rule::NotAccepted { filter: None },
        Rule::View {
            filter: "skill:release-notes".to_owned(),
        },
        Rule::NewSkillVersion {
            skill: None,
            sessions: 2,
        },
    ];
    let queue = workspace.create_queue(&set, &person("owner")).unwrap();
    let (report, failed) = workspace.fill_queues().unwrap();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(report.added > 0, "{report:?}");
    let all = items(workspace, &queue, &owner_view());
    assert_eq!(all.len() as u64, report.added);
    assert!(all.iter().all(|item| item.reason.is_some()));
    let kinds: Vec<&str> = all
        .iter()
        .map(|item| match item.reason.as_ref().unwrap() {
            Reason::Random { .. } => "random",
            Reason::Errors {} => "errors",
            Reason::View { .. } => "view",
            Reason::NotAccepted {} => "not_accepted",
            _ => "other",
        })
        .collect();
    assert!(
        kinds.contains(&"errors") && kinds.contains(&"view"),
        "{kinds:?}"
    );
    let (again, _) = workspace.fill_queues().unwrap();
    assert_eq!((again.added, again.samples), (0, 0));
}

#[test]
fn a_random_sample_is_of_a_week_that_is_over_and_carries_its_population() {
    // The clock stands on 18 November 2026; the conversations are of the 1st on, a week of them in October's last.
    let ids: Vec<String> = (0..40).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let mut set = settings(1);
    set.rules = vec![Rule::Random {
        percent: 10.0,
        seed: "seed-1".to_owned(),
    }];
    let draw = || {
        let queue = workspace.create_queue(&set, &person("owner")).unwrap();
        let report = workspace
            .fill_queue(&queue, &person("owner"), &ReadScope::all())
            .unwrap();
        assert_eq!((report.added, report.samples), (4, 1));
        let mut drawn: Vec<String> = items(workspace, &queue, &owner_view())
            .into_iter()
            .map(|item| item.session_id)
            .collect();
        drawn.sort();
        (queue, drawn)
    };
    let (queue, first) = draw();
    assert_eq!(draw().1, first, "the same seed draws the same");
    let [item, ..] = &items(workspace, &queue, &owner_view())[..] else {
        panic!("nothing was drawn")
    };
    let Some(Reason::Random {
        project,
        population,
        drawn,
        ..
    }) = &item.reason
    else {
        panic!("{item:?}")
    };
    assert_eq!((project.as_str(), *population, *drawn), ("demo", 40, 4));
    let query = TrustQuery {
        queue: Some(queue.clone()),
        ..TrustQuery::default()
    };
    let mine = next(workspace, &queue, "ada").unwrap();
    let [before] = workspace.sampled(&query).unwrap().try_into().unwrap();
    assert_eq!(
        (before.population, before.found.len()),
        (40, 0),
        "not while it is blind"
    );
    complete(workspace, "ada", &mine, "good").unwrap();
    // The other queue that was drawn is blind of the same sessions: closed, it is not.
    for other in workspace.queues(&owner_view()).unwrap() {
        if other.id != queue {
            workspace
                .close_queue(&other.id, &person("owner"), &ReadScope::all())
                .unwrap();
        }
    }
    let [after] = workspace.sampled(&query).unwrap().try_into().unwrap();
    assert_eq!(
        (after.population, after.drawn, after.found.len()),
        (40, 4, 1)
    );
    let elsewhere = TrustQuery {
        scope: ReadScope {
            projects: Some(vec!["elsewhere".to_owned()]),
            own_of: None,
        },
        ..query
    };
    assert!(workspace.sampled(&elsewhere).unwrap().is_empty());
}

#[test]
fn a_queue_that_cannot_be_is_refused() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let refused = |change: &dyn Fn(&mut QueueSettings)| {
        let mut set = settings(1);
        change(&mut set);
        workspace
            .create_queue(&set, &person("owner"))
            .unwrap_err()
            .to_string()
    };
    let all = [
        refused(&|set| set.reviewers_per_item = 0),
        refused(&|set| set.rubric = Some("none".to_owned())),
        refused(&|set| {
            set.scope = Scope::Turn;
            set.rubric = Some("compliance".to_owned());
        }),
        refused(&|set| {
            set.is_blind = false;
            set.gold_every = Some(5);
        }),
        refused(&|set| {
            set.rules = vec![Rule::View {
                filter: "nonsense:1".to_owned(),
            }];
        }),
        refused(&|set| {
            set.rules = vec![Rule::Random {
                percent: 0.0,
                seed: "a".to_owned(),
            }];
        }),
        refused(&|set| {
            set.rules = vec![Rule::Random {
                percent: 1.0,
                seed: "a seed".to_owned(),
            }];
        }),
    ];
    assert!(all.iter().all(|text| text.len() > 10), "{all:?}");
    let queue = workspace
        .create_queue(&settings(1), &person("owner"))
        .unwrap();
    let by_nobody = workspace.next_item(&queue, &viewer("ada", false), &Actor::system());
    assert!(matches!(by_nobody, Err(StoreError::Invalid(_))));
}

/// The same as `settings(1)`, not blind.
fn open_settings() -> QueueSettings {
    QueueSettings {
        is_blind: false,
        ..settings(1)
    }
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

#[test]
fn who_is_bound_to_projects_fills_changes_and_closes_only_queues_of_those() {
    let ids: Vec<String> = (0..10).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let bound = |project: &str| ReadScope {
        projects: Some(vec![project.to_owned()]),
        own_of: None,
    };
    let owner = person("owner");
    let mut set = settings(1);
    set.rules = vec![
        Rule::Random {
            percent: 100.0,
            seed: "seed-1".to_owned(),
        },
        Rule::View {
            filter: "started>2020-01-01".to_owned(),
        },
    ];
    // One of who is bound elsewhere takes nothing of this project in, whoever runs its rules.
    set.projects = bound("elsewhere").projects;
    let theirs = workspace.create_queue(&set, &owner).unwrap();
    let report = workspace
        .fill_queue(&theirs, &owner, &ReadScope::all())
        .unwrap();
    assert_eq!((report.added, report.samples), (0, 0));
    set.projects = bound("demo").projects;
    let of_demo = workspace.create_queue(&set, &owner).unwrap();
    let report = workspace.fill_queue(&of_demo, &owner, &bound("demo"));
    assert_eq!(report.unwrap().added, 10);
    set.projects = None;
    let whole = workspace.create_queue(&set, &owner).unwrap();
    let demo = bound("demo");
    assert!(matches!(
        workspace.fill_queue(&whole, &owner, &demo),
        Err(StoreError::NotFound { .. })
    ));
    add(workspace, &whole, &names);
    let forbidden = [
        workspace
            .fill_queue(&whole, &owner, &demo)
            .map(|_| ())
            .unwrap_err(),
        workspace
            .change_queue(&whole, &set, 1, &owner, &demo)
            .unwrap_err(),
        workspace.close_queue(&whole, &owner, &demo).unwrap_err(),
    ];
    for error in forbidden {
        assert!(matches!(error, StoreError::Forbidden(_)), "{error}");
    }
    // Whoever changes a queue: its projects stay its maker's.
    workspace
        .change_queue(&theirs, &set, 1, &owner, &ReadScope::all())
        .unwrap();
    let changed = workspace.queue(&theirs, &owner_view()).unwrap().unwrap();
    assert_eq!(changed.settings.projects, bound("elsewhere").projects);
    let of_elsewhere = QueueViewer {
        scope: bound("elsewhere"),
        ..owner_view()
    };
    let known = workspace.queues(&of_elsewhere).unwrap();
    assert_eq!(known.len(), 1, "their own, though nothing is in it");
}

#[test]
fn what_is_typed_about_items_and_references_is_redacted() {
    const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let (owner, scope) = (person("owner"), ReadScope::all());
    let text = format!("it says {KEY} there");
    let gold = NewGold {
        session_id: "s1".to_owned(),
        turn: None,
        rubric: None,
        answers: Vec::new(),
        verdict: Some("good".to_owned()),
        note: Some(text.clone()),
        is_removed: false,
    };
    workspace.set_gold(gold, &owner, &scope).unwrap();
    let open = QueueSettings {
        is_blind: false,
        ..settings(2)
    };
    let queue = workspace.create_queue(&open, &owner).unwrap();
    workspace
        .add_to_queue(&queue, &["s1".to_owned()], None, &text, &owner, &scope)
        .unwrap();
    let item = next(workspace, &queue, "ada").unwrap();
    workspace
        .skip_item(&item.id, &text, &person("ada"), &scope)
        .unwrap();
    let precedent = argus_store::NewPrecedent {
        text,
        session: Some("s1".to_owned()),
        turn: None,
    };
    workspace
        .add_precedent("compliance", precedent, &owner, &scope)
        .unwrap();

    let mut read = vec![workspace.gold(&scope).unwrap()[0].note.clone().unwrap()];
    let rubric = workspace.rubric("compliance", None, &scope).unwrap();
    read.push(rubric.unwrap().precedents[0].text.clone());
    let [shown] = items(workspace, &queue, &owner_view()).try_into().unwrap();
    let Some(Reason::Hand { text }) = shown.reason else {
        panic!("{:?}", shown.reason)
    };
    read.push(text);
    read.extend(shown.parts.into_iter().filter_map(|part| part.skip_reason));
    assert_eq!(read.len(), 4, "{read:?}");
    for text in read {
        assert!(!text.contains(KEY), "{text}");
        assert!(
            text.starts_with("it says ") && text.ends_with(" there"),
            "{text}"
        );
    }
    assert_eq!(
        files_with(test.folder.path(), KEY),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn what_two_queues_drew_counts_once_and_what_was_not_blind_says_nothing_of_agreement() {
    let ids: Vec<String> = (0..40).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    let mut set = open_settings();
    set.rules = vec![Rule::Random {
        percent: 10.0,
        seed: "seed-1".to_owned(),
    }];
    for _ in 0..2 {
        let queue = workspace.create_queue(&set, &owner).unwrap();
        workspace
            .fill_queue(&queue, &owner, &ReadScope::all())
            .unwrap();
        let item = next(workspace, &queue, "ada").unwrap();
        complete(workspace, "ada", &item, "good").unwrap();
    }
    let [stratum] = workspace
        .sampled(&TrustQuery::default())
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(
        (stratum.population, stratum.drawn, stratum.found.len()),
        (40, 4, 1),
        "the same seed drew the same sessions"
    );
    assert_eq!(stratum.found[0].len(), 1, "one person, once");
    let judged = workspace.judged_items(&TrustQuery::default()).unwrap();
    assert!(judged.items.is_empty() && !judged.is_capped);
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

#[test]
fn of_two_who_decide_at_once_only_one_leaves_a_judgement() {
    let ids: Vec<String> = (0..6).map(|n| format!("s{n}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let queue = workspace
        .create_queue(&settings(2), &person("owner"))
        .unwrap();
    add(workspace, &queue, &names);
    for (who, word) in [("ada", "good"), ("bo", "wrong")] {
        while let Some(item) = next(workspace, &queue, who) {
            complete(workspace, who, &item, word).unwrap();
        }
    }
    for item in items(workspace, &queue, &owner_view()) {
        let start = std::sync::Barrier::new(2);
        let decide = |who: &str| {
            let decision = Decision {
                verdict: Some("good".to_owned()),
                answers: None,
                text: "it is good".to_owned(),
            };
            start.wait();
            workspace.adjudicate_item(&item.id, decision, &person(who), &ReadScope::all())
        };
        let decide = &decide;
        let decided = std::thread::scope(|scope| {
            ["di", "eve"]
                .map(|who| scope.spawn(move || decide(who).is_ok()))
                .map(|thread| thread.join().unwrap())
        });
        assert!(decided[0] != decided[1], "one of both: {decided:?}");
        assert_eq!(seen(workspace, &item.session_id, "cy"), 3);
    }
}
