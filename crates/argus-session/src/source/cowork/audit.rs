//! `audit.jsonl`: the messages of a session as the app saw them. It keeps turns that a compaction took out of the
//! transcript, and has each prompt twice.

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::fold::fact::{Fact, Line, LinePlace, Place, SessionFact, Signals, StepFact, StepKey};
use crate::fold::slot::{HOOK, LOG, offer, offer_latest};
use crate::record::{FilePosition, Meta};
use crate::source::said::Said;
use crate::source::transcript::{LineError, lenient};
use crate::source::value::{boolean, int, string, text};
use crate::{Item, NaturalKey, Record, Source, time};

/// Reads the lines of one `audit.jsonl`, from its start, in order.
#[derive(Debug)]
pub struct AuditFile {
    session_id: String,
    file_id: String,
    line_key: [u8; 32],
    seen: HashMap<[u8; 32], u32>,
}

impl AuditFile {
    /// The audit log of the session `session_id` (the transcript's, as the metadata tells it). `file_id` names the file in
    /// the records' metadata; `line_key` is the workspace's key for lines without a `uuid`.
    #[must_use]
    pub fn new(session_id: &str, file_id: &str, line_key: [u8; 32]) -> Self {
        Self {
            session_id: session_id.to_owned(),
            file_id: file_id.to_owned(),
            line_key,
            seen: HashMap::new(),
        }
    }

    /// Counts a line that was read before: see [`crate::source::transcript::TranscriptFile::pass`].
    pub fn pass(&mut self, line: &[u8]) {
        crate::source::transcript::pass(&mut self.seen, line.trim_ascii());
    }

    /// The item of one line. `offset` is where the line starts in the file, in bytes.
    ///
    /// # Errors
    /// When the line is empty or no JSON object.
    pub fn item(&mut self, line: &[u8], offset: u64) -> Result<Item, LineError> {
        let line = line.trim_ascii();
        if line.is_empty() {
            return Err(LineError::Empty);
        }
        let body = lenient(line).filter(Value::is_object);
        let body = body.ok_or(LineError::NotJson)?;
        let session_id = session_id(&body).unwrap_or_else(|| self.session_id.clone());
        let key = match text(&body, "/uuid") {
            Some(uuid) => NaturalKey::transcript_uuid(&session_id, None, uuid),
            None => {
                let nth = self.seen.entry(Sha256::digest(line).into()).or_insert(0);
                let kind = text(&body, "/type").unwrap_or("");
                let key = NaturalKey::transcript_line(
                    &session_id,
                    None,
                    kind,
                    &self.line_key,
                    line,
                    *nth,
                );
                *nth += 1;
                key
            }
        };
        Ok(Item {
            source: Source::CoworkAudit,
            key,
            session_id: Some(session_id),
            at_us: at_us(&body),
            meta: Meta {
                file: Some(FilePosition {
                    id: self.file_id.clone(),
                    offset,
                }),
                ..Meta::default()
            },
            body,
        })
    }
}

/// The session that a line names, unless it is by the app's own id.
pub(super) fn session_id(body: &Value) -> Option<String> {
    string(body, "/session_id").filter(|id| !id.starts_with("local_"))
}

/// When a line was written: RFC 3339, or milliseconds.
pub(super) fn at_us(body: &Value) -> Option<i64> {
    ["/_audit_timestamp", "/timestamp"]
        .into_iter()
        .find_map(|pointer| {
            text(body, pointer)
                .and_then(time::parse_rfc3339_us)
                .or_else(|| int(body, pointer)?.checked_mul(1_000))
        })
}

pub(super) fn facts(kind: &str, record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    match kind {
        "user" | "assistant" if is_conversation(body) => said(kind, record).facts(facts),
        "result" => result(record, facts),
        "system" => system(record, facts),
        _ => facts.push(Fact::Count(format!("cowork_audit.{kind}"))),
    }
}

/// What the client put in is no message of the conversation.
fn is_conversation(body: &Value) -> bool {
    body.pointer("/message/content").is_some()
        && !["/isMeta", "/isSynthetic", "/isCompactSummary"]
            .into_iter()
            .any(|pointer| boolean(body, pointer).unwrap_or(false))
}

fn line(record: &Record) -> Line {
    Line {
        witness: Source::CoworkAudit,
        at: record.at_us.unwrap_or(0),
        place: record.meta.file.as_ref().map_or(0, |file| file.offset),
        id: string(&record.body, "/uuid").unwrap_or_else(|| hex::encode(record.natural_key)),
    }
}

