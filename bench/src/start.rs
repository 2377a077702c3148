//! Starting on a large store.

use std::time::{Duration, Instant};

use argus_e2e::{Argus, Result, Sender, Server};

use crate::Size;
use crate::ingest::ms;
use crate::load::Kind;
use crate::process;
use crate::report::Section;

const STARTS: usize = 5;

pub(crate) fn start(argus: &str, size: &Size) -> Result<Section> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(argus, folder.path().join("data"));
    let empty = median_start(&argus)?;
    fill(&argus, size.large_store_mb)?;
    let large = median_start(&argus)?;
    let server = Server::start(&argus)?;
    let rss = process::peak_rss_mb(server.pid());
    server.stop()?;
    Ok(Section {
        title: "Start",
        note: format!(
            "From starting the process to \"listening on\", median of {STARTS}; the store was closed in good order."
        ),
        head: vec!["store", "ms", "RSS MB after start"],
        rows: vec![
            vec!["empty".to_owned(), ms(empty), String::new()],
            vec![
                format!("{} MB", process::bytes_below(argus.data()) / 1_000_000),
                ms(large),
                rss.to_string(),
            ],
        ],
    })
}

fn median_start(argus: &Argus) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let server = Server::start(argus)?;
        times.push(started.elapsed());
        server.stop()?;
    }
    times.sort();
    Ok(times[STARTS / 2])
}

/// Sends content until the data folder is that large.
fn fill(argus: &Argus, mb: u64) -> Result<()> {
    let key = argus.ingest_key()?;
    let server = Server::start(argus)?;
    let sender = Sender::new(server.url(), &key);
    for lane in 0.. {
        if process::bytes_below(argus.data()) / 1_000_000 >= mb {
            break;
        }
        for body in Kind::Content.bodies(lane, 2_000)? {
            let (status, answer) = sender.post(
                Kind::Content.path(),
                Kind::Content.content_type(),
                &body.bytes,
            )?;
            if status != 200 {
                return Err(format!("refused: {status} {answer}"));
            }
        }
    }
    server.projected()?;
    server.stop()
}
