//! The capture envelope: what a capture client sends. Documented in `docs/envelope.md`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::record::{FilePosition, Process};

/// The envelope version this code writes and reads.
pub const ENVELOPE_VERSION: u32 = 1;

/// One source item with its natural key, as sent. Unknown fields are kept in `unknown`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// [`ENVELOPE_VERSION`].
    pub version: u32,
    /// The item's natural key within its source: see [`crate::key`]. For a transcript record it may be left out where
    /// the body has a `uuid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Name of the [`crate::Source`].
    pub source: String,
    /// The external session id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// RFC 3339: when the client read the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<String>,
    /// The source item, as read.
    pub body: Value,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FilePosition>,
    /// The Claude process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<EnvelopeProcess>,
    /// Version of Claude Code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
    /// Working folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Git remote without userinfo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_remote: Option<String>,
    /// The machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The sub-agent whose transcript file the item was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// The redaction rules that the client applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<RuleSet>,
    /// What the client's redaction replaced in `body`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Value>,
    /// Fields of later versions.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// [`Process`] with its time in RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeProcess {
    /// Process id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// `CLAUDE_CODE_ENTRYPOINT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<String>,
}

impl EnvelopeProcess {
    /// The process with its time in microseconds.
    #[must_use]
    pub fn to_process(&self) -> Process {
        Process {
            pid: self.pid,
            started_at_us: self
                .started_at
                .as_deref()
                .and_then(crate::time::parse_rfc3339_us),
            entrypoint: self.entrypoint.clone(),
        }
    }
}

/// A redaction rule set by hash and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Lower-case hex of the rule set's hash.
    pub hash: String,
    /// Its version: the higher wins.
    pub version: u32,
}

/// Why an envelope is refused. The client's fault, each of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// A version this server does not read.
    #[error(
        "envelope version {0} is not known here: this server reads version {ENVELOPE_VERSION}; update the server or the client"
    )]
    Version(u32),
    /// A source that is none.
    #[error("source \"{0}\" is not known: see docs/envelope.md for the list")]
    Source(String),
    /// OTel items come over OTLP.
    #[error("source \"{0}\" is not taken in envelopes: send it over OTLP")]
    Otel(String),
    /// A transcript or capture item without anything to know it by.
    #[error("no key: give `key`, or a body with a `uuid`")]
    Key,
    /// The body is not what the source gives.
    #[error("the body is no JSON object")]
    Body,
}

impl Envelope {
    /// The item in the envelope.
    ///
    /// # Errors
    /// When the version or source is not known here, or nothing tells the item's natural key.
    pub fn into_item(self) -> Result<crate::Item, EnvelopeError> {
        use crate::{Item, Meta, NaturalKey, Source, source, time};

        if self.version != ENVELOPE_VERSION {
            return Err(EnvelopeError::Version(self.version));
        }
        let Some(source) = Source::from_name(&self.source) else {
            return Err(EnvelopeError::Source(self.source));
        };
        if !self.body.is_object() {
            return Err(EnvelopeError::Body);
        }
        let mut unknown = self.unknown;
        if !self.spans.is_empty() {
            unknown.insert("spans".to_owned(), Value::from(self.spans));
        }
        if let Some(rules) = &self.rules {
            unknown.insert(
                "rules".to_owned(),
                serde_json::json!({"hash": rules.hash, "version": rules.version}),
            );
        }
        let meta = Meta {
            captured_at_us: self.captured_at.as_deref().and_then(time::parse_rfc3339_us),
            file: self.file,
            process: self.process.as_ref().map(EnvelopeProcess::to_process),
            client_version: self.client_version,
            cwd: self.cwd,
            git_remote: self.git_remote,
            device: self.device,
            agent_id: self.agent_id,
            unknown,
        };
        let text = |name: &str| {
            self.body
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let session_id = self.session_id.clone();
        match source {
            Source::OtelLog | Source::OtelMetric | Source::OtelSpan => {
                Err(EnvelopeError::Otel(self.source))
            }
            Source::Hook => {
                let key = self.key.ok_or(EnvelopeError::Key)?;
                let mut item = source::hook::item(self.body, &key, meta);
                item.session_id = item.session_id.or(session_id);
                Ok(item)
            }
            Source::Transcript | Source::CoworkAudit => {
                let own = match source {
                    Source::CoworkAudit => source::cowork::named_session_id(&self.body),
                    _ => text("sessionId").or_else(|| text("session_id")),
                };
                let session_id = session_id.or(own);
                let agent_id = meta.agent_id.clone().or_else(|| text("agentId"));
                let key = match (text("uuid"), self.key) {
                    (Some(uuid), _) => NaturalKey::transcript_uuid(
                        session_id.as_deref().unwrap_or(""),
                        agent_id.as_deref(),
                        &uuid,
                    ),
                    (None, Some(key)) => NaturalKey::given(&key),
                    (None, None) => return Err(EnvelopeError::Key),
                };
                let at_us = match source {
                    Source::CoworkAudit => source::cowork::at_us(&self.body),
                    _ => text("timestamp")
                        .as_deref()
                        .and_then(time::parse_rfc3339_us),
                };
                Ok(Item {
                    source,
                    key,
                    session_id,
                    at_us,
                    meta: Meta { agent_id, ..meta },
                    body: self.body,
                })
            }
            Source::ComplianceApi | Source::InferenceHook | Source::Capture => {
                let key = NaturalKey::given(&self.key.ok_or(EnvelopeError::Key)?);
                Ok(Item {
                    source,
                    key,
                    session_id,
                    at_us: meta.captured_at_us,
                    body: self.body,
                    meta,
                })
            }
        }
    }
}
