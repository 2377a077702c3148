//! `argus erase`: a session's key, contents and projections; nothing of it is taken again.

use std::io::{IsTerminal, Write};

use super::DEFAULT_WORKSPACE;
use super::session::find;
use crate::backend::{self, Backend};
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::output;

/// Erases a session.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The session's id, or its beginning.
    session: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Workspace of the session.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let mut backend = Backend::open(&config.data.value)?;
    let id = {
        let workspace = match &backend {
            Backend::Own(store) => backend::required(store, &args.workspace)?,
            Backend::Server(_) => backend::reading(&config.data.value, &args.workspace)?,
        };
        find(&workspace, &args.session)?
    };
    if !args.yes {
        confirm(&id)?;
    }
    let erasure = backend.erase(&args.workspace, &id)?;
    output::line(&format!(
        "erased: the contents of {} records; their leaves stay, without content",
        erasure.records
    ));
    Ok(())
}

#[expect(
    clippy::print_stderr,
    reason = "a question to the person at the terminal"
)]
fn confirm(id: &str) -> Result<(), CommandError> {
    if !std::io::stdin().is_terminal() {
        return Err(CommandError::new(
            Kind::Usage,
            "erasing asks first, and there is nobody to ask",
        )
        .hint("add --yes"));
    }
    eprint!("Erase session {id} for good? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case("y") {
        Ok(())
    } else {
        Err(CommandError::user("nothing was erased"))
    }
}
