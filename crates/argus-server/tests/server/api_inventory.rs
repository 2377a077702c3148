//! What capture clients say that machines and sessions have, delivered as they deliver it and read over the API.

use argus_store::{Actor, KeyScope, Role};
use serde_json::{Value, json};

use crate::support::http::{ask, post};
use crate::support::payload::JSON;
use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default";

fn device() -> String {
    "1a".repeat(16)
}

fn hash() -> String {
    "ab".repeat(32)
}

/// The tree of the files that the client tells of: each with the hash above.
const VERSION: &str = "bed5ab6480d40facef1ad442564643f9990f593738b56bb36a2f1804fba60040";

fn said(session: Option<&str>, key: &str, body: &Value) -> Value {
    json!({"version": 1, "source": "capture", "session_id": session, "key": key, "device": device(),
        "captured_at": "2026-11-22T11:53:02Z", "body": body})
}

/// A session that ran a skill and called an MCP server's tool, and what a capture client says beside it.
fn delivered(session: &str) -> Vec<Value> {
    let line = |uuid: &str, body: Value| {
        let mut body = body;
        body["uuid"] = json!(uuid);
        body["sessionId"] = json!(session);
        body["timestamp"] = json!("2026-11-22T11:53:02.305Z");
        json!({"version": 1, "source": "transcript", "session_id": session, "device": device(), "cwd": "/home/a", "body": body})
    };
    let call = |id: &str, name: &str, input: Value| json!({"type": "tool_use", "id": id, "name": name, "input": input});
    let look = |at: &str, state: Value| {
        json!({"type": "skill_tree", "name": "weekly", "label": "1.0", "hash": VERSION, "path": "/home/a/.claude/skills/weekly",
            "origin": "personal", "plugin": null, "state": state, "at": at, "files": 2})
    };
    vec![
        line(
            "u1",
            json!({"type": "user", "parentUuid": null, "promptId": "p1", "message": {"role": "user", "content": "do it"}}),
        ),
        line(
            "u2",
            json!({"type": "assistant", "parentUuid": "u1", "requestId": "r1", "message": {"role": "assistant", "stop_reason": "tool_use",
            "content": [call("toolu_1", "Skill", json!({"skill": "weekly"})), call("toolu_2", "mcp__ledger__lookup", json!({}))]}}),
        ),
        said(Some(session), "k1", &look("start", json!(null))),
        said(Some(session), "k2", &look("stop", json!("stable"))),
        said(
            Some(session),
            "k3",
            &json!({"type": "lost", "reason": "spool_full", "count": 3, "bytes": 400, "by_source": {"transcript": 3},
            "from": "2026-11-22T11:00:00Z", "to": "2026-11-22T11:10:00Z", "session_id": session}),
        ),
        said(
            None,
            "k4",
            &json!({"type": "skill_files", "name": "weekly", "label": "1.0", "hash": VERSION, "skill_md_hash": hash(), "body_hash": hash(),
            "files": [{"path": "SKILL.md", "size": 9, "sha256": hash(), "text": "<b>Use</b> it", "is_redacted": false},
                      {"path": "a b/logo.png", "size": 70, "sha256": hash(), "is_binary": true}]}),
        ),
        said(
            None,
            "k5",
            &json!({"type": "inventory", "device": {"id": device(), "name": "laptop-7", "os": "linux", "arch": "x86_64"},
            "mcp_servers": [{"name": "ledger", "scope": "user", "transport": "stdio", "origin": "ledger-mcp", "enabled": null, "env_names": ["LEDGER_URL"], "header_names": []}],
            "plugins": []}),
        ),
    ]
}

