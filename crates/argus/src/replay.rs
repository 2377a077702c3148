//! A session as text for the terminal.

mod paint;
mod step;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use argus_session::document::{Branch, Coverage, Grade, Outcome, PromptKind, StepKind};
use argus_session::machine::SkillState;
use argus_session::{SessionDocument, Step, Turn};

use crate::output::{counted, one_line, visible};
use argus_export::figures::{duration, money, time};
use paint::{Paint, Style};

/// How it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) colour: bool,
    pub(crate) columns: usize,
    /// Long texts in full.
    pub(crate) full: bool,
}

/// The whole session.
pub(crate) fn render(document: &SessionDocument, view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let mut out = String::new();
    head(&mut out, document, paint);
    for turn in &document.turns {
        show_turn(&mut out, turn, view, paint);
    }
    out
}

fn head(out: &mut String, document: &SessionDocument, paint: Paint) {
    let session = &document.session;
    let title = session
        .title
        .as_ref()
        .and_then(|title| title.text.as_deref())
        .unwrap_or(if session.phantom {
            "(a start-up and nothing else: a resume makes such ids)"
        } else {
            "(content not captured)"
        });
    line(out, &paint.text(Style::Title, &one_line(title)));
    let mut facts = vec![session.id.clone()];
    facts.extend(session.started_at.map(time));
    if let Some((from, to)) = session.started_at.zip(session.ended_at) {
        facts.push(duration(to.saturating_sub(from)));
    }
    let client = [session.client.name.clone(), session.client.version.clone()];
    facts.push(client.into_iter().flatten().collect::<Vec<_>>().join(" "));
    facts.push(session.client.surface.as_str().to_owned());
    facts.retain(|fact| !fact.is_empty());
    line(out, &paint.text(Style::Dim, &one_line(&facts.join(" · "))));

    let totals = &session.totals;
    let mut sums = vec![
        counted(totals.turns, "turn"),
        counted(totals.steps, "step"),
        counted(totals.tool_calls, "tool call"),
        counted(totals.errors, "error"),
    ];
    sums.push(
        match (totals.cost.cost_nanousd, totals.unattributed_nanousd) {
            (Some(cost), None | Some(0)) => money(cost),
            (Some(cost), Some(more)) => format!("{} · {} unattributed", money(cost), money(more)),
            (None, Some(cost)) => format!("{} by the client's own sum", money(cost)),
            (None, None) => "cost not known".to_owned(),
        },
    );
    let tokens = &totals.tokens;
    let known = [
        (tokens.input_tokens, "in"),
        (tokens.output_tokens, "out"),
        (tokens.cache_read_tokens, "cache read"),
        (tokens.cache_creation_tokens, "cache written"),
    ]
    .into_iter()
    .filter_map(|(count, name)| Some(format!("{} {name}", count?)))
    .collect::<Vec<_>>();
    sums.push(if known.is_empty() {
        "tokens not known".to_owned()
    } else {
        format!("tokens {}", known.join(", "))
    });
    line(out, &paint.text(Style::Dim, &sums.join(" · ")));
    let mut list = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            line(
                out,
                &paint.text(
                    Style::Dim,
                    &one_line(&format!("{name}: {}", values.join(", "))),
                ),
            );
        }
    };
    list(
        "folder",
        session
            .cwd
            .iter()
            .cloned()
            .chain(
                session
                    .git_branch
                    .iter()
                    .map(|branch| format!("branch {branch}")),
            )
            .collect(),
    );
    let cowork = session.cowork.iter();
    list(
        "chosen folders",
        cowork.flat_map(|cowork| cowork.folders.clone()).collect(),
    );
    list("project", session.projects.clone());
    list(
        "user",
        session
            .user
            .email
            .iter()
            .chain(&session.user.id)
            .cloned()
            .collect(),
    );
    list("models", session.models.clone());
    list(
        "skills",
        session
            .skills
            .iter()
            .map(|skill| match skill.state {
                Some(SkillState::Changed) => {
                    format!("{} (changed while the session ran)", skill.name)
                }
                Some(SkillState::Stable | SkillState::Unknown) | None => skill.name.clone(),
            })
            .collect(),
    );
    list(
        "mcp",
        session
            .mcp_servers
            .iter()
            .map(|server| format!("{} ({})", server.name, counted(server.calls, "call")))
            .collect(),
    );
    list(
        "seen by",
        session.sources.iter().map(ToString::to_string).collect(),
    );
    list("coverage", vec![coverage(&session.coverage)]);
    if session.conversation != session.id {
        list(
            "conversation",
            vec![format!("goes on from {}", session.conversation)],
        );
    }
    list("notice", session.notices.clone());
}

