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
        // Kept and counted: there is no recording of them yet to read them by.
        Source::CoworkAudit | Source::ComplianceApi | Source::InferenceHook => {
            facts.push(Fact::Count(record.source.as_str().to_owned()));
        }
    }
    facts
}
