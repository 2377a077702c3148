//! Share links: what whoever has one sees, and when they see nothing any more.

use std::time::Duration;

use argus_server::Limits;
use argus_store::{Actor, Grant, NewReview, ReadScope, ReviewKind, Role};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::Server;
use crate::support::http::{Reply, ask};
use crate::support::people::Person;
use crate::support::sessions::texts;

const BASE: &str = "/api/v1/workspaces/default";
const SESSION: &str = "shared-session";
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

fn content() -> Value {
    json!({"tool_outputs": true, "thinking": true})
}

async fn start() -> (Server, Person) {
    let server = Server::start().await;
    server.put_session(SESSION, "alpha");
    let person = server.member(Role::Admin, None).await;
    (server, person)
}

impl Server {
    async fn share(&self, person: &Person, content: &Value, days: u32) -> (String, String) {
        let path = format!("{BASE}/sessions/{SESSION}/shares");
        let made = self
            .post(
                Some(&person.cookie),
                &path,
                &json!({"content": content, "days": days}),
            )
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
        let text = |name: &str| made.json()[name].as_str().unwrap().to_owned();
        (text("id"), text("path"))
    }

    /// Opens a link as a stranger does.
    async fn stranger(&self, path: &str) -> Reply {
        ask(self.address, "GET", path, &[], "").await
    }

