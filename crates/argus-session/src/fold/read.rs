//! From a record to facts: the record's source decides who reads it.

use super::fact::{Fact, SessionFact};
use crate::{Record, Source, source};

/// What a record says. A record whose content was dropped says nothing.
pub(super) fn facts(record: &Record) -> Vec<Fact> {
    let mut facts = Vec::new();
    // A metric's time is when it was read.
    if let Some(at) = record.at_us.filter(|_| record.source != Source::OtelMetric) {
        facts.push(Fact::Session(SessionFact::Seen {
            at,
            in_transcript: record.source == Source::Transcript,
        }));
    }
    match record.source {
        Source::Hook => source::hook::facts(record, &mut facts),
        Source::Transcript => source::transcript::facts(record, &mut facts),
        Source::OtelLog => source::otel::log_facts(record, &mut facts),
        Source::OtelMetric => source::otel::metric_facts(record, &mut facts),
        Source::OtelSpan => source::otel::span_facts(record, &mut facts),
        Source::Capture => source::capture::facts(record, &mut facts),
        Source::CoworkAudit => source::cowork::facts(record, &mut facts),
        Source::ComplianceApi => source::compliance::facts(record, &mut facts),
        Source::InferenceHook => source::inference_hook::facts(record, &mut facts),
    }
    facts
}