/// The grade, and what it rests on.
fn coverage(coverage: &Coverage) -> String {
    let grade = match coverage.grade {
        Grade::Complete => "complete",
        Grade::Partial => "partial",
        Grade::SingleWitness => "single witness",
        Grade::Unknown => "unknown",
    };
    let reasons: Vec<&str> = coverage
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    if reasons.is_empty() {
        return grade.to_owned();
    }
    format!("{grade}: {}", reasons.join("; "))
}

fn show_turn(out: &mut String, turn: &Turn, view: &View, paint: Paint) {
    out.push('\n');
    let mut facts = Vec::new();
    facts.extend(turn.started_at.map(time));
    facts.extend(turn.duration_us.map(duration));
    facts.extend(turn.cost.cost_nanousd.map(money));
    if turn.copied {
        facts.push("copied from an older session".to_owned());
    }
    if turn.branch == Branch::Abandoned {
        facts.push("left behind by a rewind".to_owned());
    }
    let kind = match turn.prompt.kind {
        PromptKind::Typed => "",
        PromptKind::Queued => "queued",
        PromptKind::SlashCommand => "command",
        PromptKind::Skill => "skill",
        PromptKind::McpPrompt => "MCP prompt",
        PromptKind::Bash => "shell",
        PromptKind::TaskNotification => "task notification",
        PromptKind::BuiltinCommand => "built-in command",
        PromptKind::Unknown if turn.prompt.text.is_some() => "",
        PromptKind::Unknown => "prompt not seen",
    };
    if !kind.is_empty() {
        facts.insert(0, kind.to_owned());
    }
    let (mark, style) = match turn.outcome {
        Outcome::Answered => ("answered", Style::Good),
        Outcome::Interrupted => ("interrupted", Style::Warn),
        Outcome::Withdrawn => ("withdrawn", Style::Warn),
        Outcome::Refused => ("refused", Style::Bad),
        Outcome::Failed => ("failed", Style::Bad),
        Outcome::Open => ("open", Style::Warn),
        Outcome::Unknown => ("outcome unknown", Style::Dim),
    };
    line(
        out,
        &format!(
            "{} {} {}",
            paint.text(Style::Title, &format!("── {}", turn.index + 1)),
            paint.text(style, mark),
            paint.text(Style::Dim, &facts.join(" · ")),
        ),
    );
    if let Some(prompt) = &turn.prompt.text {
        match prompt.text.as_deref() {
            Some(text) => block(out, &paint.text(Style::Prompt, "› "), text, view, 0),
            None => {
                let length = format!("› ({} characters, content not captured)", prompt.text_bytes);
                line(out, &paint.text(Style::Dim, &length));
            }
        }
    }
    let mut of_agent: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
    for step in &turn.steps {
        if let Some(agent) = &step.agent_id {
            of_agent.entry(agent).or_default().push(step);
        }
    }
    for step in turn.steps.iter().filter(|step| step.agent_id.is_none()) {
        let is_turns_prompt = step.kind == StepKind::Prompt && step.name.is_none();
        if !is_turns_prompt {
            step::show(out, step, view, paint, 0);
        }
        if let Some(steps) = step
            .started_agent_id
            .as_deref()
            .and_then(|agent| of_agent.remove(agent))
        {
            for step in steps {
                step::show(out, step, view, paint, 1);
            }
        }
    }
    // Sub-agents whose start is not known.
    for (agent, steps) in of_agent {
        line(
            out,
            &paint.text(Style::Dim, &format!("  sub-agent {}", one_line(agent))),
        );
        for step in steps {
            step::show(out, step, view, paint, 1);
        }
    }
}

fn line(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{}", text.trim_end());
}

/// Lines of a long text that are shown from its beginning and its end.
const HEAD_LINES: usize = 8;
const TAIL_LINES: usize = 4;
/// A line is wrapped by the terminal; beyond this it is cut.
const LINE_CHARACTERS_MAX: usize = 2_000;

/// A text, indented, with a mark in front of its first line; a long one with its middle folded.
fn block(out: &mut String, mark: &str, text: &str, view: &View, depth: usize) {
    let text = visible(text);
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let indent = "  ".repeat(depth);
    let folds = !view.full && lines.len() > HEAD_LINES + TAIL_LINES + 1;
    for (place, text) in lines.iter().enumerate() {
        if folds && place == HEAD_LINES {
            line(
                out,
                &format!(
                    "{indent}  … {} more lines …",
                    lines.len() - HEAD_LINES - TAIL_LINES
                ),
            );
        }
        if folds && place >= HEAD_LINES && place < lines.len() - TAIL_LINES {
            continue;
        }
        let text = if view.full {
            (*text).to_owned()
        } else {
            crate::output::cut(text, LINE_CHARACTERS_MAX)
        };
        let front = if place == 0 { mark } else { "  " };
        line(out, &format!("{indent}{front}{text}"));
    }
}
