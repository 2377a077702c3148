//! `argus inference-hook`: secrets by which calls of Anthropic's inference hooks are known.

use super::DEFAULT_WORKSPACE;
use crate::backend::Backend;
use crate::config::Config;
use crate::error::CommandError;
use crate::output;
use crate::replay::format::time;

/// Makes, lists and revokes secrets for Anthropic's inference hooks.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Makes a secret and prints it, once: enter it, and the address of this server, where the hook is configured.
    Secret {
        /// Project that the calls belong to.
        #[arg(long, value_name = "PROJECT")]
        project: String,
        /// Workspace that the calls are stored in.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Lists secrets.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
        /// Workspace to list.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Revokes a secret, at once.
    Revoke {
        /// The secret's id.
        id: String,
        /// Workspace of the secret.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let data = &config.data.value;
    let mut backend = match &command {
        Command::Secret { .. } => Backend::open(data)?,
        Command::List { .. } | Command::Revoke { .. } => Backend::open_existing(data)?,
    };
    match command {
        Command::Secret { project, workspace } => {
            let new = backend.create_hook_secret(&workspace, &project)?;
            output::line(&new.secret);
            output::note(&format!(
                "{}: this is the only time the secret is shown; the hook's address is https://NAME/v1/inference-hook/{workspace}",
                new.id
            ));
        }
        Command::List { json, workspace } => {
            let secrets = backend.hook_secrets(&workspace)?;
            if secrets.is_empty() && !json {
                output::line("no secrets");
            }
            for secret in secrets {
                if json {
                    output::line(&serde_json::to_string(&secret).unwrap_or_default());
                    continue;
                }
                let state = secret.revoked_at_us.map_or_else(
                    || "in force".to_owned(),
                    |at| format!("revoked {}", time(at)),
                );
                output::line(&format!(
                    "{}  {}  {}  {state}",
                    secret.id,
                    time(secret.created_at_us),
                    secret.project,
                ));
            }
        }
        Command::Revoke { id, workspace } => {
            let was_in_force = backend.revoke_hook_secret(&workspace, &id)?;
            output::line(if was_in_force {
                "revoked"
            } else {
                "it was revoked before"
            });
        }
    }
    Ok(())
}
