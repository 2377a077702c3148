//! Stored records under the rules in force.

use argus_store::RescanReport;

use crate::backend::Backend;
use crate::commands::DEFAULT_WORKSPACE;
use crate::config::Config;
use crate::error::CommandError;
use crate::output;

/// Looks through stored records that stand under older rules than those in force. Records in which something is found are
/// superseded by redacted ones, and what they held is destroyed; their leaves stay. Can be run again at any time.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Workspace to look through.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
    /// What was done, as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let report = Backend::open_existing(&config.data.value)?.rescan(&args.workspace)?;
    if args.json {
        output::json(&report, false);
    } else {
        show(&report);
    }
    Ok(())
}

fn show(report: &RescanReport) {
    output::line(&format!(
        "looked through  {}",
        output::counted(report.records_seen, "record")
    ));
    output::line(&format!(
        "superseded      {}{}",
        output::counted(report.superseded, "record"),
        if report.superseded > 0 {
            ": what they held is destroyed"
        } else {
            ""
        }
    ));
    for (kind, count) in &report.replaced_by_kind {
        output::line(&format!("replaced        {count} {kind}"));
    }
    if report.texts_replaced > 0 {
        output::line(&format!(
            "typed           {}: what people typed is replaced too",
            output::counted(report.texts_replaced, "text")
        ));
    }
    if report.texts_failed > 0 {
        output::line(&format!(
            "not possible    {}: they stay as they are",
            output::counted(report.texts_failed, "typed text")
        ));
    }
    if report.failures > 0 {
        output::line(&format!(
            "not possible    {}: damaged, or beyond a limit; they stay as they are, under older rules",
            output::counted(report.failures, "record")
        ));
    }
    let others = report.records_behind.saturating_sub(report.failures);
    if others > 0 {
        output::line(&format!(
            "left            {}: they came meanwhile; run this again",
            output::counted(others, "record")
        ));
    }
}
