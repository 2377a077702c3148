//! `argus redact`: what the redaction does, on stdin and stdout.

use std::io::{BufRead, Read};

use argus_redact::Redactor;
use serde_json::{Value, json};

use crate::error::{CommandError, Kind};
use crate::output;

/// Replaces secrets in text from stdin. Without a workspace the fingerprints in placeholders are made with a public key.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Lines of {"id","text"} in, lines of {"id","text","spans"} out, in order.
    #[arg(long)]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), CommandError> {
    let redactor = Redactor::without_workspace();
    let mut input = std::io::stdin().lock();
    if !args.jsonl {
        let mut text = String::new();
        input.read_to_string(&mut text)?;
        output::write(&redactor.redact_text(&text).text);
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
        let redacted =
            redactor.redact_text(case.get("text").and_then(Value::as_str).unwrap_or_default());
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
    }
    Ok(())
}
