//! What an item calls itself: the type that its client gave it. Shown beside a record; no rule depends on it.

use serde_json::Value;

use super::Source;

/// Longest name that is given, in characters: a client's names are short, and another one is no name.
const CHARACTERS_MAX: usize = 80;

/// The item's own name: the hook's event, the line's type, the event, metric or span.
#[must_use]
pub fn kind_of(source: Source, body: &Value) -> Option<String> {
    let at = |pointer: &str| {
        body.pointer(pointer)
            .and_then(Value::as_str)
            .filter(|name| !name.is_empty())
    };
    let name = match source {
        Source::Hook => at("/hook_event_name").map(str::to_owned),
        Source::OtelLog => at("/log/event_name")
            .or_else(|| at("/log/attributes/event.name"))
            .or_else(|| at("/log/body"))
            .map(str::to_owned),
        Source::OtelMetric => at("/metric/name").map(str::to_owned),
        Source::OtelSpan => at("/span/name").map(str::to_owned),
        Source::Transcript | Source::CoworkAudit => {
            at("/type").map(
                |of| match at("/subtype").or_else(|| at("/attachment/type")) {
                    Some(part) => format!("{of} {part}"),
                    None => of.to_owned(),
                },
            )
        }
        Source::ComplianceApi | Source::InferenceHook | Source::Capture => {
            at("/type").map(str::to_owned)
        }
    };
    name.map(|name| name.chars().take(CHARACTERS_MAX).collect())
}

/// How long a span took by its own times, microseconds.
#[must_use]
pub fn span_duration_us(body: &Value) -> Option<i64> {
    let nanos = |name: &str| body.get("span")?.get(name)?.as_u64();
    let took = nanos("end_time_unix_nano")?.checked_sub(nanos("start_time_unix_nano")?)?;
    i64::try_from(took / 1_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_source_has_its_names() {
        let of = |source, body: Value| kind_of(source, &body).unwrap_or_default();
        assert_eq!(of(Source::Hook, json!({"hook_event_name": "Stop"})), "Stop");
        assert_eq!(
            of(
                Source::Transcript,
                json!({"type": "system", "subtype": "compact_boundary"})
            ),
            "system compact_boundary"
        );
        assert_eq!(
            of(
                Source::OtelLog,
                json!({"log": {"attributes": {"event.name": "api_request"}, "body": "x"}})
            ),
            "api_request"
        );
        assert_eq!(
            of(Source::OtelSpan, json!({"span": {"name": "tool"}})),
            "tool"
        );
        assert_eq!(of(Source::OtelMetric, json!({"metric": {"name": 3}})), "");
        let long = "x".repeat(1_000);
        assert_eq!(of(Source::Hook, json!({"hook_event_name": long})).len(), 80);
        assert_eq!(
            span_duration_us(
                &json!({"span": {"start_time_unix_nano": 5_000, "end_time_unix_nano": 9_000}})
            ),
            Some(4)
        );
        assert_eq!(
            span_duration_us(
                &json!({"span": {"start_time_unix_nano": 9, "end_time_unix_nano": 5}})
            ),
            None
        );
    }
}
