//! The repository of a working folder, read from its files: no program is started.

use std::fs;
use std::path::{Path, PathBuf};

/// Longest configuration of a repository that is read.
const CONFIG_BYTES_MAX: u64 = 256 * 1024;

/// The remote of the repository that a folder is in, without user and password; `origin` before others.
pub(crate) fn remote(folder: &Path) -> Option<String> {
    let config = git_folder(folder)?.join("config");
    if fs::metadata(&config).ok()?.len() > CONFIG_BYTES_MAX {
        return None;
    }
    of_config(&fs::read_to_string(config).ok()?)
}

/// The root of the repository that a folder is in.
pub(crate) fn root(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|folder| folder.join(".git").exists())
}

/// The folder with the configuration: that of the main checkout, for a worktree.
fn git_folder(folder: &Path) -> Option<PathBuf> {
    let git = root(folder)?.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let text = fs::read_to_string(&git).ok()?;
    let named = text.strip_prefix("gitdir:")?.trim();
    let own = git.parent()?.join(named);
    let common = fs::read_to_string(own.join("commondir")).ok();
    Some(common.map_or_else(|| own.clone(), |common| own.join(common.trim())))
}

fn of_config(config: &str) -> Option<String> {
    let mut section = String::new();
    let mut first = None;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            line.clone_into(&mut section);
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("url") && section.starts_with("[remote ") {
            let url = without_userinfo(value.trim());
            if section == "[remote \"origin\"]" {
                return Some(url);
            }
            first.get_or_insert(url);
        }
    }
    first
}

/// An address without user, password, query and fragment: any of them may hold a token.
pub(crate) fn without_userinfo(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else {
        // `git@host:path` names no secret, but a user all the same.
        return match url.split_once('@') {
            Some((_, rest)) if rest.contains(':') => rest.to_owned(),
            _ => url.to_owned(),
        };
    };
    let (host, path) = rest
        .find('/')
        .map_or((rest, ""), |slash| rest.split_at(slash));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_has_no_secrets() {
        for (given, wanted) in [
            (
                "https://user:token@git.example.com/a/b.git",
                "https://git.example.com/a/b.git",
            ),
            (
                "https://x-access-token:ghs@x@host/a?token=1#f",
                "https://host/a",
            ),
            ("git@git.example.com:a/b.git", "git.example.com:a/b.git"),
            ("ssh://git@host:22/a", "ssh://host:22/a"),
            ("../beside", "../beside"),
        ] {
            assert_eq!(without_userinfo(given), wanted);
        }
        let config = "[core]\n\tbare = false\n[remote \"up\"]\n\turl = https://a/up\n[remote \"origin\"]\n\tfetch = +refs\n\turl = https://u:p@a/b\n";
        assert_eq!(of_config(config).as_deref(), Some("https://a/b"));
        assert_eq!(of_config("[branch \"x\"]\nurl = y"), None);
    }

    #[test]
    fn a_worktree_has_the_remote_of_its_repository() {
        let root = tempfile::tempdir().unwrap();
        let main = root.path().join("main/.git");
        fs::create_dir_all(main.join("worktrees/w")).unwrap();
        fs::write(
            main.join("config"),
            "[remote \"origin\"]\nurl = https://a/b\n",
        )
        .unwrap();
        fs::write(main.join("worktrees/w/commondir"), "../..\n").unwrap();
        let tree = root.path().join("tree/sub");
        fs::create_dir_all(&tree).unwrap();
        let named = format!("gitdir: {}\n", main.join("worktrees/w").display());
        fs::write(root.path().join("tree/.git"), named).unwrap();
        assert_eq!(remote(&tree).as_deref(), Some("https://a/b"));
        assert_eq!(remote(root.path()), None);
    }
}
