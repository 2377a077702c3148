//! `system` records: compactions, retries, ends of turns, what local commands said.

use super::{node, not_a_root, notice, signal, step};
use crate::Record;
use crate::document::TextForm;
use crate::fold::fact::{Fact, Signals, StepKey};
use crate::fold::piece::Piece;
use crate::fold::slot::{SPAN, TRANSCRIPT, offer};
use crate::source::value::{ms_as_us, string, text};

pub(super) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(uuid) = node(record, not_a_root(record), facts) else {
        return;
    };
    let in_agent = super::agent_id(record).is_some();
    match text(body, "/subtype").unwrap_or("unknown") {
        "compact_boundary" => compaction(record, &uuid, facts),
        "api_error" => {
            let mut fact = step(StepKey::Notice(uuid.clone()), &uuid, record);
            fact.name = offer(TRANSCRIPT, "api_retry".to_owned());
            fact.text = Piece::text(record, "/error/formatted", TextForm::Value)
                .or_else(|| Piece::text(record, "/error/message", TextForm::Value))
                .and_then(|piece| offer(TRANSCRIPT, piece));
            facts.push(Fact::Step(Box::new(fact)));
        }
        "stop_hook_summary" | "turn_duration" if !in_agent => {
            facts.push(signal(&uuid, Signals::STOPPED, record));
        }
        "stop_hook_summary" | "turn_duration" => {
            facts.push(Fact::Count("transcript.system.stop".to_owned()));
        }
        "local_command" if is_empty_output(text(body, "/content")) => {
            facts.push(Fact::Count("transcript.system.local_command".to_owned()));
        }
        subtype => facts.push(notice(&uuid, subtype, "/content", record)),
    }
}

fn is_empty_output(content: Option<&str>) -> bool {
    content.is_none_or(|content| content == "<local-command-stdout></local-command-stdout>")
}

fn compaction(record: &Record, uuid: &str, facts: &mut Vec<Fact>) {
    let mut fact = step(StepKey::Compaction(uuid.to_owned()), uuid, record);
    fact.aliases.push(uuid.to_owned());
    fact.name = string(&record.body, "/compactMetadata/trigger")
        .and_then(|trigger| offer(TRANSCRIPT, trigger));
    // The boundary is stamped when the compaction is over (measured, 2.1.330).
    let duration_us = ms_as_us(&record.body, "/compactMetadata/durationMs");
    fact.at = record
        .at_us
        .and_then(|at| offer(SPAN, at.saturating_sub(duration_us.unwrap_or(0))));
    fact.duration_us = duration_us.and_then(|us| offer(SPAN, us));
    facts.push(Fact::Step(Box::new(fact)));
}
