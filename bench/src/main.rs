//! `cargo xtask bench`: measures Argus on this machine, prints the tables and writes `docs/BENCHMARKS.md`.
//! Figures are one machine's; what travels is their ratios. `cargo xtask redact-eval FOLDER` and
//! `cargo xtask acceptance-eval FILE` measure redaction and acceptance on labelled cases.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod acceptance_eval;
mod aims;
mod browser;
mod capture;
mod fold;
mod ingest;
mod load;
mod process;
mod reads;
mod redact_eval;
mod redaction;
mod report;
mod search;
mod speed;
mod start;

use std::path::Path;
use std::process::ExitCode;

use argus_e2e::{Kit, Programs, Result, options, required};
use report::Section;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).peekable();
    let outcome = if words.next_if(|word| word == "redact-eval").is_some() {
        redact_eval::run(words)
    } else if words.next_if(|word| word == "acceptance-eval").is_some() {
        acceptance_eval::run(words)
    } else {
        run(words)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How much of everything. `quick` shows that it runs and gives a first idea.
pub(crate) struct Size {
    pub(crate) telemetry_records: usize,
    pub(crate) content_records: usize,
    pub(crate) sessions: usize,
    pub(crate) search_steps: usize,
    pub(crate) large_store_mb: u64,
    pub(crate) captured: capture::Rounds,
}

const FULL: Size = Size {
    telemetry_records: 200_000,
    content_records: 20_000,
    sessions: 200_000,
    search_steps: 1_000_000,
    large_store_mb: 5_000,
    captured: capture::Rounds {
        one_prompt: 21,
        ten_tools: 3,
    },
};
const QUICK: Size = Size {
    telemetry_records: 20_000,
    content_records: 4_000,
    sessions: 5_000,
    search_steps: 50_000,
    large_store_mb: 100,
    captured: capture::Rounds {
        one_prompt: 7,
        ten_tools: 1,
    },
};

/// Prints what was measured.
pub(crate) fn print(text: &str) {
    println!("{text}");
}

fn run(words: impl Iterator<Item = String>) -> Result<()> {
    let options = options(words)?;
    let argus = required(&options, "argus")?;
    let out = required(&options, "out")?;
    let size = match required(&options, "size")? {
        "full" => FULL,
        "quick" => QUICK,
        other => return Err(format!("--size {other}: full or quick")),
    };
    let only = required(&options, "only").ok();
    let mut sections = Vec::new();
    let mut section = |name: &str, measure: &dyn Fn() -> Result<Section>| -> Result<()> {
        if only.is_none_or(|only| only == name) {
            let measured = measure()?;
            print(&measured.markdown());
            sections.push(measured);
        }
        Ok(())
    };
    section("ingest", &|| ingest::ingest(argus, &size))?;
    section("fold", &|| Ok(fold::fold()))?;
    section("open", &|| reads::open_sessions())?;
    section("lists", &|| reads::lists(&size))?;
    section("search", &|| search::search(&size))?;
    section("redaction", &|| {
        redaction::redaction(Path::new(required(&options, "repository")?))
    })?;
    section("start", &|| start::start(argus, &size))?;
    section("capture", &|| {
        let of = |name| required(&options, name);
        let programs = Programs {
            argus: argus.to_owned(),
            capture: of("capture")?.into(),
            plugin: of("plugin")?.into(),
            kit: Kit::new(of("kit")?, of("claude")?)?,
        };
        capture::capture(&programs, &size.captured)
    })?;
    section("browser", &|| {
        let scripts = Path::new(required(&options, "browser")?);
        browser::browser(argus, scripts, required(&options, "chromium")?, &size)
    })?;
    if only.is_none() {
        sections.insert(0, aims::aims(&sections));
        let text = report::document(&sections, &process::machine());
        std::fs::write(Path::new(out), text).map_err(|error| format!("{out}: {error}"))?;
        println!("written to {out}");
    }
    Ok(())
}
