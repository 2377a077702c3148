//! What was read from a file of secrets: told by the path that stands elsewhere in the item, or by the call that it answers.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use crate::places::{self, SecretFile};
use crate::redacted::Dropped;

/// Depth of nesting that is followed.
const DEPTH_MAX: usize = 128;
/// Members that hold what was read from a file.
const CONTENT_NAMES: [&str; 14] = [
    "content",
    "stdout",
    "stderr",
    "output",
    "text",
    "result",
    "tool_output",
    "tool_response",
    "old_string",
    "new_string",
    "originalFile",
    "file_text",
    "oldString",
    "newString",
];
/// The strings of an item that hold what was read from a file of secrets, by their JSON pointers.
pub(crate) type Contents = BTreeMap<String, SecretFile>;

/// Finds them. Most items tell of no such file and cost one look at their members.
pub(crate) fn contents(value: &Value) -> Result<Contents, Dropped> {
    let mut contents = Contents::new();
    let Some(file) = file_in(value, 0)? else {
        return Ok(contents);
    };
    // A request to the API holds the whole conversation: there, only the answer to the call that read the file is of it.
    let is_conversation = value.get("messages").is_some_and(Value::is_array);
    let mut calls = HashMap::new();
    if is_conversation {
        calls_in(value, &mut calls)?;
    }
    let scope = (!is_conversation).then_some(file);
    note(
        value,
        None,
        scope,
        &calls,
        &mut String::new(),
        &mut contents,
    );
    Ok(contents)
}

/// The file that an object tells of by a member of its own: a command, or the path of a file.
fn file_of(members: &Map<String, Value>) -> Option<SecretFile> {
    members.iter().find_map(|(name, member)| {
        let text = member.as_str()?;
        match name.as_str() {
            "command" => places::secret_file_read_by(text),
            "file_path" | "filePath" | "path" | "notebook_path" | "filename" | "source" => {
                places::secret_file(text)
            }
            _ => None,
        }
    })
}

fn file_in(value: &Value, depth: usize) -> Result<Option<SecretFile>, Dropped> {
    if depth > DEPTH_MAX {
        return Err(Dropped::Depth);
    }
    match value {
        Value::Object(members) => match file_of(members) {
            Some(file) => Ok(Some(file)),
            None => file_in_any(members.values(), depth),
        },
        Value::Array(items) => file_in_any(items.iter(), depth),
        _ => Ok(None),
    }
}

fn file_in_any<'a>(
    values: impl Iterator<Item = &'a Value>,
    depth: usize,
) -> Result<Option<SecretFile>, Dropped> {
    for value in values {
        if let Some(file) = file_in(value, depth + 1)? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// The calls of tools that read a file of secrets, by their ids.
fn calls_in(value: &Value, calls: &mut HashMap<String, SecretFile>) -> Result<(), Dropped> {
    match value {
        Value::Object(members) => {
            if let (Some(Value::String(id)), Some(input)) =
                (members.get("id"), members.get("input"))
                && let Some(file) = file_in(input, 0)?
            {
                calls.insert(id.clone(), file);
            }
            members
                .values()
                .try_for_each(|member| calls_in(member, calls))
        }
        Value::Array(items) => items.iter().try_for_each(|item| calls_in(item, calls)),
        _ => Ok(()),
    }
}

fn note(
    value: &Value,
    name: Option<&str>,
    scope: Option<SecretFile>,
    calls: &HashMap<String, SecretFile>,
    pointer: &mut String,
    contents: &mut Contents,
) {
    let back = pointer.len();
    match value {
        Value::String(_) => {
            if let Some(file) =
                scope.filter(|_| name.is_some_and(|name| CONTENT_NAMES.contains(&name)))
            {
                contents.insert(pointer.clone(), file);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                push(pointer, &place.to_string());
                note(item, name, scope, calls, pointer, contents);
                pointer.truncate(back);
            }
        }
        Value::Object(members) => {
            let answered = members.get("tool_use_id").and_then(Value::as_str);
            let scope = answered.and_then(|id| calls.get(id).copied()).or(scope);
            for (name, member) in members {
                push(pointer, name);
                note(member, Some(name), scope, calls, pointer, contents);
                pointer.truncate(back);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Adds a member or an index to a JSON pointer (RFC 6901).
pub(crate) fn push(pointer: &mut String, part: &str) {
    pointer.push('/');
    if part.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_known_by_its_call() {
        let body = json!({"messages": [
            {"content": [{"type": "tool_use", "id": "t1", "input": {"file_path": "/x/.env"}}]},
            {"content": [{"type": "tool_result", "tool_use_id": "t1", "content": [{"text": "A=b"}]}, {"text": "A=b"}]},
        ]});
        let found = contents(&body).unwrap();
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            ["/messages/1/content/0/content/0/text"]
        );
    }

    #[test]
    fn an_item_of_one_call_is_of_its_file() {
        let hook =
            json!({"tool_input": {"command": "cat .env"}, "tool_response": {"stdout": "A=b"}});
        assert_eq!(
            contents(&hook).unwrap().keys().collect::<Vec<_>>(),
            ["/tool_response/stdout"]
        );
        assert!(
            contents(&json!({"tool_response": {"stdout": "A=b"}}))
                .unwrap()
                .is_empty()
        );
    }
}
