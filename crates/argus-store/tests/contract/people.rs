//! Accounts, members, invitations, views, and what a reader may read.

use argus_session::filter::Key;
use argus_store::{Actor, Delivery, Grant, ReadScope, Role, SessionQuery, StepRange, StoreError};

use crate::support::{TestStore, new_store, recording, settle};

fn grant(role: Role, projects: Option<&[&str]>) -> Grant {
    Grant {
        role,
        projects: projects.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
    }
}

fn leaves(test: &TestStore) -> u64 {
    test.workspace.status().unwrap().leaves
}

#[test]
fn an_account_is_known_by_its_address_in_any_case() {
    let test = new_store();
    let made = test
        .store
        .create_account(" Ada@Example.org ", "Ada", Some("hash"))
        .unwrap();
    assert_eq!(made.email, "ada@example.org");
    assert_eq!(
        test.store.account_by_email("ADA@example.org").unwrap(),
        Some(made.clone())
    );
    assert_eq!(test.store.account(&made.id).unwrap(), Some(made));
    for (email, name) in [
        ("ada@example.org", "Again"),
        ("no address", "X"),
        ("a@", "X"),
        ("@b", "X"),
        ("a@b@c", "X"),
        ("a@b", " "),
        ("a@b", "line\nbreak"),
        ("a@b", "re\u{202e}versed"),
        ("a\u{200b}@b", "X"),
    ] {
        assert!(
            test.store.create_account(email, name, None).is_err(),
            "{email} {name}"
        );
    }
}

#[test]
fn a_workspace_keeps_an_owner_and_every_change_has_its_leaf() {
    let test = new_store();
    assert!(test.store.needs_set_up().unwrap());
    let ada = test.store.create_account("ada@x.org", "Ada", None).unwrap();
    let bob = test.store.create_account("bob@x.org", "Bob", None).unwrap();
    let workspace = &test.workspace;
    let actor = Actor::system();
    assert!(
        workspace
            .put_member(&bob.id, &grant(Role::Viewer, None), &actor)
            .is_err(),
        "a workspace has an owner before it has anybody else"
    );
    test.store.make_first_owner(&ada.id).unwrap();
    assert!(!test.store.needs_set_up().unwrap());
    let before = leaves(&test);
    workspace
        .put_member(&bob.id, &grant(Role::Admin, Some(&["p"])), &actor)
        .unwrap();
    workspace
        .put_member(&bob.id, &grant(Role::Viewer, None), &actor)
        .unwrap();
    assert_eq!(leaves(&test), before + 2);
    let last = workspace.put_member(&ada.id, &grant(Role::Admin, None), &actor);
    assert!(matches!(last, Err(StoreError::Invalid(_))), "{last:?}");
    let held = |id: &str| workspace.member(id).unwrap().unwrap();
    assert!(workspace.remove_member(&held(&ada.id), &actor).is_err());
    assert_eq!(
        leaves(&test),
        before + 2,
        "what was refused left nothing behind"
    );
    let of_bob = held(&bob.id);
    let changed = workspace
        .change_member(&of_bob, &grant(Role::Admin, None), &actor)
        .unwrap();
    assert_eq!(changed.grant.role, Role::Admin);
    // What was looked at is not what is there any more.
    let late = workspace.change_member(&of_bob, &grant(Role::Owner, None), &actor);
    assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
    assert!(workspace.remove_member(&of_bob, &actor).is_err());
    let invited = test
        .store
        .invite(
            "default",
            "eve@x.org",
            &grant(Role::Viewer, None),
            &Actor::account(&bob.id),
        )
        .unwrap();
    workspace.remove_member(&changed, &actor).unwrap();
    assert!(workspace.member(&bob.id).unwrap().is_none());
    assert!(
        test.store
            .find_invitation(&invited.token)
            .unwrap()
            .is_none(),
        "who is a member no longer invites nobody"
    );
    assert!(
        workspace
            .change_member(&changed, &grant(Role::Owner, None), &actor)
            .is_err()
    );
    for wrong in [
        grant(Role::Owner, Some(&["p"])),
        grant(Role::Viewer, Some(&[])),
        grant(Role::Viewer, Some(&["a b"])),
        grant(Role::Viewer, Some(&["unassigned"])),
    ] {
        assert!(workspace.put_member(&bob.id, &wrong, &actor).is_err());
    }
}

