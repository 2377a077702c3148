//! The tables that CSV has, a row a thing.

use std::io::Write;

use argus_session::document::{Text, TokenTotals, Totals};
use argus_session::{Step, Turn};

use crate::csv::{Cell, row};
use crate::html::{notes::NoteKind, tool};
use crate::run::Said;
use crate::{ExportError, SessionReader, Table};

/// The names of a table's columns.
pub(crate) const fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Sessions => &[
            "session",
            "title",
            "projects",
            "user",
            "client",
            "client_version",
            "surface",
            "started_at",
            "ended_at",
            "turns",
            "steps",
            "tool_calls",
            "errors",
            "cost_usd",
            "requests_of_unknown_cost",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_creation_tokens",
            "models",
            "skills",
            "mcp_servers",
            "coverage",
            "good",
            "wrong",
            "tags",
            "comments",
            "scores_percent",
        ],
        Table::Turns => &[
            "session",
            "turn",
            "number",
            "prompt",
            "prompt_kind",
            "command",
            "started_at",
            "duration_s",
            "outcome",
            "answer",
            "tool_calls",
            "errors",
            "cost_usd",
            "requests_of_unknown_cost",
            "input_tokens",
            "output_tokens",
            "branch",
            "copied",
            "good",
            "wrong",
            "tags",
            "comments",
        ],
        Table::Steps => &[
            "session",
            "turn",
            "turn_number",
            "step",
            "kind",
            "agent",
            "at",
            "duration_s",
            "tool",
            "mcp_server",
            "skill",
            "model",
            "is_error",
            "text",
            "input",
            "output",
            "error",
            "cost_usd",
            "input_tokens",
            "output_tokens",
        ],
        Table::Verdicts => &[
            "session",
            "turn",
            "turn_number",
            "verdict",
            "reason",
            "by",
            "at",
            "current",
        ],
        Table::Scores => &[
            "session",
            "turn",
            "turn_number",
            "rubric",
            "rubric_version",
            "percent",
            "passed",
            "by",
            "at",
            "current",
        ],
    }
}

/// Writes the rows of a session.
pub(crate) fn rows(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    said: &Said,
    table: Table,
) -> Result<(), ExportError> {
    match table {
        Table::Sessions => session(out, reader, said),
        Table::Turns => turns(out, reader, said),
        Table::Steps => steps(out, reader),
        Table::Verdicts => verdicts(out, reader, said),
        Table::Scores => scores(out, reader, said),
    }
}

fn name(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Cell {
    let joined = names.into_iter().collect::<Vec<_>>().join("; ");
    if joined.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(joined)
    }
}

fn words(text: Option<&Text>) -> Cell {
    Cell::text(text.and_then(|text| text.text.as_deref()))
}

fn yes(is: bool) -> Cell {
    name(if is { "yes" } else { "no" })
}

fn tokens(tokens: &TokenTotals) -> [Cell; 2] {
    [
        Cell::count(tokens.input_tokens),
        Cell::count(tokens.output_tokens),
    ]
}

/// Good, wrong, tags and comments of a turn, or of all of a session. While it is reviewed blind they are not known, which is not
/// none: its reader's own stand among the verdicts and scores.
fn reviewed(said: &Said, of: impl Fn(Option<&str>) -> bool) -> [Cell; 4] {
    if said.is_blind {
        return std::array::from_fn(|_| Cell::count(None));
    }
    let notes = || said.notes.iter().filter(|note| of(note.turn.as_deref()));
    let count = |kind| Cell::count(Some(notes().filter(|note| note.kind == kind).count() as u64));
    [
        count(NoteKind::Good),
        count(NoteKind::Wrong),
        names(
            notes()
                .filter(|note| note.kind == NoteKind::Tag)
                .map(|note| note.word.as_str()),
        ),
        count(NoteKind::Comment),
    ]
}

fn session(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    said: &Said,
) -> Result<(), ExportError> {
    let head = &reader.head;
    let totals: &Totals = &head.totals;
    let skills: Vec<String> = head
        .skills
        .iter()
        .map(|skill| match (&skill.label, skill.tree_hash()) {
            (Some(version), _) => format!("{} {version}", skill.name),
            (None, Some(hash)) => format!("{} {hash}", skill.name),
            (None, None) => skill.name.clone(),
        })
        .collect();
    let mut cells = vec![
        name(&head.id),
        words(head.title.as_ref()),
        names(head.projects.iter().map(String::as_str)),
        Cell::text(head.user.email.as_deref().or(head.user.id.as_deref())),
        Cell::text(head.client.name.as_deref()),
        Cell::text(head.client.version.as_deref()),
        name(head.client.surface.as_str()),
        Cell::time(head.started_at),
        Cell::time(head.ended_at),
        Cell::count(Some(totals.turns)),
        Cell::count(Some(totals.steps)),
        Cell::count(Some(totals.tool_calls)),
        Cell::count(Some(totals.errors)),
        Cell::dollars(totals.cost.cost_nanousd),
        Cell::count(Some(totals.cost.unpriced_requests)),
    ];
    cells.extend(tokens(&totals.tokens));
    cells.extend([
        Cell::count(totals.tokens.cache_read_tokens),
        Cell::count(totals.tokens.cache_creation_tokens),
        names(head.models.iter().map(String::as_str)),
        names(skills.iter().map(String::as_str)),
        names(head.mcp_servers.iter().map(|server| server.name.as_str())),
        name(head.coverage.grade.as_str()),
    ]);
    cells.extend(reviewed(said, |_| true));
    let scores: Vec<String> = said
        .scores
        .iter()
        .filter(|score| score.current && !said.is_blind)
        .map(|score| {
            score.percent.map_or_else(
                || "not applicable".to_owned(),
                |percent| format!("{percent:.1}"),
            )
        })
        .collect();
    cells.push(names(scores.iter().map(String::as_str)));
    Ok(row(out, &cells)?)
}

