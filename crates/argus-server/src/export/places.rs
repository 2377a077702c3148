//! How many pages of one share link are being shown: one link does not take the places of all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most pages of one link at a time.
const OF_LINK_MAX: usize = 2;

/// Pages that are being shown, by the link's token, whether or not there is such a link.
#[derive(Debug, Default)]
pub(crate) struct Places(Mutex<HashMap<String, usize>>);

/// The place of a page; free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    token: String,
}

impl Places {
    /// A place for one more page of a link; `None` when it has as many as it may.
    pub(crate) fn take(self: &Arc<Self>, token: &str) -> Option<Place> {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_link = shown.entry(token.to_owned()).or_default();
        if *of_link >= OF_LINK_MAX {
            return None;
        }
        *of_link += 1;
        Some(Place {
            places: self.clone(),
            token: token.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut shown = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_link) = shown.get_mut(&self.token) {
            *of_link -= 1;
            if *of_link == 0 {
                shown.remove(&self.token);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_two_places_and_another_one_its_own() {
        let places = Arc::new(Places::default());
        let (first, second) = (places.take("a").unwrap(), places.take("a").unwrap());
        assert!(places.take("a").is_none());
        assert!(places.take("b").is_some());
        drop(first);
        assert!(places.take("a").is_some());
        drop(second);
        assert!(places.0.lock().unwrap().is_empty());
    }
}
