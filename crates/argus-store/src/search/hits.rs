//! A row that matched, as it is shown: with a few words around what was found, cut from the bodies.

use argus_session::Step;
use argus_session::search::{Field, Snippet, Words, places, step_texts};
use rusqlite::{Connection, OptionalExtension};

use super::RowId;
use crate::StoreError;
use crate::read::WorkspaceBodies;
use crate::read::session::open_doc;
use crate::workspace::Workspace;

/// Characters of a snippet.
const SNIPPET_CHARS_MAX: usize = 200;

/// A step in which something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its turn's id.
    pub turn: String,
    /// Its id.
    pub step: String,
    /// When it began, microseconds UTC.
    pub at_us: Option<i64>,
    /// The text in which most was found.
    pub field: Field,
    /// The name under which the step has that text: `text`, `input`, `output`, `result`, `error`.
    pub content: &'static str,
    /// A few words of it.
    pub snippet: Snippet,
}

/// A step as the index names it.
pub(super) struct StepOf {
    /// The turn's row.
    pub(super) turn: i64,
    /// The step's id.
    pub(super) step: String,
}

/// The steps of these rows, in their order; what is gone is left out.
pub(super) fn steps_of(index: &Connection, rows: &[RowId]) -> Result<Vec<StepOf>, StoreError> {
    let mut statement = index.prepare_cached("SELECT turn, step FROM steps WHERE id = ?1")?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let step = statement
            .query_row([row.0], |row| {
                Ok(StepOf {
                    turn: row.get(0)?,
                    step: row.get(1)?,
                })
            })
            .optional()?;
        found.extend(step);
    }
    Ok(found)
}

impl Workspace {
    /// What was found in a step; `None` when it is not there any more, or not as it was when it was indexed.
    pub(super) fn hit(
        &self,
        key: &[u8; 32],
        of: &StepOf,
        words: &Words,
    ) -> Result<Option<Hit>, StoreError> {
        let found: Option<(String, Vec<u8>)> = self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT t.id, s.doc FROM turns t JOIN step_ids i ON i.session = t.session AND i.id = ?2
                     JOIN steps s ON s.turn = t.n AND s.id = i.step WHERE t.n = ?1",
                )?
                .query_row(rusqlite::params![of.turn, of.step], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?)
        })?;
        let Some((turn, doc)) = found else {
            return Ok(None);
        };
        let step: Step = open_doc(key, &doc)?;
        let texts = step_texts(&step, &WorkspaceBodies(self)).texts;
        let best = texts
            .into_iter()
            .map(|text| (places(words, text.field, &text.text), text))
            .filter(|(places, _)| !places.is_empty())
            // The first of equals.
            .rev()
            .max_by_key(|(places, _)| places.len());
        Ok(best.map(|(places, text)| Hit {
            turn,
            step: step.id,
            at_us: step.at,
            field: text.field,
            content: text.content,
            snippet: Snippet::of(&text.text, &places, SNIPPET_CHARS_MAX),
        }))
    }
}
