//! The server's own metrics, in the text form of Prometheus. Names, numbers and the operator's own words only; nothing
//! that was captured.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use argus_redact::built_in_rules;
use argus_store::{Prepared, SearchLag};

/// What replacements by a workspace's own patterns and dictionaries are counted as.
const OWN_RULES: &str = "own";

/// Upper bounds of the histogram of acknowledgement times, in microseconds.
const ACK_BOUNDS_US: [u64; 12] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000,
];

/// By which way a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Door {
    OtlpHttp,
    OtlpGrpc,
    Envelopes,
    Capture,
    InferenceHook,
}

impl Door {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OtlpHttp => "otlp_http",
            Self::OtlpGrpc => "otlp_grpc",
            Self::Envelopes => "envelopes",
            Self::Capture => "capture",
            Self::InferenceHook => "inference_hook",
        }
    }
}

/// Counters since the start.
#[derive(Debug, Default)]
pub(crate) struct OwnMetrics {
    requests: Mutex<BTreeMap<(Door, &'static str, &'static str), u64>>,
    items: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    redactions: Mutex<BTreeMap<&'static str, u64>>,
    redaction_failures: Mutex<BTreeMap<String, u64>>,
    pulls: Mutex<BTreeMap<(String, &'static str), u64>>,
    encoded_bytes: AtomicU64,
    decoded_bytes: AtomicU64,
    ack: [AtomicU64; ACK_BOUNDS_US.len() + 1],
    ack_us: AtomicU64,
    connections: AtomicU64,
}

/// What is read at the moment of asking.
#[derive(Debug, Default)]
pub(crate) struct Gauges {
    pub(crate) in_flight_bytes: usize,
    /// Workspace, bytes that wait for its writer, records that wait for its projector.
    pub(crate) workspaces: Vec<(String, usize, u64)>,
    /// Workspace, how far its search index is behind.
    pub(crate) search: Vec<(String, SearchLag)>,
}

impl OwnMetrics {
    /// Counts an answered request. `result` is `ok` or the code of its refusal.
    pub(crate) fn request(&self, door: Door, signal: &'static str, result: &'static str) {
        *lock(&self.requests)
            .entry((door, signal, result))
            .or_insert(0) += 1;
    }

    /// Counts items by what became of them.
    pub(crate) fn items(&self, signal: &'static str, outcome: &'static str, count: usize) {
        if count > 0 {
            *lock(&self.items).entry((signal, outcome)).or_insert(0) += count as u64;
        }
    }

    /// Counts what redaction did to an item. Rules of a workspace's own go by one name: theirs are not for everybody who may
    /// read the metrics, and as many as somebody makes.
    pub(crate) fn redacted(&self, prepared: &Prepared) {
        for (kind, count) in prepared.redactions() {
            let built_in = built_in_rules().iter().find(|rule| rule.name == kind);
            let kind = built_in.map_or(OWN_RULES, |rule| rule.name);
            *lock(&self.redactions).entry(kind).or_insert(0) += count;
        }
        if let Some(reason) = prepared.dropped() {
            let mut failures = lock(&self.redaction_failures);
            *failures.entry(reason.to_owned()).or_insert(0) += 1;
        }
    }

    /// Counts a run over a source that the server reads by itself. `result` is `ok` or why it did not come to its end.
    pub(crate) fn pulled(&self, source: &str, result: &'static str) {
        *lock(&self.pulls)
            .entry((source.to_owned(), result))
            .or_insert(0) += 1;
    }

    pub(crate) fn bytes(&self, encoded: usize, decoded: usize) {
        self.encoded_bytes
            .fetch_add(encoded as u64, Ordering::Relaxed);
        self.decoded_bytes
            .fetch_add(decoded as u64, Ordering::Relaxed);
    }

    /// Notes the time from a request's head to its acknowledgement.
    pub(crate) fn acknowledged(&self, after: Duration) {
        let us = u64::try_from(after.as_micros()).unwrap_or(u64::MAX);
        let bucket = ACK_BOUNDS_US
            .iter()
            .position(|bound| us <= *bound)
            .unwrap_or(ACK_BOUNDS_US.len());
        self.ack[bucket].fetch_add(1, Ordering::Relaxed);
        self.ack_us.fetch_add(us, Ordering::Relaxed);
    }

