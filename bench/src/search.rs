//! Full-text search: how long a page of results takes, and what the index costs.

use std::time::{Duration, Instant};

use argus_e2e::Result;
use argus_session::Item;
use argus_session::filter::Filter;
use argus_session::source::transcript::TranscriptFile;
use argus_store::{ReadScope, ReviewReader, SearchQuery, SessionQuery};
use serde_json::{Value, json};

use crate::Size;
use crate::ingest::{ms, quantile};
use crate::load::Text;
use crate::reads::{put, timed, workspace};
use crate::report::Section;

/// Steps of a session.
const SESSION_STEPS: usize = 50;
/// Words that texts are made of: the n-th is about as frequent as 1/n, as words of languages are.
const VOCABULARY: f64 = 50_000.0;
const INDEXED_WITHIN: Duration = Duration::from_secs(3_600);
const ROUNDS: usize = 60;

/// What is looked for, and what it stands for.
const QUERIES: [(&str, &str); 12] = [
    ("a word in 20 steps", "zanzibar"),
    ("a word that is nowhere", "nowhere"),
    ("a word in most steps", "word1"),
    ("a word in one step of ten", "word300"),
    ("a phrase of two common words", "\"word1 word2\""),
    ("a phrase of two rarer words", "\"word40 word900\""),
    ("two words, one excluded", "word50 word300 -word4"),
    ("the beginning of a word", "word30*"),
    ("the beginning of many words", "word*"),
    ("one field", "prompt:word300"),
    ("two Chinese characters", "流失"),
    ("a Japanese word of three characters", "解約率"),
];

/// A page of 20 sessions for each query, in a store of as many steps as the size says.
pub(crate) fn search(size: &Size) -> Result<Section> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (store, made) = workspace(folder.path())?;
    let sessions = size.search_steps / SESSION_STEPS;
    let mut text = Text(5);
    for from in (0..sessions).step_by(20) {
        let to = (from + 20).min(sessions);
        put(
            &made,
            (from..to)
                .flat_map(|n| session(n, sessions, &mut text))
                .collect(),
        )?;
    }
    if !made.wait_indexed(INDEXED_WITHIN) {
        return Err("the index is still behind".to_owned());
    }
    drop((made, store));
    let (per_step, bytes) = index_anew(folder.path(), sessions * SESSION_STEPS)?;

    let (_store, workspace) = workspace(folder.path())?;
    let mut rows = Vec::new();
    for filter in ["", "errors:0"] {
        for (what, text) in QUERIES {
            let asked = |text: &str| Filter::parse(text).map_err(|error| error.to_string());
            let query = SearchQuery {
                words: asked(text)?.words,
                filter: asked(filter)?,
                scope: ReadScope::all(),
                reader: ReviewReader::nobody(),
                limit: 20,
                hits: 3,
                cursor: None,
            };
            let (times, found) = timed(ROUNDS, || {
                let page = workspace
                    .search(&query)
                    .map_err(|error| error.to_string())?;
                Ok(page.groups.iter().map(|group| group.hits.len()).sum())
            })?;
            rows.push(row(&format!("{what}: `{text} {filter}`"), found, &times));
        }
    }
    for text in ["zanzibar", "word300", "word1", "word40 -word3"] {
        let query = SessionQuery {
            filter: Filter::parse(text).map_err(|error| error.to_string())?,
            limit: 50,
            ..SessionQuery::default()
        };
        let started = Instant::now();
        workspace
            .sessions(&query)
            .map_err(|error| error.to_string())?;
        let first = started.elapsed();
        let (times, found) = timed(ROUNDS, || {
            let page = workspace
                .sessions(&query)
                .map_err(|error| error.to_string())?;
            Ok(page.items.len())
        })?;
        let what = format!("session list: `{text}` (first time {} ms)", ms(first));
        rows.push(row(&what, found, &times));
    }
    Ok(Section {
        title: "Full-text search",
        note: format!(
            "In the store, without HTTP: the first page of 20 sessions with up to three steps each, snippets cut from the sealed \
             bodies, out of {} steps in {sessions} sessions; {ROUNDS} times each. Indexing took {:.0} µs of one core a step (reading \
             the sealed bodies included), {:.0} bytes on the disk a step.",
            sessions * SESSION_STEPS,
            per_step.as_secs_f64() * 1e6,
            bytes,
        ),
        head: vec!["query", "found", "p50 ms", "p95 ms"],
        rows,
    })
}

