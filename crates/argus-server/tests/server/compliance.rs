//! The Compliance API is read: against a small server that behaves as Anthropic's pages say.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use argus_server::ServerConfig;
use argus_server::sources::compliance::{
    ComplianceSource, DEFAULT_INTERVAL, DEFAULT_WINDOW, SessionKind,
};
use argus_store::ReadScope;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::support::http::post;
use crate::support::payload::JSON;
use crate::support::{PATIENCE, Server};

const KEY: &str = "sk-ant-api01-made-up";
const PAGE: usize = 2;

/// What the small server has and does.
#[derive(Default)]
struct Anthropic {
    /// Local and remote sessions, each with its messages.
    sessions: BTreeMap<&'static str, Vec<(Value, Vec<Value>)>>,
    /// Paths that are answered so often with 429 before they are answered.
    busy: HashMap<String, usize>,
    /// Paths that always fail.
    broken: Vec<String>,
    asked: Vec<String>,
}

type Shared = Arc<Mutex<Anthropic>>;

async fn answer(
    State(shared): State<Shared>,
    uri: Uri,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let mut anthropic = shared.lock().unwrap();
    let path = uri.path().to_owned();
    anthropic.asked.push(path.clone());
    if headers.get("x-api-key").is_none_or(|key| key != KEY) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let again = [("retry-after", "0")];
    if anthropic.broken.contains(&path) {
        return (StatusCode::SERVICE_UNAVAILABLE, again).into_response();
    }
    if let Some(left) = anthropic.busy.get_mut(&path).filter(|left| **left > 0) {
        *left -= 1;
        return (StatusCode::TOO_MANY_REQUESTS, again).into_response();
    }
    let rest = path.strip_prefix("/v1/compliance/apps/sessions/").unwrap();
    let parts: Vec<&str> = rest.split('/').collect();
    let sessions = &anthropic.sessions[parts[0]];
    let all: Vec<Value> = match parts.as_slice() {
        [_] => sessions
            .iter()
            .map(|(session, _)| session.clone())
            .filter(|session| {
                session["created_at"].as_str() >= query.get("created_at.gte").map(String::as_str)
            })
            .collect(),
        [_, id, "messages"] => {
            assert_eq!(query["order"], "asc");
            let found = sessions.iter().find(|(session, _)| session["id"] == *id);
            match found {
                Some((_, messages)) => messages.clone(),
                None => return StatusCode::NOT_FOUND.into_response(),
            }
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let from: usize = query.get("page").map_or(0, |page| {
        page.strip_prefix("page_").unwrap().parse().unwrap()
    });
    let until = (from + PAGE).min(all.len());
    let next = (until < all.len()).then(|| format!("page_{until}"));
    let page = json!({"data": all[from..until], "next_page": next});
    axum::Json(page).into_response()
}

async fn serve(anthropic: Anthropic) -> (SocketAddr, Shared) {
    let shared = Arc::new(Mutex::new(anthropic));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(answer).with_state(shared.clone());
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = hyper_util::service::TowerToHyperService::new(router.clone());
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(hyper_util::rt::TokioIo::new(stream), service),
            );
        }
    });
    (address, shared)
}

fn source(address: SocketAddr) -> ServerConfig {
    let source = ComplianceSource {
        name: "main".to_owned(),
        base_url: format!("http://{address}/"),
        key: format!("{KEY}\n"),
        organizations: vec!["org-1".to_owned()],
        kinds: vec![SessionKind::Local, SessionKind::Remote],
        workspace: "default".to_owned(),
        project: "alpha".to_owned(),
        interval: DEFAULT_INTERVAL,
        window: DEFAULT_WINDOW,
    };
    ServerConfig {
        compliance: vec![source],
        ..ServerConfig::default()
    }
}

fn session(id: &str, surface: &str, organization: &str, updated: &str) -> Value {
    json!({
        "type": "compliance_local_session", "id": id, "product_surface": surface, "organization_uuid": organization,
        "workspace_id": null, "created_at": "2026-11-17T09:00:00.000000Z", "updated_at": updated, "truncated": false,
        "user": {"id": "user_1", "email_address": "sample@example.com"},
    })
}

