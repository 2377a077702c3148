//! What a metric's data point means: the client's own total of cost; the others are counted.

use super::attributes::{Attributes, client_facts};
use crate::Record;
use crate::canonical;
use crate::fold::fact::{Fact, SessionFact};
use crate::fold::slot::{LOG, offer};
use crate::source::value::{float, int, nanousd, text};

/// OTLP `AggregationTemporality`: cumulative.
const CUMULATIVE: i64 = 2;

pub(crate) fn metric_facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let of = Attributes::new(record, "point");
    let name = text(body, "/metric/name").unwrap_or("unknown");
    let cost = (name == "claude_code.cost.usage")
        .then(|| float(body, "/point/value").and_then(nanousd))
        .flatten();
    match cost {
        Some(cost_nanousd) => {
            let cumulative_series =
                (int(body, "/metric/temporality") == Some(CUMULATIVE)).then(|| series(record));
            facts.push(Fact::Session(SessionFact::CostPoint {
                cost_nanousd,
                cumulative_series,
            }));
            facts.push(Fact::Count(format!("otel_metric.{name}")));
        }
        None => facts.push(Fact::Count(format!("otel_metric.{name}"))),
    }
    // A resume makes throw-away ids that start and do nothing (measured, 2.1.330): a start alone is no session.
    if name != "claude_code.session.count" {
        facts.push(Fact::Session(SessionFact::Real));
        if let Some(at) = record.at_us {
            facts.push(Fact::Session(SessionFact::Metered(at)));
        }
        if let Some(model) = of.string("model").and_then(|model| offer(LOG, model)) {
            facts.push(Fact::Session(SessionFact::Model(model)));
        }
    }
    client_facts(&of, facts);
}

/// What tells one cumulative series from another: its start and its attributes.
fn series(record: &Record) -> String {
    let point = record.body.get("point");
    let start = point
        .and_then(|point| point.get("start_time_unix_nano"))
        .cloned()
        .unwrap_or_default();
    let attributes = point
        .and_then(|point| point.get("attributes"))
        .cloned()
        .unwrap_or_default();
    String::from_utf8_lossy(&canonical::to_vec(&serde_json::json!([start, attributes])))
        .into_owned()
}
