//! How many streams of events are open: each holds a connection, and deliveries need some too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::refusal::{ErrorCode, Refusal};

/// Open streams, by who reads them.
#[derive(Debug)]
pub(crate) struct Streams {
    open: Mutex<HashMap<String, usize>>,
    max: usize,
    of_reader_max: usize,
}

/// An open stream; it is over when this is dropped.
#[derive(Debug)]
pub(crate) struct OpenStream {
    streams: Arc<Streams>,
    reader: String,
}

impl Streams {
    pub(crate) fn new(max: usize, of_reader_max: usize) -> Self {
        Self {
            open: Mutex::default(),
            max,
            of_reader_max,
        }
    }

    /// Opens one more for a reader.
    ///
    /// # Errors
    /// Rate-limited when the reader has as many as one may have, unavailable when all together do.
    pub(crate) fn open(self: &Arc<Self>, reader: &str) -> Result<OpenStream, Refusal> {
        let mut open = self.lock();
        if open.values().sum::<usize>() >= self.max {
            return Err(Refusal::new(
                ErrorCode::Unavailable,
                "as many streams of events are open as the server has room for",
            ));
        }
        let count = open.entry(reader.to_owned()).or_insert(0);
        if *count >= self.of_reader_max {
            return Err(Refusal::new(
                ErrorCode::RateLimited,
                "you have as many streams of events open as one reader may have",
            ));
        }
        *count += 1;
        Ok(OpenStream {
            streams: self.clone(),
            reader: reader.to_owned(),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        if let Some(count) = open.get_mut(&self.reader) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.reader);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reader_and_all_of_them_are_bounded() {
        let streams = Arc::new(Streams::new(3, 2));
        let first = streams.open("a").unwrap();
        let _second = streams.open("a").unwrap();
        assert_eq!(streams.open("a").unwrap_err().code, ErrorCode::RateLimited);
        let _third = streams.open("b").unwrap();
        assert_eq!(streams.open("c").unwrap_err().code, ErrorCode::Unavailable);
        drop(first);
        assert!(streams.open("c").is_ok());
    }
}
