//! Precedents: decisions that guide the use of a rubric. One that came of a session is sealed under the session's key and goes
//! with it: it may quote.

use argus_session::Random;
use rusqlite::{Connection, Row, params};
use serde_json::json;

use super::write::no_rubric;
use crate::key_ring::{IdHash, KeyRing};
use crate::limits::{PRECEDENTS_MAX, REVIEW_TEXT_BYTES_MAX};
use crate::redaction::TypedBody;
use crate::reviews::{author_of, blind};
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, seal as sealing};

/// A decision that guides the use of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedent {
    /// What was decided.
    pub text: String,
    /// The session that it came of.
    pub session: Option<String>,
    /// The turn that it came of.
    pub turn: Option<String>,
    /// Who decided: `account:ID`.
    pub author: String,
    /// When, microseconds UTC.
    pub at_us: i64,
}

/// A precedent to be added.
#[derive(Debug, Clone)]
pub struct NewPrecedent {
    /// What was decided.
    pub text: String,
    /// The session that it came of, which then takes it along when it is erased.
    pub session: Option<String>,
    /// The turn that it came of.
    pub turn: Option<String>,
}

impl Workspace {
    /// Adds a precedent to a rubric.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such rubric, or no such session that `scope` lets be read.
    pub fn add_precedent(
        &self,
        rubric: &str,
        new: NewPrecedent,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        if self.rubric(rubric, None, scope)?.is_none() {
            return Err(no_rubric(rubric));
        }
        check_text(&new.text)?;
        let session = match &new.session {
            None => None,
            Some(id) => Some(self.session_to_judge(id, scope)?),
        };
        let keys = &self.inner().keys;
        let sealed = seal(
            keys,
            session.map(|(_, hash)| hash),
            &TypedBody::of_text(&self.redactor(), &new.text)?,
            self.random(),
        )?;
        let (keeping, at_us) = (self.keeping(rubric), self.now_us());
        let author = author_of(actor).unwrap_or_default();
        let mut detail = json!({"rubric": rubric, "change": "precedent"});
        if let Some((_, hash)) = session {
            detail["session"] = json!(hex::encode(hash));
        }
        let (rubric, turn, scope) = (rubric.to_owned(), new.turn, scope.clone());
        self.change(ActKind::RubricChanged, actor, detail, move |transaction| {
            // Erased meanwhile, nothing of it may come back.
            if let Some((session, _)) = session
                && !scope.may_read(transaction, session)?
            {
                return Err(StoreError::NotFound {
                    what: "session",
                    name: new.session.unwrap_or_default(),
                });
            }
            keeping.keep(transaction, at_us)?;
            let of = session.map(|(session, _)| session);
            add(
                transaction,
                &rubric,
                of,
                turn.as_deref(),
                &author,
                at_us,
                &sealed,
            )
        })
    }

    /// The number and hash of a session that `scope` lets be read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub(crate) fn session_to_judge(
        &self,
        id: &str,
        scope: &ReadScope,
    ) -> Result<(i64, IdHash), StoreError> {
        let hash = self.inner().keys.session_hash(id);
        let found = self.read(|connection| match records::known_session(connection, id)? {
            Some(session) if scope.may_read(connection, session)? => Ok(Some(session)),
            _ => Ok(None),
        })?;
        found
            .map(|session| (session, hash))
            .ok_or_else(|| StoreError::NotFound {
                what: "session",
                name: id.to_owned(),
            })
    }
}

/// Seals the text of a precedent: under the session's key where it came of one.
pub(crate) fn seal(
    keys: &KeyRing,
    session: Option<IdHash>,
    text: &TypedBody,
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    let key = match session {
        None => Some(*keys.workspace_key()),
        Some(hash) => keys.session_key(hash)?,
    };
    let key = key.ok_or(StoreError::NotFound {
        what: "session",
        name: String::new(),
    })?;
    Ok(sealing::seal(
        &key,
        ASSOCIATED,
        &[0; 32],
        text.bytes(),
        random,
    ))
}

/// What the text of a precedent is bound to.
pub(crate) const ASSOCIATED: &[u8] = b"precedent";

pub(crate) fn add(
    connection: &Connection,
    rubric: &str,
    session: Option<i64>,
    turn: Option<&str>,
    author: &str,
    at_us: i64,
    sealed: &[u8],
) -> Result<(), StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM rubric_precedents WHERE rubric = ?1")?
        .query_row([rubric], |row| row.get(0))?;
    if count >= PRECEDENTS_MAX {
        return Err(StoreError::Invalid(format!(
            "a rubric keeps at most {PRECEDENTS_MAX} precedents: write what they say into its guidance"
        )));
    }
    connection.execute(
        "INSERT INTO rubric_precedents (rubric, session, turn, author, at_us, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![rubric, session, turn.unwrap_or_default(), author, at_us, sealed],
    )?;
    Ok(())
}

/// Removes the precedents that came of a session.
pub(crate) fn remove_of_session(connection: &Connection, session: i64) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM rubric_precedents WHERE session = ?1",
        [session],
    )?;
    Ok(())
}

/// The precedents of a rubric that `scope` lets be read, the oldest first; not those of sessions that are reviewed blind.
pub(super) fn of_rubric(
    connection: &Connection,
    keys: &KeyRing,
    rubric: &str,
    scope: &ReadScope,
) -> Result<Vec<Precedent>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT session, turn, author, at_us, sealed FROM rubric_precedents WHERE rubric = ?1 ORDER BY n",
    )?;
    let rows: Vec<PrecedentRow> = statement
        .query_map([rubric], row)?
        .collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (session, turn, author, at_us, sealed) in rows {
        let (session, key) = match session {
            None => (None, Some(*keys.workspace_key())),
            // What was decided of a session is a judgement of it: while it is reviewed blind, nobody is told.
            Some(n) if scope.may_read(connection, n)? && !blind::is_hidden(connection, n)? => {
                match records::session_of(connection, n)? {
                    Some((id, hash)) => (id, keys.session_key(hash)?),
                    None => continue,
                }
            }
            Some(_) => continue,
        };
        let Some(key) = key else { continue };
        let (_, text) = sealing::open(&key, ASSOCIATED, &sealed)?;
        found.push(Precedent {
            text: String::from_utf8_lossy(&text).into_owned(),
            session,
            turn: (!turn.is_empty()).then_some(turn),
            author,
            at_us,
        });
    }
    Ok(found)
}

type PrecedentRow = (Option<i64>, String, String, i64, Vec<u8>);

fn row(row: &Row<'_>) -> rusqlite::Result<PrecedentRow> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
    ))
}

pub(crate) fn check_text(text: &str) -> Result<(), StoreError> {
    if text.trim().is_empty() || text.len() > REVIEW_TEXT_BYTES_MAX {
        return Err(StoreError::Invalid(format!(
            "a text has 1 to {REVIEW_TEXT_BYTES_MAX} bytes"
        )));
    }
    Ok(())
}