fn message(id: &str, role: &str, second: u32, content: &Value) -> Value {
    json!({
        "type": "compliance_local_session_message", "id": id, "role": role, "content": content, "model": null,
        "provenance": null, "created_at": format!("2026-11-17T09:00:{second:02}.000000Z"),
    })
}

fn said(id: &str, role: &str, second: u32, text: &str) -> Value {
    message(
        id,
        role,
        second,
        &json!([{"type": "text", "text": text, "truncated": false}]),
    )
}

/// A session with one tool call.
fn listing(prefix: &str, use_id: &str) -> Vec<Value> {
    vec![
        said(
            &format!("{prefix}1"),
            "user",
            1,
            "Which receipts are in the folder, and which month is missing?",
        ),
        message(
            &format!("{prefix}2"),
            "assistant",
            2,
            &json!([{"type": "tool_use", "id": use_id, "name": "Bash", "input": "{\"command\":\"ls\"}", "truncated": false}]),
        ),
        message(
            &format!("{prefix}3"),
            "user",
            3,
            &json!([{"type": "tool_result", "tool_use_id": use_id, "name": "Bash", "is_error": false, "content": [{"type": "text", "text": "a b"}], "truncated": false}]),
        ),
        said(&format!("{prefix}4"), "assistant", 4, "March is missing."),
        json!({"id": format!("{prefix}5"), "role": "user", "content": [], "created_at": "2026-11-17T09:00:05Z",
               "provenance": {"type": "content_unavailable", "reason": "not_captured"}}),
    ]
}

fn filled() -> Anthropic {
    let mut anthropic = Anthropic::default();
    anthropic.sessions.insert(
        "local",
        vec![
            (
                session("clls_1", "cowork", "org-1", "2026-11-17T09:00:05Z"),
                listing("clsm_a", "toolu_shared"),
            ),
            (
                session("clls_2", "claude_code", "org-1", "2026-11-17T09:00:05Z"),
                listing("clsm_b", "toolu_other"),
            ),
            (
                session("clls_3", "claude_code", "org-2", "2026-11-17T09:00:05Z"),
                listing("clsm_c", "toolu_third"),
            ),
        ],
    );
    let mut remote = session("cse_1", "cowork_remote", "org-1", "2026-11-17T09:00:05Z");
    remote["status"] = json!("archived");
    anthropic
        .sessions
        .insert("remote", vec![(remote, listing("csev_", "toolu_remote"))]);
    anthropic
}

const OK: &str = "argus_pulls_total{source=\"main\",result=\"ok\"}";

