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
use crate::first_bytes::{self, Begun};

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
                Ok(Ok(Opened::Plain(stream))) => {
                    watcher.watch(connection(&builder, stream, router)).await
                }
                Ok(Ok(Opened::Tls(stream))) => {
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

/// A connection of which it can be told what it speaks.
enum Opened {
    Plain(Begun<TcpStream>),
    Tls(Box<Begun<TlsStream<TcpStream>>>),
}

async fn begin(stream: TcpStream, tls: Option<TlsAcceptor>) -> std::io::Result<Opened> {
    Ok(match tls {
        Some(tls) => Opened::Tls(Box::new(
            first_bytes::read(tls.accept(stream).await?).await?,
        )),
        None => Opened::Plain(first_bytes::read(stream).await?),
    })
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
