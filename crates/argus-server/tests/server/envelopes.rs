//! `POST /v1/envelopes`.

use argus_store::Actor;
use serde_json::{Value, json};

use crate::support::http::{Reply, get, post, request, send};
use crate::support::payload::{JSON, gzip, zstd};
use crate::support::{PATIENCE, Server};

fn prompt(session: &str, uuid: &str, text: &str) -> Value {
    json!({
        "version": 1, "source": "transcript", "session_id": session, "captured_at": "2026-11-22T11:53:03Z",
        "file": {"id": "x.jsonl", "offset": 0}, "cwd": "/home/a", "somethingLater": {"kept": true},
        "body": {
            "type": "user", "uuid": uuid, "parentUuid": null, "sessionId": session, "promptId": format!("p-{uuid}"),
            "timestamp": "2026-11-22T11:53:02.305Z", "message": {"role": "user", "content": text},
        },
    })
}

async fn deliver(server: &Server, envelopes: &[Value]) -> Reply {
    let body = json!({"envelopes": envelopes}).to_string();
    post(
        server.address,
        &server.key,
        "/v1/envelopes",
        &[("content-type", JSON)],
        body,
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn envelopes_come_out_as_a_session() {
    let server = Server::start().await;
    let reply = deliver(&server, &[prompt("s1", "u1", "what is in here?")]).await;
    assert_eq!(
        reply.json(),
        json!({"accepted": 1, "known": 0, "suppressed": [], "purge": [], "refused": []})
    );
    let workspace = server.workspace();
    assert!(workspace.wait_projected(PATIENCE));
    let document = workspace.document("s1", 1_000).unwrap().unwrap();
    assert_eq!(document.session.id, "s1");
    assert_eq!(document.turns.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_envelope_has_its_own_outcome() {
    let server = Server::start().await;
    deliver(
        &server,
        &[prompt("gone", "g", "x"), prompt("s1", "u1", "x")],
    )
    .await;
    server
        .workspace()
        .erase_session("gone", &Actor::system())
        .unwrap();
    let batch = [
        prompt("s1", "u1", "x"),
        json!({"version": 7, "source": "hook", "key": "k", "body": {}}),
        prompt("gone", "g2", "y"),
        json!("nothing"),
        prompt("s1", "u2", "z"),
    ];
    let reply = deliver(&server, &batch).await.json();
    assert_eq!(
        (&reply["accepted"], &reply["known"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        reply["suppressed"],
        json!([{"index": 2, "session_id": "gone"}])
    );
    assert_eq!(reply["purge"], json!(["gone"]));
    let refused: Vec<_> = reply["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refused| (&refused["index"], &refused["code"]))
        .collect();
    assert_eq!(
        refused,
        [
            (&json!(1), &json!("unknown_version")),
            (&json!(3), &json!("not_an_envelope"))
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_and_compressed_bodies_are_taken() {
    let server = Server::start().await;
    let lines = format!(
        "{}\n{}\n{{cut",
        prompt("s1", "u1", "x"),
        prompt("s1", "u2", "y")
    );
    let headers = [("content-type", "application/x-ndjson; charset=utf-8")];
    let reply = post(
        server.address,
        &server.key,
        "/v1/envelopes",
        &headers,
        lines.clone(),
    )
    .await
    .json();
    assert_eq!(
        (&reply["accepted"], &reply["refused"][0]["code"]),
        (&json!(2), &json!("not_json"))
    );
    for (coding, body) in [
        ("gzip", gzip(lines.as_bytes())),
        ("zstd", zstd(lines.as_bytes())),
    ] {
        let headers = [headers[0], ("content-encoding", coding)];
        let reply = post(server.address, &server.key, "/v1/envelopes", &headers, body)
            .await
            .json();
        assert_eq!(
            (&reply["accepted"], &reply["known"]),
            (&json!(0), &json!(2)),
            "{coding}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_problem_details() {
    let server = Server::start().await;
    let path = "/v1/envelopes";
    let json = [("content-type", JSON)];
    let replies = [
        (
            400,
            "invalid_request",
            post(server.address, &server.key, path, &json, "nonsense").await,
        ),
        (
            401,
            "unauthenticated",
            post(server.address, "", path, &json, "{}").await,
        ),
        (
            415,
            "unsupported_media_type",
            post(
                server.address,
                &server.key,
                path,
                &[("content-type", "a/b")],
                "{}",
            )
            .await,
        ),
        (405, "method_not_allowed", get(server.address, path).await),
    ];
    for (status, code, reply) in replies {
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (status, "application/problem+json")
        );
        let problem = reply.json();
        assert_eq!(
            (&problem["status"], &problem["code"]),
            (&json!(status), &json!(code))
        );
        assert_eq!(problem["type"], format!("urn:argus:problem:{code}"));
        assert!(problem["detail"].is_string() && problem["request_id"].is_string());
    }
    let over = format!("{{\"envelopes\":[{}0]}}", "0,".repeat(10_000));
    let reply = post(server.address, &server.key, path, &json, over).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["code"]),
        (413, &json!("too_large"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_503_and_passes() {
    let server = Server::start().await;
    let batch: Vec<Value> = (0..200)
        .map(|n| prompt("s1", &n.to_string(), &"x".repeat(500)))
        .collect();
    server.workspace().limit_size_for_test(Some(0)).unwrap();
    let reply = deliver(&server, &batch).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("retry-after")),
        (503, "1")
    );
    server.workspace().limit_size_for_test(None).unwrap();
    assert_eq!(deliver(&server, &batch).await.json()["accepted"], 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn h2_serves_envelopes_too() {
    let server = Server::start().await;
    let authorization = format!("Bearer {}", server.key);
    let headers = [
        ("content-type", JSON),
        ("authorization", authorization.as_str()),
    ];
    let body = json!({"envelopes": [prompt("s", "u", "x")]}).to_string();
    let reply = send(
        server.address,
        hyper::Version::HTTP_2,
        request(hyper::Method::POST, "/v1/envelopes", &headers, body),
    )
    .await;
    assert_eq!(reply.json()["accepted"], 1);
}
