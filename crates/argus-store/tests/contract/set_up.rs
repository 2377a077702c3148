//! What people set up, queues, rubrics and saved views, is typed as comments are: redacted when it is written, and when the rules
//! change.

use argus_insight::rubric::{Rubric, starters};
use argus_store::{
    Actor, QueueSettings, QueueViewer, ReadScope, Rule, SavedView, StoreError, StoredRubric,
    ViewContent, Workspace,
};

use crate::queues::settings;
use crate::redaction::own_policy;
use crate::support::{files_with, new_store};

const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";
const HIT: &str = "CASE-1234";

fn ada() -> Actor {
    Actor::account("acc_ada")
}

fn rubric_of(text: &str) -> Rubric {
    let (_, mut rubric) = starters().into_iter().next().unwrap();
    rubric.name = format!("for {text}");
    let item = &mut rubric.sections[0].items[0];
    item.guidance = format!("as in {text}");
    item.pass_example = text.to_owned();
    rubric
}

fn queue_of(text: &str) -> QueueSettings {
    QueueSettings {
        name: format!("of {text}"),
        ..settings(1)
    }
}

fn view_of(text: &str) -> ViewContent {
    ViewContent {
        name: format!("about {text}"),
        filter: "tag:churn user:ada@example.org".to_owned(),
        sort: "started".to_owned(),
        fold: Vec::new(),
    }
}

struct SetUp {
    rubric: StoredRubric,
    queue: String,
    view: SavedView,
}

fn set_up(workspace: &Workspace, text: &str) -> SetUp {
    SetUp {
        rubric: workspace.create_rubric(&rubric_of(text), &ada()).unwrap(),
        queue: workspace.create_queue(&queue_of(text), &ada()).unwrap(),
        view: workspace
            .create_saved_view(view_of(text), false, &ada(), &ReadScope::all())
            .unwrap(),
    }
}

/// All that is told of it.
fn told(workspace: &Workspace, of: &SetUp) -> String {
    let all = ReadScope::all();
    let viewer = QueueViewer {
        account: Some("acc_ada".to_owned()),
        manages: true,
        scope: all.clone(),
    };
    format!(
        "{:?} {:?} {:?}",
        workspace.rubric(&of.rubric.id, None, &all).unwrap(),
        workspace
            .queue(&of.queue, &viewer)
            .unwrap()
            .unwrap()
            .settings,
        workspace
            .saved_view(&of.view.id, Some("acc_ada"), &all)
            .unwrap(),
    )
}

#[test]
fn what_is_set_up_is_redacted_when_it_is_written() {
    let test = new_store();
    let workspace = &test.workspace;
    let made = set_up(workspace, KEY);
    let seen = told(workspace, &made);
    assert!(!seen.contains(KEY), "{seen}");
    for part in ["for [redacted:", "as in [", "of [", "about ["] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    // What is given back is what is kept.
    assert!(!made.view.content.name.contains(KEY));
    assert!(!made.rubric.definition.name.contains(KEY));
    assert!(files_with(test.folder.path(), KEY).is_empty());
    // The same once more is no other version.
    let again = workspace
        .change_rubric(&made.rubric.id, &rubric_of(KEY), 1, &ada())
        .unwrap();
    assert_eq!(again.version, 1);
    // Whom a filter names is what telemetry names them.
    assert!(seen.contains("user:ada@example.org"), "{seen}");
}

#[test]
fn a_filter_in_which_a_secret_is_found_is_refused() {
    let test = new_store();
    let workspace = &test.workspace;
    let filter = format!("tag:churn {KEY}");
    let view = ViewContent {
        filter: filter.clone(),
        ..view_of("nothing")
    };
    let made = workspace.create_saved_view(view, false, &ada(), &ReadScope::all());
    assert!(matches!(made, Err(StoreError::Invalid(_))));
    for rule in [
        Rule::View {
            filter: filter.clone(),
        },
        Rule::Errors {
            filter: Some(filter.clone()),
        },
    ] {
        let queue = QueueSettings {
            rules: vec![rule],
            ..queue_of("nothing")
        };
        let made = workspace.create_queue(&queue, &ada());
        assert!(matches!(made, Err(StoreError::Invalid(_))));
    }
}

#[test]
fn what_is_set_up_is_looked_through_when_the_rules_change() {
    let test = new_store();
    let workspace = &test.workspace;
    let made = set_up(workspace, HIT);
    let filter = format!("tag:churn \"of {HIT}\"");
    let view = ViewContent {
        filter: filter.clone(),
        ..view_of("cases")
    };
    let of_cases = workspace
        .create_saved_view(view, false, &ada(), &ReadScope::all())
        .unwrap();
    let ruled = QueueSettings {
        rules: vec![Rule::View { filter }],
        ..queue_of("cases")
    };
    let ruled = workspace.create_queue(&ruled, &ada()).unwrap();
    assert!(told(workspace, &made).contains(HIT));

    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(&own_policy(), revision, &ada())
        .unwrap();
    let report = workspace.rescan(&mut |_| {}, &ada()).unwrap();
    assert_eq!(
        (
            report.texts_seen,
            report.texts_replaced,
            report.texts_failed
        ),
        (5, 5, 0)
    );
    let all = ReadScope::all();
    let kept = workspace
        .saved_view(&of_cases.id, Some("acc_ada"), &all)
        .unwrap()
        .unwrap();
    let others = SetUp {
        rubric: made.rubric.clone(),
        queue: ruled,
        view: kept.clone(),
    };
    for of in [&made, &others] {
        let seen = told(workspace, of);
        assert!(!seen.contains(HIT) && seen.contains("[redacted:"), "{seen}");
    }
    // A filter goes on being one: it finds less, and can be kept.
    let again = workspace.change_saved_view(&kept, kept.content.clone(), false, &ada(), &all);
    assert_eq!(again.unwrap().content, kept.content);
    assert_eq!(
        workspace
            .rescan(&mut |_| {}, &ada())
            .unwrap()
            .texts_replaced,
        0
    );
}
