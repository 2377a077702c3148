//! `argus`: captures, merges and shows Claude Code and Cowork sessions.

mod backend;
mod cli;
mod commands;
mod config;
mod error;
mod import;
mod output;
mod replay;
mod system;

use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = cli::run();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::from(error.kind.exit_code())
        }
    }
}
