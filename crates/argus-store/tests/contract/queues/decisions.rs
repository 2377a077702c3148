//! A dispute is decided as a whole, or not at all.

use argus_store::{Decision, ItemState, ReadScope, ReviewReader};

use super::{add, complete, items, next, owner_view, person, seen, settings, with_sessions};
use crate::support::files;

#[test]
fn a_decision_whose_judgement_cannot_be_written_is_none() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let owner = person("owner");
    let queue = workspace.create_queue(&settings(2), &owner).unwrap();
    add(workspace, &queue, &["s1"]);
    for (who, word) in [("ada", "good"), ("bo", "wrong")] {
        let item = next(workspace, &queue, who).unwrap();
        complete(workspace, who, &item, word).unwrap();
    }
    let path = files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let file = rusqlite::Connection::open(path).unwrap();
    let run = |sql: &str| file.execute_batch(sql).unwrap();
    let [item] = items(workspace, &queue, &owner_view()).try_into().unwrap();
    let decide = || {
        let decision = Decision {
            verdict: Some("wrong".to_owned()),
            answers: None,
            text: "it is wrong".to_owned(),
        };
        workspace.adjudicate_item(&item.id, decision, &owner, &ReadScope::all())
    };
    let acts = || -> i64 {
        file.query_row("SELECT count(*) FROM acts", [], |row| row.get(0))
            .unwrap()
    };
    let before = acts();
    run(
        "CREATE TRIGGER full BEFORE INSERT ON reviews BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    decide().unwrap_err();
    let [disputed] = items(workspace, &queue, &owner_view()).try_into().unwrap();
    assert_eq!(
        (disputed.state, disputed.decision),
        (ItemState::Disputed, None)
    );
    assert_eq!(acts(), before);
    run("DROP TRIGGER full");
    decide().unwrap();
    let [decided] = items(workspace, &queue, &owner_view()).try_into().unwrap();
    assert_eq!(decided.state, ItemState::Complete);
    assert_eq!(decided.decision.unwrap().verdict.as_deref(), Some("wrong"));
    assert_eq!(seen(workspace, "s1", "cy"), 3);
    assert_eq!(acts(), before + 2, "the decision, and its verdict");
    assert!(workspace.check_ledger().unwrap());
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

    let decisions = |scope: &ReadScope| {
        let cy = ReviewReader::of(&person("cy"));
        workspace.decisions("s0", scope, &cy).unwrap()
    };
    let [decided] = decisions(&ReadScope::all()).try_into().unwrap();
    assert_eq!(
        (decided.turn, decided.decision.verdict.as_deref()),
        (None, Some("good"))
    );
    assert_eq!(decided.decision.text.as_deref(), Some("it is good"));
    let elsewhere = ReadScope {
        projects: Some(vec!["elsewhere".to_owned()]),
        own_of: None,
    };
    assert!(decisions(&elsewhere).is_empty());
    // What is reviewed blind again, in another queue, is hidden with all that was decided.
    let again = workspace.create_queue(&settings(1), &person("owner"));
    add(workspace, &again.unwrap(), &["s0"]);
    assert!(decisions(&ReadScope::all()).is_empty());
}
