//! Which files belong to a session: the transcript, and beside it a folder of its sub-agents and long outputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use argus_session::source::cowork;

/// Deepest folder that is looked into below a session's.
const DEPTH_MAX: usize = 6;

/// A file of a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SessionFile {
    /// Its transcript, or that of a sub-agent.
    Transcript {
        path: PathBuf,
        agent_id: Option<String>,
    },
    /// What is known of a sub-agent beside its transcript.
    AgentMeta { path: PathBuf, agent_id: String },
    /// A tool's output that was too long for the transcript.
    ToolResult { path: PathBuf, name: String },
    /// What the Cowork app knows of a session.
    CoworkMetadata { path: PathBuf },
    /// What it writes beside the transcript.
    CoworkAudit { path: PathBuf },
}

impl SessionFile {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Transcript { path, .. }
            | Self::AgentMeta { path, .. }
            | Self::ToolResult { path, .. }
            | Self::CoworkMetadata { path }
            | Self::CoworkAudit { path } => path,
        }
    }
}

/// The files of the session with this transcript, the transcript first. `cowork` is its metadata file, for a session of
/// Cowork. Links are not followed.
pub(crate) fn of_session(
    transcript: &Path,
    session_id: &str,
    cowork: Option<&Path>,
) -> Vec<SessionFile> {
    let mut files = vec![SessionFile::Transcript {
        path: transcript.to_owned(),
        agent_id: None,
    }];
    // Ids are the client's, but they name a folder: no way out of it.
    if is_name(session_id) {
        let beside = transcript.with_file_name(session_id);
        walk(&beside.join("subagents"), 0, &mut files, &of_agent);
        walk(&beside.join("tool-results"), 0, &mut files, &of_result);
    }
    files[1..].sort();
    if let Some(metadata) = cowork {
        files.push(SessionFile::CoworkMetadata {
            path: metadata.to_owned(),
        });
        let path = metadata.with_extension("").join("audit.jsonl");
        if path.is_file() {
            files.push(SessionFile::CoworkAudit { path });
        }
    }
    files
}

/// The metadata file of the Cowork session whose transcript this is, if it is one.
pub(crate) fn cowork_metadata(transcript: &Path) -> Option<PathBuf> {
    let (session, _) = cowork::file(transcript.to_str()?)?;
    let folder = transcript
        .ancestors()
        .find(|folder| folder.file_name().is_some_and(|name| name == session))?;
    Some(folder.with_extension("json")).filter(|metadata| metadata.is_file())
}

/// The sessions of Cowork below its folder (`local-agent-mode-sessions`), the newest first.
pub(crate) fn cowork_sessions(root: &Path) -> Vec<FoundTranscript> {
    let mut found = Vec::new();
    // ACCOUNT/ORGANISATION/local_ID.json, or one folder deeper.
    for account in folders(root) {
        for organisation in folders(&account) {
            found.extend(cowork_in(&organisation));
            found.extend(cowork_in(&organisation.join("agent")));
        }
    }
    newest_first(found)
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

fn cowork_in(folder: &Path) -> Vec<FoundTranscript> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| of_metadata(entry.path()))
        .collect()
}

/// The session of a metadata file; `None` for one that never ran.
fn of_metadata(metadata: PathBuf) -> Option<FoundTranscript> {
    let name = metadata.file_name()?.to_str()?;
    if !name.starts_with("local_") || !name.ends_with(".json") {
        return None;
    }
    let session_id = cowork::cli_session_id(&fs::read(&metadata).ok()?)?;
    if !is_name(&session_id) {
        return None;
    }
    let folder = metadata.with_extension("");
    let projects = folder.join(".claude/projects");
    let file = format!("{session_id}.jsonl");
    let path = folders(&projects)
        .into_iter()
        .map(|project| project.join(&file))
        .find(|path| path.is_file())
        .unwrap_or_else(|| projects.join(&file));
    let metas: Vec<fs::Metadata> = [&path, &metadata, &folder.join("audit.jsonl")]
        .into_iter()
        .filter_map(|path| fs::metadata(path).ok())
        .collect();
    Some(FoundTranscript {
        bytes: fs::metadata(&path).map_or(0, |meta| meta.len()),
        changed_us: metas.iter().map(changed_us).max()?,
        path,
        session_id,
        cowork: Some(metadata),
    })
}

/// True for what can be the name of a file and nothing else.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && !text.starts_with('.')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn walk(
    folder: &Path,
    depth: usize,
    files: &mut Vec<SessionFile>,
    what: &dyn Fn(PathBuf, &str) -> Option<SessionFile>,
) {
    if depth > DEPTH_MAX {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        let path = entry.path();
        if kind.is_dir() {
            walk(&path, depth + 1, files, what);
        } else if kind.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.extend(what(path, &name));
        }
    }
}

