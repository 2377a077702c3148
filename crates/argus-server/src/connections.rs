//! Connections: HTTP/1.1 and h2 on one listener, as many at a time as the limit says, ended gently.

use std::sync::Arc;

use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::app::{App, ClientAddress};
use crate::tls;

/// Requests of one h2 connection that may be open at a time.
const STREAMS_MAX: u32 = 128;
/// Bytes of one stream, and of one connection, that a client may send ahead.
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 4 * 1024 * 1024;

/// Takes connections until it is told to stop, then waits for the open ones.
pub(crate) async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let slots = Arc::new(Semaphore::new(app.limits.connections_max));
    let graceful = GracefulShutdown::new();
    let builder = builder(&app);
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let next = async {
            let slot = slots.clone().acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            next = next => next,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        // Finished tasks are let go of as new ones come.
        while connections.try_join_next().is_some() {}
        let Ok(slot) = slot else { break };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Out of file handles: give the open ones a turn to end.
                tokio::task::yield_now().await;
                continue;
            }
        };
        // Answers are small and must not wait for more.
        let _ = stream.set_nodelay(true);
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        let (app, mut stop, tls) = (app.clone(), stop.clone(), tls.clone());
        let router = router
            .clone()
            .layer(Extension(ClientAddress(Some(peer.ip()))));
        connections.spawn(async move {
            let _slot = slot;
            app.metrics.connected();
            let begun = tokio::select! {
                begun = tokio::time::timeout(app.limits.head_timeout, begin(stream, tls)) => begun,
                _ = stop.wait_for(|stop| *stop) => {
                    app.metrics.disconnected();
                    return;
                }
            };
            let outcome = match begun {
                Ok(Ok(Begun::Plain(stream))) => {
                    watcher.watch(connection(&builder, stream, router)).await
                }
                Ok(Ok(Begun::Tls(stream))) => {
                    // Agreed on in the handshake: there is nothing to tell from first bytes.
                    let is_h2 = stream.get_ref().1.alpn_protocol() == Some(tls::H2);
                    let builder = if is_h2 {
                        builder.http2_only()
                    } else {
                        builder.http1_only()
                    };
                    watcher.watch(connection(&builder, *stream, router)).await
                }
                Ok(Err(error)) => Err(error.into()),
                Err(_) => Ok(()),
            };
            if let Err(error) = outcome {
                tracing::debug!(%error, "a connection ended");
            }
            app.metrics.disconnected();
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// A connection of which it is known what it speaks.
enum Begun {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

async fn begin(stream: TcpStream, tls: Option<TlsAcceptor>) -> std::io::Result<Begun> {
    match tls {
        Some(tls) => Ok(Begun::Tls(Box::new(tls.accept(stream).await?))),
        None => {
            speaks(&stream).await?;
            Ok(Begun::Plain(stream))
        }
    }
}

/// Waits until it can be told from its first bytes whether a connection speaks h2 or HTTP/1.1. The server waits without an
/// end for them: a client that sends less would keep its place for ever.
async fn speaks(stream: &TcpStream) -> std::io::Result<()> {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    /// Between two looks at what has come: looking does not take it away, so that there is nothing to wait for.
    const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(20);
    let mut first = [0; PREFACE.len()];
    loop {
        let length = stream.peek(&mut first).await?;
        if length == PREFACE.len() || length == 0 || first[..length] != PREFACE[..length] {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn builder(app: &App) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(app.limits.head_timeout)
        // A client may close its side once it has sent its request, and still wants the answer.
        .half_close(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(app.limits.head_timeout)
        .keep_alive_timeout(app.limits.head_timeout)
        .max_concurrent_streams(STREAMS_MAX)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES);
    builder
}

fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    builder: &auto::Builder<TokioExecutor>,
    stream: S,
    router: Router,
) -> auto::Connection<'static, TokioIo<S>, TowerToHyperService<Router>, TokioExecutor> {
    builder
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .into_owned()
}
