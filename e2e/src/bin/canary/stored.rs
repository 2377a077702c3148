//! What is stored: the data folder's files, and through the trial of a rule, which opens every record, the sealed contents.

use std::fs;
use std::path::{Path, PathBuf};

use argus_e2e::{Person, Result};
use serde_json::{Value, json};

use crate::canaries::{Canaries, Leak, Search};
use crate::session::mark;

/// The longest pattern that a workspace may have.
const PATTERN_BYTES_MAX: usize = 1_000;

/// What of the secrets stands in stored contents: patterns of all of them are tried on all records.
///
/// # Errors
/// The server refused, did not look through everything, or does not find what is there.
pub(crate) fn leaks(person: &Person, canaries: &Canaries, search: &Search) -> Result<Vec<Leak>> {
    if !holds(person, &mark("prompt"))? {
        let said = "the stored prompt is not found by its mark: nothing was looked through";
        return Err(said.to_owned());
    }
    let mut leaks = Vec::new();
    let mut pattern = String::new();
    for piece in canaries.pieces() {
        let piece = escaped(piece);
        if pattern.len() + piece.len() >= PATTERN_BYTES_MAX {
            leaks.extend(found(person, &pattern, search)?);
            pattern.clear();
        }
        if !pattern.is_empty() {
            pattern.push('|');
        }
        pattern.push_str(&piece);
    }
    leaks.extend(found(person, &pattern, search)?);
    Ok(leaks)
}

/// Whether a text stands in stored contents.
pub(crate) fn holds(person: &Person, word: &str) -> Result<bool> {
    Ok(!samples(person, &escaped(word))?.is_empty())
}

/// A pattern that matches this text only.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// What a pattern finds, as leaks.
fn found(person: &Person, pattern: &str, search: &Search) -> Result<Vec<Leak>> {
    let samples = samples(person, pattern)?;
    let leak = |sample: &Value| {
        let text = |name: &str| sample[name].as_str().unwrap_or_default();
        let place = format!("record {} at {}", sample["record"], text("pointer"));
        let text = format!("{}{}{}", text("before"), text("hit"), text("after"));
        search.leaks(&place, text.as_bytes())
    };
    Ok(samples.iter().flat_map(leak).collect())
}

/// What a pattern finds in what is stored.
fn samples(person: &Person, pattern: &str) -> Result<Vec<Value>> {
    let path = "/api/v1/workspaces/default/redaction/trial";
    let rule = json!({"pattern": {"name": "trial", "pattern": pattern}});
    let mut tried = person.post(path, &rule)?;
    if tried["is_complete"] != true {
        return Err(format!("not every record was looked through: {tried}"));
    }
    match tried["samples"].take() {
        Value::Array(samples) => Ok(samples),
        _ => Err(format!("a trial without samples: {tried}")),
    }
}

/// Every file below a folder; sockets are none.
pub(crate) fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(said)? {
        let entry = entry.map_err(said)?;
        let kind = entry.file_type().map_err(said)?;
        if kind.is_dir() {
            files_below(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
