//! What came after a link was looked at: none of it is shown, since nobody looked at it.

use argus_redact::policy::{OwnPattern, Policy};
use argus_store::{Actor, NewReview, ReadScope, ReviewKind, Role, ShareContent};
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::http::ask;
use crate::support::people::Person;
use crate::support::sessions::{texts, turn_lines};

const SESSION: &str = "live-session";
const BASE: &str = "/api/v1/workspaces/default";

/// A session whose third turn is under way: its call has not come back.
async fn live() -> (Server, Person) {
    let server = Server::start().await;
    let mut lines: Vec<Value> = (1..=3).flat_map(|turn| turn_lines(SESSION, turn)).collect();
    lines.truncate(lines.len() - 2);
    server.put_transcript(SESSION, "alpha", &lines);
    let person = server.member(Role::Admin, None).await;
    (server, person)
}

/// The rest of that turn.
fn rest() -> Vec<Value> {
    let mut lines = turn_lines(SESSION, 3);
    lines.split_off(lines.len() - 2)
}

fn content() -> Value {
    json!({"tool_outputs": true, "thinking": true, "reviews": true})
}

impl Server {
    async fn make_share(&self, person: &Person, asked: &Value) -> (u16, Value) {
        let path = format!("{BASE}/sessions/{SESSION}/shares");
        let reply = self.post(Some(&person.cookie), &path, asked).await;
        (reply.status.as_u16(), reply.json())
    }

