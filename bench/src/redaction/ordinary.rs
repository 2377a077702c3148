//! What sessions are made of: recorded transcripts, and this repository's own sources.

use std::fs;
use std::path::{Path, PathBuf};

use argus_e2e::Result;

const SOURCES: [&str; 5] = ["crates", "docs", "e2e/realclient", "e2e/src", "web/src"];
const SOURCE_NAMES: [&str; 8] = ["css", "json", "md", "py", "rs", "sql", "ts", "tsx"];
/// Enough to be measured: the plain search is slow.
const BYTES_MAX: usize = 4_000_000;

/// The lines of the demo's transcripts.
pub(super) fn transcripts(repository: &Path) -> Result<Vec<String>> {
    let files = texts(&repository.join("demo/recordings"), &["jsonl"])?;
    let lines = files
        .iter()
        .filter(|(path, _)| path.to_string_lossy().contains("transcript"))
        .flat_map(|(_, text)| text.lines().map(str::to_owned));
    Ok(up_to_the_limit(lines))
}

/// Sources and documentation, whole files.
pub(super) fn sources(repository: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in SOURCES {
        files.extend(texts(&repository.join(folder), &SOURCE_NAMES)?);
    }
    Ok(up_to_the_limit(files.into_iter().map(|(_, text)| text)))
}

fn up_to_the_limit(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut bytes = 0;
    texts
        .take_while(|text| {
            bytes += text.len();
            bytes <= BYTES_MAX
        })
        .collect()
}

/// Every text below a folder whose name ends so, in the order of their paths.
fn texts(folder: &Path, names: &[&str]) -> Result<Vec<(PathBuf, String)>> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(said)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::result::Result<_, _>>()
        .map_err(said)?;
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let ends = |name: &std::ffi::OsStr| names.iter().any(|known| name == *known);
        if path.is_dir() {
            found.extend(texts(&path, names)?);
        } else if path.extension().is_some_and(ends)
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path, text));
        }
    }
    Ok(found)
}
