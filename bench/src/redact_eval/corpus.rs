//! Labelled cases: files of JSON lines.
//!
//! `id`, `source`; `kind` is `secret`, `pii` or `clean`; `family` is `group/name`; `text` is what a captured field would
//! hold; `spans` are byte ranges of what must go, `must_hide` the strings at them (of a key block each line); `tags` say what
//! is special. Members that are not known are passed over.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use argus_e2e::Result;
use serde_json::Value;

/// Cases with one of these tags are not in the headline: they are reported by tag.
const ASIDE: [&str; 8] = [
    "identifier",
    "placeholder",
    "optional",
    "odd-value",
    "short-value",
    "hashed",
    "policy",
    "best-effort",
];

/// What a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Keys, tokens, passwords.
    Secret,
    /// Personal data.
    Pii,
    /// What must stay.
    Clean,
}

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Pii => "pii",
            Self::Clean => "clean",
        }
    }
}

/// A labelled case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) kind: Kind,
    pub(super) family: String,
    pub(super) text: String,
    pub(super) spans: Vec<Range<usize>>,
    pub(super) must_hide: Vec<String>,
    pub(super) tags: Vec<String>,
}

impl Case {
    /// Something in it must go.
    pub(super) fn is_positive(&self) -> bool {
        self.kind != Kind::Clean && !self.must_hide.is_empty()
    }

    /// It counts in the headline.
    pub(super) fn is_in_headline(&self) -> bool {
        self.tags_aside().next().is_none()
    }

    /// Its tags that keep it out of the headline.
    pub(super) fn tags_aside(&self) -> impl Iterator<Item = &str> {
        let tags = self.tags.iter().map(String::as_str);
        tags.filter(|tag| ASIDE.contains(tag))
    }

    /// What stands before the `/` of its family.
    pub(super) fn group(&self) -> &str {
        self.family.split('/').next().unwrap_or_default()
    }

    /// A placeholder or a malformed token: to redact it does no harm.
    pub(super) fn is_near_miss(&self) -> bool {
        self.family.starts_with("near-miss")
    }
}

/// The cases of all files of a folder, in their order.
///
/// # Errors
/// The folder cannot be read, a line is no case, or there is none.
pub(super) fn load(folder: &Path) -> Result<Vec<Case>> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(said)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::result::Result<_, _>>()
        .map_err(said)?;
    files.retain(|path| path.extension().is_some_and(|name| name == "jsonl"));
    files.sort();
    let mut cases = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).map_err(said)?;
        for (number, line) in text.split('\n').enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let case = serde_json::from_str(line).ok().and_then(|line| case(&line));
            cases.push(case.ok_or_else(|| {
                format!("{}:{}: this line is no case", file.display(), number + 1)
            })?);
        }
    }
    if cases.is_empty() {
        return Err(format!("there are no cases in {}", folder.display()));
    }
    Ok(cases)
}

fn case(line: &Value) -> Option<Case> {
    let text = |name: &str| line[name].as_str().map(str::to_owned);
    let strings = |name: &str| -> Vec<String> {
        let listed = line[name].as_array().into_iter().flatten();
        listed
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect()
    };
    let kind = match line["kind"].as_str()? {
        "secret" => Kind::Secret,
        "pii" => Kind::Pii,
        "clean" => Kind::Clean,
        _ => return None,
    };
    let mut case = Case {
        id: text("id")?,
        source: text("source").unwrap_or_else(|| "?".to_owned()),
        kind,
        family: text("family").unwrap_or_else(|| "?".to_owned()),
        text: text("text")?,
        spans: serde_json::from_value::<Vec<(usize, usize)>>(line["spans"].clone())
            .unwrap_or_default()
            .into_iter()
            .map(|(start, end)| start..end)
            .collect(),
        must_hide: strings("must_hide"),
        tags: strings("tags"),
    };
    if case.must_hide.is_empty() {
        let strings: Option<Vec<String>> = case
            .spans
            .iter()
            .map(|span| case.text.get(span.clone()).map(str::to_owned))
            .collect();
        case.must_hide = strings?;
    }
    Some(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_must_go_is_told_by_spans_alone_as_well() {
        let line = json!({"id": "a", "kind": "secret", "family": "vendor/x", "text": "\u{e9} abc", "spans": [[3, 6]]});
        let case = case(&line).unwrap();
        assert_eq!(case.must_hide, ["abc"]);
        assert!(case.is_positive() && case.is_in_headline());
        let odd = json!({"id": "a", "kind": "secret", "text": "\u{e9}", "spans": [[1, 2]]});
        assert!(super::case(&odd).is_none(), "half a character");
    }
}
