//! TLS by certificate files.

use std::sync::Arc;

use argus_server::{Limits, ServeError, ServerConfig, TlsFiles, serve};
use axum::body::Body;
use hyper::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::http::read;
use crate::support::{PATIENCE, Server, clock, random};

fn files(folder: &std::path::Path) -> (TlsFiles, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let files = TlsFiles {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    (files, made.cert.der().clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_of_http_are_spoken_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = files(folder.path());
    let server = Server::configured(ServerConfig {
        tls: Some(files),
        hosts: vec!["argus.example.org".to_owned()],
        ..ServerConfig::default()
    })
    .await;
    assert_eq!(
        server.bound.base_url,
        format!("https://argus.example.org:{}", server.address.port())
    );
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    for protocol in [b"h2".as_slice(), b"http/1.1"] {
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots.clone())
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.to_vec()];
        let connector = TlsConnector::from(Arc::new(config));
        let stream = TcpStream::connect(server.address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TokioIo::new(connector.connect(name, stream).await.unwrap());
        let reply = if protocol == b"h2" {
            let (mut sender, connection) =
                hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
                    .await
                    .unwrap();
            tokio::spawn(connection);
            let request = Request::get("https://argus.example.org/api/v1/sign-in")
                .body(Body::empty())
                .unwrap();
            read(sender.send_request(request).await.unwrap()).await
        } else {
            let (mut sender, connection) =
                hyper::client::conn::http1::handshake(stream).await.unwrap();
            tokio::spawn(connection);
            let request = Request::get("/api/v1/sign-in")
                .header("host", "argus.example.org")
                .body(Body::empty())
                .unwrap();
            read(sender.send_request(request).await.unwrap()).await
        };
        assert_eq!(reply.status, 200);
        assert!(!reply.header("strict-transport-security").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_certificate_is_refused() {
    let server = Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (good, _) = files(folder.path());
    let gone = TlsFiles {
        key: folder.path().join("gone.pem"),
        ..good.clone()
    };
    let swapped = TlsFiles {
        certificate: good.key.clone(),
        key: good.certificate.clone(),
    };
    for tls in [gone, swapped] {
        let config = ServerConfig {
            tls: Some(tls),
            listen: "127.0.0.1:0".parse().unwrap(),
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
        assert!(matches!(error, ServeError::Tls(_)), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_says_nothing_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = files(folder.path());
    let server = Server::configured(ServerConfig {
        tls: Some(files),
        limits: Limits {
            head_timeout: std::time::Duration::from_millis(200),
            ..Limits::default()
        },
        ..ServerConfig::default()
    })
    .await;
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    for sent in [b"".as_slice(), b"PRI * HTTP"] {
        let stream = TcpStream::connect(server.address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let mut stream = connector.connect(name, stream).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut rest = Vec::new();
        // How it ends is the library's: that it does is ours.
        let ended = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "{sent:?}");
    }
}
