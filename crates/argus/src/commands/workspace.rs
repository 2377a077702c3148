//! `argus workspace`: makes and lists workspaces.

use argus_store::{Grant, Role, Store, WorkspaceMode};

use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{output, system};
use argus_export::figures::time;

/// Makes and lists workspaces.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Makes a workspace.
    Create {
        /// Its name.
        name: String,
        /// privacy: sessions can be erased; retention-locked: nothing can be erased before its time. For good.
        #[arg(long)]
        mode: String,
        /// E-mail address of the account that is to own it.
        #[arg(long, value_name = "EMAIL")]
        owner: Option<String>,
    },
    /// Lists workspaces.
    List,
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    match command {
        Command::Create { name, mode, owner } => {
            let Some(mode) = WorkspaceMode::from_name(&mode) else {
                return Err(
                    CommandError::new(Kind::Usage, format!("\"{mode}\" is no mode"))
                        .hint("modes are privacy and retention-locked"),
                );
            };
            let mut backend = Backend::open(&config.data.value)?;
            backend.create_workspace(&name, mode)?;
            output::line(&format!("workspace {name} ({})", mode.as_str()));
            match owner {
                Some(email) => {
                    let grant = Grant {
                        role: Role::Owner,
                        projects: None,
                    };
                    backend.put_member(&name, &email, &grant)?;
                }
                None => output::note(&format!(
                    "nobody can open it in a browser: `argus account grant EMAIL --role owner --workspace {name}`"
                )),
            }
        }
        Command::List => {
            let store = Store::open_read_only(&config.data.value, system::store_options())?;
            for workspace in store.workspaces()? {
                output::line(&format!(
                    "{}  {}  {}",
                    workspace.name,
                    workspace.mode.as_str(),
                    time(workspace.created_at_us)
                ));
            }
        }
    }
    Ok(())
}
