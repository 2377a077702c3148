//! One session: its head, its turns, its steps, the whole document.

use argus_session::document::{Coverage, ProcessSeen, ReasonCode, Resolve};
use argus_session::fold::finish;
use argus_session::{Session, SessionDocument, Step, Turn};
use rusqlite::{Connection, OptionalExtension, params};

use super::WorkspaceBodies;
use super::conversation::first_session;
use crate::key_ring::IdHash;
use crate::query::StepRange;
use crate::sqlite::{inventory, records};
use crate::workspace::Workspace;
use crate::{StoreError, seal};

/// A title is one line of a list.
const TITLE_BYTES_MAX: usize = 400;

impl Workspace {
    /// A session's head, its title filled in.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn session(&self, id: &str) -> Result<Option<Session>, StoreError> {
        let Some((n, key)) = self.session_row(id)? else {
            return Ok(None);
        };
        let session = self.read(|connection| {
            let Some(mut session) = head(connection, n, &key)? else {
                return Ok(None);
            };
            session.conversation = first_session(connection, &session.id)?;
            join_processes(connection, n, &mut session.coverage)?;
            Ok(Some(session))
        })?;
        Ok(session.map(|session| self.with_title(session)))
    }

    /// The sessions whose id begins with `prefix`, up to two: one is what a person meant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sessions_by_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        // Every id with the prefix sorts before the prefix with the last character of all behind it.
        let end = format!("{prefix}\u{10ffff}");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT k.id FROM sessions_known k JOIN sessions s ON s.n = k.n
                 WHERE k.id >= ?1 AND k.id < ?2 AND s.listed = 1 ORDER BY k.id LIMIT 2",
            )?;
            let rows = statement.query_map(params![prefix, end], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// A session's turns with their place and branch, without steps and texts.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn turns(&self, session_id: &str) -> Result<Vec<Turn>, StoreError> {
        let Some((n, key)) = self.session_row(session_id)? else {
            return Ok(Vec::new());
        };
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT doc FROM turns WHERE session = ?1")?;
            let mut rows = statement.query([n])?;
            let mut turns = Vec::new();
            while let Some(row) = rows.next()? {
                turns.push(open_doc::<Turn>(
                    &key,
                    row.get_ref(0)?.as_blob().unwrap_or_default(),
                )?);
            }
            finish(&mut turns);
            Ok(turns)
        })
    }

    /// Steps of a turn, in order, texts filled in and cut at the range's `text_bytes_max`.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn steps(
        &self,
        session_id: &str,
        turn_id: &str,
        range: StepRange,
    ) -> Result<Vec<Step>, StoreError> {
        let mut steps = self.bare_steps(session_id, turn_id, range)?;
        let bodies = WorkspaceBodies(self);
        for step in &mut steps {
            step.resolve(&bodies, range.text_bytes_max);
        }
        Ok(steps)
    }

    /// Steps of a turn, in order, texts left as references.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn bare_steps(
        &self,
        session_id: &str,
        turn_id: &str,
        range: StepRange,
    ) -> Result<Vec<Step>, StoreError> {
        let Some((n, key)) = self.session_row(session_id)? else {
            return Ok(Vec::new());
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.doc FROM steps s WHERE s.turn = (SELECT n FROM turns WHERE session = ?1 AND id = ?2)
                 ORDER BY s.grp, s.at_us, s.place, s.id LIMIT ?3 OFFSET ?4",
            )?;
            let limit = i64::try_from(range.limit).unwrap_or(i64::MAX);
            let offset = i64::try_from(range.offset).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![n, turn_id, limit, offset])?;
            let mut steps = Vec::new();
            while let Some(row) = rows.next()? {
                steps.push(open_doc::<Step>(&key, row.get_ref(0)?.as_blob().unwrap_or_default())?);
            }
            Ok(steps)
        })
    }

    /// A step by its id or any id that it ever had, with its turn's id; texts in full.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn step(
        &self,
        session_id: &str,
        step_id: &str,
    ) -> Result<Option<(String, Step)>, StoreError> {
        Ok(self
            .step_unresolved(session_id, step_id)?
            .map(|(turn, mut step)| {
                step.resolve(&WorkspaceBodies(self), usize::MAX);
                (turn, step)
            }))
    }

    pub(crate) fn step_unresolved(
        &self,
        session_id: &str,
        step_id: &str,
    ) -> Result<Option<(String, Step)>, StoreError> {
        let Some((n, key)) = self.session_row(session_id)? else {
            return Ok(None);
        };
        self.read(|connection| {
            let row: Option<(String, Vec<u8>)> = connection
                .prepare_cached(
                    "SELECT t.id, s.doc FROM step_ids i JOIN turns t ON t.n = i.turn
                     JOIN steps s ON s.turn = i.turn AND s.id = i.step WHERE i.session = ?1 AND i.id = ?2",
                )?
                .query_row(params![n, step_id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            row.map(|(turn, doc)| Ok((turn, open_doc::<Step>(&key, &doc)?))).transpose()
        })
    }

    /// The whole document, texts cut at `text_bytes_max`.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn document(
        &self,
        session_id: &str,
        text_bytes_max: usize,
    ) -> Result<Option<SessionDocument>, StoreError> {
        let Some(session) = self.session(session_id)? else {
            return Ok(None);
        };
        let mut turns = self.turns(session_id)?;
        let bodies = WorkspaceBodies(self);
        for turn in &mut turns {
            turn.steps = self.steps(session_id, &turn.id, StepRange::all(text_bytes_max))?;
            if let Some(text) = &mut turn.prompt.text {
                text.resolve(&bodies, text_bytes_max);
            }
            if let Some(answer) = &mut turn.answer {
                answer.resolve(&bodies, text_bytes_max);
            }
        }
        Ok(Some(SessionDocument { session, turns }))
    }

    /// Fills in a turn's prompt and answer.
    pub fn with_texts(&self, mut turn: Turn, text_bytes_max: usize) -> Turn {
        turn.resolve(&WorkspaceBodies(self), text_bytes_max);
        turn
    }

    pub(super) fn with_title(&self, mut session: Session) -> Session {
        if let Some(title) = &mut session.title {
            title.resolve(&WorkspaceBodies(self), TITLE_BYTES_MAX);
        }
        session
    }

    /// The session's number and key.
    pub(crate) fn session_row(&self, id: &str) -> Result<Option<(i64, [u8; 32])>, StoreError> {
        let Some(n) = self.read(|connection| records::known_session(connection, id))? else {
            return Ok(None);
        };
        let hash: IdHash = self.inner().keys.session_hash(id);
        Ok(self.inner().keys.session_key(hash)?.map(|key| (n, key)))
    }
}

