//! `argus key`: keys to deliver and to read.

use argus_store::KeyScope;

use super::{DEFAULT_WORKSPACE, UNASSIGNED};
use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::output;
use argus_export::figures::time;

/// Makes, lists and revokes keys.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Makes a key and prints it, once.
    Create {
        /// ingest, read, or download (of the capture plugin, as part of its address).
        #[arg(long, default_value = "ingest")]
        scope: String,
        /// Project that the key is bound to; given several times: a closed list, of which the working folder picks one. An
        /// ingest key without: unassigned.
        #[arg(long, value_name = "PROJECT")]
        project: Vec<String>,
        /// Workspace that the key is bound to.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Lists keys.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
        /// Workspace to list.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Revokes a key, at once.
    Revoke {
        /// The key's id.
        id: String,
        /// Workspace of the key.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let data = &config.data.value;
    let mut backend = match &command {
        Command::Create { .. } => Backend::open(data)?,
        Command::List { .. } | Command::Revoke { .. } => Backend::open_existing(data)?,
    };
    match command {
        Command::Create {
            scope,
            mut project,
            workspace,
        } => {
            let Some(scope) = KeyScope::from_name(&scope) else {
                return Err(
                    CommandError::new(Kind::Usage, format!("\"{scope}\" is no scope"))
                        .hint("scopes are ingest, read and download"),
                );
            };
            if scope == KeyScope::Ingest && project.is_empty() {
                project.push(UNASSIGNED.to_owned());
            }
            let key = backend.create_key(&workspace, scope, &project)?;
            output::line(&key.token);
            output::note(&format!(
                "{}: this is the only time the key is shown",
                key.id
            ));
        }
        Command::List { json, workspace } => {
            let keys = backend.keys(&workspace)?;
            if keys.is_empty() && !json {
                output::line("no keys");
            }
            for key in keys {
                if json {
                    output::line(&serde_json::to_string(&key).unwrap_or_default());
                    continue;
                }
                let state = key.revoked_at_us.map_or_else(
                    || "in force".to_owned(),
                    |at| format!("revoked {}", time(at)),
                );
                output::line(&format!(
                    "{}  {:8}  {}  {}  {state}",
                    key.id,
                    key.scope.as_str(),
                    time(key.created_at_us),
                    if key.projects.is_empty() {
                        "-".to_owned()
                    } else {
                        key.projects.join(",")
                    },
                ));
            }
        }
        Command::Revoke { id, workspace } => {
            let was_in_force = backend.revoke_key(&workspace, &id)?;
            output::line(if was_in_force {
                "revoked"
            } else {
                "it was revoked before"
            });
        }
    }
    Ok(())
}
