//! Reading: the first screen of a long session, and pages of a long list.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use argus_e2e::Result;
use argus_session::filter::Filter;
use argus_session::source::otel;
use argus_session::source::transcript::TranscriptFile;
use argus_session::{Clock, Item, Random};
use argus_store::{
    Actor, Delivery, NewTag, NewVerdict, ReadScope, ReviewReader, SessionQuery, Sort, StepRange,
    Store, StoreError, StoreOptions, VerdictWord, Workspace,
};
use serde_json::{Value, json};

use crate::Size;
use crate::ingest::{ms, quantile};
use crate::load::{Text, line};
use crate::report::Section;

const SESSION: &str = "00000000-0000-4000-8000-000000000001";
const STEPS: [usize; 3] = [100, 1_000, 10_000];
const PROJECTED_WITHIN: Duration = Duration::from_secs(600);

/// The filters of the list: each column that can be asked for, something that is rare, something that is not there, and
/// several at once.
const FILTERS: [&str; 48] = [
    "",
    "project:bench",
    "user:user-7",
    "model:claude-opus-5-5",
    "model:none",
    "tool:Bash",
    "tool:Rare",
    "-tool:Bash",
    "outcome:answered",
    "error:yes",
    "source:otel_log",
    "surface:headless",
    "version:2.1.330",
    "started>2026-11-23",
    "cost>0.03",
    "cost>1000",
    "turns>=5",
    "duration>100000",
    "turns<5",
    "-turns>=1",
    "calls>3",
    "-project:bench",
    "-user:user-7",
    "after:2026-11-23",
    "before:2026-11-23",
    "coverage:partial",
    "first_turn:unknown",
    "first_turn:accepted",
    "kind:automated",
    "-kind:automated,single_turn",
    "new_skill:7d",
    "tool:Bash user:user-7",
    "tool:Rare model:claude-opus-5-5 error:no",
    "id:00000000-0000-4000-8000-0000001",
    "verdict:wrong",
    "verdict:good",
    "verdict:none",
    "-verdict:good",
    "tag:seen",
    "reviewer:reviewer-1",
    "-reviewer:reviewer-1",
    "judged:7d",
    "verdict:wrong judged:7d",
    "verdict:wrong judged<2026-01-01",
    "verdict:wrong user:user-7",
    "verdict:none -kind:automated error:yes",
    "look",
    "look verdict:wrong",
];

/// One session in so many is judged, with a tag: far more than people get done.
const JUDGED_ONE_IN: usize = 10;
/// So many people judge at once.
const REVIEWERS: usize = 32;

#[derive(Debug)]
struct WallClock;

impl Clock for WallClock {
    fn now_us(&self) -> i64 {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    }
}

#[derive(Debug)]
struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "an edge of the program")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// The first screen of sessions of several lengths: the head, the index of turns, a hundred steps.
pub(crate) fn open_sessions() -> Result<Section> {
    let mut rows = Vec::new();
    for steps in STEPS {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (_store, workspace) = workspace(folder.path())?;
        let mut text = Text(3);
        let mut file = TranscriptFile::new(SESSION, None, "s.jsonl", [0; 32]);
        // A call and its result are two lines and one step.
        let items: Vec<Item> = (0..steps * 2)
            .filter_map(|number| {
                let bytes = 1_000 + text.below(2_000);
                let mut value = line(SESSION, number, &text.words(bytes));
                value["promptId"] = "p".into();
                file.item(value.to_string().as_bytes(), number as u64).ok()
            })
            .collect();
        put(&workspace, items)?;
        let (times, shown) = timed(100, || first_screen(&workspace))?;
        rows.push(vec![
            steps.to_string(),
            shown.to_string(),
            ms(quantile(&times, 0.5)),
            ms(quantile(&times, 0.99)),
        ]);
    }
    Ok(Section {
        title: "Opening a session",
        note: "In the store, without HTTP: the session's head, its index of turns and the first 100 steps of its one turn, texts cut at 2,000 bytes.".to_owned(),
        head: vec!["steps", "steps shown", "p50 ms", "p99 ms"],
        rows,
    })
}

fn first_screen(workspace: &Workspace) -> Result<usize> {
    let range = StepRange {
        offset: 0,
        limit: 100,
        text_bytes_max: 2_000,
    };
    let session = workspace
        .session(SESSION)
        .map_err(|error| error.to_string())?;
    session.ok_or("the session is not there")?;
    let turns = workspace
        .turns(SESSION)
        .map_err(|error| error.to_string())?;
    let turn = turns.first().ok_or("the session has no turn")?;
    let steps = workspace
        .steps(SESSION, &turn.id, range)
        .map_err(|error| error.to_string())?;
    Ok(steps.len())
}

/// Pages of the list of sessions, for each filter, by time and by cost.
pub(crate) fn lists(size: &Size) -> Result<Section> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (_store, workspace) = workspace(folder.path())?;
    fill(&workspace, size)?;
    judge(&workspace, size)?;
    // The index follows: it would be at work meanwhile.
    if !workspace.wait_indexed(PROJECTED_WITHIN) {
        return Err("the search index is still behind".to_owned());
    }
    let mut rows = Vec::new();
    for text in FILTERS {
        let mut row = vec![if text.is_empty() {
            "(none)".to_owned()
        } else {
            format!("`{text}`")
        }];
        for sort in [Sort::Started, Sort::Cost] {
            let query = SessionQuery {
                filter: Filter::parse(text).map_err(|error| error.to_string())?,
                fold: Vec::new(),
                sort,
                limit: 50,
                cursor: None,
                scope: ReadScope::all(),
                reader: ReviewReader::nobody(),
            };
            let (times, found) = timed(40, || {
                let page = workspace
                    .sessions(&query)
                    .map_err(|error| error.to_string())?;
                Ok(page.items.len())
            })?;
            if sort == Sort::Started {
                row.push(found.to_string());
            }
            row.extend([ms(quantile(&times, 0.5)), ms(quantile(&times, 0.99))]);
        }
        rows.push(row);
    }
    Ok(Section {
        title: "Pages of the session list",
        note: format!(
            "In the store, without HTTP: the first page of 50 out of {} sessions, one in {JUDGED_ONE_IN} judged.",
            size.sessions
        ),
        head: vec![
            "filter",
            "found",
            "by time, p50 ms",
            "p99 ms",
            "by cost, p50 ms",
            "p99 ms",
        ],
        rows,
    })
}

