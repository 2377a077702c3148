//! A body that is written by one thread and sent by another: what is written waits for its reader, within a bound and a time.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use argus_export::ExportError;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// What is sent at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for their reader.
const PIECES_WAITING: usize = 4;
/// A reader that takes nothing for so long is gone.
const STALLED: Duration = Duration::from_secs(60);

/// What was written, or that it is whole: a body whose pieces end without the latter broke off.
enum Piece {
    Written(Bytes),
    Whole,
}

/// A body that `work` writes. When it fails, the connection breaks off, so that nobody takes a part for the whole. `held` is
/// given back at the end.
pub(crate) fn body(
    held: impl Send + 'static,
    work: impl FnOnce(&mut dyn Write) -> Result<(), ExportError> + Send + 'static,
) -> Body {
    of_pieces(write(held, None, work), None, None)
}

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoBody {
    /// Its time was over before the first of it was written.
    Late,
    /// It failed before the first of it was written.
    Failed,
    /// There was nothing to write.
    Empty,
}

/// The same until a time: a body whose first piece is not written by then is none, and one that is not taken whole by then breaks
/// off.
pub(crate) async fn body_until(
    until: Instant,
    held: impl Send + 'static,
    work: impl FnOnce(&mut dyn Write) -> Result<(), ExportError> + Send + 'static,
) -> Result<Body, NoBody> {
    let mut from = write(held, Some(until), work);
    match tokio::time::timeout_at(until.into(), from.recv()).await {
        Err(_) => Err(NoBody::Late),
        Ok(None) if Instant::now() >= until => Err(NoBody::Late),
        Ok(None) => Err(NoBody::Failed),
        Ok(Some(Piece::Whole)) => Err(NoBody::Empty),
        Ok(Some(Piece::Written(first))) => Ok(of_pieces(from, Some(first), Some(until))),
    }
}

/// The pieces as they come, until `until`: what is asked for later, also of what is written already, is not sent.
fn of_pieces(from: Receiver<Piece>, first: Option<Bytes>, until: Option<Instant>) -> Body {
    let first = stream::iter(first.map(Ok));
    let rest = stream::unfold(Some(from), move |from| async move {
        let mut from = from?;
        match next(&mut from, until).await {
            Some(Piece::Written(bytes)) => Some((Ok(bytes), Some(from))),
            Some(Piece::Whole) => None,
            None => Some((Err(io::Error::other("the export broke off")), None)),
        }
    });
    Body::from_stream(first.chain(rest))
}

/// The next piece; `None` when there is none, or its time is over.
async fn next(from: &mut Receiver<Piece>, until: Option<Instant>) -> Option<Piece> {
    match until {
        None => from.recv().await,
        Some(until) if Instant::now() >= until => None,
        Some(until) => {
            let came = tokio::time::timeout_at(until.into(), from.recv()).await;
            came.ok().flatten()
        }
    }
}

/// Has `work` write on a thread that may wait.
fn write(
    held: impl Send + 'static,
    until: Option<Instant>,
    work: impl FnOnce(&mut dyn Write) -> Result<(), ExportError> + Send + 'static,
) -> Receiver<Piece> {
    let (to, from) = mpsc::channel(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        let _held = held;
        let mut out = Pieces {
            to,
            held: BytesMut::with_capacity(PIECE_BYTES),
            until,
        };
        let written = work(&mut out).and_then(|()| Ok(out.end()?));
        if let Err(error) = written {
            tracing::warn!(%error, "an export ended before its end");
        }
    });
    from
}

struct Pieces {
    to: Sender<Piece>,
    held: BytesMut,
    until: Option<Instant>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = Piece::Written(self.held.split().freeze());
        self.send_piece(piece)
    }

    /// Sends what is left, and that it is whole.
    fn end(&mut self) -> io::Result<()> {
        self.send()?;
        self.send_piece(Piece::Whole)
    }

    fn send_piece(&self, piece: Piece) -> io::Result<()> {
        let patience = match self.until {
            Some(until) => STALLED.min(until.saturating_duration_since(Instant::now())),
            None => STALLED,
        };
        let sent = Handle::current().block_on(self.to.send_timeout(piece, patience));
        sent.map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "its reader is gone"))
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "it took longer than it may",
            ));
        }
        let room = PIECE_BYTES.saturating_sub(self.held.len()).max(1);
        let taken = &bytes[..bytes.len().min(room)];
        self.held.extend_from_slice(taken);
        if self.held.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    const PATIENCE: Duration = Duration::from_secs(30);
    /// Long enough for a first piece on a busy machine.
    const SHORT: Duration = Duration::from_secs(1);

    /// Writes without end, and tells how it ended.
    fn endless(
        ended: oneshot::Sender<io::ErrorKind>,
    ) -> impl FnOnce(&mut dyn Write) -> Result<(), ExportError> + Send + 'static {
        move |out| {
            loop {
                if let Err(error) = out.write_all(&[b'x'; 4096]) {
                    let _ = ended.send(error.kind());
                    return Err(error.into());
                }
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_body_that_nobody_takes_ends_at_its_time() {
        let (ended, end) = oneshot::channel();
        let until = Instant::now() + SHORT;
        let body = body_until(until, (), endless(ended)).await.unwrap();
        let kind = tokio::time::timeout(PATIENCE, end).await.unwrap().unwrap();
        assert!(Instant::now() >= until, "{kind:?}");
        // What was sent until then is no whole.
        let mut sent = body.into_data_stream();
        let mut is_whole = true;
        while let Some(piece) = sent.next().await {
            is_whole &= piece.is_ok();
        }
        assert!(!is_whole);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_written_in_time_is_not_sent_after_it() {
        let (written, end) = oneshot::channel();
        let until = Instant::now() + SHORT;
        let body = body_until(until, (), move |out| {
            out.write_all(&[b'x'; 3 * PIECE_BYTES])?;
            let _ = written.send(());
            Ok(())
        });
        let mut sent = body.await.unwrap().into_data_stream();
        end.await.unwrap();
        assert!(
            sent.next().await.unwrap().is_ok(),
            "the first was there in time"
        );
        tokio::time::sleep_until(until.into()).await;
        assert!(sent.next().await.unwrap().is_err());
        assert!(sent.next().await.is_none());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_reader_that_goes_away_ends_it_and_gives_back_what_is_held() {
        struct Held(Option<oneshot::Sender<()>>);
        impl Drop for Held {
            fn drop(&mut self) {
                let _ = self.0.take().unwrap().send(());
            }
        }
        let (given_back, back) = oneshot::channel();
        let (ended, end) = oneshot::channel();
        drop(body(Held(Some(given_back)), endless(ended)));
        let kind = tokio::time::timeout(PATIENCE, end).await.unwrap().unwrap();
        assert_eq!(kind, io::ErrorKind::BrokenPipe);
        tokio::time::timeout(PATIENCE, back).await.unwrap().unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_late_fails_or_is_nothing_is_told_apart() {
        let later = || Instant::now() + PATIENCE;
        let (never, wait) = std::sync::mpsc::channel::<()>();
        let late = body_until(Instant::now(), (), move |_| {
            let _ = wait.recv();
            Ok(())
        });
        assert_eq!(late.await.unwrap_err(), NoBody::Late);
        drop(never);
        let failed = body_until(later(), (), |_| Err(io::Error::other("it fails").into()));
        assert_eq!(failed.await.unwrap_err(), NoBody::Failed);
        let empty = body_until(later(), (), |_| Ok(()));
        assert_eq!(empty.await.unwrap_err(), NoBody::Empty);
    }
}
