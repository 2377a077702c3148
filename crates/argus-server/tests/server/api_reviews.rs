//! Judging over the API: verdicts, tags, comments, corrected answers, mentions; by those who may, of what they may read.

use argus_store::{Actor, Role};
use serde_json::{Value, json};

use crate::api_sessions::event;
use crate::support::Server;
use crate::support::http::{Reply, begin_head, head_of};
use crate::support::people::Person;

const BASE: &str = "/api/v1/workspaces/default";

impl Server {
    async fn judge(&self, by: &Person, session: &str, what: &str, body: Value) -> Reply {
        let path = format!("{BASE}/sessions/{session}/{what}");
        self.post(Some(&by.cookie), &path, &body).await
    }

    /// Judges, and what comes of it.
    async fn judged(&self, by: &Person, session: &str, what: &str, body: Value) -> Value {
        let reply = self.judge(by, session, what, body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    pub(crate) async fn reviews(&self, by: &Person, session: &str) -> Value {
        let path = format!("{BASE}/sessions/{session}/reviews");
        let reply = self.get(Some(&by.cookie), &path).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }
}

fn detail(reply: &Reply) -> String {
    reply.json()["detail"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_is_judged_and_its_history_is_there() {
    let server = Server::start().await;
    let person = server.member(Role::Reviewer, None).await;
    let other = server.member(Role::Admin, None).await;
    server.deliver_recording("subagent").await;
    let [id] = server.listed(&person.cookie, "").await.try_into().unwrap();
    let turns = server
        .get(Some(&person.cookie), &format!("{BASE}/sessions/{id}/turns"))
        .await
        .json();
    let turn = turns["items"][0]["id"].as_str().unwrap();
    let empty = server.reviews(&person, &id).await;
    assert_eq!(
        empty,
        json!({"blind": false, "verdicts": [], "tags": [], "comments": [], "answers": [], "scores": [], "decisions": []})
    );
    let given = server
        .judged(
            &person,
            &id,
            "verdicts",
            json!({"turn": turn, "verdict": "wrong", "reason": "made up"}),
        )
        .await;
    assert_eq!(given["verdict"], "wrong");
    assert_eq!(given["turn"], turn);
    assert_eq!(
        given["by"],
        json!({"kind": "account", "id": person.account.id, "name": "Somebody", "me": true})
    );
    assert_eq!(
        (&given["current"], &given["placed"]),
        (&json!(true), &json!(true))
    );
    server
        .judged(
            &person,
            &id,
            "verdicts",
            json!({"turn": turn, "verdict": "good"}),
        )
        .await;
    server
        .judged(&other, &id, "verdicts", json!({"verdict": "good"}))
        .await;
    let verdicts = server.reviews(&other, &id).await["verdicts"].clone();
    let said: Vec<(&str, bool, bool)> = verdicts
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| {
            (
                verdict["verdict"].as_str().unwrap(),
                verdict["current"].as_bool().unwrap(),
                verdict["by"]["me"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("wrong", false, false),
            ("good", true, false),
            ("good", true, true)
        ]
    );
    let tags = server
        .judged(&person, &id, "tags", json!({"tag": "Churn", "turn": turn}))
        .await;
    assert_eq!(tags["items"][0]["tag"], "churn");
    let by_other =
        json!({"tag": "churn", "turn": turn, "remove": true, "author": person.account.id});
    let tags = server.judged(&other, &id, "tags", by_other).await;
    assert_eq!(tags["items"], json!([]));
    let answer = server
        .judged(
            &person,
            &id,
            "answers",
            json!({"turn": turn, "text": "x".repeat(50_000)}),
        )
        .await;
    assert_eq!(answer["current"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_about_words_and_reach_people() {
    let server = Server::start().await;
    let person = server.member(Role::Reviewer, None).await;
    let other = server.member(Role::Reviewer, None).await;
    let viewer = server.member(Role::Viewer, None).await;
    server.deliver_recording("subagent").await;
    let [id] = server.listed(&person.cookie, "").await.try_into().unwrap();
    let reviewers = server
        .get(Some(&person.cookie), &format!("{BASE}/reviewers"))
        .await
        .json();
    let ids: Vec<&str> = reviewers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&other.account.id.as_str()), "{reviewers}");
    assert!(!ids.contains(&viewer.account.id.as_str()), "{reviewers}");
    let steps = server
        .get(
            Some(&person.cookie),
            &format!("{BASE}/sessions/{id}/steps?limit=500"),
        )
        .await
        .json();
    let with_text = steps["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| {
            row["step"]["text"]
                .as_str()
                .is_some_and(|text| text.len() > 10)
        })
        .unwrap();
    let step = with_text["step"]["id"].as_str().unwrap();
    let text = with_text["step"]["text"].as_str().unwrap();
    let quote: String = text.chars().skip(2).take(5).collect();
    let anchor = json!({"step": step, "field": "text", "start": 2, "end": 7, "quote": quote});
    let comment = server
        .judged(
            &person,
            &id,
            "comments",
            json!({"anchor": anchor, "text": "is this so?", "mentions": [other.account.id]}),
        )
        .await;
    assert_eq!(comment["anchor"]["state"], "placed", "{comment}");
    assert_eq!(comment["anchor"]["turn"], with_text["turn_id"]);
    assert_eq!(comment["mentions"][0]["id"], other.account.id.as_str());
    let mut elsewhere = anchor.clone();
    elsewhere["quote"] = json!("other");
    let reply = server
        .judge(
            &person,
            &id,
            "comments",
            json!({"anchor": elsewhere, "text": "x"}),
        )
        .await;
    assert_eq!(reply.status, 409, "{}", reply.text());

    let mentions = format!("{BASE}/mentions");
    let told = server.get(Some(&other.cookie), &mentions).await.json();
    assert_eq!(told["unread"], 1);
    assert_eq!(told["items"][0]["text"], "is this so?");
    assert_eq!(told["items"][0]["session"], id.as_str());
    let read = server
        .post(Some(&other.cookie), &format!("{mentions}/read"), &json!({}))
        .await;
    assert_eq!(read.status, 204);
    let told = server.get(Some(&other.cookie), &mentions).await.json();
    assert_eq!(told["unread"], 0);
    assert!(told["items"][0]["read_at"].is_string());
    let nothing = server.get(Some(&viewer.cookie), &mentions).await.json();
    assert_eq!(nothing, json!({"items": [], "unread": 0, "next": null}));

    let own = comment["id"].as_str().unwrap();
    let reply = server
        .judged(
            &other,
            &id,
            "comments",
            json!({"text": "it is", "reply_to": own}),
        )
        .await;
    assert_eq!(reply["reply_to"], own);
    assert_eq!(reply["anchor"], comment["anchor"]);
    let path = format!("{BASE}/sessions/{id}/comments/{own}");
    let change =
        async |by: &Person, body: Value| server.send("PATCH", Some(&by.cookie), &path, &body).await;
    assert_eq!(change(&other, json!({"text": "no"})).await.status, 403);
    assert_eq!(change(&other, json!({"removed": true})).await.status, 403);
    assert_eq!(change(&other, json!({})).await.status, 400);
    let settled = change(&other, json!({"resolved": true})).await.json();
    assert_eq!(settled["resolved"], true);
    assert_eq!(settled["history"][1]["change"], "resolved");
    assert_eq!(settled["history"][1]["by"]["id"], other.account.id.as_str());
    let gone = change(&person, json!({"removed": true})).await.json();
    assert_eq!(
        (&gone["text"], &gone["removed"]),
        (&Value::Null, &json!(true))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_says_why() {
    let server = Server::start().await;
    let person = server.member(Role::Owner, None).await;
    server.deliver(&server.key, "s-1", 2).await;
    for (what, body, says) in [
        ("verdicts", json!({"verdict": "wrong"}), "give a reason"),
        (
            "verdicts",
            json!({"verdict": "wrong", "reason": "x".repeat(2_001)}),
            "2000 characters",
        ),
        (
            "verdicts",
            json!({"verdict": "withdrawn"}),
            "no verdict of yours",
        ),
        (
            "verdicts",
            json!({"verdict": "good", "queue_item": "a b"}),
            "no item of a queue",
        ),
        (
            "verdicts",
            json!({"verdict": "great"}),
            "the body is not the JSON",
        ),
        ("tags", json!({"tag": "two words"}), "a tag is one word"),
        ("tags", json!({"tag": "x".repeat(65)}), "64 characters"),
        ("comments", json!({"text": ""}), "no text"),
        (
            "comments",
            json!({"text": "é".repeat(10_001)}),
            "10000 characters",
        ),
        (
            "comments",
            json!({"text": "x", "anchor": {"start": 1}}),
            "a start and an end",
        ),
        (
            "comments",
            json!({"text": "x", "anchor": {"field": "nose"}}),
            "no such text",
        ),
        (
            "comments",
            json!({"text": "x", "anchor": {"quote": "x"}}),
            "a quote is of a range",
        ),
        (
            "comments",
            json!({"text": "x", "mentions": ["acct_none"]}),
            "no reviewer",
        ),
    ] {
        let reply = server.judge(&person, "s-1", what, body.clone()).await;
        assert_eq!(reply.status, 400, "{what} {body}: {}", reply.text());
        assert!(detail(&reply).contains(says), "{what}: {}", reply.text());
    }
    for (what, body) in [
        ("verdicts", json!({"verdict": "good", "turn": "no-turn"})),
        ("tags", json!({"tag": "x", "remove": true})),
        ("comments", json!({"text": "x", "reply_to": "7"})),
        ("comments", json!({"text": "x", "reply_to": "seven"})),
        ("comments", json!({"text": "x", "anchor": {"step": "none"}})),
    ] {
        let reply = server.judge(&person, "s-1", what, body.clone()).await;
        assert_eq!(reply.status, 404, "{what} {body}: {}", reply.text());
    }
    let long = server
        .judge(
            &person,
            "s-1",
            "comments",
            json!({"text": "x".repeat(70_000)}),
        )
        .await;
    assert_eq!(long.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_may_be_read_is_judged_and_read() {
    let server = Server::start().await;
    let alpha = server.member(Role::Reviewer, Some(&["alpha"])).await;
    let all = server.member(Role::Admin, None).await;
    let beta = server.key_for("beta", None);
    server.deliver(&server.key, "in-alpha", 2).await;
    server.deliver(&beta, "in-beta", 2).await;
    server
        .judged(&all, "in-beta", "verdicts", json!({"verdict": "good"}))
        .await;
    for session in ["in-beta", "nowhere"] {
        for (what, body) in [
            ("verdicts", json!({"verdict": "good"})),
            ("tags", json!({"tag": "x"})),
            ("comments", json!({"text": "x"})),
            ("answers", json!({"turn": "x", "text": "x"})),
        ] {
            let reply = server.judge(&alpha, session, what, body).await;
            assert_eq!(reply.status, 404, "{session}/{what}");
            assert!(reply.text().contains("no such session"), "{}", reply.text());
        }
        let path = format!("{BASE}/sessions/{session}/reviews");
        assert_eq!(server.get(Some(&alpha.cookie), &path).await.status, 404);
    }
    // Whoever may not read the session is not told of it either.
    let mention = json!({"text": "x", "mentions": [alpha.account.id]});
    let reply = server
        .judge(&all, "in-beta", "comments", mention.clone())
        .await;
    assert_eq!(reply.status, 400, "{}", reply.text());
    server.judged(&all, "in-alpha", "comments", mention).await;
    server
        .judged(&alpha, "in-alpha", "verdicts", json!({"verdict": "good"}))
        .await;
    server
        .workspace()
        .erase_session("in-alpha", &Actor::system())
        .unwrap();
    let reply = server
        .judge(&alpha, "in-alpha", "verdicts", json!({"verdict": "good"}))
        .await;
    assert_eq!(reply.status, 410, "{}", reply.text());
    let path = format!("{BASE}/sessions/in-alpha/reviews");
    assert_eq!(server.get(Some(&alpha.cookie), &path).await.status, 410);
    let told = server
        .get(Some(&alpha.cookie), &format!("{BASE}/mentions"))
        .await
        .json();
    assert_eq!(told["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blind_session_tells_everybody_their_own_only() {
    let server = Server::start().await;
    let one = server.member(Role::Reviewer, None).await;
    let two = server.member(Role::Owner, None).await;
    server.deliver(&server.key, "s-1", 2).await;
    server
        .workspace()
        .review_blind_for_test("s-1", true)
        .unwrap();
    for (by, verdict) in [(&one, "good"), (&two, "wrong")] {
        server
            .judged(
                by,
                "s-1",
                "verdicts",
                json!({"verdict": verdict, "reason": "so"}),
            )
            .await;
        server
            .judged(by, "s-1", "tags", json!({"tag": verdict}))
            .await;
        server
            .judged(by, "s-1", "comments", json!({"text": verdict}))
            .await;
    }
    for (by, verdict) in [(&one, "good"), (&two, "wrong")] {
        let seen = server.reviews(by, "s-1").await;
        assert_eq!(seen["blind"], true);
        for (list, member) in [
            ("verdicts", "verdict"),
            ("tags", "tag"),
            ("comments", "text"),
        ] {
            assert_eq!(seen[list].as_array().unwrap().len(), 1, "{list}");
            assert_eq!(seen[list][0][member], verdict, "{list}");
        }
    }
    // Nor does it show in how taking another's tag off is refused.
    for tag in ["good", "never-given"] {
        let body = json!({"tag": tag, "remove": true, "author": one.account.id});
        let refused = server.judge(&two, "s-1", "tags", body).await;
        assert_eq!(refused.status, 404, "{tag}: {}", refused.text());
    }
    assert_eq!(server.reviews(&one, "s-1").await["tags"][0]["tag"], "good");
    let path = format!("{BASE}/sessions/s-1/reviews");
    let headers = [(
        "authorization".to_owned(),
        format!("Bearer {}", server.reading_key()),
    )];
    let by_key = crate::support::http::ask(server.address, "GET", &path, &headers, "")
        .await
        .json();
    assert_eq!(by_key["verdicts"], json!([]));
    server
        .workspace()
        .review_blind_for_test("s-1", false)
        .unwrap();
    assert_eq!(
        server.reviews(&one, "s-1").await["verdicts"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_names_and_events_tell_what_the_reader_sees() {
    let server = Server::start().await;
    let one = server.member(Role::Reviewer, None).await;
    let two = server.member(Role::Admin, None).await;
    let elsewhere = server.member(Role::Reviewer, Some(&["beta"])).await;
    for session in ["s-1", "s-2"] {
        server.deliver(&server.key, session, 2).await;
    }
    let open = async |by: &Person| {
        let head = format!(
            "GET {BASE}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncookie: {}\r\n\r\n",
            by.cookie
        );
        let mut stream = begin_head(server.address, &head).await;
        head_of(&mut stream).await;
        event(&mut stream).await;
        stream
    };
    let (mut of_two, mut of_elsewhere) = (open(&two).await, open(&elsewhere).await);
    server
        .judged(
            &one,
            "s-1",
            "verdicts",
            json!({"verdict": "wrong", "reason": "so"}),
        )
        .await;
    let (_, told) = event(&mut of_two).await;
    assert_eq!(told, json!({"sessions": ["s-1"]}));
    server
        .judged(&two, "s-1", "verdicts", json!({"verdict": "good"}))
        .await;
    server
        .judged(&one, "s-1", "tags", json!({"tag": "churn"}))
        .await;
    server
        .judged(&one, "s-1", "comments", json!({"text": "so"}))
        .await;

    let row = async |by: &Person, session: &str| {
        let path = format!("{BASE}/sessions?filter=id:{session}");
        server.get(Some(&by.cookie), &path).await.json()["items"][0]["review"].clone()
    };
    let all = json!({"verdicts": {"good": 1, "wrong": 1}, "tags": ["churn"], "comments": 1, "score": null});
    assert_eq!(row(&two, "s-1").await, all);
    let none =
        json!({"verdicts": {"good": 0, "wrong": 0}, "tags": [], "comments": 0, "score": null});
    assert_eq!(row(&two, "s-2").await, none);
    server
        .workspace()
        .review_blind_for_test("s-1", true)
        .unwrap();
    let own =
        json!({"verdicts": {"good": 1, "wrong": 0}, "tags": [], "comments": 0, "score": null});
    assert_eq!(row(&two, "s-1").await, own);
    let listed = async |by: &Person, filter: &str| {
        server
            .listed(&by.cookie, &format!("?filter={filter}"))
            .await
    };
    assert_eq!(listed(&one, "verdict:wrong").await, ["s-1"]);
    assert_eq!(listed(&two, "verdict:wrong").await, Vec::<String>::new());
    assert_eq!(listed(&two, "verdict:none").await, ["s-2"]);
    assert_eq!(listed(&two, "tag:churn").await, Vec::<String>::new());
    assert_eq!(listed(&one, "reviewer:me").await, ["s-1"]);
    assert_eq!(listed(&one, "reviewer:somebody").await, ["s-1"]);
    let names = async |by: &Person, key: &str| {
        let path = format!("{BASE}/names/{key}");
        server.get(Some(&by.cookie), &path).await.json()["items"].clone()
    };
    assert_eq!(
        names(&one, "tag").await,
        json!([{"name": "churn", "sessions": 1}])
    );
    assert_eq!(names(&two, "tag").await, json!([]));
    assert_eq!(
        names(&one, "reviewer").await,
        json!([{"name": "Somebody", "sessions": 1}])
    );
    assert_eq!(names(&elsewhere, "reviewer").await, json!([]));

    // Of what is blind, and of what may not be read, nothing is told: the next word is of something else.
    server
        .judged(&one, "s-1", "tags", json!({"tag": "more"}))
        .await;
    let beta = server.key_for("beta", None);
    server.deliver(&beta, "s-3", 2).await;
    let (_, told) = event(&mut of_elsewhere).await;
    assert_eq!(told, json!({"sessions": ["s-3"]}));
}
