//! What is never looked at: the ids by which records are joined, and the identity attributes, whose pseudonyms are a
//! policy of their own.

/// Names of members whose string value is exempt, in the order of their bytes.
const NAMES: [&str; 52] = [
    "agentId",
    "agent_id",
    "ccr.session.id",
    "cliSessionId",
    "client_request_id",
    "delivery_id",
    "enduser.id",
    "event.timestamp",
    "gen_ai.conversation.id",
    "gen_ai.response.id",
    "gen_ai.tool.call.id",
    "interruptedMessageId",
    "leafUuid",
    "logicalParentUuid",
    "message.id",
    "message.uuid",
    "messageId",
    "message_id",
    "organization.id",
    "parentUuid",
    "parent_agent_id",
    "parent_span_id",
    "plugin_id_hash",
    "process.owner",
    "prompt.id",
    "promptId",
    "prompt_id",
    "refusedMessageId",
    "requestId",
    "requestRef",
    "requestSessionId",
    "request_body_id",
    "request_id",
    "session.id",
    "sessionId",
    "session_id",
    "sourceToolAssistantUUID",
    "sourceToolUseID",
    "source_uuid",
    "span_id",
    "timestamp",
    "toolUseID",
    "toolUseId",
    "tool_use_id",
    "trace_id",
    "turn_id",
    "user.account_id",
    "user.account_uuid",
    "user.email",
    "user.id",
    "uuid",
    "workflow.run_id",
];

/// Where the names with each first byte are in their list.
static BY_FIRST_BYTE: [(usize, usize); 256] = {
    let mut ranges = [(0, 0); 256];
    let mut at = 0;
    while at < NAMES.len() {
        let range = &mut ranges[NAMES[at].as_bytes()[0] as usize];
        if range.1 == 0 {
            range.0 = at;
        }
        at += 1;
        range.1 = at;
    }
    ranges
};

fn is_name_of_id(name: &str) -> bool {
    let Some(first) = name.bytes().next() else {
        return false;
    };
    let (start, end) = BY_FIRST_BYTE[usize::from(first)];
    NAMES[start..end].contains(&name)
}

/// Names of members that say what kind of item it is.
const KINDS: [&str; 6] = [
    "type",
    "event.name",
    "hook_event_name",
    "version",
    "service.name",
    "service.version",
];
/// Longest name of a kind: no token is shorter.
const KIND_BYTES_MAX: usize = 32;

/// True for what stays of an item whose content is dropped, so that it can be told what it was. Otherwise it is looked at
/// like any other text.
pub(crate) fn is_kind(name: &str, value: &str) -> bool {
    KINDS.contains(&name)
        && value.len() <= KIND_BYTES_MAX
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Attributes that say who somebody is. Exempt, unless the policy asks for pseudonyms.
const IDENTITIES: [&str; 3] = ["user.email", "enduser.id", "process.owner"];

/// True for an identity attribute.
pub(crate) fn is_identity(name: &str) -> bool {
    IDENTITIES.contains(&name)
}

/// True when the string value of a member with this name is left as it is.
pub(crate) fn is_exempt(name: &str, value: &str) -> bool {
    is_name_of_id(name) && is_plain(value) || name == "id" && is_client_id(value)
}

/// An id is short and has no white space: a text under such a name is no id.
fn is_plain(value: &str) -> bool {
    // What of ASCII is white space in Unicode.
    let is_blank = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    value.len() <= 256
        && if value.is_ascii() {
            !value.bytes().any(is_blank)
        } else {
            !value.contains(char::is_whitespace)
        }
}

/// Ids of messages, requests and tool calls stand under the bare name `id`.
fn is_client_id(value: &str) -> bool {
    ["msg_", "req_", "toolu_"]
        .iter()
        .any(|prefix| value.starts_with(prefix))
        && value.len() <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|name| is_name_of_id(name)));
        assert!(!is_name_of_id("") && !is_name_of_id("uuids") && !is_name_of_id("name"));
    }
}