    async fn shown(&self, made: &Value) -> String {
        let path = made["path"].as_str().unwrap();
        let reply = ask(self.address, "GET", path, &[], "").await;
        assert_eq!(reply.status, 200);
        reply.text()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_turn_is_shown_as_far_as_it_had_come() {
    let (server, person) = live().await;
    let (_, made) = server
        .make_share(&person, &json!({"content": content(), "days": 7}))
        .await;
    let before = server.shown(&made).await;
    assert!(!before.contains("came of this turn later") && !before.contains("had come when"));
    server.put_transcript(SESSION, "alpha", &rest());
    let [prompt, thought, input, output, answer] = texts(3);
    let after = server.shown(&made).await;
    for part in [&prompt, &thought, &input] {
        assert!(after.contains(part.as_str()), "{part}");
    }
    for part in [&output, &answer] {
        assert!(!after.contains(part.as_str()), "{part}: {after}");
    }
    assert!(after.contains("More came of this turn later: it is not shown."));
    assert!(after.contains("Shown as far as the session had come when this link was made."));
    assert!(after.contains("still open"), "{after}");
    for turn in [1, 2] {
        for part in texts(turn) {
            assert!(after.contains(&part), "{part}");
        }
    }
    // What is looked at now is all of it.
    let (_, made) = server
        .make_share(&person, &json!({"content": content(), "days": 7}))
        .await;
    let whole = server.shown(&made).await;
    assert!(whole.contains(&answer) && !whole.contains("came of this turn later"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_only_got_the_rest_of_a_call_went_on_too() {
    let (server, person) = live().await;
    let (_, made) = server
        .make_share(&person, &json!({"content": content(), "days": 7}))
        .await;
    // Its call comes back; no step is added.
    server.put_transcript(SESSION, "alpha", &rest()[..1]);
    let [_, _, input, output, _] = texts(3);
    let after = server.shown(&made).await;
    assert!(after.contains(&input) && !after.contains(&output));
    assert!(after.contains("More came of this turn later: it is not shown."));
    assert!(after.contains("still open"), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_made_before_turns_were_named_shows_what_there_was_then() {
    let (server, person) = live().await;
    // As older rows are.
    let old = ShareContent {
        tool_outputs: true,
        thinking: true,
        ..ShareContent::default()
    };
    let by = Actor::account(&person.account.id);
    let made = server
        .store
        .share(
            "default",
            SESSION,
            &old,
            3_600_000_000,
            &by,
            &ReadScope::all(),
        )
        .unwrap();
    server.put_transcript(SESSION, "alpha", &rest());
    server.put_prompt(SESSION, "alpha", "later", "what-nobody-looked-at");
    let text = server
        .shown(&json!({"path": format!("/share/{}", made.token)}))
        .await;
    assert!(text.contains("the-prompt-of-turn-3"));
    for part in ["what-nobody-looked-at", "the-answer-of-turn-3"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reviewers_say_later_is_not_shown() {
    let (server, person) = live().await;
    let give = |word: &str, reason: &str| {
        let verdict = NewReview {
            session_id: SESSION.to_owned(),
            kind: ReviewKind::Verdict,
            turn: None,
            word: word.to_owned(),
            number: None,
            stands: word != "withdrawn",
            queue_item: None,
            changes: None,
            body: json!({ "reason": reason }),
        };
        let by = Actor::account(&person.account.id);
        let workspace = server.workspace();
        workspace
            .write_review(verdict, &by, &ReadScope::all())
            .unwrap();
    };
    let say = |reason: &str| give("wrong", reason);
    say("said-before");
    let (_, made) = server
        .make_share(&person, &json!({"content": content(), "days": 7}))
        .await;
    assert!(server.shown(&made).await.contains("said-before"));
    say("said-later");
    let text = server.shown(&made).await;
    assert!(!text.contains("said-later"), "{text}");
    assert!(text.contains("said-before"), "they still say so: {text}");
    give("withdrawn", "");
    assert!(!server.shown(&made).await.contains("said-before"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_hidden_at_the_look_is_in_no_link_once_it_is_hidden_no_more() {
    let (server, person) = live().await;
    let verdict = json!({"verdict": "wrong", "reason": "said-while-blind"});
    let path = format!("{BASE}/sessions/{SESSION}/verdicts");
    let given = server.post(Some(&person.cookie), &path, &verdict).await;
    assert_eq!(given.status, 200, "{}", given.text());
    let workspace = server.workspace();
    workspace.review_blind_for_test(SESSION, true).unwrap();
    let content = json!({"content": content(), "days": 7});
    let (_, blind) = server.make_share(&person, &content).await;
    assert!(!server.shown(&blind).await.contains("said-while-blind"));
    workspace.review_blind_for_test(SESSION, false).unwrap();
    assert!(!server.shown(&blind).await.contains("said-while-blind"));
    let (_, open) = server.make_share(&person, &content).await;
    assert!(server.shown(&open).await.contains("said-while-blind"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_what_its_preview_showed() {
    let (server, person) = live().await;
    let path = format!("{BASE}/sessions/{SESSION}/shares/preview");
    let looked = server.post(Some(&person.cookie), &path, &content()).await;
    let preview = looked.json()["preview"].clone();
    // Between the look and the click.
    server.put_transcript(SESSION, "alpha", &rest());
    server.put_prompt(SESSION, "alpha", "later", "what-nobody-looked-at");
    let mut asked = json!({"content": content(), "days": 7, "preview": preview});
    asked["content"]["note"] = json!("for the client");
    let (status, made) = server.make_share(&person, &asked).await;
    assert_eq!(status, 201, "{made}");
    let text = server.shown(&made).await;
    assert!(text.contains("the-input-of-turn-3"));
    for part in ["what-nobody-looked-at", "the-answer-of-turn-3"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
    let listed = server
        .get(Some(&person.cookie), &format!("{BASE}/shares"))
        .await
        .json();
    assert_eq!(listed["items"][0]["note"], "for the client");
    // Another content is not what was looked at, and a preview is its maker's.
    asked["content"]["tool_outputs"] = json!(false);
    let (status, refused) = server.make_share(&person, &asked).await;
    assert_eq!((status, &refused["code"]), (400, &json!("invalid_request")));
    asked["content"]["tool_outputs"] = json!(true);
    let other = server.member(Role::Admin, None).await;
    assert_eq!(server.make_share(&other, &asked).await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_redacted_later_stays_what_it_was_looked_at_as() {
    let (server, person) = live().await;
    let (_, made) = server
        .make_share(&person, &json!({"content": content(), "days": 7}))
        .await;
    let workspace = server.workspace();
    let policy = Policy {
        patterns: vec![OwnPattern {
            name: "turns".to_owned(),
            pattern: "prompt-of-turn-[0-9]".to_owned(),
            ignore_case: false,
            fingerprint: false,
        }],
        ..Policy::default()
    };
    let revision = workspace.redaction_policy().unwrap().revision;
    workspace
        .set_redaction_policy(&policy, revision, &Actor::system())
        .unwrap();
    workspace.rescan(&mut |_| {}, &Actor::system()).unwrap();
    server.put_transcript(SESSION, "alpha", &rest());
    // The records that the steps rest on are others now, and newer; the steps are those that were looked at.
    let text = server.shown(&made).await;
    assert!(!text.contains("the-prompt-of-turn"), "{text}");
    assert!(text.contains("the-[redacted:"), "{text}");
    assert!(text.contains("the-answer-of-turn-2"));
    assert!(!text.contains("the-answer-of-turn-3"));
}
