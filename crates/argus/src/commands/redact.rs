//! `argus redact`: what the redaction does, on stdin and stdout; `argus redact rescan`: on what is stored.

mod filter;
mod rescan;

use crate::config::Config;
use crate::error::CommandError;

/// Replaces secrets in text from stdin. Without a workspace the fingerprints in placeholders are made with a public key.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: filter::FilterArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Looks through stored records that stand under older rules, and destroys what the rules in force find.
    Rescan(rescan::Args),
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    match &args.command {
        None => filter::run(&args.filter),
        Some(Command::Rescan(args)) => rescan::run(config, args),
    }
}
