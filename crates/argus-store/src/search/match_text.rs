//! From words to an FTS5 expression. It is made of our own tokens only, quoted: nothing of what a person typed is syntax.

use argus_session::search::{Clause, Sought, Words};

use crate::StoreError;

/// Most tokens that are looked for at once.
const TOKENS_MAX: usize = 200;

/// The expression that finds the steps in which all of the words stand.
pub(super) fn of(words: &Words) -> Result<String, StoreError> {
    if !words.seeks() {
        return Err(StoreError::Invalid(
            "say what to look for: at least one word without - in front of it".to_owned(),
        ));
    }
    check(words)?;
    let part = |negated: bool| {
        let clauses = words
            .clauses
            .iter()
            .filter(|clause| clause.negated == negated);
        clauses.map(clause).collect::<Vec<_>>()
    };
    let mut expression = part(false).join(" AND ");
    for not in part(true) {
        expression = format!("({expression}) NOT {not}");
    }
    Ok(expression)
}

/// That words, of a search or of a list's filter, are not more than can be looked for.
///
/// # Errors
/// [`StoreError::Invalid`] says how many there are, and how many may be.
pub(super) fn check(words: &Words) -> Result<(), StoreError> {
    let tokens: usize = words
        .clauses
        .iter()
        .flat_map(|clause| &clause.any)
        .map(|sought| sought.phrase().tokens.len())
        .sum();
    if tokens > TOKENS_MAX {
        return Err(StoreError::Invalid(format!(
            "this looks for {tokens} words at once, and {TOKENS_MAX} are the most: take some out"
        )));
    }
    Ok(())
}

/// The expression for one clause, whether it is negated or not.
pub(super) fn clause(clause: &Clause) -> String {
    let any: Vec<String> = clause.any.iter().map(sought).collect();
    format!("({})", any.join(" OR "))
}

fn sought(sought: &Sought) -> String {
    let phrase = sought.phrase();
    let field = sought
        .field
        .map_or_else(String::new, |field| format!("{} : ", field.as_str()));
    let prefix = if phrase.prefix { " *" } else { "" };
    format!("{field}\"{}\"{prefix}", phrase.tokens.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argus_session::filter::Filter;

    #[test]
    fn nothing_typed_is_syntax() {
        let of = |text: &str| of(&Filter::parse(text).unwrap().words).unwrap();
        assert_eq!(of("churn"), "(\"churn\")");
        assert_eq!(
            of("\"q2 churn\" a OR b* -prompt:draft"),
            "((\"q2 churn\") AND (\"a\" OR \"b\" *)) NOT (prompt : \"draft\")"
        );
        assert_eq!(
            of("NEAR( ^x {a} \"b\\\" OR c\""),
            "(\"near\") AND (\"x\") AND (\"a\") AND (\"b or c\")"
        );
        assert_eq!(of("東京都"), "(\"東京 京都\")");
    }
}
