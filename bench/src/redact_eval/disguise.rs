//! Secrets in disguise: what redaction has to see through, and the look at its output that undoes the disguise.

use std::collections::BTreeMap;

use argus_redact::Redactor;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};
use serde_json::{Value, json};

use super::corpus::{Case, Kind};

/// Disguises a text that holds `secret` once.
type Disguise = fn(text: &str, secret: &str) -> String;
/// What can be read in an output by who knows the disguise.
type Look = fn(output: &str) -> String;

const DISGUISES: [(&str, Disguise, Look); 13] = [
    ("plain", |text, _| text.to_owned(), str::to_owned),
    (
        JSON,
        |text, _| tool_output(text),
        |output| unjson(output, 1),
    ),
    (
        "json-in-json",
        |text, _| json!({"role": "tool", "content": tool_output(text)}).to_string(),
        |output| unjson(output, 3),
    ),
    (
        "ansi-line",
        |text, _| {
            let lines = text.replace('\n', "\x1b[0m\n\x1b[1;31m");
            format!("\x1b[32m12:\x1b[0m\x1b[1;31m{lines}\x1b[0m\n")
        },
        without_ansi,
    ),
    ("ansi-inside", ansi_inside, without_ansi),
    ("unified-diff", |text, _| diff(text), str::to_owned),
    (
        "base64",
        |text, _| {
            let encoded = general_purpose::STANDARD.encode(text);
            format!("apiVersion: v1\nkind: ConfigMap\nbinaryData:\n  settings: {encoded}\n")
        },
        unbase64,
    ),
    (
        "url-encoded",
        |text, _| {
            let encoded = url_encoded(text);
            format!("GET /callback?state=1&payload={encoded}&lang=en HTTP/1.1\n")
        },
        |output| format!("{output}\0{}", url_decoded(output)),
    ),
    (
        "export",
        |_, secret| {
            format!(
                "$ export SERVICE_API_TOKEN={}\n$ make deploy\n",
                quoted(secret)
            )
        },
        str::to_owned,
    ),
    (
        "curl-header",
        |_, secret| {
            format!(
                "curl -sS -H \"Authorization: Bearer {secret}\" -H 'Accept: application/json' https://api.example.com/v1/items\n"
            )
        },
        str::to_owned,
    ),
    (
        "crlf",
        |text, _| {
            let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
            format!("# settings\r\n{lines}\r\nend=1\r\n")
        },
        str::to_owned,
    ),
    (
        "heredoc",
        |text, _| {
            let lines = text.trim_end_matches('\n');
            format!(
                "cat > settings.conf <<'EOF'\n# settings\n{lines}\nEOF\nchmod 600 settings.conf\n"
            )
        },
        str::to_owned,
    ),
    ("heredoc-split", split, |output| output.replace("\\\n", "")),
];
/// The disguise whose output has to be JSON still.
const JSON: &str = "json-tool-output";

/// Cases, those hidden in the disguise, and those hidden in it of those hidden plain.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) cases: usize,
    pub(super) hidden: usize,
    pub(super) hidden_plain: usize,
    pub(super) kept: usize,
}

