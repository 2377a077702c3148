//! `argus account`: who can sign in, for whoever holds the data folder.

use argus_store::{Grant, Role, Store};

use super::DEFAULT_WORKSPACE;
use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{output, system};

/// Accounts.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Lists accounts and what they may do where.
    List,
    /// Prints a one-time link by which somebody sets a new password. The server has to run.
    Reset {
        /// The account's e-mail address.
        email: String,
    },
    /// Gives an account a role in a workspace.
    Grant {
        /// The account's e-mail address.
        email: String,
        /// owner, admin, reviewer, viewer, auditor or member.
        #[arg(long)]
        role: String,
        /// Project that the role is bound to; given several times: a list. Without: all projects.
        #[arg(long, value_name = "PROJECT")]
        project: Vec<String>,
        /// The workspace.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let data = &config.data.value;
    match command {
        Command::List => list(&Store::open_read_only(data, system::store_options())?),
        Command::Reset { email } => {
            let url = Backend::open_existing(data)?.reset_link(&email)?;
            output::line(&url);
            output::note("good for one use within a day, while this server runs");
            Ok(())
        }
        Command::Grant {
            email,
            role,
            project,
            workspace,
        } => {
            let Some(role) = Role::from_name(&role) else {
                return Err(
                    CommandError::new(Kind::Usage, format!("\"{role}\" is no role"))
                        .hint("roles are owner, admin, reviewer, viewer, auditor, member"),
                );
            };
            let grant = Grant {
                role,
                projects: (!project.is_empty()).then_some(project),
            };
            Backend::open_existing(data)?.put_member(&workspace, &email, &grant)?;
            output::line(&format!("{email} is {} of {workspace}", role.as_str()));
            Ok(())
        }
    }
}

fn list(store: &Store) -> Result<(), CommandError> {
    let accounts = store.accounts()?;
    if accounts.is_empty() {
        output::line("no accounts");
        output::note("`argus serve` prints a link by which the first one is made");
    }
    for account in accounts {
        let mut grants = Vec::new();
        for info in store.workspaces()? {
            let member = match store.workspace(&info.name)? {
                Some(workspace) => workspace.member(&account.id)?,
                None => None,
            };
            if let Some(member) = member {
                let within = member
                    .grant
                    .projects
                    .map_or_else(String::new, |projects| format!("({})", projects.join(",")));
                grants.push(format!(
                    "{} {}{within}",
                    info.name,
                    member.grant.role.as_str()
                ));
            }
        }
        let grants = if grants.is_empty() {
            "-".to_owned()
        } else {
            grants.join(", ")
        };
        let line = format!("{}  {}  {grants}", account.email, account.name);
        output::line(&output::visible(&line));
    }
    Ok(())
}