fn turns(out: &mut dyn Write, reader: &SessionReader<'_>, said: &Said) -> Result<(), ExportError> {
    for place in 0..reader.turns.len() {
        let turn = reader.turn(place);
        let mut cells = vec![
            name(&reader.head.id),
            name(&turn.id),
            Cell::count(Some(u64::from(turn.index) + 1)),
            words(turn.prompt.text.as_ref()),
            snake(&turn.prompt.kind),
            Cell::text(turn.prompt.command.as_deref()),
            Cell::time(turn.started_at),
            Cell::seconds(turn.duration_us),
            name(turn.outcome.as_str()),
            words(turn.answer.as_ref()),
            Cell::count(Some(turn.tool_calls)),
            Cell::count(Some(turn.errors)),
            Cell::dollars(turn.cost.cost_nanousd),
            Cell::count(Some(turn.cost.unpriced_requests)),
        ];
        cells.extend(tokens(&turn.tokens));
        cells.extend([snake(&turn.branch), yes(turn.copied)]);
        cells.extend(reviewed(said, |of| of == Some(turn.id.as_str())));
        row(out, &cells)?;
    }
    Ok(())
}

/// The name of a variant, as documents have it.
fn snake(value: &impl serde::Serialize) -> Cell {
    let named = serde_json::to_value(value).unwrap_or_default();
    Cell::text(named.as_str())
}

fn steps(out: &mut dyn Write, reader: &SessionReader<'_>) -> Result<(), ExportError> {
    for place in 0..reader.turns.len() {
        let turn = reader.turns[place].clone();
        reader.steps(place, &mut |step| {
            Ok(row(out, &step_cells(&reader.head.id, &turn, &step))?)
        })?;
    }
    Ok(())
}

fn step_cells(session: &str, turn: &Turn, step: &Step) -> Vec<Cell> {
    let tool = step.tool.as_ref();
    let request = step.model_request.as_ref();
    let payload = |payload: Option<&argus_session::document::Payload>| {
        payload
            .and_then(|payload| payload.json.as_ref())
            .map_or(Cell::Empty, |json| Cell::Text(tool::as_text(json)))
    };
    let mut cells = vec![
        name(session),
        name(&turn.id),
        Cell::count(Some(u64::from(turn.index) + 1)),
        name(&step.id),
        name(step.kind.as_str()),
        Cell::text(step.agent_id.as_deref()),
        Cell::time(step.at),
        Cell::seconds(step.duration_us),
        Cell::text(tool.and_then(|tool| tool.name.as_deref())),
        Cell::text(tool.and_then(|tool| tool.mcp.as_ref()?.server.as_deref())),
        Cell::text(step.skill.as_ref().map(|skill| skill.name.as_str())),
        Cell::text(request.and_then(|request| request.model.as_deref())),
        yes(step.is_error),
        words(step.text.as_ref()),
        payload(tool.and_then(|tool| tool.input.as_ref())),
        payload(tool.and_then(|tool| tool.output.as_ref())),
        words(tool.and_then(|tool| tool.error.as_ref())),
        Cell::dollars(request.and_then(|request| request.cost_nanousd)),
    ];
    cells.extend(tokens(
        &request.map(|request| request.tokens).unwrap_or_default(),
    ));
    cells
}

/// A turn's number, where it is there.
fn number(reader: &SessionReader<'_>, turn: Option<&str>) -> Cell {
    let found = turn.and_then(|id| reader.turns.iter().find(|turn| turn.id == id));
    Cell::count(found.map(|turn| u64::from(turn.index) + 1))
}

fn verdicts(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    said: &Said,
) -> Result<(), ExportError> {
    for verdict in &said.verdicts {
        let cells = [
            name(&reader.head.id),
            Cell::text(verdict.turn.as_deref()),
            number(reader, verdict.turn.as_deref()),
            name(&verdict.verdict),
            Cell::text(verdict.reason.as_deref()),
            name(&verdict.by),
            Cell::time(Some(verdict.at_us)),
            yes(verdict.current),
        ];
        row(out, &cells)?;
    }
    Ok(())
}

fn scores(out: &mut dyn Write, reader: &SessionReader<'_>, said: &Said) -> Result<(), ExportError> {
    for score in &said.scores {
        let cells = [
            name(&reader.head.id),
            Cell::text(score.turn.as_deref()),
            number(reader, score.turn.as_deref()),
            name(&score.rubric),
            Cell::count(score.version),
            score
                .percent
                .map_or(Cell::Empty, |percent| Cell::Fraction(percent, 2)),
            score.passed.map_or(Cell::Empty, yes),
            name(&score.by),
            Cell::time(Some(score.at_us)),
            yes(score.current),
        ];
        row(out, &cells)?;
    }
    Ok(())
}
