//! `[[compliance]]`: Compliance APIs that the server reads. Only in the file: it is a list, and names where a key is.

use std::path::PathBuf;
use std::time::Duration;

use argus_server::sources::compliance::{
    ComplianceSource, DEFAULT_BASE_URL, DEFAULT_INTERVAL, DEFAULT_WINDOW, SessionKind,
};
use serde::Deserialize;

use crate::commands::{DEFAULT_WORKSPACE, UNASSIGNED};
use crate::error::{CommandError, Kind};
use crate::system;

/// Longest name.
const NAME_BYTES_MAX: usize = 64;
const MINUTES_MAX: u64 = 7 * 24 * 60;
const DAYS_MAX: u64 = 3_650;

/// One entry, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceEntry {
    #[serde(default = "default_name")]
    pub(crate) name: String,
    key_file: Option<PathBuf>,
    key_env: Option<String>,
    base_url: Option<String>,
    #[serde(default)]
    organizations: Vec<String>,
    kinds: Option<Vec<String>>,
    workspace: Option<String>,
    project: Option<String>,
    interval_min: Option<u64>,
    window_days: Option<u64>,
}

fn default_name() -> String {
    "anthropic".to_owned()
}

/// The sources that the entries describe, with their keys.
pub(crate) fn sources(entries: &[ComplianceEntry]) -> Result<Vec<ComplianceSource>, CommandError> {
    for (place, entry) in entries.iter().enumerate() {
        if entries[..place]
            .iter()
            .any(|other| other.name == entry.name)
        {
            return Err(wrong(
                &entry.name,
                "the name is given twice: under it stands how far it was read",
            ));
        }
    }
    entries.iter().map(source).collect()
}

fn wrong(name: &str, what: &str) -> CommandError {
    CommandError::new(Kind::Config, format!("[[compliance]] \"{name}\": {what}"))
}

fn source(entry: &ComplianceEntry) -> Result<ComplianceSource, CommandError> {
    let name = &entry.name;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > NAME_BYTES_MAX || !name.chars().all(is_name) {
        return Err(wrong(name, "a name is letters, digits, - and _"));
    }
    let base_url = entry.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
    if !is_safe(base_url) {
        return Err(wrong(
            name,
            "base_url has to begin with https://, since the key is sent to it",
        ));
    }
    let kinds = match &entry.kinds {
        None => vec![SessionKind::Local, SessionKind::Remote],
        Some(kinds) => kinds
            .iter()
            .map(|kind| match kind.as_str() {
                "local" => Ok(SessionKind::Local),
                "remote" => Ok(SessionKind::Remote),
                _ => Err(wrong(name, "kinds are \"local\" and \"remote\"")),
            })
            .collect::<Result<_, _>>()?,
    };
    let within = |value: Option<u64>, max: u64, what: &str| match value {
        Some(value) if !(1..=max).contains(&value) => {
            Err(wrong(name, &format!("{what} is a number from 1 to {max}")))
        }
        value => Ok(value),
    };
    let interval = within(entry.interval_min, MINUTES_MAX, "interval_min")?;
    let window = within(entry.window_days, DAYS_MAX, "window_days")?;
    // As the store takes them.
    let named = |value: &Option<String>, default: &str, what: &str| {
        let value = value.clone().unwrap_or_else(|| default.to_owned());
        let is_plain = |c: char| is_name(c) || c == '.';
        if value.is_empty() || value.len() > NAME_BYTES_MAX || !value.chars().all(is_plain) {
            return Err(wrong(
                name,
                &format!("a {what}'s name is letters, digits, -, _ and ."),
            ));
        }
        Ok(value)
    };
    Ok(ComplianceSource {
        key: key(entry)?,
        base_url: base_url.to_owned(),
        organizations: entry.organizations.clone(),
        kinds,
        workspace: named(&entry.workspace, DEFAULT_WORKSPACE, "workspace")?,
        project: named(&entry.project, UNASSIGNED, "project")?,
        interval: interval.map_or(DEFAULT_INTERVAL, |minutes| {
            Duration::from_secs(minutes * 60)
        }),
        window: window.map_or(DEFAULT_WINDOW, |days| {
            Duration::from_secs(days * 24 * 60 * 60)
        }),
        name: name.clone(),
    })
}

/// True of HTTPS, and of a server on this machine.
fn is_safe(url: &str) -> bool {
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    url.starts_with("https://") || local.iter().any(|start| url.starts_with(start))
}

fn key(entry: &ComplianceEntry) -> Result<String, CommandError> {
    let name = &entry.name;
    let key = match (&entry.key_file, &entry.key_env) {
        (Some(path), None) => {
            let path = system::expand_home(path.clone());
            std::fs::read_to_string(&path).map_err(|error| {
                wrong(
                    name,
                    &format!("key_file {} cannot be read: {error}", path.display()),
                )
            })?
        }
        (None, Some(variable)) => system::variable(variable).ok_or_else(|| {
            wrong(
                name,
                &format!("the environment has no {variable}, which key_env names"),
            )
        })?,
        _ => {
            return Err(wrong(
                name,
                "the key is given by key_file or by key_env, by one of the two",
            ));
        }
    };
    let key = key.trim();
    if key.is_empty() || key.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(wrong(name, "the key is empty, or has white space in it"));
    }
    Ok(key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Result<Vec<ComplianceSource>, String> {
        #[derive(Deserialize)]
        struct File {
            compliance: Vec<ComplianceEntry>,
        }
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        sources(&file.compliance).map_err(|error| error.message)
    }

    #[test]
    fn an_entry_needs_a_key_and_has_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "sk-ant-api01-made-up\n").unwrap();
        let key = format!("key_file = {path:?}");
        let found = entries(&format!("[[compliance]]\n{key}")).unwrap();
        assert_eq!(found[0].key, "sk-ant-api01-made-up");
        assert_eq!(
            (found[0].workspace.as_str(), found[0].kinds.len()),
            ("default", 2)
        );
        assert!(!format!("{:?}", found[0]).contains("made-up"));
        for (more, what) in [
            ("", "by one of the two"),
            (
                "key_env = \"ARGUS_NO_SUCH_VARIABLE\"",
                "has no ARGUS_NO_SUCH_VARIABLE",
            ),
            ("key_file = \"/no/such/file\"", "cannot be read"),
            (
                &format!("{key}\nbase_url = \"http://api.example.com\""),
                "https://",
            ),
            (&format!("{key}\nkinds = [\"all\"]"), "kinds"),
            (&format!("{key}\nwindow_days = 0"), "window_days"),
            (&format!("{key}\nname = \"a b\""), "a name is"),
            (&format!("{key}\nproject = \"a b\""), "a project's name is"),
            (&format!("{key}\n[[compliance]]\n{key}"), "twice"),
            ("key = \"sk-ant\"", "unknown field"),
        ] {
            let error = entries(&format!("[[compliance]]\n{more}")).unwrap_err();
            assert!(error.contains(what), "{more}: {error}");
        }
    }
}