fn row(what: &str, found: usize, times: &[Duration]) -> Vec<String> {
    vec![
        what.to_owned(),
        found.to_string(),
        ms(quantile(times, 0.5)),
        ms(quantile(times, 0.95)),
    ]
}

/// Time and bytes of the index a step: it is thrown away and made anew.
fn index_anew(folder: &std::path::Path, steps: usize) -> Result<(Duration, f64)> {
    let index = index_file(folder).ok_or("there is no index")?;
    std::fs::remove_file(&index).map_err(|error| error.to_string())?;
    let started = Instant::now();
    let (store, workspace) = workspace(folder)?;
    if !workspace.wait_indexed(INDEXED_WITHIN) {
        return Err("the index is still behind".to_owned());
    }
    let took = started.elapsed();
    drop((workspace, store));
    let bytes = std::fs::metadata(&index)
        .map_err(|error| error.to_string())?
        .len();
    let steps_f = u32::try_from(steps).map_or(f64::MAX, f64::from);
    let bytes = f64::from(u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)) * 1_024.0;
    Ok((took.div_f64(steps_f), bytes / steps_f))
}

fn index_file(folder: &std::path::Path) -> Option<std::path::PathBuf> {
    let workspaces = std::fs::read_dir(folder.join("workspaces")).ok()?;
    let mut files = workspaces
        .flatten()
        .map(|entry| entry.path().join("search.db"));
    files.find(|path| path.is_file())
}

/// A prompt, calls with their results, and what the model says between them.
fn session(number: usize, sessions: usize, text: &mut Text) -> Vec<Item> {
    let id = format!("00000000-0000-4000-8000-{number:012}");
    let mut file = TranscriptFile::new(&id, None, "s.jsonl", [0; 32]);
    let uuid = |at: usize| format!("{}-{at:012}", &id[24..]);
    let second = number * 600;
    let mut items = Vec::new();
    let mut line = |at: usize, own: Value| {
        let moment = second + at;
        let mut value = json!({
            "uuid": uuid(at), "parentUuid": (at > 0).then(|| uuid(at - 1)), "sessionId": id, "version": "2.1.330",
            "timestamp": format!("2026-{:02}-{:02}T{:02}:{:02}:{:02}Z", 1 + moment / 2_419_200 % 12, 1 + moment / 86_400 % 28,
                moment / 3_600 % 24, moment / 60 % 60, moment % 60),
        });
        if let (Some(value), Value::Object(own)) = (value.as_object_mut(), own) {
            value.extend(own);
        }
        items.extend(file.item(value.to_string().as_bytes(), at as u64));
    };
    let mut at = 0;
    for step in 0..SESSION_STEPS {
        let mut words = said(text, 20 + text_length(step));
        if step == 1 && number.is_multiple_of((sessions / 20).max(1)) {
            words.push_str(" zanzibar");
        }
        if (number + step).is_multiple_of(50) {
            words.push_str(" 第二季度客户流失率上升 東京都の解約率を調べる");
        }
        let message = |content: Value| {
            json!({"type": "assistant", "requestId": format!("req_{number}_{step}"), "message": {
            "id": format!("msg_{number}_{step}"), "role": "assistant", "model": "claude-opus-5-5", "content": [content],
            "usage": {"input_tokens": 3, "output_tokens": 4}}})
        };
        if step == 0 {
            line(
                at,
                json!({"type": "user", "promptId": format!("{id}-p"), "message": {"role": "user", "content": words}}),
            );
        } else if step.is_multiple_of(3) {
            let tool = format!("toolu_{number}_{step}");
            line(
                at,
                message(
                    json!({"type": "tool_use", "id": tool, "name": "Bash", "input": {"command": said(text, 12)}}),
                ),
            );
            at += 1;
            line(
                at,
                json!({"type": "user", "message": {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": tool, "content": words}]}}),
            );
        } else {
            line(at, message(json!({"type": "text", "text": words})));
        }
        at += 1;
    }
    items
}

fn text_length(step: usize) -> usize {
    if step.is_multiple_of(3) { 180 } else { 60 }
}

/// So many words.
fn said(text: &mut Text, count: usize) -> String {
    let mut out = String::with_capacity(count * 8);
    for _ in 0..count {
        let share = f64::from(u32::try_from(text.below(1 << 30)).unwrap_or(0)) / f64::from(1 << 30);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the number of a word"
        )]
        let word = VOCABULARY.powf(share) as u32;
        out.push_str(&format!("word{word} "));
    }
    out
}
