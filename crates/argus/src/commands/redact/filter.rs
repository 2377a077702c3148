//! Text from stdin, redacted, on stdout.

use std::io::{BufRead, Read};

use argus_redact::{RedactedText, Redactor, Span, built_in_rules};
use serde_json::{Value, json};

use crate::error::{CommandError, Kind};
use crate::output;

#[derive(Debug, clap::Args)]
pub(super) struct FilterArgs {
    /// Lines of {"id","text"} in, lines of {"id","text","spans"} out, in order.
    #[arg(long)]
    jsonl: bool,
    /// Lists each replacement on stderr: line and column in the text that was given, type, what the rule finds.
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(args: &FilterArgs) -> Result<(), CommandError> {
    let redactor = Redactor::without_workspace();
    let mut input = std::io::stdin().lock();
    if !args.jsonl {
        let mut text = String::new();
        input.read_to_string(&mut text)?;
        let redacted = redactor.redact_text(&text);
        output::write(&redacted.text);
        if args.explain {
            explain("", &text, &redacted);
        }
        return Ok(());
    }
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        let Ok(Value::Object(case)) = serde_json::from_str(&line) else {
            return Err(CommandError::new(
                Kind::User,
                format!("line {} is no JSON object", number + 1),
            ));
        };
        let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
        let redacted = redactor.redact_text(text);
        let spans: Vec<Value> = redacted
            .spans
            .iter()
            .map(
                |span| json!({"start": span.input_start, "end": span.input_end, "type": span.kind}),
            )
            .collect();
        output::line(
            &json!({"id": case.get("id"), "text": redacted.text, "spans": spans}).to_string(),
        );
        if args.explain {
            explain(&format!("{}:", number + 1), text, &redacted);
        }
    }
    Ok(())
}

/// Says what was replaced where. Nothing of what was replaced is said.
fn explain(before: &str, text: &str, redacted: &RedactedText) {
    for span in &redacted.spans {
        let (line, column) = place(text, span);
        let title = built_in_rules()
            .iter()
            .find(|rule| rule.name == span.kind)
            .map_or("", |rule| rule.title);
        let said = format!("{before}{line}:{column}  {}  {title}", span.kind);
        output::note(said.trim_end());
    }
    if let Some(reason) = redacted.dropped {
        output::note(&format!("{before}1:1  dropped: {}", reason.as_str()));
    }
}

/// Line and column of what was replaced, from 1; columns are characters.
fn place(text: &str, span: &Span) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(span.input_start)];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}
