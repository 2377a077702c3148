//! `argus inference-hook`: the secrets by which calls of Anthropic's inference hooks are known.

use std::io::Read as _;

use super::DEFAULT_WORKSPACE;
use crate::backend::Backend;
use crate::config::Config;
use crate::error::CommandError;
use crate::output;
use argus_export::figures::time;

/// Keeps, lists and revokes signing secrets of Anthropic's inference hooks.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Keeps the signing secret of a hook, by which its calls are known.
    ///
    /// Anthropic makes the secret when the hook's endpoint is saved: give it with --stdin. Without, one is made and printed, once,
    /// for what else calls as Anthropic does.
    Secret {
        /// Reads the secret that Anthropic shows from stdin.
        #[arg(long)]
        stdin: bool,
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

/// Longest secret that is read, in bytes.
const SECRET_BYTES_MAX: u64 = 1_024;

fn read_secret() -> Result<String, CommandError> {
    let mut secret = String::new();
    std::io::stdin()
        .take(SECRET_BYTES_MAX)
        .read_to_string(&mut secret)?;
    Ok(secret)
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let data = &config.data.value;
    let mut backend = match &command {
        Command::Secret { .. } => Backend::open(data)?,
        Command::List { .. } | Command::Revoke { .. } => Backend::open_existing(data)?,
    };
    match command {
        Command::Secret {
            stdin,
            project,
            workspace,
        } => {
            let given = stdin.then(read_secret).transpose()?;
            let new = backend.create_hook_secret(&workspace, &project, given.as_deref())?;
            if given.is_some() {
                output::line(&new.id);
            } else {
                output::line(&new.secret);
                output::note(&format!(
                    "{}: this is the only time the secret is shown",
                    new.id
                ));
            }
            output::note(&format!(
                "the hook's address is https://NAME/v1/inference-hook/{workspace}, with the name of this server"
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