/// Says of processes that their earlier events stand under another session's id, where one is found that they go on from.
fn join_processes(
    connection: &Connection,
    session: i64,
    coverage: &mut Coverage,
) -> Result<(), StoreError> {
    let Some(details) = &mut coverage.details else {
        return Ok(());
    };
    for process in details.processes.iter_mut().filter(|of| of.first > 0) {
        process.goes_on = inventory::goes_on(connection, session, process)?;
    }
    let is_known = |process: &ProcessSeen| process.first == 0 || process.goes_on;
    if details.processes.iter().all(is_known) {
        coverage
            .reasons
            .retain(|reason| reason.code != ReasonCode::EarlierEventsElsewhere);
    }
    Ok(())
}

/// The head of a session by its number.
pub(super) fn head(
    connection: &Connection,
    n: i64,
    key: &[u8; 32],
) -> Result<Option<Session>, StoreError> {
    let doc: Option<Vec<u8>> = connection
        .prepare_cached("SELECT doc FROM session_docs WHERE session = ?1")?
        .query_row([n], |row| row.get(0))
        .optional()?;
    doc.map(|doc| open_doc(key, &doc)).transpose()
}

pub(crate) fn open_doc<T: serde::de::DeserializeOwned>(
    key: &[u8; 32],
    sealed: &[u8],
) -> Result<T, StoreError> {
    let (_, bytes) = seal::open(key, crate::projection::DOC, sealed)?;
    serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt {
        table: "projections",
        what: "a document; `argus rebuild` makes it anew".to_owned(),
    })
}
