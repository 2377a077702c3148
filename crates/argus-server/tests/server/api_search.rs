//! Full-text search over the API: what is found and by whom, how hostile queries are refused, how the lag is told.

use argus_store::{Actor, KeyScope, Role};
use serde_json::{Value, json};

use crate::support::http::{get, post};
use crate::support::payload::JSON;
use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default";

/// A value as a part of a query.
fn coded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Server {
    /// Delivers a session of one prompt, an answer and a call of a tool, and waits until it can be searched for.
    async fn deliver_words(&self, project: &str, session: &str, minute: u32, texts: [&str; 3]) {
        let projects = [project.to_owned()];
        let key = self
            .store
            .create_key(
                "default",
                KeyScope::Ingest,
                &projects,
                None,
                &Actor::system(),
            )
            .unwrap()
            .token;
        let line = |place: u32, own: Value| {
            let mut body = json!({"uuid": format!("{session}-{place}"), "sessionId": session, "version": "2.1.330",
                "parentUuid": (place > 0).then(|| format!("{session}-{}", place - 1)),
                "timestamp": format!("2026-11-20T10:{minute:02}:{place:02}Z")});
            body.as_object_mut()
                .unwrap()
                .extend(own.as_object().unwrap().clone());
            json!({"version": 1, "source": "transcript", "body": body})
        };
        let said = |content: Value| {
            json!({"type": "assistant", "requestId": format!("req_{session}"), "message": {
            "id": format!("msg_{session}"), "role": "assistant", "model": "claude-opus-5-5", "content": [content]}})
        };
        let tool = format!("toolu_{session}");
        let envelopes = [
            line(
                0,
                json!({"type": "user", "promptId": format!("{session}-p"), "message": {"role": "user", "content": texts[0]}}),
            ),
            line(1, said(json!({"type": "text", "text": texts[1]}))),
            line(
                2,
                said(
                    json!({"type": "tool_use", "id": tool, "name": "Bash", "input": {"command": texts[2]}}),
                ),
            ),
            line(
                3,
                json!({"type": "user", "message": {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": tool, "content": "done"}]}}),
            ),
        ];
        let body = json!({"envelopes": envelopes}).to_string();
        let reply = post(
            self.address,
            &key,
            "/v1/envelopes",
            &[("content-type", JSON)],
            body.into_bytes(),
        )
        .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(self.workspace().wait_indexed(PATIENCE));
    }

    async fn searched(&self, cookie: &str, query: &str) -> Value {
        let reply = self
            .get(Some(cookie), &format!("{BASE}/search?{query}"))
            .await;
        assert_eq!(reply.status, 200, "{query}: {}", reply.text());
        reply.json()
    }

    /// The sessions that are found.
    async fn found(&self, cookie: &str, q: &str) -> Vec<String> {
        let results = self.searched(cookie, &format!("q={}", coded(q))).await;
        let groups = results["groups"].as_array().unwrap();
        groups
            .iter()
            .map(|group| group["session"]["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_by_session_with_what_was_found_marked() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server
        .deliver_words(
            "demo",
            "s1",
            1,
            ["the Q2 churn of Müller", "churn rose", "cat q2.csv"],
        )
        .await;
    server
        .deliver_words(
            "demo",
            "s2",
            2,
            ["客户流失率的草稿", "解約率は上がった", "echo draft"],
        )
        .await;
    for (q, ids) in [
        ("churn", &["s1"] as &[&str]),
        ("\"q2 churn\"", &["s1"]),
        ("\"churn q2\"", &[]),
        ("流失", &["s2"]),
        ("解約率", &["s2"]),
        ("率", &["s2"]),
        ("cat OR echo", &["s2", "s1"]),
        ("ec* -draft", &[]),
        ("input:q2 tool:Bash", &["s1"]),
        ("muller", &["s1"]),
        ("error:q2", &[]),
    ] {
        assert_eq!(server.found(&person.cookie, q).await, ids, "{q}");
    }
    let results = server
        .searched(&person.cookie, "q=churn%20project%3Ademo&hits=1")
        .await;
    let group = &results["groups"][0];
    assert_eq!(group["more"], 1);
    let hit = &group["hits"][0];
    assert_eq!(
        (&hit["field"], &hit["content"], &hit["turn"]),
        (&json!("answer"), &json!("text"), &json!("s1-p"))
    );
    assert_eq!(
        hit["snippet"],
        json!({"text": "churn rose", "marks": [[0, 5]]})
    );
    assert_eq!(results["lag"], json!({"records": 0, "seconds": null}));
    assert!(
        results["not_indexed"]
            .as_array()
            .unwrap()
            .iter()
            .any(|of| of["what"] == "structured_results")
    );

    let found = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/sessions/s1/find?q=q2"),
        )
        .await
        .json();
    let places = found["indexes"].as_array().unwrap();
    assert_eq!(places.len(), 2, "{found}");
    for item in found["items"].as_array().unwrap() {
        let path = format!("{BASE}/sessions/s1/steps?offset={}&limit=1", item["index"]);
        let step = server.get(Some(&person.cookie), &path).await.json();
        assert_eq!(step["items"][0]["step"]["id"], item["step"]);
    }

    let list = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/sessions?filter={}", coded("q2 rose project:demo")),
        )
        .await
        .json();
    assert_eq!(
        list["items"][0]["id"], "s1",
        "each word anywhere in the session"
    );
    assert_eq!(
        list["words"],
        json!({"capped": false, "lag": {"records": 0, "seconds": null}})
    );
    let metrics = get(server.address, "/metrics").await.text();
    assert!(
        metrics.contains("argus_search_lag_records{workspace=\"default\"} 0"),
        "{metrics}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_one_project_finds_nothing_of_another() {
    let server = Server::start().await;
    server
        .deliver_words("ours", "s1", 1, ["shared words", "shared", "ls"])
        .await;
    server
        .deliver_words("theirs", "s2", 2, ["shared words", "shared", "ls"])
        .await;
    let all = server.member(Role::Viewer, None).await;
    let bound = server.member(Role::Viewer, Some(&["ours"])).await;
    assert_eq!(server.found(&all.cookie, "shared").await, ["s2", "s1"]);
    assert_eq!(server.found(&bound.cookie, "shared").await, ["s1"]);
    let results = server.searched(&bound.cookie, "q=shared").await;
    for of in results["not_indexed"].as_array().unwrap() {
        assert_eq!(of["count"], Value::Null, "{of}");
    }
    let of_theirs = server
        .get(
            Some(&bound.cookie),
            &format!("{BASE}/sessions/s2/find?q=shared"),
        )
        .await;
    assert_eq!(of_theirs.status, 404);

    server
        .workspace()
        .erase_session("s1", &Actor::system())
        .unwrap();
    assert_eq!(server.found(&all.cookie, "shared").await, ["s2"]);
    let gone = server
        .get(
            Some(&all.cookie),
            &format!("{BASE}/sessions/s1/find?q=shared"),
        )
        .await;
    assert_eq!(gone.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_looked_for_is_refused_with_a_reason() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server
        .deliver_words("demo", "s1", 1, ["near", "near", "near"])
        .await;
    for (q, reason) in [
        ("", "at least one word"),
        ("skill:x", "at least one word"),
        ("-near", "at least one word"),
        ("\"near", "not closed"),
        ("foo:bar", "is no key"),
        ("a OR", "between two words"),
        ("*", "nothing to look for"),
        ("\0", "nothing to look for"),
        ("prompt:", "followed by a word"),
    ] {
        for path in [
            format!("{BASE}/search?q={}", coded(q)),
            format!("{BASE}/sessions/s1/find?q={}", coded(q)),
        ] {
            let reply = server.get(Some(&person.cookie), &path).await;
            assert_eq!(reply.status, 400, "{path}: {}", reply.text());
            let text = reply.text();
            let is_said =
                text.contains(reason) || path.contains("/find") && text.contains("no keys");
            assert!(is_said, "{q:?}: {text}");
        }
    }
    for q in [
        "NEAR(near near)",
        "near\0",
        "near)",
        "{near} near",
        "^near",
        "near*\"\"",
        "'near;--",
        "near AND near",
    ] {
        let reply = server
            .get(
                Some(&person.cookie),
                &format!("{BASE}/search?q={}", coded(q)),
            )
            .await;
        assert!(
            matches!(reply.status.as_u16(), 200 | 400),
            "{q:?}: {}",
            reply.text()
        );
    }
    let long = "near ".repeat(2_000);
    for (query, status) in [
        (format!("q={}", coded(&long)), 400),
        ("q=near&cursor=x".to_owned(), 400),
        ("q=near&filter=foo%3Abar".to_owned(), 400),
        ("q=near&limit=0".to_owned(), 200),
        ("q=near&unknown=1".to_owned(), 400),
    ] {
        let reply = server
            .get(Some(&person.cookie), &format!("{BASE}/search?{query}"))
            .await;
        assert_eq!(reply.status, status, "{}", reply.text());
    }
}
