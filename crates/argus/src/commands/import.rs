//! `argus import`: transcripts and recordings into the store.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::{DEFAULT_WORKSPACE, UNASSIGNED};
use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::import::{Found, Importing, Summary, find};
use crate::output;

/// Imports transcripts and recordings. What was imported before is known and stays as it is: an import that broke off is
/// simply run again.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Transcript files, folders such as ~/.claude/projects, recording folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Workspace to import into.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
    /// Project that the sessions belong to.
    #[arg(long, default_value = UNASSIGNED)]
    project: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let mut found: Vec<Found> = Vec::new();
    let mut unreadable: Vec<String> = Vec::new();
    for path in &args.paths {
        let (more, not) = find(path)?;
        found.extend(more);
        unreadable.extend(not);
    }
    if found.is_empty() && unreadable.is_empty() {
        return Err(
            CommandError::user("there is nothing to import below the given paths")
                .hint("transcripts of Claude Code lie in ~/.claude/projects"),
        );
    }
    let mut backend = Backend::open(&config.data.value)?;
    let line_key = backend.line_key(&config.data.value, &args.workspace)?;
    let bytes = found
        .iter()
        .filter_map(|item| std::fs::metadata(item.path()).ok())
        .map(|meta| meta.len())
        .sum();
    let mut importing = Importing::new(
        &mut backend,
        &args.workspace,
        &args.project,
        line_key,
        progress(bytes),
    );
    for why in &unreadable {
        importing.skip(why);
    }
    for item in &found {
        importing.file(item)?;
    }
    importing.flush()?;
    importing.progress.finish_and_clear();
    let summary = importing.summary;
    if !backend.wait_indexed(&args.workspace)? {
        return Err(CommandError::new(
            Kind::Server,
            "the records are stored, but cannot all be read or searched yet: what reads them in is far behind",
        )
        .hint("`argus doctor` shows how far"));
    }
    show(&summary);
    Ok(())
}

fn progress(bytes: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes).with_style(style)
}

fn show(summary: &Summary) {
    let appended = summary.appended;
    output::line(&format!(
        "{}: {}, {} known, {} suppressed, {} skipped",
        output::counted(summary.files as u64, "file"),
        output::counted(appended.new as u64, "new record"),
        appended.known,
        appended.suppressed,
        summary.skipped.values().sum::<usize>(),
    ));
    for (why, count) in &summary.skipped {
        output::line(&format!("  skipped {count}: {}", output::one_line(why)));
    }
}