    pub(crate) fn connected(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn disconnected(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    /// The text.
    pub(crate) fn render(&self, gauges: &Gauges) -> String {
        let mut text = Text::default();
        text.head(
            "argus_requests_total",
            "counter",
            "Requests answered, by result: ok, or the code of the refusal.",
        );
        let mut refusals: BTreeMap<&str, u64> = BTreeMap::new();
        for ((door, signal, result), count) in &*lock(&self.requests) {
            let labels = format!(
                "door=\"{}\",signal=\"{signal}\",result=\"{result}\"",
                door.as_str()
            );
            text.sample("argus_requests_total", &labels, count);
            if *result != "ok" {
                *refusals.entry(result).or_insert(0) += count;
            }
        }
        text.head(
            "argus_refusals_total",
            "counter",
            "Requests refused, by code.",
        );
        for (code, count) in refusals {
            text.sample("argus_refusals_total", &format!("code=\"{code}\""), &count);
        }
        text.head(
            "argus_items_total",
            "counter",
            "Source items, by what became of them.",
        );
        for ((signal, outcome), count) in &*lock(&self.items) {
            text.sample(
                "argus_items_total",
                &format!("signal=\"{signal}\",outcome=\"{outcome}\""),
                count,
            );
        }
        text.head(
            "argus_pulls_total",
            "counter",
            "Runs over sources that the server reads by itself, by result: ok, or why a run did not come to its end.",
        );
        for ((source, result), count) in &*lock(&self.pulls) {
            let labels = format!("source=\"{source}\",result=\"{result}\"");
            text.sample("argus_pulls_total", &labels, count);
        }
        self.render_redaction(&mut text);
        text.head(
            "argus_request_bytes_total",
            "counter",
            "Bytes of request bodies, as sent and after decompression.",
        );
        for (form, bytes) in [
            ("encoded", &self.encoded_bytes),
            ("decoded", &self.decoded_bytes),
        ] {
            text.sample(
                "argus_request_bytes_total",
                &format!("form=\"{form}\""),
                &bytes.load(Ordering::Relaxed),
            );
        }
        self.render_ack(&mut text);
        text.head("argus_connections", "gauge", "Open connections.");
        text.sample(
            "argus_connections",
            "",
            &self.connections.load(Ordering::Relaxed),
        );
        text.head(
            "argus_in_flight_bytes",
            "gauge",
            "Bytes of requests that are not yet answered.",
        );
        text.sample("argus_in_flight_bytes", "", &gauges.in_flight_bytes);
        text.head(
            "argus_queue_bytes",
            "gauge",
            "Bytes of records that wait for a workspace's writer.",
        );
        for (workspace, queued, _) in &gauges.workspaces {
            text.sample(
                "argus_queue_bytes",
                &format!("workspace=\"{workspace}\""),
                queued,
            );
        }
        text.head(
            "argus_projection_lag_records",
            "gauge",
            "Records stored and not yet folded into their session.",
        );
        for (workspace, _, lag) in &gauges.workspaces {
            text.sample(
                "argus_projection_lag_records",
                &format!("workspace=\"{workspace}\""),
                lag,
            );
        }
        for (name, help, of) in [
            (
                "argus_search_lag_records",
                "Records stored and not yet in the search index.",
                (|lag| lag.records) as fn(&SearchLag) -> u64,
            ),
            (
                "argus_search_lag_seconds",
                "Age of the oldest record that is not yet in the search index.",
                |lag| lag.seconds.unwrap_or(0),
            ),
        ] {
            text.head(name, "gauge", help);
            for (workspace, lag) in &gauges.search {
                text.sample(name, &format!("workspace=\"{workspace}\""), &of(lag));
            }
        }
        text.0
    }

    fn render_redaction(&self, text: &mut Text) {
        text.head(
            "argus_redactions_total",
            "counter",
            "Replacements in items that were delivered, repeated ones included, by type; \"own\" for rules of workspaces.",
        );
        for (kind, count) in &*lock(&self.redactions) {
            text.sample("argus_redactions_total", &format!("kind=\"{kind}\""), count);
        }
        text.head(
            "argus_redaction_failures_total",
            "counter",
            "Items whose content was dropped because it could not be redacted, by reason.",
        );
        for (reason, count) in &*lock(&self.redaction_failures) {
            let labels = format!("reason=\"{reason}\"");
            text.sample("argus_redaction_failures_total", &labels, count);
        }
    }

    fn render_ack(&self, text: &mut Text) {
        text.head(
            "argus_ack_seconds",
            "histogram",
            "Time from a request's head to its durable acknowledgement.",
        );
        let mut total = 0;
        for (bucket, count) in self.ack.iter().enumerate() {
            total += count.load(Ordering::Relaxed);
            let bound = ACK_BOUNDS_US
                .get(bucket)
                .map_or_else(|| "+Inf".to_owned(), |us| seconds(*us));
            text.sample(
                "argus_ack_seconds_bucket",
                &format!("le=\"{bound}\""),
                &total,
            );
        }
        text.sample(
            "argus_ack_seconds_sum",
            "",
            &seconds(self.ack_us.load(Ordering::Relaxed)),
        );
        text.sample("argus_ack_seconds_count", "", &total);
    }
}

fn seconds(us: u64) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String does not fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &str, value: &dyn std::fmt::Display) {
        let _ = match labels {
            "" => writeln!(self.0, "{name} {value}"),
            labels => writeln!(self.0, "{name}{{{labels}}} {value}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_adds_up() {
        let metrics = OwnMetrics::default();
        metrics.request(Door::OtlpHttp, "logs", "ok");
        metrics.request(Door::OtlpHttp, "logs", "too_large");
        metrics.request(Door::Envelopes, "envelopes", "too_large");
        metrics.items("logs", "accepted", 3);
        metrics.acknowledged(Duration::from_micros(700));
        metrics.acknowledged(Duration::from_secs(9));
        let gauges = Gauges {
            in_flight_bytes: 5,
            workspaces: vec![("default".to_owned(), 7, 2)],
            search: vec![(
                "default".to_owned(),
                SearchLag {
                    records: 4,
                    seconds: Some(3),
                },
            )],
        };
        let text = metrics.render(&gauges);
        for line in [
            "argus_requests_total{door=\"otlp_http\",signal=\"logs\",result=\"ok\"} 1",
            "argus_refusals_total{code=\"too_large\"} 2",
            "argus_items_total{signal=\"logs\",outcome=\"accepted\"} 3",
            "argus_ack_seconds_bucket{le=\"0.001000\"} 1",
            "argus_ack_seconds_bucket{le=\"+Inf\"} 2",
            "argus_ack_seconds_sum 9.000700",
            "argus_in_flight_bytes 5",
            "argus_queue_bytes{workspace=\"default\"} 7",
            "argus_projection_lag_records{workspace=\"default\"} 2",
            "argus_search_lag_records{workspace=\"default\"} 4",
            "argus_search_lag_seconds{workspace=\"default\"} 3",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is not in\n{text}"
            );
        }
    }
}
