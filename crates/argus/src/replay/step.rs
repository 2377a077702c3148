//! One step as lines.

use argus_session::Step;
use argus_session::document::{Decision, Payload, StepKind, Text, Tool};
use serde_json::Value;

use super::paint::{Paint, Style};
use super::{View, block, line};
use crate::output::{cut, one_line};
use argus_export::figures::{duration, money};

/// Shows a step, `depth` levels in.
pub(super) fn show(out: &mut String, step: &Step, view: &View, paint: Paint, depth: usize) {
    let indent = "  ".repeat(depth);
    let name = step.name.as_deref().unwrap_or_default();
    match step.kind {
        StepKind::ToolCall => tool_call(out, step, view, paint, depth),
        StepKind::Text => text(
            out,
            "● ",
            Style::Good,
            step.text.as_ref(),
            view,
            paint,
            depth,
        ),
        StepKind::Thinking => text(
            out,
            "✻ ",
            Style::Dim,
            step.text.as_ref(),
            view,
            paint,
            depth,
        ),
        StepKind::Prompt => text(
            out,
            &format!("› ({name}) "),
            Style::Prompt,
            step.text.as_ref(),
            view,
            paint,
            depth,
        ),
        StepKind::Error => text(
            out,
            &format!("✗ {name} "),
            Style::Bad,
            step.text.as_ref(),
            view,
            paint,
            depth,
        ),
        StepKind::Notice => {
            let shown = step
                .text
                .as_ref()
                .and_then(|text| text.text.as_deref())
                .unwrap_or_default();
            let shown = cut(&one_line(shown), view.columns.saturating_sub(24).max(20));
            line(
                out,
                &paint.text(Style::Dim, &format!("{indent}· {} {shown}", one_line(name))),
            );
        }
        StepKind::Compaction => {
            let took = step
                .duration_us
                .map(|us| format!(" {}", duration(us)))
                .unwrap_or_default();
            line(
                out,
                &paint.text(
                    Style::Warn,
                    &format!("{indent}⇣ compacted ({}){took}", one_line(name)),
                ),
            );
            text(
                out,
                "  ",
                Style::Dim,
                step.text.as_ref(),
                view,
                paint,
                depth,
            );
        }
        StepKind::Permission => {
            let tool = step.tool.as_ref();
            let answer = tool.map(|tool| decision(tool, paint)).unwrap_or_default();
            let asked = tool.and_then(|tool| tool.name.as_deref()).unwrap_or("?");
            line(
                out,
                &format!(
                    "{indent}{} {answer}",
                    paint.text(Style::Dim, &format!("? permission for {}", one_line(asked)))
                ),
            );
        }
        StepKind::Skill => {
            let skill = step.skill.as_ref();
            let name = skill.map(|skill| skill.name.as_str()).unwrap_or_default();
            let hash = skill
                .and_then(|skill| skill.hash.as_deref())
                .map(|hash| format!(" {}", cut(hash, 12)))
                .unwrap_or_default();
            line(
                out,
                &paint.text(
                    Style::Tool,
                    &format!("{indent}◆ skill {}{hash}", one_line(name)),
                ),
            );
        }
        StepKind::ModelRequest => model_request(out, step, paint, &indent),
    }
}

fn text(
    out: &mut String,
    mark: &str,
    style: Style,
    text: Option<&Text>,
    view: &View,
    paint: Paint,
    depth: usize,
) {
    let mark = paint.text(style, one_line(mark).trim_end());
    let mark = if mark.is_empty() {
        "  ".to_owned()
    } else {
        format!("{mark} ")
    };
    match text {
        Some(Text {
            text: Some(text), ..
        }) => block(out, &mark, text, view, depth),
        Some(Text { text_bytes, .. }) => {
            line(
                out,
                &format!(
                    "{}{mark}({text_bytes} characters, content not captured)",
                    "  ".repeat(depth)
                ),
            );
        }
        None => line(out, &format!("{}{mark}(not captured)", "  ".repeat(depth))),
    }
}

