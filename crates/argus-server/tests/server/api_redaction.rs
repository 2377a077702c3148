//! What a workspace redacts, over the API: read, changed, tried, counted.

use argus_session::source::transcript::TranscriptFile;
use argus_store::{Delivery, Role};
use serde_json::{Value, json};

use crate::support::http::{get, post};
use crate::support::payload::JSON;
use crate::support::{PATIENCE, Server};

const REDACTION: &str = "/api/v1/workspaces/default/redaction";
const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";

impl Server {
    /// Stores a session of one prompt, of the project "alpha".
    fn store_prompt(&self, session: &str, prompt: &str) {
        let line = json!({"type": "user", "uuid": format!("{session}-u"), "parentUuid": null, "promptId": format!("{session}-p"),
            "sessionId": session, "timestamp": "2026-11-18T10:00:00Z", "message": {"role": "user", "content": prompt}});
        let item = TranscriptFile::new(session, None, "file", [0; 32])
            .item(line.to_string().as_bytes(), 0)
            .unwrap();
        let delivery = Delivery {
            projects: vec!["alpha".to_owned()],
            key_id: None,
            user: None,
        };
        let workspace = self.workspace();
        let prepared = workspace.prepare(item, &delivery).unwrap();
        workspace.append(vec![prepared]).unwrap();
        assert!(workspace.wait_projected(PATIENCE));
    }
}

