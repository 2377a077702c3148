//! `argus workspace`: makes and lists workspaces.

use argus_store::{Store, WorkspaceMode};

use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::replay::format::time;
use crate::{output, system};

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
    },
    /// Lists workspaces.
    List,
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    match command {
        Command::Create { name, mode } => {
            let Some(mode) = WorkspaceMode::from_name(&mode) else {
                return Err(
                    CommandError::new(Kind::Usage, format!("\"{mode}\" is no mode"))
                        .hint("modes are privacy and retention-locked"),
                );
            };
            Backend::open(&config.data.value)?.create_workspace(&name, mode)?;
            output::line(&format!("workspace {name} ({})", mode.as_str()));
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
