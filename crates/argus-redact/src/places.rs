//! Places whose values are secret whatever they look like: environments and headers in configuration, files of secrets.

use std::ops::Range;

use crate::{look, placeholder};

/// Names of members of `env` that say nothing.
const HARMLESS_ENV: [&str; 22] = [
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "SHELL",
    "TERM",
    "PWD",
    "TZ",
    "NODE_ENV",
    "DEBUG",
    "LOG_LEVEL",
    "RUST_LOG",
    "CI",
    "PORT",
    "HOST",
    "TMPDIR",
    "EDITOR",
    "PAGER",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "PYTHONPATH",
];
/// Headers that say nothing.
const HARMLESS_HEADERS: [&str; 14] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "host",
    "origin",
    "referer",
    "user-agent",
    "anthropic-version",
    "content-encoding",
];

/// What the place of a member says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing.
    Ordinary,
    /// A member of an object named `env`.
    Env,
    /// A member of an object named `headers`.
    Headers,
}

impl Place {
    /// The place of the members of an object of this name.
    pub(crate) fn below(name: Option<&str>) -> Self {
        match name {
            Some("env" | "environment" | "environmentVariables") => Self::Env,
            Some(
                "headers" | "http_headers" | "httpHeaders" | "requestHeaders" | "request_headers",
            ) => Self::Headers,
            _ => Self::Ordinary,
        }
    }

    /// The type of what is replaced, when the value under this name is to be replaced whole.
    pub(crate) fn masks(self, name: &str, value: &str) -> Option<&'static str> {
        if self == Self::Ordinary
            || value.is_empty()
            || look::is_template(value)
            || look::is_filler(value)
        {
            return None;
        }
        match self {
            Self::Ordinary => None,
            Self::Env => (!is_harmless_variable(name, value)).then_some("env-value"),
            Self::Headers => (!HARMLESS_HEADERS
                .iter()
                .any(|harmless| name.eq_ignore_ascii_case(harmless)))
            .then_some("header-value"),
        }
    }
}

/// A variable that says how a program runs, or a number or a path: of those, what is secret is found by other rules.
fn is_harmless_variable(name: &str, value: &str) -> bool {
    let is_path = value.starts_with(['/', '~', '.']) && !look::is_random(value, 24)
        || value.get(1..3) == Some(":\\");
    HARMLESS_ENV.contains(&name)
        || name.starts_with("CLAUDE")
        || name.starts_with("OTEL_") && !name.ends_with("HEADERS")
        || is_path
        || value.len() < 8
            && value
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// What a file of secrets holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretFile {
    /// Lines of `NAME=value`: names stay.
    Assignments,
    /// Nothing that may stay.
    Whole,
}

/// What is in every path of a file of secrets. A scan looks for them, and only where it meets one such a path may be.
pub(crate) const SECRET_FILE_SIGNS: [&str; 24] = [
    ".env",
    ".npmrc",
    ".pypirc",
    "netrc",
    "credentials",
    ".s3cfg",
    ".boto",
    ".tfvars",
    ".my.cnf",
    ".aws",
    ".azure",
    "/gh/",
    ".ssh",
    "id_rsa",
    "id_dsa",
    "id_ec",
    "id_ed",
    ".pgpass",
    ".htpasswd",
    "shadow",
    ".vault-token",
    ".gnupg",
    "gcloud",
    ".git-credentials",
];

/// Whether a path is that of a file of secrets.
pub(crate) fn secret_file(path: &str) -> Option<SecretFile> {
    if path.len() > 1024 || path.contains('\n') {
        return None;
    }
    let path = path.replace('\\', "/");
    let name = path.rsplit('/').next().unwrap_or(&path);
    let is_example = ["example", "sample", "template", "dist"]
        .iter()
        .any(|word| name.contains(word));
    if (name == ".env" || name.starts_with(".env.") || name.ends_with(".env") || name == ".envrc")
        && !is_example
    {
        return Some(SecretFile::Assignments);
    }
    if matches!(
        name,
        ".npmrc"
            | ".pypirc"
            | ".netrc"
            | "_netrc"
            | "credentials.toml"
            | ".s3cfg"
            | ".boto"
            | "terraform.tfvars"
            | ".my.cnf"
    ) || path.contains("/.aws/") && matches!(name, "credentials" | "config")
        || path.contains("/.azure/")
        || path.contains("/.config/gh/")
    {
        return Some(SecretFile::Assignments);
    }
    let is_key = path.contains("/.ssh/")
        && !name.ends_with(".pub")
        && !matches!(name, "known_hosts" | "config" | "authorized_keys")
        || name.starts_with("id_")
            && ["rsa", "dsa", "ecdsa", "ed25519"]
                .iter()
                .any(|kind| name == format!("id_{kind}"))
        || matches!(
            name,
            ".pgpass" | ".git-credentials" | ".htpasswd" | "shadow" | ".vault-token"
        )
        || path.contains("/.gnupg/")
        || path.contains("/.claude/") && name == ".credentials.json"
        || path.contains("/gcloud/") && name == "application_default_credentials.json";
    is_key.then_some(SecretFile::Whole)
}

