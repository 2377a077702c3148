//! The UI in a real browser: first rows of a long list, the first screen of a long session, scrolling through it. What is
//! measured in the page is measured by `e2e/browser/bench`.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use argus_e2e::{Argus, Result, Server};
use argus_session::Item;
use argus_session::source::transcript::TranscriptFile;
use serde_json::Value;

use crate::Size;
use crate::load::{Text, line};
use crate::reads;
use crate::report::Section;

/// Ids of the long session's lines begin like this, so that no small session has one of them.
const HUGE: &str = "00000000-0000-4000-9000-000000000001";
const STEPS: usize = 10_000;
/// Likewise of the session of many megabytes.
const LARGE: &str = "00000000-0000-4000-9001-000000000001";
const LARGE_STEPS: usize = 10_000;
/// Bytes of its lines in the mean: 200 MB in all.
const LARGE_LINE_BYTES: u64 = 10_000;
/// A word that a few of the many steps have, and one that most have.
const RARE: &str = "quokka";
const COMMON: &str = "cannot";
/// Lines of one turn: a prompt, then calls and their results.
const TURN_LINES: usize = 100;
const INDEXED_WITHIN: Duration = Duration::from_secs(600);

pub(crate) fn browser(argus: &str, scripts: &Path, chromium: &str, size: &Size) -> Result<Section> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(argus, folder.path().join("data"));
    {
        let (_store, workspace) = reads::workspace(argus.data())?;
        reads::fill(&workspace, size)?;
        reads::put(&workspace, huge())?;
        reads::put(&workspace, large())?;
        if !workspace.wait_indexed(INDEXED_WITHIN) {
            return Err("the search index is still behind".to_owned());
        }
    }
    let server = Server::start(&argus)?;
    let link = server.set_up_link().ok_or("argus serve printed no link")?;
    let said = Command::new("npm")
        .args(["run", "--silent", "bench"])
        .current_dir(scripts)
        .env("ARGUS_URL", server.url())
        .env("ARGUS_LINK", link)
        .env("ARGUS_HUGE", HUGE)
        .env("ARGUS_LARGE", LARGE)
        .env("ARGUS_RARE", RARE)
        .env("ARGUS_COMMON", COMMON)
        .env("ARGUS_CHROMIUM", chromium)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("npm: {error}"))?;
    server.stop()?;
    if !said.status.success() {
        return Err(format!("the bench in the browser failed ({})", said.status));
    }
    let measured: Value = serde_json::from_slice(&said.stdout)
        .map_err(|error| format!("the bench in the browser printed no JSON: {error}"))?;
    Ok(section(&measured, size))
}

/// A session of many steps in turns of some fifty.
fn huge() -> Vec<Item> {
    session(HUGE, STEPS * 2, |text, number| {
        let bytes = 300 + text.below(1_500);
        let mut words = text.words(bytes);
        if number % 4_000 == 3_999 {
            words.push_str(RARE);
        }
        words
    })
}

/// A session of as many steps, and of 200 MB.
fn large() -> Vec<Item> {
    session(LARGE, LARGE_STEPS * 2, |text, _| {
        let bytes = 5_000 + text.below(LARGE_LINE_BYTES);
        text.words(bytes)
    })
}

fn session(id: &str, lines: usize, mut words: impl FnMut(&mut Text, usize) -> String) -> Vec<Item> {
    let mut text = Text(5);
    let mut file = TranscriptFile::new(id, None, "s.jsonl", [0; 32]);
    (0..lines)
        .filter_map(|number| {
            let mut value = line(id, number, &words(&mut text, number));
            if value.get("promptId").is_some() {
                value["promptId"] = format!("p-{}", number / TURN_LINES).into();
                value["parentUuid"] = Value::Null;
            }
            file.item(value.to_string().as_bytes(), number as u64).ok()
        })
        .collect()
}

fn section(measured: &Value, size: &Size) -> Section {
    let number = |value: &Value| {
        value
            .as_f64()
            .map_or_else(|| "?".to_owned(), |number| format!("{number:.1}"))
    };
    let median = |name: &str| {
        let mut runs: Vec<f64> = measured[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect();
        runs.sort_by(f64::total_cmp);
        runs.get(runs.len() / 2)
            .map_or_else(|| "?".to_owned(), |number| format!("{number:.1}"))
    };
    let row = |what: &str, figure: String| vec![what.to_owned(), figure];
    Section {
        title: "In the browser",
        note: format!(
            "Headless Chromium on the same cores, traced. A list of {} sessions; a session of {STEPS} steps in turns of {TURN_LINES} lines; one of as many steps and {} MB. Medians of several loads; frames of scrolling through the session from end to end: script, style and layout together.",
            size.sessions,
            LARGE_STEPS as u64 * 2 * LARGE_LINE_BYTES / 1_000_000
        ),
        head: vec!["what", "figure"],
        rows: vec![
            row("list, first rows, ms", median("list_first_rows_ms")),
            row(
                "list from within the app, first rows, ms",
                median("list_from_within_ms"),
            ),
            row("session, first screen, ms", median("first_screen_ms")),
            row(
                "session of 200 MB, first screen, ms",
                median("large_first_screen_ms"),
            ),
            row("session, jump to its last turn, ms", median("jump_ms")),
            row(
                "session of 200 MB, jump to its last turn, ms",
                median("large_jump_ms"),
            ),
            row("find a word of few steps, ms", median("find_rare_ms")),
            row("find a word of most steps, ms", median("find_common_ms")),
            row(
                "scrolling the session, frame p50, ms",
                number(&measured["scroll_frame_ms"]["p50"]),
            ),
            row(
                "scrolling the session, frame p95, ms",
                number(&measured["scroll_frame_ms"]["p95"]),
            ),
            row(
                "scrolling the list, frame p95, ms",
                number(&measured["list_scroll_frame_ms"]["p95"]),
            ),
            row("longest task, ms", number(&measured["longest_task_ms"])),
            row(
                "heap before scrolling, MB",
                number(&measured["heap_mb"]["before"]),
            ),
            row(
                "heap after scrolling, MB",
                number(&measured["heap_mb"]["after"]),
            ),
            row("most DOM nodes", number(&measured["dom_nodes_max"])),
            row(
                "first page's JavaScript, gzip, KB",
                number(&measured["first_page_js_gzip_kb"]),
            ),
        ],
    }
}
