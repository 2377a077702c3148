//! The client's end: blocking, for commands.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::{LINE_BYTES_MAX, LocalAnswer, LocalError, LocalRequest, Request, socket_path};

/// A connection to the server that runs on a data folder.
#[derive(Debug)]
pub struct LocalClient {
    path: PathBuf,
    account: String,
    stream: BufReader<UnixStream>,
}

impl LocalClient {
    /// Connects to the server that runs on this data folder, in the name of an account; nothing when none runs.
    ///
    /// # Errors
    /// When there is a socket that cannot be used, such as another account's.
    pub fn connect(data: &Path, account: &str) -> Result<Option<Self>, LocalError> {
        let path = socket_path(data);
        match UnixStream::connect(&path) {
            Ok(stream) => Ok(Some(Self {
                path,
                account: account.to_owned(),
                stream: BufReader::new(stream),
            })),
            // No socket; or one that a killed server left behind.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
                ) =>
            {
                Ok(None)
            }
            // A path that is too long for a socket has none in it.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(None),
            Err(source) => Err(LocalError::Io { path, source }),
        }
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// [`LocalError::Refused`] when the server does not do it; otherwise when it cannot be reached any more.
    pub fn call(&mut self, request: LocalRequest) -> Result<LocalAnswer, LocalError> {
        let request = Request {
            account: self.account.clone(),
            request,
        };
        let mut line = serde_json::to_vec(&request).map_err(|_| LocalError::Answer)?;
        line.push(b'\n');
        if line.len() > LINE_BYTES_MAX {
            return Err(LocalError::TooLarge);
        }
        self.stream
            .get_mut()
            .write_all(&line)
            .map_err(|source| self.failed(source))?;
        let mut answer = Vec::new();
        let limit = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
        self.stream
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut answer)
            .map_err(|source| self.failed(source))?;
        if !answer.ends_with(b"\n") {
            return Err(LocalError::Closed);
        }
        match serde_json::from_slice(&answer).map_err(|_| LocalError::Answer)? {
            LocalAnswer::Refused { code, detail } => Err(LocalError::Refused { code, detail }),
            answer => Ok(answer),
        }
    }

    fn failed(&self, source: io::Error) -> LocalError {
        match source.kind() {
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => LocalError::Closed,
            _ => LocalError::Io {
                path: self.path.clone(),
                source,
            },
        }
    }
}