/// Longest command that is looked at.
const COMMAND_BYTES_MAX: usize = 2048;
/// Commands that print a file.
const READERS: [&str; 10] = [
    "cat",
    "head",
    "tail",
    "less",
    "more",
    "bat",
    "nl",
    "tac",
    "type",
    "Get-Content",
];

/// The file of secrets that a command prints.
pub(crate) fn secret_file_read_by(command: &str) -> Option<SecretFile> {
    if command.len() > COMMAND_BYTES_MAX {
        return None;
    }
    let mut is_reading = false;
    for word in
        command.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '(' | ')'))
    {
        if READERS.contains(&word) {
            is_reading = true;
        } else if matches!(word, "|" | "&&" | "||" | ";") {
            is_reading = false;
        } else if is_reading && let Some(file) = secret_file(word) {
            return Some(file);
        }
    }
    None
}

/// What is replaced of what was read from a file of secrets.
pub(crate) fn in_secret_file(file: SecretFile, text: &str) -> Vec<Range<usize>> {
    let ranges = match file {
        // The path itself, where it stands for the content.
        SecretFile::Whole if secret_file(text).is_some() => Vec::new(),
        SecretFile::Whole => std::iter::once(0..text.len()).collect(),
        SecretFile::Assignments => assigned_values(text),
    };
    let is_new =
        |range: &Range<usize>| !range.is_empty() && !placeholder::is_one(&text[range.clone()]);
    ranges.into_iter().filter(is_new).collect()
}

/// The values of a file of assignments: what stands behind the first `=` or `: ` of each line. Numbers in front of lines, as
/// a reader adds them, are passed over.
pub(crate) fn assigned_values(text: &str) -> Vec<Range<usize>> {
    let mut values = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        if bare.trim_start().starts_with(['#', ';', '[']) {
            continue;
        }
        let Some(sign) = bare.find('=').or_else(|| bare.find(": ")) else {
            continue;
        };
        let value = bare[sign + 1..].trim_start();
        let from = bare.len() - value.len();
        let value = value.trim_matches(['"', '\'']);
        let from = from + bare[from..].find(value).unwrap_or(0);
        if !value.is_empty() && !look::is_template(value) {
            values.push(start + from..start + from + value.len());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_secrets_by_their_path() {
        for (path, wanted) in [
            ("/home/u/app/.env", Some(SecretFile::Assignments)),
            (".env.production", Some(SecretFile::Assignments)),
            (".env.example", None),
            (
                "C:\\Users\\u\\.aws\\credentials",
                Some(SecretFile::Assignments),
            ),
            ("/root/.ssh/id_ed25519", Some(SecretFile::Whole)),
            ("/root/.ssh/id_ed25519.pub", None),
            ("src/environment.rs", None),
        ] {
            assert_eq!(secret_file(path), wanted, "{path}");
        }
    }

    #[test]
    fn commands_that_print_a_file_of_secrets() {
        assert_eq!(
            secret_file_read_by("cd app && cat .env | sort"),
            Some(SecretFile::Assignments)
        );
        assert_eq!(
            secret_file_read_by("head -5 '/root/.ssh/id_rsa'"),
            Some(SecretFile::Whole)
        );
        assert_eq!(secret_file_read_by("cat README.md && source .env"), None);
    }

    #[test]
    fn names_of_assignments_stay() {
        let text = "# head\n     1\tA=one\nB=\"two\"\nC=${X}\nd: four\n";
        let values: Vec<&str> = assigned_values(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(values, ["one", "two", "four"]);
    }
}
