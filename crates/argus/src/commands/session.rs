//! `argus session show`: one session, as a replay or as JSON.

use argus_store::Workspace;

use super::DEFAULT_WORKSPACE;
use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::replay::{self, View};
use crate::{backend, output};

/// Shows a session.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Shows a session turn by turn.
    Show(Show),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The session's id, or its beginning.
    id: String,
    /// The whole document as JSON.
    #[arg(long)]
    json: bool,
    /// Long texts in full.
    #[arg(long)]
    full: bool,
    /// Workspace to look in.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let Command::Show(args) = command;
    let workspace = backend::reading(&config.data.value, &args.workspace)?;
    let id = find(&workspace, &args.id)?;
    let document = workspace.document(&id, usize::MAX)?.ok_or_else(|| {
        CommandError::new(Kind::Server, "the session went while it was being read")
    })?;
    // Who looked is part of the record, where it can be written: another process may hold the store, or the folder be read-only.
    if let Err(error) = Backend::open_existing(&config.data.value)
        .and_then(|mut backend| backend.view(&args.workspace, &id))
    {
        tracing::debug!(?error, "this view could not be noted");
    }
    if args.json {
        output::json(&document, true);
    } else {
        let view = View {
            colour: output::has_colour(),
            columns: output::columns(),
            full: args.full,
        };
        output::page(&replay::render(&document, &view));
    }
    Ok(())
}

/// The session that an id, or its beginning, means.
pub(crate) fn find(workspace: &Workspace, id: &str) -> Result<String, CommandError> {
    if workspace.session(id)?.is_some() {
        return Ok(id.to_owned());
    }
    let mut found = workspace.sessions_by_prefix(id)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(CommandError::user(format!("no session \"{id}\""))
            .hint("`argus sessions` lists those there are")),
        _ => Err(
            CommandError::user(format!("more than one session begins with \"{id}\""))
                .hint("give more of the id"),
        ),
    }
}