fn own_policy() -> Value {
    json!({
        "off": ["aws-key"],
        "patterns": [{"name": "case-number", "pattern": "CASE-[0-9]{4}", "fingerprint": true}],
        "dictionaries": [{"name": "customers", "words": ["Northwind Traders"]}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_read_changed_and_shown_to_each_as_far_as_they_may_know() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let first = server.get(Some(&owner.cookie), REDACTION).await.json();
    assert_eq!(
        (&first["revision"], &first["changed_at"]),
        (&json!(0), &json!(null))
    );
    assert_eq!(first["can_change"], true);
    assert!(
        first["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["name"] == "aws-key")
    );

    let change = json!({"revision": 0, "policy": own_policy()});
    let reply = server
        .send("PUT", Some(&owner.cookie), REDACTION, &change)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let changed = reply.json();
    assert_eq!(changed["revision"], 1);
    assert_eq!(changed["changed_by"], "Somebody");
    assert_eq!(
        changed["policy"]["dictionaries"][0]["words"],
        json!(["Northwind Traders"])
    );
    assert_ne!(changed["hash"], first["hash"]);
    assert_eq!(
        server.get(Some(&owner.cookie), REDACTION).await.json(),
        changed
    );

    let auditor = server.member(Role::Auditor, None).await;
    let bound = server.member(Role::Admin, Some(&["alpha"])).await;
    for person in [auditor, bound] {
        let reply = server.get(Some(&person.cookie), REDACTION).await;
        let text = reply.text();
        assert!(
            !text.contains("Northwind") && !text.contains("CASE-"),
            "{text}"
        );
        let view = reply.json();
        assert_eq!(view["can_change"], false);
        assert_eq!(view["policy"]["patterns"][0]["name"], "case-number");
        assert_eq!(view["policy"]["dictionaries"][0]["word_count"], 1);
        let change = json!({"revision": 1, "policy": {}});
        let reply = server
            .send("PUT", Some(&person.cookie), REDACTION, &change)
            .await;
        assert_eq!(reply.status, 403, "{}", reply.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_is_not_taken_says_where_and_an_old_revision_conflicts() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let put = async |change: Value| {
        server
            .send("PUT", Some(&owner.cookie), REDACTION, &change)
            .await
    };
    let mut broken = own_policy();
    broken["patterns"][0]["pattern"] = json!("(");
    let reply = put(json!({"revision": 0, "policy": broken})).await;
    assert_eq!(reply.status, 400);
    let problem = reply.json();
    assert_eq!(
        problem["errors"][0]["pointer"],
        "/policy/patterns/0/pattern"
    );
    assert_eq!(problem["errors"][0]["detail"], problem["detail"]);

    // Larger than other bodies may be.
    let words: Vec<String> = (0..9_000)
        .map(|word| format!("customer number {word}"))
        .collect();
    let large = json!({"dictionaries": [{"name": "customers", "words": words}]});
    let reply = put(json!({"revision": 0, "policy": large})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let reply = put(json!({"revision": 0, "policy": own_policy()})).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["code"]),
        (409, &json!("conflict"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_tried_on_stored_sessions_and_what_is_shown_counts_as_viewed() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    server.store_prompt("s1", "please close CASE-1234 today");
    server.store_prompt("s2", "nothing to see");
    let acts = server.acts();
    let path = format!("{REDACTION}/trial");
    let rule = json!({"pattern": {"name": "case-number", "pattern": "CASE-[0-9]{4}"}});
    let reply = server.post(Some(&owner.cookie), &path, &rule).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let found = reply.json();
    assert_eq!(
        (
            &found["records_seen"],
            &found["is_complete"],
            &found["hits"],
            &found["sessions"]
        ),
        (&json!(2), &json!(true), &json!(1), &json!(1))
    );
    let sample = &found["samples"][0];
    assert_eq!(
        (
            &sample["session"],
            &sample["before"],
            &sample["hit"],
            &sample["after"]
        ),
        (
            &json!("s1"),
            &json!("please close "),
            &json!("CASE-1234"),
            &json!(" today")
        )
    );
    assert_eq!(
        server.acts(),
        acts + 1,
        "the one session that is shown was viewed"
    );

    let broken = json!({"dictionary": {"name": "x", "words": ["Northwind", "a"]}});
    let reply = server.post(Some(&owner.cookie), &path, &broken).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["errors"][0]["pointer"], "/dictionary/words/1");
    let reply = server.post(Some(&owner.cookie), &path, &json!({})).await;
    assert_eq!(reply.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_redaction_did_is_counted_by_day() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    server.store_prompt("s1", &format!("the key {KEY} of CASE-1234"));
    let path = format!("{REDACTION}/counts?from=2026-11-01&to=2026-11-30");
    let counts = server.get(Some(&owner.cookie), &path).await.json();
    assert_eq!(
        counts["days"],
        json!([{"day": "2026-11-18", "kind": "aws-key", "count": 1, "sessions": 1}])
    );
    assert_eq!(
        (&counts["failures"], &counts["records_behind"]),
        (&json!([]), &json!(0))
    );
    let change = json!({"revision": 0, "policy": own_policy()});
    server
        .send("PUT", Some(&owner.cookie), REDACTION, &change)
        .await;
    let counts = server.get(Some(&owner.cookie), &path).await.json();
    assert_eq!(counts["records_behind"], 1);
    assert_eq!(counts["versions"][0]["records"], 1);

    let head = server
        .get(
            Some(&owner.cookie),
            "/api/v1/workspaces/default/sessions/s1",
        )
        .await
        .json();
    assert_eq!(
        (&head["redactions"], &head["dropped"]),
        (&json!({"aws-key": 1}), &json!(0))
    );

    let bound = server.member(Role::Reviewer, Some(&["beta"])).await;
    let elsewhere = server.get(Some(&bound.cookie), &path).await.json();
    assert_eq!(elsewhere["days"], json!([]));
    for query in [
        "?from=yesterday",
        "?from=2026-11-02&to=2026-11-01",
        "?from=1999-01-01",
    ] {
        let reply = server
            .get(Some(&owner.cookie), &format!("{REDACTION}/counts{query}"))
            .await;
        assert_eq!(reply.status, 400, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_say_where_something_was_replaced() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    server.store_prompt(
        "s1",
        &format!("é [redacted:aws-key] {KEY} {}", "x".repeat(100)),
    );
    let steps = "/api/v1/workspaces/default/sessions/s1/steps";
    let slice = server.get(Some(&owner.cookie), steps).await.json();
    let step = &slice["items"][0]["step"];
    let text = step["text"].as_str().unwrap();
    let redactions = step["text_redactions"].as_array().unwrap();
    assert_eq!(redactions.len(), 1, "the typed placeholder is text: {step}");
    let place = |of: &Value, name: &str| usize::try_from(of[name].as_u64().unwrap()).unwrap();
    let placeholder = &text[place(&redactions[0], "start")..place(&redactions[0], "end")];
    assert!(
        placeholder.starts_with("[redacted:aws-key:"),
        "{placeholder}"
    );
    assert_eq!(redactions[0]["kind"], "aws-key");

    let id = step["id"].as_str().unwrap();
    let content = format!("{steps}/{id}/content?field=text");
    let whole = server.get(Some(&owner.cookie), &content).await.json();
    assert_eq!(whole["redactions"], step["text_redactions"]);
    let from = place(&redactions[0], "start");
    let piece = server
        .get(
            Some(&owner.cookie),
            &format!("{content}&offset={from}&length=40"),
        )
        .await;
    let piece = piece.json();
    assert_eq!(piece["redactions"][0]["start"], 0, "{piece}");
    let cut = server
        .get(
            Some(&owner.cookie),
            &format!("{content}&length={}", from + 4),
        )
        .await;
    assert_eq!(cut.json()["redactions"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_count_replacements_without_telling_a_workspaces_own_names() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let mut policy = own_policy();
    policy["off"] = json!([]);
    let change = json!({"revision": 0, "policy": policy});
    let reply = server
        .send("PUT", Some(&owner.cookie), REDACTION, &change)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let body = json!({"type": "user", "uuid": "u", "parentUuid": null, "sessionId": "s1", "promptId": "p",
        "timestamp": "2026-11-22T11:53:02.305Z", "message": {"role": "user", "content": format!("{KEY} of CASE-1234")}});
    let envelopes = json!({"envelopes": [{"version": 1, "source": "transcript", "session_id": "s1",
        "captured_at": "2026-11-22T11:53:03Z", "file": {"id": "x.jsonl", "offset": 0}, "body": body}]});
    let headers = [("content-type", JSON)];
    let delivered = post(
        server.address,
        &server.key,
        "/v1/envelopes",
        &headers,
        envelopes.to_string(),
    )
    .await;
    assert_eq!(delivered.status, 200, "{}", delivered.text());
    let text = get(server.address, "/metrics").await.text();
    for line in [
        "argus_redactions_total{kind=\"aws-key\"} 1",
        "argus_redactions_total{kind=\"own\"} 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(!text.contains("case-number"), "{text}");
}
