//! Lists of sessions: by keyset.
//!
//! What a filter asks for becomes a set of sessions as far as that can be told without looking at one ([`mod@sets`]): every name,
//! what has it not, and numbers that few sessions pass. A list is then either the sorted index, walked until enough of its
//! sessions are in the set, or where the set is small, the set, looked up and sorted; a walk that turns out the longer way is
//! given up for the other. What no set can tell is a condition that each candidate is asked for ([`mod@conditions`]).

mod conditions;
mod reviewed;
mod sets;

use argus_session::Session;
use argus_session::filter::SessionKind;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::conversation::first_session;
use super::session::head;
use crate::StoreError;
use crate::limits::PAGE_ROWS_MAX;
use crate::query::{Cursor, Folded, SessionPage, SessionQuery};
use crate::search::Matched;
use crate::sqlite::bits::Bits;
use crate::sqlite::records;
use crate::workspace::Workspace;
use conditions::Conditions;
use sets::Sets;

/// So many sessions that a list leaves out are counted where each has to be looked at.
const FOLDED_COUNTED_MAX: usize = 1_000;

/// What looking a session up costs, in rows of an index walked.
const LOOKUP_ROWS: usize = 8;

impl Workspace {
    /// A page of sessions, titles filled in. Sessions that are none (throw-away ids) are left out.
    ///
    /// # Errors
    /// When the cursor is of another list, or the store cannot be read.
    pub fn sessions(&self, query: &SessionQuery) -> Result<SessionPage, StoreError> {
        let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
        let cursor = query
            .cursor
            .as_deref()
            .map(|text| Cursor::decode(text, query.sort))
            .transpose()?;
        let matched = self.matched(query)?;
        let (mut rows, folded) = self.read(|connection| {
            // One state of the store for all that is asked.
            let connection = &*connection.unchecked_transaction()?;
            let list = List::of(connection, query, matched.as_ref(), self.now_us())?;
            let rows = list.rows(connection, list.shown.as_ref(), cursor, limit + 1)?;
            let folded = match cursor {
                None => list.folded(connection)?,
                Some(_) => None,
            };
            Ok((rows, folded))
        })?;
        let next = (rows.len() > limit).then(|| {
            rows.truncate(limit);
            rows.last()
                .map(|row| row.encode(query.sort))
                .unwrap_or_default()
        });
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(session) = self.listed(row.n)? {
                items.push(session);
            }
        }
        Ok(SessionPage {
            items,
            next,
            folded,
        })
    }

    /// The numbers of the sessions that a query finds, from the beginning on: what is to be done to many needs no documents.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn numbers(&self, query: &SessionQuery) -> Result<Vec<i64>, StoreError> {
        let matched = self.matched(query)?;
        self.read(|connection| {
            let connection = &*connection.unchecked_transaction()?;
            List::of(connection, query, matched.as_ref(), self.now_us())?
                .numbers(connection, query.limit)
        })
    }

    /// What the words of a query find; `None` when it has none.
    pub(crate) fn matched(&self, query: &SessionQuery) -> Result<Option<Matched>, StoreError> {
        let words = &query.filter.words;
        (!words.is_empty())
            .then(|| self.sessions_with(words))
            .transpose()
    }

    /// A session as lists have it, by its number; `None` when it is erased.
    pub(crate) fn listed(&self, n: i64) -> Result<Option<Session>, StoreError> {
        let session = self.read(|connection| {
            let Some((_, hash)) = records::session_of(connection, n)? else {
                return Ok(None);
            };
            let Some(key) = self.inner().keys.session_key(hash)? else {
                return Ok(None);
            };
            let Some(mut session) = head(connection, n, &key)? else {
                return Ok(None);
            };
            session.conversation = first_session(connection, &session.id)?;
            Ok(Some(session))
        })?;
        Ok(session.map(|mut session| {
            session.coverage.details = None;
            self.with_title(session)
        }))
    }
}

/// A list, ready to be read.
pub(crate) struct List<'a> {
    query: &'a SessionQuery,
    now_us: i64,
    /// Which terms no set stands for, by place.
    left: Vec<usize>,
    /// The sessions that the sets let through; `None` where there is no set.
    shown: Option<Bits>,
    /// Those that are left out for their kind, of which that is all that speaks against them.
    folded: Option<Bits>,
    /// The name whose own index is the shortest to walk, with how many sessions have it.
    by_name: Option<(i64, String, usize)>,
    /// Number of sessions that are listed.
    listed: usize,
}

