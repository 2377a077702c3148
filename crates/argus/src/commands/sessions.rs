//! `argus sessions`: the list.

use argus_session::Session;
use argus_store::{ReadScope, ReviewReader, SessionQuery, Sort};

use super::{DEFAULT_WORKSPACE, filter};
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{backend, cli, output};
use argus_export::figures::{duration, money, time};

/// Lists sessions, the newest first.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Filter, such as tool:Bash error:yes started>=2026-11-01.
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Most sessions to list.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// started, cost, duration or errors; the highest first.
    #[arg(long, default_value = "started")]
    sort: String,
    /// Workspace to list.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let words = args.filter.iter().map(|word| cli::unmarked(word));
    let filter = filter::parsed(&words.collect::<Vec<_>>().join(" "), "filter")?;
    let sort = Sort::from_name(&args.sort).ok_or_else(|| {
        CommandError::new(Kind::Usage, format!("\"{}\" is no sort", args.sort))
            .hint("sorts are started, cost, duration, errors")
    })?;
    let workspace = backend::reading(&config.data.value, &args.workspace)?;
    let mut query = SessionQuery {
        filter,
        fold: Vec::new(),
        sort,
        limit: args.limit.min(1_000),
        cursor: None,
        scope: ReadScope::all(),
        reader: ReviewReader::nobody(),
    };
    let mut sessions: Vec<Session> = Vec::new();
    while sessions.len() < args.limit {
        let page = workspace.sessions(&query)?;
        sessions.extend(page.items);
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    sessions.truncate(args.limit);
    if args.json {
        for session in &sessions {
            output::json(session, false);
        }
    } else {
        output::write(&table(&sessions));
        if query.cursor.is_some() {
            output::note(&format!("the first {}; more with --limit", sessions.len()));
        }
    }
    Ok(())
}

const HEAD: [&str; 8] = [
    "SESSION", "STARTED", "LENGTH", "TURNS", "TOOLS", "ERRORS", "COST", "TITLE",
];

fn table(sessions: &[Session]) -> String {
    if sessions.is_empty() {
        return "no sessions\n".to_owned();
    }
    let rows: Vec<[String; 8]> = sessions.iter().map(row).collect();
    let mut widths: Vec<usize> = HEAD.iter().map(|head| head.len()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let used: usize = widths[..7].iter().map(|width| width + 2).sum();
    widths[7] = output::columns().saturating_sub(used).max(20);
    let mut out = String::new();
    for row in std::iter::once(&HEAD.map(str::to_owned)).chain(&rows) {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(place, (cell, width))| match place {
                2..=6 => format!("{cell:>width$}"),
                _ => format!("{:width$}", output::cut(cell, *width)),
            })
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

fn row(session: &Session) -> [String; 8] {
    let totals = &session.totals;
    let title = session
        .title
        .as_ref()
        .and_then(|title| title.text.as_deref())
        .unwrap_or("(content not captured)");
    [
        output::one_line(&session.id.chars().take(8).collect::<String>()),
        session.started_at.map_or_else(|| "?".to_owned(), time),
        session.started_at.zip(session.ended_at).map_or_else(
            || "?".to_owned(),
            |(from, to)| duration(to.saturating_sub(from)),
        ),
        totals.turns.to_string(),
        totals.tool_calls.to_string(),
        totals.errors.to_string(),
        totals
            .cost
            .cost_nanousd
            .map_or_else(|| "?".to_owned(), money),
        output::one_line(title),
    ]
}
