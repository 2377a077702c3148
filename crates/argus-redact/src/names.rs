//! What a name says about the value behind it.

use crate::vendors;

/// How much a name says that its value is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It may be: `key`, `auth`. The value must look like nothing but a secret.
    Weak,
    /// It is a secret made by a machine: `token`, `api_key`.
    Secret,
    /// It is a password, which may look like anything.
    Password,
}

/// The literals at which names are looked for, in lower case.
pub(crate) const KEYWORDS: [&str; 21] = [
    "pass",
    "pwd",
    "pw",
    "psw",
    "salt",
    "secret",
    "token",
    "key",
    "cred",
    "auth",
    "private",
    "access",
    "geheim",
    "login",
    "webhook",
    "cookie",
    "connectionstring",
    "connection_string",
    "session",
    "bearer",
    "kennwort",
];

/// Words behind the one that matters: they say which one it is.
const SUFFIXES: [&str; 40] = [
    "value",
    "val",
    "prod",
    "production",
    "dev",
    "development",
    "test",
    "testing",
    "staging",
    "stage",
    "live",
    "sandbox",
    "base",
    "string",
    "str",
    "text",
    "plain",
    "raw",
    "b64",
    "base64",
    "old",
    "new",
    "current",
    "main",
    "primary",
    "secondary",
    "backup",
    "default",
    "admin",
    "root",
    "user",
    "data",
    "multi",
    "wrap",
    "com",
    "net",
    "eu",
    "us",
    "header",
    "env",
];

/// Words that make a `key` secret.
const KEY_MAKERS: [&str; 44] = [
    "api",
    "access",
    "secret",
    "private",
    "encryption",
    "encrypt",
    "signing",
    "sign",
    "auth",
    "master",
    "account",
    "shared",
    "service",
    "app",
    "application",
    "client",
    "license",
    "storage",
    "admin",
    "root",
    "session",
    "webhook",
    "ssh",
    "deploy",
    "security",
    "subscription",
    "integration",
    "write",
    "consumer",
    "server",
    "project",
    "site",
    "rest",
    "hmac",
    "jwt",
    "cipher",
    "symmetric",
    "aes",
    "rsa",
    "personal",
    "instrumentation",
    "ingest",
    "function",
    "host",
];

/// What a name says. `name` is an identifier as it stands: letters, digits, `_`, `-`, `.`, `$`.
pub(crate) fn strength(name: &str) -> Option<Strength> {
    let words = Words::new(name);
    // Of a service account: the id is what a key is revoked by.
    if words.count >= 3
        && (
            words.get(words.count - 3),
            words.get(words.count - 2),
            words.get(words.count - 1),
        ) == ("private", "key", "id")
    {
        return Some(Strength::Secret);
    }
    let mut last = words.count;
    while last > 1 && (SUFFIXES.contains(&words.get(last - 1)) || is_number(words.get(last - 1))) {
        last -= 1;
    }
    let word = words.get(last.checked_sub(1)?);
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let before = last.checked_sub(2).map(|at| words.get(at));
    let strength = of_word(word, before)?;
    // `heroku_key`: the service's name says which key it is.
    if strength == Strength::Weak && words.iter().take(last - 1).any(vendors::is_service) {
        return Some(Strength::Secret);
    }
    Some(strength)
}

