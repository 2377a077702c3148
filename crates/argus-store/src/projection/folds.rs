//! The folds at hand: of the sessions that were written to last.

use std::collections::HashMap;

use argus_session::Fold;

use crate::limits::FOLD_RECORDS_MAX;

/// Folds by session, the least recently used thrown away when their records are too many.
#[derive(Debug, Default)]
pub(crate) struct Folds {
    folds: HashMap<i64, (Fold, u64)>,
    records: usize,
    clock: u64,
}

impl Folds {
    /// Takes a session's fold out.
    pub(crate) fn take(&mut self, session: i64) -> Option<Fold> {
        let (fold, _) = self.folds.remove(&session)?;
        self.records -= fold.record_count();
        Some(fold)
    }

    /// Puts a fold back.
    pub(crate) fn put(&mut self, session: i64, fold: Fold) {
        self.clock += 1;
        self.records += fold.record_count();
        self.folds.insert(session, (fold, self.clock));
        while self.records > FOLD_RECORDS_MAX && self.folds.len() > 1 {
            let Some(oldest) = self
                .folds
                .iter()
                .min_by_key(|(_, (_, used))| *used)
                .map(|(session, _)| *session)
            else {
                return;
            };
            self.take(oldest);
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
