//! The commands and their flags.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::{
    account, capture_policy, config, demo, doctor, erase, export, import, inference_hook, key,
    plugin, rebuild, redact, report, search, serve, session, sessions, workspace,
};
use crate::config::{Config, Flags, load};
use crate::error::CommandError;
use crate::system;

/// Review, versioning and evidence over what Claude Code and Cowork do.
#[derive(Debug, Parser)]
#[command(
    name = "argus",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 not possible as asked, 2 wrong usage, 3 wrong configuration, 4 the machine or the server failed, 5 the store is damaged."
)]
struct Cli {
    /// Configuration file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Data folder.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What to log: error, warn, info, debug.
    #[arg(long, global = true, value_name = "LEVEL")]
    log: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server: OTLP and envelopes in, the web UI and the API out, on one port.
    Serve(serve::Args),
    /// Imports transcripts and recordings.
    Import(import::Args),
    /// Lists sessions.
    Sessions(sessions::Args),
    /// Looks for words in what was captured.
    Search(search::Args),
    /// Shows a session.
    #[command(subcommand)]
    Session(session::Command),
    /// Writes sessions as files: a replay, JSON, tables, Markdown.
    Export(export::Args),
    /// Writes a report on a project and a period: what was used, what was reviewed.
    Report(report::Args),
    /// Makes, lists and revokes keys.
    #[command(subcommand)]
    Key(key::Command),
    /// Keeps, lists and revokes signing secrets of Anthropic's inference hooks.
    #[command(subcommand)]
    InferenceHook(inference_hook::Command),
    /// Makes and lists workspaces.
    #[command(subcommand)]
    Workspace(workspace::Command),
    /// Lists who can sign in, lets somebody set a new password, gives a role.
    #[command(subcommand)]
    Account(account::Command),
    /// Shows and sets what becomes of a session that its person makes private.
    #[command(subcommand)]
    CapturePolicy(capture_policy::Command),
    /// Writes the capture plugin for this server, ready to be installed, as a marketplace folder.
    Plugin(plugin::Args),
    /// Erases a session: its key, contents and projections; nothing of it is taken again.
    Erase(erase::Args),
    /// Makes the projections anew from the records.
    Rebuild(rebuild::Args),
    /// Checks the data folder, the ledger and the port.
    Doctor(doctor::Args),
    /// Loads recorded sessions into a temporary folder and serves them.
    Demo(demo::Args),
    /// Replaces secrets in text from stdin, and in stored records.
    Redact(redact::Args),
    /// Shows the configuration and where each value is from.
    #[command(subcommand)]
    Config(config::Command),
}

/// Reads the command line and runs the command.
pub(crate) fn run() -> Result<(), CommandError> {
    // Clap prints its own errors, with exit code 2.
    let arguments: Vec<OsString> = system::arguments().into_iter().collect();
    let has_words = arguments
        .iter()
        .any(|word| word == "search" || word == "sessions");
    let cli = Cli::parse_from(arguments.into_iter().map(|word| marked(word, has_words)));
    let mut flags = Flags {
        config: cli.config,
        data: cli.data,
        log: cli.log,
        ..Flags::default()
    };
    if let Command::Serve(args) = &cli.command {
        args.tell(&mut flags);
    }
    let config = load(flags)?;
    match cli.command {
        Command::Serve(_) => serve::run(&config),
        Command::Import(args) => import::run(&config, &args),
        Command::Sessions(args) => sessions::run(&config, &args),
        Command::Search(args) => search::run(&config, &args),
        Command::Session(command) => session::run(&config, command),
        Command::Export(args) => export::run(&config, &args),
        Command::Report(args) => report::run(&config, &args),
        Command::Key(command) => key::run(&config, command),
        Command::InferenceHook(command) => inference_hook::run(&config, command),
        Command::Workspace(command) => workspace::run(&config, command),
        Command::Account(command) => account::run(&config, command),
        Command::CapturePolicy(command) => capture_policy::run(&config, command),
        Command::Plugin(args) => plugin::run(&config, &args),
        Command::Erase(args) => erase::run(&config, &args),
        Command::Rebuild(args) => rebuild::run(&config, &args),
        Command::Doctor(args) => doctor::run(&config, &args),
        Command::Demo(args) => demo::run(&config, &args),
        Command::Redact(args) => redact::run(&config, &args),
        Command::Config(command) => config::run(&config, &command),
    }
}

/// Stands before a filter's term that begins with `-`, which the command line would take for an option. No argument can
/// hold it.
const MARK: char = '\0';

/// A word of the command line, marked if it is a negated term of a filter: `-`, a key, and `:` or a comparison. Of a command
/// that takes words to look for (`has_words`), if it is one that must not be there: `-`, and more than the letter of an option.
fn marked(word: OsString, has_words: bool) -> OsString {
    let is_term = word.to_str().is_some_and(|word| {
        word.strip_prefix('-').is_some_and(|term| {
            let key = term.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let is_term = key.len() < term.len() && key.starts_with([':', '<', '>']);
            is_term || has_words && !term.starts_with('-') && term.chars().count() > 1
        })
    });
    if is_term {
        let mut marked = OsString::from(MARK.to_string());
        marked.push(word);
        marked
    } else {
        word
    }
}

/// A word as it was given.
pub(crate) fn unmarked(word: &str) -> &str {
    word.strip_prefix(MARK).unwrap_or(word)
}

/// Starts logging to stderr: one JSON object a line for the server. Nothing captured is ever logged.
pub(crate) fn start_logging(config: &Config) -> Result<(), CommandError> {
    use crate::error::Kind;
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log.value).map_err(|_| {
        CommandError::new(
            Kind::Config,
            format!(
                "\"{}\" (from {}) is no log level",
                config.log.value, config.log.origin
            ),
        )
    })?;
    // A second start in one process would be refused; there is none.
    let _ = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Where the log cannot be written, that cannot be logged; saying so on stderr would fail as well, and panic.
        .log_internal_errors(false)
        .try_init();
    Ok(())
}
