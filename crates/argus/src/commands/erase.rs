//! `argus erase`: a session's key, contents and projections; nothing of it is taken again.

use std::io::{IsTerminal, Write};

use super::DEFAULT_WORKSPACE;
use super::session::find;
use crate::backend::{self, Backend};
use crate::config::Config;
use crate::error::CommandError;
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
    let mut backend = Backend::open_existing(&config.data.value)?;
    let id = {
        let workspace = match &backend {
            Backend::Own(store) => backend::required(store, &args.workspace)?,
            Backend::Server(_) => backend::reading(&config.data.value, &args.workspace)?,
        };
        match find(&workspace, &args.session) {
            // Nothing of it is stored, or an erasure was cut off: from now on nothing of it is taken.
            Err(_) if is_whole_id(&args.session) => args.session.clone(),
            found => found?,
        }
    };
    // A script has said what it wants.
    if !args.yes && std::io::stdin().is_terminal() {
        confirm(&id)?;
    }
    let erasure = backend.erase(&args.workspace, &id)?;
    output::line(&format!(
        "erased: the contents of {}; leaves stay, without content; nothing of the session is taken from now on",
        output::counted(erasure.records, "record")
    ));
    Ok(())
}

/// True for a UUID in its canonical form, which is what every client's session ids are: no beginning of another one.
fn is_whole_id(id: &str) -> bool {
    id.len() == 36
        && id.char_indices().all(|(place, c)| {
            if [8, 13, 18, 23].contains(&place) {
                c == '-'
            } else {
                c.is_ascii_hexdigit()
            }
        })
}

#[expect(
    clippy::print_stderr,
    reason = "a question to the person at the terminal"
)]
fn confirm(id: &str) -> Result<(), CommandError> {
    eprint!("Erase session {} for good? [y/N] ", output::one_line(id));
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case("y") {
        Ok(())
    } else {
        Err(CommandError::user("nothing was erased"))
    }
}
