//! From text to a filter.

use super::words::Stands;
use super::{ALIASES, AgoUnit, Filter, Key, Kind, Operator, Term, Value};
use crate::time;

/// Longest filter that is read: an address bar's worth.
const BYTES_MAX: usize = 8 * 1024;
/// Most values of one term, and most terms.
pub(super) const PARTS_MAX: usize = 100;

/// Why a text is no filter. The writer's to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {position})")]
pub struct FilterError {
    /// Where, in characters from 1.
    pub position: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// `7d`, `24h`, `30m`.
fn ago(text: &str) -> Option<Value> {
    let unit = AgoUnit::ALL
        .into_iter()
        .find(|unit| text.ends_with(unit.letter()))?;
    let count = text[..text.len() - 1].parse().ok()?;
    Some(Value::Ago(count, unit))
}

pub(super) fn needs_quotes(text: &str) -> bool {
    text.is_empty()
        || text
            .chars()
            .any(|c| c.is_whitespace() || matches!(c, ',' | '"' | '\\'))
}

pub(super) fn parse(text: &str) -> Result<Filter, FilterError> {
    let mut reader = Reader { text, at: 0 };
    if text.len() > BYTES_MAX {
        return Err(reader.error(&format!("a filter has at most {BYTES_MAX} bytes")));
    }
    let mut filter = Filter::default();
    loop {
        reader.skip_space();
        if reader.rest().is_empty() {
            return Ok(filter);
        }
        if filter.terms.len() + filter.words.clauses.len() == PARTS_MAX {
            return Err(reader.error(&format!("a filter has at most {PARTS_MAX} terms and words")));
        }
        match reader.stands() {
            Stands::And => reader.at += "AND".len(),
            Stands::Words => filter.words.clauses.push(reader.clause()?),
            Stands::Term => filter.terms.push(reader.term()?),
        }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn error(&self, message: &str) -> FilterError {
        FilterError {
            position: self.text[..self.at].chars().count() + 1,
            message: message.to_owned(),
        }
    }

    pub(super) fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    pub(super) fn take(&mut self, start: &str) -> bool {
        let found = self.rest().starts_with(start);
        if found {
            self.at += start.len();
        }
        found
    }

    fn term(&mut self) -> Result<Term, FilterError> {
        let negated = self.take("-");
        let (key, name) = self.key()?;
        let operator = self.operator(key, name)?;
        let mut values = vec![self.value(key, name)?];
        while self.take(",") {
            if operator != Operator::Is {
                return Err(self.error(&format!(
                    "{name} is compared with one value; a fraction has a point, as in {name}>1.5"
                )));
            }
            if values.len() == PARTS_MAX {
                return Err(self.error(&format!("a term has at most {PARTS_MAX} values")));
            }
            values.push(self.value(key, name)?);
        }
        if !self.rest().is_empty() && !self.rest().starts_with(char::is_whitespace) {
            return Err(
                self.error("a value with a quote in it is quoted as a whole, as in user:\"a b\"")
            );
        }
        Ok(Term {
            key,
            operator,
            values,
            negated,
        })
    }

    /// The key, and the name that it is written by.
    fn key(&mut self) -> Result<(Key, &'a str), FilterError> {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let name = &rest[..length];
        let known = || {
            Key::ALL
                .iter()
                .map(|key| key.as_str())
                .chain(ALIASES.iter().map(|(alias, _)| *alias))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let Some(key) = Key::named(name) else {
            return Err(self.error(&format!(
                "\"{name}\" is no key; keys are {}; words are looked for in {}; to look for the text itself, write it in quotes",
                known(),
                super::words::fields(),
            )));
        };
        self.at += length;
        Ok((key, name))
    }

    fn operator(&mut self, key: Key, name: &str) -> Result<Operator, FilterError> {
        let start = self.at;
        let operator = if self.take(">=") {
            Operator::AtLeast
        } else if self.take("<=") {
            Operator::AtMost
        } else if self.take(">") {
            Operator::Over
        } else if self.take("<") {
            Operator::Under
        } else if self.take(":") {
            Operator::Is
        } else {
            return Err(self.error("a key is followed by :, >, >=, < or <="));
        };
        let compares = !matches!(key.kind(), Kind::Name | Kind::Prefix)
            && !matches!(key, Key::From | Key::To | Key::NewSkill);
        if operator != Operator::Is && !compares {
            self.at = start;
            return Err(self.error(&format!("{name} is not compared: write {name}:value")));
        }
        // A moment to the microsecond is nobody's question.
        if operator == Operator::Is && matches!(key, Key::Started | Key::Ended) {
            self.at = start;
            return Err(self.error(&format!(
                "{name} is compared, as in {name}>=2026-11-01; what was going on from a day on is after:2026-11-01"
            )));
        }
        Ok(operator)
    }

    fn value(&mut self, key: Key, name: &str) -> Result<Value, FilterError> {
        let start = self.at;
        let text = if self.rest().starts_with('"') {
            self.quoted()?
        } else {
            self.bare().to_owned()
        };
        let wrong = |what: &str| {
            let at = Reader {
                text: self.text,
                at: start,
            };
            at.error(&format!("{name} takes {what}"))
        };
        if text.is_empty() {
            return Err(wrong("a value"));
        }
        match key.kind() {
            Kind::Name | Kind::Prefix => {
                let choices = key.choices();
                if choices.is_empty() || choices.contains(&text.as_str()) {
                    Ok(Value::Text(text))
                } else {
                    Err(wrong(&choices.join(", ")))
                }
            }
            Kind::Number => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map(Value::Number)
                .ok_or_else(|| {
                    let (what, example) = match key {
                        Key::Cost => ("a number of US dollars", "0.5"),
                        Key::Duration => ("a number of seconds", "90"),
                        Key::Score => ("a number in percent", "80"),
                        _ => ("a number", "3"),
                    };
                    wrong(&format!("{what}, as in {name}>{example}"))
                }),
            Kind::Time => time::parse_rfc3339_us(&text)
                .or_else(|| time::parse_rfc3339_us(&format!("{text}T00:00:00Z")))
                .map(Value::Time)
                .or_else(|| ago(&text))
                .ok_or_else(|| {
                    wrong("a day, a time or how long ago, as in started>=2026-11-01, from:2026-11-01T08:00:00Z or from:7d (also 24h, 30m)")
                }),
        }
    }

    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest
            .find(|c: char| c.is_whitespace() || c == ',' || c == '"')
            .unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    pub(super) fn quoted(&mut self) -> Result<String, FilterError> {
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((place, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += place + 1;
                    return Ok(out);
                }
                '\\' => out.extend(chars.next().map(|(_, escaped)| escaped)),
                c => out.push(c),
            }
        }
        Err(self.error("this quote is not closed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Words;
    use proptest::prelude::*;

    #[test]
    fn terms_of_every_kind() {
        let filter = parse(r#"model:claude-opus-5-5 -tool:Bash,Read cost>=0.5 started<2026-11-01 user:"Ada \"L\"""#).unwrap();
        assert_eq!(filter.terms.len(), 5);
        assert!(filter.terms[1].negated);
        assert_eq!(filter.terms[1].values.len(), 2);
        assert_eq!(filter.terms[2].values, [Value::Number(0.5)]);
        let ago = parse("from:7d -to:30m").unwrap();
        assert_eq!(ago.terms[0].values, [Value::Ago(7, AgoUnit::Days)]);
        assert_eq!(ago.to_string(), "from:7d -to:30m");
        let named = parse("skill:weekly-report after:2026-11-01 before:1h new_skill:7d").unwrap();
        assert_eq!(named.terms[1].key, Key::From);
        assert_eq!(named.terms[2].key, Key::To);
        assert_eq!(named.terms[3].key, Key::NewSkill);
        assert!(parse("from:d").is_err() && parse("from:-1d").is_err());
        assert_eq!(filter.terms[3].operator, Operator::Under);
        assert_eq!(
            filter.terms[4].values,
            [Value::Text("Ada \"L\"".to_owned())]
        );
        assert_eq!(parse("  ").unwrap(), Filter::default());
        assert!(parse("error:yes -error:no").unwrap().words.is_empty());
    }

    #[test]
    fn errors_say_where_and_what_would_be_right() {
        for (text, position, part) in [
            ("modle:x", 1, "\"modle\" is no key"),
            ("turns:many", 7, "a number"),
            ("model>x", 6, "model:value"),
            (
                "started>soon",
                9,
                "started takes a day, a time or how long ago",
            ),
            ("started:2026-11-01", 8, "started>=2026-11-01"),
            ("after:2026-02-30", 7, "after takes a day"),
            ("before>2026-02-03", 7, "before is not compared"),
            ("cost>1,5", 8, "cost>1.5"),
            ("cost>$1", 6, "US dollars, as in cost>0.5"),
            ("duration>1m", 10, "seconds, as in duration>90"),
            ("user:\"open", 6, "not closed"),
            ("turns:", 7, "a value"),
            ("é modle:1", 3, "\"modle\" is no key"),
            ("modle>1", 1, "in quotes"),
            ("error:yes,maybe", 11, "yes, no"),
            ("error>yes", 6, "error:value"),
            ("outcome:answered,nope", 18, "interrupted"),
            ("source:otel", 8, "otel_log"),
            ("surface:tv", 9, "terminal"),
            ("from>2026-11-01", 5, "from:value"),
            ("new_skill>7d", 10, "new_skill:value"),
            ("first_turn:good", 12, "not_accepted"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.message.contains(part), "{text}: {error}");
            assert_eq!(error.position, position, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(values in proptest::collection::vec(any::<String>().prop_filter("not empty", |v| !v.is_empty()), 1..4), turns in any::<i32>(), negated: bool) {
            let filter = Filter { terms: vec![
                Term { key: Key::User, operator: Operator::Is, values: values.into_iter().map(Value::Text).collect(), negated },
                Term { key: Key::Turns, operator: Operator::AtMost, values: vec![Value::Number(f64::from(turns))], negated: false },
            ], words: Words::default() };
            prop_assert_eq!(parse(&filter.to_string()).unwrap(), filter);
        }

        #[test]
        fn any_text_is_a_filter_or_an_error(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
