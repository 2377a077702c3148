//! Credentials known by where they stand: in a URL, an HTTP header, on a command line, in a client's password file.

use std::ops::Range;

use base64::Engine as _;

use crate::bytes::Bytes;
use crate::look;

/// Longest user information of a URL.
const USERINFO_BYTES_MAX: usize = 512;
/// How far a line of `.pgpass` goes to either side of its port.
const PGPASS_BYTES_MAX: usize = 256;
/// Longest credential of a header.
const HEADER_BYTES_MAX: usize = 8192;

/// The password in `scheme://user:password@host`, or the token in `scheme://token@host`. `at` is where `://` stands.
pub(crate) fn in_url(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if at == 0 || !bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let start = at + 3;
    let end = start
        + bytes[start..]
            .iter()
            .take(USERINFO_BYTES_MAX)
            .take_while(|byte| {
                !byte.is_ascii_whitespace()
                    && !matches!(
                        byte,
                        b'/' | b'?' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b',' | b'|'
                    )
            })
            .count();
    let at_sign = start + memchr::memrchr(b'@', &bytes[start..end])?;
    let userinfo = &text[start..at_sign];
    if !bytes.get(at_sign + 1).is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'[' | b'$' | b'{' | b'_' | b'%' | b'-')
    }) {
        return None;
    }
    let secret = match userinfo.find(':') {
        Some(colon) => start + colon + 1..at_sign,
        None if look::is_random(userinfo, 16) => start..at_sign,
        None => return None,
    };
    let value = &text[secret.clone()];
    (value.len() >= 3 && !is_variable(value)).then_some(secret)
}

fn is_variable(value: &str) -> bool {
    value.starts_with(['$', '{', '<', '[', '%'])
        && !(value.starts_with('%') && value.as_bytes().get(1).is_some_and(u8::is_ascii_hexdigit))
        || value.contains("${")
        || value.contains("{{")
        || value.contains('<')
        || value
            .bytes()
            .all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'#'))
        || value.starts_with("\"")
}

/// The credential behind `Authorization:`, with or without its scheme. `name_end` is where the name ends.
pub(crate) fn in_authorization(text: &str, name_end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = name_end;
    let head = bytes[at..]
        .iter()
        .take(12)
        .take_while(|byte| {
            matches!(
                byte,
                b'"' | b'\'' | b']' | b'`' | b' ' | b'\t' | b':' | b'=' | b'>' | b',' | b'\\'
            )
        })
        .count();
    if !text[at..at + head].contains([':', '=', ',']) {
        return None;
    }
    at += head;
    let line_end = line_end(bytes, at);
    let mut start = at;
    loop {
        let end = credential_end(bytes, start, line_end);
        let word = text.get(start..end)?;
        let next = bytes.get(end);
        if is_scheme(word) && matches!(next, Some(b' ' | b'\t' | b'=')) {
            start = end + 1;
            continue;
        }
        return (word.len() >= 6 && !look::is_template(word) && !is_words(word))
            .then_some(start..end);
    }
}

/// The credential behind `Bearer ` and its like, wherever that stands. `at` is where the scheme ends.
pub(crate) fn behind_scheme(text: &str, at: usize, is_basic: bool) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !matches!(bytes.get(at), Some(b' ' | b'\t')) {
        return None;
    }
    let start = at + 1;
    let line_end = line_end(bytes, start);
    let end = credential_end(bytes, start, line_end);
    let word = text.get(start..end)?;
    let is_secret = if is_basic {
        word.len() >= 8 && is_user_and_password(word)
    } else {
        word.len() >= 8
            && !look::is_template(word)
            && (look::is_random(word, 8) || look::is_hex(word) || look::is_uuid(word))
    };
    is_secret.then_some(start..end)
}

/// The end of the line, or of the longest credential.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let limit = bytes.len().min(from + HEADER_BYTES_MAX);
    memchr::memchr(b'\n', &bytes[from..limit]).map_or(limit, |end| from + end)
}

