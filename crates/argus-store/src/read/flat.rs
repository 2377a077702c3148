//! A session's steps as one list: the turns by their place, their steps in order. What a page scrolls through.

use std::collections::HashMap;

use argus_session::document::Resolve;
use argus_session::{Step, Turn};
use rusqlite::{OptionalExtension, params};

use super::WorkspaceBodies;
use super::session::open_doc;
use crate::StoreError;
use crate::query::StepRange;
use crate::workspace::Workspace;

/// The turns of a session and where their steps stand in the one list.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The turns, without steps and texts.
    pub turns: Vec<Turn>,
    /// The place of each turn's first step.
    pub first_steps: Vec<u64>,
    /// Steps of all turns.
    pub steps: u64,
}

/// A step and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatStep {
    /// Its place in the list that was asked for.
    pub index: u64,
    /// Its turn's place.
    pub turn: usize,
    /// The step.
    pub step: Step,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepPlace {
    /// Its turn's place.
    pub turn: usize,
    /// How manieth of its turn, from 0.
    pub offset: u64,
}

/// Where the steps of each agent stand, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentPlaces(HashMap<Option<String>, Vec<StepPlace>>);

impl AgentPlaces {
    /// The places of an agent's steps; `None` is the main one.
    #[must_use]
    pub fn of(&self, agent: Option<&str>) -> &[StepPlace] {
        self.0
            .get(&agent.map(str::to_owned))
            .map_or(&[], Vec::as_slice)
    }
}

impl Outline {
    /// The outline of turns in order.
    #[must_use]
    pub fn new(turns: Vec<Turn>) -> Self {
        let mut steps = 0;
        let first_steps = turns
            .iter()
            .map(|turn| {
                let first = steps;
                steps += turn.step_count;
                first
            })
            .collect();
        Self {
            turns,
            first_steps,
            steps,
        }
    }

    /// The place of a turn by its id.
    #[must_use]
    pub fn turn(&self, id: &str) -> Option<usize> {
        self.turns.iter().position(|turn| turn.id == id)
    }

    /// Where the step at a place of the whole list stands.
    #[must_use]
    pub fn place(&self, index: u64) -> Option<StepPlace> {
        if index >= self.steps {
            return None;
        }
        // Turns without steps share the place of the next: the last that begins at or before it is the one.
        let turn = self
            .first_steps
            .partition_point(|first| *first <= index)
            .checked_sub(1)?;
        Some(StepPlace {
            turn,
            offset: index - self.first_steps[turn],
        })
    }
}