#[test]
fn an_invitation_is_used_up_once() {
    let test = new_store();
    let ada = test.store.create_account("ada@x.org", "Ada", None).unwrap();
    test.store.make_first_owner(&ada.id).unwrap();
    let new = test
        .store
        .invite(
            "default",
            "Bob@x.org",
            &grant(Role::Reviewer, None),
            &Actor::account(&ada.id),
        )
        .unwrap();
    assert!(
        test.store
            .find_invitation(&format!("{}x", &new.token[..new.token.len() - 1]))
            .unwrap()
            .is_none()
    );
    let (workspace, invitation) = test.store.find_invitation(&new.token).unwrap().unwrap();
    assert_eq!(
        (workspace.as_str(), invitation.email.as_str()),
        ("default", "bob@x.org")
    );
    let bob = test.store.create_account("bob@x.org", "Bob", None).unwrap();
    test.store
        .accept_invitation("default", &invitation, &bob.id)
        .unwrap();
    let again = test
        .store
        .accept_invitation("default", &invitation, &bob.id);
    assert!(
        matches!(again, Err(StoreError::NotFound { .. })),
        "{again:?}"
    );
    assert!(test.store.find_invitation(&new.token).unwrap().is_none());
    let member = test.workspace.member(&bob.id).unwrap().unwrap();
    assert_eq!(member.grant.role, Role::Reviewer);
    assert!(
        test.store.find_key(&new.token).unwrap().is_none(),
        "it is no key"
    );
}

#[test]
fn who_looked_is_noted_once_in_a_while() {
    let test = new_store();
    let (ada, bob) = (Actor::account("ada"), Actor::account("bob"));
    let before = leaves(&test);
    for (session, actor) in [
        ("s", &ada),
        ("s", &ada),
        ("s", &bob),
        ("t", &ada),
        ("s", &ada),
    ] {
        test.workspace.view(session, actor).unwrap();
    }
    assert_eq!(leaves(&test), before + 3);
    // The test's clock moves a second at every look at it.
    for _ in 0..700 {
        test.workspace.view("s", &ada).unwrap();
    }
    assert_eq!(leaves(&test), before + 4);
}

fn deliver(test: &TestStore, name: &str, projects: &[&str], user: Option<&str>) {
    let delivery = Delivery {
        projects: projects.iter().map(|name| (*name).to_owned()).collect(),
        key_id: None,
        user: user.map(str::to_owned),
    };
    let batch = recording(name)
        .into_iter()
        .map(|item| test.workspace.prepare(item, &delivery).unwrap())
        .collect();
    test.workspace.append(batch).unwrap();
    settle(&test.workspace);
}

fn count(test: &TestStore, scope: &ReadScope) -> usize {
    let query = SessionQuery {
        limit: 100,
        scope: scope.clone(),
        ..SessionQuery::default()
    };
    let listed = test.workspace.sessions(&query).unwrap().items;
    for session in &listed {
        let version = test.workspace.session_version(&session.id, scope).unwrap();
        assert!(version.is_some(), "what is listed can be read");
    }
    listed.len()
}

#[test]
fn a_scope_bounds_lists_names_changes_and_reading() {
    let test = new_store();
    deliver(&test, "tools", &["alpha"], Some("ada@x.org"));
    deliver(&test, "subagent", &["beta"], None);
    deliver(&test, "failures", &["alpha"], None);
    deliver(&test, "failures", &["beta"], None);
    let of = |projects: &[&str]| ReadScope {
        projects: Some(projects.iter().map(|name| (*name).to_owned()).collect()),
        own_of: None,
    };
    let all = count(&test, &ReadScope::all());
    assert_eq!(all, 3);
    assert_eq!(count(&test, &of(&["alpha"])), 1);
    assert_eq!(count(&test, &of(&["beta"])), 1);
    assert_eq!(count(&test, &of(&["alpha", "beta"])), 3);
    assert_eq!(count(&test, &of(&["gamma"])), 0);
    let own = |user: &str| ReadScope {
        projects: None,
        own_of: Some(user.to_owned()),
    };
    assert_eq!(count(&test, &own("ada@x.org")), 1);
    assert_eq!(count(&test, &own("bob@x.org")), 0);
    assert_eq!(count(&test, &own("")), 0, "nobody's own is no person's");
    let names = |text: &str, scope: &ReadScope| -> Vec<String> {
        let found = test.workspace.names(Key::Project, text, 10, scope).unwrap();
        found.into_iter().map(|count| count.name).collect()
    };
    assert_eq!(names("", &ReadScope::all()), ["alpha", "beta"]);
    assert_eq!(names("", &of(&["alpha"])), ["alpha"]);
    assert_eq!(names("PH", &ReadScope::all()), ["alpha"]);
    assert_eq!(names("b", &ReadScope::all()), ["beta"]);
    assert_eq!(names("et", &of(&["alpha"])), [""; 0]);
    let changed = |scope: &ReadScope| {
        test.workspace
            .changes(-1, scope)
            .unwrap()
            .sessions
            .unwrap()
            .len()
    };
    assert_eq!(changed(&ReadScope::all()), all);
    assert_eq!(changed(&of(&["beta"])), 1);
}

