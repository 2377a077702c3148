//! `attachment` records: what the client put beside the conversation. Most are counted; they are part of the tree.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{node, not_a_root, notice, step};
use crate::Record;
use crate::document::TextForm;
use crate::fold::fact::{Fact, StepKey};
use crate::fold::piece::Piece;
use crate::fold::slot::{TRANSCRIPT, offer};
use crate::source::value::text;

pub(super) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(uuid) = node(record, not_a_root(record), facts) else {
        return;
    };
    match text(body, "/attachment/type").unwrap_or("unknown") {
        "queued_command" if text(body, "/attachment/commandMode") != Some("task-notification") => {
            let mut fact = step(StepKey::QueuedPrompt(uuid.clone()), &uuid, record);
            fact.name = offer(TRANSCRIPT, "queued".to_owned());
            fact.text = Piece::text(record, "/attachment/prompt", TextForm::ContentBlocks)
                .and_then(|piece| offer(TRANSCRIPT, piece));
            facts.push(Fact::Step(Box::new(fact)));
        }
        "queued_command" => facts.push(notice(
            &uuid,
            "task_notification",
            "/attachment/prompt",
            record,
        )),
        kind @ ("max_turns_reached"
        | "hook_non_blocking_error"
        | "hook_blocking_error"
        | "hook_cancelled"
        | "hook_system_message"
        | "hook_additional_context") => {
            facts.push(notice(&uuid, kind, "/attachment/content", record));
        }
        "deferred_tools_delta" => {
            servers(record, facts);
            facts.push(Fact::Count(
                "transcript.attachment.deferred_tools_delta".to_owned(),
            ));
        }
        kind => facts.push(Fact::Count(format!("transcript.attachment.{kind}"))),
    }
}

/// The MCP servers behind the tools that became available, and those that did not connect.
fn servers(record: &Record, facts: &mut Vec<Fact>) {
    let attachment = &record.body["attachment"];
    let strings = |name: &str| {
        attachment[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
    };
    let of_tools = strings("addedNames")
        .filter_map(|tool| tool.strip_prefix("mcp__")?.split_once("__"))
        .map(|(server, _)| server);
    let others = [
        "pendingMcpServers",
        "needsAuthMcpServers",
        "failedMcpServers",
    ]
    .into_iter()
    .flat_map(strings);
    let names: BTreeSet<&str> = of_tools.chain(others).collect();
    facts.extend(names.into_iter().map(|name| Fact::McpServer {
        name: name.to_owned(),
        scope: None,
        transport: None,
    }));
}