/// Puts in as many small sessions as the size says.
pub(crate) fn fill(workspace: &Workspace, size: &Size) -> Result<()> {
    for from in (0..size.sessions).step_by(1_000) {
        let to = (from + 1_000).min(size.sessions);
        put(workspace, (from..to).flat_map(small_session).collect())?;
    }
    Ok(())
}

/// Verdicts and tags of several people on some of the sessions.
fn judge(workspace: &Workspace, size: &Size) -> Result<()> {
    let by_one = |reviewer: usize| -> std::result::Result<(), StoreError> {
        let actor = Actor::account(&format!("reviewer-{reviewer}"));
        let all = ReadScope::all();
        let places = (0..size.sessions).step_by(JUDGED_ONE_IN).enumerate();
        for (place, number) in places.skip(reviewer).step_by(REVIEWERS) {
            let session_id = session_id(number);
            let (verdict, reason) = if place.is_multiple_of(10) {
                (
                    VerdictWord::Wrong,
                    Some("the figures are last year's".to_owned()),
                )
            } else {
                (VerdictWord::Good, None)
            };
            let new = NewVerdict {
                session_id: session_id.clone(),
                turn: None,
                verdict,
                reason,
                queue_item: None,
            };
            workspace.give_verdict(new, &actor, &all)?;
            let new = NewTag {
                session_id,
                turn: None,
                tag: "seen".to_owned(),
                is_removed: false,
                of_author: None,
            };
            workspace.change_tag(new, &actor, &all)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let people: Vec<_> = (0..REVIEWERS)
            .map(|reviewer| scope.spawn(move || by_one(reviewer)))
            .collect();
        for person in people {
            let judged = person
                .join()
                .map_err(|_| "a reviewer's thread ended".to_owned())?;
            judged.map_err(|error| error.to_string())?;
        }
        Ok(())
    })
}

fn session_id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Three events of one session.
fn small_session(number: usize) -> Vec<Item> {
    let session = session_id(number);
    let at_ns = 1_795_348_382_000_000_000 + number as u64 * 1_000_000_000;
    let tool = if number.is_multiple_of(5_000) {
        "Rare"
    } else {
        "Bash"
    };
    let event = |sequence: u64, more: Value| {
        let mut attributes = json!({"session.id": session, "event.sequence": sequence, "prompt.id": format!("p-{number}"),
            "user.id": format!("user-{}", number % 50), "terminal.type": "non-interactive"});
        if let (Some(all), Value::Object(more)) = (attributes.as_object_mut(), more) {
            all.extend(more);
        }
        otel::item(json!({
            "resource": {"attributes": {"service.name": "claude-code", "service.version": "2.1.330"}},
            "log": {"time_unix_nano": at_ns + sequence * 1_000_000, "body": "claude_code.event", "attributes": attributes},
        }))
    };
    // The cost differs, so that there is something to sort by.
    let cost = (number % 1_000) as f64 / 25_000.0;
    vec![
        event(
            0,
            json!({"event.name": "user_prompt", "prompt": "look at this", "prompt_length": 12}),
        ),
        event(
            1,
            json!({"event.name": "api_request", "model": "claude-opus-5-5", "input_tokens": 5, "output_tokens": 5, "cost_usd": cost, "duration_ms": 20, "request_id": format!("req_{number}")}),
        ),
        event(
            2,
            json!({"event.name": "tool_result", "tool_name": tool, "success": if number.is_multiple_of(9) { "false" } else { "true" }, "tool_use_id": format!("toolu_{number}"), "duration_ms": number % 500}),
        ),
    ]
}

/// The store has to stay while its workspace is used.
pub(crate) fn workspace(folder: &Path) -> Result<(Store, Workspace)> {
    let options = StoreOptions {
        clock: Arc::new(WallClock),
        random: Arc::new(SystemRandom),
    };
    let store = Store::open(folder, options).map_err(|error| error.to_string())?;
    let workspace = store
        .workspace("default")
        .map_err(|error| error.to_string())?;
    let workspace = workspace.ok_or("there is no default workspace")?;
    Ok((store, workspace))
}

pub(crate) fn put(workspace: &Workspace, items: Vec<Item>) -> Result<()> {
    let delivery = Delivery {
        projects: vec!["bench".to_owned()],
        key_id: None,
        user: None,
    };
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        let batch = items
            .by_ref()
            .take(500)
            .map(|item| workspace.prepare(item, &delivery))
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(|error| error.to_string())?;
        workspace.append(batch).map_err(|error| error.to_string())?;
    }
    if workspace.wait_projected(PROJECTED_WITHIN) {
        Ok(())
    } else {
        Err("the projection is still behind".to_owned())
    }
}

/// Times of `rounds` runs, sorted, after one that does not count; and what the last gave.
pub(crate) fn timed(
    rounds: usize,
    run: impl Fn() -> Result<usize>,
) -> Result<(Vec<Duration>, usize)> {
    let mut last = run()?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        let started = Instant::now();
        last = run()?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok((times, last))
}
