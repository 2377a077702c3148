//! Stopping: what is in flight is finished, nothing new is taken.

use argus_server::ingest::otlp::Signal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::http::begin;
use crate::support::payload::payload;
use crate::support::{PATIENCE, Server};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_flight_is_answered_and_the_socket_is_gone() {
    let mut server = Server::start().await;
    let body = payload(Signal::Logs, "s", 2, 0).json;
    let (first, rest) = body.split_at(40);
    let mut stream = begin(server.address, &server.key, body.len(), first).await;
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 40)
        .await;
    let stopped = server.begin_stop();
    // No connection is taken any more, once the listener is closed.
    let closed = async { while TcpStream::connect(server.address).await.is_ok() {} };
    tokio::time::timeout(PATIENCE, closed).await.unwrap();
    stream.write_all(rest).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    tokio::time::timeout(PATIENCE, stopped)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    assert!(!server.bound.local_socket.exists());
    assert_eq!(server.stored(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_free_after_its_server() {
    let mut server = Server::start().await;
    server.begin_stop().await.unwrap().unwrap();
    let Server { store, folder, .. } = server;
    let store =
        std::sync::Arc::into_inner(store).expect("the server holds nothing after it stopped");
    drop(store);
    assert!(folder.path().join("data").is_dir());
}
