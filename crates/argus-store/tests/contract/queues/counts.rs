//! What is counted of a queue is what its list shows, to whoever looks.

use std::collections::BTreeMap;

use argus_store::{ItemQuery, ItemState, QueuePart, QueueViewer, ReadScope, Workspace};

use super::{add, complete, items, next, person, settings, viewer, with_sessions};

/// By state: needs review, in review, needs others, disputed, complete.
fn tally(workspace: &Workspace, queue: &str, of: &QueueViewer) -> [u64; 5] {
    let mut tally = BTreeMap::<ItemState, u64>::new();
    for item in items(workspace, queue, of) {
        *tally.entry(item.state).or_default() += 1;
    }
    ItemState::ALL.map(|state| tally.get(&state).copied().unwrap_or(0))
}

fn counted(workspace: &Workspace, queue: &str, of: &QueueViewer) -> [u64; 5] {
    let counts = workspace.queue(queue, of).unwrap().unwrap().counts;
    [
        counts.needs_review,
        counts.in_review,
        counts.needs_others,
        counts.disputed,
        counts.complete,
    ]
}

#[test]
fn every_viewer_is_told_the_numbers_that_their_list_shows() {
    let ids: Vec<String> = (0..12).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    let mut open = settings(2);
    open.is_blind = false;
    let queues = [settings(2), open, settings(1)]
        .map(|settings| workspace.create_queue(&settings, &owner).unwrap());
    for (queue, count) in queues.iter().zip([12, 10, 4]) {
        add(workspace, queue, &names[..count]);
    }
    for (queue, people) in [
        (&queues[0], ["ada", "bo"]),
        (&queues[1], ["bo", "cy"]),
        (&queues[2], ["cy", "di"]),
    ] {
        for (who, done) in people.into_iter().zip([4, 2]) {
            for n in 0..done {
                let Some(item) = next(workspace, queue, who) else {
                    break;
                };
                let word = if n == 1 && who != people[0] {
                    "wrong"
                } else {
                    "good"
                };
                complete(workspace, who, &item, word).unwrap();
            }
            if let Some(item) = next(workspace, queue, who) {
                workspace
                    .skip_item(&item.id, "too long", &person(who), &ReadScope::all())
                    .unwrap();
            }
            let _held = next(workspace, queue, who);
        }
    }
    let mut viewers = vec![viewer("owner", true), QueueViewer::default()];
    viewers.extend(["ada", "bo", "cy", "di", "eve"].map(|who| viewer(who, false)));
    let look = || {
        for of in &viewers {
            for queue in &queues {
                let who = (&of.account, queue);
                assert_eq!(
                    counted(workspace, queue, of),
                    tally(workspace, queue, of),
                    "{who:?}"
                );
                let mine = workspace.queue(queue, of).unwrap().unwrap().mine;
                let all = items(workspace, queue, of);
                let parts = |part| all.iter().filter(|item| item.mine == Some(part)).count() as u64;
                assert_eq!(mine.done, parts(QueuePart::Done), "{who:?}");
                assert_eq!(mine.open, parts(QueuePart::Reserved), "{who:?}");
            }
        }
    };
    look();
    let mine = |who: &str, queue: &str| {
        let seen = workspace.queue(queue, &viewer(who, false)).unwrap();
        seen.unwrap().mine
    };
    // Of twelve, ada judged four and skipped one.
    assert_eq!(mine("ada", &queues[0]).available, 7);
    // Bo judged two of those four, skipped the third, and is at the fourth, which nobody else may take.
    assert_eq!(mine("bo", &queues[0]).available, 9);
    assert_eq!(mine("eve", &queues[0]).available, 9);
    // Cy judged all four.
    assert_eq!(mine("eve", &queues[2]).available, 0);
    let due = |queue: &str| {
        let all = items(workspace, queue, &viewer("eve", false));
        all.into_iter().filter_map(|item| item.due_at_us).min()
    };
    assert_eq!(mine("eve", &queues[0]).due_at_us, due(&queues[0]));
    assert_eq!(mine("eve", &queues[2]).due_at_us, None);
    workspace
        .close_queue(&queues[0], &owner, &ReadScope::all())
        .unwrap();
    look();
    assert_eq!(mine("eve", &queues[0]).available, 0);
}

#[test]
fn more_reviewers_open_again_what_fewer_had_settled() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queue = workspace.create_queue(&settings(1), &owner).unwrap();
    add(workspace, &queue, &["s1"]);
    let item = next(workspace, &queue, "ada").unwrap();
    complete(workspace, "ada", &item, "good").unwrap();
    assert_eq!(next(workspace, &queue, "bo"), None);
    workspace
        .change_queue(&queue, &settings(2), 1, &owner, &ReadScope::all())
        .unwrap();
    let of_bo = viewer("bo", false);
    assert_eq!(counted(workspace, &queue, &of_bo), [1, 0, 0, 0, 0]);
    assert!(next(workspace, &queue, "bo").is_some());
    assert!(workspace.is_reviewed_blind("s1").unwrap());
}

#[test]
fn fewer_reviewers_settle_what_waited_for_others_and_nobody_is_at_it_any_more() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queue = workspace.create_queue(&settings(2), &owner).unwrap();
    add(workspace, &queue, &["s1"]);
    let item = next(workspace, &queue, "ada").unwrap();
    complete(workspace, "ada", &item, "good").unwrap();
    let of_bo = next(workspace, &queue, "bo").unwrap();
    workspace
        .change_queue(&queue, &settings(1), 1, &owner, &ReadScope::all())
        .unwrap();
    let seen = viewer("bo", false);
    assert_eq!(counted(workspace, &queue, &seen), [0, 0, 0, 0, 1]);
    assert_eq!(
        workspace.queue(&queue, &seen).unwrap().unwrap().mine.open,
        0
    );
    assert!(complete(workspace, "bo", &of_bo, "good").is_err());
}

#[test]
fn pages_are_full_whatever_state_is_asked_for() {
    let ids: Vec<String> = (0..230).map(|n| format!("s{n:03}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&names);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queues = [(); 2].map(|()| workspace.create_queue(&settings(1), &owner).unwrap());
    // Items of another queue lie between.
    for place in names.chunks(5) {
        for queue in &queues {
            add(workspace, queue, place);
        }
    }
    let item = next(workspace, &queues[0], "ada").unwrap();
    complete(workspace, "ada", &item, "good").unwrap();
    let of = viewer("owner", true);
    let walk = |state: Option<ItemState>| {
        let (mut pages, mut cursor) = (Vec::new(), None);
        loop {
            let query = ItemQuery {
                state,
                limit: 90,
                cursor,
            };
            let page = workspace
                .queue_items(&queues[0], &query, &of)
                .unwrap()
                .unwrap();
            assert!(page.items.iter().all(|item| item.queue == queues[0]));
            pages.push(page.items.len());
            cursor = page.next;
            if cursor.is_none() {
                return pages;
            }
        }
    };
    assert_eq!(walk(None), [90, 90, 50]);
    assert_eq!(walk(Some(ItemState::NeedsReview)), [90, 90, 49]);
    assert_eq!(walk(Some(ItemState::Complete)), [1]);
}