/// The session as a client told it.
async fn deliver_clients(server: &Server) {
    let line = |body: Value| json!({"version": 1, "source": "transcript", "session_id": "client-1", "body": body});
    let envelopes = [
        line(
            json!({"type": "user", "uuid": "u1", "parentUuid": null, "promptId": "p1", "sessionId": "client-1",
            "timestamp": "2026-11-17T09:00:01Z", "message": {"role": "user", "content": "Which receipts are in the folder, and which month is missing?"}}),
        ),
        line(
            json!({"type": "assistant", "uuid": "u2", "parentUuid": "u1", "sessionId": "client-1", "requestId": "r1",
            "timestamp": "2026-11-17T09:00:02Z", "message": {"id": "m1", "model": "claude-opus-5-5", "role": "assistant",
            "content": [{"type": "tool_use", "id": "toolu_shared", "name": "Bash", "input": {"command": "ls"}}]}}),
        ),
    ];
    let body = json!({"envelopes": envelopes}).to_string();
    let headers = [("content-type", JSON)];
    let reply = post(server.address, &server.key, "/v1/envelopes", &headers, body).await;
    assert_eq!(reply.json()["accepted"], 2, "{}", reply.text());
    assert!(server.workspace().wait_projected(PATIENCE));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_read_page_by_page_and_matched_to_the_clients() {
    let mut anthropic = filled();
    let busy = [
        "/v1/compliance/apps/sessions/local",
        "/v1/compliance/apps/sessions/local/clls_1/messages",
    ];
    anthropic.busy = busy.map(|path| (path.to_owned(), 2)).into();
    let (address, shared) = serve(anthropic).await;
    let server = Server::start().await;
    deliver_clients(&server).await;
    let server = server.restarted(source(address)).await;
    server.wait_for_metric(OK, |count| count == 1).await;
    let workspace = server.workspace();
    assert!(workspace.wait_projected(PATIENCE));

    let document = workspace.document("clls_1", 1_000).unwrap().unwrap();
    assert_eq!(document.session.client.surface.as_str(), "cowork");
    assert_eq!(
        document.session.user.email.as_deref(),
        Some("sample@example.com")
    );
    assert_eq!(document.session.projects, ["alpha"]);
    assert_eq!(document.turns.len(), 1);
    assert_eq!(document.turns[0].tool_calls, 1);
    let link = &document.session.links[0];
    assert_eq!(
        (link.kind.as_str(), link.session_id.as_deref()),
        ("same", Some("client-1"))
    );
    assert_eq!(link.evidence, "compliance_api.tool_use_ids");
    let conversation = workspace
        .conversation("client-1", &ReadScope::all())
        .unwrap();
    assert_eq!(conversation.sessions.len(), 2);

    let other = workspace.session("clls_2").unwrap().unwrap();
    assert!(
        other.links.is_empty(),
        "the same words at the same time are not enough: {other:?}"
    );
    let remote = workspace.session("cse_1").unwrap().unwrap();
    assert_eq!(remote.client.surface.as_str(), "cowork_remote");
    assert!(
        workspace.session("clls_3").unwrap().is_none(),
        "another organisation's"
    );
    let asked = shared.lock().unwrap().asked.clone();
    let lists = asked.iter().filter(|path| *path == busy[0]).count();
    assert_eq!(lists, 2 + 2, "twice told to wait, then two pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_cut_off_goes_on_and_only_what_went_on_is_read_again() {
    let mut anthropic = filled();
    let broken = "/v1/compliance/apps/sessions/local/clls_2/messages".to_owned();
    anthropic.broken.push(broken.clone());
    let (address, shared) = serve(anthropic).await;
    let server = Server::configured(source(address)).await;
    let failed = "argus_pulls_total{source=\"main\",result=\"unavailable\"}";
    server.wait_for_metric(failed, |count| count == 1).await;
    assert!(server.workspace().wait_projected(PATIENCE));
    assert_eq!(
        server
            .workspace()
            .session("clls_1")
            .unwrap()
            .unwrap()
            .totals
            .tool_calls,
        1
    );

    let asked_since = |shared: &Shared| std::mem::take(&mut shared.lock().unwrap().asked);
    let of = |asked: &[String], id: &str| asked.iter().filter(|path| path.contains(id)).count();
    asked_since(&shared);
    shared.lock().unwrap().broken.clear();
    let server = server.restarted(source(address)).await;
    server.wait_for_metric(OK, |count| count == 1).await;
    let asked = asked_since(&shared);
    assert_eq!(
        (
            of(&asked, "clls_1"),
            of(&asked, "clls_2"),
            of(&asked, "cse_1")
        ),
        (0, 3, 3)
    );

    // A day later one of them went on.
    {
        let mut anthropic = shared.lock().unwrap();
        let (changed, messages) = &mut anthropic.sessions.get_mut("local").unwrap()[1];
        changed["updated_at"] = json!("2026-11-18T10:00:00Z");
        messages.push(said("clsm_b6", "user", 6, "And in the year before?"));
    }
    let server = server.restarted(source(address)).await;
    server.wait_for_metric(OK, |count| count == 1).await;
    let asked = asked_since(&shared);
    assert_eq!(
        (
            of(&asked, "clls_1"),
            of(&asked, "clls_2"),
            of(&asked, "cse_1")
        ),
        (0, 3, 0)
    );
    let workspace = server.workspace();
    assert!(workspace.wait_projected(PATIENCE));
    assert_eq!(
        workspace
            .document("clls_2", 0)
            .unwrap()
            .unwrap()
            .turns
            .len(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_not_taken_is_said_and_nothing_is_stored() {
    let (address, shared) = serve(filled()).await;
    let mut config = source(address);
    config.compliance[0].key = "another".to_owned();
    let server = Server::configured(config).await;
    let refused = "argus_pulls_total{source=\"main\",result=\"key\"}";
    server.wait_for_metric(refused, |count| count == 1).await;
    assert_eq!(server.stored(), 0);
    assert_eq!(shared.lock().unwrap().asked.len(), 1);
}
