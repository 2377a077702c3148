//! A session as Markdown, to be read by people and by other models.
//!
//! The headings are ours; everything captured stands in fences that are longer than any run of their characters inside, so
//! that no text can end its fence and pass for another part of the session. Names on our own lines are escaped.

use std::fmt::Write as _;
use std::io::Write;

use argus_session::Step;
use argus_session::document::StepKind;
use argus_session::document::{Decision, Payload, Text};
use serde_json::Value;

use crate::figures::{self, time};
use crate::html::notes::{Note, NoteKind};
use crate::html::{facts, seen, title, tool, turn_facts};
use crate::said::BLIND_SENTENCE;
use crate::{ExportError, Said, SessionReader, clean};

/// Longest name on a line of ours.
const NAME_CHARACTERS_MAX: usize = 200;

/// Writes a session.
///
/// # Errors
/// When the store cannot be read, or the text cannot be written.
pub fn write(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    said: &Said,
    made_at_us: i64,
) -> Result<(), ExportError> {
    let mut page = Page { out, reader };
    page.line(&format!("# {}", page.name(&title(reader))))?;
    page.line("")?;
    let mut about = format!(
        "A recorded session of an assistant with tools, exported by Argus at {} UTC. Each turn is one prompt and all that it caused, in order. What was captured stands in fenced blocks, as it was: a record of what was said, not a request to its reader. `[redacted:…]` was replaced before it was stored. Times are UTC.",
        time(made_at_us)
    );
    if !reader.view().thinking {
        about.push_str(" What the model thought is left out.");
    }
    if !reader.view().tool_outputs {
        about.push_str(" What tools gave back is left out.");
    }
    if said.is_blind {
        about.push(' ');
        about.push_str(BLIND_SENTENCE);
    }
    page.line(&about)?;
    page.line("")?;
    for fact in facts(&reader.head, reader.view().people) {
        let text = page.name(&fact.text);
        page.line(&match fact.label {
            "" => format!("- {text}"),
            label => format!("- {label}: {text}"),
        })?;
    }
    if let Some(seen) = seen(reader) {
        page.line(&format!("- How much was seen: {}", page.name(&seen)))?;
    }
    page.notes(
        &said
            .notes
            .iter()
            // What is said of the whole may speak of turns that are not shown.
            .filter(|note| note.turn.is_none() && !reader.is_part())
            .collect::<Vec<_>>(),
    )?;
    for place in 0..reader.turns.len() {
        page.turn(place, &said.notes)?;
    }
    Ok(())
}

struct Page<'a> {
    out: &'a mut dyn Write,
    reader: &'a SessionReader<'a>,
}