/// True for a name that begins with the name of a service: `findl`, `pepipost`, `WANDB`.
pub(crate) fn is_of_service(name: &str) -> bool {
    if !vendors::begins_with_service(name) {
        return false;
    }
    let words = Words::new(name);
    words.count > 0
        && words.count <= 3
        && vendors::is_service(words.get(0))
        && !words.iter().any(|word| {
            matches!(
                word,
                "id" | "commit"
                    | "sha"
                    | "hash"
                    | "url"
                    | "version"
                    | "ref"
                    | "digest"
                    | "checksum"
            )
        })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn of_word(word: &str, before: Option<&str>) -> Option<Strength> {
    match word {
        "pass" | "pw" | "pwd" | "passwd" | "passphrase" | "password" | "passwords" | "passwort"
        | "kennwort" | "passcode" | "psw" | "pswd" | "userpass" | "userpassword" | "secrete" => {
            Some(Strength::Password)
        }
        "secret" | "secrets" | "token" | "tokens" | "credential" | "credentials" | "apikey"
        | "apikeys" | "authtoken" | "accesstoken" | "authorization" | "accesskey" | "secretkey"
        | "privatekey" | "authkey" | "keypass" | "connectionstring" | "geheim" | "cookie"
        | "bearer" | "keypair" | "apitoken" | "apisecret" | "pkey" => Some(Strength::Secret),
        "key" | "keys" => Some(match before {
            Some(before) if KEY_MAKERS.contains(&before) || before.ends_with("api") => {
                Strength::Secret
            }
            _ => Strength::Weak,
        }),
        "string" if before == Some("connection") => Some(Strength::Secret),
        "auth" | "access" | "private" | "login" | "webhook" | "session" | "cred" | "creds"
        | "sessionid" | "jwt" | "salt" => Some(Strength::Weak),
        word if vendors::is_service(word) => Some(Strength::Weak),
        word if SERVICE_ENDINGS
            .iter()
            .any(|ending| word.strip_suffix(ending).is_some_and(vendors::is_service)) =>
        {
            Some(Strength::Secret)
        }
        _ => ENDINGS
            .iter()
            .find(|(ending, _)| word.len() > ending.len() && word.ends_with(ending))
            .map(|(_, strength)| *strength),
    }
}

/// Endings of words written together: `dbpassword`, `lobsecretkey`.
const ENDINGS: [(&str, Strength); 16] = [
    ("password", Strength::Password),
    ("passwd", Strength::Password),
    ("passphrase", Strength::Password),
    ("passwort", Strength::Password),
    ("pwd", Strength::Password),
    ("secretkey", Strength::Secret),
    ("privatekey", Strength::Secret),
    ("accesskey", Strength::Secret),
    ("apikey", Strength::Secret),
    ("authkey", Strength::Secret),
    ("secret", Strength::Secret),
    ("token", Strength::Secret),
    ("credential", Strength::Secret),
    ("credentials", Strength::Secret),
    ("secretaccess", Strength::Secret),
    ("private", Strength::Weak),
];

/// Endings of a word that begins with the name of a service: `uclassifykey`.
const SERVICE_ENDINGS: [&str; 4] = ["key", "access", "login", "auth"];

/// Longest name that is read word by word.
const NAME_BYTES_MAX: usize = 112;
/// Most words of a name.
const WORDS_MAX: usize = 24;

/// The words of a name, in lower case: cut at signs and where lower meets upper case. Holds them without allocating: names
/// are read all the time.
struct Words {
    letters: [u8; NAME_BYTES_MAX],
    ends: [(u8, u8); WORDS_MAX],
    count: usize,
}

impl Words {
    fn new(name: &str) -> Self {
        let mut words = Self {
            letters: [0; NAME_BYTES_MAX],
            ends: [(0, 0); WORDS_MAX],
            count: 0,
        };
        let bytes = name.as_bytes();
        let bytes = &bytes[..bytes.len().min(NAME_BYTES_MAX)];
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let is_part = byte.is_ascii_alphanumeric() || *byte >= 0x80;
            let before = at.checked_sub(1).map_or(b'_', |before| bytes[before]);
            let starts = byte.is_ascii_uppercase()
                && (before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || before.is_ascii_uppercase()
                        && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
            if !is_part || starts {
                words.push(start, at);
                start = if is_part { at } else { at + 1 };
            }
            words.letters[at] = byte.to_ascii_lowercase();
        }
        words.push(start, bytes.len());
        words
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end && self.count < WORDS_MAX {
            // Places in a name of so few bytes.
            self.ends[self.count] = (start as u8, end as u8);
            self.count += 1;
        }
    }

    fn get(&self, at: usize) -> &str {
        let (start, end) = self.ends[at];
        // Cut where a character was cut off with the name.
        std::str::from_utf8(&self.letters[usize::from(start)..usize::from(end)]).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.count).map(|at| self.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for (name, wanted) in [
            ("password", Some(Strength::Password)),
            ("DB_PASSWORD_PROD", Some(Strength::Password)),
            ("api_key", Some(Strength::Secret)),
            ("x-api-key", Some(Strength::Secret)),
            ("clientSecret", Some(Strength::Secret)),
            ("AWSSecretAccessKey", Some(Strength::Secret)),
            ("refresh_token1", Some(Strength::Secret)),
            ("projectACCESS", Some(Strength::Weak)),
            ("herokuACCESS", Some(Strength::Secret)),
            ("lobsecretkey", Some(Strength::Secret)),
            ("_authToken", Some(Strength::Secret)),
            ("client-key-data", Some(Strength::Secret)),
            ("key", Some(Strength::Weak)),
            ("token_type", None),
            ("input_token_count", None),
            ("passwordless", None),
            ("secretary", None),
            ("keyboard", None),
            ("tokenizer", None),
            ("monkey", None),
        ] {
            assert_eq!(strength(name), wanted, "{name}");
        }
    }
}
