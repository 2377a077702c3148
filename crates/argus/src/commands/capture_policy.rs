//! `argus capture-policy`: what becomes of a session that its person makes private.

use argus_store::{CaptureRule, OptOut};

use super::DEFAULT_WORKSPACE;
use crate::backend::{self, Backend};
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::output;
use argus_export::figures::time;

/// Shows and sets what becomes of a session that its person makes private.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Shows the rules.
    Show {
        /// The rules as JSON.
        #[arg(long)]
        json: bool,
        /// Workspace whose rules are shown.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Sets the rule of a workspace, or of one of its projects. Sessions that are private already stay so.
    Set {
        /// allowed: such a session is erased; content-off: its content goes, its structure stays; forbidden: nothing.
        #[arg(long, value_name = "RULE")]
        opt_out: String,
        /// What the person is told: plain text.
        #[arg(long, value_name = "TEXT")]
        notice: Option<String>,
        /// Project whose rule is set; without: of every project that has none of its own.
        #[arg(long, value_name = "PROJECT")]
        project: Option<String>,
        /// Workspace whose rule is set.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
    /// Takes a project's own rule away: the workspace's holds for it again.
    Unset {
        /// The project.
        #[arg(long, value_name = "PROJECT")]
        project: String,
        /// Workspace of the project.
        #[arg(long, default_value = DEFAULT_WORKSPACE)]
        workspace: String,
    },
}

pub(crate) fn run(config: &Config, command: Command) -> Result<(), CommandError> {
    let data = &config.data.value;
    match command {
        Command::Show { json, workspace } => {
            let held = backend::reading(data, &workspace)?.capture_policy()?;
            if json {
                output::json(&held, false);
                return Ok(());
            }
            line("every project", &held.policy.workspace);
            for (project, rule) in &held.policy.projects {
                line(project, rule);
            }
            if let Some(at) = held.changed_at_us {
                let by = held.by.map_or_else(String::new, |by| by.id);
                output::line(&format!(
                    "changed {} by {}",
                    time(at),
                    output::one_line(&by)
                ));
            }
        }
        Command::Set {
            opt_out,
            notice,
            project,
            workspace,
        } => {
            let Some(opt_out) = OptOut::from_name(&opt_out.replace('-', "_")) else {
                return Err(
                    CommandError::new(Kind::Usage, format!("\"{opt_out}\" is no rule"))
                        .hint("rules are allowed, content-off and forbidden"),
                );
            };
            let rule = CaptureRule { opt_out, notice };
            Backend::open_existing(data)?.set_capture_rule(
                &workspace,
                project.as_deref(),
                Some(rule),
            )?;
            output::line("set");
        }
        Command::Unset { project, workspace } => {
            Backend::open_existing(data)?.set_capture_rule(&workspace, Some(&project), None)?;
            output::line("unset");
        }
    }
    Ok(())
}

fn line(of: &str, rule: &CaptureRule) {
    let name = rule.opt_out.as_str().replace('_', "-");
    let notice = rule.notice.as_deref().map(output::one_line);
    output::line(format!("{of:20}  {name:11}  {}", notice.unwrap_or_default()).trim_end());
}
