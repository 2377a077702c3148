//! `argus search`: what stands in the sessions' texts.

use argus_session::Session;
use argus_session::time::rfc3339;
use argus_store::{Hit, ReadScope, ReviewReader, SearchGroup, SearchPage, SearchQuery};
use clap::builder::RangedU64ValueParser;
use serde::Serialize;

use super::{DEFAULT_WORKSPACE, filter};
use crate::config::Config;
use crate::error::CommandError;
use crate::{backend, cli, output};
use argus_export::figures::time;

/// Looks for words in prompts, answers, thinking, tools' inputs and outputs, and errors.
///
/// Words, "phrases", beginnings (renew*), exclusions (-draft), alternatives (a OR b) and one field only (prompt:churn, with
/// prompt, answer, thinking, input, output, error, notice). All of it stands in one step. Terms of the filter language choose
/// sessions, as in skill:weekly-report '"q2 churn"'.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to look for, such as churn '"q2 report"' -draft.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Which sessions, such as tool:Bash; its words may stand anywhere in the session.
    #[arg(long, value_name = "FILTER", default_value = "")]
    filter: String,
    /// One JSON object a step and line: session, turn, step, field, snippet.
    #[arg(long)]
    json: bool,
    /// Most sessions to tell of.
    #[arg(long, default_value_t = 20, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    limit: usize,
    /// Most steps of each session, up to 100.
    #[arg(long, default_value_t = 5, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    hits: usize,
    /// Workspace to look in.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let words = args.query.iter().map(|word| cli::unmarked(word));
    let asked = filter::parsed(&words.collect::<Vec<_>>().join(" "), "query")?;
    let mut filter = filter::parsed(cli::unmarked(&args.filter), "filter")?;
    filter.terms.extend(asked.terms);
    let workspace = backend::reading(&config.data.value, &args.workspace)?;
    let mut query = SearchQuery {
        words: asked.words,
        filter,
        scope: ReadScope::all(),
        reader: ReviewReader::nobody(),
        limit: args.limit.clamp(1, 100),
        hits: args.hits,
        cursor: None,
    };
    let mut told = 0;
    loop {
        let page = workspace.search(&query)?;
        for group in page.groups.iter().take(args.limit - told) {
            tell(group, args.json);
            told += 1;
        }
        query.cursor.clone_from(&page.next);
        if query.cursor.is_none() || told >= args.limit {
            say(&page, told, args);
            return Ok(());
        }
    }
}

/// What stands beside the results.
fn say(page: &SearchPage, told: usize, args: &Args) {
    if told == 0 && !args.json {
        output::line("nothing found");
    }
    if page.next.is_some() && told > 0 {
        output::note(&format!("the first {told}; more with --limit"));
    }
    if page.filter_is_capped {
        output::note(
            "the filter's words are in more than 10,000 sessions: the newest were looked at",
        );
    }
    if page.lag.records > 0 {
        output::note(&format!(
            "{} not searched yet",
            output::counted(page.lag.records, "record")
        ));
    }
    for of in page.not_indexed.iter().filter(|of| of.count.is_some()) {
        output::note(&format!(
            "not searched: {} ({}): {}",
            of.what.replace('_', " "),
            of.count.unwrap_or_default(),
            of.why
        ));
    }
}

/// A step in which something was found, as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    session: &'a str,
    turn: &'a str,
    step: &'a str,
    at: Option<String>,
    field: &'static str,
    content: &'static str,
    snippet: Part<'a>,
}

#[derive(Serialize)]
struct Part<'a> {
    text: &'a str,
    /// In characters.
    marks: &'a [(u32, u32)],
}

fn tell(group: &SearchGroup, as_json: bool) {
    if as_json {
        for hit in &group.hits {
            output::json(
                &Line {
                    session: &group.session.id,
                    turn: &hit.turn,
                    step: &hit.step,
                    at: hit.at_us.map(rfc3339),
                    field: hit.field.as_str(),
                    content: hit.content,
                    snippet: Part {
                        text: &hit.snippet.text,
                        marks: &hit.snippet.marks,
                    },
                },
                false,
            );
        }
        return;
    }
    output::line(&head(&group.session));
    for hit in &group.hits {
        output::line(&format!("  {:8}  {}", hit.field.as_str(), snippet(hit)));
    }
    if group.more > 0 {
        let steps = output::counted(group.more, "step");
        output::line(&format!("            and {steps} more"));
    }
}

fn head(session: &Session) -> String {
    let title = session
        .title
        .as_ref()
        .and_then(|title| title.text.as_deref())
        .unwrap_or("(content not captured)");
    let id: String = session.id.chars().take(8).collect();
    let started = session.started_at.map_or_else(|| "?".to_owned(), time);
    let room = output::columns().saturating_sub(id.len() + started.len() + 4);
    format!(
        "{}  {started}  {}",
        output::one_line(&id),
        output::cut(&output::one_line(title), room.max(20))
    )
}

/// The snippet, what was found in bold where colours are wanted.
fn snippet(hit: &Hit) -> String {
    let chars: Vec<char> = hit.snippet.text.chars().collect();
    let part = |from: usize, to: usize| {
        let text: String = chars[from.min(chars.len())..to.min(chars.len())]
            .iter()
            .collect();
        // White space at its ends stands between it and its neighbours.
        output::visible(&text).replace(['\n', '\t'], " ")
    };
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in &hit.snippet.marks {
        let (from, to) = (*from as usize, *to as usize);
        out.push_str(&part(at, from));
        if output::has_colour() {
            out.push_str(&format!("\u{1b}[1;33m{}\u{1b}[0m", part(from, to)));
        } else {
            out.push_str(&part(from, to));
        }
        at = to;
    }
    out.push_str(&part(at, chars.len()));
    out
}