impl<'a> List<'a> {
    /// `matched`: what the words of the query found.
    pub(crate) fn of(
        connection: &Connection,
        query: &'a SessionQuery,
        matched: Option<&Matched>,
        now_us: i64,
    ) -> Result<Self, StoreError> {
        let sets = Sets::of(connection, query, matched, now_us)?;
        let mut list = Self {
            query,
            now_us,
            left: sets.left,
            shown: sets.all,
            folded: None,
            by_name: sets.by_name,
            listed: 0,
        };
        if !query.fold.is_empty() {
            let mut kinds = Bits::default();
            for kind in &query.fold {
                kinds.or(&sets::of_kind(connection, *kind)?);
            }
            let mut shown = match list.shown.take() {
                Some(shown) => shown,
                None => sets::listed(connection)?,
            };
            let mut folded = shown.clone();
            folded.and(&kinds);
            shown.and_not(&kinds);
            (list.shown, list.folded) = (Some(shown), Some(folded));
        }
        if list.shown.is_some() {
            list.listed = match &list.by_name {
                Some((_, _, sessions)) => *sessions,
                None => sets::listed(connection)?.count(),
            };
        }
        Ok(list)
    }

    /// The numbers of its sessions, at most `limit`.
    pub(crate) fn numbers(
        &self,
        connection: &Connection,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let rows = self.rows(connection, self.shown.as_ref(), None, limit)?;
        Ok(rows.into_iter().map(|row| row.n).collect())
    }

    /// Whether a session is among its sessions.
    pub(crate) fn has(&self, connection: &Connection, n: i64) -> Result<bool, StoreError> {
        if self.shown.as_ref().is_some_and(|shown| !shown.has(n)) {
            return Ok(false);
        }
        let is_listed = connection
            .prepare_cached("SELECT 1 FROM sessions WHERE n = ?1 AND listed = 1")?
            .exists([n])?;
        Ok(is_listed && Check::of(connection, self, None)?.passes(n)?)
    }

    /// True where a session of the set is a session of the list.
    fn is_told_by_sets(&self) -> bool {
        self.left.is_empty() && self.query.scope == crate::ReadScope::all()
    }

    /// How many are left out.
    fn folded(&self, connection: &Connection) -> Result<Option<Folded>, StoreError> {
        let Some(folded) = &self.folded else {
            return Ok(None);
        };
        let sessions = if self.is_told_by_sets() {
            folded.count()
        } else {
            let limit = FOLDED_COUNTED_MAX + 1;
            self.rows(connection, Some(folded), None, limit)?.len()
        };
        let more = !self.is_told_by_sets() && sessions > FOLDED_COUNTED_MAX;
        let sessions = if more { FOLDED_COUNTED_MAX } else { sessions };
        Ok(Some(Folded {
            sessions: sessions as u64,
            more,
        }))
    }

