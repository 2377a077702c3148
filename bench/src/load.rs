//! Requests to send, made before anything is measured.

use argus_e2e::{Result, api_request_log, logs_request};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use prost::Message;
use serde_json::{Value, json};

/// A request body and how many records it has.
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) records: usize,
}

/// What is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Log records as http/protobuf, 100 a request, 100 to a session.
    Telemetry,
    /// Transcript lines as envelopes, 20 a request, 100 to a session; 8 KB in the mean, one in fifty of 100 KB.
    Content,
}

impl Kind {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Telemetry => "/v1/logs",
            Self::Content => "/v1/envelopes",
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Telemetry => "application/x-protobuf",
            Self::Content => "application/json",
        }
    }

    /// `count` records of which none equals another, nor one of another `lane`.
    pub(crate) fn bodies(self, lane: usize, count: usize) -> Result<Vec<Body>> {
        let mut text = Text(lane as u64 + 1);
        let (each, make): (usize, &mut dyn FnMut(usize, usize) -> Result<Vec<u8>>) = match self {
            Self::Telemetry => (100, &mut |from, to| telemetry(lane, from, to)),
            Self::Content => (20, &mut |from, to| Ok(content(lane, from, to, &mut text))),
        };
        (0..count)
            .step_by(each)
            .map(|from| {
                let to = (from + each).min(count);
                Ok(Body {
                    bytes: make(from, to)?,
                    records: to - from,
                })
            })
            .collect()
    }
}

fn session_id(lane: usize, number: usize) -> String {
    format!("{lane:08x}-0000-4000-8000-{:012}", number / 100)
}

fn telemetry(lane: usize, from: usize, to: usize) -> Result<Vec<u8>> {
    let records: Vec<Value> = (from..to)
        .map(|number| {
            let session = session_id(lane, number);
            let prompt = format!("{lane:08x}-1000-4000-8000-{:012}", number / 20);
            let request = format!("req_{lane:04x}{number:016}");
            api_request_log(
                &session,
                &prompt,
                &request,
                number as u64 % 100,
                1_795_348_382_000_000_000 + number as u64 * 50_000_000,
            )
        })
        .collect();
    let request: ExportLogsServiceRequest =
        serde_json::from_slice(&logs_request(&records)).map_err(|error| error.to_string())?;
    Ok(request.encode_to_vec())
}

fn content(lane: usize, from: usize, to: usize, text: &mut Text) -> Vec<u8> {
    let envelopes: Vec<Value> = (from..to)
        .map(|number| {
            let bytes = if number % 50 == 49 {
                100_000
            } else {
                3_000 + text.below(6_000)
            };
            let body = line(&session_id(lane, number), number, &text.words(bytes));
            json!({"version": 1, "source": "transcript", "body": body})
        })
        .collect();
    json!({"envelopes": envelopes}).to_string().into_bytes()
}

/// A line of a transcript: a prompt first, then calls of a tool and their results.
pub(crate) fn line(session: &str, number: usize, text: &str) -> Value {
    let uuid = |number: usize| format!("{}-{number:012}", &session[..23]);
    let in_session = number % 100;
    let shared = json!({
        "uuid": uuid(number),
        "parentUuid": (in_session > 0).then(|| uuid(number - 1)),
        "sessionId": session,
        "timestamp": "2026-11-22T11:53:02.305Z",
        "version": "2.1.330",
    });
    let own = if in_session == 0 {
        json!({"type": "user", "promptId": format!("{session}-p"), "message": {"role": "user", "content": text}})
    } else if in_session % 2 == 1 {
        json!({"type": "assistant", "requestId": format!("req_{session}_{number}"), "message": {
            "id": format!("msg_{number}"), "role": "assistant", "model": "claude-opus-5-5", "stop_reason": "tool_use",
            "content": [{"type": "tool_use", "id": format!("toolu_{session}_{number}"), "name": "Bash", "input": {"command": text}}],
            "usage": {"input_tokens": 3, "output_tokens": 4}}})
    } else {
        json!({"type": "user", "message": {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": format!("toolu_{session}_{}", number - 1), "content": text}]}})
    };
    let (mut line, Value::Object(own)) = (shared, own) else {
        return Value::Null;
    };
    if let Some(line) = line.as_object_mut() {
        line.extend(own);
    }
    line
}

/// Text that compresses about as much as code and its output do: common words, and every fifth something of its own.
pub(crate) struct Text(pub(crate) u64);

const WORDS: [&str; 16] = [
    "the", "function", "returns", "value", "error", "when", "file", "cannot", "be", "read", "let",
    "index", "for", "line", "in", "of",
];

impl Text {
    pub(crate) fn below(&mut self, bound: u64) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound).unwrap_or(0)
    }

    pub(crate) fn words(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 16);
        while text.len() < bytes {
            text.push_str(WORDS[self.below(16)]);
            if self.below(5) == 0 {
                text.push_str(&format!("{:x}", self.below(1 << 30)));
            }
            text.push(' ');
        }
        text
    }
}
