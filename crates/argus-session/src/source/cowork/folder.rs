//! Which file of Cowork's folder is what, by its path alone.

use std::collections::BTreeMap;

/// What a file of a Cowork session is. Other files (settings, what the person put in and got out) are none of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoworkFile {
    /// `local_<id>.json`.
    Metadata,
    /// `local_<id>/audit.jsonl`.
    Audit,
    /// A transcript, or what belongs to one: by its place below `.claude/projects`, as Claude Code's own.
    Transcript,
}

/// The files of one session, as paths in the form in which they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFiles {
    /// The metadata file.
    pub metadata: Option<String>,
    /// The audit log.
    pub audit: Option<String>,
    /// The transcript and what belongs to it.
    pub transcripts: Vec<String>,
}

/// What begins the name of a session's folder and of its metadata file.
const LOCAL: &str = "local_";

/// What a file is, and the app's id of the session that it is of. `path` may begin anywhere above the session's folder;
/// `/` and `\` separate alike.
#[must_use]
pub fn file(path: &str) -> Option<(&str, CoworkFile)> {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let (name, folders) = parts.split_last()?;
    if let Some(place) = folders.iter().rposition(|part| part.starts_with(LOCAL)) {
        let session = folders[place];
        return match &folders[place + 1..] {
            [] if *name == "audit.jsonl" => Some((session, CoworkFile::Audit)),
            [".claude", "projects", ..] => Some((session, CoworkFile::Transcript)),
            _ => None,
        };
    }
    let session = name.strip_suffix(".json")?;
    let is_cowork = folders.contains(&"local-agent-mode-sessions");
    (is_cowork && session.starts_with(LOCAL)).then_some((session, CoworkFile::Metadata))
}

/// The sessions of a listing of `local-agent-mode-sessions`, by the app's id: which files are whose. The order of the
/// listing does not matter.
#[must_use]
pub fn sessions<'a>(listing: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, SessionFiles> {
    let mut sessions: BTreeMap<String, SessionFiles> = BTreeMap::new();
    for path in listing {
        let Some((session, kind)) = file(path) else {
            continue;
        };
        let files = sessions.entry(session.to_owned()).or_default();
        match kind {
            CoworkFile::Metadata => files.metadata = Some(path.to_owned()),
            CoworkFile::Audit => files.audit = Some(path.to_owned()),
            CoworkFile::Transcript => files.transcripts.push(path.to_owned()),
        }
    }
    for files in sessions.values_mut() {
        files.transcripts.sort_unstable();
    }
    sessions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_path() {
        let root = "C:\\Users\\a\\AppData\\Roaming\\Claude\\local-agent-mode-sessions\\acc\\org";
        let metadata = format!("{root}\\local_1.json");
        assert_eq!(file(&metadata), Some(("local_1", CoworkFile::Metadata)));
        let listing = [
            "local-agent-mode-sessions/acc/org/local_1.json",
            "local-agent-mode-sessions/acc/org/local_1/audit.jsonl",
            "local-agent-mode-sessions/acc/org/local_1/.claude/projects/-sessions-fine-owl/c1.jsonl",
            "local-agent-mode-sessions/acc/org/local_1/.claude/projects/-sessions-fine-owl/c1/subagents/agent-a.jsonl",
            "local-agent-mode-sessions/acc/org/local_1/.claude/settings.json",
            "local-agent-mode-sessions/acc/org/local_1/uploads/rows.jsonl",
            "local-agent-mode-sessions/acc/org/local_1/outputs/local_x.json",
            "local-agent-mode-sessions/acc/org/agent/local_ditto_2/audit.jsonl",
            "local-agent-mode-sessions/acc/org/spaces.json",
            "elsewhere/local_3.json",
        ];
        let sessions = sessions(listing);
        let names: Vec<&str> = sessions.keys().map(String::as_str).collect();
        assert_eq!(names, ["local_1", "local_ditto_2"]);
        assert_eq!(sessions["local_1"].transcripts.len(), 2);
        assert_eq!(sessions["local_1"].metadata.as_deref(), Some(listing[0]));
        assert_eq!(sessions["local_ditto_2"].audit.as_deref(), Some(listing[7]));
    }
}
