//! Which skills a session can use, and whether those that ran are what they were when it began.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use argus_redact::Redactor;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::inventory::{self, Plugin};
use crate::paths::StateFolder;
use crate::skill_tree::{self, SkillTree};
use crate::{git, store_file};

/// Largest file of a skill whose text is sent.
const TEXT_BYTES_MAX: u64 = 256 * 1024;
/// All the text of a skill that is sent.
const TEXTS_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Most skills that are looked for in one folder.
const SKILLS_MAX: usize = 1_000;

/// A skill's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SkillFolder {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`.
    pub(crate) origin: &'static str,
    pub(crate) plugin: Option<String>,
}

/// Skills that are in reach of a session in `cwd`.
pub(crate) fn find(
    claude_config: &Path,
    cwd: Option<&Path>,
    plugins: &[Plugin],
) -> Vec<SkillFolder> {
    let mut skills = Vec::new();
    let mut look = |folder: &Path, origin: &'static str, plugin: Option<&str>| {
        let mut found: Vec<PathBuf> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.join("SKILL.md").is_file())
            .take(SKILLS_MAX)
            .collect();
        found.sort();
        for path in found {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            skills.push(SkillFolder {
                name: plugin.map_or_else(|| name.to_string(), |plugin| format!("{plugin}:{name}")),
                path,
                origin,
                plugin: plugin.map(str::to_owned),
            });
        }
    };
    look(&claude_config.join("skills"), "personal", None);
    look(&claude_config.join("skills").join("synced"), "synced", None);
    look(
        &inventory::managed_folder().join(".claude/skills"),
        "managed",
        None,
    );
    if let Some(cwd) = cwd {
        let root = git::root(cwd).unwrap_or(cwd);
        for folder in cwd
            .ancestors()
            .take_while(|folder| folder.starts_with(root))
        {
            look(&folder.join(".claude/skills"), "project", None);
        }
    }
    for plugin in plugins {
        if let Some(path) = &plugin.path {
            look(&path.join("skills"), "plugin", Some(&plugin.name));
        }
    }
    skills
}

/// Hashes by folder, so that a folder that did not change is not read again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Hashes {
    by_path: BTreeMap<PathBuf, Hashed>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Hashed {
    stat: String,
    tree: SkillTree,
}

impl Hashes {
    pub(crate) fn read(folder: &StateFolder) -> Self {
        store_file::read(&folder.skills()).unwrap_or_default()
    }

    /// The version of a skill now. `None` when its folder cannot be read, or is none.
    pub(crate) fn of(&mut self, folder: &StateFolder, path: &Path) -> Option<SkillTree> {
        let stat = skill_tree::stat(path).ok()?;
        if let Some(held) = self.by_path.get(path)
            && held.stat == stat
        {
            return Some(held.tree.clone());
        }
        let tree = skill_tree::read(path).ok()?;
        let hashed = Hashed {
            stat,
            tree: tree.clone(),
        };
        self.by_path.insert(path.to_owned(), hashed);
        self.by_path.retain(|path, _| path.is_dir());
        // Only time is lost with it.
        let _ = store_file::write(&folder.skills(), self);
        Some(tree)
    }
}

/// The `skill_tree` item: which version of a skill a session has at its start, or had when it ran.
pub(crate) fn tree_body(
    skill: &SkillFolder,
    tree: &SkillTree,
    at: &str,
    state: Option<&str>,
) -> Value {
    json!({
        "type": "skill_tree", "name": skill.name, "label": tree.label, "hash": tree.hash,
        "path": skill.path.to_string_lossy(), "origin": skill.origin, "plugin": skill.plugin,
        "state": state, "at": at, "files": tree.files.len(), "body_hash": tree.body_hash,
    })
}

/// The `skill_files` item: what a version consists of, its texts redacted, and marked so.
pub(crate) fn files_body(skill: &SkillFolder, tree: &SkillTree, redactor: &Redactor) -> Value {
    let mut left = TEXTS_BYTES_MAX;
    let files: Vec<Value> = tree
        .files
        .iter()
        .map(|file| {
            let mut entry = json!({"path": file.path, "size": file.size, "sha256": file.sha256});
            let text = if file.is_link || file.size > TEXT_BYTES_MAX || file.size > left {
                None
            } else {
                fs::read(skill.path.join(&file.path)).ok()
            };
            match text.map(String::from_utf8) {
                Some(Ok(text)) => {
                    left -= file.size;
                    let redacted = redactor.redact_text(&text);
                    entry["is_redacted"] =
                        Value::from(!redacted.spans.is_empty() || redacted.dropped.is_some());
                    entry["text"] = Value::from(redacted.text);
                }
                Some(Err(_)) => entry["is_binary"] = Value::from(true),
                None if file.is_link => entry["is_link"] = Value::from(true),
                None => entry["omitted"] = Value::from("too_large"),
            }
            entry
        })
        .collect();
    json!({
        "type": "skill_files", "name": skill.name, "label": tree.label, "hash": tree.hash,
        "skill_md_hash": tree.skill_md_hash, "body_hash": tree.body_hash, "files": files,
    })
}