/// What became of secrets in disguise.
#[derive(Debug, Default)]
pub(super) struct Disguises {
    /// In the order of [`DISGUISES`].
    pub(super) seen: Vec<(&'static str, Seen)>,
    /// Of the outputs that have to be JSON, those that are.
    pub(super) json: (usize, usize),
}

/// Every case that can be disguised, in every disguise.
pub(super) fn measure(redactor: &Redactor, cases: &[&Case]) -> Disguises {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    let mut json = (0, 0);
    for (case, secret) in cases.iter().filter_map(|case| Some((case, secret(case)?))) {
        let mut is_hidden_plain = false;
        for (name, disguise, look) in DISGUISES {
            let output = redactor.redact_text(&disguise(&case.text, secret)).text;
            let is_hidden = !look(&output).contains(secret);
            // The first disguise is none.
            is_hidden_plain |= name == "plain" && is_hidden;
            if name == JSON {
                json.0 += usize::from(serde_json::from_str::<Value>(&output).is_ok());
                json.1 += 1;
            }
            let of = seen.entry(name).or_default();
            of.cases += 1;
            of.hidden += usize::from(is_hidden);
            of.hidden_plain += usize::from(is_hidden_plain);
            of.kept += usize::from(is_hidden_plain && is_hidden);
        }
    }
    let in_order = DISGUISES.map(|(name, ..)| (name, seen.get(name).copied().unwrap_or_default()));
    Disguises {
        seen: in_order.into(),
        json,
    }
}

/// The one secret of a case that every disguise can be put on: one line in ASCII, without the signs of quoting.
fn secret(case: &Case) -> Option<&str> {
    let [secret] = case.must_hide.as_slice() else {
        return None;
    };
    let is_plain = secret.bytes().all(|byte| byte.is_ascii_graphic())
        && !secret.contains(['"', '\'', '\\', '`', '$']);
    (case.kind == Kind::Secret
        && case.is_in_headline()
        && case.spans.len() == 1
        && (8..=400).contains(&secret.len())
        && is_plain
        && case.text.matches(secret.as_str()).count() == 1
        && case.text.chars().count() < 3_000)
        .then_some(secret)
}

/// A line of a transcript with the result of a tool.
fn tool_output(text: &str) -> String {
    json!({
        "type": "user",
        "message": {"role": "user", "content": [{"tool_use_id": "toolu_01AbCdEfGhJkLmNpQrStUvWx", "type": "tool_result", "content": text}]},
        "toolUseResult": {"stdout": text, "stderr": "", "interrupted": false},
    })
    .to_string()
}

/// As `grep --color=always` shows what it found.
fn ansi_inside(text: &str, secret: &str) -> String {
    let (before, rest) = secret.split_at(secret.len() / 2);
    let (coloured, after) = rest.split_at(3.min(rest.len()));
    text.replace(
        secret,
        &format!("{before}\x1b[01;31m\x1b[K{coloured}\x1b[m\x1b[K{after}"),
    )
}

fn diff(text: &str) -> String {
    let lines: Vec<String> = text
        .trim_end_matches('\n')
        .split('\n')
        .map(|line| format!("+{line}"))
        .collect();
    format!(
        "diff --git a/conf b/conf\nindex 83db48f..bf2a1c0 100644\n--- a/conf\n+++ b/conf\n@@ -1,2 +1,{} @@\n # settings\n{}\n",
        1 + lines.len(),
        lines.join("\n")
    )
}

/// The secret goes on behind the end of a line.
fn split(text: &str, secret: &str) -> String {
    let (before, after) = secret.split_at(secret.len() / 2);
    let text = text.replace(secret, &format!("{before}\\\n{after}"));
    let lines = text.trim_end_matches('\n');
    format!("cat > settings.conf <<EOF\n{lines}\nEOF\n")
}

/// As a shell needs it.
fn quoted(word: &str) -> String {
    let is_safe = word
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte));
    if is_safe {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

fn url_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn url_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(digits.unwrap_or(bytes[at]));
        at += if digits.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Without the sequences that colour a terminal: `ESC [`, parameters, a letter.
fn without_ansi(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find("\x1b[") {
        plain.push_str(&rest[..at]);
        let sequence = &rest[at + 2..];
        let parameters = sequence
            .bytes()
            .position(|byte| !(b' '..=b'?').contains(&byte))
            .filter(|end| (b'@'..=b'~').contains(&sequence.as_bytes()[*end]));
        rest = match parameters {
            Some(end) => &sequence[end + 1..],
            None => {
                plain.push_str("\x1b[");
                sequence
            }
        };
    }
    plain + rest
}

/// All strings of JSON that is so deep in JSON, and the text itself. What is no JSON is read as if it were a piece of it.
fn unjson(text: &str, depth: usize) -> String {
    let mut seen = vec![text.to_owned()];
    for _ in 0..depth {
        let mut inside = Vec::new();
        for text in seen {
            match serde_json::from_str(&text) {
                Ok(value) => strings(&value, &mut inside),
                Err(_) => {
                    let unescaped = text
                        .replace("\\\\", "\\")
                        .replace("\\\"", "\"")
                        .replace("\\/", "/")
                        .replace("\\n", "\n");
                    inside.extend([text, unescaped]);
                }
            }
        }
        seen = inside;
    }
    seen.push(text.to_owned());
    seen.join("\0")
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                found.push(name.clone());
                strings(member, found);
            }
        }
        _ => {}
    }
}

/// The text and what every long word of it says in base64, from any of four places on.
fn unbase64(text: &str) -> String {
    const WORD_BYTES_MIN: usize = 8;
    let lenient = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let mut parts = vec![text.to_owned()];
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "+/_-".contains(c);
    for word in text.split(|c| !is_sign(c)) {
        if word.len() < WORD_BYTES_MIN {
            continue;
        }
        let word = word.replace('-', "+").replace('_', "/");
        for from in 0..4 {
            let word = &word[from..];
            for end in [word.len() / 4 * 4, word.len()] {
                if let Ok(decoded) = lenient.decode(&word[..end]) {
                    parts.push(String::from_utf8_lossy(&decoded).into_owned());
                }
            }
        }
    }
    parts.join("\0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disguise_can_be_undone() {
        let secret = "Zx9-quiet/harbour+77";
        let text = format!("é\n\"password\": {secret}\nend\n");
        for (name, disguise, look) in DISGUISES {
            let disguised = disguise(&text, secret);
            assert!(look(&disguised).contains(secret), "{name}: {disguised}");
            assert_eq!(disguised == text, name == "plain", "{name}");
        }
    }

    #[test]
    fn what_is_gone_cannot_be_read() {
        for (name, disguise, look) in DISGUISES {
            let disguised = disguise("password: [x]\n", "[x]");
            assert!(!look(&disguised).contains("Zx9"), "{name}");
        }
    }
}