    /// The rows of the list that are in `set`, from the cursor on.
    fn rows(
        &self,
        connection: &Connection,
        set: Option<&Bits>,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>, StoreError> {
        let Some(set) = set else {
            return self.walk_all(connection, cursor, limit);
        };
        let count = set.count();
        if count == 0 {
            return Ok(Vec::new());
        }
        let rows_looked_up = count.saturating_mul(LOOKUP_ROWS);
        let rows_walked = self.listed.saturating_mul(limit) / count;
        if rows_walked < rows_looked_up
            && let Some(rows) = self.walk(connection, set, cursor, limit, rows_looked_up)?
        {
            return Ok(rows);
        }
        self.look_up(connection, set, cursor, limit)
    }

    /// The sorted index, from the cursor on, every condition asked within.
    fn walk_all(
        &self,
        connection: &Connection,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>, StoreError> {
        let mut conditions = Conditions::new(self.now_us, self.query);
        let sort = format!("s.{}", self.query.sort.column());
        for place in &self.left {
            let term = &self.query.filter.terms[*place];
            if conditions::column(term.key) == Some(self.query.sort.column()) {
                conditions.add_on(term, &sort);
            } else {
                conditions.add(term);
            }
        }
        conditions.add_scope(self.query);
        conditions.add_cursor(cursor, &sort, "s.n");
        let limit = conditions.value(Sql::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT {sort}, s.n FROM sessions s WHERE s.listed = 1{} ORDER BY {sort} DESC, s.n DESC LIMIT {limit}",
            conditions.and(),
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&conditions.values), |row| {
            Ok(Cursor {
                value: row.get(0)?,
                n: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The sorted index, from the cursor on, until enough of it are in the set; `None` when `rows_max` were not enough.
    fn walk(
        &self,
        connection: &Connection,
        set: &Bits,
        cursor: Option<Cursor>,
        limit: usize,
        rows_max: usize,
    ) -> Result<Option<Vec<Cursor>>, StoreError> {
        let mut conditions = Conditions::new(self.now_us, self.query);
        let (from, sort, number) = match &self.by_name {
            Some((kind, name, _)) => {
                let kind = conditions.value(Sql::Integer(*kind));
                let name = conditions.value(Sql::Text(name.clone()));
                let of_name = format!("d.kind = {kind} AND d.name = {name}");
                conditions.wheres.push(of_name);
                ("session_names d", "d.started_at_us".to_owned(), "d.session")
            }
            None => {
                conditions.wheres.push("s.listed = 1".to_owned());
                let sort = format!("s.{}", self.query.sort.column());
                ("sessions s", sort, "s.n")
            }
        };
        // What is asked of the column that the list is sorted by bounds the walk itself.
        for place in &self.left {
            let term = &self.query.filter.terms[*place];
            if conditions::column(term.key) == Some(self.query.sort.column()) {
                conditions.add_on(term, &sort);
            }
        }
        conditions.add_cursor(cursor, &sort, number);
        let sql = format!(
            "SELECT {sort}, {number} FROM {from} WHERE 1{} ORDER BY {sort} DESC, {number} DESC",
            conditions.and(),
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut walked = statement.query(params_from_iter(&conditions.values))?;
        let mut check = Check::of(connection, self, Some(self.query.sort.column()))?;
        let mut rows = Vec::new();
        let mut seen = 0;
        while let Some(row) = walked.next()? {
            seen += 1;
            if seen > rows_max {
                return Ok(None);
            }
            let n: i64 = row.get(1)?;
            if set.has(n) && check.passes(n)? {
                rows.push(Cursor {
                    value: row.get(0)?,
                    n,
                });
                if rows.len() == limit {
                    break;
                }
            }
        }
        Ok(Some(rows))
    }

    /// The sessions of the set, looked up and sorted.
    fn look_up(
        &self,
        connection: &Connection,
        set: &Bits,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Cursor>, StoreError> {
        let sql = format!(
            "SELECT {} FROM sessions WHERE n = ?1 AND listed = 1",
            self.query.sort.column()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = Vec::new();
        for n in set.iter() {
            let value: Option<i64> = statement.query_row([n], |row| row.get(0)).optional()?;
            let row = value.map(|value| Cursor { value, n });
            rows.extend(row.filter(|row| cursor.is_none_or(|from| row.place() < from.place())));
        }
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.place()));
        let mut check = Check::of(connection, self, None)?;
        let mut passed = Vec::new();
        for row in rows {
            if passed.len() == limit {
                break;
            }
            if check.passes(row.n)? {
                passed.push(row);
            }
        }
        Ok(passed)
    }
}

/// Asks one session for what no set tells.
struct Check<'c> {
    /// `None` where there is nothing to ask.
    statement: Option<rusqlite::CachedStatement<'c>>,
    values: Vec<Sql>,
}

impl<'c> Check<'c> {
    /// `asked`: the column of which every candidate was asked already.
    fn of(
        connection: &'c Connection,
        list: &List<'_>,
        asked: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut conditions = Conditions::new(list.now_us, list.query);
        // The session's number is the first value.
        conditions.values.push(Sql::Integer(0));
        for place in &list.left {
            let term = &list.query.filter.terms[*place];
            if asked.is_none() || conditions::column(term.key) != asked {
                conditions.add(term);
            }
        }
        conditions.add_scope(list.query);
        let statement = if conditions.wheres.is_empty() {
            None
        } else {
            let sql = format!(
                "SELECT 1 FROM sessions s WHERE s.n = ?1{}",
                conditions.and()
            );
            Some(connection.prepare_cached(&sql)?)
        };
        Ok(Self {
            statement,
            values: conditions.values,
        })
    }

    fn passes(&mut self, n: i64) -> Result<bool, StoreError> {
        let Some(statement) = &mut self.statement else {
            return Ok(true);
        };
        self.values[0] = Sql::Integer(n);
        Ok(statement.exists(params_from_iter(&self.values))?)
    }
}

/// The names of kinds of sessions, as the API's `fold` has them.
///
/// # Errors
/// [`StoreError::Invalid`] for a word that is none.
pub fn kinds_of(text: &str) -> Result<Vec<SessionKind>, StoreError> {
    text.split(',')
        .filter(|word| !word.is_empty())
        .map(|word| {
            SessionKind::from_name(word).ok_or_else(|| {
                let known = SessionKind::ALL.map(SessionKind::as_str).join(", ");
                StoreError::Invalid(format!(
                    "a list leaves out {known}: \"{word}\" is none of them"
                ))
            })
        })
        .collect()
}

/// Number of sessions that are listed.
pub(crate) fn count(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection
        .query_row(
            "SELECT count(*) FROM sessions WHERE listed = 1",
            [],
            |row| row.get(0),
        )
        .optional()?
        .unwrap_or(0))
}
