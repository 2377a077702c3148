//! A tool call: what it was given and gave back, folded.

use argus_session::Step;
use argus_session::document::{Decision, Payload};
use serde_json::Value;

use super::{Markup, picture};
use crate::figures::{self, duration};
use crate::{ExportError, SessionReader};

/// Characters of the summary that tell what the call is about.
const TELLING_CHARACTERS_MAX: usize = 160;

pub(super) fn tool(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    step: &Step,
) -> Result<(), ExportError> {
    let Some(tool) = &step.tool else {
        return Ok(());
    };
    let is_denied = tool.decision == Some(Decision::Reject);
    page.raw(if step.is_error && !is_denied {
        "<details class=\"tool failed\" open><summary>"
    } else {
        "<details class=\"tool\"><summary>"
    })?;
    page.raw("<span class=\"name\">")?;
    page.line(&title(step), 80)?;
    page.raw("</span>")?;
    if let Some(telling) = tool.input.as_ref().and_then(telling) {
        page.raw(" <span class=\"telling\">")?;
        page.line(&telling, TELLING_CHARACTERS_MAX)?;
        page.raw("</span>")?;
    }
    if let Some(took) = step.duration_us {
        page.raw(" <span class=\"quiet\">")?;
        page.text(&duration(took))?;
        page.raw("</span>")?;
    }
    if is_denied {
        page.raw(" <span class=\"denied\">denied</span>")?;
    } else if step.is_error {
        page.raw(" <span class=\"bad\">failed</span>")?;
    }
    page.raw("</summary>\n<div class=\"tool-body\">\n")?;
    if let Some(skill) = &step.skill {
        page.raw("<p class=\"label\">skill ")?;
        page.line(&skill.name, 120)?;
        if let Some(hash) = &skill.hash {
            page.raw(" ")?;
            page.line(hash, 16)?;
        }
        page.raw("</p>\n")?;
    }
    let patch = tool
        .result
        .as_ref()
        .and_then(|result| patch(result.json.as_ref()?));
    if let Some(input) = &tool.input {
        page.raw("<p class=\"label\">Input</p>\n")?;
        members(page, reader, input, patch.is_some())?;
    }
    if let Some(lines) = patch {
        page.raw("<p class=\"label\">Change</p>\n<pre class=\"diff\">")?;
        diff(page, &lines, reader.view().text_bytes_max)?;
        page.raw("</pre>\n")?;
    }
    if let Some(error) = tool
        .error
        .as_ref()
        .and_then(|error| error.text.as_deref())
        .filter(|_| step.is_error)
    {
        page.raw("<p class=\"label\">Error</p>\n<pre class=\"bad\">")?;
        page.cut(error, reader.view().text_bytes_max)?;
        page.raw("</pre>\n")?;
    } else if let Some(output) = &tool.output {
        page.raw("<p class=\"label\">Output</p>\n")?;
        blocks(page, reader, output)?;
    } else if !reader.view().tool_outputs {
        page.raw("<p class=\"label\">Output left out</p>\n")?;
    }
    page.raw("</div></details>\n")
}

/// A tool's own name; of an MCP server's tool with the server.
pub(crate) fn title(step: &Step) -> String {
    let Some(tool) = &step.tool else {
        return "tool".to_owned();
    };
    let of_mcp = tool
        .mcp
        .as_ref()
        .and_then(|mcp| Some((mcp.server.as_deref()?, mcp.tool.as_deref()?)));
    match of_mcp {
        Some((server, name)) => format!("{name} ({server})"),
        None => tool.name.clone().unwrap_or_else(|| "tool".to_owned()),
    }
}

/// The member of an input that says most.
pub(crate) fn telling(input: &Payload) -> Option<String> {
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
    let members = input.json.as_ref()?.as_object()?;
    TELLING
        .iter()
        .find_map(|name| members.get(*name)?.as_str().map(str::to_owned))
}

/// An input member by member: texts as they are, not as JSON writes them.
fn members(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    input: &Payload,
    has_patch: bool,
) -> Result<(), ExportError> {
    let max = reader.view().text_bytes_max;
    let Some(json) = &input.json else {
        return absent(page, input.bytes);
    };
    let Value::Object(members) = json else {
        page.raw("<pre>")?;
        page.cut(&as_text(json), max)?;
        return page.raw("</pre>\n");
    };
    page.raw("<dl>\n")?;
    for (name, value) in members {
        // The change itself is shown below.
        if has_patch
            && matches!(
                name.as_str(),
                "old_string" | "new_string" | "content" | "edits"
            )
        {
            continue;
        }
        page.raw("<dt>")?;
        page.line(name, 80)?;
        page.raw("</dt><dd><pre>")?;
        page.cut(&as_text(value), max)?;
        page.raw("</pre></dd>\n")?;
    }
    page.raw("</dl>\n")
}

fn blocks(
    page: &mut Markup<'_>,
    reader: &SessionReader<'_>,
    output: &Payload,
) -> Result<(), ExportError> {
    let max = reader.view().text_bytes_max;
    let Some(json) = &output.json else {
        return absent(page, output.bytes);
    };
    let Value::Array(blocks) = json else {
        page.raw("<pre>")?;
        page.cut(&as_text(json), max)?;
        return page.raw("</pre>\n");
    };
    for block in blocks {
        if let Some(base64) = picture::base64_of(block) {
            // Nothing in a picture can be masked.
            match picture::media_type(base64).filter(|_| reader.view().masks.is_empty()) {
                Some(media_type) => {
                    page.raw("<img alt=\"A picture that the tool gave back\" src=\"data:")?;
                    page.raw(media_type)?;
                    page.raw(";base64,")?;
                    page.escaped(base64)?;
                    page.raw("\">\n")?;
                }
                None => page.raw("<p class=\"quiet\">(a picture, left out)</p>\n")?,
            }
            continue;
        }
        page.raw("<pre>")?;
        match block.get("text").and_then(Value::as_str) {
            Some(text) => page.cut(text, max)?,
            None => page.cut(&as_text(block), max)?,
        }
        page.raw("</pre>\n")?;
    }
    Ok(())
}

fn absent(page: &mut Markup<'_>, bytes: u64) -> Result<(), ExportError> {
    page.raw("<p class=\"quiet\">(")?;
    page.text(&figures::bytes(bytes))?;
    page.raw(", content not captured)</p>\n")
}

/// A string as it is, other JSON with indents.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// The lines of the change that an edit made, as the client tells it.
fn patch(result: &Value) -> Option<Vec<&str>> {
    let hunks = result.get("structuredPatch")?.as_array()?;
    let mut lines = Vec::new();
    for hunk in hunks {
        if !lines.is_empty() {
            lines.push("⋯");
        }
        lines.extend(
            hunk.get("lines")?
                .as_array()?
                .iter()
                .filter_map(Value::as_str),
        );
    }
    (!lines.is_empty()).then_some(lines)
}

fn diff(page: &mut Markup<'_>, lines: &[&str], bytes_max: usize) -> Result<(), ExportError> {
    let mut bytes = 0;
    for (place, line) in lines.iter().enumerate() {
        bytes += line.len();
        if bytes > bytes_max {
            page.text(&format!(
                "… {} more are left out of this page",
                figures::counted((lines.len() - place) as u64, "line")
            ))?;
            break;
        }
        page.raw(match line.as_bytes().first() {
            Some(b'+') => "<span class=\"add\">",
            Some(b'-') => "<span class=\"del\">",
            _ => "<span>",
        })?;
        page.text(line)?;
        page.raw("</span>")?;
    }
    Ok(())
}
