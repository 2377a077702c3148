//! Reports: counts of what was reviewed, no rate of what was not drawn, and nothing that their reader may not read.

use argus_store::{Actor, NewReview, ReadScope, ReviewKind, Role};
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::people::Person;

const BASE: &str = "/api/v1/workspaces/default/report";
const PERIOD: &str = "from=2026-11-01&to=2026-12-01";

impl Server {
    fn give_verdict(&self, person: &Person, session: &str, turn: Option<&str>, word: &str) {
        let verdict = NewReview {
            session_id: session.to_owned(),
            kind: ReviewKind::Verdict,
            turn: turn.map(str::to_owned),
            word: word.to_owned(),
            number: None,
            stands: word != "withdrawn",
            queue_item: None,
            changes: None,
            body: json!({"reason": format!("reason-for-{word}")}),
        };
        self.workspace()
            .write_review(
                verdict,
                &Actor::account(&person.account.id),
                &ReadScope::all(),
            )
            .unwrap();
    }

    async fn report(&self, person: &Person, query: &str) -> Value {
        let reply = self
            .get(Some(&person.cookie), &format!("{BASE}?{query}"))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_counts_what_was_reviewed_of_what_was_used() {
    let server = Server::start().await;
    for (id, project) in [("s1", "alpha"), ("s2", "alpha"), ("s3", "beta")] {
        server.put_session(id, project);
    }
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let turns = server.workspace().turns("s1").unwrap();
    server.give_verdict(&ada, "s1", Some(&turns[0].id), "wrong");
    server.give_verdict(&bo, "s1", Some(&turns[0].id), "good");
    server.give_verdict(&ada, "s1", None, "good");
    server.give_verdict(&ada, "s2", None, "wrong");
    server.give_verdict(&ada, "s2", None, "withdrawn");
    server.give_verdict(&ada, "s3", None, "wrong");

    let report = server
        .report(&ada, &format!("project=alpha&{PERIOD}"))
        .await;
    let (used, reviewed) = (&report["used"], &report["reviewed"]);
    assert_eq!(
        (&used["sessions"], &used["turns"], &used["tool_calls"]),
        (&json!(2), &json!(6), &json!(6))
    );
    assert_eq!(
        (&reviewed["sessions"], &reviewed["turns"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&reviewed["good"], &reviewed["wrong"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(reviewed["rates"], json!([]));
    assert!(
        reviewed["no_rates"]
            .as_str()
            .unwrap()
            .contains("drawn at random")
    );
    let samples = report["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 2);
    assert_eq!(samples[0]["verdict"], "wrong");
    assert_eq!(samples[0]["prompt"], "the-prompt-of-turn-1");
    assert_eq!(samples[0]["answer"], "the-answer-of-turn-1");

    let page = server
        .get(
            Some(&ada.cookie),
            &format!("{BASE}.html?project=alpha&{PERIOD}"),
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'self'")
    );
    let text = page.text();
    assert!(
        text.contains("reason-for-wrong") && text.contains("/sessions/s1/turns/"),
        "{text}"
    );
    let saved = server
        .get(
            Some(&ada.cookie),
            &format!("{BASE}.html?download=true&{PERIOD}"),
        )
        .await;
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment")
    );

    // Another period, another project, another reader.
    let before = server.report(&ada, "from=2025-01-01&to=2025-02-01").await;
    assert_eq!(before["used"]["sessions"], 0);
    let bound = server.member(Role::Reviewer, Some(&["beta"])).await;
    let theirs = server.report(&bound, PERIOD).await;
    assert_eq!(
        (&theirs["used"]["sessions"], &theirs["reviewed"]["wrong"]),
        (&json!(1), &json!(1))
    );
    let none = server
        .report(&bound, &format!("project=alpha&{PERIOD}"))
        .await;
    assert_eq!(none["used"]["sessions"], 0);
    for wrong in [
        "from=x&to=2026-12-01",
        "from=2026-12-01&to=2026-11-01",
        "from=2026-11-01",
    ] {
        let reply = server
            .get(Some(&ada.cookie), &format!("{BASE}?{wrong}"))
            .await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reviewed_blind_is_counted_for_its_author_only() {
    let server = Server::start().await;
    server.put_session("s1", "alpha");
    let (ada, bo) = (
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    );
    let turns = server.workspace().turns("s1").unwrap();
    server.give_verdict(&ada, "s1", Some(&turns[0].id), "wrong");
    server
        .workspace()
        .review_blind_for_test("s1", true)
        .unwrap();
    let acts = server.acts();
    assert_eq!(server.report(&ada, PERIOD).await["reviewed"]["wrong"], 1);
    let unseen = server.report(&bo, PERIOD).await;
    assert_eq!(
        (&unseen["reviewed"]["wrong"], &unseen["samples"]),
        (&json!(0), &json!([]))
    );
    assert_eq!(server.acts(), acts + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_on_a_project_leaves_out_what_is_another_projects_too() {
    let server = Server::start().await;
    server.put_session("s1", "alpha");
    server.put_session("both", "alpha");
    server.put_prompt("both", "beta", "later", "the-prompt-for-beta");
    let ada = server.member(Role::Reviewer, None).await;
    server.give_verdict(&ada, "both", None, "wrong");
    let acts = server.acts();
    let report = server
        .report(&ada, &format!("project=alpha&{PERIOD}"))
        .await;
    assert_eq!(
        (
            &report["used"]["sessions"],
            &report["used"]["sessions_of_several_projects"],
            &report["reviewed"]["wrong"],
        ),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(server.acts(), acts + 1);
    // Who may read one of the projects only is not told that there is such a session.
    let bound = server.member(Role::Reviewer, Some(&["alpha"])).await;
    let theirs = server
        .report(&bound, &format!("project=alpha&{PERIOD}"))
        .await;
    assert_eq!(
        (
            &theirs["used"]["sessions"],
            &theirs["used"]["sessions_of_several_projects"]
        ),
        (&json!(1), &json!(0))
    );
    let all = server.report(&ada, PERIOD).await;
    assert_eq!(
        (
            &all["used"]["sessions"],
            &all["used"]["sessions_of_several_projects"]
        ),
        (&json!(2), &json!(0))
    );
}
