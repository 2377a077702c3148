//! From text to the words of a filter.

use super::Key;
use super::parse::{FilterError, PARTS_MAX, Reader};
use crate::search::{Clause, Field, Sought};

/// What stands at a place of a filter.
pub(super) enum Stands {
    /// A term `key:value`, or one with a key that there is not.
    Term,
    /// A word or a phrase.
    Words,
    /// `AND`, which goes without saying.
    And,
}

/// The names of the fields, for errors.
pub(super) fn fields() -> String {
    Field::ALL
        .map(|field| format!("{}:", field.as_str()))
        .join(", ")
}

/// The name before a `:`, `>` or `<`, and what follows it. What begins with a digit (`10:30`) names nothing, nor does what is
/// followed by what no value begins with (`https://…`, `std::fmt`).
fn named(text: &str) -> Option<(&str, &str)> {
    let length = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, rest) = text.split_at(length);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_known =
        Key::ALL.iter().any(|key| key.as_str() == name) || Field::from_name(name).is_some();
    let is_text = !is_known && (rest.starts_with("::") || rest.starts_with("://"));
    (is_name && !is_text && rest.starts_with([':', '>', '<'])).then_some((name, rest))
}

/// The field that a word's text says it is in, with what follows. `error:yes` and `error:no` ask whether anything failed.
fn scoped(text: &str) -> Option<(Field, &str)> {
    let (name, rest) = named(text)?;
    let field = Field::from_name(name)?;
    let rest = rest.strip_prefix(':')?;
    if field == Field::Error {
        let value = rest.split(char::is_whitespace).next().unwrap_or_default();
        if value
            .split(',')
            .any(|part| Key::Error.choices().contains(&part))
        {
            return None;
        }
    }
    Some((field, rest))
}

impl Reader<'_> {
    pub(super) fn stands(&self) -> Stands {
        let rest = self.rest();
        if is_word(rest, "AND") {
            return Stands::And;
        }
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        if named(rest).is_some() && scoped(rest).is_none() {
            Stands::Term
        } else {
            Stands::Words
        }
    }

    /// A word, or several with `OR` between them.
    pub(super) fn clause(&mut self) -> Result<Clause, FilterError> {
        if is_word(self.rest(), "OR") {
            return Err(self.error("OR stands between two words, as in renewal OR churn"));
        }
        let negated = self.take("-");
        let mut any = vec![self.sought()?];
        loop {
            let before = self.at;
            self.skip_space();
            if !is_word(self.rest(), "OR") {
                self.at = before;
                return Ok(Clause { negated, any });
            }
            if negated {
                return Err(self.error("OR does not go with -: write -a -b for neither of two"));
            }
            self.at += "OR".len();
            self.skip_space();
            if self.rest().starts_with('-') {
                return Err(self.error("OR does not go with -: write -a -b for neither of two"));
            }
            if self.rest().is_empty() || !matches!(self.stands(), Stands::Words) {
                return Err(self.error(
                    "OR stands between two words, as in renewal OR churn; of a key's values any one holds: skill:a,b",
                ));
            }
            if any.len() == PARTS_MAX {
                return Err(self.error(&format!("at most {PARTS_MAX} words stand beside OR")));
            }
            any.push(self.sought()?);
        }
    }

    fn sought(&mut self) -> Result<Sought, FilterError> {
        let start = self.at;
        let field = scoped(self.rest()).map(|(field, _)| field);
        if let Some(field) = field {
            self.at += field.as_str().len() + 1;
        }
        let (text, prefix) = if self.rest().starts_with('"') {
            let text = self.quoted()?;
            (text, self.take("*"))
        } else {
            let rest = self.rest();
            let length = rest
                .find(|c: char| c.is_whitespace() || c == '"')
                .unwrap_or(rest.len());
            self.at += length;
            let word = &rest[..length];
            match word.strip_suffix('*') {
                Some(begun) => (begun.to_owned(), true),
                None => (word.to_owned(), false),
            }
        };
        if !self.rest().is_empty() && !self.rest().starts_with(char::is_whitespace) {
            return Err(self.error("a word with a quote in it is quoted as a whole, as in \"a b\""));
        }
        let sought = Sought {
            field,
            text,
            prefix,
        };
        if sought.phrase().tokens.is_empty() {
            let at = Reader {
                text: self.text,
                at: start,
            };
            return Err(at.error(match field {
                Some(_) => "a field is followed by a word or a phrase, as in prompt:churn or prompt:\"q2 churn\"",
                None => "there is nothing to look for: a word has a letter or a digit in it",
            }));
        }
        Ok(sought)
    }
}

fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::super::{Filter, Operator, Term, Value};
    use super::*;
    use crate::search::Words;
    use proptest::prelude::*;

    fn words(text: &str) -> Words {
        Filter::parse(text).unwrap().words
    }

    #[test]
    fn words_stand_beside_terms() {
        let filter =
            Filter::parse(r#"skill:x "q2 churn" -draft turns>3 prompt:renew* a OR b AND c"#)
                .unwrap();
        assert_eq!(filter.terms.len(), 2);
        assert_eq!(filter.words.clauses.len(), 5);
        assert_eq!(
            filter.to_string(),
            r#"skill:x turns>3 "q2 churn" -draft prompt:renew* a OR b c"#
        );
        let both = words("error:timeout error:\"yes sir\"");
        assert!(
            both.sought()
                .all(|sought| sought.field == Some(Field::Error))
        );
        for text in [
            "10:30",
            "https://example.com",
            "std::fmt",
            "a-b",
            "東京",
            "C:\\temp",
            "x=1",
            "(word)",
        ] {
            let looked_for = Filter::parse(text);
            if text.starts_with("C:") {
                assert!(looked_for.is_err());
            } else {
                assert_eq!(looked_for.unwrap().words.clauses.len(), 1, "{text}");
            }
        }
    }

    #[test]
    fn errors_say_where_and_what_would_be_right() {
        for (text, position, part) in [
            ("foo:bar", 1, "\"foo\" is no key"),
            ("a \"open", 3, "not closed"),
            ("OR a", 1, "between two words"),
            ("a OR", 5, "between two words"),
            ("a OR skill:x", 6, "skill:a,b"),
            ("-a OR b", 4, "-a -b"),
            ("a OR -b", 6, "-a -b"),
            ("!!! a", 1, "nothing to look for"),
            ("*", 1, "nothing to look for"),
            ("-", 2, "nothing to look for"),
            ("prompt: a", 1, "followed by a word"),
            ("a\"b\"", 2, "quoted as a whole"),
            ("\0", 1, "nothing to look for"),
        ] {
            let error = Filter::parse(text).unwrap_err();
            assert!(error.message.contains(part), "{text}: {error}");
            assert_eq!(error.position, position, "{text}");
        }
    }

    fn sought() -> impl Strategy<Value = Sought> {
        let text = prop_oneof![
            any::<String>(),
            "[a-z東京*:\"\\\\ -]{1,8}",
            Just("OR".to_owned()),
            Just("yes".to_owned())
        ];
        let field = prop_oneof![Just(None), (0usize..7).prop_map(|n| Some(Field::ALL[n]))];
        (text, field, any::<bool>())
            .prop_map(|(text, field, prefix)| Sought {
                field,
                text,
                prefix,
            })
            .prop_filter("something to look for", |sought| {
                !sought.phrase().tokens.is_empty()
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            all in proptest::collection::vec((any::<bool>(), proptest::collection::vec(sought(), 1..4)), 0..5),
            named in any::<bool>(),
        ) {
            let clauses = all.into_iter().map(|(negated, mut any)| {
                if negated { any.truncate(1); }
                Clause { negated, any }
            }).collect();
            let term = Term { key: Key::Skill, operator: Operator::Is, values: vec![Value::Text("x".to_owned())], negated: false };
            let filter = Filter { terms: named.then_some(term).into_iter().collect(), words: Words { clauses } };
            prop_assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter);
        }
    }
}
