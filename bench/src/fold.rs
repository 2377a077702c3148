//! What one more record costs a session that already has many.

use std::time::{Duration, Instant};

use argus_session::source::transcript::TranscriptFile;
use argus_session::{ContentRank, Fold, Record};

use crate::load::{Text, line};
use crate::report::Section;

const BEFORE: [usize; 4] = [100, 1_000, 10_000, 100_000];
/// Records that are timed after that many.
const ADDED: usize = 100;
const ROUNDS: usize = 9;

pub(crate) fn fold() -> Section {
    let most = BEFORE.into_iter().max().unwrap_or_default() + ADDED * ROUNDS;
    let records = records(most);
    let mut first = None;
    let rows = BEFORE
        .into_iter()
        .map(|before| {
            let one = added(&records, before);
            let first = *first.get_or_insert(one);
            vec![
                before.to_string(),
                format!("{:.2}", one.as_secs_f64() * 1e6),
                format!("{:.2}", one.as_secs_f64() / first.as_secs_f64()),
            ]
        })
        .collect();
    Section {
        title: "Fold",
        note: format!(
            "Applying one more transcript line and reading the turn that it changed, in a session of that many records (100 records a turn); median of {ROUNDS} times {ADDED} records."
        ),
        head: vec!["records before", "µs a record", "ratio to the first"],
        rows,
    }
}

/// Time for one record, after `before` of them.
fn added(records: &[Record], before: usize) -> Duration {
    let mut fold = Fold::new("s");
    for record in &records[..before] {
        fold.apply(record);
    }
    drop(fold.take_changed_turns());
    let mut times: Vec<Duration> = records[before..]
        .chunks(ADDED)
        .take(ROUNDS)
        .map(|chunk| {
            let started = Instant::now();
            for record in chunk {
                fold.apply(record);
                for turn in fold.take_changed_turns() {
                    std::hint::black_box(fold.turn(&turn));
                }
            }
            started.elapsed() / u32::try_from(ADDED).unwrap_or(1)
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// One session's lines: a prompt every hundred, then calls and results.
fn records(count: usize) -> Vec<Record> {
    let mut file = TranscriptFile::new("s", None, "s.jsonl", [0; 32]);
    let mut text = Text(1);
    (0..count)
        .filter_map(|number| {
            let mut value = line(
                "00000000-0000-4000-8000-000000000001",
                number,
                &text.words(200),
            );
            if number % 100 == 0 {
                value["promptId"] = format!("p-{}", number / 100).into();
            }
            let item = file
                .item(value.to_string().as_bytes(), number as u64)
                .ok()?;
            let mut natural_key = [0; 16];
            natural_key[..8].copy_from_slice(&(number as u64).to_be_bytes());
            Some(Record {
                id: number as u64,
                natural_key,
                rank: ContentRank {
                    rule_version: 1,
                    hash: [0; 32],
                },
                source: item.source,
                session_id: "s".to_owned(),
                projects: vec!["bench".to_owned()],
                credential_user: None,
                at_us: item.at_us,
                body: item.body,
                meta: item.meta,
            })
        })
        .collect()
}
