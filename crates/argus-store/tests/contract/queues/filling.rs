//! Filling holds nothing up for long, and leaves nothing half done.

use argus_store::{Delivery, ReadScope, Reason, Rule, TrustQuery, Workspace};

use super::{
    add, complete, items, next, owner_view, person, set_reference, settings, with_sessions,
};
use crate::support::{TestStore, conversation, files, new_store, put, recording, settle};

fn database(test: &TestStore) -> rusqlite::Connection {
    let path = files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    rusqlite::Connection::open(path).unwrap()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("s{n:03}")).collect()
}

/// Takes so many places of a queue: by turns of a session, which the queue does not look into.
fn fill_up(test: &TestStore, queue: &str, places: u32) {
    database(test)
        .execute(
            "WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < ?2)
             INSERT INTO queue_items (queue, session, turn, state, is_blind, is_gold, is_revealed, is_decided, at_us)
             SELECT ?1, 1, 'turn ' || n, 0, 1, 0, 0, 0, 0 FROM place",
            rusqlite::params![queue, places],
        )
        .unwrap();
}

fn random(workspace: &Workspace, percent: f64) -> String {
    let mut set = settings(1);
    set.rules = vec![Rule::Random {
        percent,
        seed: "seed-1".to_owned(),
    }];
    workspace.create_queue(&set, &person("owner")).unwrap()
}

/// Delivers a session of projects, each of its records for one of them in turn.
fn deliver(workspace: &Workspace, session: &str, projects: &[&str]) {
    let items = conversation(session, "question", "answer", 0);
    let batch = items.into_iter().enumerate().map(|(place, item)| {
        let delivery = Delivery {
            projects: vec![projects[place % projects.len()].to_owned()],
            key_id: None,
            user: None,
        };
        workspace.prepare(item, &delivery).unwrap()
    });
    workspace.append(batch.collect()).unwrap();
    settle(workspace);
}

#[test]
fn many_items_are_put_in_slice_by_slice() {
    let ids = names(120);
    let test = with_sessions(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let workspace = &test.workspace;
    let queue = workspace
        .create_queue(&settings(1), &person("owner"))
        .unwrap();
    let acts = || -> i64 {
        database(&test)
            .query_row("SELECT count(*) FROM acts", [], |row| row.get(0))
            .unwrap()
    };
    let before = acts();
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(add(workspace, &queue, &all), 120);
    assert_eq!(acts() - before, 3, "of at most 50 each");
}

#[test]
fn references_take_no_room_of_what_is_put_in_after_them() {
    let ids = names(62);
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let test = with_sessions(&all);
    let (workspace, owner) = (&test.workspace, person("owner"));
    for id in &all[60..] {
        set_reference(workspace, id);
    }
    let mut set = settings(1);
    set.gold_every = Some(2);
    let queue = workspace.create_queue(&set, &owner).unwrap();
    // All but 61 places are taken.
    fill_up(&test, &queue, 4_939);
    assert_eq!(
        add(workspace, &queue, &all[..60]),
        61,
        "one reference had room"
    );
    let [gold, others] = [true, false].map(|is_gold| -> i64 {
        database(&test)
            .query_row(
                "SELECT count(*) FROM queue_items WHERE turn = '' AND is_gold = ?1",
                [is_gold],
                |row| row.get(0),
            )
            .unwrap()
    });
    assert_eq!((gold, others), (1, 60));
}

#[test]
fn a_sample_that_was_stopped_half_way_is_none_until_it_is_whole() {
    let ids = names(55);
    let test = with_sessions(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let workspace = &test.workspace;
    let queue = random(workspace, 100.0);
    let file = database(&test);
    file.execute_batch("CREATE TRIGGER full BEFORE INSERT ON queue_samples BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        .unwrap();
    let fill = || workspace.fill_queue(&queue, &person("owner"), &ReadScope::all());
    fill().unwrap_err();
    let query = TrustQuery::default();
    assert!(workspace.sampled(&query).unwrap().is_empty());
    file.execute_batch("DROP TRIGGER full").unwrap();
    let report = fill().unwrap();
    assert_eq!((report.added, report.samples), (0, 1));
    let [stratum] = workspace.sampled(&query).unwrap().try_into().unwrap();
    assert_eq!((stratum.population, stratum.drawn), (55, 55));
    let sampled: i64 = file
        .query_row(
            "SELECT count(*) FROM queue_items WHERE sample IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(sampled, 55);
}

#[test]
fn a_week_that_has_no_room_keeps_no_other_from_being_drawn() {
    let ids = names(8);
    let test = with_sessions(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let workspace = &test.workspace;
    // All but one in the week before: the sample of one week has room, that of the other has none.
    database(&test)
        .execute(
            "UPDATE sessions SET started_at_us = started_at_us - 604800000000 WHERE n <> (SELECT min(n) FROM sessions)",
            [],
        )
        .unwrap();
    let queue = random(workspace, 100.0);
    fill_up(&test, &queue, 4_997);
    let fill = || workspace.fill_queue(&queue, &person("owner"), &ReadScope::all());
    let refused = fill().unwrap_err().to_string();
    assert!(refused.contains("at most 5000 items"), "{refused}");
    let [stratum] = workspace
        .sampled(&TrustQuery::default())
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!((stratum.population, stratum.drawn), (1, 1));
    // It is told once: nothing leaves a queue, and nothing new came.
    assert_eq!(fill().unwrap().added, 0);
}

#[test]
fn what_comes_late_for_a_project_that_has_no_sample_is_drawn_still() {
    let test = with_sessions(&["s1"]);
    let workspace = &test.workspace;
    let queue = random(workspace, 50.0);
    let fill = || {
        let report = workspace.fill_queue(&queue, &person("owner"), &ReadScope::all());
        let report = report.unwrap();
        (report.added, report.samples)
    };
    assert_eq!(fill(), (1, 1));
    assert_eq!(fill(), (0, 0));
    deliver(workspace, "late", &["demo"]);
    assert_eq!(fill(), (0, 0), "the week of this project is drawn");
    deliver(workspace, "later", &["zoo"]);
    assert_eq!(fill(), (1, 1));
    assert_eq!(fill(), (0, 0));
}

#[test]
fn who_is_bound_to_projects_is_told_only_of_sessions_that_are_theirs() {
    let test = with_sessions(&["s1", "s2", "s3"]);
    let workspace = &test.workspace;
    deliver(workspace, "shared", &["demo", "zoo"]);
    let queue = random(workspace, 100.0);
    workspace
        .fill_queue(&queue, &person("owner"), &ReadScope::all())
        .unwrap();
    let told = |projects: Option<&[&str]>| {
        let scope = ReadScope {
            projects: projects.map(|names| names.iter().map(|&name| name.to_owned()).collect()),
            own_of: None,
        };
        let query = TrustQuery {
            scope,
            ..TrustQuery::default()
        };
        let strata = workspace.sampled(&query).unwrap();
        let strata = strata.into_iter();
        strata
            .map(|one| (one.project, one.population, one.drawn))
            .collect::<Vec<_>>()
    };
    let demo = |population, drawn| vec![("demo".to_owned(), population, drawn)];
    assert_eq!(told(None), demo(4, 4), "the shared one counts in the first");
    assert_eq!(told(Some(&["demo", "zoo"])), demo(4, 4));
    assert_eq!(told(Some(&["demo"])), demo(3, 3));
    assert_eq!(told(Some(&["zoo"])), []);
    let all = items(workspace, &queue, &owner_view());
    assert!(
        all.iter()
            .all(|item| matches!(item.reason, Some(Reason::Random { population: 4, .. })))
    );
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
