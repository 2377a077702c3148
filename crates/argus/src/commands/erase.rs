//! `argus erase`: a session's key, contents and projections, or what a machine said of itself; nothing of it is taken again.

use std::io::{IsTerminal, Write};

use super::DEFAULT_WORKSPACE;
use super::session::find;
use crate::backend::{self, Backend};
use crate::config::Config;
use crate::error::CommandError;
use crate::output;

/// Erases a session, or what a machine said of itself.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The session's id, or its beginning.
    #[arg(required_unless_present = "device")]
    session: Option<String>,
    /// Erases a machine's inventory and the files of its skills, by its id: 32 hex digits. Its sessions stay.
    #[arg(long, value_name = "ID", conflicts_with = "session")]
    device: Option<String>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Workspace of the session or machine.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let mut backend = Backend::open_existing(&config.data.value)?;
    let id = match (&args.session, &args.device) {
        (_, Some(device)) => of_machine(device)?,
        (session, None) => {
            let session = session.as_deref().unwrap_or_default();
            of_session(config, &backend, &args.workspace, session)?
        }
    };
    // A script has said what it wants.
    let what = match &args.device {
        Some(device) => format!("what machine {} said of itself", output::one_line(device)),
        None => format!("session {}", output::one_line(&id)),
    };
    if !args.yes && std::io::stdin().is_terminal() {
        confirm(&what)?;
    }
    let erasure = backend.erase(&args.workspace, &id)?;
    output::line(&format!(
        "erased: the contents of {}; leaves stay, without content; nothing of {} is taken from now on",
        output::counted(erasure.records, "record"),
        if args.device.is_some() {
            "it"
        } else {
            "the session"
        }
    ));
    Ok(())
}

fn of_session(
    config: &Config,
    backend: &Backend,
    workspace: &str,
    session: &str,
) -> Result<String, CommandError> {
    let workspace = match backend {
        Backend::Own(store) => backend::required(store, workspace)?,
        Backend::Server(_) => backend::reading(&config.data.value, workspace)?,
    };
    match find(&workspace, session) {
        // Nothing of it is stored, or an erasure was cut off: from now on nothing of it is taken.
        Err(_) if is_whole_id(session) => Ok(session.to_owned()),
        found => found,
    }
}

/// The id under which a machine's own items are kept.
fn of_machine(device: &str) -> Result<String, CommandError> {
    argus_store::device_id(device)
        .map(|id| argus_session::machine::id_of(&id))
        .ok_or_else(|| {
            CommandError::user(format!("\"{device}\" is no machine's id"))
                .hint("it has 32 hex digits: the coverage page and `argus-capture status` show it")
        })
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
fn confirm(what: &str) -> Result<(), CommandError> {
    eprint!("Erase {what} for good? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case("y") {
        Ok(())
    } else {
        Err(CommandError::user("nothing was erased"))
    }
}
