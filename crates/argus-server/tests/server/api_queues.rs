//! Review queues over the API: two reviewers, blind; reservations; disputes; agreement; rates; who sees what.

use argus_store::{ReadScope, Role};
use serde_json::{Value, json};

use crate::api_rubrics::{deliver, put};
use crate::api_sessions::event;
use crate::support::Server;
use crate::support::http::{begin_head, head_of};
use crate::support::people::Person;

const BASE: &str = "/api/v1/workspaces/default";
const MINUTE_US: i64 = 60_000_000;

fn rubric() -> Value {
    let item = |id: &str| json!({"id": id, "title": id, "weight": 1, "kind": "yes_no", "scale": null, "allow_na": false});
    json!({"name": "Ours", "scope": "session", "pass_percent": 75, "sections": [
        {"id": "all", "title": "All", "weight": 1, "items": [item("one"), item("two")]},
    ]})
}

pub(crate) struct Queues<'a> {
    pub(crate) server: &'a Server,
    pub(crate) owner: Person,
    rubric: String,
}

impl<'a> Queues<'a> {
    pub(crate) async fn new(server: &'a Server) -> Self {
        let owner = server.member(Role::Owner, None).await;
        let made = server
            .post(Some(&owner.cookie), &format!("{BASE}/rubrics"), &rubric())
            .await
            .json();
        Self {
            server,
            rubric: made["id"].as_str().unwrap().to_owned(),
            owner,
        }
    }

