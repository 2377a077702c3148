//! How many streams of events are open: each holds a connection, and deliveries need some too. That a browser has left one is
//! noticed late, so a reader who opens too many loses the oldest: who still reads that one comes back where it was.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::refusal::{ErrorCode, Refusal};

/// Open streams, by who reads them, the oldest first.
#[derive(Debug)]
pub(crate) struct Streams {
    open: Mutex<HashMap<String, VecDeque<Arc<Notify>>>>,
    max: usize,
    of_reader_max: usize,
}

/// An open stream; its place is free when this is dropped.
#[derive(Debug)]
pub(crate) struct OpenStream {
    streams: Arc<Streams>,
    reader: String,
    displaced: Arc<Notify>,
}

impl Streams {
    pub(crate) fn new(max: usize, of_reader_max: usize) -> Self {
        Self {
            open: Mutex::default(),
            max,
            of_reader_max: of_reader_max.max(1),
        }
    }

    /// Opens one more for a reader; beyond what one reader may have, the reader's oldest ends.
    ///
    /// # Errors
    /// Unavailable when all readers together have as many as there is room for.
    pub(crate) fn open(self: &Arc<Self>, reader: &str) -> Result<OpenStream, Refusal> {
        let mut open = self.lock();
        let own = open.get(reader).map_or(0, VecDeque::len);
        let all: usize = open.values().map(VecDeque::len).sum();
        if own < self.of_reader_max && all >= self.max {
            return Err(Refusal::new(
                ErrorCode::Unavailable,
                "as many streams of events are open as the server has room for",
            ));
        }
        let of_reader = open.entry(reader.to_owned()).or_default();
        if of_reader.len() >= self.of_reader_max
            && let Some(oldest) = of_reader.pop_front()
        {
            oldest.notify_one();
        }
        let displaced = Arc::new(Notify::new());
        of_reader.push_back(displaced.clone());
        Ok(OpenStream {
            streams: self.clone(),
            reader: reader.to_owned(),
            displaced,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, VecDeque<Arc<Notify>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenStream {
    /// Waits until a newer one takes this one's place.
    pub(crate) async fn displaced(&self) {
        self.displaced.notified().await;
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        if let Some(of_reader) = open.get_mut(&self.reader) {
            of_reader.retain(|held| !Arc::ptr_eq(held, &self.displaced));
            if of_reader.is_empty() {
                open.remove(&self.reader);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_oldest_of_a_reader_makes_room_and_all_are_bounded() {
        let streams = Arc::new(Streams::new(3, 2));
        let first = streams.open("a").unwrap();
        let second = streams.open("a").unwrap();
        let third = streams.open("a").unwrap();
        first.displaced().await;
        let _other = streams.open("b").unwrap();
        assert_eq!(streams.open("c").unwrap_err().code, ErrorCode::Unavailable);
        // The reader's own place is not all the others'.
        let _fourth = streams.open("a").unwrap();
        second.displaced().await;
        drop(third);
        assert!(streams.open("c").is_ok());
    }
}