/// The folder that a skill's text says it was read from: `Base directory for this skill: PATH`.
pub(crate) fn base_folder(body: &Value) -> Option<PathBuf> {
    const SIGN: &str = "Base directory for this skill: ";
    // Of the client, in answer to a call of a skill: no prompt and no answer is so.
    let is_meta = body.get("isMeta").and_then(Value::as_bool) == Some(true);
    if !is_meta || body.get("type").and_then(Value::as_str) != Some("user") {
        return None;
    }
    let content = body.pointer("/message/content")?;
    let text = match content {
        Value::String(text) => text.as_str(),
        Value::Array(blocks) => blocks
            .iter()
            .find_map(|block| block.get("text")?.as_str())?,
        _ => return None,
    };
    let path = text.strip_prefix(SIGN)?.lines().next()?.trim();
    let path = PathBuf::from(path);
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_are_found_where_the_client_finds_them() {
        let root = tempfile::tempdir().unwrap();
        let (config, repository, plugin) = (
            root.path().join("config"),
            root.path().join("repository"),
            root.path().join("plugin"),
        );
        fs::create_dir_all(repository.join(".git")).unwrap();
        let cwd = repository.join("sub/deep");
        for folder in [
            config.join("skills/one"),
            repository.join(".claude/skills/two"),
            cwd.join(".claude/skills/three"),
            plugin.join("skills/four"),
            root.path().join(".claude/skills/outside"),
        ] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("SKILL.md"), "x").unwrap();
        }
        fs::create_dir_all(config.join("skills/no-skill")).unwrap();
        let plugins = [Plugin {
            name: "p".to_owned(),
            path: Some(plugin),
            ..Plugin::default()
        }];
        let found = find(&config, Some(&cwd), &plugins);
        let names: Vec<(&str, &str)> = found
            .iter()
            .map(|skill| (skill.name.as_str(), skill.origin))
            .collect();
        assert_eq!(
            names,
            [
                ("one", "personal"),
                ("three", "project"),
                ("two", "project"),
                ("p:four", "plugin")
            ]
        );
    }

    #[test]
    fn texts_of_a_tree_are_redacted_and_say_so() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("weekly");
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("SKILL.md"), "Use it.\n").unwrap();
        fs::write(
            path.join("run.sh"),
            "export API_TOKEN=ghp_0123456789abcdefABCDEF0123456789abcd\n",
        )
        .unwrap();
        fs::write(path.join("x.bin"), [0xff, 0xfe, 0]).unwrap();
        let skill = SkillFolder {
            name: "weekly".to_owned(),
            path: path.clone(),
            origin: "personal",
            plugin: None,
        };
        let body = files_body(
            &skill,
            &skill_tree::read(&path).unwrap(),
            &Redactor::without_workspace(),
        );
        assert!(!body.to_string().contains("0123456789abcdef"));
        assert_eq!(body["files"][1]["is_redacted"], true);
        assert_eq!(body["files"][0]["is_redacted"], false);
        assert_eq!(body["files"][2]["is_binary"], true);
    }

    #[test]
    fn the_folder_of_a_skill_that_ran_is_in_its_text() {
        let body = json!({"type": "user", "isMeta": true, "message": {"content": [{"type": "text", "text": "Base directory for this skill: /a/b c\n\nBody"}]}});
        assert_eq!(base_folder(&body), Some(PathBuf::from("/a/b c")));
        assert_eq!(
            base_folder(&json!({"message": {"content": "Base directory for this skill: rel"}})),
            None
        );
        assert_eq!(base_folder(&json!({"message": {"content": "text"}})), None);
        // What a model or a person says is no word of the client.
        let mut said = body.clone();
        said["isMeta"] = json!(false);
        assert_eq!(base_folder(&said), None);
        said["isMeta"] = json!(true);
        said["type"] = json!("assistant");
        assert_eq!(base_folder(&said), None);
    }
}
