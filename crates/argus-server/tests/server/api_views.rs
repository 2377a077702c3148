//! Saved views and folding over the API.

use argus_store::Role;
use serde_json::{Value, json};

use crate::api_rubrics::deliver;
use crate::support::Server;

const VIEWS: &str = "/api/v1/workspaces/default/views";

fn view(name: &str, shared: bool) -> Value {
    json!({"name": name, "filter": "tool:Bash after:7d", "sort": "cost", "fold": ["automated"], "shared": shared})
}

async fn names(server: &Server, cookie: &str) -> Vec<String> {
    let listed = server.get(Some(cookie), VIEWS).await.json();
    let items = listed["items"].as_array().unwrap().clone();
    items
        .iter()
        .filter(|view| view["preset"] == json!(false))
        .map(|view| view["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_ones_own_or_shared_by_those_who_manage() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let viewer = server.member(Role::Viewer, None).await;
    let (owner, viewer) = (owner.cookie.as_str(), viewer.cookie.as_str());

    let presets = server.get(Some(viewer), VIEWS).await.json();
    let preset = presets["items"].as_array().unwrap().iter();
    let mut preset = preset.filter(|view| view["preset"] == json!(true));
    assert!(preset.any(|view| view["filter"] == "first_turn:not_accepted"));

    let mine = server
        .post(Some(viewer), VIEWS, &view(" Mine ", false))
        .await;
    assert_eq!(mine.status, 200, "{}", mine.text());
    let mine = mine.json();
    assert_eq!(
        (&mine["name"], &mine["mine"]),
        (&json!("Mine"), &json!(true))
    );
    let refused = server.post(Some(viewer), VIEWS, &view("All", true)).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    let shared = server
        .post(Some(owner), VIEWS, &view("All", true))
        .await
        .json();
    assert_eq!(names(&server, viewer).await, ["All", "Mine"]);
    assert_eq!(names(&server, owner).await, ["All"]);

    let path = |view: &Value| format!("{VIEWS}/{}", view["id"].as_str().unwrap());
    let changed = view("Ours", true);
    for (who, what, status) in [
        (viewer, &shared, 403),
        (owner, &mine, 404),
        (owner, &shared, 200),
    ] {
        let reply = server.send("PUT", Some(who), &path(what), &changed).await;
        assert_eq!(reply.status, status, "{}", reply.text());
    }
    assert_eq!(names(&server, viewer).await, ["Mine", "Ours"]);
    for (who, what, status) in [
        (viewer, &shared, 403),
        (owner, &mine, 404),
        (viewer, &mine, 204),
        (owner, &shared, 204),
        (owner, &shared, 404),
    ] {
        let reply = server
            .send("DELETE", Some(who), &path(what), &json!({}))
            .await;
        assert_eq!(reply.status, status, "{}", reply.text());
    }
    assert!(names(&server, viewer).await.is_empty());
    let of_program = format!("{VIEWS}/capture_gaps");
    let reply = server.send("PUT", Some(owner), &of_program, &changed).await;
    assert_eq!(reply.status, 403, "{}", reply.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_cannot_be_used_is_not_saved() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let cookie = Some(owner.cookie.as_str());
    for (field, value, part) in [
        ("name", json!("  "), "a name of 1 to"),
        ("name", json!("a\u{0}b"), "plain text"),
        ("filter", json!("modle:x"), "is no key"),
        ("sort", json!("length"), "no sort"),
        ("fold", json!(["nightly"]), "single_turn"),
    ] {
        let mut asked = view("Mine", false);
        asked[field] = value;
        let refused = server.post(cookie, VIEWS, &asked).await;
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(refused.text().contains(part), "{}", refused.text());
    }
}

/// The words of a shared view may be about what a bounded reader has no business with.
#[tokio::test(flavor = "multi_thread")]
async fn a_shared_view_reaches_those_only_who_may_read_what_its_maker_may() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let bounded = server.member(Role::Reviewer, Some(&["alpha"])).await;
    let made = server
        .post(Some(&owner.cookie), VIEWS, &view("Of beta", true))
        .await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert!(names(&server, &bounded.cookie).await.is_empty());
    assert_eq!(names(&server, &owner.cookie).await, ["Of beta"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_leaves_kinds_out_and_says_how_many() {
    let server = Server::start().await;
    deliver(&server, "one").await;
    let owner = server.member(Role::Owner, None).await;
    let sessions = "/api/v1/workspaces/default/sessions";
    let all = server.get(Some(&owner.cookie), sessions).await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert!(all.get("folded").is_none());
    let path = format!("{sessions}?fold=single_turn");
    let folded = server.get(Some(&owner.cookie), &path).await.json();
    assert!(folded["items"].as_array().unwrap().is_empty(), "{folded}");
    assert_eq!(folded["folded"], json!({"sessions": 1, "more": false}));
    let wrong = server
        .get(Some(&owner.cookie), &format!("{sessions}?fold=nightly"))
        .await;
    assert_eq!(wrong.status, 400, "{}", wrong.text());
}
