//! Lists of sessions: by keyset, from an index.
//!
//! A filter by name is answered from the names' own index, which has the time of the session's start in it: the newest
//! sessions with a name come without a look at any other. A name that few sessions have answers any list: those few are
//! sorted. Further names are looked up row by row.

use argus_session::Session;
use argus_session::filter::{Key, Operator, Term, Value};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension};

use super::conversation::first_session;
use super::session::head;
use crate::StoreError;
use crate::limits::PAGE_ROWS_MAX;
use crate::query::{Cursor, Page, SessionQuery, Sort};
use crate::search::Matched;
use crate::sqlite::{names, records};
use crate::workspace::Workspace;

/// A statement in the making: conditions as text, values as parameters. No value is ever part of the text.
struct Conditions {
    from: String,
    wheres: Vec<String>,
    values: Vec<Sql>,
    /// The column of the sort, where the driving index has it.
    sort_column: String,
    number_column: String,
    /// The time at which it is asked.
    now_us: i64,
}

impl Workspace {
    /// A page of sessions, titles filled in. Sessions that are none (throw-away ids) are left out.
    ///
    /// # Errors
    /// When the cursor is of another list, or the store cannot be read.
    pub fn sessions(&self, query: &SessionQuery) -> Result<Page<Session>, StoreError> {
        let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
        let cursor = query
            .cursor
            .as_deref()
            .map(|text| Cursor::decode(text, query.sort))
            .transpose()?;
        let matched = self.matched(query)?;
        let matched = matched.as_ref();
        let mut rows = self.read(|connection| {
            rows(connection, query, matched, cursor, limit + 1, self.now_us())
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
        Ok(Page { items, next })
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

/// The numbers of the sessions that a query asks for, at most `limit`.
pub(crate) fn numbers(
    connection: &Connection,
    query: &SessionQuery,
    matched: Option<&Matched>,
    limit: usize,
    now_us: i64,
) -> Result<Vec<i64>, StoreError> {
    let rows = rows(connection, query, matched, None, limit, now_us)?;
    Ok(rows.into_iter().map(|row| row.n).collect())
}

/// Whether a session is among those that a query asks for.
pub(crate) fn is_among(
    connection: &Connection,
    query: &SessionQuery,
    matched: Option<&Matched>,
    n: i64,
    now_us: i64,
) -> Result<bool, StoreError> {
    let mut conditions = Conditions::new(query, None, now_us);
    for term in &query.filter.terms {
        conditions.add(term);
    }
    if let Some(matched) = matched {
        conditions.add_matched(matched);
    }
    conditions.add_scope(query);
    let n = conditions.value(Sql::Integer(n));
    let sql = format!(
        "SELECT 1 FROM {} WHERE s.n = {n} AND {}",
        conditions.from,
        conditions.wheres.join(" AND "),
    );
    Ok(connection
        .prepare_cached(&sql)?
        .exists(rusqlite::params_from_iter(&conditions.values))?)
}

fn rows(
    connection: &Connection,
    query: &SessionQuery,
    matched: Option<&Matched>,
    cursor: Option<Cursor>,
    limit: usize,
    now_us: i64,
) -> Result<Vec<Cursor>, StoreError> {
    let few = matched.filter(|of| !of.is_exclusion && of.count <= RARE_SESSIONS_FOUND_MAX);
    let driving = match few {
        Some(_) => None,
        None => driving_term(connection, query)?,
    };
    let mut conditions = Conditions::new(query, driving, now_us);
    match (few, matched) {
        (Some(few), _) => {
            let numbers = conditions.value(Sql::Text(few.numbers.to_string()));
            conditions.from =
                format!("json_each({numbers}) m CROSS JOIN sessions s ON s.n = m.value");
        }
        (None, Some(matched)) => conditions.add_matched(matched),
        (None, None) => {}
    }
    for (place, term) in query.filter.terms.iter().enumerate() {
        if Some(place) != driving {
            conditions.add(term);
        }
    }
    conditions.add_scope(query);
    let (sort, number) = (
        conditions.sort_column.clone(),
        conditions.number_column.clone(),
    );
    if let Some(cursor) = cursor {
        let value = conditions.value(Sql::Integer(cursor.value));
        let n = conditions.value(Sql::Integer(cursor.n));
        conditions
            .wheres
            .push(format!("({sort}, {number}) < ({value}, {n})"));
    }
    let limit = conditions.value(Sql::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    let sql = format!(
        "SELECT {sort}, {number} FROM {} WHERE {} ORDER BY {sort} DESC, {number} DESC LIMIT {limit}",
        conditions.from,
        conditions.wheres.join(" AND "),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(&conditions.values), |row| {
        Ok(Cursor {
            value: row.get(0)?,
            n: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Most sessions that words may find for these to drive the list.
const RARE_SESSIONS_FOUND_MAX: usize = 2_000;
/// Most sessions that a name may have to be rare: so many are sorted in a millisecond or two.
const RARE_SESSIONS_MAX: i64 = 2_000;

/// The term whose names drive the list: the first that asks for one rare name; else, where the list is by time, the first
/// that asks for one name.
fn driving_term(
    connection: &Connection,
    query: &SessionQuery,
) -> Result<Option<usize>, StoreError> {
    let mut first = None;
    for (place, term) in query.filter.terms.iter().enumerate() {
        let (Some((kind, name)), false) = (one_name(term), term.negated) else {
            continue;
        };
        let count: i64 = connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM session_names WHERE kind = ?1 AND name = ?2 LIMIT ?3)",
            )?
            .query_row(
                rusqlite::params![kind, name, RARE_SESSIONS_MAX + 1],
                |row| row.get(0),
            )?;
        if count <= RARE_SESSIONS_MAX {
            return Ok(Some(place));
        }
        first = first.or(Some(place));
    }
    Ok(first.filter(|_| query.sort == Sort::Started))
}

/// The one name that a term asks for, with its kind.
fn one_name(term: &Term) -> Option<(i64, &str)> {
    match (names::number(term.key), term.values.as_slice()) {
        (Some(kind), [Value::Text(name)]) => Some((kind, name)),
        _ => None,
    }
}

impl Conditions {
    fn new(query: &SessionQuery, driving: Option<usize>, now_us: i64) -> Self {
        let mut conditions = Self {
            now_us,
            from: "sessions s".to_owned(),
            wheres: vec!["s.listed = 1".to_owned()],
            values: Vec::new(),
            sort_column: format!("s.{}", query.sort.column()),
            number_column: "s.n".to_owned(),
        };
        if let Some((kind, name)) = driving.and_then(|place| one_name(&query.filter.terms[place])) {
            let kind = conditions.value(Sql::Integer(kind));
            let name = conditions.value(Sql::Text(name.to_owned()));
            conditions.from = "session_names d CROSS JOIN sessions s ON s.n = d.session".to_owned();
            conditions
                .wheres
                .push(format!("d.kind = {kind} AND d.name = {name}"));
            if query.sort == Sort::Started {
                conditions.sort_column = "d.started_at_us".to_owned();
                conditions.number_column = "d.session".to_owned();
            }
        }
        conditions
    }

    fn value(&mut self, value: Sql) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn add_matched(&mut self, matched: &Matched) {
        let numbers = self.value(Sql::Text(matched.numbers.to_string()));
        let not = if matched.is_exclusion { "NOT " } else { "" };
        self.wheres.push(format!(
            "s.n {not}IN (SELECT value FROM json_each({numbers}))"
        ));
    }

    fn add_scope(&mut self, query: &SessionQuery) {
        let values = &mut self.values;
        let scope = query.scope.conditions("s.n", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        });
        self.wheres.extend(scope);
    }

    fn add(&mut self, term: &Term) {
        let any: Vec<String> = term
            .values
            .iter()
            .map(|value| self.condition(term.key, term.operator, value))
            .collect();
        let joined = format!("({})", any.join(" OR "));
        self.wheres.push(if term.negated {
            format!("NOT {joined}")
        } else {
            joined
        });
    }

    fn condition(&mut self, key: Key, operator: Operator, value: &Value) -> String {
        match value {
            Value::Text(text) if key == Key::Id => {
                let from = self.value(Sql::Text(text.clone()));
                let to = self.value(Sql::Text(format!("{text}\u{10ffff}")));
                format!("s.n IN (SELECT n FROM sessions_known WHERE id >= {from} AND id < {to})")
            }
            Value::Text(text) => {
                let kind = self.value(Sql::Integer(names::number(key).unwrap_or(0)));
                let name = self.value(Sql::Text(text.clone()));
                format!(
                    "EXISTS (SELECT 1 FROM session_names x WHERE x.session = s.n AND x.kind = {kind} AND x.name = {name})"
                )
            }
            Value::Number(number) => {
                let (column, unit) = match key {
                    Key::Cost => ("cost_nanousd", 1e9),
                    Key::Duration => ("duration_us", 1e6),
                    Key::Turns => ("turns", 1.0),
                    Key::Steps => ("steps", 1.0),
                    Key::Calls => ("tool_calls", 1.0),
                    _ => ("errors", 1.0),
                };
                let value = self.value(Sql::Real(number * unit));
                format!("s.{column} {} {value}", sql_operator(operator))
            }
            Value::Time(_) | Value::Ago(..) => {
                let time_us = match value {
                    Value::Ago(count, unit) => self
                        .now_us
                        .saturating_sub(i64::from(*count).saturating_mul(unit.us())),
                    Value::Time(time_us) => *time_us,
                    _ => 0,
                };
                let value = self.value(Sql::Integer(time_us));
                match key {
                    // Going on in an interval: ended after its beginning, started before its end.
                    Key::From => format!("s.ended_at_us >= {value}"),
                    Key::To => format!("s.started_at_us < {value}"),
                    Key::Ended => format!("s.ended_at_us {} {value}", sql_operator(operator)),
                    _ => format!("s.started_at_us {} {value}", sql_operator(operator)),
                }
            }
        }
    }
}

fn sql_operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Is => "=",
        Operator::Over => ">",
        Operator::AtLeast => ">=",
        Operator::Under => "<",
        Operator::AtMost => "<=",
    }
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
