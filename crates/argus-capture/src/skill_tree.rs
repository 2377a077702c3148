//! A skill's folder as a version: which files, and one hash over them.
//!
//! The hash is SHA-256 over, for each regular file in the order of the bytes of its path (with `/`, from the skill's folder):
//! path, NUL, size in decimal, NUL, lower-case hex of the SHA-256 of its raw bytes, LF. Left out, at any depth: `.git`,
//! `.DS_Store`, `__pycache__`, `node_modules`. A link counts as a file whose content is where it leads.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::platform;

/// Names that are no part of a skill.
const LEFT_OUT: [&str; 4] = [".git", ".DS_Store", "__pycache__", "node_modules"];
/// Most files of a skill.
const FILES_MAX: usize = 5_000;
/// Largest file of a skill.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Deepest folder of a skill.
const DEPTH_MAX: usize = 24;

/// A version of a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SkillTree {
    /// Hash of the folder, hex.
    pub(crate) hash: String,
    /// Hash of `SKILL.md`, hex.
    pub(crate) skill_md_hash: String,
    /// Hash of what stands behind its front matter, hex.
    pub(crate) body_hash: String,
    /// The version that its front matter declares.
    pub(crate) label: Option<String>,
    pub(crate) files: Vec<TreeFile>,
}

/// A file of a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TreeFile {
    /// From the skill's folder, with `/`.
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_link: bool,
}

/// What a folder looks like without being read: changes when a file in it does.
///
/// # Errors
/// It cannot be listed, or is no skill's.
pub(crate) fn stat(folder: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    for (path, meta) in list(folder)? {
        let changed = meta
            .modified()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos());
        hash.update(format!(
            "{path}\0{}\0{changed}\0{}\n",
            meta.len(),
            platform::file_number(&meta)
        ));
    }
    Ok(hex::encode(&hash.finalize()[..16]))
}

/// Reads a skill's folder.
///
/// # Errors
/// It cannot be read, or is larger than a skill.
pub(crate) fn read(folder: &Path) -> io::Result<SkillTree> {
    let mut files = Vec::new();
    let mut skill_md = Vec::new();
    for (path, meta) in list(folder)? {
        let at = folder.join(&path);
        let content = if meta.file_type().is_symlink() {
            fs::read_link(&at)?
                .to_string_lossy()
                .into_owned()
                .into_bytes()
        } else {
            if meta.len() > FILE_BYTES_MAX {
                return Err(io::Error::other(format!("{path} is larger than 64 MiB")));
            }
            fs::read(&at)?
        };
        files.push(TreeFile {
            size: content.len() as u64,
            sha256: hex::encode(Sha256::digest(&content)),
            is_link: meta.file_type().is_symlink(),
            path: path.clone(),
        });
        if path == "SKILL.md" {
            skill_md = content;
        }
    }
    let (front, body) = front_matter(&skill_md);
    Ok(SkillTree {
        hash: hash_of(&files),
        skill_md_hash: hex::encode(Sha256::digest(&skill_md)),
        body_hash: hex::encode(Sha256::digest(body)),
        label: label(&String::from_utf8_lossy(front)),
        files,
    })
}

/// The hash of a tree whose files are in order.
pub(crate) fn hash_of(files: &[TreeFile]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(format!("{}\0{}\0{}\n", file.path, file.size, file.sha256));
    }
    hex::encode(hash.finalize())
}

/// The files of a folder in the order of their paths' bytes.
fn list(folder: &Path) -> io::Result<Vec<(String, fs::Metadata)>> {
    let mut files = Vec::new();
    walk(folder, "", 0, &mut files)?;
    files.sort_by(|one, other| one.0.as_bytes().cmp(other.0.as_bytes()));
    Ok(files)
}

fn walk(
    folder: &Path,
    before: &str,
    depth: usize,
    files: &mut Vec<(String, fs::Metadata)>,
) -> io::Result<()> {
    if depth > DEPTH_MAX {
        return Err(io::Error::other("nested deeper than a skill"));
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{before}{name}");
        // Of the link itself, not of where it leads.
        let meta = fs::symlink_metadata(entry.path())?;
        if meta.is_dir() {
            walk(&entry.path(), &format!("{path}/"), depth + 1, files)?;
        } else if meta.is_file() || meta.file_type().is_symlink() {
            files.push((path, meta));
        }
        if files.len() > FILES_MAX {
            return Err(io::Error::other("more files than a skill has"));
        }
    }
    Ok(())
}

