//! One budget in bytes over all requests in flight. What does not fit is refused at once, never made to wait: waiting
//! requests would hold memory too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The budget.
#[derive(Debug)]
pub(crate) struct Budget {
    max: usize,
    key_max: usize,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    all: usize,
    by_key: HashMap<Arc<str>, usize>,
}

/// Which bound a request would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// The server's.
    All,
    /// That of its key.
    Key,
}

impl Budget {
    pub(crate) fn new(max: usize, key_max: usize) -> Arc<Self> {
        Arc::new(Self {
            max,
            key_max,
            used: Mutex::default(),
        })
    }

    /// A charge of no bytes yet, for a request of this key.
    pub(crate) fn open(self: &Arc<Self>, key: &str) -> Charge {
        Charge {
            budget: self.clone(),
            key: key.into(),
            bytes: 0,
        }
    }

    /// Bytes in flight.
    pub(crate) fn used(&self) -> usize {
        self.lock().all
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of one request; given back when dropped.
#[derive(Debug)]
pub(crate) struct Charge {
    budget: Arc<Budget>,
    key: Arc<str>,
    bytes: usize,
}

impl Charge {
    /// Charges for more.
    ///
    /// # Errors
    /// When it does not fit; nothing is charged then.
    pub(crate) fn add(&mut self, bytes: usize) -> Result<(), Over> {
        let mut used = self.budget.lock();
        if used.all + bytes > self.budget.max {
            return Err(Over::All);
        }
        let by_key = used.by_key.entry(self.key.clone()).or_insert(0);
        if *by_key + bytes > self.budget.key_max {
            return Err(Over::Key);
        }
        *by_key += bytes;
        used.all += bytes;
        self.bytes += bytes;
        Ok(())
    }

    /// True when so much more would fit now; the bytes themselves are charged as they come.
    pub(crate) fn fits(&self, bytes: usize) -> Result<(), Over> {
        let used = self.budget.lock();
        if used.all.saturating_add(bytes) > self.budget.max {
            return Err(Over::All);
        }
        let by_key = used.by_key.get(&self.key).copied().unwrap_or(0);
        if by_key.saturating_add(bytes) > self.budget.key_max {
            Err(Over::Key)
        } else {
            Ok(())
        }
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        let mut used = self.budget.lock();
        used.all -= self.bytes;
        if let Some(by_key) = used.by_key.get_mut(&self.key) {
            *by_key -= self.bytes;
            // Keys come and go: an idle one leaves nothing behind.
            if *by_key == 0 {
                used.by_key.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_is_bounded_by_its_key_and_by_all_and_given_back() {
        let budget = Budget::new(100, 80);
        let (mut a, mut b) = (budget.open("a"), budget.open("b"));
        assert_eq!(a.add(81), Err(Over::Key));
        assert_eq!(a.add(80), Ok(()));
        assert_eq!(budget.open("a").add(1), Err(Over::Key));
        assert_eq!(b.add(21), Err(Over::All));
        assert_eq!(
            (b.fits(20), b.add(20), b.fits(1)),
            (Ok(()), Ok(()), Err(Over::All))
        );
        drop(a);
        assert_eq!((budget.used(), b.add(60)), (20, Ok(())));
        drop(b);
        assert!(budget.used() == 0 && budget.lock().by_key.is_empty());
    }
}
