//! Key blocks and files of credentials: PEM, PGP, PuTTY, JWK, Kubernetes secrets.

use std::ops::Range;

use crate::credentials::floor;

/// Longest key block.
const BLOCK_BYTES_MAX: usize = 64 * 1024;
/// How far a member of a JWK may stand from its `kty`.
const JWK_BYTES_MAX: usize = 4 * 1024;

/// A PEM or PGP block of a private key. `begin` is where `BEGIN` stands. A block that is cut off ends with its last line
/// that could be of it.
pub(crate) fn pem(text: &str, begin: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let blank = usize::from(bytes[..begin].ends_with(b" "));
    let dashes = bytes[..begin - blank]
        .iter()
        .rev()
        .take(5)
        .take_while(|byte| **byte == b'-')
        .count();
    if dashes < 3 {
        return None;
    }
    let start = begin - blank - dashes;
    let label_end = text[begin..floor(text, begin + 100)]
        .find("---")
        .map(|end| begin + end)?;
    let label = &text[begin + "BEGIN".len()..label_end];
    let upper = label.to_ascii_uppercase();
    if !upper.contains("PRIVATE KEY") && !upper.contains("PRIVATE%20KEY") {
        return None;
    }
    let limit = floor(text, start + BLOCK_BYTES_MAX);
    let body = label_end
        + bytes[label_end..]
            .iter()
            .take_while(|byte| **byte == b'-')
            .count();
    match next_marker(&bytes[body..limit]) {
        Some((end, true)) => {
            let end = body + end + 1;
            let line = text[end..limit]
                .find(['\n', '"', '\''])
                .map_or(limit, |line| end + line);
            // The marker may be cut off as well.
            Some(
                start
                    ..text[end..line]
                        .rfind("--")
                        .map_or(line, |dashes| end + dashes + 2),
            )
        }
        Some((next, false)) => Some(start..cut_off_end(text, body, body + next)),
        None => Some(start..cut_off_end(text, body, limit)),
    }
}

/// The next `-END` or `-BEGIN`: where it is, and whether it is an end.
fn next_marker(bytes: &[u8]) -> Option<(usize, bool)> {
    memchr::memchr_iter(b'-', bytes).find_map(|at| {
        let is = |marker: &[u8]| {
            bytes
                .get(at..at + marker.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(marker))
        };
        is(b"-END")
            .then_some((at, true))
            .or(is(b"-BEGIN").then_some((at, false)))
    })
}

/// The end of a block without its last line: what lines of base64 and of its head there are.
fn cut_off_end(text: &str, body: usize, limit: usize) -> usize {
    let mut end = body;
    for line in text[body..limit].split_inclusive('\n') {
        let bare = line.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '+' | '-' | '>' | '|' | '#' | '"' | '\'' | '\\' | ',' | ';'
                )
        });
        let is_head = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Key-"]
            .iter()
            .any(|head| bare.starts_with(head));
        let is_body = bare.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'.' | b'*')
        });
        if !bare.is_empty() && !is_head && (!is_body || line.len() > 4096) {
            // In one line with what follows it, as in JSON: up to the end of the string.
            let rest = line
                .bytes()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'+' | b'/' | b'=' | b'\\' | b' ')
                })
                .count();
            return if rest >= 16 {
                end + rest
            } else {
                text[..end].trim_end().len().max(body)
            };
        }
        end += line.len();
        if line.contains('"') && !line.trim_end().ends_with(['"', '\\', '+', ',']) {
            return end;
        }
    }
    text[..end].trim_end().len().max(body)
}

/// The private lines of a PuTTY key. `at` is where `Private-Lines` ends.
pub(crate) fn putty(text: &str, at: usize) -> Option<Range<usize>> {
    let limit = floor(text, at + BLOCK_BYTES_MAX);
    let start = at + text[at..limit].find('\n')? + 1;
    let end = text[start..limit]
        .find("Private-MAC")
        .map_or_else(|| cut_off_end(text, start, limit), |end| start + end);
    let end = text[..end].trim_end().len();
    (end > start).then_some(start..end)
}

