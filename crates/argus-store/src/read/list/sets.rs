//! What a filter asks for, as sets of sessions.

use argus_session::filter::{Key, SessionKind, Term, Value};
use rusqlite::{Connection, params};

use super::conditions;
use super::reviewed::{self, Asked};
use crate::query::{SessionQuery, Sort};
use crate::search::Matched;
use crate::sqlite::bits::{self, Bits};
use crate::sqlite::names;
use crate::{ReadScope, StoreError};

/// Most sessions of a range of numbers, or of an id's beginning, that are made a set: a millisecond or less.
const RANGE_SESSIONS_MAX: usize = 8_192;

/// The sets of a filter.
#[derive(Default)]
pub(super) struct Sets {
    /// The sessions that they let through; `None` where there is none.
    pub(super) all: Option<Bits>,
    /// The terms that no set stands for, by place.
    pub(super) left: Vec<usize>,
    /// Of the terms that ask for one name, that of the fewest sessions, where the list is by time: its own index is sorted so.
    pub(super) by_name: Option<(i64, String, usize)>,
}

impl Sets {
    pub(super) fn of(
        connection: &Connection,
        query: &SessionQuery,
        matched: Option<&Matched>,
        now_us: i64,
    ) -> Result<Self, StoreError> {
        let mut sets = Self::default();
        let mut against: Vec<Bits> = Vec::new();
        match matched {
            Some(found) if found.is_exclusion => against.push(found.sessions.as_ref().clone()),
            Some(found) => sets.only(&found.sessions),
            None => {}
        }
        for (place, term) in query.filter.terms.iter().enumerate() {
            let Some(told) = of_term(connection, query, term, now_us)? else {
                sets.left.push(place);
                continue;
            };
            // What a set does not hold is what the term's opposite asks for.
            if told.is_complement == term.negated {
                sets.note_name(query, term, &told.bits);
                sets.only(&told.bits);
            } else {
                against.push(told.bits);
            }
        }
        sets.only_readable(connection, &query.scope)?;
        if !against.is_empty() {
            let mut all = match sets.all.take() {
                Some(all) => all,
                None => listed(connection)?,
            };
            for bits in &against {
                all.and_not(bits);
            }
            sets.all = Some(all);
        }
        if let Some(all) = &mut sets.all {
            all.and(&listed(connection)?);
        }
        Ok(sets)
    }

    fn only(&mut self, bits: &Bits) {
        match &mut self.all {
            Some(all) => all.and(bits),
            None => self.all = Some(bits.clone()),
        }
    }

    fn note_name(&mut self, query: &SessionQuery, term: &Term, bits: &Bits) {
        if query.sort != Sort::Started || term.negated {
            return;
        }
        let (Some(kind), [Value::Text(name)]) = (names::number(term.key), term.values.as_slice())
        else {
            return;
        };
        let count = bits.count();
        let is_fewer = self.by_name.as_ref().is_none_or(|held| count < held.2);
        if term.key.kind() == argus_session::filter::Kind::Name && is_fewer {
            self.by_name = Some((kind, name.clone(), count));
        }
    }

    /// A bounded reader's sessions are among those of their projects, and of their credentials. Whether they are all that, the
    /// scope's own conditions tell of each.
    fn only_readable(
        &mut self,
        connection: &Connection,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        if let Some(projects) = &scope.projects {
            let kind = names::number(Key::Project).unwrap_or(0);
            let mut allowed = Bits::default();
            for project in projects {
                allowed.or(&bits::of(connection, kind, project)?);
            }
            self.only(&allowed);
        }
        if let Some(user) = &scope.own_of {
            self.only(&bits::of(connection, names::CREDENTIAL, user)?);
        }
        Ok(())
    }
}

/// What a set tells of a term without its `-`.
struct Told {
    bits: Bits,
    /// The set holds those for which the term does not hold.
    is_complement: bool,
}

/// The set of a term without its `-`; `None` where there is none.
fn of_term(
    connection: &Connection,
    query: &SessionQuery,
    term: &Term,
    now_us: i64,
) -> Result<Option<Told>, StoreError> {
    let mut all = Bits::default();
    for value in &term.values {
        let Some(told) = of_value(connection, query, term, value, now_us)? else {
            return Ok(None);
        };
        if told.is_complement {
            // Of one value only: those that any of several hold for are no complement of one set.
            return Ok((term.values.len() == 1).then_some(told));
        }
        all.or(&told.bits);
    }
    Ok(Some(Told {
        bits: all,
        is_complement: false,
    }))
}

