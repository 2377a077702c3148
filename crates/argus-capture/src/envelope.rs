//! Items as envelopes: redacted before they are written anywhere.

use argus_redact::{Policy, Redactor};
use argus_session::envelope::{ENVELOPE_VERSION, Envelope, EnvelopeProcess, RuleSet};
use argus_session::time::rfc3339;
use argus_session::{Item, Source, content_off};
use serde_json::{Map, Value};

use crate::config::Redaction;
use crate::event::ClaudeProcess;

/// What is said beside every item of a session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    pub(crate) device: String,
    pub(crate) process: ClaudeProcess,
    pub(crate) cwd: Option<String>,
    pub(crate) git_remote: Option<String>,
}

/// Largest envelope: the server takes requests of 64 MiB, and this one stands alone then.
pub(crate) const ENVELOPE_BYTES_MAX: usize = 60 * 1024 * 1024;

/// An item and what is said beside it, without content: for a session whose content is off.
pub(crate) fn without_content(item: Item, beside: Beside) -> (Item, Beside) {
    let item = Item {
        body: content_off::body(item.body),
        meta: content_off::meta(item.meta),
        ..item
    };
    let beside = Beside {
        cwd: None,
        git_remote: None,
        ..beside
    };
    (item, beside)
}

/// The redactor of a workspace; the built-in rules where its own are not known or not taken.
pub(crate) fn redactor(redaction: Option<&Redaction>) -> Redactor {
    let of_workspace = redaction.and_then(|redaction| {
        let key: [u8; 32] = hex::decode(&redaction.key).ok()?.try_into().ok()?;
        let policy: Policy = if redaction.policy.is_null() {
            Policy::default()
        } else {
            serde_json::from_value(redaction.policy.clone()).ok()?
        };
        Redactor::new(&key, &policy, redaction.revision).ok()
    });
    // The server redacts again, by all of its rules.
    of_workspace.unwrap_or_else(Redactor::without_workspace)
}

/// An item as an envelope, redacted, as it is spooled and sent. `captured_at_us` is when it was read.
pub(crate) fn seal(
    item: Item,
    redactor: &Redactor,
    beside: &Beside,
    captured_at_us: i64,
) -> Vec<u8> {
    let has_uuid = item.body.get("uuid").is_some_and(Value::is_string);
    // The server makes the key of a record with a `uuid` itself; the others' is not in the redacted body.
    let key = (item.source != Source::Transcript || !has_uuid)
        .then(|| String::from_utf8_lossy(item.key.as_bytes()).into_owned());
    let redacted = redactor.redact_json(item.body);
    let rules = RuleSet {
        hash: hex::encode(redacted.rules().hash),
        version: redacted.rules().version,
    };
    let spans = redacted
        .spans()
        .iter()
        .filter_map(|span| serde_json::to_value(span).ok())
        .collect();
    let mut unknown = Map::new();
    if let Some(dropped) = redacted.dropped() {
        unknown.insert("dropped".to_owned(), Value::from(dropped.as_str()));
    }
    let text = |text: &Option<String>| text.as_deref().map(|text| redactor.redact_text(text).text);
    let process = EnvelopeProcess {
        pid: beside.process.pid,
        started_at: None,
        entrypoint: beside.process.entrypoint.clone(),
    };
    let envelope = Envelope {
        version: ENVELOPE_VERSION,
        key,
        source: item.source.as_str().to_owned(),
        session_id: item.session_id,
        captured_at: Some(rfc3339(captured_at_us)),
        body: redacted.into_value(),
        file: item.meta.file,
        process: (process.pid.is_some() || process.entrypoint.is_some()).then_some(process),
        client_version: item.meta.client_version,
        cwd: text(&beside.cwd),
        git_remote: text(&beside.git_remote),
        device: Some(beside.device.clone()),
        agent_id: item.meta.agent_id,
        rules: Some(rules),
        spans,
        unknown,
    };
    serde_json::to_vec(&envelope).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use argus_session::source::transcript::TranscriptFile;

    use super::*;

    #[test]
    fn an_envelope_is_the_item_without_its_secrets() {
        let line = br#"{"type":"user","uuid":"u1","sessionId":"s1","message":{"role":"user","content":"export GITHUB_TOKEN=ghp_0123456789abcdefABCDEF0123456789abcd"}}"#;
        let mut file = TranscriptFile::new("s1", None, "s1.jsonl", [7; 32]);
        let item = file.item(line, 0).unwrap();
        let key = item.key.clone();
        let beside = Beside {
            device: "d".repeat(32),
            cwd: Some("/home/a".to_owned()),
            ..Beside::default()
        };
        let sealed = seal(item, &redactor(None), &beside, 1_795_348_382_305_000);
        let text = String::from_utf8(sealed.clone()).unwrap();
        assert!(!text.contains("0123456789abcdef"), "{text}");
        let envelope: Envelope = serde_json::from_slice(&sealed).unwrap();
        assert_eq!(envelope.spans.len(), 1);
        assert_eq!(envelope.into_item().unwrap().key, key);
    }

    #[test]
    fn a_line_without_a_uuid_keeps_the_key_of_what_stood_there() {
        let line =
            br#"{"type":"last-prompt","lastPrompt":"password=hunter22abc","sessionId":"s1"}"#;
        let mut file = TranscriptFile::new("s1", Some("a1"), "s1.jsonl", [7; 32]);
        let item = file.item(line, 0).unwrap();
        let key = item.key.clone();
        let sealed = seal(item, &redactor(None), &Beside::default(), 0);
        let envelope: Envelope = serde_json::from_slice(&sealed).unwrap();
        assert!(!String::from_utf8(sealed).unwrap().contains("hunter22abc"));
        assert_eq!(envelope.into_item().unwrap().key, key);
    }
}