/// The private members of a JSON web key. `kty` is where `"kty"` stands.
///
/// Gives the end of the object, up to which nothing has to be looked at again.
pub(crate) fn jwk(text: &str, kty: usize, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = text.as_bytes();
    let floor_at = floor(text, kty.saturating_sub(JWK_BYTES_MAX));
    let open =
        memchr::memrchr(b'{', &bytes[floor_at..kty]).map_or(floor_at, |open| floor_at + open);
    let ceiling = floor(text, kty + JWK_BYTES_MAX);
    let close = memchr::memchr(b'}', &bytes[kty..ceiling]).map_or(ceiling, |close| kty + close);
    let body = &text[open..close];
    for name in [
        "\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"k\"",
    ] {
        let Some(at) = body.find(name) else { continue };
        let rest = &body[at + name.len()..];
        let value = rest
            .trim_start()
            .strip_prefix(':')
            .map(str::trim_start)
            .and_then(|rest| rest.strip_prefix('"'));
        if let Some(value) = value {
            let length = value
                .bytes()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'=' | b'+' | b'/')
                })
                .count();
            let start = open + body.len() - value.len();
            if length >= 8 && value[length..].starts_with('"') {
                found.push(start..start + length);
            }
        }
    }
    close
}

/// The values of a Kubernetes secret in YAML or JSON. `kind` is where `kind` stands.
///
/// Gives the end of the document, up to which nothing has to be looked at again.
pub(crate) fn kubernetes_secret(text: &str, kind: usize, found: &mut Vec<Range<usize>>) -> usize {
    let rest =
        text[kind + 4..floor(text, kind + 32)].trim_start_matches(['"', '\'', ' ', ':', '\t']);
    if !rest.to_ascii_lowercase().starts_with("secret")
        || rest
            .as_bytes()
            .get(6)
            .is_some_and(u8::is_ascii_alphanumeric)
    {
        return kind;
    }
    let limit = floor(text, kind + BLOCK_BYTES_MAX);
    let earliest = floor(text, kind.saturating_sub(BLOCK_BYTES_MAX));
    let start = text[earliest..kind]
        .rfind("\n---")
        .map_or(earliest, |at| earliest + at + 4);
    let end = text[kind..limit]
        .find("\n---")
        .map_or(limit, |end| kind + end);
    let mut data_indent: Option<usize> = None;
    let mut block: Option<usize> = None;
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let line_start = at;
        at += line.len();
        let bare = line.trim_end();
        let trimmed = bare.trim_start_matches([' ', '\t', '+']);
        let indent = bare.len() - trimmed.len();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(inner) = block {
            if indent > inner {
                push(text, line_start + indent..line_start + bare.len(), found);
                continue;
            }
            block = None;
        }
        let Some((name, value)) = trimmed.split_once(':') else {
            continue;
        };
        let name = name.trim_matches(['"', '\'', ' ', '{']);
        match data_indent {
            Some(outer) if indent > outer => {
                let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
                if value.starts_with(['|', '>']) {
                    block = Some(indent);
                } else if let Some(offset) = line.rfind(value).filter(|_| !value.is_empty()) {
                    push(
                        text,
                        line_start + offset..line_start + offset + value.len(),
                        found,
                    );
                }
            }
            _ => data_indent = matches!(name, "data" | "stringData").then_some(indent),
        }
    }
    end
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let value = &text[range.clone()];
    if value.len() >= 4 && !crate::look::is_template(value) && !value.starts_with(['{', '<', '[']) {
        found.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Option<&str> {
        let begin = text.find("BEGIN")?;
        pem(text, begin).map(|range| &text[range])
    }

    #[test]
    fn a_block_is_taken_whole_and_no_more() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQ==\n-----END RSA PRIVATE KEY-----";
        assert_eq!(block(&format!("a\n{key}\nb")), Some(key));
        assert_eq!(
            block(&format!(
                "{{\"k\":\"{}\",\"x\":1}}",
                key.replace('\n', "\\n")
            )),
            Some(key.replace('\n', "\\n").as_str())
        );
        assert_eq!(
            block("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"),
            None
        );
        assert_eq!(
            block("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0B\n\nThe end of it."),
            Some("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0B")
        );
        assert_eq!(
            block(r#"{"k":"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0","x":1}"#),
            Some(r"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0")
        );
    }
}
