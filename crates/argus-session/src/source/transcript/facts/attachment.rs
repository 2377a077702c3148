//! `attachment` records: what the client put beside the conversation. Most are counted; they are part of the tree.

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
        kind => facts.push(Fact::Count(format!("transcript.attachment.{kind}"))),
    }
}
