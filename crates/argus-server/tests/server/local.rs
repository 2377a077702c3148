//! The local socket.

use std::os::unix::fs::PermissionsExt as _;

use argus_server::local::{
    LocalAnswer, LocalClient, LocalError, LocalItem, LocalRequest, Wait, socket_path,
};
use argus_session::Meta;
use argus_session::source::hook;
use argus_store::{KeyScope, WorkspaceMode};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::support::Server;
use crate::support::http::post;
use crate::support::payload::JSON;

/// Asks on a connection of its own, as a command would.
async fn ask(server: &Server, request: LocalRequest) -> Result<LocalAnswer, LocalError> {
    let data = server.folder.path().join("data");
    tokio::task::spawn_blocking(move || {
        LocalClient::connect(&data, "tester")
            .unwrap()
            .unwrap()
            .call(request)
    })
    .await
    .unwrap()
}

fn workspace() -> String {
    "default".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_its_own_account_can_open_it() {
    let server = Server::start().await;
    let path = socket_path(&server.folder.path().join("data"));
    assert_eq!(server.bound.local_socket, path);
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_made_through_it_is_in_force_until_it_is_revoked_through_it() {
    let server = Server::start().await;
    let request = LocalRequest::CreateKey {
        workspace: workspace(),
        scope: KeyScope::Ingest,
        projects: vec!["p".to_owned()],
    };
    let LocalAnswer::Key { key } = ask(&server, request).await.unwrap() else {
        panic!("no key")
    };
    let deliver = || {
        post(
            server.address,
            &key.token,
            "/v1/logs",
            &[("content-type", JSON)],
            "{}",
        )
    };
    assert_eq!(deliver().await.status, 200);
    let LocalAnswer::Keys { keys } = ask(
        &server,
        LocalRequest::ListKeys {
            workspace: workspace(),
        },
    )
    .await
    .unwrap() else {
        panic!("no keys")
    };
    assert!(
        keys.iter()
            .any(|info| info.id == key.id && info.projects == ["p"])
    );
    for was_in_force in [true, false] {
        let request = LocalRequest::RevokeKey {
            workspace: workspace(),
            key_id: key.id.clone(),
        };
        assert_eq!(
            ask(&server, request).await.unwrap(),
            LocalAnswer::Revoked { was_in_force }
        );
    }
    assert_eq!(deliver().await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn items_are_appended_projected_erased_and_suppressed() {
    let server = Server::start().await;
    let items = |count: u32| -> Vec<LocalItem> {
        (0..count)
            .map(|n| hook::item(json!({"session_id": "s"}), &n.to_string(), Meta::default()).into())
            .collect()
    };
    let append = |items| LocalRequest::Append {
        workspace: workspace(),
        projects: vec!["p".to_owned()],
        items,
    };
    let appended = |new, known, suppressed| LocalAnswer::Appended {
        new,
        known,
        suppressed,
    };
    assert_eq!(
        ask(&server, append(items(3))).await.unwrap(),
        appended(3, 0, 0)
    );
    assert_eq!(
        ask(&server, append(items(5))).await.unwrap(),
        appended(2, 3, 0)
    );
    let wait = LocalRequest::WaitIndexed {
        workspace: workspace(),
        timeout_ms: 60_000,
    };
    assert_eq!(
        ask(&server, wait).await.unwrap(),
        LocalAnswer::Indexed(Wait { is_done: true })
    );
    // Who waited can search as well.
    assert_eq!(server.workspace().search_lag().unwrap().records, 0);
    let LocalAnswer::Status { status } = ask(
        &server,
        LocalRequest::Status {
            workspace: workspace(),
        },
    )
    .await
    .unwrap() else {
        panic!("no status")
    };
    assert_eq!(status.records["hook"], 5);
    let rebuilt = ask(
        &server,
        LocalRequest::Rebuild {
            workspace: workspace(),
        },
    )
    .await
    .unwrap();
    assert!(matches!(rebuilt, LocalAnswer::Rebuilt { .. }));
    let erase = LocalRequest::Erase {
        workspace: workspace(),
        session_id: "s".to_owned(),
    };
    let LocalAnswer::Erased { erasure } = ask(&server, erase).await.unwrap() else {
        panic!("not erased")
    };
    assert_eq!(erasure.records, 5);
    assert_eq!(
        ask(&server, append(items(5))).await.unwrap(),
        appended(0, 0, 5)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_come_through_with_their_reason() {
    let server = Server::start().await;
    let status = LocalRequest::Status {
        workspace: "nowhere".to_owned(),
    };
    let make = LocalRequest::CreateWorkspace {
        name: "locked".to_owned(),
        mode: WorkspaceMode::RetentionLocked,
    };
    assert!(matches!(
        ask(&server, make.clone()).await.unwrap(),
        LocalAnswer::Workspace { .. }
    ));
    let erase = LocalRequest::Erase {
        workspace: "locked".to_owned(),
        session_id: "s".to_owned(),
    };
    let item: LocalItem = hook::item(json!({}), "k", Meta::default()).into();
    let append = LocalRequest::Append {
        workspace: workspace(),
        projects: vec![],
        items: vec![item; 4_097],
    };
    for (request, expected) in [
        (status, "not_found"),
        (make, "invalid_request"),
        (erase, "forbidden"),
        (append, "too_large"),
    ] {
        let error = ask(&server, request).await.unwrap_err();
        let LocalError::Refused { code, detail } = error else {
            panic!("{error}")
        };
        assert!(code == expected && !detail.is_empty(), "{code}: {detail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_another_release_is_answered_and_the_connection_goes_on() {
    let server = Server::start().await;
    let stream = tokio::net::UnixStream::connect(&server.bound.local_socket)
        .await
        .unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    for line in ["{\"account\":\"a\",\"do\":\"fly\"}", "nonsense"] {
        write
            .write_all(format!("{line}\n").as_bytes())
            .await
            .unwrap();
        let answer = lines.next_line().await.unwrap().unwrap();
        assert!(answer.contains("invalid_request"), "{answer}");
    }
    write
        .write_all(b"{\"account\":\"a\",\"do\":\"status\",\"workspace\":\"default\"}\n")
        .await
        .unwrap();
    assert!(
        lines
            .next_line()
            .await
            .unwrap()
            .unwrap()
            .contains("\"is\":\"status\"")
    );
}

#[test]
fn without_a_server_there_is_nobody_to_ask() {
    let folder = tempfile::tempdir().unwrap();
    assert!(LocalClient::connect(folder.path(), "a").unwrap().is_none());
    // A socket that a killed server left behind.
    drop(std::os::unix::net::UnixListener::bind(socket_path(folder.path())).unwrap());
    assert!(LocalClient::connect(folder.path(), "a").unwrap().is_none());
    assert!(
        LocalClient::connect(&folder.path().join("x".repeat(200)), "a")
            .unwrap()
            .is_none()
    );
}
