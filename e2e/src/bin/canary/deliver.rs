//! What a run left, on its way to the server.

use std::fs;
use std::path::Path;

use argus_e2e::{Argus, Result, Run, Sender};
use serde_json::{Value, json};

/// Envelopes of one request.
const BATCH: usize = 200;

/// Imports transcripts with everything that lies beside them.
pub(crate) fn transcripts(argus: &Argus, folder: &Path) -> Result<()> {
    argus
        .run(&["import", &folder.to_string_lossy(), "--project", "e2e"])
        .map(drop)
}

/// Sends what hooks were told, as a capture client does.
pub(crate) fn hooks(sender: &Sender, calls: &str) -> Result<()> {
    let mut envelopes = Vec::new();
    for line in calls.lines() {
        let call: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if call["via"] != "command" {
            continue;
        }
        envelopes.push(json!({
            "version": 1,
            "source": "hook",
            "key": format!("{}-{}", call["event"].as_str().unwrap_or_default(), call["t_ns"]),
            "body": call["body"],
        }));
    }
    if envelopes.is_empty() {
        return Err("the client called no hook".to_owned());
    }
    for batch in envelopes.chunks(BATCH) {
        let body = json!({"envelopes": batch}).to_string();
        let (status, answer) = sender.post("/v1/envelopes", "application/json", body.as_bytes())?;
        let refused = serde_json::from_str::<Value>(&answer)
            .ok()
            .and_then(|answer| answer["refused"].as_array().map(Vec::len));
        if (status, refused) != (200, Some(0)) {
            return Err(format!("hook calls were refused: {status} {answer}"));
        }
    }
    Ok(())
}

/// The hook calls of a run, as if they were those of another session.
pub(crate) fn hooks_of(run: &Run, session: &str, as_session: &str) -> Result<String> {
    Ok(read(&run.hooks)?.replace(session, as_session))
}

/// The transcripts of a run in another folder, as if they were those of another session.
pub(crate) fn transcripts_of(
    from: &Path,
    to: &Path,
    session: &str,
    as_session: &str,
) -> Result<()> {
    let said = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(said)?;
    for entry in fs::read_dir(from).map_err(said)? {
        let path = entry.map_err(said)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let copy = to.join(name.replace(session, as_session));
        if path.is_dir() {
            transcripts_of(&path, &copy, session, as_session)?;
        } else {
            let text = read(&path)?.replace(session, as_session);
            fs::write(copy, text).map_err(said)?;
        }
    }
    Ok(())
}

pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