fn model_request(out: &mut String, step: &Step, paint: Paint, indent: &str) {
    let Some(request) = &step.model_request else {
        return;
    };
    let mut facts = vec![
        request
            .model
            .clone()
            .unwrap_or_else(|| "model not known".to_owned()),
    ];
    let counted = [
        (request.tokens.input_tokens, "in"),
        (request.tokens.output_tokens, "out"),
    ]
    .into_iter()
    .filter_map(|(count, name)| Some(format!("{} {name}", count?)))
    .collect::<Vec<_>>();
    if !counted.is_empty() {
        facts.push(counted.join(", "));
    }
    facts.extend(request.cost_nanousd.map(money));
    facts.extend(step.duration_us.map(duration));
    facts.extend(
        request
            .ttft_us
            .map(|us| format!("first token {}", duration(us))),
    );
    facts.extend(
        request
            .attempts
            .filter(|attempts| *attempts > 1)
            .map(|attempts| format!("{attempts} attempts")),
    );
    line(
        out,
        &paint.text(
            Style::Dim,
            &format!("{indent}  {}", one_line(&facts.join(" · "))),
        ),
    );
}

fn tool_call(out: &mut String, step: &Step, view: &View, paint: Paint, depth: usize) {
    let Some(tool) = &step.tool else { return };
    let indent = "  ".repeat(depth);
    let name = one_line(tool.name.as_deref().unwrap_or("tool"));
    let input = tool.input.as_ref().map(summary).unwrap_or_default();
    let took = step.duration_us.map(duration).unwrap_or_default();
    let answer = if tool.decision == Some(Decision::Reject) {
        decision(tool, paint)
    } else {
        String::new()
    };
    let room = view
        .columns
        .saturating_sub(name.len() + took.len() + indent.len() + 6)
        .max(20);
    let input = if view.full { input } else { cut(&input, room) };
    let head = format!(
        "{indent}{} {input} {} {answer}",
        paint.text(Style::Tool, &format!("▸ {name}")),
        paint.text(Style::Dim, &took)
    );
    line(out, &head);
    if let Some(skill) = &step.skill {
        let hash = skill
            .hash
            .as_deref()
            .map(|hash| format!(" {}", cut(hash, 12)))
            .unwrap_or_default();
        line(
            out,
            &paint.text(
                Style::Dim,
                &format!("{indent}  ◆ skill {}{hash}", one_line(&skill.name)),
            ),
        );
    }
    let error = tool
        .error
        .as_ref()
        .and_then(|error| error.text.clone())
        .filter(|_| step.is_error);
    let shown = error
        .or_else(|| tool.output.as_ref().map(output_text))
        .unwrap_or_default();
    if !shown.trim().is_empty() {
        let (mark, style) = if step.is_error {
            ("✗ ", Style::Bad)
        } else {
            ("⎿ ", Style::Dim)
        };
        block(out, &paint.text(style, mark), &shown, view, depth + 1);
    }
}

fn decision(tool: &Tool, paint: Paint) -> String {
    let by = tool
        .decision_source
        .as_deref()
        .map(|source| format!(" ({})", one_line(source)))
        .unwrap_or_default();
    match tool.decision {
        Some(Decision::Accept) => paint.text(Style::Good, &format!("allowed{by}")),
        Some(Decision::Reject) => paint.text(Style::Bad, &format!("denied{by}")),
        None => String::new(),
    }
}

/// A tool's input on one line: the member that says most, else all of it.
fn summary(input: &Payload) -> String {
    const TELLING: [&str; 10] = [
        "command",
        "file_path",
        "path",
        "pattern",
        "query",
        "url",
        "skill",
        "description",
        "prompt",
        "notebook_path",
    ];
    match &input.json {
        Some(Value::Object(members)) => {
            let told = TELLING
                .iter()
                .find_map(|name| members.get(*name).and_then(Value::as_str));
            one_line(told.unwrap_or(&Value::Object(members.clone()).to_string()))
        }
        Some(other) => one_line(&other.to_string()),
        None => format!("({} bytes, content not captured)", input.bytes),
    }
}

/// A tool's output as text: content blocks one after the other, other JSON as it is.
fn output_text(output: &Payload) -> String {
    match &output.json {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(blocks)) => {
            let texts: Vec<String> = blocks
                .iter()
                .map(|block| {
                    match (
                        block.get("text").and_then(Value::as_str),
                        block.get("type").and_then(Value::as_str),
                    ) {
                        (Some(text), _) => text.to_owned(),
                        (None, Some(kind)) => format!("({kind})"),
                        (None, None) => block.to_string(),
                    }
                })
                .collect();
            texts.join("\n")
        }
        Some(other) => serde_json::to_string_pretty(other).unwrap_or_default(),
        None if output.bytes > 0 => format!("({} bytes, content not captured)", output.bytes),
        None => String::new(),
    }
}
