//! Erasure, suppression, and what remains.

use argus_store::{Actor, Outcome, StoreError, WorkspaceMode};

use crate::support::{conversation, dump, files_with, new_store, put, recording, settle};

#[test]
fn what_was_erased_is_gone_from_every_file_and_stays_erased() {
    let test = new_store();
    put(&test.workspace, recording("tools"));
    let large = crate::support::noise(40_000);
    put(
        &test.workspace,
        conversation("11111111-canary-session-id", &large, "the answer", 0),
    );
    put(
        &test.workspace,
        conversation("another", "kept", "kept too", 60),
    );
    settle(&test.workspace);
    let leaves = test.workspace.status().unwrap().leaves;
    let erasure = test
        .workspace
        .erase_session("11111111-canary-session-id", &Actor::system())
        .unwrap();
    assert_eq!(erasure.records, 2);

    assert_eq!(
        test.workspace
            .session("11111111-canary-session-id")
            .unwrap(),
        None
    );
    assert_eq!(
        files_with(test.folder.path(), "11111111-canary-session-id"),
        Vec::<std::path::PathBuf>::new()
    );
    let blobs = crate::support::files(test.folder.path())
        .into_iter()
        .filter(|path| path.to_string_lossy().contains("/blobs/"))
        .count();
    assert_eq!(blobs, 0);
    let status = test.workspace.status().unwrap();
    assert_eq!(
        status.leaves,
        leaves + 1,
        "the records' leaves stay, the act has its own"
    );
    assert!(test.workspace.check_ledger().unwrap());

    let again = put(
        &test.workspace,
        conversation("11111111-canary-session-id", "x", "y", 0),
    );
    assert_eq!(again.outcomes, [Outcome::Suppressed, Outcome::Suppressed]);
    settle(&test.workspace);
    assert_eq!(
        test.workspace
            .session("11111111-canary-session-id")
            .unwrap(),
        None
    );
    assert!(test.workspace.session("another").unwrap().is_some());
    test.workspace.rebuild(&Actor::system()).unwrap();
    assert!(!dump(&test.workspace).contains("canary"));
}

#[test]
fn a_session_can_be_suppressed_before_anything_of_it_came() {
    let test = new_store();
    assert_eq!(
        test.workspace
            .erase_session("later", &Actor::system())
            .unwrap()
            .records,
        0
    );
    assert_eq!(
        put(&test.workspace, conversation("later", "x", "y", 0)).suppressed(),
        2
    );
}

#[test]
fn suppression_outlives_the_process() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "x", "y", 0));
    test.workspace
        .erase_session("s1", &Actor::system())
        .unwrap();
    let folder = test.folder;
    drop((test.workspace, test.store));
    let store = argus_store::Store::open(folder.path(), crate::support::options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert_eq!(
        put(&workspace, conversation("s1", "x", "y", 0)).suppressed(),
        2
    );
}

#[test]
fn a_retention_locked_workspace_erases_nothing() {
    let test = new_store();
    test.store
        .create_workspace("locked", WorkspaceMode::RetentionLocked, &Actor::system())
        .unwrap();
    let workspace = test.store.workspace("locked").unwrap().unwrap();
    put(&workspace, conversation("s1", "x", "y", 0));
    settle(&workspace);
    assert!(matches!(
        workspace.erase_session("s1", &Actor::system()),
        Err(StoreError::RetentionLocked)
    ));
    assert!(workspace.session("s1").unwrap().is_some());
    assert_eq!(
        test.workspace.session("s1").unwrap(),
        None,
        "a workspace sees nothing of another"
    );
}

#[test]
fn an_erasure_that_was_cut_off_before_the_key_is_finished_by_the_next_start() {
    let test = new_store();
    put(
        &test.workspace,
        conversation("kept", "question", "answer", 0),
    );
    put(
        &test.workspace,
        conversation("gone", "question", "answer", 9),
    );
    settle(&test.workspace);
    let keys = crate::support::files(test.folder.path())
        .into_iter()
        .find(|path| path.ends_with("keys.db"))
        .unwrap();
    let before = tempfile::tempdir().unwrap();
    crate::support::copy(keys.parent().unwrap(), before.path());
    test.workspace
        .erase_session("gone", &Actor::system())
        .unwrap();
    let folder = test.folder;
    drop((test.workspace, test.store));
    // The rows are gone, the key is not.
    for name in ["keys.db", "keys.db-wal"] {
        if before.path().join(name).exists() {
            std::fs::copy(before.path().join(name), keys.with_file_name(name)).unwrap();
        }
    }
    let count = || -> i64 {
        rusqlite::Connection::open(&keys)
            .unwrap()
            .query_row("SELECT count(*) FROM session_keys", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(count(), 2);
    let store = argus_store::Store::open(folder.path(), crate::support::options()).unwrap();
    assert_eq!(count(), 1);
    let workspace = store.workspace("default").unwrap().unwrap();
    assert!(dump(&workspace).contains("answer"), "the other's is there");
}
