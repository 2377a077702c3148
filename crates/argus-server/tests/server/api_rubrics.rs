//! Rubrics and scores over the API.

use argus_server::ingest::otlp::Signal;
use argus_store::Role;
use serde_json::{Value, json};

use crate::support::http::{Reply, ask, post};
use crate::support::payload::{JSON, payload};
use crate::support::people::Person;
use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default";

/// Delivers telemetry of a session, for the project "alpha".
pub(crate) async fn deliver(server: &Server, session: &str) {
    let body = payload(Signal::Logs, session, 4, 0).json;
    let headers = [("content-type", JSON)];
    let reply = post(server.address, &server.key, "/v1/logs", &headers, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(server.workspace().wait_projected(PATIENCE));
}

pub(crate) async fn put(
    server: &Server,
    person: &Person,
    path: &str,
    version: &str,
    body: &Value,
) -> Reply {
    let headers = [
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
        ("if-match", version),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let path = format!("{BASE}{path}");
    ask(server.address, "PUT", &path, &headers, &body.to_string()).await
}

fn rubric() -> Value {
    let item = |id: &str, weight: u32| {
        json!({"id": id, "title": id, "guidance": "Look.", "pass_example": "", "fail_example": "", "weight": weight,
            "kind": "yes_no", "scale": null, "allow_na": true, "auto_fail": false, "evidence_required": false})
    };
    json!({"name": "Ours", "description": "", "scope": "session", "pass_percent": 75, "sections": [
        {"id": "all", "title": "All", "weight": 1, "items": [item("one", 3), item("two", 1)]},
    ]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rubric_is_made_changed_and_retired_by_who_manages() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let cookie = Some(owner.cookie.as_str());
    let listed = server.get(cookie, &format!("{BASE}/rubrics")).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3, "{listed}");
    assert!(listed["items"][0]["starter"].as_bool().unwrap());

    let rubrics = format!("{BASE}/rubrics");
    let made = server.post(cookie, &rubrics, &rubric()).await.json();
    assert_eq!(
        (&made["version"], &made["name"]),
        (&json!(1), &json!("Ours"))
    );
    let path = format!("/rubrics/{}", made["id"].as_str().unwrap());
    let mut changed = rubric();
    changed["pass_percent"] = json!(50);
    let without = server
        .send("PUT", cookie, &format!("{BASE}{path}"), &changed)
        .await;
    assert_eq!(without.status, 400, "{}", without.text());
    let reply = put(&server, &owner, &path, "\"1\"", &changed).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["version"]),
        (200, &json!(2))
    );
    let stale = put(&server, &owner, &path, "\"1\"", &rubric()).await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    let first = server
        .get(cookie, &format!("{BASE}{path}?version=1"))
        .await
        .json();
    assert_eq!(
        (&first["pass_percent"], &first["newest_version"]),
        (&json!(75), &json!(2))
    );

    let mut broken = rubric();
    broken["sections"][0]["items"][1]["weight"] = json!(0);
    let refused = server.post(cookie, &rubrics, &broken).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert_eq!(
        refused.json()["errors"][0]["pointer"],
        "/sections/0/items/1/weight"
    );

    let precedents = format!("{BASE}{path}/precedents");
    let text = json!({"text": "A rounded figure is no error."});
    let with = server.post(cookie, &precedents, &text).await.json();
    assert_eq!(with["precedents"][0]["text"], text["text"]);
    assert_eq!(with["precedents"][0]["by"]["me"], true);
    let retired = server
        .post(cookie, &format!("{BASE}{path}/retire"), &json!({}))
        .await;
    assert_eq!(retired.json()["retired"], true, "{}", retired.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_preview_computes_is_what_a_score_gets() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let reviewer = server.member(Role::Reviewer, None).await;
    deliver(&server, "s1").await;
    let cookie = Some(reviewer.cookie.as_str());
    let made = server
        .post(Some(&owner.cookie), &format!("{BASE}/rubrics"), &rubric())
        .await
        .json();
    let answers =
        json!([{"item": "one", "value": true}, {"item": "two", "value": false, "note": "missing"}]);
    let asked = json!({"rubric": rubric(), "answers": [answers[0]]});
    let compute = format!("{BASE}/rubrics/compute");
    let part = server.post(cookie, &compute, &asked).await.json();
    assert_eq!(
        (&part["percent"], &part["unanswered"]),
        (&json!(100.0), &json!(["two"]))
    );
    let asked = json!({"rubric": rubric(), "answers": answers});
    let whole = server.post(cookie, &compute, &asked).await.json();
    assert_eq!(
        (&whole["percent"], &whole["passed"]),
        (&json!(75.0), &json!(true))
    );
    assert_eq!(
        (&whole["unanswered"], &whole["problems"]),
        (&json!([]), &json!([]))
    );

    let scores = format!("{BASE}/sessions/s1/scores");
    let new =
        json!({"rubric": made["id"], "version": 1, "answers": answers, "comment": "Good enough."});
    let reply = server.post(cookie, &scores, &new).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let score = reply.json();
    for name in ["percent", "passed", "arithmetic", "auto_failed"] {
        assert_eq!(score[name], whole[name], "{name}");
    }
    assert_eq!(
        (&score["rubric_name"], &score["current"]),
        (&json!("Ours"), &json!(true))
    );
    assert_eq!(
        (&score["by"]["me"], &score["comment"]),
        (&json!(true), &json!("Good enough."))
    );

    let wrong =
        json!({"rubric": made["id"], "version": 1, "answers": [{"item": "one", "value": 3}]});
    let refused = server.post(cookie, &scores, &wrong).await;
    assert_eq!(
        (
            refused.status.as_u16(),
            &refused.json()["errors"][0]["pointer"]
        ),
        (400, &json!("/answers/one"))
    );
    let elsewhere = server
        .post(cookie, &format!("{BASE}/sessions/none/scores"), &new)
        .await;
    assert_eq!(elsewhere.status, 404, "{}", elsewhere.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_bound_to_projects_scores_nothing_of_others() {
    let server = Server::start().await;
    let reviewer = server.member(Role::Reviewer, Some(&["beta"])).await;
    deliver(&server, "s1").await;
    let new = json!({"rubric": "compliance", "version": 1, "answers": []});
    let path = format!("{BASE}/sessions/s1/scores");
    let reply = server.post(Some(&reviewer.cookie), &path, &new).await;
    assert_eq!(reply.status, 404, "{}", reply.text());
}
