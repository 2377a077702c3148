//! Records with the proof that they are in the ledger.

use argus_ledger::{Leaf, verify_inclusion};
use argus_session::Source;
use argus_store::{Actor, ContentState, RecordDetail, RecordRange, Store, StoreError, Workspace};
use rusqlite::Connection;
use serde_json::json;

use crate::support::{conversation, lines_as_items, new_store, options, put, settle};

/// Fills a store so that whole subtrees are kept and the right edge is ragged.
fn filled(workspace: &Workspace) {
    for n in 0..700 {
        put(
            workspace,
            conversation(&format!("session-{n:03}"), "a prompt", "an answer", n),
        );
    }
    settle(workspace);
}

fn check(workspace: &Workspace, session: &str, record: u64) -> RecordDetail {
    let detail = workspace.session_record(session, record).unwrap().unwrap();
    let proof = detail.proof.clone().unwrap();
    assert_eq!(proof.index, record);
    verify_inclusion(
        &proof.leaf_hash,
        proof.index,
        proof.size,
        &proof.path,
        &proof.root,
    )
    .unwrap();
    let leaf = Leaf::decode(&proof.leaf).unwrap();
    assert_eq!(
        (leaf.hash(), leaf.commitment),
        (proof.leaf_hash, proof.commitment)
    );
    detail
}

#[test]
fn every_record_has_a_proof_that_holds() {
    let test = new_store();
    filled(&test.workspace);
    assert!(test.workspace.status().unwrap().leaves > 1_024);
    for n in [0, 1, 127, 128, 255, 350, 511, 512, 699] {
        let session = format!("session-{n:03}");
        let listed = test
            .workspace
            .session_records(
                &session,
                RecordRange {
                    sources: &[],
                    offset: 0,
                    around: None,
                    limit: 100,
                },
            )
            .unwrap();
        assert_eq!(listed.total, 2);
        for row in listed.rows {
            let detail = check(&test.workspace, &session, row.id);
            assert_eq!(detail.state, ContentState::Intact);
            assert_eq!(detail.row, row);
            assert!(row.is_active && row.source == Source::Transcript);
            assert!(["user", "assistant"].contains(&row.kind.as_deref().unwrap()));
        }
    }
    assert_eq!(
        test.workspace.session_record("session-000", 9_999).unwrap(),
        None
    );
    let others = test.workspace.session_record("session-000", 1_000).unwrap();
    assert_eq!(others, None, "another session's record is not there");
}

#[test]
fn a_store_from_before_is_given_the_roots_that_it_lacks() {
    let test = new_store();
    filled(&test.workspace);
    let folder = test.folder;
    drop((test.workspace, test.store));
    let database = std::fs::read_dir(folder.path().join("workspaces"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("workspace.db"))
        .next()
        .unwrap();
    let connection = Connection::open(&database).unwrap();
    let kept = |connection: &Connection| -> u64 {
        connection
            .query_row("SELECT count(*) FROM subtrees", [], |row| row.get(0))
            .unwrap()
    };
    let before = kept(&connection);
    assert!(before >= 5, "{before}");
    connection.execute("DELETE FROM subtrees", []).unwrap();
    let store = Store::open(folder.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert_eq!(kept(&connection), before);
    check(
        &workspace,
        "session-100",
        workspace
            .session_records(
                "session-100",
                RecordRange {
                    sources: &[],
                    offset: 0,
                    around: None,
                    limit: 1,
                },
            )
            .unwrap()
            .rows[0]
            .id,
    );
}

#[test]
fn a_changed_leaf_gives_no_proof() {
    let test = new_store();
    filled(&test.workspace);
    let database = std::fs::read_dir(test.folder.path().join("workspaces"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("workspace.db"))
        .next()
        .unwrap();
    let connection = Connection::open(database).unwrap();
    let changed = connection.execute(
        "UPDATE leaves SET leaf = zeroblob(104) WHERE id = (SELECT max(id) FROM leaves)",
        [],
    );
    assert_eq!(changed.unwrap(), 1);
    let id: u64 = connection
        .query_row("SELECT max(id) - 1 FROM leaves", [], |row| row.get(0))
        .unwrap();
    let found = test.workspace.session_record("session-699", id);
    assert!(
        matches!(
            found,
            Err(StoreError::Corrupt {
                table: "leaves",
                ..
            })
        ),
        "{found:?}"
    );
}

#[test]
fn a_step_tells_of_every_content_of_its_items() {
    let test = new_store();
    put(&test.workspace, conversation("s", "asked", "said", 0));
    // The same line with another content: both are kept, one counts.
    let line = json!({"type": "assistant", "uuid": "s-a", "parentUuid": "s-u", "sessionId": "s", "requestId": "req_s",
        "apiBlockIndex": 0, "timestamp": "2026-11-01T10:00:01Z", "message": {"id": "m", "model": "claude-opus-5-5",
        "stop_reason": "end_turn", "content": [{"type": "text", "text": "said otherwise"}]}});
    put(&test.workspace, lines_as_items("s", &[line]));
    settle(&test.workspace);
    let (ids, more) = test.workspace.step_records("s", "s-a").unwrap().unwrap();
    assert_eq!((ids.len(), more), (2, 0), "{ids:?}");
    let active = ids
        .iter()
        .filter(|id| check(&test.workspace, "s", **id).row.is_active)
        .count();
    assert_eq!(active, 1);
    assert_eq!(test.workspace.step_records("s", "none").unwrap(), None);
}

#[test]
fn an_erased_session_has_no_records_to_read() {
    let test = new_store();
    put(&test.workspace, conversation("s", "asked", "said", 0));
    settle(&test.workspace);
    test.workspace.erase_session("s", &Actor::system()).unwrap();
    assert_eq!(test.workspace.session_record("s", 0).unwrap(), None);
    let range = RecordRange {
        sources: &[],
        offset: 0,
        around: None,
        limit: 10,
    };
    assert_eq!(test.workspace.session_records("s", range).unwrap().total, 0);
}
