//! What is never looked at: the ids by which records are joined, and the identity attributes, whose pseudonyms are a
//! policy of their own.

/// Names of members whose string value is exempt.
const NAMES: [&str; 52] = [
    "session_id",
    "sessionId",
    "session.id",
    "requestSessionId",
    "cliSessionId",
    "uuid",
    "parentUuid",
    "logicalParentUuid",
    "leafUuid",
    "messageId",
    "message_id",
    "message.uuid",
    "message.id",
    "promptId",
    "prompt_id",
    "prompt.id",
    "turn_id",
    "tool_use_id",
    "toolUseID",
    "toolUseId",
    "sourceToolUseID",
    "sourceToolAssistantUUID",
    "gen_ai.tool.call.id",
    "gen_ai.conversation.id",
    "gen_ai.response.id",
    "requestId",
    "request_id",
    "request_body_id",
    "client_request_id",
    "requestRef",
    "trace_id",
    "span_id",
    "parent_span_id",
    "agent_id",
    "agentId",
    "parent_agent_id",
    "workflow.run_id",
    "ccr.session.id",
    "organization.id",
    "user.id",
    "user.email",
    "user.account_uuid",
    "user.account_id",
    "enduser.id",
    "process.owner",
    "timestamp",
    "event.timestamp",
    "plugin_id_hash",
    "interruptedMessageId",
    "refusedMessageId",
    "source_uuid",
    "delivery_id",
];

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
    NAMES.contains(&name) && is_plain(value) || name == "id" && is_client_id(value)
}

/// An id is short and has no white space: a text under such a name is no id.
fn is_plain(value: &str) -> bool {
    value.len() <= 256 && !value.chars().any(char::is_whitespace)
}

/// Ids of messages, requests and tool calls stand under the bare name `id`.
fn is_client_id(value: &str) -> bool {
    ["msg_", "req_", "toolu_"]
        .iter()
        .any(|prefix| value.starts_with(prefix))
        && value.len() <= 64
}
