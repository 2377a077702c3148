//! A small HTTP client, of both versions, that shows everything.

use std::net::SocketAddr;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) trailers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The status of a gRPC call: in the trailers, or alone in the head.
    pub(crate) fn grpc_status(&self) -> i32 {
        let value = self
            .trailers
            .get("grpc-status")
            .or_else(|| self.headers.get("grpc-status"));
        value
            .unwrap_or_else(|| panic!("no gRPC status: {self:?}"))
            .to_str()
            .unwrap()
            .parse()
            .unwrap()
    }
}

pub(crate) async fn read(response: Response<hyper::body::Incoming>) -> Reply {
    let (parts, body) = response.into_parts();
    let collected = body.collect().await.unwrap();
    let trailers = collected.trailers().cloned().unwrap_or_default();
    Reply {
        status: parts.status,
        headers: parts.headers,
        trailers,
        body: collected.to_bytes(),
    }
}

/// Sends one request on a connection of its own.
pub(crate) async fn send(
    address: SocketAddr,
    version: Version,
    mut request: Request<Body>,
) -> Reply {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    *request.version_mut() = version;
    if version == Version::HTTP_2 {
        let path = request.uri().path().to_owned();
        *request.uri_mut() = format!("http://{address}{path}").parse().unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
                .await
                .unwrap();
        let driver = tokio::spawn(connection);
        let reply = read(sender.send_request(request).await.unwrap()).await;
        driver.abort();
        return reply;
    }
    request
        .headers_mut()
        .entry("host")
        .or_insert(address.to_string().parse().unwrap());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
    let driver = tokio::spawn(connection);
    let reply = read(sender.send_request(request).await.unwrap()).await;
    driver.abort();
    reply
}

pub(crate) fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .body(body.into())
        .unwrap();
    for (name, value) in headers {
        request.headers_mut().append(
            hyper::header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
            value.parse().unwrap(),
        );
    }
    request
}

pub(crate) async fn get(address: SocketAddr, path: &str) -> Reply {
    send(
        address,
        Version::HTTP_11,
        request(Method::GET, path, &[], Body::empty()),
    )
    .await
}

/// Posts with a key.
pub(crate) async fn post(
    address: SocketAddr,
    key: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Reply {
    let authorization = format!("Bearer {key}");
    let headers = [&[("authorization", authorization.as_str())], headers].concat();
    send(
        address,
        Version::HTTP_11,
        request(Method::POST, path, &headers, body),
    )
    .await
}

/// Calls a gRPC method with a whole body, frame and all.
pub(crate) async fn call(
    address: SocketAddr,
    key: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Reply {
    let authorization = format!("Bearer {key}");
    let all = [
        &[
            ("authorization", authorization.as_str()),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
        ],
        headers,
    ]
    .concat();
    send(
        address,
        Version::HTTP_2,
        request(Method::POST, path, &all, body),
    )
    .await
}

/// A gRPC message in its frame.
pub(crate) fn frame(is_compressed: bool, message: &[u8]) -> Vec<u8> {
    let mut frame = vec![u8::from(is_compressed)];
    frame.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
    frame.extend(message);
    frame
}

/// A request over HTTP/1.1 as bytes, of which only a part is sent; the connection stays open.
pub(crate) async fn begin(
    address: SocketAddr,
    key: &str,
    content_length: usize,
    sent: &[u8],
) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/logs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
         content-length: {content_length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(sent).await.unwrap();
    stream
}

/// What the server says on such a connection, up to the end of the head.
pub(crate) async fn head_of(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") && stream.read(&mut byte).await.unwrap() == 1 {
        read.push(byte[0]);
    }
    String::from_utf8(read).unwrap()
}

/// Asks with any method and headers, by HTTP/1.1.
pub(crate) async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &str,
) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    send(address, Version::HTTP_11, request).await
}

/// Opens a connection and sends this, as it is.
pub(crate) async fn begin_head(address: SocketAddr, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    stream
}
