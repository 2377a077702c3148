//! What a name says about the value behind it.

use crate::credentials::floor;
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

/// True for words behind the one that matters: they say which one it is.
fn is_suffix(word: &[u8]) -> bool {
    matches!(
        word,
        b"value"
            | b"val"
            | b"prod"
            | b"production"
            | b"dev"
            | b"development"
            | b"test"
            | b"testing"
            | b"staging"
            | b"stage"
            | b"live"
            | b"sandbox"
            | b"base"
            | b"string"
            | b"str"
            | b"text"
            | b"plain"
            | b"raw"
            | b"b64"
            | b"base64"
            | b"old"
            | b"new"
            | b"current"
            | b"main"
            | b"primary"
            | b"secondary"
            | b"backup"
            | b"default"
            | b"admin"
            | b"root"
            | b"user"
            | b"data"
            | b"multi"
            | b"wrap"
            | b"com"
            | b"net"
            | b"eu"
            | b"us"
            | b"header"
            | b"env"
    )
}

/// True for words that make a `key` secret.
fn makes_key(word: &[u8]) -> bool {
    matches!(
        word,
        b"api"
            | b"access"
            | b"secret"
            | b"private"
            | b"encryption"
            | b"encrypt"
            | b"signing"
            | b"sign"
            | b"auth"
            | b"master"
            | b"account"
            | b"shared"
            | b"service"
            | b"app"
            | b"application"
            | b"client"
            | b"license"
            | b"storage"
            | b"admin"
            | b"root"
            | b"session"
            | b"webhook"
            | b"ssh"
            | b"deploy"
            | b"security"
            | b"subscription"
            | b"integration"
            | b"write"
            | b"consumer"
            | b"server"
            | b"project"
            | b"site"
            | b"rest"
            | b"hmac"
            | b"jwt"
            | b"cipher"
            | b"symmetric"
            | b"aes"
            | b"rsa"
            | b"personal"
            | b"instrumentation"
            | b"ingest"
            | b"function"
            | b"host"
    )
}

/// What a name says. `name` is an identifier as it stands: letters, digits, `_`, `-`, `.`, `$`.
pub(crate) fn strength(name: &str) -> Option<Strength> {
    let words = Words::new(name);
    // Of a service account: the id is what a key is revoked by.
    if words.count >= 3
        && (
            words.get(words.count - 3),
            words.get(words.count - 2),
            words.get(words.count - 1),
        ) == (b"private", b"key", b"id")
    {
        return Some(Strength::Secret);
    }
    let mut last = words.count;
    let is_behind = |word: &[u8]| is_suffix(word) || is_number(word);
    while last > 1 && is_behind(words.get(last - 1)) {
        last -= 1;
    }
    let word = words.get(last.checked_sub(1)?);
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let word = &word[..word.len() - digits.count()];
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
                b"id"
                    | b"commit"
                    | b"sha"
                    | b"hash"
                    | b"url"
                    | b"version"
                    | b"ref"
                    | b"digest"
                    | b"checksum"
            )
        })
}

fn is_number(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_digit)
}

fn of_word(word: &[u8], before: Option<&[u8]>) -> Option<Strength> {
    match word {
        b"pass" | b"pw" | b"pwd" | b"passwd" | b"passphrase" | b"password" | b"passwords"
        | b"passwort" | b"kennwort" | b"passcode" | b"psw" | b"pswd" | b"userpass"
        | b"userpassword" | b"secrete" => Some(Strength::Password),
        b"secret" | b"secrets" | b"token" | b"tokens" | b"credential" | b"credentials"
        | b"apikey" | b"apikeys" | b"authtoken" | b"accesstoken" | b"authorization"
        | b"accesskey" | b"secretkey" | b"privatekey" | b"authkey" | b"keypass"
        | b"connectionstring" | b"geheim" | b"cookie" | b"bearer" | b"keypair" | b"apitoken"
        | b"apisecret" | b"pkey" => Some(Strength::Secret),
        b"key" | b"keys" => Some(match before {
            Some(before) if makes_key(before) || before.ends_with(b"api") => Strength::Secret,
            _ => Strength::Weak,
        }),
        b"string" if before == Some(b"connection".as_slice()) => Some(Strength::Secret),
        b"auth" | b"access" | b"private" | b"login" | b"webhook" | b"session" | b"cred"
        | b"creds" | b"sessionid" | b"jwt" | b"salt" => Some(Strength::Weak),
        word if vendors::is_service(word) => Some(Strength::Weak),
        word if begins_with_service(word) => Some(Strength::Secret),
        word => of_ending(word),
    }
}

/// What the ending of words written together says: `dbpassword`, `lobsecretkey`.
fn of_ending(word: &[u8]) -> Option<Strength> {
    let is_password = ends(word, b"password")
        || ends(word, b"passwd")
        || ends(word, b"passphrase")
        || ends(word, b"passwort")
        || ends(word, b"pwd");
    let is_secret = || {
        ends(word, b"secretkey")
            || ends(word, b"privatekey")
            || ends(word, b"accesskey")
            || ends(word, b"apikey")
            || ends(word, b"authkey")
            || ends(word, b"secret")
            || ends(word, b"token")
            || ends(word, b"credential")
            || ends(word, b"credentials")
            || ends(word, b"secretaccess")
    };
    if is_password {
        Some(Strength::Password)
    } else if is_secret() {
        Some(Strength::Secret)
    } else {
        ends(word, b"private").then_some(Strength::Weak)
    }
}

/// Whether a word goes on before an ending.
fn ends<const N: usize>(word: &[u8], ending: &[u8; N]) -> bool {
    word.len() > N && word.last_chunk() == Some(ending)
}

/// The name of a service and what it is for: `uclassifykey`.
fn begins_with_service(word: &[u8]) -> bool {
    [b"key".as_slice(), b"access", b"login", b"auth"]
        .iter()
        .any(|ending| word.strip_suffix(*ending).is_some_and(vendors::is_service))
}

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
        let bytes = &name.as_bytes()[..floor(name, NAME_BYTES_MAX)];
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

    fn get(&self, at: usize) -> &[u8] {
        let (start, end) = self.ends[at];
        &self.letters[usize::from(start)..usize::from(end)]
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
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
