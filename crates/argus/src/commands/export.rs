//! `argus export`: sessions as files.

pub(crate) mod files;

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use argus_export::{Export, ExportError, Format, Said, Table, View, Which, file_name, read_said};
use argus_session::Clock as _;
use argus_store::{ReadScope, ReviewReader, SessionQuery, Sort, Workspace};
use files::{Noting, Unfinished, refuse_to_overwrite};
use indicatif::ProgressBar;

use super::{DEFAULT_WORKSPACE, filter, session};
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{backend, output, system};

/// Writes sessions as files. What is exported leaves what Argus erases and holds: who exported which sessions is noted.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// html (a replay in one file), jsonl (documents), csv (a table), md (Markdown).
    #[arg(long, value_name = "FORMAT")]
    format: String,
    /// One session: its id, or its beginning.
    #[arg(long, value_name = "ID")]
    session: Option<String>,
    /// Sessions that fit this filter, such as "project:acme from:2026-11-01"; without it and --session, all.
    #[arg(long, conflicts_with = "session", value_name = "FILTER")]
    query: Option<String>,
    /// Of csv: sessions, turns, steps, verdicts or scores; without it, sessions.
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    /// File to write, or - for stdout; of several sessions as html or md a folder, with a file a session.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Writes over what is there.
    #[arg(long)]
    overwrite: bool,
    /// Without what tools gave back.
    #[arg(long)]
    no_outputs: bool,
    /// Without what the model thought.
    #[arg(long)]
    no_thinking: bool,
    /// Workspace to export from.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let format = Format::from_name(&args.format).ok_or_else(|| {
        CommandError::new(Kind::Usage, format!("\"{}\" is no format", args.format))
            .hint("formats are html, jsonl, csv, md")
    })?;
    if args.table.is_some() && format != Format::Csv {
        return Err(CommandError::new(
            Kind::Usage,
            format!("--table is of csv: {} is whole sessions", args.format),
        ));
    }
    let table = args.table.as_deref().unwrap_or("sessions");
    let table = Table::from_name(table).ok_or_else(|| {
        CommandError::new(Kind::Usage, format!("\"{table}\" is no table"))
            .hint("tables are sessions, turns, steps, verdicts, scores")
    })?;
    let data = &config.data.value;
    let workspace = backend::reading(data, &args.workspace)?;
    let which = which(&workspace, args)?;
    let target = Target::new(args, format, &which)?;
    let view = View {
        tool_outputs: !args.no_outputs,
        thinking: !args.no_thinking,
        text_bytes_max: format.text_bytes_max(),
        ..View::all()
    };
    let names = backend::account_names(data)?;
    let said = |id: &str| -> Result<Said, ExportError> {
        read_said(
            &workspace,
            id,
            &ReadScope::all(),
            &ReviewReader::nobody(),
            None,
            &|account| names.get(account).cloned(),
        )
    };
    let began_at_us = system::SystemClock.now_us();
    let export = Export {
        workspace: &workspace,
        format,
        table,
        view: &view,
        made_at_us: began_at_us,
        said: &said,
    };
    let of_table = (format == Format::Csv).then(|| table.as_str());
    let mut note = Noting::new(
        data,
        &args.workspace,
        format.as_str(),
        of_table,
        began_at_us,
    );
    let progress = progress();
    let written = target.write(&export, &which, &mut note, &progress);
    progress.finish_and_clear();
    let count = written?;
    if args.out.as_os_str() != "-" {
        output::line(&format!(
            "{} to {}",
            output::counted(count, "session"),
            args.out.display()
        ));
    }
    Ok(())
}

fn which(workspace: &Workspace, args: &Args) -> Result<Which, CommandError> {
    if let Some(id) = &args.session {
        return Ok(Which::Session(session::find(workspace, id)?));
    }
    let text = args.query.as_deref().unwrap_or_default();
    let filter = filter::parsed(text, "filter")?;
    Ok(Which::Query(Box::new(SessionQuery {
        filter,
        sort: Sort::Started,
        scope: ReadScope::all(),
        reader: ReviewReader::nobody(),
        ..SessionQuery::default()
    })))
}

