//! Saved views: whose they are, and that what people type into them stands nowhere in the clear.

use argus_store::{Actor, ReadScope, ViewContent};

use crate::support::{files_with, new_store};

fn content(name: &str) -> ViewContent {
    ViewContent {
        name: name.to_owned(),
        filter: "user:canary-of-a-filter".to_owned(),
        sort: "started".to_owned(),
        fold: vec!["automated".to_owned()],
    }
}

fn bounded(projects: &[&str]) -> ReadScope {
    ReadScope {
        projects: Some(projects.iter().map(|&name| name.to_owned()).collect()),
        own_of: None,
    }
}

#[test]
fn a_view_is_seen_by_its_maker_and_a_shared_one_by_who_may_read_as_much() {
    let test = new_store();
    let workspace = &test.workspace;
    let make = |name: &str, account: &str, shared: bool, scope: &ReadScope| {
        workspace
            .create_saved_view(content(name), shared, &Actor::account(account), scope)
            .unwrap()
    };
    let all = ReadScope::all();
    make("of all", "one", true, &all);
    make("of a", "one", true, &bounded(&["a"]));
    make("own", "one", false, &all);
    let names = |account: Option<&str>, scope: &ReadScope| {
        let seen = workspace.saved_views(account, scope).unwrap();
        let names = seen.into_iter().map(|view| view.content.name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(Some("one"), &all), ["of a", "of all", "own"]);
    assert_eq!(names(Some("two"), &all), ["of a", "of all"]);
    assert_eq!(names(Some("two"), &bounded(&["a", "b"])), ["of a"]);
    assert!(names(Some("two"), &bounded(&["b"])).is_empty());
    assert_eq!(names(None, &all), ["of a", "of all"]);
    let own = ReadScope {
        projects: None,
        own_of: Some("two@example.test".to_owned()),
    };
    assert!(names(Some("two"), &own).is_empty());
}

#[test]
fn a_view_is_changed_and_removed_with_an_act_each() {
    let test = new_store();
    let (workspace, actor, all) = (&test.workspace, Actor::account("one"), ReadScope::all());
    let made = workspace
        .create_saved_view(content("first"), false, &actor, &all)
        .unwrap();
    let acts = || workspace.status().unwrap().leaves;
    let before = acts();
    let changed = workspace
        .change_saved_view(&made, content("second"), true, &actor, &all)
        .unwrap();
    assert_eq!(
        (changed.id.as_str(), changed.is_shared),
        (made.id.as_str(), true)
    );
    workspace.remove_saved_view(&made.id, &actor).unwrap();
    assert_eq!(acts(), before + 2);
    assert!(workspace.remove_saved_view(&made.id, &actor).is_err());
    assert!(
        workspace
            .change_saved_view(&made, content("third"), true, &actor, &all)
            .is_err()
    );
    assert!(workspace.saved_views(Some("one"), &all).unwrap().is_empty());
}

#[test]
fn what_is_typed_into_a_view_is_sealed() {
    let test = new_store();
    test.workspace
        .create_saved_view(
            content("Canary of a name"),
            true,
            &Actor::account("one"),
            &ReadScope::all(),
        )
        .unwrap();
    for needle in ["Canary of a name", "canary-of-a-filter"] {
        let found = files_with(test.folder.path(), needle);
        assert!(found.is_empty(), "{needle}: {found:?}");
    }
}
