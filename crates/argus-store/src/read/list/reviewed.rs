//! Lists of sessions by what people said of them: the terms of a filter that ask for reviews, as conditions.
//!
//! Each looks at what stands now and what the list's reader sees of it.

use argus_session::filter::{Key, Operator, Term, Value};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::conditions::sql_operator;
use crate::StoreError;
use crate::reviews::{ReviewKind, ReviewReader, account_author};
use crate::sqlite::bits::Bits;

/// Most rows that are made a set: some ten milliseconds. Where there are more, the newest sessions have some, and each
/// candidate is asked.
const ROWS_MAX: usize = 100_000;

/// Whether a key asks for reviews.
pub(super) const fn is_of_reviews(key: Key) -> bool {
    matches!(
        key,
        Key::Verdict | Key::Tag | Key::Score | Key::Reviewer | Key::Commented
    )
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
    reader: &ReviewReader,
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
        (Key::Reviewer, Value::Text(who)) => (authors(who, reader, r, value), false),
        (Key::Score, Value::Number(percent)) => {
            let of = kind(ReviewKind::Score, value);
            // Basis points.
            let number = value(Sql::Real(percent * 100.0));
            let operator = sql_operator(key, operator);
            (format!("{of} AND {r}.number {operator} {number}"), false)
        }
        _ => ("0".to_owned(), false),
    };
    let sees = reader.sees(r, value);
    Rows {
        of: format!("{r}.stands = 1 AND {of} AND {sees}"),
        is_none,
    }
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
    reader: &ReviewReader,
    value: &mut dyn FnMut(Sql) -> String,
) -> String {
    let rows = rows(key, operator, of, reader, "r", value);
    let not = if rows.is_none { "NOT " } else { "" };
    format!(
        "{not}EXISTS (SELECT 1 FROM reviews r WHERE r.session = s.n AND {})",
        rows.of
    )
}

/// The sessions of a value that asks for rows which are there, or of one that asks for none, those that have them (`true`);
/// `None` where the rows are too many to be read.
pub(super) fn sessions(
    connection: &Connection,
    term: &Term,
    of: &Value,
    reader: &ReviewReader,
) -> Result<Option<(Bits, bool)>, StoreError> {
    let mut values = Vec::new();
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let rows = rows(term.key, term.operator, of, reader, "r", &mut value);
    let limit = i64::try_from(ROWS_MAX + 1).unwrap_or(i64::MAX);
    let limit = value(Sql::Integer(limit));
    let sql = format!(
        "SELECT r.session FROM reviews r WHERE {} LIMIT {limit}",
        rows.of
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(&values))?;
    let mut bits = Bits::default();
    let mut count = 0;
    while let Some(row) = found.next()? {
        count += 1;
        if count > ROWS_MAX {
            return Ok(None);
        }
        bits.add(row.get(0)?);
    }
    Ok(Some((bits, rows.is_none)))
}