fn credential_end(bytes: &[u8], start: usize, line_end: usize) -> usize {
    static CREDENTIAL: Bytes = Bytes::alphanumeric_and(b"._~+/=-:!#%&*^|");
    start + CREDENTIAL.run(&bytes[start..line_end])
}

fn is_scheme(word: &str) -> bool {
    [
        "bearer",
        "basic",
        "token",
        "digest",
        "apikey",
        "bot",
        "jwt",
        "ssws",
        "geniekey",
        "key",
        "negotiate",
        "splunk",
        "private-token",
        "api-key",
        "discogs",
        "oauth",
    ]
    .iter()
    .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

fn is_words(word: &str) -> bool {
    look::is_wordy(word) || look::is_filler(word)
}

/// True for base64 that holds `user:password`.
pub(crate) fn is_user_and_password(word: &str) -> bool {
    let bare = word.trim_end_matches('=');
    base64::engine::general_purpose::STANDARD_NO_PAD
        .decode(bare)
        .ok()
        .filter(|bytes| bytes.contains(&b':'))
        .is_some_and(|bytes| bytes.iter().all(|byte| (0x20..0x7f).contains(byte)))
}

/// The password of `curl -u user:password` and its like. `at` is behind the flag.
pub(crate) fn of_user_flag(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at;
    while matches!(bytes.get(start), Some(b' ' | b'=' | b'"' | b'\'')) && start < at + 3 {
        start += 1;
    }
    let quote = bytes
        .get(start.wrapping_sub(1))
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''));
    let user_end = start
        + bytes[start..]
            .iter()
            .take(128)
            .take_while(|byte| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'.' | b'-' | b'@' | b'\\' | b'+')
            })
            .count();
    if user_end == start || bytes.get(user_end) != Some(&b':') {
        return None;
    }
    let mut secret = user_end + 1;
    let inner = bytes
        .get(secret)
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''));
    secret += usize::from(inner.is_some());
    let ends = |byte: &u8| match inner.or(quote) {
        Some(quote) => *byte == quote || *byte == b'\n',
        None => byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`'),
    };
    let end = bytes[secret..]
        .iter()
        .take(256)
        .position(ends)
        .map_or(text.len().min(secret + 256), |end| secret + end);
    let value = text.get(secret..end)?;
    // `-u 1000:1000` is a user and a group, `-u host:80` a port.
    let is_ids = value.bytes().all(|byte| byte.is_ascii_digit()) && value.len() < 6;
    (value.len() >= 3
        && !is_ids
        && !is_variable(value)
        && !value.contains("$(")
        && !value.contains('/'))
    .then_some(secret..end)
}

/// The password of a line of `.netrc`: `login NAME password SECRET`. `at` is where `password` ends.
pub(crate) fn in_netrc(text: &str, keyword: &Range<usize>) -> Option<Range<usize>> {
    let before = &text[floor(text, keyword.start.saturating_sub(160))..keyword.start];
    if !before.is_empty() && !before.ends_with(char::is_whitespace) {
        return None;
    }
    if !before.contains("login ") && !before.contains("machine ") {
        return None;
    }
    let blanks = text.as_bytes()[keyword.end..]
        .iter()
        .take(32)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let start = keyword.end + blanks;
    if start == keyword.end {
        return None;
    }
    let limit = floor(text, start + USERINFO_BYTES_MAX);
    let end = text[start..limit]
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        .map_or(limit, |end| start + end);
    (end - start >= 3 && !is_variable(&text[start..end])).then_some(start..end)
}

/// The password of a line of `.pgpass`: `host:port:database:user:password`. `at` is where the port's colon stands.
pub(crate) fn in_pgpass(text: &str, at: usize) -> Option<Range<usize>> {
    let floor_at = floor(text, at.saturating_sub(PGPASS_BYTES_MAX));
    let line = floor_at
        + text[floor_at..at]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
    let limit = floor(text, at + PGPASS_BYTES_MAX);
    let end = text[at..limit]
        .find(['\n', '\r'])
        .map_or(limit, |end| at + end);
    let parts: Vec<&str> = text[line..end].splitn(5, ':').collect();
    let [host, port, database, user, password] = parts[..] else {
        return None;
    };
    let is_word = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*' | b'+')
            })
    };
    let is_port = port == "*" || !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_word(host.trim_start_matches('+'))
        && is_port
        && is_word(database)
        && is_word(user)
        && password.len() >= 3
        && !password.contains(|c: char| c.is_whitespace() || c == '"')
        && !is_variable(password))
    .then(|| end - password.len()..end)
}

/// The largest character boundary that is not above `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The word that follows, quoted or not. `at` is where the command ends.
pub(crate) fn next_word(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at;
    while bytes.get(start) == Some(&b' ') && start < at + 2 {
        start += 1;
    }
    let quote = bytes
        .get(start)
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''));
    start += usize::from(quote.is_some());
    let limit = floor(text, start + USERINFO_BYTES_MAX);
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote || *byte == b'\n',
        None => byte.is_ascii_whitespace() || matches!(byte, b';' | b')' | b'"' | b'\''),
    };
    let end = bytes
        .get(start..limit)?
        .iter()
        .position(ends)
        .map_or(limit, |end| start + end);
    let value = text.get(start..end)?;
    (value.len() >= 4
        && !is_variable(value)
        && !look::is_filler(value)
        && (quote.is_some() || !look::is_wordy(value)))
    .then_some(start..end)
}

