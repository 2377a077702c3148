//! Lists of sessions by what people said of them: the terms of a filter that ask for reviews, as conditions.
//!
//! Each looks at what stands now and what the list's reader sees of it.

use std::fmt::Write as _;

use argus_session::filter::{Key, Operator, Term, Value};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::conditions::{sql_operator, time_us};
use crate::StoreError;
use crate::query::SessionQuery;
use crate::reviews::{ReviewKind, ReviewReader, account_author};
use crate::sqlite::bits::Bits;

/// Most rows that are made a set: some ten milliseconds. Where there are more, the newest sessions have some, and each
/// candidate is asked.
const ROWS_MAX: usize = 100_000;

/// Whether a key asks for reviews.
pub(super) const fn is_of_reviews(key: Key) -> bool {
    matches!(
        key,
        Key::Verdict | Key::Tag | Key::Score | Key::Reviewer | Key::Commented | Key::Judged
    )
}

/// Who asks for reviews, and of which time.
pub(super) struct Asked {
    reader: ReviewReader,
    /// What the filter's `judged` terms say, as operators and microseconds UTC. All its terms about reviews ask for reviews of
    /// that time, so that `verdict:wrong judged:7d` is no session that was found wrong long ago, and good yesterday.
    times: Vec<(&'static str, i64)>,
    /// The time at which it is asked.
    now_us: i64,
}

impl Asked {
    pub(super) fn of(query: &SessionQuery, now_us: i64) -> Self {
        let terms = query.filter.terms.iter();
        let times = terms
            .filter(|term| term.key == Key::Judged && !term.negated)
            .filter_map(|term| match term.values.as_slice() {
                [value] => Some((
                    sql_operator(term.key, term.operator),
                    time_us(value, now_us)?,
                )),
                // Any of several times is the term's own to tell.
                _ => None,
            })
            .collect();
        Self {
            reader: query.reader.clone(),
            times,
            now_us,
        }
    }
}

/// Which rows of `reviews`, named `r`, a value asks for; `None` where it asks for sessions without any such row.
struct Rows {
    of: String,
    /// True where the sessions are those that have none.
    is_none: bool,
}

fn rows(
    key: Key,
    operator: Operator,
    of: &Value,
    asked: &Asked,
    r: &str,
    value: &mut dyn FnMut(Sql) -> String,
) -> Rows {
    let kind = |kind: ReviewKind, value: &mut dyn FnMut(Sql) -> String| {
        format!("{r}.kind = {}", value(Sql::Integer(kind.number())))
    };
    let (of, is_none) = match (key, of) {
        (Key::Verdict, Value::Text(word)) if word == "none" => {
            (kind(ReviewKind::Verdict, value), true)
        }
        (Key::Verdict, Value::Text(word)) => {
            let of = kind(ReviewKind::Verdict, value);
            let word = value(Sql::Text(word.clone()));
            (format!("{of} AND {r}.word = {word}"), false)
        }
        (Key::Tag, Value::Text(tag)) => {
            let of = kind(ReviewKind::Tag, value);
            let tag = value(Sql::Text(tag.to_lowercase()));
            (format!("{of} AND {r}.word = {tag}"), false)
        }
        (Key::Commented, Value::Text(word)) => {
            let of = kind(ReviewKind::Comment, value);
            (format!("{of} AND {r}.word = ''"), word != "yes")
        }
        (Key::Reviewer, Value::Text(who)) => (authors(who, &asked.reader, r, value), false),
        (Key::Score, Value::Number(percent)) => {
            let of = kind(ReviewKind::Score, value);
            // Basis points.
            let number = value(Sql::Real(percent * 100.0));
            let operator = sql_operator(key, operator);
            (format!("{of} AND {r}.number {operator} {number}"), false)
        }
        (Key::Judged, time) => {
            let kinds = [ReviewKind::Verdict, ReviewKind::Score].map(|kind| kind.number());
            let at = value(Sql::Integer(
                time_us(time, asked.now_us).unwrap_or(i64::MAX),
            ));
            let operator = sql_operator(key, operator);
            let of = format!(
                "{r}.kind IN ({}, {}) AND {r}.at_us {operator} {at}",
                kinds[0], kinds[1]
            );
            (of, false)
        }
        _ => ("0".to_owned(), false),
    };
    let mut of = format!("{r}.stands = 1 AND {of}");
    for (operator, at_us) in &asked.times {
        let at = value(Sql::Integer(*at_us));
        let _ = write!(of, " AND {r}.at_us {operator} {at}");
    }
    Rows { of, is_none }
}

/// Which authors a text names: `me`, an account by its id, a name or an e-mail address.
fn authors(
    who: &str,
    reader: &ReviewReader,
    r: &str,
    value: &mut dyn FnMut(Sql) -> String,
) -> String {
    if let ("me", Some(author)) = (who, reader.author()) {
        let author = value(Sql::Text(author.to_owned()));
        return format!("{r}.author = {author}");
    }
    let id = value(Sql::Text(account_author(who)));
    let lower = value(Sql::Text(who.to_lowercase()));
    format!(
        "{r}.author IN (SELECT {id} UNION SELECT p.author FROM reviewers p WHERE p.name_lower = {lower} OR p.email = {lower})"
    )
}

/// The condition that a value of a term sets on the session `s`.
pub(super) fn condition(
    key: Key,
    operator: Operator,
    of: &Value,
    asked: &Asked,
    value: &mut dyn FnMut(Sql) -> String,
) -> String {
    let rows = rows(key, operator, of, asked, "r", value);
    let sees = asked.reader.sees("r", value);
    let not = if rows.is_none { "NOT " } else { "" };
    format!(
        "{not}EXISTS (SELECT 1 FROM reviews r WHERE r.session = s.n AND {} AND {sees})",
        rows.of
    )
}

/// The sessions of a value that asks for rows which are there, or of one that asks for none, those that have them (`true`);
/// `None` where the rows are too many to be read.
pub(super) fn sessions(
    connection: &Connection,
    term: &Term,
    of: &Value,
    asked: &Asked,
) -> Result<Option<(Bits, bool)>, StoreError> {
    let mut values = Vec::new();
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let rows = rows(term.key, term.operator, of, asked, "r", &mut value);
    let found = format!("SELECT r.session FROM reviews r WHERE {}", rows.of);
    let Some(mut bits) = at_most(connection, &found, &values)? else {
        return Ok(None);
    };
    // Who sees what is asked of the sessions that are reviewed blind only: they are few, and the rows of all others many.
    let blind = "SELECT r.session FROM blind_sessions r";
    let Some(blind) = at_most(connection, blind, &[])? else {
        return Ok(None);
    };
    bits.and_not(&blind);
    let sees = asked.reader.sees("r", &mut |of| {
        values.push(of);
        format!("?{}", values.len())
    });
    let seen = format!(
        "SELECT r.session FROM blind_sessions b CROSS JOIN reviews r ON r.session = b.session WHERE {} AND {sees}",
        rows.of
    );
    let Some(seen) = at_most(connection, &seen, &values)? else {
        return Ok(None);
    };
    bits.or(&seen);
    Ok(Some((bits, rows.is_none)))
}

/// The sessions that a statement gives; `None` where its rows are more than [`ROWS_MAX`].
fn at_most(connection: &Connection, sql: &str, values: &[Sql]) -> Result<Option<Bits>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{sql} LIMIT {}", ROWS_MAX + 1))?;
    let mut found = statement.query(params_from_iter(values))?;
    let mut bits = Bits::default();
    let mut count = 0;
    while let Some(row) = found.next()? {
        count += 1;
        if count > ROWS_MAX {
            return Ok(None);
        }
        bits.add(row.get(0)?);
    }
    Ok(Some(bits))
}
