//! Every route of the API, as its description lists them, asked by nobody, by each role, by keys and from another workspace.

use argus_server::openapi;
use argus_store::{Actor, Role, WorkspaceMode};
use serde_json::Value;

use crate::support::Server;
use crate::support::http::{begin_head, head_of};

struct Operation {
    method: String,
    path: String,
    permission: String,
}

fn operations() -> Vec<Operation> {
    let document: Value = openapi();
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                permission: operation["x-permission"].as_str().unwrap().to_owned(),
            });
        }
    }
    found
}

/// What each role may do, written down a second time: a change of the table has to be meant.
fn may(role: Role, permission: &str) -> bool {
    match permission {
        "public" | "self" | "workspace.read" | "sessions.read" => true,
        "members.read" | "keys.read" | "capture.read" => {
            matches!(role, Role::Owner | Role::Admin | Role::Auditor)
        }
        "redaction.read" => matches!(
            role,
            Role::Owner | Role::Admin | Role::Auditor | Role::Reviewer
        ),
        "reviews.write" => matches!(role, Role::Owner | Role::Admin | Role::Reviewer),
        "reviews.manage" | "shares.write" => matches!(role, Role::Owner | Role::Admin),
        "sessions.export" => matches!(
            role,
            Role::Owner | Role::Admin | Role::Auditor | Role::Reviewer
        ),
        "members.write" | "keys.write" | "redaction.write" | "capture.write" => {
            matches!(role, Role::Owner | Role::Admin)
        }
        other => panic!("\"{other}\" is new: say here who has it"),
    }
}

impl Operation {
    /// The status that a request with these headers gets; things that are not there are named where the path names any.
    async fn status(&self, server: &Server, workspace: &str, headers: &str) -> u16 {
        let path = self
            .path
            .replace("{workspace}", workspace)
            .replace("{key}", "tool");
        let path: String = path
            .split('/')
            .map(|part| if part.starts_with('{') { "none" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let head = format!(
            "{} {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n{headers}content-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}",
            self.method
        );
        let mut stream = begin_head(server.address, &head).await;
        let head = head_of(&mut stream).await;
        head[9..12].parse().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_past_what_is_public() {
    let server = Server::start().await;
    for operation in operations() {
        for headers in [
            "",
            "cookie: __Host-argus=guess\r\n",
            "authorization: Bearer argus_rk_00000000_0000000000000000000000000000000000000000000\r\n",
        ] {
            let status = operation.status(&server, "default", headers).await;
            let is_refused = status == 401;
            assert_eq!(
                is_refused,
                operation.permission != "public",
                "{} {} {headers:?}: {status}",
                operation.method,
                operation.path
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_do_what_the_table_says() {
    let server = Server::start().await;
    for role in Role::ALL {
        let person = server.member(role, None).await;
        for operation in operations() {
            // Signing out ends the sign-in.
            let cookie = if operation.path.ends_with("sign-out") {
                server.signed_in(person.account.clone()).await.cookie
            } else {
                person.cookie.clone()
            };
            let headers = format!("cookie: {cookie}\r\n");
            let status = operation.status(&server, "default", &headers).await;
            let name = format!(
                "{} {} as {}: {status}",
                operation.method,
                operation.path,
                role.as_str()
            );
            assert_ne!(status, 401, "{name}");
            assert_ne!(status, 405, "{name}");
            assert!(status < 500, "{name}");
            assert_eq!(status == 403, !may(role, &operation.permission), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_key_reads_sessions_and_an_ingest_key_nothing() {
    let server = Server::start().await;
    for (key, reads) in [(server.reading_key(), true), (server.key.clone(), false)] {
        for operation in operations() {
            if operation.permission == "public" {
                continue;
            }
            let headers = format!("authorization: Bearer {key}\r\n");
            let status = operation.status(&server, "default", &headers).await;
            let may = reads
                && matches!(
                    operation.permission.as_str(),
                    "self" | "workspace.read" | "sessions.read"
                );
            assert_eq!(
                status != 403,
                may,
                "{} {}: {status}",
                operation.method,
                operation.path
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_is_not_there() {
    let server = Server::start().await;
    let person = server.member(Role::Owner, None).await;
    server
        .store
        .create_workspace("other", WorkspaceMode::Privacy, &Actor::system())
        .unwrap();
    let key = server.reading_key();
    let (cookie, bearer) = (
        format!("cookie: {}\r\n", person.cookie),
        format!("authorization: Bearer {key}\r\n"),
    );
    for operation in operations() {
        if !operation.path.contains("{workspace}") {
            continue;
        }
        for workspace in ["other", "nothing", "..", "%2e%2e%2fdefault"] {
            for headers in [&cookie, &bearer] {
                let status = operation.status(&server, workspace, headers).await;
                assert_eq!(
                    status, 404,
                    "{} {} {workspace}",
                    operation.method, operation.path
                );
            }
        }
    }
    let listed = server
        .get(Some(&person.cookie), "/api/v1/workspaces")
        .await
        .json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_comes_from_the_servers_own_page() {
    let server = Server::start().await;
    let person = server.member(Role::Owner, None).await;
    for operation in operations() {
        if operation.method == "GET" {
            continue;
        }
        for from in [
            "sec-fetch-site: cross-site\r\n",
            "sec-fetch-site: none\r\n",
            "origin: http://evil.example\r\n",
            "",
        ] {
            let path = operation
                .path
                .replace("{workspace}", "default")
                .replace(['{', '}'], "");
            let head = format!(
                "{} {path} HTTP/1.1\r\nhost: localhost\r\n{from}cookie: {}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}",
                operation.method, person.cookie
            );
            let mut stream = begin_head(server.address, &head).await;
            let head = head_of(&mut stream).await;
            assert!(
                head.starts_with("HTTP/1.1 403"),
                "{} {path} {from:?}: {head}",
                operation.method
            );
        }
    }
    // It was none of the above that ended the sign-in.
    assert_eq!(
        server
            .get(Some(&person.cookie), "/api/v1/self")
            .await
            .status,
        200
    );
}
