//! Which queues there can be, and who may set them up.

use argus_insight::rubric::Scope;
use argus_store::{Actor, QueueSettings, QueueViewer, ReadScope, Rule, StoreError};

use super::{add, owner_view, person, settings, viewer, with_sessions};

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
