//! The local socket `argus.sock` in the data folder: how commands that write work beside a running server, which holds the
//! store. One JSON request a line, one JSON answer a line. Only the account that runs the server can open it.

pub mod client;
mod protocol;
pub(crate) mod server;

use std::path::{Path, PathBuf};

pub use client::LocalClient;
pub use protocol::{
    APPEND_ITEMS_MAX, LINE_BYTES_MAX, LocalAnswer, LocalItem, LocalRequest, Request, Wait,
};

/// The socket of a data folder.
#[must_use]
pub fn socket_path(data: &Path) -> PathBuf {
    data.join("argus.sock")
}

/// What can go wrong with the local socket.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// The operating system's limit for the names of sockets.
    #[error("the path of the data folder is too long for a socket in it ({}): choose a shorter one", .0.display())]
    PathTooLong(PathBuf),
    /// The socket cannot be made or used.
    #[error("the local socket {} cannot be used: {source}", .path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The server stopped in the middle.
    #[error(
        "the running server closed the local socket before it answered: it was stopped, or is of another release"
    )]
    Closed,
    /// A request that no server would take.
    #[error("the request is larger than {LINE_BYTES_MAX} bytes: send fewer items at once")]
    TooLarge,
    /// The other end speaks another release's language.
    #[error("the running server's answer cannot be read: it is of another release; restart it")]
    Answer,
    /// The server refused.
    #[error("{detail}")]
    Refused {
        /// The code of [`crate::ErrorCode`].
        code: String,
        /// Whose fault it is and what to do.
        detail: String,
    },
}
