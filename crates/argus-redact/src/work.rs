//! The work that an item may take: counted, not timed, so that the same item always fares the same.

use crate::redacted::Dropped;

/// Bytes that may still be gone over for an item.
#[derive(Debug)]
pub(crate) struct Work {
    left: usize,
}

impl Work {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { left: bytes }
    }

    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Dropped> {
        self.left = self.left.checked_sub(bytes).ok_or(Dropped::WorkBudget)?;
        Ok(())
    }
}
