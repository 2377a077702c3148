//! `argus report`: a report on a project and a period, as a page that is made for print.

use std::io::{self, Write};
use std::path::PathBuf;

use argus_export::ExportError;
use argus_export::report::{self, ReportQuery, time_of};
use argus_session::Clock as _;
use argus_session::filter::Key;
use argus_store::{EXPORTED_SESSIONS_MAX, ReadScope, ReviewReader, Workspace};

use super::DEFAULT_WORKSPACE;
use super::export::files::{Noting, Unfinished, refuse_to_overwrite};
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{backend, output, system};

/// Writes a report on a project and a period: what was used, what of it was reviewed, what came of it. A browser prints it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The project [default: all of them].
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// First day, such as 2026-11-01, or a time; UTC.
    #[arg(long, value_name = "DAY")]
    from: String,
    /// First day that is no part of it.
    #[arg(long, value_name = "DAY")]
    to: String,
    /// File to write, or - for stdout.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// JSON instead of a page.
    #[arg(long)]
    json: bool,
    /// Address of the server, for links to sample turns, such as <https://argus.example.com>.
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Writes over what is there.
    #[arg(long)]
    overwrite: bool,
    /// Workspace of the project.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let time = |name: &str, text: &str| {
        time_of(text).ok_or_else(|| {
            CommandError::new(
                Kind::Usage,
                format!("--{name} \"{text}\" is no day and no time"),
            )
            .hint("a day is written as 2026-11-01")
        })
    };
    let (from_us, to_us) = (time("from", &args.from)?, time("to", &args.to)?);
    if from_us >= to_us {
        return Err(CommandError::new(
            Kind::Usage,
            "the period ends before it begins: --to is the first day that is no part of it",
        ));
    }
    let link = args.link.as_deref().map(|link| link.trim_end_matches('/'));
    if link.is_some_and(|link| !link.starts_with("https://") && !link.starts_with("http://")) {
        return Err(CommandError::new(
            Kind::Usage,
            "--link is no address of a server: it begins with https:// or http://",
        ));
    }
    let is_stdout = args.out.as_os_str() == "-";
    if !is_stdout {
        refuse_to_overwrite(&args.out, args.overwrite)?;
    }
    let data = &config.data.value;
    let workspace = backend::reading(data, &args.workspace)?;
    if let Some(project) = &args.project {
        check_is_known(&workspace, project)?;
    }
    let names = backend::account_names(data)?;
    let made_at_us = system::SystemClock.now_us();
    let mut note = Noting::new(data, &args.workspace, "report", None, made_at_us);
    let query = ReportQuery {
        project: args.project.clone(),
        from_us,
        to_us,
        scope: ReadScope::all(),
        reader: ReviewReader::nobody(),
    };
    let name_of = |account: &str| names.get(account).cloned();
    let report = report::gather(&workspace, &query, made_at_us, &name_of, &mut |ids| {
        // An act names so many sessions at most.
        ids.chunks(EXPORTED_SESSIONS_MAX)
            .try_for_each(|ids| note.note(ids))
    })
    .map_err(failed)?;
    let write = |out: &mut dyn Write| -> Result<(), ExportError> {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            return Ok(writeln!(out)?);
        }
        report::write_report(out, &report, link)
    };
    if is_stdout {
        return write(&mut io::stdout().lock()).map_err(failed);
    }
    let mut file = Unfinished::new(&args.out)?;
    write(&mut file.out).map_err(failed)?;
    file.finish(&args.out, args.overwrite)?;
    output::line(&format!(
        "{} in the report, {}",
        output::counted(report.used.sessions, "session"),
        args.out.display()
    ));
    Ok(())
}

/// Projects that are named where none is.
const PROJECTS_NAMED_MAX: usize = 10;

/// # Errors
/// The user's, when no session was ever seen in the project: a report on it would look like one on a project that is idle.
fn check_is_known(workspace: &Workspace, project: &str) -> Result<(), CommandError> {
    let named = |text: &str| workspace.names(Key::Project, text, usize::MAX, &ReadScope::all());
    if named(project)?.iter().any(|known| known.name == project) {
        return Ok(());
    }
    let all: Vec<String> = named("")?
        .into_iter()
        .take(PROJECTS_NAMED_MAX)
        .map(|known| output::one_line(&known.name))
        .collect();
    let error = CommandError::user(format!(
        "no session was seen in a project {}",
        output::one_line(project)
    ));
    Err(if all.is_empty() {
        error
    } else {
        error.hint(format!("projects are {}", all.join(", ")))
    })
}

fn failed(error: ExportError) -> CommandError {
    match error {
        ExportError::Store(error) => error.into(),
        error => CommandError::new(Kind::Server, error.to_string()),
    }
}
