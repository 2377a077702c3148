//! The running server: records a second, CPU a record, time to the acknowledgement, memory, disk.

use std::time::{Duration, Instant};

use argus_e2e::{Argus, Result, Sender, Server};

use crate::Size;
use crate::load::{Body, Kind};
use crate::process;
use crate::report::Section;

const CONNECTIONS: [usize; 3] = [1, 16, 64];

pub(crate) fn ingest(argus: &str, size: &Size) -> Result<Section> {
    let mut rows = Vec::new();
    for (kind, name, count) in [
        (Kind::Telemetry, "telemetry", size.telemetry_records),
        (Kind::Content, "content", size.content_records),
    ] {
        for connections in CONNECTIONS {
            rows.push(one(argus, kind, name, count, connections)?);
        }
    }
    Ok(Section {
        title: "Durable ingest",
        note: "Every connection sends its next request when the last is acknowledged, so the acknowledgement time is that at the highest rate. \
               \"Projected\" adds the work of folding records into sessions, which goes on after the acknowledgement. Telemetry: 100 log records a request, \
               http/protobuf. Content: 20 transcript lines a request, as envelopes."
            .to_owned(),
        head: vec!["records", "B/record", "connections", "records/s", "MB/s", "ack p50 ms", "ack p99 ms", "CPU ms/record", "with projecting", "disk B/B in", "peak RSS MB"],
        rows,
    })
}

fn one(
    argus: &str,
    kind: Kind,
    name: &str,
    count: usize,
    connections: usize,
) -> Result<Vec<String>> {
    let lanes: Vec<Vec<Body>> = (0..connections)
        .map(|lane| kind.bodies(lane, count / connections))
        .collect::<Result<_>>()?;
    let records: usize = lanes.iter().flatten().map(|body| body.records).sum();
    let bytes: usize = lanes.iter().flatten().map(|body| body.bytes.len()).sum();

    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(argus, folder.path().join("data"));
    let key = argus.ingest_key()?;
    let server = Server::start(&argus)?;
    let before = process::cpu(server.pid());
    let started = Instant::now();
    let mut acknowledged = send_all(&server, &key, kind, &lanes)?;
    let took = started.elapsed();
    let until_acknowledged = process::cpu(server.pid()) - before;
    server.projected()?;
    let with_projecting = process::cpu(server.pid()) - before;
    let rss = process::peak_rss_mb(server.pid());
    server.stop()?;
    acknowledged.sort();
    let disk = process::bytes_below(argus.data());

    let per_record = |cpu: Duration| format!("{:.4}", cpu.as_secs_f64() * 1e3 / records as f64);
    Ok(vec![
        name.to_owned(),
        (bytes / records).to_string(),
        connections.to_string(),
        format!("{:.0}", records as f64 / took.as_secs_f64()),
        format!("{:.1}", bytes as f64 / 1e6 / took.as_secs_f64()),
        ms(quantile(&acknowledged, 0.5)),
        ms(quantile(&acknowledged, 0.99)),
        per_record(until_acknowledged),
        per_record(with_projecting),
        format!("{:.2}", disk as f64 / bytes as f64),
        rss.to_string(),
    ])
}

/// Sends every lane on a connection of its own; gives the time to each acknowledgement.
fn send_all(server: &Server, key: &str, kind: Kind, lanes: &[Vec<Body>]) -> Result<Vec<Duration>> {
    std::thread::scope(|scope| {
        let running: Vec<_> = lanes
            .iter()
            .map(|lane| {
                let sender = Sender::new(server.url(), key);
                scope.spawn(move || {
                    lane.iter()
                        .map(|body| send(&sender, kind, body))
                        .collect::<Result<Vec<_>>>()
                })
            })
            .collect();
        let mut all = Vec::new();
        for lane in running {
            all.extend(lane.join().map_err(|_| "a sender panicked".to_owned())??);
        }
        Ok(all)
    })
}

fn send(sender: &Sender, kind: Kind, body: &Body) -> Result<Duration> {
    let started = Instant::now();
    match sender.post(kind.path(), kind.content_type(), &body.bytes)? {
        (200, _) => Ok(started.elapsed()),
        (status, answer) => Err(format!("refused: {status} {answer}")),
    }
}

pub(crate) fn quantile(sorted: &[Duration], part: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    let place = (last as f64 * part).round() as usize;
    sorted.get(place).copied().unwrap_or_default()
}

pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}
