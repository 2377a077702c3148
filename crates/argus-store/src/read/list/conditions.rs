//! Terms of a filter as conditions of a statement. Conditions are text, values are parameters: no value is ever part of the text.

use argus_session::filter::{Key, Operator, Term, Value};
use rusqlite::types::Value as Sql;

use super::reviewed::{self, Asked};
use crate::query::{Cursor, SessionQuery};
use crate::sqlite::names;

/// A statement in the making.
pub(super) struct Conditions {
    pub(super) wheres: Vec<String>,
    pub(super) values: Vec<Sql>,
    /// The time at which it is asked.
    now_us: i64,
    reviews: Asked,
}

impl Conditions {
    pub(super) fn new(now_us: i64, query: &SessionQuery) -> Self {
        Self {
            reviews: Asked::of(query, now_us),
            wheres: Vec::new(),
            values: Vec::new(),
            now_us,
        }
    }

    /// All of them, to be put behind a condition.
    pub(super) fn and(&self) -> String {
        let each = self
            .wheres
            .iter()
            .map(|condition| format!(" AND {condition}"));
        each.collect()
    }

    pub(super) fn value(&mut self, value: Sql) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    pub(super) fn add_scope(&mut self, query: &SessionQuery) {
        let values = &mut self.values;
        let scope = query.scope.conditions("s.n", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        });
        self.wheres.extend(scope);
    }

    /// After the cursor, in a list by the columns `sort` and `number`.
    pub(super) fn add_cursor(&mut self, cursor: Option<Cursor>, sort: &str, number: &str) {
        if let Some(cursor) = cursor {
            let value = self.value(Sql::Integer(cursor.value));
            let n = self.value(Sql::Integer(cursor.n));
            self.wheres
                .push(format!("({sort}, {number}) < ({value}, {n})"));
        }
    }

    /// A term, of the session `s`. No index answers it: SQLite would read and sort all that its range holds rather than walk the
    /// list's own order until there is a page, hence the `+`.
    pub(super) fn add(&mut self, term: &Term) {
        let column = column(term.key).map(|column| format!("+s.{column}"));
        self.add_on(term, column.as_deref().unwrap_or_default());
    }

    /// A term; of one about a column, that column by this name.
    pub(super) fn add_on(&mut self, term: &Term, column: &str) {
        let any: Vec<String> = term
            .values
            .iter()
            .map(|value| self.condition(term.key, term.operator, value, column))
            .collect();
        let joined = format!("({})", any.join(" OR "));
        self.wheres.push(if term.negated {
            format!("NOT {joined}")
        } else {
            joined
        });
    }

    fn condition(&mut self, key: Key, operator: Operator, value: &Value, column: &str) -> String {
        if reviewed::is_of_reviews(key) {
            let values = &mut self.values;
            return reviewed::condition(key, operator, value, &self.reviews, &mut |value| {
                values.push(value);
                format!("?{}", values.len())
            });
        }
        if let Some(bound) = bound(key, value, self.now_us) {
            let operator = sql_operator(key, operator);
            let bound = self.value(bound);
            return format!("{column} {operator} {bound}");
        }
        match value {
            Value::Text(text) if key == Key::Id => {
                let from = self.value(Sql::Text(text.clone()));
                let to = self.value(Sql::Text(format!("{text}\u{10ffff}")));
                format!(
                    "EXISTS (SELECT 1 FROM sessions_known k WHERE k.n = s.n AND k.id >= {from} AND k.id < {to})"
                )
            }
            Value::Text(text) => {
                let kind = self.value(Sql::Integer(names::number(key).unwrap_or(0)));
                let name = self.value(Sql::Text(text.clone()));
                format!(
                    "EXISTS (SELECT 1 FROM session_names x WHERE x.session = s.n AND x.kind = {kind} AND x.name = {name})"
                )
            }
            // What new_skill asks for is always told by a set.
            Value::Number(_) | Value::Time(_) | Value::Ago(..) => "0".to_owned(),
        }
    }
}

/// The column that a key is about.
pub(super) fn column(key: Key) -> Option<&'static str> {
    Some(match key {
        Key::Started | Key::To => "started_at_us",
        // Going on in an interval: ended after its beginning, started before its end.
        Key::Ended | Key::From => "ended_at_us",
        Key::Cost => "cost_nanousd",
        Key::Duration => "duration_us",
        Key::Turns => "turns",
        Key::Steps => "steps",
        Key::Calls => "tool_calls",
        Key::Errors => "errors",
        _ => return None,
    })
}

/// What the column of a key is compared with.
pub(super) fn bound(key: Key, value: &Value, now_us: i64) -> Option<Sql> {
    column(key)?;
    Some(match value {
        Value::Number(number) => Sql::Real(match key {
            Key::Cost => number * 1e9,
            Key::Duration => number * 1e6,
            _ => *number,
        }),
        Value::Time(_) | Value::Ago(..) => Sql::Integer(time_us(value, now_us)?),
        Value::Text(_) => return None,
    })
}

/// A time, at the time at which it is asked.
pub(super) fn time_us(value: &Value, now_us: i64) -> Option<i64> {
    match value {
        Value::Time(time_us) => Some(*time_us),
        Value::Ago(count, unit) => {
            let ago_us = i64::from(*count).saturating_mul(unit.us());
            Some(now_us.saturating_sub(ago_us))
        }
        _ => None,
    }
}

pub(super) fn sql_operator(key: Key, operator: Operator) -> &'static str {
    match (key, operator) {
        (Key::From, _) | (Key::Judged, Operator::Is) | (_, Operator::AtLeast) => ">=",
        (Key::To, _) | (_, Operator::Under) => "<",
        (_, Operator::Is) => "=",
        (_, Operator::Over) => ">",
        (_, Operator::AtMost) => "<=",
    }
}

/// The operator that holds where this one does not.
pub(super) fn opposite(operator: &str) -> &'static str {
    match operator {
        ">=" => "<",
        "<" => ">=",
        ">" => "<=",
        "<=" => ">",
        _ => "<>",
    }
}
