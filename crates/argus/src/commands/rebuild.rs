//! `argus rebuild`: the projections, made anew from the records.

use super::DEFAULT_WORKSPACE;
use crate::backend::Backend;
use crate::config::Config;
use crate::error::CommandError;
use crate::output;

/// Makes the projections anew from the records.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Workspace to rebuild.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let report = Backend::open_existing(&config.data.value)?.rebuild(&args.workspace)?;
    output::line(&format!(
        "rebuilt: {}",
        output::counted(report.sessions, "session")
    ));
    Ok(())
}
