//! `local_<id>.json`: what the app knows of a session. It holds tokens of MCP servers and whole system prompts: an item has
//! the members of a list, each in the form of the list; of every other member its name, type and size.

use serde_json::{Map, Value, json};

use super::METADATA;
use crate::document::{Cowork, TextForm};
use crate::fold::fact::{Fact, SessionFact};
use crate::fold::piece::{Piece, json_bytes};
use crate::fold::slot::{HOOK, TRANSCRIPT, Weight, offer_latest};
use crate::record::{FilePosition, Meta};
use crate::source::value::{int, string, text};
use crate::{Item, NaturalKey, Record, Source, canonical};

/// What the app shows as the title: over the client's own, under what a person wrote.
const TITLE: Weight = HOOK + 5;

/// Members that are kept as they are where they are a text, a number or a truth value.
const SCALARS: [&str; 13] = [
    "sessionId",
    "cliSessionId",
    "title",
    "initialMessage",
    "createdAt",
    "lastActivityAt",
    "isArchived",
    "model",
    "effort",
    "cwd",
    "processName",
    "spaceId",
    "permissionMode",
];
/// Members that are kept as they are where they are lists of texts.
const LISTS: [&str; 3] = [
    "userSelectedFolders",
    "userSelectedProjectUuids",
    "egressAllowedDomains",
];

/// Why a file is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Cut off, or something else.
    #[error("not a JSON object")]
    NotJson,
    /// Made, and never used.
    #[error("a session that never ran: it has no cliSessionId")]
    NeverRan,
}

/// The id of the session's transcript, by its metadata file.
#[must_use]
pub fn cli_session_id(content: &[u8]) -> Option<String> {
    string(&serde_json::from_slice(content).ok()?, "/cliSessionId")
}

/// The item of a metadata file: `{"type": "cowork-session", …, "servers": […], "other": {name: {"type", "bytes"}}}`.
/// A file that changed is another item. `file_id` and `line_key` as for transcripts.
///
/// # Errors
/// When the file is no JSON object, or of a session that never ran.
pub fn metadata_item(
    content: &[u8],
    file_id: &str,
    line_key: &[u8; 32],
) -> Result<Item, MetadataError> {
    let Ok(Value::Object(members)) = serde_json::from_slice(content) else {
        return Err(MetadataError::NotJson);
    };
    let body = kept(members);
    let session_id = string(&body, "/cliSessionId").ok_or(MetadataError::NeverRan)?;
    Ok(Item {
        source: Source::CoworkAudit,
        key: NaturalKey::transcript_line(
            &session_id,
            None,
            METADATA,
            line_key,
            &canonical::to_vec(&body),
            0,
        ),
        session_id: Some(session_id),
        at_us: at_us(&body),
        meta: Meta {
            file: Some(FilePosition {
                id: file_id.to_owned(),
                offset: 0,
            }),
            ..Meta::default()
        },
        body,
    })
}

fn kept(members: Map<String, Value>) -> Value {
    let mut body = Map::new();
    let mut other = Map::new();
    body.insert("type".to_owned(), Value::from(METADATA));
    for (name, value) in members {
        let is_kept = SCALARS.contains(&name.as_str()) && !value.is_object() && !value.is_array()
            || LISTS.contains(&name.as_str()) && is_list_of_texts(&value);
        if is_kept {
            body.insert(name, value);
        } else if name == "enabledMcpTools"
            && let Some(tools) = enabled(&value)
        {
            body.insert(name, tools);
        } else if name == "remoteMcpServersConfig"
            && let Some(servers) = servers(&value)
        {
            body.insert("servers".to_owned(), servers);
        } else {
            other.insert(name, described(&value));
        }
    }
    if !other.is_empty() {
        body.insert("other".to_owned(), Value::Object(other));
    }
    Value::Object(body)
}

fn is_list_of_texts(value: &Value) -> bool {
    let list = value.as_array();
    list.is_some_and(|list| list.iter().all(Value::is_string))
}

fn described(value: &Value) -> Value {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    json!({"type": kind, "bytes": json_bytes(value)})
}

/// Which tools are on. Whatever is no truth value is described.
fn enabled(value: &Value) -> Option<Value> {
    let on = value.as_object()?.iter().map(|(name, value)| {
        let value = match value {
            Value::Bool(_) => value.clone(),
            other => described(other),
        };
        (name.clone(), value)
    });
    Some(Value::Object(on.collect()))
}

/// The remote MCP servers: name, and scheme and host of the address. A path or query may hold a key, and headers do.
fn servers(value: &Value) -> Option<Value> {
    let one = |key: Option<&String>, server: &Value| {
        let name = string(server, "/name").or_else(|| key.cloned());
        let members: Vec<&String> = server.as_object().map(|map| map.keys().collect())?;
        Some(
            json!({"name": name, "origin": text(server, "/url").and_then(origin), "members": members}),
        )
    };
    let list: Option<Vec<Value>> = match value {
        Value::Array(list) => list.iter().map(|server| one(None, server)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, server)| one(Some(key), server))
            .collect(),
        _ => None,
    };
    list.map(Value::from)
}

fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric());
    (is_scheme && !host.is_empty()).then(|| format!("{scheme}://{host}"))
}

pub(super) fn at_us(body: &Value) -> Option<i64> {
    ms(body, "/lastActivityAt").or_else(|| ms(body, "/createdAt"))
}

fn ms(body: &Value, pointer: &str) -> Option<i64> {
    int(body, pointer)?.checked_mul(1_000)
}

pub(super) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let at = record.at_us.unwrap_or(0);
    let mut session = |fact: Option<SessionFact>| facts.extend(fact.map(Fact::Session));
    session(Some(SessionFact::Real));
    session(ms(body, "/createdAt").map(|at| SessionFact::Seen {
        at,
        in_transcript: false,
    }));
    session(
        Piece::text(record, "/title", TextForm::Value)
            .and_then(|title| offer_latest(TITLE, at, title))
            .map(SessionFact::Title),
    );
    session(
        string(body, "/model")
            .and_then(|model| offer_latest(HOOK, at, model))
            .map(SessionFact::Model),
    );
    session(
        string(body, "/cwd")
            .and_then(|cwd| offer_latest(HOOK, at, cwd))
            .map(SessionFact::Cwd),
    );
    let texts = |name: &str| {
        let list = body.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let cowork = Cowork {
        local_id: string(body, "/sessionId"),
        folders: texts("userSelectedFolders"),
        project_ids: texts("userSelectedProjectUuids"),
        space_id: string(body, "/spaceId"),
    };
    // Over nothing else: the file is the only one that says it.
    session(offer_latest(TRANSCRIPT, at, cowork).map(SessionFact::Cowork));
    let servers = body.get("servers").and_then(Value::as_array);
    for server in servers.into_iter().flatten() {
        facts.extend(string(server, "/name").map(|name| Fact::McpServer {
            name,
            scope: None,
            transport: None,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_of_the_file_is_in_the_item_and_nothing_is_dropped_unseen() {
        let secret = ["sk-ant-", "oat01-abcdef"].concat();
        let file = json!({
            "sessionId": "local_1", "cliSessionId": "cli-1", "title": "Sort the receipts", "createdAt": 1_795_341_600_000_i64,
            "lastActivityAt": 1_795_341_700_000_i64, "model": {"unexpected": secret},
            "systemPrompt": format!("You are … {secret}"), "systemPromptAppend": secret, "env": {"TOKEN": secret},
            "headers": {"Authorization": secret}, "userSelectedFolders": ["/Users/a/Receipts"],
            "userSelectedProjectUuids": [{"token": secret}],
            "enabledMcpTools": {"mail": true, "odd": secret},
            "remoteMcpServersConfig": [{"name": "Mail", "url": format!("https://u:{secret}@mcp.example.com:8443/{secret}?k={secret}"),
                                        "headers": {"Authorization": secret}}],
            "brandNew": [secret],
        });
        let item = metadata_item(file.to_string().as_bytes(), "local_1.json", &[1; 32]).unwrap();
        assert!(!item.body.to_string().contains(&secret), "{}", item.body);
        assert_eq!(item.session_id.as_deref(), Some("cli-1"));
        assert_eq!(item.at_us, Some(1_795_341_700_000_000));
        let server = json!({"name": "Mail", "origin": "https://mcp.example.com:8443", "members": ["name", "url", "headers"]});
        assert_eq!(item.body["servers"][0], server);
        assert_eq!(item.body["enabledMcpTools"]["mail"], true);
        let other = item.body["other"].as_object().unwrap();
        let mut names: Vec<&str> = other.keys().map(String::as_str).collect();
        names.sort_unstable();
        let expected = [
            "brandNew",
            "env",
            "headers",
            "model",
            "systemPrompt",
            "systemPromptAppend",
            "userSelectedProjectUuids",
        ];
        assert_eq!(names, expected);
        assert_eq!(other["brandNew"], json!({"type": "array", "bytes": 23}));
    }

    #[test]
    fn a_file_that_changed_is_another_item_and_one_that_did_not_is_the_same() {
        let item = |title: &str| {
            let file = json!({"cliSessionId": "c", "title": title, "systemPrompt": "x"});
            metadata_item(file.to_string().as_bytes(), "f", &[1; 32]).unwrap()
        };
        assert_eq!(item("a").key, item("a").key);
        assert_ne!(item("a").key, item("b").key);
        let error = metadata_item(b"{\"title\":\"t\"}", "f", &[1; 32]).unwrap_err();
        assert_eq!(error, MetadataError::NeverRan);
    }
}
