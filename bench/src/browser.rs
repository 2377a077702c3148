//! The UI in a real browser: first rows of a long list, the first screen of a long session, scrolling through it. What is
//! measured in the page is measured by `e2e/browser/bench`.

use std::path::Path;
use std::process::Command;

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
/// Lines of one turn: a prompt, then calls and their results.
const TURN_LINES: usize = 100;

pub(crate) fn browser(argus: &str, scripts: &Path, chromium: &str, size: &Size) -> Result<Section> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let argus = Argus::new(argus, folder.path().join("data"));
    {
        let (_store, workspace) = reads::workspace(argus.data())?;
        reads::fill(&workspace, size)?;
        reads::put(&workspace, huge())?;
    }
    let server = Server::start(&argus)?;
    let link = server.set_up_link().ok_or("argus serve printed no link")?;
    let said = Command::new("npm")
        .args(["run", "--silent", "bench"])
        .current_dir(scripts)
        .env("ARGUS_URL", server.url())
        .env("ARGUS_LINK", link)
        .env("ARGUS_HUGE", HUGE)
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
    let mut text = Text(5);
    let mut file = TranscriptFile::new(HUGE, None, "s.jsonl", [0; 32]);
    let lines = STEPS * 2;
    (0..lines)
        .filter_map(|number| {
            let bytes = 300 + text.below(1_500);
            let mut value = line(HUGE, number, &text.words(bytes));
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
            "Headless Chromium on the same cores, traced. A list of {} sessions; a session of {STEPS} steps in turns of {TURN_LINES} lines. Medians of several loads; frames of scrolling through the session from end to end: script, style and layout together.",
            size.sessions
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
