//! References: judgements that reviewers are compared with. They are no reviews: nobody but who manages is told of them.

use argus_insight::rubric::Answer;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::act::account_of;
use super::item;
use crate::key_ring::KeyRing;
use crate::limits::GOLD_MAX;
use crate::redaction::TypedBody;
use crate::scores::answered;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, rubrics};

/// A reference to be set, or taken away.
#[derive(Debug, Clone)]
pub struct NewGold {
    /// The session's id.
    pub session_id: String,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// The rubric that the answers are of; `None` for a verdict.
    pub rubric: Option<String>,
    /// The answers to the newest version of the rubric.
    pub answers: Vec<Answer>,
    /// The verdict's word: good or wrong.
    pub verdict: Option<String>,
    /// Why.
    pub note: Option<String>,
    /// Whether it is taken away.
    pub is_removed: bool,
}

/// A reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Gold {
    /// The session's id.
    pub session_id: String,
    /// The turn's id.
    pub turn: Option<String>,
    /// The rubric's id.
    pub rubric: Option<String>,
    /// The version that was answered; 0 of a verdict.
    pub version: u32,
    /// The verdict's word.
    pub verdict: Option<String>,
    /// The score in basis points.
    pub basis_points: Option<i64>,
    /// The answers.
    pub answers: Vec<Answer>,
    /// Why.
    pub note: Option<String>,
    /// The account that set it.
    pub account: String,
    /// When, microseconds UTC.
    pub at_us: i64,
}

/// What is sealed of a reference.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    answers: Vec<Answer>,
    note: Option<String>,
}

impl Workspace {
    /// Sets or takes away a reference.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such session, turn or rubric; [`StoreError::Invalid`] when what is given is no
    /// judgement.
    pub fn set_gold(
        &self,
        new: NewGold,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let account = account_of(actor)?;
        let (session, hash) = self.session_to_judge(&new.session_id, scope)?;
        if let Some(turn) = &new.turn {
            self.check_turns(session, &[turn])?;
        }
        let (mut version, mut number) = (0, None);
        if !new.is_removed {
            match (&new.rubric, new.verdict.as_deref()) {
                (Some(rubric), None) => {
                    let newest =
                        self.read(|connection| rubrics::newest_version(connection, rubric))?;
                    version = newest.unwrap_or_default();
                    let definition = self.rubric_to_use(rubric, version)?;
                    let score = answered(&definition, &new.answers, new.turn.is_some())?;
                    number = score.basis_points.map(i64::from);
                }
                (None, Some("good" | "wrong")) if new.answers.is_empty() => {}
                _ => {
                    return Err(StoreError::Invalid(
                        "a reference is either the answers to a rubric, or the verdict good or wrong".to_owned(),
                    ));
                }
            }
        }
        if let Some(note) = &new.note {
            rubrics::check_text(note)?;
        }
        let sealed = Sealed {
            answers: new.answers,
            note: new.note,
        };
        let sealed = TypedBody::of(&self.redactor(), &sealed)?;
        let sealed = item::sealed(&self.inner().keys, hash, &sealed, self.random())?;
        let (scope, session_id) = (scope.clone(), new.session_id);
        let (turn, rubric) = (new.turn.unwrap_or_default(), new.rubric.unwrap_or_default());
        let (is_removed, verdict, at_us) = (new.is_removed, new.verdict, self.now_us());
        let detail = json!({"session": hex::encode(hash), "rubric": rubric, "removed": is_removed});
        let keeping = self.keeping(&rubric);
        self.change(ActKind::GoldSet, actor, detail, move |transaction| {
            if is_removed {
                let count = transaction.execute(
                    "DELETE FROM gold WHERE session = ?1 AND turn = ?2 AND rubric = ?3",
                    params![session, turn, rubric],
                )?;
                return if count == 0 { Err(no_gold()) } else { Ok(()) };
            }
            let count: i64 = transaction.query_row("SELECT count(*) FROM gold", [], |row| row.get(0))?;
            if count >= GOLD_MAX {
                return Err(StoreError::Invalid(format!("a workspace has at most {GOLD_MAX} references")));
            }
            // Erased meanwhile, nothing of it may come back.
            if !scope.may_read(transaction, session)? {
                return Err(StoreError::NotFound { what: "session", name: session_id });
            }
            keeping.keep(transaction, at_us)?;
            transaction.execute(
                "INSERT OR REPLACE INTO gold (session, turn, rubric, version, verdict, number, author, at_us, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![session, turn, rubric, version, verdict, number, account, at_us, sealed],
            )?;
            Ok(())
        })
    }

    /// The references of sessions that `scope` lets be read, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gold(&self, scope: &ReadScope) -> Result<Vec<Gold>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let mut all = rows(connection, keys, None)?;
            all.retain(|row| row.is_some());
            let mut found = Vec::new();
            for (session, gold) in all.into_iter().flatten() {
                if scope.may_read(connection, session)? {
                    found.push(gold);
                }
            }
            Ok(found)
        })
    }
}

fn no_gold() -> StoreError {
    StoreError::NotFound {
        what: "reference",
        name: String::new(),
    }
}

/// The references, opened; `None` in the place of one whose session is gone.
pub(super) fn rows(
    connection: &Connection,
    keys: &KeyRing,
    rubric: Option<&str>,
) -> Result<Vec<Option<(i64, Gold)>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT session, turn, rubric, version, verdict, number, author, at_us, sealed FROM gold
         WHERE ?1 IS NULL OR rubric = ?1 ORDER BY at_us DESC, session",
    )?;
    let rows: Vec<(i64, Gold, Option<Vec<u8>>)> = statement
        .query_map([rubric], |row| {
            let (turn, rubric): (String, String) = (row.get(1)?, row.get(2)?);
            let gold = Gold {
                session_id: String::new(),
                turn: (!turn.is_empty()).then_some(turn),
                rubric: (!rubric.is_empty()).then_some(rubric),
                version: row.get(3)?,
                verdict: row.get(4)?,
                basis_points: row.get(5)?,
                answers: Vec::new(),
                note: None,
                account: row.get(6)?,
                at_us: row.get(7)?,
            };
            Ok((row.get(0)?, gold, row.get(8)?))
        })?
        .collect::<Result<_, _>>()?;
    rows.into_iter()
        .map(|(session, mut gold, sealed)| {
            let Some((Some(id), _)) = records::session_of(connection, session)? else {
                return Ok(None);
            };
            let opened: Option<Sealed> =
                item::opened(connection, keys, session, sealed.as_deref())?;
            gold.session_id = id;
            if let Some(opened) = opened {
                gold.answers = opened.answers;
                gold.note = opened.note;
            }
            Ok(Some((session, gold)))
        })
        .collect()
}
