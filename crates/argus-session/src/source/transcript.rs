//! Transcript files: their lines as items.

mod facts;

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::record::{FilePosition, Meta};
use crate::source::value::string;
use crate::{Item, NaturalKey, Source, time, without_lone_surrogates};

pub(crate) use facts::facts;

/// Why a line is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// White space only.
    #[error("empty line")]
    Empty,
    /// Not JSON: cut off, or not a transcript.
    #[error("not a JSON object")]
    NotJson,
}

/// Reads the lines of one transcript file, from its start, in order.
#[derive(Debug)]
pub struct TranscriptFile {
    session_id: String,
    agent_id: Option<String>,
    file_id: String,
    line_key: [u8; 32],
    seen: HashMap<[u8; 32], u32>,
}

impl TranscriptFile {
    /// A file of the session `session_id` (the file's name), or of its sub-agent `agent_id`. `file_id` names the file in
    /// the records' metadata; `line_key` is the workspace's key for lines without a `uuid`.
    #[must_use]
    pub fn new(
        session_id: &str,
        agent_id: Option<&str>,
        file_id: &str,
        line_key: [u8; 32],
    ) -> Self {
        Self {
            session_id: session_id.to_owned(),
            agent_id: agent_id.map(str::to_owned),
            file_id: file_id.to_owned(),
            line_key,
            seen: HashMap::new(),
        }
    }

    /// Counts a line that was read before, without making an item of it: the keys of later lines without a `uuid` depend on
    /// how many of their like stood before them.
    pub fn pass(&mut self, line: &[u8]) {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        pass(&mut self.seen, line.trim_ascii());
    }

    /// The item of one line. `offset` is where the line starts in the file, in bytes. Invalid UTF-8 and halves of
    /// characters (`\ud83d`) inside strings are read as replacement characters.
    ///
    /// # Errors
    /// When the line is empty or no JSON object.
    pub fn item(&mut self, line: &[u8], offset: u64) -> Result<Item, LineError> {
        // A file that was edited elsewhere may begin with a byte order mark.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let line = line.trim_ascii();
        if line.is_empty() {
            return Err(LineError::Empty);
        }
        let body = lenient(line).ok_or(LineError::NotJson)?;
        if !body.is_object() {
            return Err(LineError::NotJson);
        }
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        // The records of a fork repeat the old session's, uuid and all: the file's session is part of the key.
        let session_id = text("sessionId").unwrap_or(&self.session_id).to_owned();
        let agent_id = self
            .agent_id
            .as_deref()
            .or_else(|| text("agentId"))
            .map(str::to_owned);
        let key = match text("uuid") {
            Some(uuid) => NaturalKey::transcript_uuid(&session_id, agent_id.as_deref(), uuid),
            None => {
                let nth = self.seen.entry(Sha256::digest(line).into()).or_insert(0);
                let key = NaturalKey::transcript_line(
                    &session_id,
                    agent_id.as_deref(),
                    text("type").unwrap_or(""),
                    &self.line_key,
                    line,
                    *nth,
                );
                *nth += 1;
                key
            }
        };
        Ok(Item {
            source: Source::Transcript,
            key,
            at_us: text("timestamp").and_then(time::parse_rfc3339_us),
            meta: Meta {
                file: Some(FilePosition {
                    id: self.file_id.clone(),
                    offset,
                }),
                agent_id,
                ..Meta::default()
            },
            session_id: Some(session_id),
            body,
        })
    }
}

/// Counts a line that has no `uuid`, as reading it would.
pub(crate) fn pass(seen: &mut HashMap<[u8; 32], u32>, line: &[u8]) {
    if line.is_empty() {
        return;
    }
    // Most lines have one, and are told at the cost of reading over them.
    let has_uuid = match serde_json::from_slice::<Identified<'_>>(line) {
        Ok(identified) => identified.uuid.is_some(),
        Err(_) => match lenient(line) {
            Some(body) if body.is_object() => body.get("uuid").is_some_and(Value::is_string),
            _ => return,
        },
    };
    if !has_uuid {
        *seen.entry(Sha256::digest(line).into()).or_insert(0) += 1;
    }
}

/// What tells whether a line is known by a `uuid`.
#[derive(serde::Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    uuid: Option<std::borrow::Cow<'a, str>>,
}

/// A fork's copies name the session that they were made in: measured, 2.1.330 `requestSessionId`; seen by others,
/// `forkedFrom`. Gives that session's id, and what says so.
#[must_use]
pub fn forked_from(body: &Value, session_id: &str) -> Option<(String, &'static str)> {
    let other = |pointer: &str| string(body, pointer).filter(|id| id != session_id);
    other("/requestSessionId")
        .map(|id| (id, "transcript.requestSessionId"))
        .or_else(|| other("/forkedFrom/sessionId").map(|id| (id, "transcript.forkedFrom")))
}

