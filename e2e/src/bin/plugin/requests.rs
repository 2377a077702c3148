//! What the model was sent, without and with the plugin.

use argus_e2e::Result;
use serde_json::Value;

/// What the plugin must not change.
const PARTS: [&str; 3] = ["system", "tools", "messages"];

/// # Errors
/// One of them has another content.
pub(crate) fn are_equal(without: &[Value], with: &[Value]) -> Result<()> {
    if without.is_empty() || without.len() != with.len() {
        return Err(format!(
            "{} requests reach the model without the plugin, {} with it",
            without.len(),
            with.len()
        ));
    }
    for (one, other) in without.iter().zip(with) {
        for part in PARTS {
            let (one, other) = (text(one, part)?, text(other, part)?);
            if one != other {
                let place = one
                    .bytes()
                    .zip(other.bytes())
                    .position(|(one, other)| one != other)
                    .unwrap_or_else(|| one.len().min(other.len()));
                return Err(format!(
                    "the plugin changes {part} of a request to the model, from: {}",
                    other
                        .chars()
                        .skip(place.saturating_sub(40))
                        .take(200)
                        .collect::<String>()
                ));
            }
        }
    }
    Ok(())
}

/// A part of a request as text. The kit makes a repository for every run, whose first commit has another name each time.
fn text(request: &Value, part: &str) -> Result<String> {
    let body = if request["body"].is_object() {
        &request["body"]
    } else {
        request
    };
    if !body[part].is_array() {
        return Err(format!("a request to the model has no {part}"));
    }
    let text = body[part].to_string();
    Ok(match text.split_once("Recent commits:\\n") {
        Some((before, after)) => {
            let after = after.split_once(' ').map_or("", |(_, after)| after);
            format!("{before}Recent commits:\\n{after}")
        }
        None => text,
    })
}
