//! Where in a text what is looked for stands.

use std::ops::Range;

use super::tokens::{Phrase, Token, each_token};
use super::{Field, Words};

/// The places of whatever is looked for in a text of `field`, in characters (Unicode scalar values), in order, those that
/// touch each other joined.
#[must_use]
pub fn places(words: &Words, field: Field, text: &str) -> Vec<Range<u32>> {
    let phrases: Vec<Phrase> = words
        .sought()
        .filter(|sought| sought.field.is_none_or(|only| only == field))
        .map(super::Sought::phrase)
        .filter(|phrase| !phrase.tokens.is_empty())
        .collect();
    if phrases.is_empty() {
        return Vec::new();
    }
    let mut tokens: Vec<Token> = Vec::new();
    each_token(text, &mut |token| tokens.push(token));
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in 0..tokens.len() {
        for phrase in &phrases {
            if stands_at(phrase, &tokens[start..]) {
                let last = &tokens[start + phrase.tokens.len() - 1];
                found.push(tokens[start].bytes.start..end(phrase, last, text));
            }
        }
    }
    in_characters(joined(found), text)
}

fn stands_at(phrase: &Phrase, tokens: &[Token]) -> bool {
    let Some(last) = phrase.tokens.len().checked_sub(1) else {
        return false;
    };
    tokens.len() > last
        && phrase
            .tokens
            .iter()
            .zip(tokens)
            .enumerate()
            .all(|(place, (sought, token))| {
                if place == last && phrase.prefix {
                    token.text.starts_with(sought.as_str())
                } else {
                    token.text == *sought
                }
            })
}

/// Where what was found ends: of a pair of which only the first was looked for, behind that one.
fn end(phrase: &Phrase, last: &Token, text: &str) -> usize {
    let first = text[last.bytes.clone()].chars().next();
    match first {
        Some(c) if phrase.prefix && super::is_unspaced(c) => last.bytes.start + c.len_utf8(),
        _ => last.bytes.end,
    }
}

fn joined(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match out.last_mut() {
            Some(before) if range.start <= before.end => before.end = before.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

fn in_characters(ranges: Vec<Range<usize>>, text: &str) -> Vec<Range<u32>> {
    let (mut characters, mut byte) = (0, 0);
    let mut at = |to: usize| {
        characters += text[byte..to].chars().count();
        byte = to;
        u32::try_from(characters).unwrap_or(u32::MAX)
    };
    ranges
        .into_iter()
        .map(|range| {
            let start = at(range.start);
            start..at(range.end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Filter;

    fn marked(query: &str, field: Field, text: &str) -> Vec<String> {
        let words = Filter::parse(query).unwrap().words;
        let chars: Vec<char> = text.chars().collect();
        places(&words, field, text)
            .into_iter()
            .map(|range| {
                chars[range.start as usize..range.end as usize]
                    .iter()
                    .collect()
            })
            .collect()
    }

    #[test]
    fn words_phrases_and_beginnings() {
        let text = "Q2 churn: the Q2  Churn of Ünited, churning";
        assert_eq!(marked("churn", Field::Answer, text), ["churn", "Churn"]);
        assert_eq!(
            marked("\"q2 churn\"", Field::Answer, text),
            ["Q2 churn", "Q2  Churn"]
        );
        assert_eq!(
            marked("churn* united", Field::Answer, text),
            ["churn", "Churn", "Ünited", "churning"]
        );
        assert_eq!(marked("prompt:churn the -of", Field::Answer, text), ["the"]);
        assert_eq!(
            marked("q2 churn", Field::Answer, text),
            ["Q2", "churn", "Q2", "Churn"]
        );
    }

    #[test]
    fn characters_of_scripts_without_spaces() {
        let text = "東京都の解約率を見る";
        assert_eq!(marked("解約", Field::Prompt, text), ["解約"]);
        assert_eq!(marked("都", Field::Prompt, text), ["都"]);
        assert_eq!(marked("東京都", Field::Prompt, text), ["東京都"]);
        assert_eq!(marked("る", Field::Prompt, text), ["る"]);
        assert_eq!(marked("京率", Field::Prompt, text), Vec::<String>::new());
    }
}