fn of_value(
    connection: &Connection,
    query: &SessionQuery,
    term: &Term,
    value: &Value,
    now_us: i64,
) -> Result<Option<Told>, StoreError> {
    let exactly = |bits| {
        Some(Told {
            bits,
            is_complement: false,
        })
    };
    if reviewed::is_of_reviews(term.key) {
        let found = reviewed::sessions(connection, term, value, &Asked::of(query, now_us))?;
        return Ok(found.map(|(bits, is_complement)| Told {
            bits,
            is_complement,
        }));
    }
    match (term.key, value) {
        (Key::Id, Value::Text(prefix)) => {
            let to = format!("{prefix}\u{10ffff}");
            let from = "FROM sessions_known WHERE id >= ?1 AND id < ?2 LIMIT ?3";
            Ok(few(connection, from, &[&prefix, &to])?.and_then(exactly))
        }
        (Key::NewSkill, value) => {
            let since_us = conditions::time_us(value, now_us).unwrap_or(now_us);
            let bits = ran_new_version(connection, since_us, &query.scope)?;
            Ok(exactly(bits))
        }
        (Key::Model, Value::Text(prefix)) => {
            let kind = names::number(term.key).unwrap_or(0);
            let mut bits = bits::of_prefix(connection, kind, prefix)?;
            bits.or(&bits::of_prefix(
                connection,
                kind,
                &format!("claude-{prefix}"),
            )?);
            Ok(exactly(bits))
        }
        (Key::SkillVersion, Value::Text(prefix)) => {
            let kind = names::number(term.key).unwrap_or(0);
            Ok(exactly(bits::of_prefix(connection, kind, prefix)?))
        }
        (key, Value::Text(name)) => match names::number(key) {
            Some(kind) => Ok(exactly(bits::of(connection, kind, name)?)),
            None => Ok(None),
        },
        (key, _) => {
            let (Some(column), Some(bound)) = (
                conditions::column(key),
                conditions::bound(key, value, now_us),
            ) else {
                return Ok(None);
            };
            // The walk of the list's own index is bounded by it.
            if column == query.sort.column() && !term.negated && term.values.len() == 1 {
                return Ok(None);
            }
            let operator = conditions::sql_operator(key, term.operator);
            let of = |operator: &str| {
                format!("FROM sessions WHERE listed = 1 AND {column} {operator} ?1 LIMIT ?2")
            };
            let opposite = conditions::opposite(operator);
            for (operator, is_complement) in [(operator, false), (opposite, true)] {
                if operator != "<>"
                    && let Some(bits) = few(connection, &of(operator), &[&bound])?
                {
                    return Ok(Some(Told {
                        bits,
                        is_complement,
                    }));
                }
            }
            Ok(None)
        }
    }
}

/// The sessions that a statement gives, when they are few: without its `SELECT n`, its last parameter a limit.
fn few(
    connection: &Connection,
    from: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Option<Bits>, StoreError> {
    let limit = i64::try_from(RANGE_SESSIONS_MAX + 1).unwrap_or(i64::MAX);
    let mut values = values.to_vec();
    values.push(&limit);
    // Counted first: most ranges have too many, and to count is a fraction of to read.
    let count: usize = connection
        .prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 {from})"))?
        .query_row(values.as_slice(), |row| row.get(0))?;
    if count > RANGE_SESSIONS_MAX {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached(&format!("SELECT n {from}"))?;
    let mut rows = statement.query(values.as_slice())?;
    let mut bits = Bits::default();
    while let Some(row) = rows.next()? {
        bits.add(row.get(0)?);
    }
    Ok(Some(bits))
}

/// Every session that is listed.
pub(super) fn listed(connection: &Connection) -> Result<Bits, StoreError> {
    bits::of(connection, names::LISTED, "")
}

/// The sessions of a kind.
pub(super) fn of_kind(connection: &Connection, kind: SessionKind) -> Result<Bits, StoreError> {
    let number = names::number(Key::Kind).unwrap_or(0);
    bits::of(connection, number, kind.as_str())
}

/// The sessions that ran a version of a skill which this reader could first see at or after a time. Goes from version to version
/// by the index, so that its cost is the number of versions, not of sessions.
fn ran_new_version(
    connection: &Connection,
    since_us: i64,
    scope: &ReadScope,
) -> Result<Bits, StoreError> {
    let mut found = Bits::default();
    let mut next_version = connection.prepare_cached(
        "SELECT name, hash FROM session_skills WHERE (name, hash) > (?1, ?2) ORDER BY name, hash LIMIT 1",
    )?;
    let mut seen = connection.prepare_cached(
        "SELECT first_us, session FROM session_skills WHERE name = ?1 AND hash = ?2 AND first_us IS NOT NULL ORDER BY first_us, session",
    )?;
    let mut ran = connection.prepare_cached(
        "SELECT session FROM session_skills WHERE name = ?1 AND hash = ?2 AND ran = 1",
    )?;
    let (mut name, mut hash) = (String::new(), Vec::new());
    loop {
        let mut rows = next_version.query(params![name, hash])?;
        let Some(row) = rows.next()? else {
            return Ok(found);
        };
        (name, hash) = (row.get(0)?, row.get(1)?);
        drop(rows);
        let mut rows = seen.query(params![name, hash])?;
        let mut first_us: Option<i64> = None;
        while let Some(row) = rows.next()? {
            if *scope == ReadScope::all() || scope.may_read(connection, row.get(1)?)? {
                first_us = row.get(0)?;
                break;
            }
        }
        drop(rows);
        if first_us.is_some_and(|first_us| first_us >= since_us) {
            let mut rows = ran.query(params![name, hash])?;
            while let Some(row) = rows.next()? {
                found.add(row.get(0)?);
            }
        }
    }
}
