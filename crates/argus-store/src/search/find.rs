//! Finding in one session: every step in which something stands, by its place, inside what a page folds too.

use std::collections::HashMap;

use argus_session::search::Words;
use rusqlite::{Connection, OptionalExtension, params};

use super::hits::{Hit, steps_of};
use super::match_text;
use super::rows::of_session;
use crate::read::Outline;
use crate::workspace::Workspace;
use crate::{SearchLag, StoreError};

/// Most steps of one session that are found.
const FOUND_MAX: usize = 10_000;

/// What was found in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The places of all of the steps in the session's one list of steps, in order: at most 10,000.
    pub places: Vec<u64>,
    /// Some of them, as asked for.
    pub steps: Vec<FoundStep>,
    /// There are more than 10,000.
    pub is_capped: bool,
    /// How far the index is behind.
    pub lag: SearchLag,
}

/// A step in which something was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundStep {
    /// Its place in the session's one list of steps.
    pub place: u64,
    /// What was found.
    pub hit: Hit,
}

impl Workspace {
    /// The steps of a session in which all of the words stand, in order; of those from `offset` on, `limit` with what was found.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when nothing is looked for, or there is no index; otherwise when the store cannot be read.
    pub fn find_in_session(
        &self,
        session_id: &str,
        outline: &Outline,
        words: &Words,
        (offset, limit): (usize, usize),
    ) -> Result<Found, StoreError> {
        let expression = match_text::of(words)?;
        let lag = self.search_lag()?;
        let mut found = Found {
            places: Vec::new(),
            steps: Vec::new(),
            is_capped: false,
            lag,
        };
        let Some((session, key)) = self.session_row(session_id)? else {
            return Ok(found);
        };
        let mut steps = self.inner().search.read(|index| {
            let place: Option<(i64, i64)> = index
                .prepare_cached("SELECT shard, rank FROM sessions WHERE session = ?1")?
                .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((shard, rank)) = place else {
                return Ok(Vec::new());
            };
            let rows = of_session(index, &expression, shard, rank, FOUND_MAX + 1)?;
            steps_of(index, &rows)
        })?;
        found.is_capped = steps.len() > FOUND_MAX;
        steps.truncate(FOUND_MAX);
        let mut placed = self.read(|connection| {
            let mut of_turns: HashMap<i64, HashMap<String, u64>> = HashMap::new();
            let mut placed = Vec::with_capacity(steps.len());
            for step in steps {
                let places = match of_turns.get(&step.turn) {
                    Some(places) => places,
                    None => {
                        let places = places_of(connection, step.turn, outline)?;
                        of_turns.entry(step.turn).or_insert(places)
                    }
                };
                // One that moved or went since it was indexed has none.
                if let Some(place) = places.get(&step.step) {
                    placed.push((*place, step));
                }
            }
            Ok(placed)
        })?;
        placed.sort_unstable_by_key(|(place, _)| *place);
        found.places = placed.iter().map(|(place, _)| *place).collect();
        for (place, step) in placed.iter().skip(offset).take(limit) {
            let hit = self.hit(&key, step, words)?;
            found
                .steps
                .extend(hit.map(|hit| FoundStep { place: *place, hit }));
        }
        Ok(found)
    }
}

/// The places of a turn's steps in the session's one list.
fn places_of(
    connection: &Connection,
    turn: i64,
    outline: &Outline,
) -> Result<HashMap<String, u64>, StoreError> {
    let id: Option<String> = connection
        .prepare_cached("SELECT id FROM turns WHERE n = ?1")?
        .query_row([turn], |row| row.get(0))
        .optional()?;
    let first = id
        .and_then(|id| outline.turn(&id))
        .map(|turn| outline.first_steps[turn]);
    let Some(first) = first else {
        return Ok(HashMap::new());
    };
    let mut statement = connection
        .prepare_cached("SELECT id FROM steps WHERE turn = ?1 ORDER BY grp, at_us, place, id")?;
    let rows = statement.query_map(params![turn], |row| row.get::<_, String>(0))?;
    let ids: Vec<String> = rows.collect::<Result<_, _>>()?;
    Ok(ids.into_iter().zip(first..).collect())
}