fn said<'a>(kind: &'a str, record: &'a Record) -> Said<'a> {
    Said {
        record,
        pointer: "/message",
        role: kind,
        line: line(record),
        uuid: string(&record.body, "/uuid"),
        message_id: string(&record.body, "/message/id"),
        by_agent_of: string(&record.body, "/parent_tool_use_id"),
        weight: HOOK,
        time_weight: LOG,
        // One line a block, as the client streams them.
        is_whole: false,
    }
}

fn step(key: StepKey, record: &Record) -> StepFact {
    let place = LinePlace {
        line: line(record),
        uuid: None,
        message_id: None,
        equal: None,
    };
    let mut fact = StepFact::new(key, Place::Line(Box::new(place)));
    fact.at = record.at_us.and_then(|at| offer(LOG, at));
    fact
}

/// The end of what one prompt caused.
fn result(record: &Record, facts: &mut Vec<Fact>) {
    let failed = boolean(&record.body, "/is_error").unwrap_or(false)
        || text(&record.body, "/subtype").is_some_and(|subtype| subtype != "success");
    let mut fact = step(StepKey::Signal(format!("said:{}", line(record).id)), record);
    fact.signals = if failed {
        Signals::FAILED
    } else {
        Signals::STOPPED
    };
    facts.push(Fact::Step(Box::new(fact)));
    facts.push(Fact::Count("cowork_audit.result".to_owned()));
}

fn system(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    match text(body, "/subtype").unwrap_or("unknown") {
        "init" => init(record, facts),
        "compact_boundary" => {
            // The client tells the transcript and the app of it under one uuid.
            let uuid = string(body, "/uuid");
            let id = uuid
                .clone()
                .unwrap_or_else(|| format!("said:{}", line(record).id));
            let mut fact = step(StepKey::Compaction(id), record);
            if let Place::Line(place) = &mut fact.place {
                place.uuid = uuid;
            }
            fact.name = string(body, "/compact_metadata/trigger")
                .or_else(|| string(body, "/compactMetadata/trigger"))
                .and_then(|trigger| offer(HOOK, trigger));
            facts.push(Fact::Step(Box::new(fact)));
        }
        subtype => facts.push(Fact::Count(format!("cowork_audit.system.{subtype}"))),
    }
}

/// What the client says of itself when it starts.
fn init(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let at = record.at_us.unwrap_or(0);
    facts.extend(
        string(body, "/claude_code_version")
            .map(SessionFact::ClientVersion)
            .map(Fact::Session),
    );
    facts.extend(
        string(body, "/model")
            .and_then(|model| offer_latest(HOOK, at, model))
            .map(SessionFact::Model)
            .map(Fact::Session),
    );
    facts.extend(
        string(body, "/cwd")
            .and_then(|cwd| offer_latest(LOG, at.saturating_neg(), cwd))
            .map(SessionFact::Cwd)
            .map(Fact::Session),
    );
    for server in body
        .get("mcp_servers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        facts.extend(string(server, "/name").map(|name| Fact::McpServer {
            name,
            scope: string(server, "/source"),
            transport: None,
        }));
    }
    facts.push(Fact::Count("cowork_audit.system.init".to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_transcripts_sessions_whatever_the_app_calls_it() {
        let mut file = AuditFile::new("cli-1", "audit.jsonl", [3; 32]);
        let own = br#"{"type":"user","uuid":"u1","session_id":"local_9","_audit_timestamp":"2026-11-22T11:53:02.305Z","_audit_hmac":"x"}"#;
        let item = file.item(own, 7).unwrap();
        assert_eq!(item.session_id.as_deref(), Some("cli-1"));
        assert_eq!(item.at_us, Some(1_795_348_382_305_000));
        assert_eq!(item.key, NaturalKey::transcript_uuid("cli-1", None, "u1"));
        let other =
            br#"{"type":"user","uuid":"u1","session_id":"cli-2","_audit_timestamp":1795348382305}"#;
        let item = file.item(other, 7).unwrap();
        assert_eq!(item.session_id.as_deref(), Some("cli-2"));
        assert_eq!(item.at_us, Some(1_795_348_382_305_000));
        assert_eq!(file.item(b"{\"type\"", 0).unwrap_err(), LineError::NotJson);
    }
}