impl Server {
    async fn deliver_session(&self, project: &str, session: &str) {
        let made = self.store.create_key(
            "default",
            KeyScope::Ingest,
            &[project.to_owned()],
            None,
            &Actor::system(),
        );
        let key = made.unwrap().token;
        let headers = [("content-type", JSON)];
        let body = json!({"envelopes": delivered(session)});
        let reply = post(
            self.address,
            &key,
            "/v1/envelopes",
            &headers,
            body.to_string(),
        )
        .await;
        assert_eq!(reply.json()["accepted"], 7, "{}", reply.text());
        assert!(self.workspace().wait_projected(PATIENCE));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_of_skills_are_listed_with_their_files() {
    let server = Server::start().await;
    server.deliver_session("alpha", "s1").await;
    let owner = server.member(Role::Owner, None).await;
    let get = async |path: &str| {
        server
            .get(Some(&owner.cookie), &format!("{BASE}{path}"))
            .await
    };
    let listed = get("/skills").await.json();
    let version = &listed["items"][0];
    assert_eq!(version["name"], "weekly");
    assert_eq!(
        (&version["label"], &version["label_reused"]),
        (&json!("1.0"), &json!(false))
    );
    assert_eq!(
        version["states"],
        json!([{"state": "stable", "sessions": 1}])
    );
    assert_eq!(
        (
            &version["ran"],
            &version["machines"],
            &version["files"],
            &version["bytes"]
        ),
        (&json!(1), &json!(1), &json!(2), &json!(79))
    );
    assert_eq!(version["last_ran_at"], "2026-11-22T11:53:02Z");

    let path = format!("/skills/weekly/versions/{VERSION}");
    let detail = get(&path).await.json();
    assert_eq!(detail["hash"], VERSION);
    assert_eq!(
        detail["listed"][1],
        json!({"path": "a b/logo.png", "size": 70, "sha256": hash(), "content": "binary"})
    );
    assert_eq!(detail["on"][0]["id"], device());
    let acts = server.acts();
    let text = get(&format!("{path}/text?path=SKILL.md")).await;
    assert_eq!(
        text.json(),
        json!({"text": "<b>Use</b> it", "redactions": []})
    );
    assert_eq!(server.acts(), acts + 1, "a look at a text is noted");
    assert_eq!(
        get(&format!("{path}/text?path=a%20b/logo.png"))
            .await
            .status,
        404
    );
    assert_eq!(get(&format!("{path}/text")).await.status, 400);
    assert_eq!(
        get(&format!("/skills/weekly/versions/{}", "cd".repeat(32)))
            .await
            .status,
        404
    );
    assert_eq!(get("/skills/weekly/versions/none").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_and_coverage_are_told_to_those_who_may_know() {
    let server = Server::start().await;
    server.deliver_session("alpha", "s1").await;
    let owner = server.member(Role::Owner, None).await;
    let get = async |path: &str| {
        server
            .get(Some(&owner.cookie), &format!("{BASE}{path}"))
            .await
            .json()
    };
    let servers = get("/mcp-servers").await;
    let of = &servers["items"][0];
    assert_eq!(
        (&of["name"], &of["device_name"], &of["listed"]),
        (&json!("ledger"), &json!("laptop-7"), &json!(true))
    );
    assert_eq!(
        (&of["enabled"], &of["origin"], &of["calls"]),
        (&json!(null), &json!("ledger-mcp"), &json!(1))
    );
    assert_eq!(of["last_used_at"], "2026-11-22T11:53:02.305Z");

    let coverage = get("/coverage").await;
    assert_eq!(
        (&coverage["sessions"], &coverage["lost"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        coverage["by_grade"][1],
        json!({"grade": "partial", "sessions": 1})
    );
    assert_eq!(
        coverage["by_sources"][0]["sources"],
        json!(["transcript", "capture"])
    );
    let machine = &coverage["machines"][0];
    assert_eq!(
        (&machine["id"], &machine["name"], &machine["device"]),
        (&json!(device()), &json!("laptop-7"), &json!(null))
    );

    let head = get("/sessions/s1").await;
    assert_eq!(head["coverage"]["grade"], "partial");
    assert_eq!(
        head["coverage"]["reasons"][0]["text"],
        "the capture client lost 3 items"
    );
    assert_eq!(head["coverage"]["details"]["devices"], json!([device()]));
    assert_eq!(head["skills"][0]["state"], "stable");
    let listed = get("/sessions?filter=coverage:partial").await;
    assert_eq!(listed["items"][0]["id"], "s1");
    assert_eq!(listed["items"][0]["coverage"]["details"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_one_project_sees_what_its_sessions_used() {
    let server = Server::start().await;
    server.deliver_session("alpha", "s1").await;
    for (projects, count) in [(["alpha"], 1), (["beta"], 0)] {
        let reader = server.member(Role::Viewer, Some(&projects)).await;
        let get = async |path: &str| {
            server
                .get(Some(&reader.cookie), &format!("{BASE}{path}"))
                .await
        };
        let skills = get("/skills").await.json();
        assert_eq!(skills["items"].as_array().unwrap().len(), count);
        let servers = get("/mcp-servers").await.json();
        assert_eq!(servers["items"].as_array().unwrap().len(), count);
        assert!(
            !servers.to_string().contains("laptop-7")
                && !servers.to_string().contains("LEDGER_URL")
        );
        let path = format!("/skills/weekly/versions/{VERSION}");
        let detail = get(&path).await;
        assert_eq!(detail.status, if count == 1 { 200 } else { 404 });
        assert!(!detail.text().contains(&device()));
        let text = get(&format!("{path}/text?path=SKILL.md")).await;
        assert_eq!(text.status, if count == 1 { 200 } else { 404 });
        assert_eq!(get("/coverage").await.status, 403);
    }
    let key = server.reading_key();
    let headers = [("authorization".to_owned(), format!("Bearer {key}"))];
    let reply = ask(
        server.address,
        "GET",
        &format!("{BASE}/mcp-servers"),
        &headers,
        "",
    )
    .await;
    assert_eq!(
        reply.json()["items"][0]["listed"],
        false,
        "a key is bound to its projects"
    );
    // A bound auditor sees sums of their sessions, and no machine.
    let auditor = server.member(Role::Auditor, Some(&["beta"])).await;
    let coverage = server
        .get(Some(&auditor.cookie), &format!("{BASE}/coverage"))
        .await
        .json();
    assert_eq!(
        (&coverage["sessions"], &coverage["machines"]),
        (&json!(0), &json!([]))
    );
}
