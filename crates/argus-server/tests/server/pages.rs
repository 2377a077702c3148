//! What a browser gets: pages, the headers that bind them, the names under which they are served.

use argus_server::{ServeError, ServerConfig, serve};
use hyper::Version;

use crate::support::http::{ask, send};
use crate::support::{Server, clock, random};

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_ui_is_its_page() {
    let server = Server::start().await;
    for path in [
        "/",
        "/w/default/sessions",
        "/w/default/sessions/x/turns/y/steps/z",
        "/link",
        "/sign-in",
    ] {
        let reply = server.get(None, path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert!(
            reply.header("content-type").starts_with("text/html"),
            "{path}"
        );
        assert!(reply.text().contains("<title>"), "{path}");
    }
    for path in ["/api/v1/nothing", "/api/", "/assets/gone.js", "/v1/nothing"] {
        assert_eq!(server.get(None, path).await.status, 404, "{path}");
    }
    assert_eq!(
        server
            .post(None, "/w/default/sessions", &serde_json::Value::Null)
            .await
            .status,
        404
    );
    let described = server.get(None, "/api/openapi.json").await;
    assert_eq!(described.json()["openapi"], "3.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_bound() {
    let server = Server::start().await;
    for path in ["/", "/api/v1/self", "/api/v1/sign-in", "/assets/gone.js"] {
        let reply = server.get(None, path).await;
        let policy = reply.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-src 'self'",
            "require-trusted-types-for 'script'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
    }
    let own = server.get(None, "/api/v1/self").await;
    assert_eq!(own.header("cache-control"), "private, no-cache");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_is_served_nothing() {
    let server = Server::start().await;
    let headers = |host: &str| vec![("host".to_owned(), host.to_owned())];
    let asked = async |path: &str, host: &str| {
        let mut request = hyper::Request::builder().uri(path);
        for (name, value) in headers(host) {
            request = request.header(name, value);
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        send(server.address, Version::HTTP_11, request)
            .await
            .status
            .as_u16()
    };
    for path in [
        "/",
        "/api/v1/sign-in",
        "/api/v1/self",
        "/api/openapi.json",
        "/metrics",
    ] {
        assert_eq!(asked(path, "evil.example").await, 421, "{path}");
        assert_eq!(
            asked(path, "localhost.evil.example:4318").await,
            421,
            "{path}"
        );
        assert_ne!(asked(path, "localhost:4318").await, 421, "{path}");
    }
    // No kind of body opens another name.
    let headers = [
        ("host", "evil.example"),
        ("content-type", "application/grpc+json"),
        ("sec-fetch-site", "same-origin"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    for (method, path) in [
        ("POST", "/api/v1/sign-in"),
        ("GET", "/"),
        ("GET", "/api/v1/sign-in"),
    ] {
        let reply = ask(server.address, method, path, &headers, "{}").await;
        assert_eq!(reply.status, 421, "{method} {path}");
    }
    // Who asks for these is no browser that could be led astray.
    for path in ["/healthz", "/readyz"] {
        assert_eq!(asked(path, "10.1.2.3").await, 200, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_metrics_ask_for_a_key_and_addresses_are_the_proxys_word() {
    let server = Server::configured(ServerConfig {
        behind_proxy: true,
        hosts: vec!["argus.example.org".to_owned()],
        ..ServerConfig::default()
    })
    .await;
    assert_eq!(server.bound.base_url, "https://argus.example.org");
    assert_eq!(server.get(None, "/metrics").await.status, 401);
    let key = format!("Bearer {}", server.reading_key());
    let headers = [("authorization".to_owned(), key)];
    assert_eq!(
        ask(server.address, "GET", "/metrics", &headers, "")
            .await
            .status,
        200
    );
    let account = server
        .store
        .create_account("a@example.org", "A", None)
        .unwrap();
    server.store.make_first_owner(&account.id).unwrap();
    let token = server.bound.links.sign_in(&account.id);
    let headers = [
        ("host", "argus.example.org"),
        ("origin", "https://argus.example.org"),
        ("content-type", "application/json"),
        ("x-forwarded-for", "10.9.9.9, 203.0.113.7"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let body = serde_json::json!({"token": token}).to_string();
    let reply = ask(
        server.address,
        "POST",
        "/api/v1/links/accept",
        &headers,
        &body,
    )
    .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let [sign_in] = server
        .store
        .sign_ins(&account.id)
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(sign_in.address, "203.0.113.7");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_says_which_are_right() {
    let server = Server::start().await;
    let reply = server
        .send(
            "DELETE",
            None,
            "/api/v1/links/inspect",
            &serde_json::Value::Null,
        )
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("allow")),
        (405, "POST")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_checked_at_the_start() {
    let server = Server::start().await;
    for (listen, host, has_no_name) in [
        ("127.0.0.1:0", Some("argus.example.org:8443"), false),
        ("127.0.0.1:0", Some("https://argus.example.org"), false),
        ("127.0.0.1:0", Some(""), false),
        ("0.0.0.0:0", None, true),
    ] {
        let config = ServerConfig {
            listen: listen.parse().unwrap(),
            behind_proxy: true,
            hosts: host.map(str::to_owned).into_iter().collect(),
            ..ServerConfig::default()
        };
        let error = serve(
            server.store.clone(),
            config,
            clock(),
            random(),
            |_| {},
            async {},
        )
        .await
        .unwrap_err();
        assert_eq!(
            matches!(error, ServeError::Unnamed(_)),
            has_no_name,
            "{error}"
        );
        assert_eq!(
            matches!(error, ServeError::NoHost(_)),
            !has_no_name,
            "{error}"
        );
    }
}