#[test]
fn one_list_holds_every_step_at_its_place() {
    let test = new_store();
    for name in ["tools", "subagent", "failures", "interactive"] {
        deliver(&test, name, &["demo"], None);
    }
    let query = SessionQuery {
        limit: 100,
        ..SessionQuery::default()
    };
    for session in test.workspace.sessions(&query).unwrap().items {
        let document = test
            .workspace
            .document(&session.id, 4_096)
            .unwrap()
            .unwrap();
        let expected: Vec<_> = document
            .turns
            .iter()
            .flat_map(|turn| {
                turn.steps
                    .iter()
                    .map(|step| (turn.id.clone(), step.clone()))
            })
            .collect();
        let outline = argus_store::Outline::new(test.workspace.turns(&session.id).unwrap());
        assert_eq!(outline.steps, expected.len() as u64);
        for (offset, limit) in [(0, u64::MAX), (0, 3), (2, 5), (outline.steps, 2)] {
            let range = StepRange {
                offset,
                limit,
                text_bytes_max: 4_096,
            };
            let found = test
                .workspace
                .flat_steps(&session.id, &outline, range)
                .unwrap();
            let from = usize::try_from(offset).unwrap();
            let wanted = expected[from..]
                .iter()
                .take(usize::try_from(limit).unwrap_or(usize::MAX));
            assert_eq!(found.len(), wanted.clone().count());
            for (place, (step, (turn, wanted))) in found.iter().zip(wanted).enumerate() {
                assert_eq!(step.index, offset + place as u64);
                assert_eq!((&outline.turns[step.turn].id, &step.step), (turn, wanted));
            }
        }
        let errors = test
            .workspace
            .error_places(&session.id, &outline, 1_000)
            .unwrap();
        let wanted: Vec<u64> = expected
            .iter()
            .zip(0..)
            .filter(|((_, step), _)| step.is_error)
            .map(|(_, place)| place)
            .collect();
        assert_eq!(errors, wanted, "{}", session.id);
        for ((turn, step), place) in expected.iter().zip(0..) {
            for id in step.aliases.iter().chain([&step.id]) {
                let found = test
                    .workspace
                    .flat_step(&session.id, id, &outline, 4_096)
                    .unwrap()
                    .unwrap();
                assert_eq!((found.index, &outline.turns[found.turn].id), (place, turn));
            }
        }
    }
}

/// A disk that fills up: nobody sees a session without the act that says so, also not beside others that ask at once.
#[test]
fn a_view_that_cannot_be_written_is_none() {
    let test = new_store();
    // Pages that are there are filled first.
    for n in 0.. {
        test.workspace.limit_size_for_test(Some(0)).unwrap();
        if test
            .workspace
            .view(&format!("filling-{n}"), &Actor::account("ada"))
            .is_err()
        {
            break;
        }
        assert!(n < 10_000, "the disk does not fill");
    }
    let bob = Actor::account("bob");
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| test.workspace.view("s", &bob)))
            .collect();
        for view in asked {
            assert!(view.join().unwrap().is_err());
        }
    });
    test.workspace.limit_size_for_test(None).unwrap();
    let before = leaves(&test);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| test.workspace.view("s", &bob).unwrap());
        }
    });
    assert_eq!(leaves(&test), before + 1);
}
