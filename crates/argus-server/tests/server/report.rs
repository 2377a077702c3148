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
    for part in [
        "reason-for-wrong",
        "/sessions/s1/turns/",
        "<blockquote>the-prompt-of-turn-1</blockquote>",
        "<blockquote class=\"prose\">\n<p>the-answer-of-turn-1</p>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
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
    assert_eq!(unseen["reviewed"]["sessions_blind"], 1);
    let path = format!("{BASE}.html?{PERIOD}");
    let page = server.get(Some(&bo.cookie), &path).await.text();
    assert!(page.contains("1 session is reviewed blind now"), "{page}");
    assert!(!page.contains("Nothing of it was reviewed"));
    assert_eq!(server.acts(), acts + 3);
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

#[tokio::test(flavor = "multi_thread")]
async fn scores_have_their_n_and_interval_and_turns_are_quoted() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let reviewers = [
        server.member(Role::Reviewer, None).await,
        server.member(Role::Reviewer, None).await,
    ];
    let base = BASE.strip_suffix("/report").unwrap();
    let item = |id: &str| json!({"id": id, "title": id, "weight": 1, "kind": "yes_no", "scale": null, "allow_na": false});
    let rubric = json!({"name": "Delivery <b>", "scope": "session", "pass_percent": 75, "sections": [
        {"id": "all", "title": "All", "weight": 1, "items": [item("one"), item("two")]}]});
    let made = server
        .post(Some(&owner.cookie), &format!("{base}/rubrics"), &rubric)
        .await;
    let rubric = made.json()["id"].clone();
    let score = async |who: &Person, session: &str, two: bool| {
        let asked = json!({"rubric": rubric, "version": 1, "comment": "said-of-a-score",
            "answers": [{"item": "one", "value": true}, {"item": "two", "value": two}]});
        let path = format!("{base}/sessions/{session}/scores");
        let given = server.post(Some(&who.cookie), &path, &asked).await;
        assert_eq!(given.status, 200, "{}", given.text());
    };
    // Sessions of 100, 50, 100 and 75 percent; the last by two people.
    for (session, two) in [("s1", true), ("s2", false), ("s3", true), ("s4", true)] {
        server.put_session(session, "alpha");
        score(&reviewers[0], session, two).await;
    }
    score(&reviewers[1], "s4", false).await;
    let turn = server.workspace().turns("s1").unwrap()[1].id.clone();
    let verdict = json!({"verdict": "wrong", "turn": turn, "reason": "said-of <i>a turn</i>"});
    let path = format!("{base}/sessions/s1/verdicts");
    let given = server
        .post(Some(&reviewers[0].cookie), &path, &verdict)
        .await;
    assert_eq!(given.status, 200, "{}", given.text());

    let report = server.report(&owner, PERIOD).await;
    let reviewed = &report["reviewed"];
    assert_eq!(
        (&reviewed["sessions"], &reviewed["reviewers"]),
        (&json!(4), &json!(2))
    );
    let score = &reviewed["scores"][0];
    assert_eq!(
        (&score["rubric"], &score["n"], &score["sessions"]),
        (&json!("Delivery <b>"), &json!(5), &json!(4))
    );
    assert_eq!(score["mean_percent"], 81.25);
    assert_eq!(
        (&score["lowest_percent"], &score["highest_percent"]),
        (&json!(50.0), &json!(100.0))
    );
    assert_eq!(
        (&score["passed"], &score["passed_of"]),
        (&json!(3), &json!(5))
    );
    // Student's, with 3 degrees of freedom: 81.25 and 3.182 times 23.936 over 2, within what there can be.
    let low = score["mean_low_percent"].as_f64().unwrap();
    assert!(
        (low - (81.25 - 3.182_446 * 23.935_678 / 2.0)).abs() < 0.1,
        "{low}"
    );
    assert_eq!(score["mean_high_percent"], 100.0);

    let page = server
        .get(Some(&owner.cookie), &format!("{BASE}.html?{PERIOD}"))
        .await
        .text();
    for part in [
        "Delivery &lt;b&gt;, version 1",
        "81.2 %",
        "43.2 to 100.0 %",
        "50 to 100 %",
        "3 of 5",
        "turn 2 of session s1",
        "the-prompt-of-turn-2",
        "the-answer-of-turn-2",
        "said-of &lt;i&gt;a turn&lt;/i&gt;",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // What reviewers write about a score is for the session's page, and nothing but the style sheet is markup of ours to run.
    assert!(!page.contains("said-of-a-score") && !page.contains("<script"));
}
