//! Who may open a store, and which.

use argus_store::{Actor, KeyScope, Store, StoreError, WorkspaceMode};

use crate::support::{conversation, copy, dump, new_store, options, put, settle};

#[test]
fn one_process_writes_and_others_read_beside_it() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "hello", "hi", 0));
    settle(&test.workspace);
    let Err(error) = Store::open(test.folder.path(), options()) else {
        panic!("locked")
    };
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    let reading = Store::open_read_only(test.folder.path(), options()).unwrap();
    let workspace = reading.workspace("default").unwrap().unwrap();
    assert!(workspace.session("s1").unwrap().is_some());
    put(&test.workspace, conversation("s2", "later", "yes", 60));
    settle(&test.workspace);
    assert!(workspace.session("s2").unwrap().is_some());
    assert!(matches!(
        workspace.append(Vec::new()),
        Err(StoreError::ReadOnly)
    ));
    let nothing = tempfile::tempdir().unwrap();
    assert!(matches!(
        Store::open_read_only(nothing.path(), options()),
        Err(StoreError::NoStore(_))
    ));
}

#[test]
fn a_store_of_a_later_release_is_refused_in_plain_words() {
    let test = new_store();
    let folder = test.folder;
    drop((test.workspace, test.store));
    let database = crate::support::files(folder.path())
        .into_iter()
        .find(|path| path.ends_with("workspace.db"))
        .unwrap();
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let Err(error) = Store::open(folder.path(), options()) else {
        panic!("newer")
    };
    assert!(
        error
            .to_string()
            .starts_with("this store has format 99, this release of argus reads up to"),
        "{error}"
    );
    assert!(
        Store::open_read_only(folder.path(), options())
            .unwrap()
            .workspace("default")
            .is_err()
    );
}

#[test]
fn keys_grant_what_they_say_until_they_are_revoked() {
    let test = new_store();
    let actor = Actor::local("dev");
    let new = test
        .store
        .create_key(
            "default",
            KeyScope::Ingest,
            &["demo".to_owned()],
            None,
            &actor,
        )
        .unwrap();
    assert!(new.token.starts_with("argus_ik_"));
    let grant = test.store.find_key(&new.token).unwrap().unwrap();
    assert_eq!(
        (
            grant.scope,
            grant.projects.as_slice(),
            grant.workspace.as_str()
        ),
        (KeyScope::Ingest, ["demo".to_owned()].as_slice(), "default")
    );
    let mut other = new.token.clone();
    other.replace_range(
        other.len() - 1..,
        if new.token.ends_with('a') { "b" } else { "a" },
    );
    assert_eq!(test.store.find_key(&other).unwrap(), None);
    assert_eq!(test.store.find_key("argus_ik_x").unwrap(), None);
    assert!(test.store.revoke_key("default", &new.id, &actor).unwrap());
    assert_eq!(test.store.find_key(&new.token).unwrap(), None);
    assert!(!test.store.revoke_key("default", &new.id, &actor).unwrap());
    assert!(
        test.store
            .create_key("default", KeyScope::Ingest, &[], None, &actor)
            .is_err()
    );
    assert!(
        test.store
            .create_key(
                "default",
                KeyScope::Ingest,
                &["a b".to_owned()],
                None,
                &actor
            )
            .is_err()
    );
    assert!(
        crate::support::files_with(test.folder.path(), &new.token).is_empty(),
        "only a hash of the token is kept"
    );
}

#[test]
fn workspaces_have_names_and_folders_of_their_own() {
    let test = new_store();
    let actor = Actor::local("dev");
    test.store
        .create_workspace("north", WorkspaceMode::Privacy, &actor)
        .unwrap();
    for name in ["north", "default", "", "a b", "../x", &"x".repeat(65)] {
        assert!(
            test.store
                .create_workspace(name, WorkspaceMode::Privacy, &actor)
                .is_err(),
            "{name:?}"
        );
    }
    assert_eq!(test.store.workspaces().unwrap().len(), 2);
}

/// The store that each release makes is kept, and opened by every later one.
#[test]
fn the_store_of_the_first_release_opens() {
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/v1");
    let folder = tempfile::tempdir().unwrap();
    copy(&kept, folder.path());
    let error = Store::open_read_only(folder.path(), options()).unwrap_err();
    assert!(
        matches!(error, StoreError::OlderFormat { found: 1 }),
        "reading migrates nothing: {error}"
    );
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    settle(&workspace);
    let seen = dump(&workspace);
    assert!(
        seen.contains("a question for the first release")
            && seen.contains("an answer of the first release")
    );
    assert!(workspace.check_ledger().unwrap());
    put(&workspace, conversation("new", "x", "y", 0));
    settle(&workspace);
    assert!(workspace.session("new").unwrap().is_some());
}