    pub(crate) async fn queue(&self, more: Value) -> String {
        let mut new = json!({"name": "Weekly", "rubric": self.rubric, "reviewers_per_item": 2, "blind": true});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        let made = self.ok(&self.owner, "/queues", new).await;
        made["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn add(&self, queue: &str, sessions: &[&str]) {
        for session in sessions {
            deliver(self.server, session).await;
        }
        let new = json!({"sessions": sessions, "reason": "to be looked at"});
        let added = self
            .ok(&self.owner, &format!("/queues/{queue}/items"), new)
            .await;
        assert_eq!(added["added"], sessions.len());
    }

    pub(crate) async fn ok(&self, who: &Person, path: &str, body: Value) -> Value {
        let reply = self
            .server
            .post(Some(&who.cookie), &format!("{BASE}{path}"), &body)
            .await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    async fn refused(&self, who: &Person, path: &str, body: Value) -> u16 {
        let path = format!("{BASE}{path}");
        self.server
            .post(Some(&who.cookie), &path, &body)
            .await
            .status
            .as_u16()
    }

    pub(crate) async fn get(&self, who: &Person, path: &str) -> Value {
        let reply = self
            .server
            .get(Some(&who.cookie), &format!("{BASE}{path}"))
            .await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    pub(crate) async fn next(&self, who: &Person, queue: &str) -> Value {
        self.ok(who, &format!("/queues/{queue}/next"), json!({}))
            .await
    }

    async fn score(&self, who: &Person, item: &Value, one: bool, two: bool) {
        let session = item["session"].as_str().unwrap();
        let score = json!({"rubric": self.rubric, "version": 1, "queue_item": item["id"],
            "answers": [{"item": "one", "value": one}, {"item": "two", "value": two}]});
        self.ok(who, &format!("/sessions/{session}/scores"), score)
            .await;
    }

    async fn complete(&self, who: &Person, item: &Value, one: bool, two: bool) -> Value {
        self.score(who, item, one, two).await;
        let path = format!("/queue-items/{}/complete", item["id"].as_str().unwrap());
        self.ok(who, &path, json!({})).await
    }

    /// How many scores of a session somebody sees.
    fn seen(&self, who: &Person, session: &str) -> usize {
        let reader = argus_store::ReviewReader::of(&argus_store::Actor::account(&who.account.id));
        let kinds = [argus_store::ReviewKind::Score];
        let workspace = self.server.workspace();
        let found = workspace.reviews(session, &kinds, &ReadScope::all(), &reader);
        found.unwrap().unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_are_blind_until_both_have_submitted_and_a_dispute_is_decided() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let queue = queues.queue(json!({"due_days": 3})).await;
    queues.add(&queue, &["s1"]).await;

    let first = queues.next(&ada, &queue).await;
    assert_eq!(first["progress"], json!({"done": 0, "total": 1}));
    let item = &first["item"];
    assert_eq!(
        (&item["state"], &item["mine"], &item["blind"]),
        (&json!("in_review"), &json!(true), &json!(true))
    );
    assert_eq!(item["reason"], json!({"kind": "hidden", "text": ""}));
    assert!(
        item["due_at"].is_string() && item["reserved_until"].is_string(),
        "{item}"
    );
    let path = format!("/queue-items/{}", item["id"].as_str().unwrap());
    assert_eq!(
        queues
            .refused(&ada, &format!("{path}/complete"), json!({}))
            .await,
        400,
        "not scored yet"
    );
    let done = queues.complete(&ada, item, true, true).await;
    assert_eq!(
        (&done["state"], &done["parts"][0]["percent"]),
        (&json!("needs_others"), &json!(100.0))
    );

    let to_bo = queues.get(&bo, &path).await;
    assert_eq!(
        (&to_bo["state"], &to_bo["parts"]),
        (&json!("needs_review"), &json!([]))
    );
    assert_eq!(
        (&to_bo["reviewers_done"], &to_bo["gold"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!((queues.seen(&bo, "s1"), queues.seen(&ada, "s1")), (0, 1));
    let of_bo = queues.get(&bo, &format!("/queues/{queue}")).await;
    assert_eq!(
        (
            &of_bo["counts"]["needs_review"],
            &of_bo["mine"]["available"]
        ),
        (&json!(1), &json!(1))
    );
    let to_owner = queues.get(&queues.owner, &path).await;
    assert_eq!(
        (
            &to_owner["reviewers_done"],
            &to_owner["parts"][0]["percent"]
        ),
        (&json!(1), &Value::Null)
    );
    assert_eq!(
        to_owner["reason"],
        json!({"kind": "hand", "text": "to be looked at"})
    );
    assert_eq!(
        (&of_bo["rules"], &of_bo["reviewers"]),
        (&Value::Null, &Value::Null)
    );
    let agreement = queues
        .get(&bo, &format!("/agreement?rubric={}", queues.rubric))
        .await;
    assert_eq!(agreement["items"], 0);

    let second = queues.next(&bo, &queue).await;
    let both = queues.complete(&bo, &second["item"], false, false).await;
    assert_eq!(
        (&both["state"], &both["spread"], &both["blind"]),
        (&json!("disputed"), &json!(100.0), &json!(false))
    );
    assert_eq!(both["parts"].as_array().unwrap().len(), 2);
    assert_eq!((queues.seen(&bo, "s1"), queues.seen(&ada, "s1")), (2, 2));
    assert_eq!(queues.next(&bo, &queue).await["item"], Value::Null);
    let disputed = queues
        .get(&ada, &format!("/queues/{queue}/items?state=disputed"))
        .await;
    assert_eq!(disputed["items"].as_array().unwrap().len(), 1);

    let decision = json!({"answers": [{"item": "one", "value": true}, {"item": "two", "value": false}], "text": "Half."});
    assert_eq!(
        queues
            .refused(&ada, &format!("{path}/adjudicate"), decision.clone())
            .await,
        403
    );
    let decided = queues
        .ok(
            &queues.owner,
            &format!("{path}/adjudicate"),
            decision.clone(),
        )
        .await;
    assert_eq!(
        (&decided["state"], &decided["decision"]["percent"]),
        (&json!("complete"), &json!(50.0))
    );
    assert_eq!(decided["parts"].as_array().unwrap().len(), 2, "both stay");
    assert_eq!(
        queues
            .refused(&queues.owner, &format!("{path}/adjudicate"), decision)
            .await,
        409
    );
    assert_eq!(queues.seen(&bo, "s1"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reservation_expires_and_items_are_skipped_and_given_away() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let viewer = server.member(Role::Viewer, None).await;
    let queue = queues
        .queue(json!({"reviewers_per_item": 1, "reservation_minutes": 30}))
        .await;
    queues.add(&queue, &["s1"]).await;
    let of_ada = queues.next(&ada, &queue).await["item"].clone();
    assert_eq!(queues.next(&bo, &queue).await["item"], Value::Null);
    server.clock.advance(31 * MINUTE_US);
    let of_bo = queues.next(&bo, &queue).await["item"].clone();
    assert_eq!(of_bo["id"], of_ada["id"]);
    queues.score(&ada, &of_ada, true, true).await;
    let path = format!("/queue-items/{}", of_bo["id"].as_str().unwrap());
    assert_eq!(
        queues
            .refused(&ada, &format!("{path}/complete"), json!({}))
            .await,
        409,
        "it is another's now"
    );

    let skipped = queues
        .ok(
            &bo,
            &format!("{path}/skip"),
            json!({"reason": "I wrote it"}),
        )
        .await;
    assert_eq!(
        (&skipped["my_part"], &skipped["mine"]),
        (&json!("skipped"), &json!(false))
    );
    assert_eq!(queues.next(&bo, &queue).await["item"], Value::Null);
    let to = |who: &Person| json!({"to": who.account.id});
    assert_eq!(
        queues
            .refused(&ada, &format!("{path}/reassign"), to(&ada))
            .await,
        409,
        "not hers to give"
    );
    assert_eq!(
        queues
            .refused(&queues.owner, &format!("{path}/reassign"), to(&bo))
            .await,
        409,
        "he skipped it"
    );
    assert_eq!(
        queues
            .refused(&queues.owner, &format!("{path}/reassign"), to(&viewer))
            .await,
        400
    );
    queues
        .ok(&queues.owner, &format!("{path}/reassign"), to(&ada))
        .await;
    server.clock.advance(2 * 60 * MINUTE_US);
    let mine = queues.get(&ada, "/my-queue").await;
    assert_eq!(
        (
            &mine["items"][0]["queue"],
            &mine["items"][0]["mine"]["open"]
        ),
        (&json!(queue), &json!(1))
    );
    assert_eq!(mine["items"][0]["items"][0]["my_part"], "assigned");
    let done = queues
        .ok(&ada, &format!("{path}/complete"), json!({}))
        .await;
    assert_eq!(done["state"], "complete");
    let closed = queues
        .ok(&queues.owner, &format!("/queues/{queue}/close"), json!({}))
        .await;
    assert_eq!(closed["closed"], true);
    assert_eq!(
        queues
            .refused(&bo, &format!("/queues/{queue}/next"), json!({}))
            .await,
        409
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_bound_to_projects_gets_only_what_they_may_read() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let bound = server.member(Role::Reviewer, Some(&["beta"])).await;
    let queue = queues.queue(json!({})).await;
    queues.add(&queue, &["s1", "s2"]).await;
    let next = format!("/queues/{queue}/next");
    assert_eq!(queues.refused(&bound, &next, json!({})).await, 404);
    assert_eq!(queues.get(&bound, "/queues").await["items"], json!([]));
    for path in ["", "/items"] {
        let path = format!("{BASE}/queues/{queue}{path}");
        let reply = server.get(Some(&bound.cookie), &path).await;
        assert_eq!(reply.status, 404, "{path}");
    }
    let items = queues
        .get(&queues.owner, &format!("/queues/{queue}/items"))
        .await;
    let path = format!("/queue-items/{}", items["items"][0]["id"].as_str().unwrap());
    let reply = server
        .get(Some(&bound.cookie), &format!("{BASE}{path}"))
        .await;
    assert_eq!(reply.status, 404);
    assert_eq!(
        queues
            .refused(&bound, &format!("{path}/skip"), json!({"reason": "x"}))
            .await,
        404
    );
    let to = json!({"to": bound.account.id});
    assert_eq!(
        queues
            .refused(&queues.owner, &format!("{path}/reassign"), to)
            .await,
        400
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn agreement_shows_from_thirty_items_on_and_leniency_to_whom_it_concerns() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let queue = queues.queue(json!({})).await;
    let ids: Vec<String> = (0..31).map(|n| format!("s{n:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    queues.add(&queue, &names).await;
    let path = format!("/agreement?rubric={}&queue={queue}", queues.rubric);
    for n in 0..31 {
        let item = queues.next(&ada, &queue).await["item"].clone();
        queues.complete(&ada, &item, n % 2 == 0, true).await;
        let item = queues.next(&bo, &queue).await["item"].clone();
        queues.complete(&bo, &item, n % 2 == 0, n % 3 != 0).await;
        if n == 28 {
            let early = queues.get(&ada, &path).await;
            let all = &early["criteria"][0]["all"];
            assert_eq!(
                (&all["n"], &all["alpha"], &all["raw"]),
                (&json!(29), &Value::Null, &Value::Null)
            );
            assert!(all["reason"].as_str().unwrap().contains("29"), "{all}");
        }
    }
    let found = queues.get(&queues.owner, &path).await;
    assert_eq!(
        (&found["items"], &found["needed"]),
        (&json!(31), &json!(30))
    );
    let criterion = |id: &str| {
        let all = found["criteria"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap().clone()
    };
    let one = criterion("item:one");
    assert_eq!(
        (&one["all"]["n"], &one["all"]["raw"], &one["all"]["alpha"]),
        (&json!(31), &json!(1.0), &json!(1.0))
    );
    assert_eq!(one["pairs"][0]["figures"]["ac1"], 1.0);
    let two = criterion("item:two");
    // Ada always says yes, Bo no in 11 of 31.
    assert!((two["all"]["raw"].as_f64().unwrap() - 20.0 / 31.0).abs() < 1e-9);
    assert!(
        two["all"]["alpha_interval"]["low"].as_f64().unwrap()
            < two["all"]["alpha"].as_f64().unwrap()
    );
    assert_eq!(
        criterion("score")["all"]["ac1"],
        Value::Null,
        "numbers have no categories"
    );
    let lenient = |found: &Value, who: &Person| {
        let all = found["reviewers"].as_array().unwrap();
        let of = all
            .iter()
            .find(|one| one["reviewer"]["id"] == who.account.id.as_str());
        of.unwrap()["leniency"].clone()
    };
    let of_ada = lenient(&found, &ada);
    assert!(
        (of_ada["difference"].as_f64().unwrap() - 50.0 * 11.0 / 31.0).abs() < 1e-9,
        "{of_ada}"
    );
    assert!(of_ada["interval"]["low"].as_f64().unwrap() > 0.0);
    let to_bo = queues.get(&bo, &path).await;
    assert_eq!(lenient(&to_bo, &ada), Value::Null);
    assert!(lenient(&to_bo, &bo).is_object());

    // A version that asks one of both in other words.
    let mut newer = rubric();
    newer["sections"][0]["items"][1]["title"] = json!("two, in other words");
    newer["sections"][0]["items"][0]["guidance"] = json!("Look twice.");
    let of_rubric = format!("/rubrics/{}", queues.rubric);
    let changed = put(&server, &queues.owner, &of_rubric, "\"1\"", &newer).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let rest = |found: &Value| {
        let all = found["criteria"].as_array().unwrap().iter();
        all.map(|one| (one["all"]["n"].clone(), one["left_out"].clone()))
            .collect::<Vec<_>>()
    };
    let now = queues.get(&queues.owner, &path).await;
    assert_eq!(now["version"], 2);
    let (all, none) = ((json!(31), json!(0)), (json!(0), json!(62)));
    // The pass, the score, the question that is the same, and the one that is not.
    assert_eq!(rest(&now), [&none, &none, &all, &none].map(Clone::clone));
    assert_eq!(lenient(&now, &ada), Value::Null);
    let then = queues
        .get(&queues.owner, &format!("{path}&version=1"))
        .await;
    assert_eq!(rest(&then), vec![all; 4]);
    assert_eq!(then["resamples"], 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_rest_on_the_random_part_only() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let ada = server.member(Role::Reviewer, None).await;
    let rule = json!([{"kind": "random", "percent": 100, "seed": "s", "per": "project_week"}]);
    let queue = queues
        .queue(json!({"reviewers_per_item": 1, "rules": rule}))
        .await;
    let rates = format!("/rates?rubric={}", queues.rubric);
    let none = queues.get(&ada, &rates).await;
    assert_eq!((&none["rate"], &none["strata"]), (&Value::Null, &json!([])));
    assert!(none["reason"].is_string());
    queues.add(&queue, &["s1", "s2"]).await;
    // The telemetry's own time is long ago: by hand it counts for nothing, whatever is said of it.
    let item = queues.next(&ada, &queue).await["item"].clone();
    queues.complete(&ada, &item, true, true).await;
    assert_eq!(queues.get(&ada, &rates).await["rate"], Value::Null);
    let session = server.workspace().session("s1").unwrap().unwrap();
    let weeks_us = 7 * 24 * 60 * MINUTE_US;
    let now_us = server.store.now_us();
    server
        .clock
        .advance(session.started_at.unwrap_or(now_us) - now_us + 2 * weeks_us);
    // Sign-ins end meanwhile.
    let owner = server.signed_in(queues.owner.account.clone()).await;
    let ada = server.signed_in(ada.account.clone()).await;
    let filled = queues
        .ok(&owner, &format!("/queues/{queue}/fill"), json!({}))
        .await;
    assert_eq!(
        (&filled["added"], &filled["samples"]),
        (&json!(0), &json!(1)),
        "they were in it, and were drawn"
    );
    let found = queues.get(&ada, &rates).await;
    let rate = &found["rate"];
    assert_eq!(
        (&rate["value"], &rate["n"], &rate["population"]),
        (&json!(1.0), &json!(1), &json!(2))
    );
    assert!(
        rate["interval"]["low"].as_f64().unwrap() < 0.5,
        "one says little: {rate}"
    );
    assert_eq!(found["mean_percent"]["value"], 100.0);
    let stratum = &found["strata"][0];
    assert_eq!(
        (&stratum["drawn"], &stratum["judged"], &stratum["weight"]),
        (&json!(2), &json!(1), &json!(2.0))
    );
    // A report says the same.
    let report = queues
        .get(&ada, "/report?from=2000-01-01&to=2100-01-01")
        .await;
    let reviewed = &report["reviewed"];
    assert_eq!(reviewed["no_rates"], Value::Null);
    let of = |what: &str| {
        let rates = reviewed["rates"].as_array().unwrap();
        let rate = rates.iter().find(|rate| rate["what"] == what);
        rate.unwrap_or_else(|| panic!("{what}: {reviewed}"))
    };
    let passing = of("Sessions that pass “Ours”");
    assert_eq!(
        (&passing["share"], &passing["n"], &passing["population"]),
        (&rate["value"], &rate["n"], &rate["population"])
    );
    assert_eq!(
        (&passing["low"], &passing["high"]),
        (&rate["interval"]["low"], &rate["interval"]["high"])
    );
    assert_eq!(of("Mean score by “Ours”")["share"], 1.0);
    let score = &reviewed["scores"][0];
    assert_eq!((&score["n"], &score["sessions"]), (&json!(1), &json!(1)));
    assert_eq!(score["mean_low_percent"], Value::Null, "one is too few");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_of_projects_manages_queues_of_those_only_and_guests_are_told_little() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let admin = server.member(Role::Admin, Some(&["beta"])).await;
    let guest = server.member(Role::Viewer, Some(&["beta"])).await;
    let whole = queues.queue(json!({})).await;
    queues.add(&whole, &["s1"]).await;
    for change in ["fill", "close"] {
        let path = format!("/queues/{whole}/{change}");
        assert_eq!(queues.refused(&admin, &path, json!({})).await, 404);
    }
    let mine = json!({"name": "Ours", "rubric": queues.rubric, "rules": [{"kind": "view", "filter": "errors>0"}]});
    let made = queues.ok(&admin, "/queues", mine).await;
    assert_eq!(made["rules"][0]["kind"], "view");
    let own = format!("/queues/{}", made["id"].as_str().unwrap());
    queues.ok(&admin, &format!("{own}/fill"), json!({})).await;
    let to_guest = queues.get(&guest, &own).await;
    assert_eq!(
        (&to_guest["rules"], &to_guest["reviewers"]),
        (&Value::Null, &Value::Null)
    );
    queues.ok(&admin, &format!("{own}/close"), json!({})).await;

    let words = json!({"text": "of no session"});
    let path = format!("/rubrics/{}", queues.rubric);
    queues
        .ok(&queues.owner, &format!("{path}/precedents"), words)
        .await;
    let reviewer = server.member(Role::Reviewer, Some(&["beta"])).await;
    let viewer = server.member(Role::Viewer, None).await;
    for (who, count) in [(&guest, 0), (&reviewer, 1), (&viewer, 1)] {
        let rubric = queues.get(who, &path).await;
        assert_eq!(rubric["precedents"].as_array().unwrap().len(), count);
    }
    let reply = server
        .get(Some(&guest.cookie), &format!("{BASE}/reviewers"))
        .await;
    assert_eq!(reply.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_told_when_what_others_said_is_hidden_no_longer() {
    let server = Server::start().await;
    let queues = Queues::new(&server).await;
    let (ada, bo, cy) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let queue = queues.queue(json!({})).await;
    queues.add(&queue, &["s1", "s2", "s3"]).await;
    let head = |last: &str| {
        format!(
            "GET {BASE}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncookie: {}\r\n{last}\r\n",
            cy.cookie
        )
    };
    let mut stream = begin_head(server.address, &head("")).await;
    head_of(&mut stream).await;
    let (place, _) = event(&mut stream).await;
    for who in [&ada, &bo] {
        let item = queues.next(who, &queue).await["item"].clone();
        queues.complete(who, &item, true, true).await;
    }
    // Of the first judgement nothing is told, nor of who has what.
    let (_, told) = event(&mut stream).await;
    assert_eq!(told, json!({"sessions": ["s1"]}));
    let item = queues.next(&ada, &queue).await["item"].clone();
    queues.complete(&ada, &item, true, true).await;
    queues
        .ok(&queues.owner, &format!("/queues/{queue}/close"), json!({}))
        .await;
    let (_, told) = event(&mut stream).await;
    assert_eq!(told, json!({"sessions": ["s1", "s2", "s3"]}));
    // Who comes back with an older place misses nothing of it.
    let mut again = begin_head(
        server.address,
        &head(&format!("last-event-id: {place}\r\n")),
    )
    .await;
    head_of(&mut again).await;
    let (_, told) = event(&mut again).await;
    assert_eq!(told, json!({"sessions": ["s1", "s2", "s3"]}));
}
