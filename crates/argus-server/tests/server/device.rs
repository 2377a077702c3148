//! A device is signed in by the browser: it asks, its person answers, it has a key of the person's own.

use argus_store::{Actor, KeyScope, Role};
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::http::{Reply, post};
use crate::support::payload::JSON;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const DEVICE: &str = "0123456789abcdef0123456789ABCDEF";

impl Server {
    async fn authorize(&self, key: &str) -> Reply {
        let body = json!({"device_name": "laptop-7", "device_id": DEVICE}).to_string();
        let headers = [("content-type", JSON)];
        post(self.address, key, "/v1/device/authorize", &headers, body).await
    }

    async fn look(&self, device_code: &str) -> (u16, Value) {
        let body = json!({"device_code": device_code, "grant_type": GRANT}).to_string();
        let headers = [("content-type", JSON)];
        let reply = post(self.address, "", "/v1/device/token", &headers, body).await;
        assert_eq!(reply.header("cache-control"), "no-store");
        (reply.status.as_u16(), reply.json())
    }

    async fn decide(&self, cookie: &str, code: &Value, approve: bool) -> Reply {
        let body = json!({"code": code, "approve": approve});
        self.post(Some(cookie), "/api/v1/device/decide", &body)
            .await
    }
}

fn failed(error: &str) -> (u16, Value) {
    (400, json!({"error": error}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_lets_a_device_in() {
    let server = Server::start().await;
    let reply = server.authorize(&server.key).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let asked = reply.json();
    let code = asked["user_code"].as_str().unwrap();
    assert_eq!((code.len(), &code[4..5]), (9, "-"));
    let page = format!("http://{}/device", server.address);
    assert_eq!(asked["verification_uri"], page);
    assert_eq!(
        asked["verification_uri_complete"],
        format!("{page}?code={code}")
    );
    assert_eq!(
        (&asked["expires_in"], &asked["interval"]),
        (&json!(900), &json!(2))
    );
    let device_code = asked["device_code"].as_str().unwrap();
    assert_eq!(
        server.look(device_code).await,
        failed("authorization_pending")
    );
    assert_eq!(server.look(device_code).await, failed("slow_down"));

    let person = server.member(Role::Member, None).await;
    let inspect = async |code: &str| {
        let body = json!({"code": code});
        server
            .post(Some(&person.cookie), "/api/v1/device/inspect", &body)
            .await
    };
    let shown = inspect(&code.to_lowercase().replace('-', " ")).await.json();
    assert_eq!(shown["device_name"], "laptop-7");
    assert_eq!(shown["device_id"], DEVICE.to_lowercase());
    assert_eq!(shown["workspace"], "default");
    assert_eq!(shown["projects"], json!(["alpha"]));
    assert_eq!(shown["person"], person.account.email);
    let acts = server.acts();
    assert_eq!(
        server
            .decide(&person.cookie, &asked["user_code"], true)
            .await
            .status,
        204
    );
    assert_eq!(server.acts(), acts + 1);
    assert_eq!(
        server
            .decide(&person.cookie, &asked["user_code"], true)
            .await
            .status,
        404
    );
    assert_eq!(inspect(code).await.status, 404);

    let (status, granted) = server.look(device_code).await;
    assert_eq!(status, 200);
    assert_eq!(granted["person"], person.account.email);
    assert_eq!(
        (&granted["workspace"], &granted["projects"]),
        (&json!("default"), &json!(["alpha"]))
    );
    assert_eq!(server.acts(), acts + 2);
    assert_eq!(server.look(device_code).await, failed("expired_token"));

    // It delivers in the person's name, and asks for no further key.
    let token = granted["token"].as_str().unwrap();
    let grant = server.store.find_key(token).unwrap().unwrap();
    assert_eq!(grant.user.as_deref(), Some(person.account.email.as_str()));
    assert_eq!(server.authorize(token).await.status, 403);
    let owner = server.member(Role::Owner, None).await;
    let keys = server
        .get(Some(&owner.cookie), "/api/v1/workspaces/default/keys")
        .await
        .json();
    let keys = keys["items"].as_array().unwrap();
    let key = keys
        .iter()
        .find(|key| key["id"] == granted["key_id"])
        .unwrap();
    assert_eq!(
        key["device"],
        json!({"id": DEVICE.to_lowercase(), "name": "laptop-7"})
    );
    assert_eq!(key["user"], person.account.email);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_does_as_the_standard_has_it() {
    let server = Server::start().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = "device_name=my%20laptop";
    let reply = post(
        server.address,
        &server.key,
        "/v1/device/authorize",
        &form,
        body,
    )
    .await;
    let asked = reply.json();
    let look = format!(
        "device_code={}&grant_type={GRANT}",
        asked["device_code"].as_str().unwrap()
    );
    let reply = post(server.address, "", "/v1/device/token", &form, look).await;
    assert_eq!(
        (reply.status.as_u16(), reply.json()),
        failed("authorization_pending")
    );
    let wrong = "device_code=x&grant_type=password";
    let reply = post(server.address, "", "/v1/device/token", &form, wrong).await;
    assert_eq!(
        (reply.status.as_u16(), reply.json()),
        failed("unsupported_grant_type")
    );
    for (status, key, content_type, body) in [
        (401, "", JSON, "{}"),
        (403, server.reading_key().as_str(), JSON, "{}"),
        (415, &server.key, "text/plain", "{}"),
        (400, &server.key, JSON, "nonsense"),
        (400, &server.key, JSON, r#"{"device_id": "x"}"#),
        (413, &server.key, JSON, &" ".repeat(20_000)),
    ] {
        let headers = [("content-type", content_type)];
        let reply = post(
            server.address,
            key,
            "/v1/device/authorize",
            &headers,
            body.to_owned(),
        )
        .await;
        assert_eq!(reply.status, status, "{content_type} {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_not_let_in_has_no_key() {
    let server = Server::start().await;
    let keys = server.workspace().keys().unwrap().len();
    let person = server.member(Role::Viewer, None).await;
    let ask = async || server.authorize(&server.key).await.json();
    let look = async |asked: &Value| server.look(asked["device_code"].as_str().unwrap()).await;

    let denied = ask().await;
    assert_eq!(
        server
            .decide(&person.cookie, &denied["user_code"], false)
            .await
            .status,
        204
    );
    assert_eq!(look(&denied).await, failed("access_denied"));
    let late = ask().await;
    server.clock.advance(901 * 1_000_000);
    assert_eq!(
        server
            .decide(&person.cookie, &late["user_code"], true)
            .await
            .status,
        404
    );
    assert_eq!(look(&late).await, failed("expired_token"));

    // Somebody else's workspace; a key; a person of other projects.
    let asked = ask().await;
    let stranger = server
        .store
        .create_account("stranger@example.org", "Stranger", None)
        .unwrap();
    let stranger = server.signed_in(stranger).await;
    assert_eq!(
        server
            .decide(&stranger.cookie, &asked["user_code"], true)
            .await
            .status,
        404
    );
    let bound = server.member(Role::Member, Some(&["beta"])).await;
    assert_eq!(
        server
            .decide(&bound.cookie, &asked["user_code"], true)
            .await
            .status,
        403
    );
    let reading = server.reading_key();
    let body = json!({"code": asked["user_code"], "approve": true}).to_string();
    let headers = [("content-type", JSON)];
    let reply = post(
        server.address,
        &reading,
        "/api/v1/device/decide",
        &headers,
        body,
    )
    .await;
    assert_eq!(reply.status, 403);

    // Approved, and then the person is a member no more; or the key with which it asked is revoked.
    assert_eq!(
        server
            .decide(&person.cookie, &asked["user_code"], true)
            .await
            .status,
        204
    );
    let workspace = server.workspace();
    let member = workspace.member(&person.account.id).unwrap().unwrap();
    workspace.remove_member(&member, &Actor::system()).unwrap();
    assert_eq!(look(&asked).await, failed("access_denied"));
    let projects = ["alpha".to_owned()];
    let enrolling = server
        .store
        .create_key(
            "default",
            KeyScope::Ingest,
            &projects,
            None,
            &Actor::system(),
        )
        .unwrap();
    let asked = server.authorize(&enrolling.token).await.json();
    let other = server.member(Role::Viewer, None).await;
    assert_eq!(
        server
            .decide(&other.cookie, &asked["user_code"], true)
            .await
            .status,
        204
    );
    server
        .store
        .revoke_key("default", &enrolling.id, &Actor::system())
        .unwrap();
    assert_eq!(look(&asked).await, failed("access_denied"));
    let made = server.workspace().keys().unwrap();
    assert_eq!(made.len(), keys + 2, "the reading and the enrolling one");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_not_guessed() {
    let server = Server::start().await;
    let person = server.member(Role::Viewer, None).await;
    let mut last = 0;
    for _ in 0..11 {
        let body = json!({"code": "BBBB-BBBB"});
        let reply = server
            .post(Some(&person.cookie), "/api/v1/device/inspect", &body)
            .await;
        last = reply.status.as_u16();
    }
    assert_eq!(last, 429);
}
