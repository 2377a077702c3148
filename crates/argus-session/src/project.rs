//! Which project an item is of.

use serde_json::Value;

use crate::Meta;

/// What stands in a project's place until it is known.
pub const UNASSIGNED: &str = "unassigned";

/// The project of one item: the credential's own; of a list, the one that the working folder or the git remote names.
#[must_use]
pub fn of(projects: &[String], meta: &Meta, body: &Value) -> Option<String> {
    match projects {
        [] => None,
        [one] if one == UNASSIGNED => None,
        [one] => Some(one.clone()),
        many => {
            let cwd = meta
                .cwd
                .as_deref()
                .or_else(|| body.get("cwd").and_then(Value::as_str))
                .unwrap_or_default();
            let remote = meta.git_remote.as_deref().unwrap_or_default();
            let parts: Vec<&str> = cwd
                .split(['/', '\\'])
                .chain(remote.trim_end_matches(".git").split(['/', ':']))
                .collect();
            many.iter()
                .find(|project| parts.contains(&project.as_str()))
                .cloned()
        }
    }
}
