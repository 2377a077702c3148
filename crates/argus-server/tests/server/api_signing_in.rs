//! Signing in: set-up, passwords, invitations, the end of a sign-in.

use argus_store::Role;
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::people::cookie_of;

const HOUR_US: i64 = 3_600_000_000;
const PASSWORD: &str = "a horse, a battery";

async fn set_up(server: &Server) -> String {
    let token = server.bound.links.set_up();
    let body = json!({"token": token, "email": "Owner@Example.org", "name": "The owner", "password": PASSWORD});
    let reply = server.post(None, "/api/v1/links/accept", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    cookie_of(&reply)
}

async fn sign_in(server: &Server, email: &str, password: &str) -> crate::support::http::Reply {
    let body = json!({"email": email, "password": password});
    server.post(None, "/api/v1/sign-in", &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_owner_comes_by_the_set_up_link_once() {
    let server = Server::start().await;
    let state = server.get(None, "/api/v1/sign-in").await.json();
    assert_eq!(state, json!({"set_up_needed": true}));
    let (first, second) = (server.bound.links.set_up(), server.bound.links.set_up());
    let inspected = server
        .post(None, "/api/v1/links/inspect", &json!({"token": first}))
        .await
        .json();
    assert_eq!(inspected["kind"], "set_up");
    // What is wrong does not use the link up.
    for body in [
        json!({"token": first, "email": "owner@example.org", "name": "O", "password": "short"}),
        json!({"token": first, "email": "no address", "name": "O", "password": PASSWORD}),
        json!({"token": first, "email": "owner@example.org", "password": PASSWORD}),
    ] {
        let reply = server.post(None, "/api/v1/links/accept", &body).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
    }
    let body =
        json!({"token": first, "email": "Owner@Example.org", "name": "O", "password": PASSWORD});
    let reply = server.post(None, "/api/v1/links/accept", &body).await;
    let set = reply.header("set-cookie").to_owned();
    for part in [
        "__Host-argus=",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
    ] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let own = server
        .get(Some(&cookie_of(&reply)), "/api/v1/self")
        .await
        .json();
    assert_eq!(own["email"], "owner@example.org");
    assert_eq!(own["workspaces"][0]["role"], "owner");
    for token in [first, second] {
        let body =
            json!({"token": token, "email": "late@example.org", "name": "L", "password": PASSWORD});
        let reply = server.post(None, "/api/v1/links/accept", &body).await;
        assert_eq!(reply.status, 404, "{}", reply.text());
    }
    assert_eq!(
        server.get(None, "/api/v1/sign-in").await.json()["set_up_needed"],
        false
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_signs_in_and_a_wrong_one_says_no_more_than_that() {
    let server = Server::start().await;
    set_up(&server).await;
    let before = server.acts();
    let right = sign_in(&server, " OWNER@example.org", PASSWORD).await;
    assert_eq!(right.status, 200, "{}", right.text());
    assert_eq!(server.acts(), before + 1, "a sign-in is an act");
    let wrong = sign_in(&server, "owner@example.org", "a horse, a batterx").await;
    let nobody = sign_in(&server, "nobody@example.org", PASSWORD).await;
    assert_eq!((wrong.status.as_u16(), nobody.status.as_u16()), (401, 401));
    assert_eq!(wrong.json()["detail"], nobody.json()["detail"]);
    let kept = std::fs::read(server.folder.path().join("data/control.db")).unwrap();
    let token = cookie_of(&right).split_once('=').unwrap().1.to_owned();
    assert!(
        !contains(&kept, token.as_bytes()),
        "the token itself is kept nowhere"
    );
    assert!(!contains(&kept, PASSWORD.as_bytes()));
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down() {
    let server = Server::start().await;
    set_up(&server).await;
    for _ in 0..10 {
        assert_eq!(
            sign_in(&server, "owner@example.org", "wrong wrong wrong")
                .await
                .status,
            401
        );
    }
    let over = sign_in(&server, "owner@example.org", PASSWORD).await;
    assert_eq!(over.status, 429, "{}", over.text());
    assert_eq!(over.header("retry-after"), "900");
    server.clock.advance(HOUR_US / 4);
    assert_eq!(
        sign_in(&server, "owner@example.org", PASSWORD).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_ends_unused_and_used() {
    let server = Server::start().await;
    let cookie = set_up(&server).await;
    let status = async |cookie: &str| {
        server
            .get(Some(cookie), "/api/v1/self")
            .await
            .status
            .as_u16()
    };
    server.clock.advance(11 * HOUR_US);
    assert_eq!(status(&cookie).await, 200, "used within half a day");
    server.clock.advance(13 * HOUR_US);
    assert_eq!(status(&cookie).await, 401, "not used for half a day");
    let cookie = cookie_of(&sign_in(&server, "owner@example.org", PASSWORD).await);
    for _ in 0..16 {
        assert_eq!(status(&cookie).await, 200);
        server.clock.advance(10 * HOUR_US);
    }
    server.clock.advance(9 * HOUR_US);
    assert_eq!(status(&cookie).await, 401, "a week is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_are_listed_and_ended() {
    let server = Server::start().await;
    let here = set_up(&server).await;
    let there = cookie_of(&sign_in(&server, "owner@example.org", PASSWORD).await);
    let listed = server
        .get(Some(&here), "/api/v1/self/sign-ins")
        .await
        .json();
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let other = items.iter().find(|item| item["current"] == false).unwrap();
    let path = format!("/api/v1/self/sign-ins/{}", other["id"].as_str().unwrap());
    assert_eq!(
        server
            .send("DELETE", Some(&here), &path, &Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        server
            .send("DELETE", Some(&here), &path, &Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(server.get(Some(&there), "/api/v1/self").await.status, 401);
    let out = server
        .post(Some(&here), "/api/v1/sign-out", &Value::Null)
        .await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(server.get(Some(&here), "/api/v1/self").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_anothers_sign_in() {
    let server = Server::start().await;
    let owner = set_up(&server).await;
    let viewer = server.member(Role::Viewer, None).await;
    let listed = server
        .get(Some(&owner), "/api/v1/self/sign-ins")
        .await
        .json();
    let path = format!(
        "/api/v1/self/sign-ins/{}",
        listed["items"][0]["id"].as_str().unwrap()
    );
    assert_eq!(
        server
            .send("DELETE", Some(&viewer.cookie), &path, &Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(server.get(Some(&owner), "/api/v1/self").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_makes_a_member_once() {
    let server = Server::start().await;
    let owner = set_up(&server).await;
    let base = "/api/v1/workspaces/default";
    let body = json!({"email": "Reviewer@example.org", "role": "reviewer", "projects": ["alpha"]});
    let made = server
        .post(Some(&owner), &format!("{base}/invitations"), &body)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let token = made.json()["link_token"].as_str().unwrap().to_owned();
    let open = server
        .get(Some(&owner), &format!("{base}/invitations"))
        .await;
    assert_eq!(open.json()["items"][0]["email"], "reviewer@example.org");
    assert!(!open.text().contains(&token), "the token is shown once");
    let inspected = server
        .post(None, "/api/v1/links/inspect", &json!({"token": token}))
        .await
        .json();
    assert_eq!(
        (
            &inspected["kind"],
            &inspected["workspace"],
            &inspected["role"],
            &inspected["has_account"]
        ),
        (
            &json!("invitation"),
            &json!("default"),
            &json!("reviewer"),
            &json!(false)
        )
    );
    let body = json!({"token": token, "name": "A reviewer", "password": "another long one"});
    let accepted = server.post(None, "/api/v1/links/accept", &body).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let own = accepted.json();
    assert_eq!(own["workspaces"][0]["projects"], json!(["alpha"]));
    assert_eq!(
        server
            .post(None, "/api/v1/links/accept", &body)
            .await
            .status,
        404
    );
    assert_eq!(
        sign_in(&server, "reviewer@example.org", "another long one")
            .await
            .status,
        200
    );
    // Somebody who has an account proves that it is theirs; the invitation gives no new password.
    let body = json!({"email": "reviewer@example.org", "role": "viewer"});
    assert_eq!(
        server
            .post(Some(&owner), &format!("{base}/invitations"), &body)
            .await
            .status,
        400,
        "a member already"
    );
    let account = own["id"].as_str().unwrap();
    assert_eq!(
        server
            .send(
                "DELETE",
                Some(&owner),
                &format!("{base}/members/{account}"),
                &Value::Null
            )
            .await
            .status,
        204
    );
    assert_eq!(
        server.get(Some(&cookie_of(&accepted)), base).await.status,
        404,
        "at once"
    );
    let again = server
        .post(Some(&owner), &format!("{base}/invitations"), &body)
        .await
        .json();
    let token = &again["link_token"];
    let wrong = json!({"token": token, "name": "X", "password": "taken over, ha ha"});
    assert_eq!(
        server
            .post(None, "/api/v1/links/accept", &wrong)
            .await
            .status,
        401
    );
    let right = json!({"token": token, "password": "another long one"});
    assert_eq!(
        server
            .post(None, "/api/v1/links/accept", &right)
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_withdrawn_or_expires() {
    let server = Server::start().await;
    let owner = set_up(&server).await;
    let path = "/api/v1/workspaces/default/invitations";
    let mut tokens = Vec::new();
    for email in ["a@example.org", "b@example.org"] {
        let made = server
            .post(
                Some(&owner),
                path,
                &json!({"email": email, "role": "viewer"}),
            )
            .await
            .json();
        tokens.push((
            made["link_token"].clone(),
            made["id"].as_str().unwrap().to_owned(),
        ));
    }
    let one = format!("{path}/{}", tokens[0].1);
    assert_eq!(
        server
            .send("DELETE", Some(&owner), &one, &Value::Null)
            .await
            .status,
        204
    );
    server.clock.advance(8 * 24 * HOUR_US);
    for (token, _) in tokens {
        let reply = server
            .post(None, "/api/v1/links/inspect", &json!({"token": token}))
            .await;
        assert_eq!(reply.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_more_than_they_have() {
    let server = Server::start().await;
    let owner = server.member(Role::Owner, None).await;
    let admin = server.member(Role::Admin, None).await;
    let bound = server.member(Role::Admin, Some(&["alpha"])).await;
    let base = "/api/v1/workspaces/default";
    let invite = format!("{base}/invitations");
    let refused = [
        (&admin, json!({"email": "x@example.org", "role": "owner"})),
        (&bound, json!({"email": "x@example.org", "role": "viewer"})),
        (
            &bound,
            json!({"email": "x@example.org", "role": "viewer", "projects": ["alpha", "beta"]}),
        ),
    ];
    for (person, body) in refused {
        assert_eq!(
            server
                .post(Some(&person.cookie), &invite, &body)
                .await
                .status,
            403,
            "{body}"
        );
    }
    let within = json!({"email": "x@example.org", "role": "viewer", "projects": ["alpha"]});
    assert_eq!(
        server
            .post(Some(&bound.cookie), &invite, &within)
            .await
            .status,
        201
    );
    // Nor takes back what goes beyond: an owner's invitation is not an admin's to withdraw.
    let beyond = json!({"email": "y@example.org", "role": "viewer"});
    let made = server
        .post(Some(&owner.cookie), &invite, &beyond)
        .await
        .json();
    let one = format!("{invite}/{}", made["id"].as_str().unwrap());
    assert_eq!(
        server
            .send("DELETE", Some(&bound.cookie), &one, &Value::Null)
            .await
            .status,
        403
    );
    let keys = format!("{base}/keys");
    for (body, status) in [
        (json!({"scope": "ingest", "projects": ["beta"]}), 403),
        (json!({"scope": "read"}), 403),
        (json!({"scope": "ingest", "projects": ["alpha"]}), 201),
    ] {
        assert_eq!(
            server.post(Some(&bound.cookie), &keys, &body).await.status,
            status,
            "{body}"
        );
    }
    let of_owner = format!("{base}/members/{}", owner.account.id);
    assert_eq!(
        server
            .send(
                "PATCH",
                Some(&admin.cookie),
                &of_owner,
                &json!({"role": "viewer"})
            )
            .await
            .status,
        403
    );
    assert_eq!(
        server
            .send("DELETE", Some(&admin.cookie), &of_owner, &Value::Null)
            .await
            .status,
        403
    );
    let last = server
        .send(
            "PATCH",
            Some(&owner.cookie),
            &of_owner,
            &json!({"role": "viewer"}),
        )
        .await;
    assert_eq!(
        last.status,
        400,
        "the last owner stays one: {}",
        last.text()
    );
    let of_admin = format!("{base}/members/{}", admin.account.id);
    let changed = server
        .send(
            "PATCH",
            Some(&owner.cookie),
            &of_admin,
            &json!({"projects": ["beta"]}),
        )
        .await
        .json();
    assert_eq!(
        (&changed["role"], &changed["projects"]),
        (&json!("admin"), &json!(["beta"]))
    );
    let changed = server
        .send(
            "PATCH",
            Some(&owner.cookie),
            &of_admin,
            &json!({"projects": null}),
        )
        .await
        .json();
    assert_eq!(changed["projects"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_old_sign_ins() {
    let server = Server::start().await;
    let cookie = set_up(&server).await;
    let account = server
        .store
        .account_by_email("owner@example.org")
        .unwrap()
        .unwrap();
    let token = server.bound.links.reset(&account.id);
    let reply = server
        .post(
            None,
            "/api/v1/links/accept",
            &json!({"token": token, "password": "a new long password"}),
        )
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(server.get(Some(&cookie), "/api/v1/self").await.status, 401);
    assert_eq!(
        sign_in(&server, "owner@example.org", PASSWORD).await.status,
        401
    );
    assert_eq!(
        sign_in(&server, "owner@example.org", "a new long password")
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_a_day() {
    let server = Server::start().await;
    let token = server.bound.links.set_up();
    server.clock.advance(25 * HOUR_US);
    let reply = server
        .post(None, "/api/v1/links/inspect", &json!({"token": token}))
        .await;
    assert_eq!(reply.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_changes_their_password() {
    let server = Server::start().await;
    let here = set_up(&server).await;
    let there = cookie_of(&sign_in(&server, "owner@example.org", PASSWORD).await);
    let path = "/api/v1/self/password";
    for (old, new) in [
        ("wrong wrong wrong", "a new long password"),
        (PASSWORD, "short"),
    ] {
        let reply = server
            .post(Some(&here), path, &json!({"old": old, "new": new}))
            .await;
        assert_eq!(reply.status, 400, "{}", reply.text());
    }
    let body = json!({"old": PASSWORD, "new": "a new long password"});
    let changed = server.post(Some(&here), path, &body).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    for old in [&here, &there] {
        assert_eq!(server.get(Some(old), "/api/v1/self").await.status, 401);
    }
    assert_eq!(
        server
            .get(Some(&cookie_of(&changed)), "/api/v1/self")
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_not_quoted() {
    let server = Server::start().await;
    for body in [
        json!({"email": "a@example.org", "password": {"hunter2": 1}}),
        json!({"email": "a@example.org", "password": "x", "hunter2": 1}),
    ] {
        let reply = server.post(None, "/api/v1/sign-in", &body).await;
        assert_eq!(reply.status, 400);
        assert!(!reply.text().contains("hunter2"), "{}", reply.text());
    }
    let missing = server
        .post(None, "/api/v1/sign-in", &json!({"email": "a@example.org"}))
        .await;
    assert!(
        missing.text().contains("missing field `password`"),
        "{}",
        missing.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_link_makes_one_owner_however_often_it_is_sent_at_once() {
    let server = std::sync::Arc::new(Server::start().await);
    let token = server.bound.links.set_up();
    let mut asked = tokio::task::JoinSet::new();
    for n in 0..4 {
        let (server, token) = (server.clone(), token.clone());
        asked.spawn(async move {
            let body = json!({"token": token, "email": format!("{n}@example.org"), "name": "O", "password": PASSWORD});
            server.post(None, "/api/v1/links/accept", &body).await.status.as_u16()
        });
    }
    let mut statuses: Vec<u16> = asked.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404, 404, 404]);
    assert_eq!(server.store.accounts().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_waited_for_so_long() {
    let server = Server::with(argus_server::Limits {
        body_timeout: std::time::Duration::from_millis(50),
        ..argus_server::Limits::default()
    })
    .await;
    let head = "POST /api/v1/sign-in HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let mut stream = crate::support::http::begin_head(server.address, head).await;
    let head = crate::support::http::head_of(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 408"), "{head}");
}
