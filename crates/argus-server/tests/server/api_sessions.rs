//! Sessions over the API: what is delivered is read, in pages, by those who may.

use argus_server::ingest::otlp::Signal;
use argus_store::{Actor, KeyScope, Role};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;

use crate::support::http::{ask, begin_head, head_of, post};
use crate::support::payload::{JSON, payload};
use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default";

impl Server {
    /// Delivers telemetry of a session with this key, and waits until it can be read.
    pub(crate) async fn deliver(&self, key: &str, session: &str, count: usize) {
        let body = payload(Signal::Logs, session, count, 0).json;
        let reply = post(
            self.address,
            key,
            "/v1/logs",
            &[("content-type", JSON)],
            body,
        )
        .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(self.workspace().wait_projected(PATIENCE));
    }

    pub(crate) fn key_for(&self, project: &str, user: Option<&str>) -> String {
        self.store
            .create_key(
                "default",
                KeyScope::Ingest,
                &[project.to_owned()],
                user,
                &Actor::system(),
            )
            .unwrap()
            .token
    }

    /// Delivers the telemetry of a recording of the real client.
    pub(crate) async fn deliver_recording(&self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../e2e/recordings")
            .join(name)
            .join("otlp");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            for signal in ["logs", "traces", "metrics"] {
                if name.ends_with(&format!("-{signal}.json")) {
                    let body = std::fs::read(&file).unwrap();
                    let path = format!("/v1/{signal}");
                    let headers = [("content-type", JSON)];
                    let reply = post(self.address, &self.key, &path, &headers, body).await;
                    assert_eq!(reply.status, 200, "{}", reply.text());
                }
            }
        }
        assert!(self.workspace().wait_projected(PATIENCE));
    }

    pub(crate) async fn listed(&self, cookie: &str, query: &str) -> Vec<String> {
        let reply = self
            .get(Some(cookie), &format!("{BASE}/sessions{query}"))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let mut ids: Vec<String> = reply.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_read_from_its_head_to_its_texts() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server.deliver_recording("subagent").await;
    let [id] = server.listed(&person.cookie, "").await.try_into().unwrap();
    let at = |path: &str| format!("{BASE}/sessions/{id}{path}");
    let head = server.get(Some(&person.cookie), &at("")).await.json();
    assert_eq!(
        (&head["id"], &head["live"]),
        (&Value::from(id.as_str()), &Value::from(true))
    );
    let turns = server.get(Some(&person.cookie), &at("/turns")).await.json();
    let steps = server
        .get(Some(&person.cookie), &at("/steps?limit=500"))
        .await
        .json();
    let count: u64 = turns["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| turn["step_count"].as_u64().unwrap())
        .sum();
    assert_eq!(steps["total"].as_u64().unwrap(), count);
    let rows = steps["items"].as_array().unwrap();
    assert_eq!(rows.len() as u64, count);
    assert!(count > 1, "{steps}");
    // One by one gives the same as all at once, and each is found by its id at its place.
    for (index, row) in rows.iter().enumerate() {
        let alone = server
            .get(
                Some(&person.cookie),
                &at(&format!("/steps?offset={index}&limit=1")),
            )
            .await
            .json();
        assert_eq!(alone["items"][0], *row);
        let id = row["step"]["id"]
            .as_str()
            .unwrap()
            .replace('/', "%2F")
            .replace(':', "%3A");
        let found = server
            .get(Some(&person.cookie), &at(&format!("/steps/{id}")))
            .await
            .json();
        assert_eq!(
            (&found["index"], &found["turn_id"]),
            (&row["index"], &row["turn_id"]),
            "{id}"
        );
    }
    // Every agent's steps, each once.
    let mut agents: Vec<String> = head["agents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|agent| agent["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(agents.len(), 2, "{head}");
    agents.push("main".to_owned());
    let mut parts = 0;
    for agent in agents {
        let of_agent = |range: &str| at(&format!("/steps?agent={agent}&{range}"));
        let all = server
            .get(Some(&person.cookie), &of_agent("limit=500"))
            .await
            .json();
        let items = all["items"].as_array().unwrap();
        assert_eq!(all["total"], items.len() as u64);
        assert!(!items.is_empty(), "{agent}");
        for (index, item) in items.iter().enumerate() {
            assert_eq!(item["index"], index as u64);
            let by = item["step"]["agent_id"].as_str().unwrap_or("main");
            assert_eq!(by, agent);
        }
        let second = server
            .get(Some(&person.cookie), &of_agent("limit=1&offset=1"))
            .await
            .json();
        assert_eq!(second["items"][0], items[1], "{agent}");
        parts += items.len() as u64;
    }
    assert_eq!(parts, count);
    for path in [
        "/turns/nothing",
        "/steps/nothing",
        "/steps/nothing/content?field=text",
    ] {
        assert_eq!(
            server.get(Some(&person.cookie), &at(path)).await.status,
            404,
            "{path}"
        );
    }
    for (path, said) in [
        ("?sort=x", "this is no sort"),
        ("?filter=nokey:1", "\"nokey\""),
        ("?cursor=x", "cursor"),
        ("?limit=x", "the parameter \"limit\" is not"),
        ("?unknown=1", "there is no parameter \"unknown\" here"),
        ("?limit=1&limit=2", "\"limit\" is there more than once"),
    ] {
        let reply = server
            .get(Some(&person.cookie), &format!("{BASE}/sessions{path}"))
            .await;
        assert_eq!(reply.status, 400, "{path}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem = reply.json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(said), "{path}: {detail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_every_step_is_is_told_in_a_few_characters() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server.deliver_recording("subagent").await;
    let [id] = server.listed(&person.cookie, "").await.try_into().unwrap();
    let at = |path: &str| format!("{BASE}/sessions/{id}{path}");
    let steps = server
        .get(Some(&person.cookie), &at("/steps?limit=500"))
        .await
        .json();
    let rows = steps["items"].as_array().unwrap();
    let kinds = server
        .get(Some(&person.cookie), &at("/step-kinds"))
        .await
        .json();
    let letters = kinds["kinds"].as_str().unwrap();
    let flags = kinds["flags"].as_str().unwrap();
    assert_eq!((letters.len(), flags.len()), (rows.len(), rows.len()));
    assert!(flags.contains('4'), "{flags}");
    let mut calls = 0;
    for (place, row) in rows.iter().enumerate() {
        let step = &row["step"];
        let letter = match step["kind"].as_str().unwrap() {
            "prompt" => "p",
            "thinking" => "t",
            "text" => "x",
            "tool_call" => "c",
            "skill" => "s",
            "permission" => "m",
            "compaction" => "k",
            "model_request" => "r",
            "notice" => "n",
            _ => "e",
        };
        assert_eq!(&letters[place..=place], letter, "{step}");
        let flag: u8 = flags[place..=place].parse().unwrap();
        assert_eq!(flag & 1 != 0, step["is_error"].as_bool().unwrap_or(false));
        assert_eq!(flag & 2 != 0, step["tool"]["decision"] == "reject");
        assert_eq!(flag & 4 != 0, !step["agent_id"].is_null());
        if letter == "c" {
            let name = usize::try_from(kinds["tools"][calls].as_i64().unwrap()).unwrap();
            assert_eq!(kinds["names"][name], step["tool"]["name"]);
            let took = step["duration_us"].as_i64().unwrap_or(-1);
            assert_eq!(kinds["durations_us"][calls], took);
            calls += 1;
        }
    }
    assert!(calls > 0);
    assert_eq!(kinds["tools"].as_array().unwrap().len(), calls);

    let agent = rows
        .iter()
        .find_map(|row| row["step"]["agent_id"].as_str())
        .unwrap();
    for of in [agent, "main"] {
        let own = server
            .get(
                Some(&person.cookie),
                &at(&format!("/step-kinds?agent={of}")),
            )
            .await
            .json();
        let total = server
            .get(
                Some(&person.cookie),
                &at(&format!("/steps?agent={of}&limit=1")),
            )
            .await
            .json()["total"]
            .as_u64()
            .unwrap();
        assert_eq!(own["kinds"].as_str().unwrap().len() as u64, total, "{of}");
        assert!(!own["flags"].as_str().unwrap().contains('4'), "{of}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_comes_in_pages() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    for n in 0..5 {
        server.deliver(&server.key, &format!("s-{n}"), 1).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = server
            .get(
                Some(&person.cookie),
                &format!("{BASE}/sessions?limit=2{cursor}"),
            )
            .await
            .json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    seen.sort();
    assert_eq!(seen, ["s-0", "s-1", "s-2", "s-3", "s-4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_is_not_sent_again() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server.deliver(&server.key, "s-1", 2).await;
    let paths = [
        "/sessions",
        "/sessions/s-1/turns",
        "/sessions/s-1/steps",
        "/names/tool",
    ];
    for (count, path) in (10..).zip(paths) {
        let path = format!("{BASE}{path}");
        let etag = server
            .get(Some(&person.cookie), &path)
            .await
            .header("etag")
            .to_owned();
        assert!(!etag.is_empty(), "{path}");
        let headers = [
            ("cookie".to_owned(), person.cookie.clone()),
            ("if-none-match".to_owned(), etag),
        ];
        let again = ask(server.address, "GET", &path, &headers, "").await;
        assert_eq!(again.status, 304, "{path}");
        assert!(again.body.is_empty());
        server.deliver(&server.key, "s-1", count).await;
        server
            .deliver(&server.key, &format!("another-{count}"), 1)
            .await;
        let changed = ask(server.address, "GET", &path, &headers, "").await;
        // No tool was called: nothing is new there.
        assert_eq!(
            changed.status,
            if path.ends_with("tool") { 304 } else { 200 },
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_projects_reads_those_alone() {
    let server = Server::start().await;
    let alpha = server.member(Role::Viewer, Some(&["alpha"])).await;
    let both = server.member(Role::Viewer, Some(&["alpha", "beta"])).await;
    let all = server.member(Role::Auditor, None).await;
    let (beta, unassigned) = (
        server.key_for("beta", None),
        server.key_for("unassigned", None),
    );
    server.deliver(&server.key, "in-alpha", 2).await;
    server.deliver(&beta, "in-beta", 2).await;
    server.deliver(&server.key, "in-both", 2).await;
    server.deliver(&beta, "in-both", 2).await;
    server.deliver(&unassigned, "in-none", 2).await;
    assert_eq!(server.listed(&alpha.cookie, "").await, ["in-alpha"]);
    assert_eq!(
        server.listed(&both.cookie, "").await,
        ["in-alpha", "in-beta", "in-both"]
    );
    assert_eq!(
        server.listed(&all.cookie, "").await,
        ["in-alpha", "in-beta", "in-both", "in-none"]
    );
    assert_eq!(
        server.listed(&alpha.cookie, "?filter=project:beta").await,
        Vec::<String>::new()
    );
    for session in ["in-beta", "in-both", "in-none", "nowhere"] {
        for path in [
            "",
            "/turns",
            "/steps",
            "/errors",
            "/step-kinds",
            "/conversation",
            "/turns/none",
            "/steps/x",
            "/steps/x/content?field=text",
            "/steps/x/download?field=text",
        ] {
            let reply = server
                .get(
                    Some(&alpha.cookie),
                    &format!("{BASE}/sessions/{session}{path}"),
                )
                .await;
            assert_eq!(reply.status, 404, "{session}{path}");
            assert!(
                reply.text().contains("no such session"),
                "{session}{path}: {}",
                reply.text()
            );
        }
    }
    let projects = server
        .get(Some(&alpha.cookie), &format!("{BASE}/projects"))
        .await
        .json();
    assert_eq!(
        projects["items"],
        serde_json::json!([{"name": "alpha", "sessions": 1}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_reads_what_their_own_key_delivered_and_no_claim() {
    let server = Server::start().await;
    let member = server.member(Role::Member, None).await;
    let own = server.key_for("alpha", Some(&member.account.email));
    let others = server.key_for("alpha", Some("else@example.org"));
    server.deliver(&own, "mine", 2).await;
    server.deliver(&others, "theirs", 2).await;
    server.deliver(&server.key, "claimed", 2).await;
    // Delivering into somebody else's session makes it nobody's own.
    server.deliver(&own, "theirs", 3).await;
    server.deliver(&own, "claimed", 3).await;
    assert_eq!(server.listed(&member.cookie, "").await, ["mine"]);
    for session in ["theirs", "claimed"] {
        let reply = server
            .get(Some(&member.cookie), &format!("{BASE}/sessions/{session}"))
            .await;
        assert_eq!(reply.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_is_an_act_once_in_ten_minutes() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let other = server.member(Role::Auditor, None).await;
    server.deliver(&server.key, "s-1", 2).await;
    let acts = || server.acts();
    let before = acts();
    for path in ["", "/turns", "/steps", ""] {
        server
            .get(Some(&person.cookie), &format!("{BASE}/sessions/s-1{path}"))
            .await;
    }
    assert_eq!(acts(), before + 1);
    server
        .get(Some(&other.cookie), &format!("{BASE}/sessions/s-1"))
        .await;
    assert_eq!(acts(), before + 2);
    server
        .get(Some(&person.cookie), &format!("{BASE}/sessions"))
        .await;
    assert_eq!(acts(), before + 2, "a list shows no session");
    server.clock.advance(11 * 60_000_000);
    server
        .get(Some(&person.cookie), &format!("{BASE}/sessions/s-1"))
        .await;
    assert_eq!(acts(), before + 3);
}

/// The data of the next event on a stream.
pub(crate) async fn event(stream: &mut tokio::net::TcpStream) -> (String, Value) {
    let mut text = String::new();
    let mut byte = [0];
    let mut id = String::new();
    loop {
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut byte))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(read, 1, "the stream is over: {text}");
        text.push(char::from(byte[0]));
        if !text.ends_with('\n') {
            continue;
        }
        if let Some(value) = text.trim().strip_prefix("id: ") {
            id = value.to_owned();
        }
        if let Some(data) = text.trim().strip_prefix("data: ") {
            return (id, serde_json::from_str(data).unwrap());
        }
        text.clear();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_and_taken_up_again() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, Some(&["alpha"])).await;
    let beta = server.key_for("beta", None);
    let open = async |last: Option<&str>| {
        let last = last.map_or_else(String::new, |id| format!("last-event-id: {id}\r\n"));
        let head = format!(
            "GET {BASE}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncookie: {}\r\n{last}\r\n",
            person.cookie
        );
        let mut stream = begin_head(server.address, &head).await;
        let head = head_of(&mut stream).await;
        assert!(head.contains("text/event-stream"), "{head}");
        stream
    };
    let mut stream = open(None).await;
    // At once, with its place.
    let (_, ready) = event(&mut stream).await;
    assert_eq!(ready, serde_json::json!({}));
    server.deliver(&beta, "hidden", 2).await;
    server.deliver(&server.key, "s-1", 2).await;
    let (id, data) = event(&mut stream).await;
    assert_eq!(data["sessions"], serde_json::json!(["s-1"]));
    drop(stream);
    server.deliver(&server.key, "s-2", 2).await;
    let mut stream = open(Some(&id)).await;
    assert_eq!(
        event(&mut stream).await.1["sessions"],
        serde_json::json!(["s-2"])
    );
    // Something that may be on the page is gone: it is not named.
    server
        .workspace()
        .erase_session("s-1", &Actor::system())
        .unwrap();
    assert_eq!(event(&mut stream).await.1, serde_json::json!({}));
    // Who may read no more hears no more.
    let store = server.store.clone();
    for sign_in in store.sign_ins(&person.account.id).unwrap() {
        store.end_sign_in(&person.account.id, &sign_in.id).unwrap();
    }
    server.deliver(&server.key, "s-3", 2).await;
    let mut rest = Vec::new();
    tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest))
        .await
        .unwrap()
        .unwrap();
    assert!(!String::from_utf8_lossy(&rest).contains("s-3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_reader_has_so_many_streams() {
    let server = Server::with(argus_server::Limits {
        reader_streams_max: 2,
        ..argus_server::Limits::default()
    })
    .await;
    let person = server.member(Role::Viewer, None).await;
    let open = async || {
        let head = format!(
            "GET {BASE}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncookie: {}\r\n\r\n",
            person.cookie
        );
        let mut stream = begin_head(server.address, &head).await;
        let head = head_of(&mut stream).await;
        (stream, head[9..12].to_owned())
    };
    let (mut first, second, third) = (open().await, open().await, open().await);
    assert_eq!([&first.1, &second.1, &third.1], ["200", "200", "200"]);
    // The oldest ends; the others go on.
    let mut rest = Vec::new();
    tokio::time::timeout(PATIENCE, first.0.read_to_end(&mut rest))
        .await
        .unwrap()
        .unwrap();
    let (mut second, mut third) = (second.0, third.0);
    server.deliver(&server.key, "s-1", 1).await;
    for stream in [&mut second, &mut third] {
        while event(stream).await.1 == serde_json::json!({}) {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_comes_in_pieces_and_as_a_file() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    server.deliver_recording("subagent").await;
    let [id] = server.listed(&person.cookie, "").await.try_into().unwrap();
    let steps = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{id}/steps?limit=500"),
        )
        .await
        .json();
    let step = steps["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["step"])
        .find(|step| step["tool"]["input"].is_object())
        .unwrap();
    let at = |rest: &str| {
        format!(
            "{BASE}/sessions/{id}/steps/{}/{rest}",
            step["id"].as_str().unwrap()
        )
    };
    let (mut text, mut offset) = (String::new(), 0);
    loop {
        let piece = server
            .get(
                Some(&person.cookie),
                &at(&format!("content?field=input&length=7&offset={offset}")),
            )
            .await
            .json();
        text.push_str(piece["text"].as_str().unwrap());
        let Some(next) = piece["next_offset"].as_u64() else {
            assert_eq!(piece["bytes_total"], text.len() as u64);
            break;
        };
        offset = next;
    }
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read, step["tool"]["input"]);
    let file = server
        .get(Some(&person.cookie), &at("download?field=input"))
        .await;
    assert_eq!(file.text(), text);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"argus-input.txt\""
    );
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(
        server
            .get(Some(&person.cookie), &at("download?field=nothing"))
            .await
            .status,
        400
    );
}
