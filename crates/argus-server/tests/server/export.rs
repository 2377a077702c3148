//! Exports: what a reader may read, in each format, noted before it leaves.

use argus_server::Limits;
use argus_store::{Actor, NewReview, ReadScope, ReviewKind, Role};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::sessions::texts;
use crate::support::{PATIENCE, Server};

const BASE: &str = "/api/v1/workspaces/default/export";

#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_out_in_every_format_and_is_noted() {
    let server = Server::start().await;
    server.put_session("s1", "alpha");
    let person = server.member(Role::Reviewer, None).await;
    for (format, media_type, name) in [
        ("html", "text/html", "session-s1.html"),
        ("md", "text/markdown", "session-s1.md"),
        ("jsonl", "application/jsonl", "argus-sessions.jsonl"),
        ("csv", "text/csv", "argus-sessions.csv"),
    ] {
        let acts = server.acts();
        let reply = server
            .get(
                Some(&person.cookie),
                &format!("{BASE}?format={format}&session=s1"),
            )
            .await;
        assert_eq!(reply.status, 200, "{format}: {}", reply.text());
        assert!(
            reply.header("content-type").starts_with(media_type),
            "{format}"
        );
        assert_eq!(
            reply.header("content-disposition"),
            format!("attachment; filename=\"{name}\"")
        );
        assert!(reply.text().contains("the-prompt-of-turn-1"), "{format}");
        // That it was looked at is noted once in a while, each export by itself.
        assert!(server.acts() > acts, "{format}");
    }
    let whole = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}?format=jsonl&session=s1"),
        )
        .await
        .text();
    let document: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(document["turns"].as_array().unwrap().len(), 3);
    assert!(document["turns"][2]["steps"].as_array().unwrap().len() >= 4);
    assert_eq!(document["reviews"], json!([]));
    let less = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}?format=md&session=s1&outputs=false&thinking=false"),
        )
        .await
        .text();
    let [prompt, thought, input, output, answer] = texts(2);
    assert!(less.contains(&prompt) && less.contains(&input) && less.contains(&answer));
    assert!(!less.contains(&thought) && !less.contains(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sessions_go_out_as_far_as_their_reader_may_read() {
    let server = Server::start().await;
    for (id, project) in [("s1", "alpha"), ("s2", "alpha"), ("s3", "beta")] {
        server.put_session(id, project);
    }
    let all = server.member(Role::Auditor, None).await;
    let bound = server.member(Role::Reviewer, Some(&["alpha"])).await;
    let lines = async |cookie: &str, query: &str| {
        let reply = server.get(Some(cookie), &format!("{BASE}?{query}")).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.text().lines().count()
    };
    assert_eq!(lines(&all.cookie, "format=jsonl&filter=").await, 3);
    assert_eq!(lines(&bound.cookie, "format=jsonl&filter=").await, 2);
    assert_eq!(lines(&bound.cookie, "format=csv&filter=").await, 3);
    assert_eq!(
        lines(&all.cookie, "format=csv&table=turns&filter=project:beta").await,
        4
    );
    let archive = server
        .get(Some(&all.cookie), &format!("{BASE}?format=html&filter="))
        .await;
    assert_eq!(archive.header("content-type"), "application/zip");
    assert!(archive.body.starts_with(b"PK"));
    for (query, status) in [
        ("format=jsonl&session=s3", 404),
        ("format=jsonl&filter=project:beta", 404),
        ("format=jsonl&filter=nokey:x", 400),
        ("format=pdf&filter=", 400),
        ("format=csv&table=people&filter=", 400),
        ("format=csv", 400),
        ("format=csv&filter=&session=s1", 400),
    ] {
        let reply = server
            .get(Some(&bound.cookie), &format!("{BASE}?{query}"))
            .await;
        assert_eq!(reply.status, status, "{query}");
    }
    let viewer = server.member(Role::Viewer, None).await;
    let refused = server
        .get(Some(&viewer.cookie), &format!("{BASE}?format=csv&filter="))
        .await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reviewed_blind_is_exported_to_its_author_only() {
    let server = Server::start().await;
    server.put_session("s1", "alpha");
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let verdict = NewReview {
        session_id: "s1".to_owned(),
        kind: ReviewKind::Verdict,
        turn: None,
        word: "wrong".to_owned(),
        number: None,
        stands: true,
        queue_item: None,
        changes: None,
        body: json!({"reason": "canary-of-a-reason"}),
    };
    let actor = Actor::account(&ada.account.id);
    server
        .workspace()
        .write_review(verdict, &actor, &ReadScope::all())
        .unwrap();
    server
        .workspace()
        .review_blind_for_test("s1", true)
        .unwrap();
    // That there may be more than is told is said; what is not known is no zero.
    for (format, says) in [
        ("jsonl", "\"reviews_blind\":true"),
        ("md", "is being reviewed blind"),
        ("html", "is being reviewed blind"),
        ("csv", ",single_witness,,,,,"),
    ] {
        let path = format!("{BASE}?format={format}&session=s1");
        let text = server.get(Some(&bo.cookie), &path).await.text();
        assert!(text.contains(says), "{format}: {text}");
    }
    for format in ["jsonl", "md", "html", "csv&table=verdicts"] {
        for (person, sees) in [(&ada, true), (&bo, false)] {
            let path = format!("{BASE}?format={format}&session=s1");
            let text = server.get(Some(&person.cookie), &path).await.text();
            assert_eq!(text.contains("canary-of-a-reason"), sees, "{format}");
        }
    }
    server
        .workspace()
        .review_blind_for_test("s1", false)
        .unwrap();
    let path = format!("{BASE}?format=md&session=s1");
    let text = server.get(Some(&bo.cookie), &path).await.text();
    assert!(text.contains("canary-of-a-reason"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_whose_reader_goes_away_ends_is_noted_and_makes_room() {
    let server = Server::with(Limits {
        downloads_max: 1,
        ..Limits::default()
    })
    .await;
    // More than what is sent on its way holds.
    let lines: Vec<Value> = (0..60)
        .map(|n| {
            json!({"type": "user", "uuid": format!("long-{n}"), "parentUuid": null, "promptId": format!("long-{n}"),
                "sessionId": "long", "timestamp": "2026-11-10T12:00:00Z",
                "message": {"role": "user", "content": "x".repeat(250_000)}})
        })
        .collect();
    server.put_transcript("long", "alpha", &lines);
    server.put_session("s1", "alpha");
    let person = server.member(Role::Auditor, None).await;
    let acts = server.acts();
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!(
        "GET {BASE}?format=jsonl&filter= HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n",
        server.address, person.cookie
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut begun = [0; 12];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200");
    // That it began, and which sessions: both before their first byte.
    let noted = server.acts();
    assert!(noted > acts, "{noted}");
    let one = format!("{BASE}?format=csv&session=s1");
    let cookie = Some(person.cookie.as_str());
    assert_eq!(server.get(cookie, &one).await.status, 503);
    drop(stream);
    let room = async {
        while server.get(cookie, &one).await.status == 503 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, room).await.unwrap();
    assert_eq!(server.get(cookie, &one).await.status, 200);
}
