//! Sessions by what stands in their texts: what the words of a filter mean for a list.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use argus_session::search::{Clause, Words};
use rusqlite::Connection;

use super::database;
use super::lag::SearchLag;
use super::match_text;
use super::rows::Rows;
use crate::StoreError;
use crate::sqlite::bits::Bits;
use crate::workspace::Workspace;

/// Most sessions that words find for a list: the newest.
const MATCHED_SESSIONS_MAX: usize = 10_000;
/// Most rows of the index that are looked at for one word: some 100 ms.
const MATCHED_ROWS_MAX: usize = 200_000;
/// Most rows for all the words of a filter together.
const ROWS_TOGETHER_MAX: usize = 400_000;
/// Answers that are kept: the pages of a list ask the same.
const ANSWERS_KEPT: usize = 16;

/// The sessions that words find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Matched {
    /// Which.
    pub(crate) sessions: Arc<Bits>,
    /// They must not be among these.
    pub(crate) is_exclusion: bool,
    /// There are more: only the newest are among them.
    pub(crate) is_capped: bool,
}

/// Answers by words and state of the index.
#[derive(Debug, Default)]
pub(crate) struct MatchedCache(Mutex<VecDeque<(Words, i64, Matched)>>);

/// The sessions of one clause.
struct Of {
    sessions: HashSet<i64>,
    is_capped: bool,
}

/// What the words of a filter came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsReach {
    /// A word is in more sessions, or stands more often, than is looked at: only the newest sessions are found.
    pub is_capped: bool,
    /// How far the index is behind.
    pub lag: SearchLag,
}

impl Workspace {
    /// How far a list whose filter has words reaches; `None` when it has none.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is no index; otherwise when the store cannot be read.
    pub fn words_reach(&self, words: &Words) -> Result<Option<WordsReach>, StoreError> {
        if words.is_empty() {
            return Ok(None);
        }
        Ok(Some(WordsReach {
            is_capped: self.sessions_with(words)?.is_capped,
            lag: self.search_lag()?,
        }))
    }

    /// The sessions in which all of the words stand, each anywhere in the session, and none of those that must not.
    pub(crate) fn sessions_with(&self, words: &Words) -> Result<Matched, StoreError> {
        match_text::check(words)?;
        let search = &self.inner().search;
        search.read(|index| {
            let indexed = database::indexed(index)?;
            let mut kept = search
                .matched
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some((_, _, matched)) = kept
                .iter()
                .find(|(of, at, _)| of == words && *at == indexed)
            {
                return Ok(matched.clone());
            }
            drop(kept);
            let matched = matched(index, words)?;
            kept = search
                .matched
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= ANSWERS_KEPT {
                kept.pop_front();
            }
            kept.push_back((words.clone(), indexed, matched.clone()));
            Ok(matched)
        })
    }
}

fn matched(index: &Connection, words: &Words) -> Result<Matched, StoreError> {
    let mut sought: Option<HashSet<i64>> = None;
    let mut is_capped = false;
    let mut budget = Budget::new(words.clauses.len());
    for clause in words.clauses.iter().filter(|clause| !clause.negated) {
        let found = of(index, clause, &mut budget)?;
        is_capped |= found.is_capped;
        sought = Some(match sought {
            None => found.sessions,
            Some(before) => before.intersection(&found.sessions).copied().collect(),
        });
    }
    let mut excluded = HashSet::new();
    for clause in words.clauses.iter().filter(|clause| clause.negated) {
        let found = of(index, clause, &mut budget)?;
        is_capped |= found.is_capped;
        excluded.extend(found.sessions);
    }
    let is_exclusion = sought.is_none();
    let mut sessions = Bits::default();
    match sought {
        None => excluded.iter().for_each(|session| sessions.add(*session)),
        Some(sought) => sought
            .difference(&excluded)
            .for_each(|session| sessions.add(*session)),
    }
    Ok(Matched {
        sessions: Arc::new(sessions),
        is_exclusion,
        is_capped,
    })
}

/// How many rows are left to be looked at. Each clause may take its share of what those before it left: a frequent word takes
/// nothing from the others.
struct Budget {
    rows: usize,
    clauses: usize,
}

impl Budget {
    fn new(clauses: usize) -> Self {
        Self {
            rows: ROWS_TOGETHER_MAX,
            clauses,
        }
    }

    /// For the next clause.
    fn next(&self) -> usize {
        (self.rows / self.clauses.max(1)).clamp(1, MATCHED_ROWS_MAX)
    }

    fn took(&mut self, rows: usize) {
        self.rows = self.rows.saturating_sub(rows);
        self.clauses = self.clauses.saturating_sub(1);
    }
}

fn of(index: &Connection, clause: &Clause, budget: &mut Budget) -> Result<Of, StoreError> {
    let rows_max = budget.next();
    let mut rows = Rows::new(index, match_text::clause(clause), i64::MAX)?;
    let mut by_rank = index.prepare_cached("SELECT session FROM sessions WHERE rank = ?1")?;
    let mut found = Of {
        sessions: HashSet::new(),
        is_capped: false,
    };
    // A session's rows follow each other.
    let mut last = None;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        if last.replace(row.rank()) != Some(row.rank()) {
            found
                .sessions
                .insert(by_rank.query_row([row.rank()], |row| row.get(0))?);
        }
        if count == rows_max || found.sessions.len() == MATCHED_SESSIONS_MAX {
            found.is_capped = true;
            break;
        }
    }
    budget.took(count);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_share_the_rows_and_leave_each_other_theirs() {
        for clauses in 1..300 {
            let mut budget = Budget::new(clauses);
            let mut together = 0;
            for _ in 0..clauses {
                let share = budget.next();
                assert!(share >= ROWS_TOGETHER_MAX / clauses || share == MATCHED_ROWS_MAX);
                budget.took(share);
                together += share;
            }
            assert!(together <= ROWS_TOGETHER_MAX);
        }
        // What a rare word does not need, the next has.
        let mut budget = Budget::new(4);
        budget.took(10);
        assert!(budget.next() > ROWS_TOGETHER_MAX / 4);
    }
}