/// The front matter of a Markdown file (without its lines of dashes), and what stands behind it.
fn front_matter(text: &[u8]) -> (&[u8], &[u8]) {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let Some(start) = line_of_dashes(text) else {
        return (&[], text);
    };
    let mut at = start;
    while at < text.len() {
        if let Some(length) = line_of_dashes(&text[at..]) {
            return (&text[start..at], &text[at + length..]);
        }
        at += text[at..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(text.len() - at, |end| end + 1);
    }
    (&[], text)
}

/// The length of a line `---`, its end included.
fn line_of_dashes(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"---")?;
    match rest {
        [] => Some(3),
        [b'\n', ..] => Some(4),
        [b'\r', b'\n', ..] => Some(5),
        _ => None,
    }
}

/// `version:` of a front matter, or that of its `metadata:`.
fn label(front: &str) -> Option<String> {
    let mut section = "";
    front.lines().find_map(|line| {
        let is_indented = line.starts_with([' ', '\t']);
        let (name, value) = line.trim().split_once(':')?;
        if !is_indented {
            section = name;
        }
        let is_version = name == "version" && (!is_indented || section == "metadata");
        let value = value.split(" #").next().unwrap_or_default().trim();
        let value = value.trim_matches(['"', '\'']);
        (is_version && !value.is_empty() && value.len() <= 100).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(root: &Path) {
        fs::create_dir_all(root.join("scripts/__pycache__")).unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::write(
            root.join("SKILL.md"),
            "---\nname: weekly\nversion: 1.2\n---\nDo it.\n",
        )
        .unwrap();
        fs::write(root.join("scripts/run.py"), "print(1)\n").unwrap();
        fs::write(root.join("scripts/__pycache__/run.pyc"), "x").unwrap();
        fs::write(root.join(".git/HEAD"), "x").unwrap();
        fs::write(root.join("a b.bin"), [0, 255, 10]).unwrap();
    }

    /// Frozen: servers compare the hashes of clients of every version.
    #[test]
    fn the_hash_of_a_folder_is_what_it_always_was() {
        let root = tempfile::tempdir().unwrap();
        made(root.path());
        let tree = read(root.path()).unwrap();
        let paths: Vec<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["SKILL.md", "a b.bin", "scripts/run.py"]);
        assert_eq!(tree.label.as_deref(), Some("1.2"));
        assert_eq!(tree.body_hash, hex::encode(Sha256::digest(b"Do it.\n")));
        let line = |path: &str, content: &[u8]| {
            format!(
                "{path}\0{}\0{}\n",
                content.len(),
                hex::encode(Sha256::digest(content))
            )
        };
        let by_hand = [
            line(
                "SKILL.md",
                b"---\nname: weekly\nversion: 1.2\n---\nDo it.\n",
            ),
            line("a b.bin", &[0, 255, 10]),
            line("scripts/run.py", b"print(1)\n"),
        ]
        .concat();
        assert_eq!(tree.hash, hex::encode(Sha256::digest(by_hand)));
        assert_eq!(
            tree.hash,
            "ecc1d44ddd44cf18e0e974e5167208b0b77e503dfb6db306518c63bd258599bf"
        );
        assert_eq!(
            hash_of(&[]),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_change_of_any_file_changes_both_hashes_and_a_touch_only_the_cheap_one() {
        let root = tempfile::tempdir().unwrap();
        made(root.path());
        let (stat_before, before) = (stat(root.path()).unwrap(), read(root.path()).unwrap());
        fs::write(root.path().join("scripts/run.py"), "print(2)\n").unwrap();
        assert_ne!(stat(root.path()).unwrap(), stat_before);
        assert_ne!(read(root.path()).unwrap().hash, before.hash);
        assert_eq!(
            read(root.path()).unwrap().skill_md_hash,
            before.skill_md_hash
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_counts_as_where_it_leads_and_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("SKILL.md"), "x").unwrap();
        std::os::unix::fs::symlink("/etc", root.path().join("out")).unwrap();
        std::os::unix::fs::symlink(".", root.path().join("round")).unwrap();
        let tree = read(root.path()).unwrap();
        assert_eq!(tree.files.len(), 3);
        assert_eq!(tree.files[1].sha256, hex::encode(Sha256::digest(b"/etc")));
    }

    #[test]
    fn labels_are_read_from_the_front_matter_only() {
        for (text, wanted) in [
            ("---\nversion: \"2.0\" # new\n---\n", Some("2.0")),
            ("---\nmetadata:\n  version: 3\nname: x\n---\n", Some("3")),
            ("---\nother:\n  version: 3\n---\n", None),
            ("---\r\nversion: 4\r\n---\r\nbody", Some("4")),
            ("version: 5\n", None),
            ("---\nversion: 6\n", None),
        ] {
            assert_eq!(
                label(&String::from_utf8_lossy(front_matter(text.as_bytes()).0)).as_deref(),
                wanted,
                "{text}"
            );
        }
    }
}
