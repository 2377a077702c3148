//! JSON lines: a session's document on each line, with what was said of it.

use std::io::Write;

use crate::{ExportError, Said, SessionReader, clean};

/// Writes a session as one line.
pub(crate) fn session(
    out: &mut dyn Write,
    reader: &SessionReader<'_>,
    said: &Said,
) -> Result<(), ExportError> {
    write(out, open(&serde_json::to_string(&reader.head)?, "}"))?;
    write(out, ",\"turns\":[")?;
    for place in 0..reader.turns.len() {
        if place > 0 {
            write(out, ",")?;
        }
        let mut turn = reader.turn(place);
        turn.steps.clear();
        // The steps are a turn's last member: its list is left open for them.
        write(out, open(&serde_json::to_string(&turn)?, "]}"))?;
        let mut is_first = true;
        reader.steps(place, &mut |step| {
            if !is_first {
                write(out, ",")?;
            }
            is_first = false;
            write(out, &serde_json::to_string(&step)?)
        })?;
        write(out, "]}")?;
    }
    write(out, "]")?;
    if let Some(reviews) = &said.json {
        write(out, ",\"reviews\":")?;
        write(out, &serde_json::to_string(reviews)?)?;
        write(out, &format!(",\"reviews_blind\":{}", said.is_blind))?;
    }
    write(out, "}\n")
}

/// A document without its end.
fn open<'a>(json: &'a str, end: &str) -> &'a str {
    json.strip_suffix(end).unwrap_or(json)
}

fn write(out: &mut dyn Write, json: &str) -> Result<(), ExportError> {
    out.write_all(clean::json(json).as_bytes())?;
    Ok(())
}
