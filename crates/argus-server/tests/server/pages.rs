//! What a browser gets: pages, the headers that bind them, the names under which they are served.

use hyper::Version;

use crate::support::Server;
use crate::support::http::send;

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
    for path in ["/", "/api/v1/sign-in", "/api/v1/self", "/api/openapi.json"] {
        assert_eq!(asked(path, "evil.example").await, 421, "{path}");
        assert_eq!(
            asked(path, "localhost.evil.example:4318").await,
            421,
            "{path}"
        );
        assert_ne!(asked(path, "localhost:4318").await, 421, "{path}");
    }
    // Who asks for these is no browser that could be led astray.
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(asked(path, "10.1.2.3").await, 200, "{path}");
    }
}
