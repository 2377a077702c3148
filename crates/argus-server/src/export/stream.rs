//! A body that is written by one thread and sent by another: what is written waits for its reader, within a bound and a time.

use std::io::{self, Write};
use std::time::Duration;

use argus_export::ExportError;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{self, Sender};

/// What is sent at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for their reader.
const PIECES_WAITING: usize = 4;
/// A reader that takes nothing for so long is gone.
const STALLED: Duration = Duration::from_secs(60);

/// A body that `work` writes. When it fails, the connection breaks off, so that nobody takes a part for the whole. `held` is
/// given back at the end.
pub(crate) fn body(
    held: OwnedSemaphorePermit,
    work: impl FnOnce(&mut dyn Write) -> Result<(), ExportError> + Send + 'static,
) -> Body {
    let (to, mut from) = mpsc::channel::<Result<Bytes, io::Error>>(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        let _held = held;
        let mut out = Pieces {
            to: to.clone(),
            held: BytesMut::with_capacity(PIECE_BYTES),
        };
        let written = work(&mut out).and_then(|()| Ok(out.flush()?));
        if let Err(error) = written {
            tracing::warn!(%error, "an export ended before its end");
            // Its reader may be the one that is gone.
            let _ = to.try_send(Err(io::Error::other("the export failed")));
        }
    });
    Body::from_stream(futures_util::stream::poll_fn(move |context| {
        from.poll_recv(context)
    }))
}

struct Pieces {
    to: Sender<Result<Bytes, io::Error>>,
    held: BytesMut,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = self.held.split().freeze();
        let sent = Handle::current().block_on(self.to.send_timeout(Ok(piece), STALLED));
        sent.map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "its reader is gone"))
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
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
