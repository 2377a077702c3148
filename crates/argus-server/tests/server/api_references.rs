//! A reviewer walks everything that tells of sessions and judgements: a session with a reference looks like any other.

use argus_store::Role;
use serde_json::{Value, json};

use crate::api_queues::Queues;
use crate::support::Server;
use crate::support::people::Person;

const BASE: &str = "/api/v1/workspaces/default";

struct Walk<'a> {
    server: &'a Server,
    who: &'a Person,
    queue: &'a str,
}

impl Walk<'_> {
    async fn get(&self, path: &str) -> Value {
        let path = format!("{BASE}{path}");
        let reply = self.server.get(Some(&self.who.cookie), &path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    /// Everything that a reviewer is told of a session by name.
    async fn of_session(&self, item: &Value) -> Vec<Value> {
        let name = |of: &str| item[of].as_str().unwrap();
        let (session, id) = (name("session"), name("id"));
        let exported = self
            .get(&format!("/export?format=jsonl&session={session}"))
            .await;
        let listed = self.get(&format!("/sessions?filter=id:{session}")).await;
        let items = self.get(&format!("/queues/{}/items", self.queue)).await;
        let mut of_queue = items["items"].as_array().unwrap().iter();
        let mut told = vec![
            self.get(&format!("/sessions/{session}/reviews")).await,
            self.get(&format!("/queue-items/{id}")).await,
            exported["reviews"].clone(),
            listed["items"][0]["review"].clone(),
            of_queue.find(|one| one["id"] == id).unwrap().clone(),
        ];
        for filter in [
            "verdict:wrong",
            "verdict:good",
            "verdict:none",
            "reviewer:somebody",
            "reviewer:me",
            "verdict:wrong%20the-prompt-of-turn-1",
        ] {
            let found = self.get(&format!("/sessions?filter={filter}")).await;
            let mut found = found["items"].as_array().unwrap().iter();
            told.push(json!({filter: found.any(|one| one["id"] == session)}));
        }
        let found = self
            .get("/search?q=the-prompt-of-turn-1%20verdict:wrong")
            .await;
        told.push(json!({"hit": found.to_string().contains(&format!("\"{session}\""))}));
        for (act, body) in [
            ("complete", json!({})),
            ("skip", json!({"reason": "no"})),
            ("release", json!({})),
            ("reassign", json!({"to": self.who.account.id})),
        ] {
            let path = format!("{BASE}/queue-items/{id}/{act}");
            let reply = self.server.post(Some(&self.who.cookie), &path, &body).await;
            told.push(json!({act: reply.json()}));
        }
        told.iter_mut().for_each(without_names);
        told
    }
}

/// What something is called, and when it was, does not come into it: items are put in, and judged, one after the other.
fn without_names(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| {
                !["id", "session", "at", "added_at", "request_id"].contains(&name.as_str())
            });
            members.values_mut().for_each(without_names);
        }
        Value::Array(items) => items.iter_mut().for_each(without_names),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_looks_like_any_other_session() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let (ada, bo, cy) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let names: Vec<String> = (10..22).map(|n| format!("session-{n}")).collect();
    for name in &names {
        server.put_session(name, "alpha");
    }
    for name in &names[8..] {
        let gold = json!({"session": name, "verdict": "good"});
        queues.ok(&queues.owner, "/gold", gold).await;
    }
    let queue = queues
        .queue(json!({"rubric": null, "gold_every": 2, "reviewers_per_item": 1}))
        .await;
    let new = json!({"sessions": names[..8], "reason": "to be looked at"});
    queues
        .ok(&queues.owner, &format!("/queues/{queue}/items"), new)
        .await;
    // Cy judges nothing, ada all, and bo what still needs somebody: of each, whoever has judged by then, nothing tells one from
    // the other.
    for judges in [&ada, &bo] {
        judge_all(&queues, judges, &queue).await;
        for who in [&cy, &ada] {
            nothing_tells(&server, &queues, who, &queue).await;
        }
    }
    // What is hidden from reviewers, who manages sees, answers and settles.
    let session = names[0].as_str();
    let comments = format!("/sessions/{session}/comments");
    let said = queues
        .ok(&ada, &comments, json!({"text": "look at this"}))
        .await;
    let own = said["id"].as_str().unwrap();
    let reply = json!({"text": "at what?", "reply_to": own});
    let path = format!("{BASE}{comments}");
    let refused = server.post(Some(&cy.cookie), &path, &reply).await;
    assert_eq!(refused.status, 404, "{}", refused.text());
    let answered = queues.ok(&queues.owner, &comments, reply).await;
    assert_eq!(answered["reply_to"], own);
    let settled = server
        .send(
            "PATCH",
            Some(&queues.owner.cookie),
            &format!("{path}/{own}"),
            &json!({"resolved": true}),
        )
        .await;
    assert_eq!(settled.json()["resolved"], true, "{}", settled.text());
}

/// Has somebody judge everything that a queue hands them.
async fn judge_all(queues: &Queues<'_>, who: &Person, queue: &str) {
    loop {
        let item = queues.next(who, queue).await["item"].clone();
        let Some(session) = item["session"].as_str() else {
            break;
        };
        let verdict = json!({"verdict": "wrong", "reason": "because"});
        queues
            .ok(who, &format!("/sessions/{session}/verdicts"), verdict)
            .await;
        let path = format!("/queue-items/{}/complete", item["id"].as_str().unwrap());
        queues.ok(who, &path, json!({})).await;
    }
}

/// Compares all that somebody is told of each item.
async fn nothing_tells(server: &Server, queues: &Queues<'_>, who: &Person, queue: &str) {
    let all = queues
        .get(&queues.owner, &format!("/queues/{queue}/items"))
        .await;
    let (gold, others): (Vec<&Value>, Vec<&Value>) = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|item| item["gold"] == true);
    assert!(gold.len() > 1 && others.len() > 1);
    let walk = Walk { server, who, queue };
    let told = walk.of_session(others[0]).await;
    for item in gold.iter().chain(&others) {
        assert_eq!(walk.of_session(item).await, told);
    }
    // What is counted of all together does not tell them apart either.
    let counts = walk.get(&format!("/queues/{queue}")).await["counts"].clone();
    let in_one_state = counts
        .as_object()
        .unwrap()
        .values()
        .filter(|count| **count != 0);
    assert_eq!(in_one_state.count(), 1, "{counts}");
    let figures = walk.get(&format!("/agreement?queue={queue}")).await;
    assert_eq!(
        (&figures["items"], &figures["reviewers"]),
        (&json!(0), &json!([]))
    );
}