impl Workspace {
    /// Steps of a session by their place in the whole list, texts cut at the range's `text_bytes_max`.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn flat_steps(
        &self,
        session_id: &str,
        outline: &Outline,
        range: StepRange,
    ) -> Result<Vec<FlatStep>, StoreError> {
        let mut found = Vec::new();
        let mut index = range.offset;
        let end = range.offset.saturating_add(range.limit).min(outline.steps);
        while index < end {
            let Some(place) = outline.place(index) else {
                break;
            };
            let turn = &outline.turns[place.turn];
            let part = StepRange {
                offset: place.offset,
                limit: (end - index).min(turn.step_count - place.offset),
                ..range
            };
            let steps = self.steps(session_id, &turn.id, part)?;
            found.extend(
                steps
                    .into_iter()
                    .zip(index..)
                    .map(|(step, index)| FlatStep {
                        index,
                        turn: place.turn,
                        step,
                    }),
            );
            index += part.limit;
        }
        Ok(found)
    }

    /// The steps at these places, in their order; `first_index` is the first one's place in the list that was asked for.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn steps_at(
        &self,
        session_id: &str,
        outline: &Outline,
        places: &[StepPlace],
        first_index: u64,
        text_bytes_max: usize,
    ) -> Result<Vec<FlatStep>, StoreError> {
        let mut found = Vec::with_capacity(places.len());
        for (place, index) in places.iter().zip(first_index..) {
            let range = StepRange {
                offset: place.offset,
                limit: 1,
                text_bytes_max,
            };
            let id = &outline.turns[place.turn].id;
            found.extend(
                self.steps(session_id, id, range)?
                    .pop()
                    .map(|step| FlatStep {
                        index,
                        turn: place.turn,
                        step,
                    }),
            );
        }
        Ok(found)
    }

    /// Where the steps of each agent stand. Looks at every step of the session.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn agent_places(
        &self,
        session_id: &str,
        outline: &Outline,
    ) -> Result<AgentPlaces, StoreError> {
        let mut places = AgentPlaces::default();
        let Some((n, key)) = self.session_row(session_id)? else {
            return Ok(places);
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.doc FROM steps s WHERE s.turn = (SELECT n FROM turns WHERE session = ?1 AND id = ?2)
                 ORDER BY s.grp, s.at_us, s.place, s.id",
            )?;
            for (turn, row) in outline.turns.iter().enumerate() {
                let mut rows = statement.query(params![n, row.id])?;
                let mut offset = 0;
                while let Some(row) = rows.next()? {
                    let step: Step = open_doc(&key, row.get_ref(0)?.as_blob().unwrap_or_default())?;
                    let place = StepPlace { turn, offset };
                    places.0.entry(step.agent_id).or_default().push(place);
                    offset += 1;
                }
            }
            Ok(())
        })?;
        Ok(places)
    }

    /// The places of the steps that failed, up to `limit`, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn error_places(
        &self,
        session_id: &str,
        outline: &Outline,
        limit: usize,
    ) -> Result<Vec<u64>, StoreError> {
        let Some((n, _)) = self.session_row(session_id)? else {
            return Ok(Vec::new());
        };
        let mut places = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.id, o.offset FROM (
                     SELECT turn, is_error, row_number() OVER (PARTITION BY turn ORDER BY grp, at_us, place, id) - 1 AS offset
                     FROM steps WHERE turn IN (
                         SELECT turn FROM steps WHERE is_error = 1 AND turn IN (SELECT n FROM turns WHERE session = ?1)
                     )
                 ) o JOIN turns t ON t.n = o.turn WHERE o.is_error = 1",
            )?;
            let rows = statement.query_map([n], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))
            })?;
            let firsts: HashMap<&str, u64> = outline
                .turns
                .iter()
                .map(|turn| turn.id.as_str())
                .zip(outline.first_steps.iter().copied())
                .collect();
            let mut places = Vec::new();
            for row in rows {
                let (turn, offset) = row?;
                places.extend(firsts.get(turn.as_str()).map(|first| first + offset));
            }
            Ok(places)
        })?;
        places.sort_unstable();
        places.truncate(limit);
        Ok(places)
    }

    /// A step by its id or any id that it ever had, with where it stands; texts cut at `text_bytes_max`.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn flat_step(
        &self,
        session_id: &str,
        step_id: &str,
        outline: &Outline,
        text_bytes_max: usize,
    ) -> Result<Option<FlatStep>, StoreError> {
        let Some((turn_id, mut step)) = self.step_unresolved(session_id, step_id)? else {
            return Ok(None);
        };
        let (Some(turn), Some((n, _))) = (outline.turn(&turn_id), self.session_row(session_id)?)
        else {
            return Ok(None);
        };
        let offset: Option<u64> = self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM steps b WHERE b.turn = s.turn
                             AND (b.grp, b.at_us, b.place, b.id) < (s.grp, s.at_us, s.place, s.id))
                     FROM steps s WHERE s.turn = (SELECT n FROM turns WHERE session = ?1 AND id = ?2) AND s.id = ?3",
                )?
                .query_row(params![n, turn_id, step.id], |row| row.get(0))
                .optional()?)
        })?;
        step.resolve(&WorkspaceBodies(self), text_bytes_max);
        Ok(offset.map(|offset| FlatStep {
            index: outline.first_steps[turn] + offset,
            turn,
            step,
        }))
    }
}
