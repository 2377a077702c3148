//! What random rules have drawn already: a week of which nothing changed since is not looked at again.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, params};

use super::WEEK_US;
use super::decide::week_of;
use crate::StoreError;

/// Most records that are looked through for the weeks that they changed; beyond, every week is looked at.
const RECORDS_MAX: i64 = 100_000;

/// How far each random rule is, while the workspace is open: after that, everything is looked at once more.
#[derive(Debug, Default)]
pub(crate) struct Drawn(Mutex<HashMap<(String, String), Mark>>);

/// How far a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The newest record that was projected when it was looked.
    pub(super) up_to: i64,
    /// The newest week that was over then.
    pub(super) week_us: i64,
}

impl Drawn {
    /// How far the rule of a queue that draws by `seed` is.
    pub(super) fn of(&self, queue: &str, seed: &str) -> Option<Mark> {
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.get(&(queue.to_owned(), seed.to_owned())).copied()
    }

    /// Notes that all up to `mark` is drawn.
    pub(super) fn note(&self, queue: &str, seed: &str, mark: Mark) {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.insert((queue.to_owned(), seed.to_owned()), mark);
    }
}

/// Those of `weeks` in which there may be something that was not drawn from yet: those that are over only since, and those of which a
/// session changed.
pub(super) fn to_look_at(
    connection: &Connection,
    weeks: Vec<i64>,
    before: Option<Mark>,
    up_to: i64,
) -> Result<Vec<i64>, StoreError> {
    let is_near = |mark: &Mark| (0..=RECORDS_MAX).contains(&(up_to - mark.up_to));
    let Some(before) = before.filter(is_near) else {
        return Ok(weeks);
    };
    let mut statement = connection.prepare_cached(
        "SELECT s.started_at_us FROM (SELECT DISTINCT session FROM records WHERE id > ?1 AND id <= ?2) r
         CROSS JOIN sessions s ON s.n = r.session WHERE s.started_at_us < ?3",
    )?;
    let after_us = before.week_us.saturating_add(WEEK_US);
    let rows = statement.query_map(params![before.up_to, up_to, after_us], |row| row.get(0))?;
    let mut changed = BTreeSet::new();
    for started_at_us in rows {
        changed.insert(week_of(started_at_us?));
    }
    let is_new = |week: &i64| *week > before.week_us || changed.contains(week);
    Ok(weeks.into_iter().filter(is_new).collect())
}

#[cfg(test)]
mod tests {
    use super::super::DAY_US;
    use super::*;

    #[test]
    fn only_weeks_that_changed_or_ended_since_are_looked_at() {
        let weeks: Vec<i64> = (1..=3)
            .map(|week| 4 * DAY_US + week * WEEK_US)
            .rev()
            .collect();
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE records (id INTEGER PRIMARY KEY, session INTEGER);
                 CREATE TABLE sessions (n INTEGER PRIMARY KEY, started_at_us INTEGER);",
            )
            .unwrap();
        for (place, week) in weeks.iter().enumerate() {
            let values = params![place, week + DAY_US];
            let session = "INSERT INTO sessions VALUES (?1, ?2)";
            connection.execute(session, values).unwrap();
            let record = "INSERT INTO records SELECT 10 + ?1, ?1";
            connection.execute(record, [place]).unwrap();
        }
        let look = |before: Option<(i64, i64)>, up_to| {
            let before = before.map(|(up_to, week_us)| Mark { up_to, week_us });
            to_look_at(&connection, weeks.clone(), before, up_to).unwrap()
        };
        assert_eq!(look(None, 12), weeks);
        assert_eq!(look(Some((12, weeks[0])), 12), Vec::<i64>::new());
        assert_eq!(look(Some((11, weeks[0])), 12), [weeks[2]]);
        assert_eq!(look(Some((12, weeks[1])), 12), [weeks[0]], "it ended since");
        assert_eq!(look(Some((12, weeks[0])), 12 + RECORDS_MAX + 1), weeks);
        assert_eq!(look(Some((12, weeks[0])), 5), weeks, "all is made anew");
    }
}