    /// Opens a link, and takes no more than the beginning of its page.
    async fn opened_and_not_read(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut begun = [0; 12];
        stream.read_exact(&mut begun).await.unwrap();
        assert_eq!(&begun, b"HTTP/1.1 200");
        stream
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_the_session_to_a_stranger_and_each_opening_is_noted() {
    let (server, person) = start().await;
    let (id, path) = server.share(&person, &content(), 7).await;
    let acts = server.acts();
    let page = server.stranger(&path).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for turn in 1..=3 {
        for part in texts(turn) {
            assert!(text.contains(&part), "{part}");
        }
    }
    // Nothing of the person and the machine.
    assert!(!text.contains("the-folder"), "{text}");
    let policy = page.header("content-security-policy").to_owned();
    for part in ["default-src 'none'", "sandbox", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(
        !policy.contains("script-src") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(page.header("x-robots-tag").contains("noindex"));
    assert!(page.header("cache-control").contains("no-store"));
    server.stranger(&path).await;
    assert_eq!(server.acts(), acts + 2);
    let openings = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/shares/{id}/openings"),
        )
        .await
        .json();
    let openings = openings["items"].as_array().unwrap();
    assert_eq!(openings.len(), 2);
    assert_eq!(openings[0]["visitor"], openings[1]["visitor"]);
    let listed = server
        .get(Some(&person.cookie), &format!("{BASE}/shares"))
        .await
        .json();
    let row = &listed["items"][0];
    assert_eq!(
        (row["openings"].as_u64(), row["state"].as_str()),
        (Some(2), Some("open"))
    );
    let token = path.strip_prefix("/share/").unwrap();
    assert!(!listed.to_string().contains(token));
    // Of the token only the hash is kept.
    assert!(!files_hold(&server, token));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_holds_nothing_else() {
    let (server, person) = start().await;
    let turns = server.workspace().turns(SESSION).unwrap();
    let range = json!({"from_turn": turns[1].id, "to_turn": turns[1].id, "tool_outputs": false, "thinking": false});
    let (_, path) = server.share(&person, &range, 1).await;
    let text = server.stranger(&path).await.text();
    let [prompt, thought, input, output, answer] = texts(2);
    for part in [&prompt, &input, &answer] {
        assert!(text.contains(part.as_str()), "{part}");
    }
    for part in [thought, output].iter().chain(&texts(1)).chain(&texts(3)) {
        assert!(!text.contains(part.as_str()), "{part}");
    }
    // A turn that is told of later is in no range.
    assert!(
        text.contains("<title>Turn 2 of a session</title>"),
        "{text}"
    );
    let wrong = json!({"content": {"from_turn": "none", "to_turn": turns[1].id, "tool_outputs": false, "thinking": false}, "days": 1});
    let refused = server
        .post(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{SESSION}/shares"),
            &wrong,
        )
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_all_of_a_session_shows_no_turn_that_came_later() {
    let (server, person) = start().await;
    let (_, path) = server.share(&person, &content(), 7).await;
    server.put_prompt(SESSION, "alpha", "later", "what-nobody-looked-at");
    assert_eq!(server.workspace().turns(SESSION).unwrap().len(), 4);
    let text = server.stranger(&path).await.text();
    assert!(text.contains("the-prompt-of-turn-3"));
    assert!(!text.contains("what-nobody-looked-at"), "{text}");
    let listed = server
        .get(Some(&person.cookie), &format!("{BASE}/shares"))
        .await
        .json();
    assert_eq!(listed["items"][0]["turns"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_tells_of_other_turns_neither_by_a_summary_nor_by_what_is_said_of_the_whole() {
    let (server, person) = start().await;
    let line = |more: Value| {
        let mut line = json!({"sessionId": SESSION, "timestamp": "2026-11-10T10:03:30Z"});
        for (name, value) in more.as_object().unwrap() {
            line[name] = value.clone();
        }
        line
    };
    server.put_transcript(
        SESSION,
        "alpha",
        &[
            line(json!({"type": "system", "subtype": "compact_boundary", "uuid": "boundary", "parentUuid": null,
                "logicalParentUuid": format!("{SESSION}-3-a"), "content": "Conversation compacted",
                "compactMetadata": {"trigger": "manual", "preTokens": 1000}})),
            line(json!({"type": "user", "uuid": "summary", "parentUuid": "boundary", "isCompactSummary": true,
                "isVisibleInTranscriptOnly": true, "message": {"role": "user", "content": "the-summary-of-all"}})),
        ],
    );
    let verdict = NewReview {
        session_id: SESSION.to_owned(),
        kind: ReviewKind::Verdict,
        turn: None,
        word: "wrong".to_owned(),
        number: None,
        stands: true,
        queue_item: None,
        changes: None,
        body: json!({"reason": "the-reason-of-the-whole"}),
    };
    let by = Actor::account(&person.account.id);
    server
        .workspace()
        .write_review(verdict, &by, &ReadScope::all())
        .unwrap();
    let whole = json!({"tool_outputs": true, "thinking": true, "reviews": true});
    let (_, path) = server.share(&person, &whole, 1).await;
    let text = server.stranger(&path).await.text();
    for part in ["the-summary-of-all", "the-reason-of-the-whole"] {
        assert!(text.contains(part), "{part}");
    }
    let turns = server.workspace().turns(SESSION).unwrap();
    let mut range = whole.clone();
    range["from_turn"] = json!(turns[1].id);
    range["to_turn"] = json!(turns.last().unwrap().id);
    let (_, path) = server.share(&person, &range, 1).await;
    let text = server.stranger(&path).await.text();
    for part in ["the-summary-of-all", "the-reason-of-the-whole"] {
        assert!(!text.contains(part), "{part}");
    }
    assert!(text.contains("Context compacted here") && text.contains("What was kept is left out"));
    for (asked, left_out) in [(&whole, 0), (&range, 1)] {
        let path = format!("{BASE}/sessions/{SESSION}/shares/preview");
        let looked = server.post(Some(&person.cookie), &path, asked).await.json();
        assert_eq!(looked["summaries_left_out"], left_out, "{looked}");
    }
    assert!(text.contains("Reviews of the session as a whole are left out"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_masked_is_nowhere_and_the_preview_is_what_the_link_shows() {
    let (server, person) = start().await;
    let masked = json!({"tool_outputs": true, "thinking": true, "words": ["THE-PROMPT"], "patterns": ["answer-of-turn-\\d"]});
    let looked = server
        .post(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{SESSION}/shares/preview"),
            &masked,
        )
        .await;
    assert_eq!(looked.status, 200, "{}", looked.text());
    let looked = looked.json();
    assert!(looked["masked"].as_u64().unwrap() >= 6, "{looked}");
    let preview = format!(
        "{BASE}/share-previews/{}",
        looked["preview"].as_str().unwrap()
    );
    let page = server.get(Some(&person.cookie), &preview).await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'self'")
    );
    assert_eq!(page.text().len() as u64, looked["bytes"].as_u64().unwrap());
    let (_, path) = server.share(&person, &masked, 1).await;
    let shown = server.stranger(&path).await.text();
    let without_time = |text: &str| {
        let (head, tail) = text.split_once("Shown by Argus at ").unwrap();
        head.to_owned() + tail.split_once(" UTC. Times").unwrap().1
    };
    assert_eq!(without_time(&page.text()), without_time(&shown));
    assert!(
        !shown.contains("the-prompt") && !shown.contains("answer-of-turn"),
        "{shown}"
    );
    assert!(shown.contains("the-output-of-turn-1"));
    // Somebody else's preview is nobody's.
    let other = server.member(Role::Owner, None).await;
    assert_eq!(server.get(Some(&other.cookie), &preview).await.status, 404);
    let broken = json!({"tool_outputs": true, "thinking": true, "patterns": ["("]});
    let refused = server
        .post(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{SESSION}/shares/preview"),
            &broken,
        )
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_over_shows_nothing() {
    let (server, person) = start().await;
    let (id, path) = server.share(&person, &content(), 1).await;
    server.clock.advance(DAY_US + 60_000_000);
    let over = server.stranger(&path).await;
    assert_eq!(over.status, 410);
    assert!(!over.text().contains("the-prompt"));

    // The sign-in is over as well by then.
    let person = server.signed_in(person.account.clone()).await;
    let (revoked, path) = server.share(&person, &content(), 90).await;
    let gone = server
        .send(
            "DELETE",
            Some(&person.cookie),
            &format!("{BASE}/shares/{revoked}"),
            &json!({}),
        )
        .await;
    assert_eq!(gone.status, 204);
    assert_eq!(server.stranger(&path).await.status, 410);
    let states = server
        .get(Some(&person.cookie), &format!("{BASE}/shares"))
        .await
        .json();
    let state = |wanted: &str| {
        let items = states["items"].as_array().unwrap();
        items.iter().find(|row| row["id"] == wanted).unwrap()["state"].clone()
    };
    assert_eq!(
        (state(&id), state(&revoked)),
        (json!("expired"), json!("revoked"))
    );
    let long = json!({"content": content(), "days": 91});
    let refused = server
        .post(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{SESSION}/shares"),
            &long,
        )
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_with_the_right_of_who_made_it() {
    let (server, person) = start().await;
    let workspace = server.workspace();
    let grant = |role, projects: Option<&str>| Grant {
        role,
        projects: projects.map(|project| vec![project.to_owned()]),
    };
    for (after, status) in [
        (None, 410),
        (Some(grant(Role::Reviewer, None)), 410),
        (Some(grant(Role::Admin, Some("beta"))), 410),
        (Some(grant(Role::Admin, Some("alpha"))), 200),
    ] {
        let maker = server.member(Role::Admin, None).await;
        let (id, path) = server.share(&maker, &content(), 7).await;
        assert_eq!(server.stranger(&path).await.status, 200);
        let held = workspace.member(&maker.account.id).unwrap().unwrap();
        let by = Actor::system();
        match &after {
            None => workspace.remove_member(&held, &by).unwrap(),
            Some(grant) => {
                workspace.change_member(&held, grant, &by).unwrap();
            }
        }
        let acts = server.acts();
        assert_eq!(server.stranger(&path).await.status, status, "{after:?}");
        let state = if status == 200 { "open" } else { "lapsed" };
        let listed = server
            .get(Some(&person.cookie), &format!("{BASE}/shares"))
            .await
            .json();
        let items = listed["items"].as_array().unwrap();
        let row = items.iter().find(|row| row["id"] == json!(id)).unwrap();
        assert_eq!(row["state"], state, "{after:?}");
        assert_eq!(server.acts(), acts + u64::from(status == 200));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_token_leads_nowhere() {
    let (server, person) = start().await;
    let (_, path) = server.share(&person, &content(), 1).await;
    let mut wrong = path.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == 'A' { 'B' } else { 'A' });
    for path in [
        wrong.as_str(),
        "/share/none",
        "/share/argus_sl_00000000_0000000000000000000000000000000000000000000",
    ] {
        let reply = server.stranger(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.header("content-security-policy").contains("sandbox"));
    }
    // A link's token is no key.
    let token = path.strip_prefix("/share/").unwrap();
    let headers = [("authorization".to_owned(), format!("Bearer {token}"))];
    let asked = ask(
        server.address,
        "GET",
        &format!("{BASE}/sessions"),
        &headers,
        "",
    )
    .await;
    assert_eq!(asked.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_or_opens_too_often_is_slowed_down() {
    let server = Server::start().await;
    for _ in 0..120 {
        assert_eq!(server.stranger("/share/none").await.status, 404);
    }
    let reply = server.stranger("/share/none").await;
    assert_eq!(reply.status, 429);
    assert_eq!(reply.header("retry-after"), "900");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_link_is_shown_twice_at_a_time_and_takes_no_other_ones_place() {
    let (server, person) = start().await;
    // More than what is sent on its way holds.
    let lines: Vec<Value> = (0..60)
        .map(|n| {
            json!({"type": "user", "uuid": format!("long-{n}"), "parentUuid": null, "promptId": format!("long-{n}"),
                "sessionId": SESSION, "timestamp": "2026-11-10T12:00:00Z",
                "message": {"role": "user", "content": "x".repeat(250_000)}})
        })
        .collect();
    server.put_transcript(SESSION, "alpha", &lines);
    let (_, path) = server.share(&person, &content(), 7).await;
    let turns = server.workspace().turns(SESSION).unwrap();
    let one = json!({"from_turn": turns[0].id, "to_turn": turns[0].id, "tool_outputs": true, "thinking": true});
    let (_, other) = server.share(&person, &one, 7).await;
    let acts = server.acts();
    let _taken = [
        server.opened_and_not_read(&path).await,
        server.opened_and_not_read(&path).await,
    ];
    let third = server.stranger(&path).await;
    assert_eq!(third.status, 503);
    assert!(
        third
            .text()
            .contains("as often at a time as one link may be")
    );
    assert_eq!(third.header("retry-after"), "10");
    assert_eq!(server.stranger(&other).await.status, 200);
    // What is not shown is no opening.
    assert_eq!(server.acts(), acts + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_takes_too_long_is_said_to_be_the_servers_fault() {
    let server = Server::with(Limits {
        share_page_within: Duration::ZERO,
        ..Limits::default()
    })
    .await;
    server.put_session(SESSION, "alpha");
    let person = server.member(Role::Admin, None).await;
    let (_, path) = server.share(&person, &content(), 7).await;
    let late = server.stranger(&path).await;
    assert_eq!(late.status, 503);
    assert!(late.text().contains("That is its fault, not yours"));
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_the_session_takes_its_links_along() {
    let (server, person) = start().await;
    let (_, path) = server.share(&person, &content(), 7).await;
    assert_eq!(server.stranger(&path).await.status, 200);
    server
        .workspace()
        .erase_session(SESSION, &Actor::system())
        .unwrap();
    assert_eq!(server.stranger(&path).await.status, 404);
    let listed = server
        .get(Some(&person.cookie), &format!("{BASE}/shares"))
        .await
        .json();
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_bound_to_a_project_shares_and_sees_links_of_that_project_only() {
    let (server, person) = start().await;
    let (id, _) = server.share(&person, &content(), 7).await;
    let bound = server.member(Role::Admin, Some(&["beta"])).await;
    let cookie = Some(bound.cookie.as_str());
    let listed = server.get(cookie, &format!("{BASE}/shares")).await.json();
    assert_eq!(listed["items"], json!([]));
    let asked = json!({"content": content(), "days": 1});
    let made = server
        .post(cookie, &format!("{BASE}/sessions/{SESSION}/shares"), &asked)
        .await;
    assert_eq!(made.status, 404);
    assert_eq!(
        server
            .get(cookie, &format!("{BASE}/shares/{id}/openings"))
            .await
            .status,
        404
    );
    let gone = server
        .send("DELETE", cookie, &format!("{BASE}/shares/{id}"), &json!({}))
        .await;
    assert_eq!(gone.status, 404);
}

fn files_hold(server: &Server, text: &str) -> bool {
    fn walk(folder: &std::path::Path, text: &[u8]) -> bool {
        std::fs::read_dir(folder).unwrap().any(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                return walk(&path, text);
            }
            // The socket is no file.
            std::fs::read(&path)
                .is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text))
        })
    }
    walk(&server.folder.path().join("data"), text.as_bytes())
}