/// JSON as the client writes it: strings may hold invalid UTF-8 (a tool's output) and halves of characters (a text that was
/// cut).
pub(super) fn lenient(line: &[u8]) -> Option<Value> {
    if let Ok(value) = serde_json::from_slice(line) {
        return Some(value);
    }
    let text = String::from_utf8_lossy(line);
    let mended = without_lone_surrogates(&text);
    serde_json::from_str(mended.as_deref().unwrap_or(&text)).ok()
}

/// The item of a sub-agent's `.meta.json`. Its body gets `type: "agent-meta"`.
///
/// # Errors
/// When the file is no JSON object.
pub fn agent_meta_item(
    session_id: &str,
    agent_id: &str,
    file_id: &str,
    content: &[u8],
) -> Result<Item, LineError> {
    let Ok(Value::Object(mut map)) = serde_json::from_slice(content) else {
        return Err(LineError::NotJson);
    };
    map.insert("type".to_owned(), Value::from("agent-meta"));
    Ok(Item {
        source: Source::Transcript,
        key: NaturalKey::given(&format!("agent-meta\0{session_id}\0{agent_id}")),
        session_id: Some(session_id.to_owned()),
        at_us: None,
        body: Value::Object(map),
        meta: Meta {
            file: Some(FilePosition {
                id: file_id.to_owned(),
                offset: 0,
            }),
            agent_id: Some(agent_id.to_owned()),
            ..Meta::default()
        },
    })
}

/// The item of a spilled tool output (`tool-results/NAME`). Its body is `{"type": "tool-result-file", "name", "text"}`.
#[must_use]
pub fn tool_result_file_item(session_id: &str, name: &str, content: &[u8]) -> Item {
    Item {
        source: Source::Transcript,
        key: NaturalKey::given(&format!("tool-result-file\0{session_id}\0{name}")),
        session_id: Some(session_id.to_owned()),
        at_us: None,
        body: serde_json::json!({
            "type": "tool-result-file", "name": name, "text": String::from_utf8_lossy(content),
        }),
        meta: Meta {
            file: Some(FilePosition {
                id: format!("tool-results/{name}"),
                offset: 0,
            }),
            ..Meta::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> TranscriptFile {
        TranscriptFile::new("s1", None, "s1.jsonl", [7; 32])
    }

    #[test]
    fn a_line_with_a_uuid_is_known_by_it() {
        let line = br#"{"type":"user","uuid":"u1","sessionId":"s1","timestamp":"2026-11-22T11:53:02.305Z"}"#;
        let item = file().item(line, 10).unwrap();
        assert_eq!(item.key, NaturalKey::transcript_uuid("s1", None, "u1"));
        assert_eq!(item.at_us, Some(1_795_348_382_305_000));
        assert_eq!(item.meta.file.unwrap().offset, 10);
    }

    #[test]
    fn equal_lines_without_a_uuid_are_told_apart_by_their_count() {
        let line = br#"{"type":"mode","mode":"normal","sessionId":"s1"}"#;
        let mut once = file();
        let (a, b) = (
            once.item(line, 0).unwrap().key,
            once.item(line, 50).unwrap().key,
        );
        assert_ne!(a, b);
        let mut again = file();
        assert_eq!(again.item(line, 0).unwrap().key, a);
        assert_eq!(
            again.item(line, 99).unwrap().key,
            b,
            "the offset is not part of the key"
        );
    }

    #[test]
    fn lines_that_were_passed_count_as_those_that_were_read() {
        let lines: [&[u8]; 6] = [
            br#"{"type":"mode","mode":"normal"}"#,
            br#"{"type":"user","uuid":"u1","x":{"uuid":"inner"}}"#,
            b"no json",
            br#"{"type":"mode","mode":"normal"}"#,
            br#"{"type":"mode","x":{"uuid":"inner"}}"#,
            b"{\"type\":\"mode\",\"x\":\"\xff\"}",
        ];
        let (mut read, mut passed) = (file(), file());
        for line in lines {
            let _ = read.item(line, 0);
            passed.pass(line);
        }
        assert_eq!(read.seen, passed.seen);
        assert_eq!(read.seen.len(), 3);
    }

    #[test]
    fn a_half_line_is_an_error_and_bad_utf8_is_not() {
        assert_eq!(
            file().item(br#"{"type":"user","uu"#, 0).unwrap_err(),
            LineError::NotJson
        );
        assert_eq!(file().item(b"  ", 0).unwrap_err(), LineError::Empty);
        let item = file()
            .item(b"{\"type\":\"user\",\"x\":\"a\xffb\"}", 0)
            .unwrap();
        assert_eq!(item.body["x"], "a\u{fffd}b");
    }
}