fn of_agent(path: PathBuf, name: &str) -> Option<SessionFile> {
    let agent = name.strip_prefix("agent-")?;
    if let Some(agent_id) = agent.strip_suffix(".meta.json") {
        let agent_id = agent_id.to_owned();
        return Some(SessionFile::AgentMeta { path, agent_id });
    }
    let agent_id = Some(agent.strip_suffix(".jsonl")?.to_owned());
    Some(SessionFile::Transcript { path, agent_id })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "one shape with the files of agents"
)]
fn of_result(path: PathBuf, name: &str) -> Option<SessionFile> {
    let name = name.to_owned();
    Some(SessionFile::ToolResult { path, name })
}

/// A transcript on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundTranscript {
    pub(crate) path: PathBuf,
    pub(crate) session_id: String,
    pub(crate) bytes: u64,
    /// When it was last written to, microseconds UTC.
    pub(crate) changed_us: i64,
    /// The metadata file, of a session of Cowork.
    pub(crate) cowork: Option<PathBuf>,
}

/// The transcripts of sessions below Claude's configuration folder, the newest first.
pub(crate) fn transcripts(claude_config: &Path) -> Vec<FoundTranscript> {
    let mut found = Vec::new();
    let projects = claude_config.join("projects");
    for project in fs::read_dir(projects).into_iter().flatten().flatten() {
        for entry in fs::read_dir(project.path()).into_iter().flatten().flatten() {
            found.extend(of_entry(&entry));
        }
    }
    newest_first(found)
}

fn newest_first(mut found: Vec<FoundTranscript>) -> Vec<FoundTranscript> {
    found.sort_by(|one, other| {
        (std::cmp::Reverse(one.changed_us), &one.path)
            .cmp(&(std::cmp::Reverse(other.changed_us), &other.path))
    });
    found
}

fn of_entry(entry: &fs::DirEntry) -> Option<FoundTranscript> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let session_id = name.strip_suffix(".jsonl")?;
    let meta = entry.metadata().ok()?;
    if !meta.is_file() || !is_name(session_id) {
        return None;
    }
    Some(FoundTranscript {
        path: entry.path(),
        session_id: session_id.to_owned(),
        bytes: meta.len(),
        changed_us: changed_us(&meta),
        cowork: None,
    })
}

/// When a file was last written to, microseconds UTC.
pub(crate) fn changed_us(meta: &fs::Metadata) -> i64 {
    meta.modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_micros()).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_its_transcript_and_what_lies_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let beside = root.path().join("s1");
        for folder in ["subagents/workflows/run", "tool-results"] {
            fs::create_dir_all(beside.join(folder)).unwrap();
        }
        for file in [
            "subagents/agent-a1.jsonl",
            "subagents/agent-a1.meta.json",
            "subagents/workflows/run/agent-b2.jsonl",
            "subagents/workflows/run/journal.jsonl",
            "tool-results/x.txt",
        ] {
            fs::write(beside.join(file), "x").unwrap();
        }
        let files = of_session(&root.path().join("s1.jsonl"), "s1", None);
        let names: Vec<String> = files
            .iter()
            .map(|file| {
                file.path()
                    .strip_prefix(root.path())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        assert_eq!(
            names,
            [
                "s1.jsonl",
                "s1/subagents/agent-a1.jsonl",
                "s1/subagents/workflows/run/agent-b2.jsonl",
                "s1/subagents/agent-a1.meta.json",
                "s1/tool-results/x.txt",
            ]
        );
        assert_eq!(
            of_session(&root.path().join("s1.jsonl"), "../s1", None).len(),
            1
        );
    }

    #[test]
    fn sessions_of_cowork_are_found_by_their_metadata() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("local-agent-mode-sessions/acc/org");
        let transcripts = place.join("local_1/.claude/projects/-sessions-owl");
        fs::create_dir_all(&transcripts).unwrap();
        fs::create_dir_all(place.join("agent/local_ditto_2")).unwrap();
        fs::write(place.join("local_1.json"), r#"{"cliSessionId":"c1"}"#).unwrap();
        fs::write(place.join("local_3.json"), r#"{"title":"never ran"}"#).unwrap();
        fs::write(place.join("spaces.json"), "{}").unwrap();
        fs::write(
            place.join("agent/local_ditto_2.json"),
            r#"{"cliSessionId":"c2"}"#,
        )
        .unwrap();
        fs::write(place.join("agent/local_ditto_2/audit.jsonl"), "{}").unwrap();
        fs::write(place.join("local_1/audit.jsonl"), "{}").unwrap();
        fs::write(transcripts.join("c1.jsonl"), "{}").unwrap();
        let mut found = cowork_sessions(&root.path().join("local-agent-mode-sessions"));
        found.sort_by(|one, other| one.session_id.cmp(&other.session_id));
        let ids: Vec<&str> = found
            .iter()
            .map(|found| found.session_id.as_str())
            .collect();
        assert_eq!(ids, ["c1", "c2"]);
        assert_eq!(found[0].path, transcripts.join("c1.jsonl"));
        let files = of_session(&found[0].path, "c1", found[0].cowork.as_deref());
        assert_eq!(files.len(), 3);
        assert_eq!(cowork_metadata(&found[0].path), found[0].cowork);
    }
}