/// The values of a cookie header that were made at random. `at` is where the name of the header ends.
///
/// Gives the end of the header, up to which nothing has to be looked at again.
pub(crate) fn in_cookies(text: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = text.as_bytes();
    let sign = bytes[at..]
        .iter()
        .take(4)
        .take_while(|byte| matches!(byte, b'"' | b'\'' | b' ' | b':'))
        .count();
    if !text[at..at + sign].contains(':') {
        return at;
    }
    let start = at + sign;
    let end = line_end(bytes, start);
    let end = bytes[start..end]
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\''))
        .map_or(end, |quote| start + quote);
    let Some(header) = text.get(start..end) else {
        return at;
    };
    let mut at = start;
    for pair in header.split(';') {
        if let Some((_, value)) = pair.split_once('=') {
            let value = value.trim();
            let from = at + pair.len() - pair.trim_start().len();
            let from = text[from..]
                .find(value)
                .map_or(from, |offset| from + offset);
            if look::is_random(value, 16) || look::is_hex(value) {
                found.push(from..from + value.len());
            }
        }
        at += pair.len() + 1;
    }
    end
}

/// The password of `mysql -u user -pSECRET`. `at` is behind `-p`.
pub(crate) fn of_mysql_flag(text: &str, at: usize) -> Option<Range<usize>> {
    let before = &text[floor(text, at.saturating_sub(PGPASS_BYTES_MAX))..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_client = ["mysql", "mariadb"]
        .iter()
        .any(|client| line.contains(client));
    let next = *text.as_bytes().get(at)?;
    (is_client && !next.is_ascii_whitespace() && next != b'-')
        .then(|| next_word(text, at))
        .flatten()
}

/// The password of `docker login -u user -p SECRET` and its like. `flag` is where `-p` stands, with the blanks around it.
pub(crate) fn of_login_flag(text: &str, flag: &Range<usize>) -> Option<Range<usize>> {
    let before = &text[floor(text, flag.start.saturating_sub(PGPASS_BYTES_MAX))..flag.start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let next = *text.as_bytes().get(flag.end)?;
    (line.contains(" login") && !matches!(next, b'-' | b' '))
        .then(|| next_word(text, flag.end))
        .flatten()
}
