//! What there is to import below a path.

use std::fs;
use std::path::{Path, PathBuf};

use argus_session::source::cowork::{self, CoworkFile};

use crate::error::CommandError;

/// Something to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A session's transcript, or one of its sub-agents'.
    Transcript {
        path: PathBuf,
        session_id: String,
        agent_id: Option<String>,
    },
    /// What a client knows of a sub-agent beside its transcript.
    AgentMeta {
        path: PathBuf,
        session_id: String,
        agent_id: String,
    },
    /// A tool's output that was too long for the transcript.
    ToolResult { path: PathBuf, session_id: String },
    /// What Cowork knows of a session.
    CoworkMetadata { path: PathBuf },
    /// A Cowork session's audit log.
    CoworkAudit { path: PathBuf },
    /// The hook calls of a recording.
    Hooks { path: PathBuf },
    /// One OTLP export of a recording.
    Export { path: PathBuf },
}

impl Found {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Transcript { path, .. }
            | Self::AgentMeta { path, .. }
            | Self::ToolResult { path, .. }
            | Self::CoworkMetadata { path }
            | Self::CoworkAudit { path }
            | Self::Hooks { path }
            | Self::Export { path } => path,
        }
    }
}

/// Deepest folder that is looked into.
const DEPTH_MAX: usize = 12;

/// Everything to import below `path`: a transcript file, a folder of them such as `~/.claude/projects`, or a recording.
/// The newest files come first, so that what is asked for most is there soonest.
/// What cannot be read comes in words.
pub(crate) fn find(path: &Path) -> Result<(Vec<Found>, Vec<String>), CommandError> {
    let meta = fs::metadata(path).map_err(|error| {
        CommandError::user(format!("{} cannot be read: {error}", path.display()))
    })?;
    let mut found = Vec::new();
    let mut unreadable = Vec::new();
    if meta.is_file() {
        found.extend(of_file(path));
        if found.is_empty() {
            return Err(
                CommandError::user(format!("{} is no transcript", path.display()))
                    .hint("transcripts are .jsonl files; a recording is given by its folder"),
            );
        }
        if let Found::Transcript {
            session_id,
            agent_id: None,
            ..
        } = &found[0]
        {
            // Its sub-agents and long outputs lie in a folder of the session's name beside it.
            let beside = path.with_file_name(session_id);
            walk(&beside, 0, &mut found, &mut unreadable);
        }
    } else {
        walk(path, 0, &mut found, &mut unreadable);
    }
    found.sort_by_cached_key(|item| {
        let changed = fs::metadata(item.path())
            .and_then(|meta| meta.modified())
            .ok();
        (std::cmp::Reverse(changed), item.path().to_owned())
    });
    Ok((found, unreadable))
}

/// Why a file or folder is passed over.
pub(super) fn cannot_be_read(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be read: {error}", path.display())
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Found>, unreadable: &mut Vec<String>) {
    if depth > DEPTH_MAX || !folder.is_dir() {
        return;
    }
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) => {
            unreadable.push(cannot_be_read(folder, &error));
            return;
        }
    };
    let mut entries: Vec<PathBuf> = listed
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    entries.sort();
    for path in entries {
        // A link may lead in a circle or out of the folder.
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            walk(&path, depth + 1, found, unreadable);
        } else if meta.is_file() {
            found.extend(of_file(&path));
        }
    }
}

