//! What was changed outside argus, or lost, is found and said.

use std::path::Path;

use argus_store::{Actor, RecordCheck, Store, StoreError};

use crate::support::{conversation, copy, files, new_store, options, put, settle};

fn check(folder: &Path) -> RecordCheck {
    let store = Store::open_read_only(folder, options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    workspace.check_records().unwrap()
}

/// A store with a session and an erased one, closed.
fn made() -> tempfile::TempDir {
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
    test.workspace
        .erase_session("gone", &Actor::local("dev"))
        .unwrap();
    let folder = test.folder;
    drop((test.workspace, test.store));
    folder
}

#[test]
fn every_change_of_a_row_or_content_is_found() {
    let folder = made();
    let whole = check(folder.path());
    assert_eq!((whole.damaged, whole.erased), (0, 2), "{whole:?}");
    let changes = [
        "UPDATE bodies SET sealed = zeroblob(100)",
        "UPDATE bodies SET sealed = NULL",
        "DELETE FROM bodies",
        "DELETE FROM records WHERE active = 1",
        "UPDATE records SET natural_key = zeroblob(16) WHERE active = 1 AND id = (SELECT max(id) FROM records WHERE active = 1)",
        "UPDATE records SET content = zeroblob(16) WHERE active = 1",
        "UPDATE records SET received_at_us = received_at_us + 1",
        "UPDATE records SET at_us = at_us + 1",
        "UPDATE records SET source = source + 1",
        "UPDATE records SET rule_version = rule_version + 1",
        "UPDATE records SET session = session + 100 WHERE active = 1",
        "UPDATE sessions_known SET hash = zeroblob(16) WHERE id = 'kept'",
        "UPDATE leaves SET leaf = zeroblob(104)",
        "DELETE FROM leaves WHERE id = 1",
        "DELETE FROM acts",
        "UPDATE acts SET sealed = zeroblob(100)",
        "DELETE FROM suppressed",
    ];
    for change in changes {
        let changed = tempfile::tempdir().unwrap();
        copy(folder.path(), changed.path());
        let database = files(changed.path())
            .into_iter()
            .find(|path| path.ends_with("workspace.db"))
            .unwrap();
        let connection = rusqlite::Connection::open(database).unwrap();
        assert!(connection.execute(change, []).unwrap() > 0, "{change}");
        drop(connection);
        let found = check(changed.path());
        assert!(found.damaged > 0, "{change}: {found:?}");
        assert_eq!(found.damaged_ids.is_empty(), found.damaged == 0);
    }
}

#[test]
fn a_file_that_is_gone_is_not_made_anew() {
    let folder = made();
    for lost in ["keys.db", "workspace.db", "control.db"] {
        let changed = tempfile::tempdir().unwrap();
        copy(folder.path(), changed.path());
        for file in files(changed.path()) {
            if file
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(lost)
            {
                std::fs::remove_file(file).unwrap();
            }
        }
        let opened = Store::open(changed.path(), options());
        assert!(
            matches!(opened, Err(StoreError::Corrupt { table, .. }) if table == lost),
            "{lost}"
        );
    }
}
