//! Mentions: whom comments are to reach.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Transaction, params, params_from_iter};

use super::comments::Body;
use super::write::associated;
use super::{ReviewKind, ReviewReader};
use crate::limits::{MENTIONS_MAX, PAGE_ROWS_MAX};
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, Role, StoreError, seal};

/// A comment that mentions somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The comment's id.
    pub comment: u64,
    /// The session's id.
    pub session_id: String,
    /// The turn that it is about.
    pub turn: Option<String>,
    /// What it says.
    pub text: String,
    /// Who wrote it: `account:ID`.
    pub author: String,
    /// When it was written, microseconds UTC.
    pub at_us: i64,
    /// When its reader was done with it.
    pub read_at_us: Option<i64>,
}

/// Mentions of a person, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentions {
    /// Those that were asked for.
    pub items: Vec<Mention>,
    /// How many are not read, of all.
    pub unread: u64,
    /// The comment after which the next ones come, if there are more.
    pub next: Option<u64>,
}

impl Role {
    /// Whether who has this role judges: may be mentioned, and be given items of queues.
    #[must_use]
    pub const fn judges(self) -> bool {
        matches!(self, Self::Owner | Self::Admin | Self::Reviewer)
    }
}

/// Notes whom a comment mentions now. Who was told already is not told again.
pub(super) fn put(
    transaction: &Transaction<'_>,
    session: i64,
    comment: u64,
    accounts: &[String],
    own: &str,
) -> Result<(), StoreError> {
    let held: Vec<String> = {
        let mut statement = transaction
            .prepare_cached("SELECT account FROM mentions WHERE session = ?1 AND act = ?2")?;
        let rows = statement.query_map(params![session, comment], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for gone in held.iter().filter(|held| !accounts.contains(held)) {
        transaction
            .prepare_cached("DELETE FROM mentions WHERE account = ?1 AND act = ?2")?
            .execute(params![gone, comment])?;
    }
    for account in accounts.iter().filter(|account| *account != own) {
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO mentions (account, act, session) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![account, comment, session])?;
    }
    Ok(())
}

/// The rows that `reader` is told of, from `FROM` on: their own mentions in comments that stand, that they see, in sessions
/// that they may read.
fn told(
    account: &str,
    scope: &ReadScope,
    reader: &ReviewReader,
    value: &mut dyn FnMut(Sql) -> String,
) -> String {
    let account = value(Sql::Text(account.to_owned()));
    let kind = value(Sql::Integer(ReviewKind::Comment.number()));
    let mut conditions = vec![
        format!("m.account = {account} AND r.kind = {kind} AND r.stands = 1"),
        reader.sees("r", value),
    ];
    conditions.extend(scope.conditions("s.n", value));
    // CROSS JOIN: the few mentions drive.
    format!(
        "FROM mentions m CROSS JOIN reviews r ON r.session = m.session AND r.root = m.act
         CROSS JOIN sessions s ON s.n = m.session CROSS JOIN sessions_known k ON k.n = m.session
         CROSS JOIN reviews f ON f.act = m.act WHERE {}",
        conditions.join(" AND ")
    )
}

impl Workspace {
    /// The comments that mention an actor and that `reader`, who it is, sees, the newest first, after the comment `after`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn mentions(
        &self,
        actor: &Actor,
        reader: &ReviewReader,
        scope: &ReadScope,
        limit: usize,
        after: Option<u64>,
    ) -> Result<Mentions, StoreError> {
        if reader.author().is_none() {
            return Ok(Mentions {
                items: Vec::new(),
                unread: 0,
                next: None,
            });
        }
        let limit = limit.clamp(1, PAGE_ROWS_MAX);
        self.read(|connection| {
            let unread = unread(connection, &actor.id, scope, reader)?;
            let mut items = self.told(connection, &actor.id, scope, reader, limit + 1, after)?;
            let has_more = items.len() > limit;
            items.truncate(limit);
            let next = items.last().filter(|_| has_more).map(|last| last.comment);
            Ok(Mentions {
                items,
                unread,
                next,
            })
        })
    }

    fn told(
        &self,
        connection: &Connection,
        account: &str,
        scope: &ReadScope,
        reader: &ReviewReader,
        limit: usize,
        after: Option<u64>,
    ) -> Result<Vec<Mention>, StoreError> {
        let mut values = Vec::new();
        let mut value = |of: Sql| {
            values.push(of);
            format!("?{}", values.len())
        };
        let rows = told(account, scope, reader, &mut value);
        let before = after.map_or(i64::MAX, |after| i64::try_from(after).unwrap_or(i64::MAX));
        let before = value(Sql::Integer(before));
        let limit = value(Sql::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let mut statement = connection.prepare_cached(&format!(
            "SELECT m.act, k.id, k.hash, r.turn, r.author, f.at_us, m.read_at_us, r.sealed {rows} AND m.act < {before}
             ORDER BY m.act DESC LIMIT {limit}"
        ))?;
        let mut found = statement.query(params_from_iter(&values))?;
        let mut mentions = Vec::new();
        while let Some(row) = found.next()? {
            let hash = records::hash(row, 2)?;
            let (session_id, sealed): (Option<String>, Option<Vec<u8>>) =
                (row.get(1)?, row.get(7)?);
            let (Some(session_id), Some(sealed), Some(key)) =
                (session_id, sealed, self.inner().keys.session_key(hash)?)
            else {
                continue;
            };
            let associated = associated(hash, ReviewKind::Comment.number());
            let (_, bytes) = seal::open(&key, &associated, &sealed)?;
            let body: Body = serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt {
                table: "reviews",
                what: "a comment that mentions somebody".to_owned(),
            })?;
            let turn: String = row.get(3)?;
            mentions.push(Mention {
                comment: row.get(0)?,
                session_id,
                turn: (!turn.is_empty()).then_some(turn),
                text: body.text,
                author: row.get(4)?,
                at_us: row.get(5)?,
                read_at_us: row.get(6)?,
            });
        }
        Ok(mentions)
    }

    /// Notes that an actor is done with these mentions; with all of them without any named. What is noted is theirs alone and
    /// changes nothing for others: it is no act.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn read_mentions(
        &self,
        actor: &Actor,
        comments: Option<Vec<u64>>,
    ) -> Result<(), StoreError> {
        let (account, now_us) = (actor.id.clone(), self.now_us());
        self.writer()?.run(move |state| {
            let transaction = state.connection.transaction()?;
            match comments {
                None => {
                    transaction.execute(
                        "UPDATE mentions SET read_at_us = ?2 WHERE account = ?1 AND read_at_us IS NULL",
                        params![account, now_us],
                    )?;
                }
                Some(comments) => {
                    for comment in comments {
                        transaction.execute(
                            "UPDATE mentions SET read_at_us = ?3 WHERE account = ?1 AND act = ?2 AND read_at_us IS NULL",
                            params![account, comment, now_us],
                        )?;
                    }
                }
            }
            transaction.commit()?;
            Ok(())
        })
    }

    /// Accounts that a comment on a session can mention, each once.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when one is nobody who judges here, or may not read the session, or they are too many.
    pub(super) fn mentionable(
        &self,
        session_id: &str,
        mut accounts: Vec<String>,
    ) -> Result<Vec<String>, StoreError> {
        accounts.sort();
        accounts.dedup();
        if accounts.len() > MENTIONS_MAX {
            return Err(StoreError::Invalid(format!(
                "a comment mentions at most {MENTIONS_MAX} people"
            )));
        }
        for account in &accounts {
            let member = self
                .member(account)?
                .filter(|member| member.grant.role.judges());
            let scope = member.map(|member| ReadScope {
                projects: member.grant.projects,
                own_of: None,
            });
            let may_read = match scope {
                Some(scope) => self.session_version(session_id, &scope)?.is_some(),
                None => false,
            };
            if !may_read {
                return Err(StoreError::Invalid(format!(
                    "the account \"{account}\" is no reviewer who may read this session: mention somebody else"
                )));
            }
        }
        Ok(accounts)
    }
}

fn unread(
    connection: &Connection,
    account: &str,
    scope: &ReadScope,
    reader: &ReviewReader,
) -> Result<u64, StoreError> {
    let mut values = Vec::new();
    let rows = told(account, scope, reader, &mut |of| {
        values.push(of);
        format!("?{}", values.len())
    });
    let sql = format!("SELECT count(*) {rows} AND m.read_at_us IS NULL");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&values), |row| row.get(0))?)
}