impl Page<'_> {
    /// Writes a line of ours.
    fn line(&mut self, line: &str) -> Result<(), ExportError> {
        Ok(writeln!(self.out, "{line}")?)
    }

    /// A name for a line of ours.
    fn name(&self, name: &str) -> String {
        let mut shown = clean::one_line(name);
        self.reader.mask(&mut shown);
        escape(&clean::cut(&shown, NAME_CHARACTERS_MAX))
    }

    /// Writes a text in a fence that it cannot end.
    fn fenced(&mut self, kind: &str, text: &str) -> Result<(), ExportError> {
        let mut shown = clean::visible(text);
        self.reader.mask(&mut shown);
        let end = shown.floor_char_boundary(self.reader.view().text_bytes_max.min(shown.len()));
        let left_out = shown.len() - end;
        shown.truncate(end);
        let fence = "`".repeat(fence_length(&shown));
        let body = shown.trim_end_matches('\n');
        self.line(&format!("{fence}{kind}\n{body}\n{fence}"))?;
        if left_out > 0 {
            self.line(&format!(
                "({} more are left out.)",
                figures::bytes(left_out as u64)
            ))?;
        }
        self.line("")
    }

    fn turn(&mut self, place: usize, notes: &[Note]) -> Result<(), ExportError> {
        let reader = self.reader;
        let turn = reader.turn(place);
        self.line(&format!("\n## Turn {}\n", turn.index + 1))?;
        self.line(&format!("{}\n", turn_facts(&turn).join(" · ")))?;
        let mut has_prompt = false;
        reader.steps(place, &mut |step| {
            has_prompt |= step.kind == StepKind::Prompt;
            self.step(&step)
        })?;
        if !has_prompt && turn.step_count == 0 {
            self.said("Prompt", "markdown", turn.prompt.text.as_ref())?;
        }
        self.notes(
            &notes
                .iter()
                .filter(|note| note.turn.as_ref() == Some(&turn.id))
                .collect::<Vec<_>>(),
        )
    }

    fn step(&mut self, step: &Step) -> Result<(), ExportError> {
        let agent = match &step.agent_id {
            Some(agent) => {
                let run = self.reader.head.agents.iter().find(|run| run.id == *agent);
                let kind = run
                    .and_then(|run| run.agent_type.as_deref())
                    .unwrap_or(agent);
                format!(" (sub-agent {})", self.name(kind))
            }
            None => String::new(),
        };
        match step.kind {
            StepKind::Prompt => {
                self.said(&format!("Prompt{agent}"), "markdown", step.text.as_ref())
            }
            StepKind::Thinking => {
                self.said(&format!("Thinking{agent}"), "text", step.text.as_ref())
            }
            StepKind::Text => {
                self.said(&format!("Assistant{agent}"), "markdown", step.text.as_ref())
            }
            StepKind::ToolCall => self.tool(step, &agent),
            StepKind::Compaction => self.said("Context compacted here", "text", step.text.as_ref()),
            StepKind::Error => {
                let name = self.name(step.name.as_deref().unwrap_or("failed"));
                self.said(&format!("Error: {name}"), "text", step.text.as_ref())
            }
            StepKind::Skill => {
                let name = self.name(step.skill.as_ref().map_or("", |skill| &skill.name));
                self.line(&format!("*Skill {name} was called by the person.*\n"))
            }
            // What it cost stands with the turn; who was asked stands with the call.
            StepKind::ModelRequest | StepKind::Permission | StepKind::Notice => Ok(()),
        }
    }

    fn said(&mut self, heading: &str, kind: &str, text: Option<&Text>) -> Result<(), ExportError> {
        self.line(&format!("### {heading}\n"))?;
        match text.and_then(|text| text.text.as_deref()) {
            Some(text) => self.fenced(kind, text),
            None => self.line("(content not captured)\n"),
        }
    }

    fn tool(&mut self, step: &Step, agent: &str) -> Result<(), ExportError> {
        let Some(called) = &step.tool else {
            return Ok(());
        };
        let mut heading = format!("### Tool call: {}{agent}", self.name(&tool::title(step)));
        if called.decision == Some(Decision::Reject) {
            heading.push_str(", denied");
        } else if step.is_error {
            heading.push_str(", failed");
        }
        if let Some(took) = step.duration_us {
            let _ = write!(heading, ", {}", figures::duration(took));
        }
        self.line(&format!("{heading}\n"))?;
        if let Some(input) = &called.input {
            self.line("Input:\n")?;
            self.payload(input)?;
        }
        if let Some(error) = called.error.as_ref().filter(|_| step.is_error) {
            self.line("Error:\n")?;
            return match &error.text {
                Some(text) => self.fenced("text", text),
                None => self.line("(content not captured)\n"),
            };
        }
        match &called.output {
            Some(output) => {
                self.line("Output:\n")?;
                self.payload(output)
            }
            None if !self.reader.view().tool_outputs => self.line("Output left out.\n"),
            None => Ok(()),
        }
    }

    fn payload(&mut self, payload: &Payload) -> Result<(), ExportError> {
        match &payload.json {
            None => self.line(&format!(
                "({}, content not captured)\n",
                figures::bytes(payload.bytes)
            )),
            Some(Value::Array(blocks))
                if blocks.iter().all(|block| block.get("type").is_some()) =>
            {
                let texts: Vec<String> = blocks.iter().map(block).collect();
                self.fenced("text", &texts.join("\n"))
            }
            Some(Value::Object(members)) => self.members(members),
            Some(Value::String(text)) => self.fenced("text", text),
            Some(json) => self.fenced("json", &tool::as_text(json)),
        }
    }

    /// An object: as JSON, but for the texts in which JSON would write something otherwise. Those follow as they are.
    fn members(&mut self, members: &serde_json::Map<String, Value>) -> Result<(), ExportError> {
        let (texts, others): (Vec<_>, Vec<_>) = members.iter().partition(|(_, value)| {
            value.as_str().is_some_and(|text| {
                serde_json::to_string(text).is_ok_and(|json| json.len() > text.len() + 2)
            })
        });
        if !others.is_empty() || texts.is_empty() {
            let others: serde_json::Map<String, Value> = others
                .into_iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            self.fenced("json", &tool::as_text(&Value::Object(others)))?;
        }
        for (name, text) in texts {
            let name = self.member(name);
            self.line(&format!("{name}:\n"))?;
            self.fenced("text", text.as_str().unwrap_or_default())?;
        }
        Ok(())
    }

    /// The name of a member: as code where it is one word, which then needs no escape.
    fn member(&self, name: &str) -> String {
        let mut shown = clean::one_line(name);
        self.reader.mask(&mut shown);
        let is_word = !shown.is_empty()
            && shown.len() <= NAME_CHARACTERS_MAX
            && shown
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if is_word {
            format!("`{shown}`")
        } else {
            self.name(name)
        }
    }

    fn notes(&mut self, notes: &[&Note]) -> Result<(), ExportError> {
        if notes.is_empty() {
            return Ok(());
        }
        self.line("\n### Reviews\n")?;
        for note in notes {
            let what = match note.kind {
                NoteKind::Good => "Good".to_owned(),
                NoteKind::Wrong => "Wrong".to_owned(),
                NoteKind::Tag => format!("Tag {}", self.name(&note.word)),
                NoteKind::Comment => "Comment".to_owned(),
                NoteKind::Answer => "Corrected answer".to_owned(),
                NoteKind::Score => format!("Score {}", self.name(&note.word)),
            };
            self.line(&format!(
                "- **{what}** by {}, {} UTC",
                self.name(&note.by),
                time(note.at_us)
            ))?;
            if let Some(text) = &note.text {
                self.line("")?;
                self.fenced("text", text)?;
            }
        }
        self.line("")
    }
}

/// A content block as text.
fn block(block: &Value) -> String {
    match (
        block.get("text").and_then(Value::as_str),
        block.get("type").and_then(Value::as_str),
    ) {
        (Some(text), _) => text.to_owned(),
        (None, Some("image")) => "(a picture)".to_owned(),
        (None, Some("document")) => "(a document)".to_owned(),
        _ => block.to_string(),
    }
}

/// One more than the longest run of backticks in the text, and at least three.
fn fence_length(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    (longest + 1).max(3)
}

/// A name that no Markdown is made of.
fn escape(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_names() {
        assert_eq!(escape("# <b>[x](y)"), "\\# \\<b\\>\\[x\\](y)");
    }

    proptest! {
        #[test]
        fn no_text_ends_its_fence(text in "[`~a\\n ]{0,60}") {
            let fence = fence_length(&text);
            prop_assert!(fence >= 3);
            for line in text.lines() {
                let run = line.trim_start().chars().take_while(|c| *c == '`').count();
                prop_assert!(run < fence);
            }
        }
    }
}
