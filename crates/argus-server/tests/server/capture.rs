//! What capture clients ask: what holds for them, and that sessions are private; and what pages say of those afterwards.

use argus_server::ingest::otlp::Signal;
use argus_store::{
    Actor, CapturePolicy, CaptureRule, KeyScope, OptOut, Role, TombstoneKind, WorkspaceMode,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::http::{Reply, call, frame, get, post};
use crate::support::payload::{JSON, PROTOBUF, method, path, payload};
use crate::support::{PATIENCE, Server};

const SECRET: [u8; 32] = [9; 32];
const CANARY: &str = "northwind-merger";

fn device_id() -> String {
    let mut hash = Sha256::new();
    hash.update(b"argus-device-v1");
    hash.update(SECRET);
    hex::encode(&hash.finalize()[..16])
}

fn proof() -> Value {
    json!({"id": device_id(), "secret": hex::encode(SECRET)})
}

fn prompt(session: &str, uuid: &str, device: Option<&str>) -> Value {
    json!({
        "version": 1, "source": "transcript", "session_id": session, "device": device, "cwd": "/home/a",
        "body": {
            "type": "user", "uuid": uuid, "parentUuid": null, "sessionId": session, "promptId": format!("p-{uuid}"),
            "timestamp": "2026-11-22T11:53:02.305Z", "message": {"role": "user", "content": format!("{CANARY} {uuid}")},
        },
    })
}

impl Server {
    async fn ask(&self, key: &str, path: &str, body: &Value) -> Reply {
        let headers = [("content-type", JSON)];
        post(self.address, key, path, &headers, body.to_string()).await
    }

    async fn send_envelopes(&self, key: &str, envelopes: &[Value]) -> Value {
        let body = json!({"envelopes": envelopes});
        let reply = self.ask(key, "/v1/envelopes", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(self.workspace().wait_projected(PATIENCE));
        reply.json()
    }

    async fn make_private(&self, key: &str, sessions: &[&str]) -> Value {
        let body = json!({"version": 1, "device": proof(), "sessions": sessions, "said_at": "2026-11-22T12:00:00Z"});
        let reply = self.ask(key, "/v1/capture/private", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    async fn hello(&self, key: &str, sessions: &[&str]) -> Value {
        let body = json!({"version": 1, "client": {"version": "0.1.0", "os": "linux", "arch": "x86_64"},
            "device": {"id": device_id(), "name": "laptop-7"}, "sessions": sessions});
        let reply = self.ask(key, "/v1/capture/hello", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    fn personal_key(&self, person: &str) -> String {
        let projects = ["alpha".to_owned()];
        let made = self.store.create_key(
            "default",
            KeyScope::Ingest,
            &projects,
            Some(person),
            &Actor::system(),
        );
        made.unwrap().token
    }

    fn set_opt_out(&self, opt_out: OptOut) {
        let policy = CapturePolicy {
            workspace: CaptureRule {
                opt_out,
                notice: Some("ask the works council".to_owned()),
            },
            ..CapturePolicy::default()
        };
        let workspace = self.workspace();
        let revision = workspace.capture_policy().unwrap().revision;
        workspace
            .set_capture_policy(&policy, revision, &Actor::system())
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_told_what_holds_for_it() {
    let server = Server::start().await;
    let workspace = server.workspace();
    workspace.erase_session("gone", &Actor::system()).unwrap();
    let key = server.personal_key("a@example.org");
    let told = server.hello(&key, &["gone", "s1"]).await;
    assert_eq!(
        told,
        json!({
            "version": 1, "workspace": "default", "projects": ["alpha"], "person": "a@example.org",
            "line_key": hex::encode(workspace.line_key()),
            "redaction": {"key": hex::encode(workspace.fingerprint_key()), "revision": 0,
                "policy": {"off": [], "patterns": [], "dictionaries": [], "pseudonyms": false}},
            "opt_out": "allowed", "notice": null, "purge": ["gone"], "content_off": [],
            "server": {"version": env!("CARGO_PKG_VERSION")},
        })
    );
    server.set_opt_out(OptOut::ContentOff);
    server.make_private(&key, &["s1"]).await;
    let told = server.hello(&key, &["gone", "s1"]).await;
    assert_eq!(told["opt_out"], "content_off");
    assert_eq!(told["notice"], "ask the works council");
    assert_eq!(told["content_off"], json!(["s1"]));
    assert_eq!(server.hello(&server.key, &[]).await["person"], json!(null));

    let auditor = server.member(Role::Auditor, None).await;
    let listed = server
        .get(Some(&auditor.cookie), "/api/v1/workspaces/default/devices")
        .await
        .json();
    let device = &listed["items"][0];
    assert_eq!(device["id"], device_id());
    assert_eq!(device["name"], "laptop-7");
    assert_eq!(device["os"], "linux");
    assert_eq!(device["client_version"], "0.1.0");
    assert_eq!(
        device["person"],
        json!(null),
        "of the key that it used last"
    );
    // Who is bound to projects sees the machines of these.
    for (project, count) in [("alpha", 1), ("beta", 0)] {
        let bound = server.member(Role::Auditor, Some(&[project])).await;
        let listed = server
            .get(Some(&bound.cookie), "/api/v1/workspaces/default/devices")
            .await
            .json();
        assert_eq!(
            listed["items"].as_array().unwrap().len(),
            count,
            "{project}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_is_a_problem() {
    let server = Server::start().await;
    let hello = |sessions: Vec<String>, version: u32, id: &str| json!({"version": version, "client": {"version": "1", "os": "o", "arch": "a"}, "device": {"id": id}, "sessions": sessions});
    let id = device_id();
    let many: Vec<String> = (0..1_001).map(|n| n.to_string()).collect();
    let reading = server.reading_key();
    let wrong_secret = json!({"version": 1, "device": {"id": "00".repeat(16), "secret": "00".repeat(32)}, "sessions": ["s"]});
    let hundred: Vec<&String> = many.iter().take(101).collect();
    let cases = [
        (401, "", "/v1/capture/hello", hello(vec![], 1, &id)),
        (
            403,
            reading.as_str(),
            "/v1/capture/hello",
            hello(vec![], 1, &id),
        ),
        (400, &server.key, "/v1/capture/hello", hello(vec![], 2, &id)),
        (
            400,
            &server.key,
            "/v1/capture/hello",
            hello(vec![], 1, "laptop"),
        ),
        (
            413,
            &server.key,
            "/v1/capture/hello",
            hello(many.clone(), 1, &id),
        ),
        (400, &server.key, "/v1/capture/hello", json!([])),
        (401, "", "/v1/capture/private", json!({})),
        (
            400,
            &server.key,
            "/v1/capture/private",
            json!({"version": 1, "sessions": []}),
        ),
        (
            413,
            &server.key,
            "/v1/capture/private",
            json!({"version": 1, "sessions": hundred}),
        ),
        (400, &server.key, "/v1/capture/private", wrong_secret),
    ];
    for (status, key, path, body) in cases {
        let reply = server.ask(key, path, &body).await;
        assert_eq!(reply.status, status, "{path} {body}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert!(!reply.text().contains("0000"), "no secret in an answer");
    }
    let reply = get(server.address, "/v1/capture/private").await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("allow")),
        (405, "POST")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_session_is_gone_by_every_door() {
    let server = Server::start().await;
    let id = device_id();
    let key = server.key.clone();
    server
        .send_envelopes(
            &key,
            &[prompt("s1", "u1", Some(&id)), prompt("other", "o1", None)],
        )
        .await;
    let done = server.make_private(&key, &["s1", "later"]).await;
    assert_eq!(
        done,
        json!({"outcome": "private", "notice": null, "sessions": [
            {"session_id": "s1", "outcome": "private", "detail": null},
            {"session_id": "later", "outcome": "private", "detail": null}]})
    );
    for session in ["s1", "later"] {
        let receipt = server
            .send_envelopes(
                &key,
                &[
                    prompt(session, "u1", Some(&id)),
                    prompt(session, "u2", None),
                    prompt("other", "o2", None),
                ],
            )
            .await;
        assert_eq!(receipt["purge"], json!([session]));
        assert_eq!(receipt["suppressed"].as_array().unwrap().len(), 2);
        assert_eq!(
            receipt["accepted"].as_u64().unwrap() + receipt["known"].as_u64().unwrap(),
            1
        );
        for signal in [Signal::Logs, Signal::Metrics, Signal::Traces] {
            let sent = payload(signal, session, 2, 0);
            for media_type in [JSON, PROTOBUF] {
                let headers = [("content-type", media_type)];
                let reply = post(
                    server.address,
                    &key,
                    &path(signal),
                    &headers,
                    sent.of(media_type),
                )
                .await;
                assert_eq!(reply.status, 200, "{signal:?}");
            }
            let message = frame(false, &sent.protobuf);
            let reply = call(server.address, &key, method(signal), &[], message).await;
            assert_eq!(reply.grpc_status(), 0, "{signal:?}");
        }
    }
    assert!(server.workspace().wait_projected(PATIENCE));
    assert_eq!(
        server.stored(),
        3,
        "s1's leaf is there; of its content, and of later, nothing"
    );
    assert!(server.workspace().session("s1").unwrap().is_none());
    assert!(server.workspace().session("later").unwrap().is_none());
    assert!(server.workspace().session("other").unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_decides_and_tells_the_person() {
    let server = Server::start().await;
    let key = server.key.clone();
    server.set_opt_out(OptOut::Forbidden);
    server
        .send_envelopes(&key, &[prompt("s1", "u1", None)])
        .await;
    let done = server.make_private(&key, &["s1"]).await;
    assert_eq!(
        (&done["outcome"], &done["notice"]),
        (&json!("forbidden"), &json!("ask the works council"))
    );
    assert!(server.workspace().session("s1").unwrap().is_some());

    server.set_opt_out(OptOut::ContentOff);
    assert_eq!(
        server.make_private(&key, &["s1"]).await["outcome"],
        "content_off"
    );
    server
        .send_envelopes(&key, &[prompt("s1", "u2", None)])
        .await;
    let reply = post(
        server.address,
        &key,
        "/v1/logs",
        &[("content-type", JSON)],
        payload(Signal::Logs, "s1", 1, 0).json,
    )
    .await;
    assert_eq!((reply.status.as_u16(), reply.text().as_str()), (200, "{}"));
    assert!(server.workspace().wait_projected(PATIENCE));
    let document = server.workspace().document("s1", 10_000).unwrap().unwrap();
    let text = serde_json::to_string(&document).unwrap();
    assert_eq!(document.session.totals.turns, 2, "{text}");
    assert!(
        !text.contains(CANARY) && !text.contains("/home/a"),
        "{text}"
    );

    // Another's session, and one that erases nothing.
    let hers = server.personal_key("b@example.org");
    server
        .send_envelopes(&hers, &[prompt("hers", "u1", None)])
        .await;
    let done = server.make_private(&key, &["hers", ""]).await;
    assert_eq!(done["sessions"][0]["outcome"], "refused");
    assert_eq!(done["sessions"][1]["outcome"], "refused");
    assert!(
        done["sessions"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("machine that sent it")
    );
    assert_eq!(done["outcome"], "content_off");
    server
        .store
        .create_workspace("locked", WorkspaceMode::RetentionLocked, &Actor::system())
        .unwrap();
    let projects = ["alpha".to_owned()];
    let locked = server
        .store
        .create_key(
            "locked",
            KeyScope::Ingest,
            &projects,
            None,
            &Actor::system(),
        )
        .unwrap()
        .token;
    assert_eq!(server.hello(&locked, &[]).await["opt_out"], "forbidden");
    assert_eq!(
        server.make_private(&locked, &["s"]).await["outcome"],
        "forbidden"
    );
}

const SESSIONS: &str = "/api/v1/workspaces/default/sessions";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_that_a_session_is_private_or_erased() {
    let server = Server::start().await;
    let key = server.personal_key("a@example.org");
    server
        .send_envelopes(&key, &[prompt("s1", "u1", None), prompt("s2", "u2", None)])
        .await;
    server.make_private(&key, &["s1"]).await;
    server
        .workspace()
        .erase_session("s2", &Actor::local("dev"))
        .unwrap();
    let viewer = server.member(Role::Viewer, None).await;
    let bound = server.member(Role::Viewer, Some(&["beta"])).await;
    let reader = server.member(Role::Member, None).await;
    for (session, code, kind, policy) in [
        ("s1", "session_private", "private", json!("allowed")),
        ("s2", "session_erased", "erased", json!(null)),
    ] {
        for rest in ["", "/turns", "/steps", "/conversation"] {
            let path = format!("{SESSIONS}/{session}{rest}");
            let reply = server.get(Some(&viewer.cookie), &path).await;
            let problem = reply.json();
            assert_eq!(
                (reply.status.as_u16(), &problem["code"]),
                (410, &json!(code)),
                "{path}"
            );
            assert_eq!(problem["tombstone"]["kind"], kind);
            assert_eq!(problem["tombstone"]["policy"], policy);
            assert!(
                problem["tombstone"]["at"]
                    .as_str()
                    .unwrap()
                    .starts_with("2026-")
            );
            assert!(!reply.text().contains("a@example.org"));
        }
        for person in [&bound, &reader] {
            let path = format!("{SESSIONS}/{session}");
            assert_eq!(server.get(Some(&person.cookie), &path).await.status, 404);
        }
    }
    let never = format!("{SESSIONS}/never");
    assert_eq!(server.get(Some(&viewer.cookie), &never).await.status, 404);

    let auditor = server.member(Role::Auditor, None).await;
    let path = "/api/v1/workspaces/default/tombstones";
    let listed = server.get(Some(&auditor.cookie), path).await;
    assert!(!listed.text().contains("\"s1\""), "by hash only");
    let listed = listed.json();
    let rows = listed["items"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["kind"], &rows[0]["by"]),
        (&json!("erased"), &json!("dev"))
    );
    assert_eq!(rows[1]["kind"], "private");
    assert_eq!(rows[1]["by_key"], true);
    assert_eq!(rows[1]["person"], "a@example.org");
    assert_eq!(rows[1]["projects"], json!(["alpha"]));
    let first = server
        .get(Some(&auditor.cookie), &format!("{path}?limit=1"))
        .await
        .json();
    let next = format!("{path}?limit=1&cursor={}", first["next"].as_str().unwrap());
    let second = server.get(Some(&auditor.cookie), &next).await.json();
    assert_eq!(
        (&second["items"][0], &second["next"]),
        (&rows[1], &json!(null))
    );
    let wrong = format!("{path}?cursor=x");
    assert_eq!(server.get(Some(&auditor.cookie), &wrong).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_person_makes_a_session_private_in_the_browser() {
    let server = Server::start().await;
    let mine = server.member(Role::Member, None).await;
    let owner = server.member(Role::Owner, None).await;
    let email = mine.account.email.clone();
    let key = server.personal_key(&email);
    server
        .send_envelopes(&key, &[prompt("s1", "u1", None), prompt("s2", "u2", None)])
        .await;
    // What telemetry claims makes nobody its person.
    let mut claimed = payload(Signal::Logs, "claimed", 1, 0).json;
    let text = String::from_utf8(claimed).unwrap().replace(
        r#"{"key":"n""#,
        &format!(r#"{{"key":"user.email","value":{{"stringValue":"{email}"}}}},{{"key":"n""#),
    );
    claimed = text.into_bytes();
    post(
        server.address,
        &server.key,
        "/v1/logs",
        &[("content-type", JSON)],
        claimed,
    )
    .await;
    assert!(server.workspace().wait_projected(PATIENCE));
    let head = async |person: &str, session: &str| {
        server
            .get(Some(person), &format!("{SESSIONS}/{session}"))
            .await
            .json()
    };
    assert_eq!(
        head(&owner.cookie, "claimed").await["user"]["email"],
        json!(email)
    );
    let private = async |person: &str, session: &str| {
        let path = format!("{SESSIONS}/{session}/private");
        server.post(Some(person), &path, &json!({})).await
    };
    assert_eq!(private(&owner.cookie, "s1").await.status, 403);
    assert_eq!(private(&owner.cookie, "never").await.status, 404);
    assert_eq!(private(&mine.cookie, "claimed").await.status, 404);
    let bearer = vec![(
        "authorization".to_owned(),
        format!("Bearer {}", server.reading_key()),
    )];
    let path = format!("{SESSIONS}/s1/private");
    let reply = crate::support::http::ask(server.address, "POST", &path, &bearer, "").await;
    assert_eq!(reply.status, 403);

    assert_eq!(head(&owner.cookie, "s1").await["opt_out"], json!(null));
    assert_eq!(
        head(&mine.cookie, "s1").await["opt_out"],
        json!({"opt_out": "allowed", "notice": null})
    );
    let done = private(&mine.cookie, "s1").await.json();
    assert_eq!(done, json!({"outcome": "private", "notice": null}));
    assert_eq!(head(&mine.cookie, "s1").await["code"], "session_private");
    assert_eq!(private(&mine.cookie, "s1").await.status, 410);

    server.set_opt_out(OptOut::ContentOff);
    let shown = head(&mine.cookie, "s2").await;
    assert_eq!(
        (&shown["opt_out"]["opt_out"], &shown["content_off_at"]),
        (&json!("content_off"), &json!(null))
    );
    assert_eq!(
        private(&mine.cookie, "s2").await.json()["outcome"],
        "content_off"
    );
    let shown = head(&owner.cookie, "s2").await;
    assert!(shown["content_off_at"].is_string(), "{shown}");
    assert!(!shown.to_string().contains(CANARY), "{shown}");
    let tombstones = server
        .workspace()
        .tombstones(&argus_store::ReadScope::all(), None, 10)
        .unwrap();
    assert_eq!(tombstones[0].kind, TombstoneKind::ContentOff);
    assert_eq!(tombstones[0].by, Some(Actor::account(&mine.account.id)));
}

const POLICY: &str = "/api/v1/workspaces/default/capture-policy";

#[tokio::test(flavor = "multi_thread")]
async fn a_capture_policy_is_read_and_changed() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let first = server.get(Some(&owner.cookie), POLICY).await.json();
    assert_eq!(
        first,
        json!({"revision": 0, "changed_at": null, "changed_by": null, "can_change": true, "retention_locked": false,
            "policy": {"workspace": {"opt_out": "allowed", "notice": null}, "projects": []}})
    );
    let policy = json!({"workspace": {"opt_out": "content_off", "notice": " why \n"},
        "projects": [{"project": "alpha", "opt_out": "forbidden", "notice": "ask first"}]});
    let put =
        async |person: &str, change: Value| server.send("PUT", Some(person), POLICY, &change).await;
    let changed = put(&owner.cookie, json!({"revision": 0, "policy": policy})).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let changed = changed.json();
    assert_eq!(
        (&changed["revision"], &changed["changed_by"]),
        (&json!(1), &json!("Somebody"))
    );
    assert_eq!(changed["policy"]["workspace"]["notice"], "why");
    assert_eq!(changed["policy"]["projects"][0]["project"], "alpha");
    let told = server.hello(&server.key, &[]).await;
    assert_eq!(
        (&told["opt_out"], &told["notice"]),
        (&json!("forbidden"), &json!("ask first"))
    );

    assert_eq!(
        put(&owner.cookie, json!({"revision": 0, "policy": policy}))
            .await
            .status,
        409
    );
    let twice = json!({"workspace": {"opt_out": "allowed"}, "projects": [
        {"project": "a", "opt_out": "allowed"}, {"project": "a", "opt_out": "forbidden"}]});
    let reply = put(&owner.cookie, json!({"revision": 1, "policy": twice})).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["errors"][0]["pointer"]),
        (400, &json!("/policy/projects/1/project"))
    );
    let bound = server.member(Role::Admin, Some(&["beta"])).await;
    let seen = server.get(Some(&bound.cookie), POLICY).await.json();
    assert_eq!(seen["policy"]["projects"], json!([]), "{seen}");
    let bound = server.member(Role::Admin, Some(&["alpha"])).await;
    let seen = server.get(Some(&bound.cookie), POLICY).await.json();
    assert_eq!(seen["can_change"], false);
    assert_eq!(seen["policy"]["projects"][0]["notice"], "ask first");
    assert_eq!(
        put(&bound.cookie, json!({"revision": 1, "policy": policy}))
            .await
            .status,
        403
    );
}