/// What a file is, by its name and place.
fn of_file(path: &Path) -> Option<Found> {
    let name = path.file_name()?.to_str()?;
    let parents: Vec<&str> = path
        .ancestors()
        .skip(1)
        .take(4)
        .filter_map(|parent| parent.file_name()?.to_str())
        .collect();
    let above = parents.first().copied().unwrap_or_default();
    // Within a Cowork session's folder lie files of the person's too, of any name.
    match path.to_str().and_then(cowork::file) {
        Some((_, CoworkFile::Metadata)) => {
            return Some(Found::CoworkMetadata {
                path: path.to_owned(),
            });
        }
        Some((_, CoworkFile::Audit)) => {
            return Some(Found::CoworkAudit {
                path: path.to_owned(),
            });
        }
        Some((_, CoworkFile::Transcript)) => {}
        None if is_in_cowork_session(path) => return None,
        None => {}
    }
    if above == "otlp" {
        let is_export =
            name.ends_with(".json") && !name.ends_with(".headers.json") || name.ends_with(".pb");
        return is_export.then(|| Found::Export {
            path: path.to_owned(),
        });
    }
    if name == "hooks.jsonl" {
        return Some(Found::Hooks {
            path: path.to_owned(),
        });
    }
    if above == "tool-results" {
        let session_id = (*parents.get(1)?).to_owned();
        return Some(Found::ToolResult {
            path: path.to_owned(),
            session_id,
        });
    }
    if let Some(place) = parents.iter().position(|parent| *parent == "subagents") {
        let session_id = (*parents.get(place + 1)?).to_owned();
        let agent = name.strip_prefix("agent-")?;
        return if let Some(agent_id) = agent.strip_suffix(".meta.json") {
            Some(Found::AgentMeta {
                path: path.to_owned(),
                session_id,
                agent_id: agent_id.to_owned(),
            })
        } else {
            let agent_id = Some(agent.strip_suffix(".jsonl")?.to_owned());
            Some(Found::Transcript {
                path: path.to_owned(),
                session_id,
                agent_id,
            })
        };
    }
    // Workflow journals, histories, a recording's stdout: no transcripts.
    if ["journal.jsonl", "history.jsonl"].contains(&name) || name.starts_with("stdout-") {
        return None;
    }
    let session_id = name.strip_suffix(".jsonl")?;
    let session_id = session_id.strip_prefix("transcript-").unwrap_or(session_id);
    Some(Found::Transcript {
        path: path.to_owned(),
        session_id: session_id.to_owned(),
        agent_id: None,
    })
}

fn is_in_cowork_session(path: &Path) -> bool {
    let names: Vec<&str> = path.iter().filter_map(std::ffi::OsStr::to_str).collect();
    let root = names
        .iter()
        .position(|name| *name == "local-agent-mode-sessions");
    root.is_some_and(|root| names[root..].iter().any(|name| name.starts_with("local_")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_name_and_place() {
        let of = |path: &str| of_file(Path::new(path));
        assert!(
            matches!(of("/p/-home/s1.jsonl"), Some(Found::Transcript { session_id, agent_id: None, .. }) if session_id == "s1")
        );
        assert!(
            matches!(of("/r/transcript-s1.jsonl"), Some(Found::Transcript { session_id, .. }) if session_id == "s1")
        );
        assert!(
            matches!(of("/p/s1/subagents/agent-a1.jsonl"), Some(Found::Transcript { session_id, agent_id: Some(agent), .. }) if session_id == "s1" && agent == "a1")
        );
        assert!(
            matches!(of("/p/s1/subagents/workflows/run/agent-a1.meta.json"), Some(Found::AgentMeta { session_id, .. }) if session_id == "s1")
        );
        assert!(
            matches!(of("/p/s1/tool-results/x.txt"), Some(Found::ToolResult { session_id, .. }) if session_id == "s1")
        );
        assert!(matches!(
            of("/r/otlp/0001-logs.grpc.pb"),
            Some(Found::Export { .. })
        ));
        let cowork = "/l/local-agent-mode-sessions/a/o";
        let of_cowork = |rest: &str| of_file(Path::new(&format!("{cowork}/{rest}")));
        assert!(matches!(
            of_cowork("local_1.json"),
            Some(Found::CoworkMetadata { .. })
        ));
        assert!(matches!(
            of_cowork("local_1/audit.jsonl"),
            Some(Found::CoworkAudit { .. })
        ));
        assert!(matches!(
            of_cowork("local_1/.claude/projects/-sessions-x/c1.jsonl"),
            Some(Found::Transcript { session_id, .. }) if session_id == "c1"
        ));
        for other in [
            "local_1/uploads/rows.jsonl",
            "local_1/outputs/hooks.jsonl",
            "spaces.json",
        ] {
            assert_eq!(of_cowork(other), None, "{other}");
        }
        for other in [
            "/r/otlp/0001-logs.headers.json",
            "/p/history.jsonl",
            "/p/s1/subagents/workflows/r/journal.jsonl",
            "/p/readme.md",
            "/r/stdout-0.jsonl",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
