//! Reading the reviews of a session.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::write::associated;
use super::{ReviewKind, ReviewReader, blind};
use crate::key_ring::{IdHash, KeyRing};
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError, seal};

/// A review, its body opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Its id: its act's number.
    pub id: u64,
    /// Which kind.
    pub kind: ReviewKind,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// Whose it is: `account:ID`.
    pub author: String,
    /// When it was said, microseconds UTC.
    pub at_us: i64,
    /// The verdict's word, the tag, the rubric's id.
    pub word: String,
    /// A score in basis points.
    pub number: Option<i64>,
    /// Of a comment, the review that began it: itself, or the one that it changes.
    pub root: Option<u64>,
    /// The newest that this author said of this.
    pub is_current: bool,
    /// Current, and not only taking back.
    pub stands: bool,
    /// The item of a queue that it was written for.
    pub queue_item: Option<String>,
    /// Everything else; `None` when it went with the session's content.
    pub body: Option<Value>,
}

impl Review {
    /// Its body as the kind's own type; `None` when it went with the session's content.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is no such body.
    pub fn body_as<B: DeserializeOwned>(&self) -> Result<Option<B>, StoreError> {
        self.body
            .clone()
            .map(|body| {
                serde_json::from_value(body).map_err(|error| StoreError::Corrupt {
                    table: "reviews",
                    what: format!("the body of review {}: {error}", self.id),
                })
            })
            .transpose()
    }
}

/// What a person says now of a session or turn: without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingReview {
    /// Its id.
    pub id: u64,
    /// Which kind.
    pub kind: ReviewKind,
    /// The verdict's word, the tag, the rubric's id.
    pub word: String,
    /// A score in basis points.
    pub number: Option<i64>,
    /// The item of a queue that it was written for.
    pub queue_item: Option<String>,
}

/// What `author` says now of a session (`turn` `None`) or of one of its turns, the oldest first.
pub(crate) fn standing_of(
    connection: &Connection,
    session: i64,
    turn: Option<&str>,
    author: &str,
) -> Result<Vec<StandingReview>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT act, kind, word, number, queue_item FROM reviews
         WHERE session = ?1 AND turn = ?2 AND author = ?3 AND stands = 1 ORDER BY act",
    )?;
    let rows = statement.query_map(params![session, turn.unwrap_or_default(), author], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, i64>(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })?;
    let mut standing = Vec::new();
    for row in rows {
        let (id, kind, word, number, queue_item) = row?;
        // Of a kind that only a later release knows, nothing is said here.
        if let Some(kind) = ReviewKind::from_number(kind) {
            standing.push(StandingReview {
                id,
                kind,
                word,
                number,
                queue_item,
            });
        }
    }
    Ok(standing)
}

/// The body of a review as its kind's own type; `None` when there is no such review, or its body went with the session's content.
pub(crate) fn body_of<B: DeserializeOwned>(
    connection: &Connection,
    keys: &KeyRing,
    session: IdHash,
    id: u64,
) -> Result<Option<B>, StoreError> {
    let row: Option<(i64, Option<Vec<u8>>)> = connection
        .prepare_cached("SELECT kind, sealed FROM reviews WHERE act = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (Some((kind, Some(sealed))), Some(key)) = (row, keys.session_key(session)?) else {
        return Ok(None);
    };
    let (_, bytes) = seal::open(&key, &associated(session, kind), &sealed)?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|_| StoreError::Corrupt {
            table: "reviews",
            what: format!("the body of review {id}"),
        })
}

impl Workspace {
    /// The reviews of a session that `reader` sees, of `kinds`, the oldest first, those that are no longer current too; `None`
    /// when there is no such session or `scope` does not let it be read.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn reviews(
        &self,
        session_id: &str,
        kinds: &[ReviewKind],
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Option<Vec<Review>>, StoreError> {
        let hash = self.inner().keys.session_hash(session_id);
        self.read(|connection| {
            let Some(session) = records::known_session(connection, session_id)? else {
                return Ok(None);
            };
            if !scope.may_read(connection, session)? {
                return Ok(None);
            }
            let Some(key) = self.inner().keys.session_key(hash)? else {
                return Ok(None);
            };
            let open = |id: u64, kind: ReviewKind, sealed: &[u8]| {
                let (_, bytes) = seal::open(&key, &associated(hash, kind.number()), sealed)?;
                serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt {
                    table: "reviews",
                    what: format!("the body of review {id}"),
                })
            };
            let rows = rows(connection, session, kinds, reader)?;
            let mut reviews = Vec::with_capacity(rows.len());
            for (mut review, sealed) in rows {
                review.body = sealed
                    .map(|sealed| open(review.id, review.kind, &sealed))
                    .transpose()?;
                reviews.push(review);
            }
            Ok(Some(reviews))
        })
    }

    /// What `reader` says now of a session (`turn` `None`) or of one of its turns, the oldest first: their own reviews only.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing_reviews(
        &self,
        session_id: &str,
        turn: Option<&str>,
        reader: &ReviewReader,
    ) -> Result<Vec<StandingReview>, StoreError> {
        let Some(author) = reader.author() else {
            return Ok(Vec::new());
        };
        self.read(
            |connection| match records::known_session(connection, session_id)? {
                Some(session) => standing_of(connection, session, turn, author),
                None => Ok(Vec::new()),
            },
        )
    }

    /// Whether a session is reviewed blind now: then reviewers see their own reviews only. False where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_reviewed_blind(&self, session_id: &str) -> Result<bool, StoreError> {
        self.read(
            |connection| match records::known_session(connection, session_id)? {
                Some(session) => blind::is_hidden(connection, session),
                None => Ok(false),
            },
        )
    }
}

/// A review without its body, and the body, sealed.
type Sealed = (Review, Option<Vec<u8>>);

/// The rows of a session, sealed bodies apart.
fn rows(
    connection: &Connection,
    session: i64,
    kinds: &[ReviewKind],
    reader: &ReviewReader,
) -> Result<Vec<Sealed>, StoreError> {
    let mut values = vec![Sql::Integer(session)];
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let sees = reader.sees("r", &mut value);
    let kinds: Vec<String> = kinds
        .iter()
        .map(|kind| value(Sql::Integer(kind.number())))
        .collect();
    let sql = format!(
        "SELECT r.act, r.kind, r.turn, r.author, r.at_us, r.word, r.number, r.root, r.is_current, r.stands, r.queue_item, r.sealed
         FROM reviews r WHERE r.session = ?1 AND r.kind IN ({}) AND {sees} ORDER BY r.act",
        kinds.join(", ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(&values))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let Some(kind) = ReviewKind::from_number(row.get(1)?) else {
            continue;
        };
        let turn: String = row.get(2)?;
        let root: u64 = row.get(7)?;
        let review = Review {
            id: row.get(0)?,
            kind,
            turn: (!turn.is_empty()).then_some(turn),
            author: row.get(3)?,
            at_us: row.get(4)?,
            word: row.get(5)?,
            number: row.get(6)?,
            root: (root > 0).then_some(root),
            is_current: row.get(8)?,
            stands: row.get(9)?,
            queue_item: row.get(10)?,
            body: None,
        };
        rows.push((review, row.get(11)?));
    }
    Ok(rows)
}