/// Where it goes.
enum Target {
    Stdout,
    File { path: PathBuf, overwrite: bool },
    Folder { path: PathBuf, overwrite: bool },
}

impl Target {
    fn new(args: &Args, format: Format, which: &Which) -> Result<Self, CommandError> {
        let (path, overwrite) = (args.out.clone(), args.overwrite);
        let is_several = format.is_file_each() && matches!(which, Which::Query(_));
        if path.as_os_str() == "-" {
            if is_several {
                return Err(CommandError::new(
                    Kind::Usage,
                    "several sessions as html or md are a file each: name a folder with --out",
                ));
            }
            return Ok(Self::Stdout);
        }
        let there = |what: &str| {
            CommandError::user(format!("{} {what}", path.display()))
                .hint("--overwrite writes over what is there")
        };
        if is_several {
            let is_used = match fs::read_dir(&path) {
                Ok(mut entries) => entries.next().is_some(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => false,
                Err(error) => {
                    return Err(CommandError::user(format!(
                        "{} is no folder that can be read: {error}",
                        path.display()
                    )));
                }
            };
            if is_used && !overwrite {
                return Err(there("is a folder with files in it"));
            }
            return Ok(Self::Folder { path, overwrite });
        }
        refuse_to_overwrite(&path, overwrite)?;
        Ok(Self::File { path, overwrite })
    }

    fn write(
        &self,
        export: &Export<'_>,
        which: &Which,
        note: &mut Noting<'_>,
        progress: &ProgressBar,
    ) -> Result<u64, CommandError> {
        let count = match self {
            Self::Stdout => {
                let mut out = BufWriter::new(io::stdout().lock());
                let count = stream(&mut out, export, which, note, progress);
                // A reader that went away (`| head`) has what it wanted.
                match count {
                    Err(ExportError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                        return Ok(0);
                    }
                    count => {
                        out.flush()?;
                        count
                    }
                }
            }
            Self::File { path, overwrite } => {
                let mut file = Unfinished::new(path)?;
                let count = stream(&mut file.out, export, which, note, progress);
                if matches!(count, Ok(0)) {
                    return Err(none());
                }
                count.and_then(|count| Ok(file.finish(path, *overwrite).map(|()| count)?))
            }
            Self::Folder { path, overwrite } => {
                let mut count = 0;
                export
                    .pages(which, &mut |ids| {
                        fs::create_dir_all(path)?;
                        note.note(ids)?;
                        for id in ids {
                            let name = path.join(file_name(id, export.format));
                            let mut file = Unfinished::new(&name)?;
                            if export.session(&mut file.out, id)? {
                                file.finish(&name, *overwrite)?;
                                count += 1;
                                progress.set_message(output::counted(count, "session"));
                            }
                        }
                        Ok(())
                    })
                    .map(|()| count)
            }
        };
        match count {
            Ok(0) => Err(none()),
            Ok(count) => Ok(count),
            Err(ExportError::Store(error)) => Err(error.into()),
            Err(error) => Err(CommandError::new(Kind::Server, error.to_string())),
        }
    }
}

fn none() -> CommandError {
    CommandError::user("no session fits: nothing was written")
        .hint("`argus sessions FILTER` lists what a filter finds")
}

/// All sessions into one stream.
fn stream(
    out: &mut dyn Write,
    export: &Export<'_>,
    which: &Which,
    note: &mut Noting<'_>,
    progress: &ProgressBar,
) -> Result<u64, ExportError> {
    let mut count = 0;
    export.begin(out)?;
    export.pages(which, &mut |ids| {
        note.note(ids)?;
        for id in ids {
            count += u64::from(export.session(out, id)?);
            progress.set_message(output::counted(count, "session"));
        }
        Ok(())
    })?;
    Ok(count)
}

fn progress() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
