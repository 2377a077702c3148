//! How connections are dealt with: refusals reach clients that are still sending, and who says nothing is let go of.

use std::time::Duration;

use argus_server::Limits;
use argus_server::ingest::otlp::Signal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::Server;
use crate::support::payload::payload;

fn post(key: &str, length: usize) -> Vec<u8> {
    format!(
        "POST /v1/logs HTTP/1.1\r\nhost: argus\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
    .into_bytes()
}

/// Reads one answer: its status line.
async fn status(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    head.lines().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_leaves_the_connection_to_the_next_request() {
    let server = Server::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let good = payload(Signal::Logs, "s", 1, 0).json;
    for _ in 0..3 {
        // Written to its end before anything is read, as simple clients do.
        let body = vec![b' '; 3_000_000];
        stream
            .write_all(&post("argus_ik_wrong", body.len()))
            .await
            .unwrap();
        stream.write_all(&body).await.unwrap();
        assert_eq!(status(&mut stream).await, "HTTP/1.1 401 Unauthorized");
        stream
            .write_all(&post(&server.key, good.len()))
            .await
            .unwrap();
        stream.write_all(&good).await.unwrap();
        assert_eq!(status(&mut stream).await, "HTTP/1.1 200 OK");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_is_told_so_to_a_client_that_sends_it_all() {
    let server = Server::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let body = vec![b' '; 70 * 1024 * 1024];
    stream
        .write_all(&post(&server.key, body.len()))
        .await
        .unwrap();
    stream.write_all(&body).await.unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413 Payload Too Large");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_asks_before_it_sends_is_answered_at_once() {
    let server = Server::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let mut head = post("argus_ik_wrong", 3_000_000);
    head.truncate(head.len() - 2);
    head.extend(b"expect: 100-continue\r\n\r\n");
    stream.write_all(&head).await.unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 401 Unauthorized");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_closed_its_side_gets_its_answer() {
    let server = Server::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let good = payload(Signal::Logs, "s", 1, 0).json;
    stream
        .write_all(&post(&server.key, good.len()))
        .await
        .unwrap();
    stream.write_all(&good).await.unwrap();
    stream.shutdown().await.unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 200 OK");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_or_not_enough_is_let_go_of() {
    let limits = Limits {
        head_timeout: Duration::from_millis(100),
        ..Limits::default()
    };
    let server = Server::with(limits).await;
    for beginning in ["", "P", "PRI * HTTP/2.0\r\n", "POST /v1/logs HT"] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut rest));
        assert!(closed.await.is_ok(), "{beginning:?} is still open");
    }
}
