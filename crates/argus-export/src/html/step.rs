//! One step of a turn.

use argus_session::Step;
use argus_session::document::StepKind;
use argus_session::document::{Decision, Text};

use super::{Markup, prose, tool};
use crate::{ExportError, SessionReader, figures, task_notification};

/// Writes a step. Requests to the model are left out: what they cost stands with their turn.
pub(super) fn step(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    step: &Step,
) -> Result<(), ExportError> {
    if step.kind == StepKind::ModelRequest && !step.is_error {
        return Ok(());
    }
    page.raw(if step.agent_id.is_some() {
        "<div class=\"step of-agent\">\n"
    } else {
        "<div class=\"step\">\n"
    })?;
    if let Some(agent) = &step.agent_id {
        let run = reader.head.agents.iter().find(|run| run.id == *agent);
        page.raw("<p class=\"agent\">sub-agent ")?;
        page.line(
            run.and_then(|run| run.agent_type.as_deref())
                .unwrap_or(agent),
            60,
        )?;
        page.raw("</p>\n")?;
    }
    let max = reader.view().text_bytes_max;
    match step.kind {
        StepKind::Prompt => prompt(page, reader, step.text.as_ref())?,
        StepKind::Text => {
            page.raw("<div class=\"text\">\n")?;
            match written(step.text.as_ref()) {
                Ok(text) => {
                    let shown = page.shown(text);
                    let end = shown.floor_char_boundary(max.min(shown.len()));
                    prose::prose(page, &shown[..end])?;
                }
                Err(why) => quiet(page, &why)?,
            }
            page.raw("</div>\n")?;
        }
        StepKind::Thinking => {
            page.raw("<details class=\"thinking\"><summary>Thinking</summary><pre>")?;
            body(page, step.text.as_ref(), max)?;
            page.raw("</pre></details>\n")?;
        }
        StepKind::ToolCall => tool::tool(page, reader, step)?,
        StepKind::Compaction => {
            page.raw("<p class=\"compaction\">Context compacted here</p>\n")?;
            if let Some(text) = step.text.as_ref().and_then(|text| text.text.as_deref()) {
                page.raw("<details class=\"thinking\"><summary>What was kept</summary><pre>")?;
                page.cut(text, max)?;
                page.raw("</pre></details>\n")?;
            } else if reader.is_part() {
                page.raw("<p class=\"line\">What was kept is left out: it tells of turns that are not shown.</p>\n")?;
            }
        }
        StepKind::Skill => {
            page.raw("<p class=\"line\">skill ")?;
            page.line(step.skill.as_ref().map_or("", |skill| &skill.name), 120)?;
            page.raw("</p>\n")?;
        }
        StepKind::Permission => {
            page.raw("<p class=\"line\">permission ")?;
            let tool = step.tool.as_ref();
            page.line(
                tool.and_then(|tool| tool.name.as_deref())
                    .or(step.name.as_deref())
                    .unwrap_or(""),
                120,
            )?;
            page.raw(match tool.and_then(|tool| tool.decision) {
                Some(Decision::Accept) => ": allowed",
                Some(Decision::Reject) => ": <span class=\"denied\">denied</span>",
                None => "",
            })?;
            page.raw("</p>\n")?;
        }
        StepKind::Error | StepKind::ModelRequest => {
            page.raw("<p class=\"error\">")?;
            page.line(step.name.as_deref().unwrap_or("failed"), 80)?;
            if let Some(text) = step.text.as_ref().and_then(|text| text.text.as_deref()) {
                page.raw("\n")?;
                page.cut(text, max)?;
            }
            page.raw("</p>\n")?;
        }
        StepKind::Notice => {
            page.raw("<p class=\"line\">")?;
            let name = step.name.as_deref().unwrap_or("notice");
            page.line(&name.replace('_', " "), 80)?;
            if let Some(text) = step.text.as_ref().and_then(|text| text.text.as_deref()) {
                page.raw(": ")?;
                page.line(text, 400)?;
            }
            page.raw("</p>\n")?;
        }
    }
    page.raw("</div>\n")
}

pub(super) fn prompt(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    text: Option<&Text>,
) -> Result<(), ExportError> {
    let max = reader.view().text_bytes_max;
    let told = text
        .and_then(|text| text.text.as_deref())
        .and_then(task_notification::parsed);
    let Some(told) = told else {
        page.raw("<div class=\"prompt\">")?;
        body(page, text, max)?;
        return page.raw("</div>\n");
    };
    for notification in told {
        page.raw("<p class=\"remark\">")?;
        page.cut(&notification.words(), max)?;
        page.raw("</p>\n")?;
        if let Some(report) = notification.report {
            page.raw("<details class=\"thinking\"><summary>What it reported</summary><pre>")?;
            page.cut(report, max)?;
            page.raw("</pre></details>\n")?;
        }
    }
    Ok(())
}

fn body(page: &mut Markup<'_>, text: Option<&Text>, max: usize) -> Result<(), ExportError> {
    match written(text) {
        Ok(text) => page.cut(text, max),
        Err(why) => quiet(page, &why),
    }
}

fn quiet(page: &mut Markup<'_>, why: &str) -> Result<(), ExportError> {
    page.raw("<span class=\"quiet\">")?;
    page.text(why)?;
    page.raw("</span>")
}

/// A text, or why there is none.
fn written(text: Option<&Text>) -> Result<&str, String> {
    match text {
        Some(Text {
            text: Some(text), ..
        }) => Ok(text),
        Some(text) if text.text_bytes > 0 => Err(format!(
            "({}, content not captured)",
            figures::bytes(text.text_bytes)
        )),
        _ => Err("(content not captured)".to_owned()),
    }
}
