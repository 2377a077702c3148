//! Review queues: who gets what, what is hidden until when, what rules add, what goes with a session.

mod blindness;
mod calibration;
mod counts;
mod decisions;
mod figures;
mod filling;
mod parts;
mod references;
mod settings;
mod typed;

use argus_insight::rubric::Scope;
use argus_store::{
    Actor, ItemQuery, NewGold, NewReview, NewVerdict, QueueItem, QueueKind, QueueSettings,
    QueueViewer, ReadScope, ReviewKind, ReviewReader, StoreError, VerdictWord, Workspace,
};
use serde_json::json;

use crate::support::{TestStore, conversation, new_store, put, settle};

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

pub(crate) fn settings(reviewers: u32) -> QueueSettings {
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

/// Says that a session is good, for reviewers to be compared with.
fn set_reference(workspace: &Workspace, session: &str) {
    let gold = NewGold {
        session_id: session.to_owned(),
        turn: None,
        rubric: None,
        answers: Vec::new(),
        verdict: Some("good".to_owned()),
        note: None,
        is_removed: false,
    };
    workspace
        .set_gold(gold, &person("owner"), &ReadScope::all())
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

#[test]
fn a_queue_that_no_item_could_ever_leave_is_refused() {
    let test = new_store();
    let make = |kind: QueueKind, named: usize| {
        let settings = QueueSettings {
            kind,
            is_blind: true,
            reviewers: (0..named).map(|n| format!("acc-{n}")).collect(),
            ..settings(3)
        };
        test.workspace.create_queue(&settings, &person("owner"))
    };
    let refused = make(QueueKind::Review, 2).unwrap_err().to_string();
    assert!(
        refused.contains("needs 3 reviewers, and 2 are named"),
        "{refused}"
    );
    make(QueueKind::Review, 3).unwrap();
    make(QueueKind::Review, 0).unwrap();
    // Of a calibration everybody judges all, until it is revealed.
    make(QueueKind::Calibration, 2).unwrap();
}

#[test]
fn what_is_said_for_an_item_is_said_of_its_session() {
    let test = with_sessions(&["s0", "s1"]);
    let workspace = &test.workspace;
    let queue = workspace
        .create_queue(&settings(1), &person("owner"))
        .unwrap();
    add(workspace, &queue, &["s0"]);
    let item = next(workspace, &queue, "ada").unwrap();
    let give = |session: &str, item: &str| {
        let verdict = NewVerdict {
            session_id: session.to_owned(),
            turn: None,
            verdict: VerdictWord::Good,
            reason: None,
            queue_item: Some(item.to_owned()),
        };
        workspace.give_verdict(verdict, &person("ada"), &ReadScope::all())
    };
    give("s0", &item.id).unwrap();
    for (session, item) in [("s1", item.id.as_str()), ("s0", "9999"), ("s0", "1x")] {
        let refused = give(session, item).unwrap_err().to_string();
        assert!(refused.contains("no item of a queue"), "{refused}");
    }
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

fn owner_view() -> QueueViewer {
    viewer("owner", true)
}

fn open_settings() -> QueueSettings {
    QueueSettings {
        is_blind: false,
        ..settings(1)
    }
}
