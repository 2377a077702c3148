//! Values behind a name that says secret: in environments, JSON, YAML, TOML, INI, shell, flags, headers, URLs, XML and code.

use std::ops::Range;

use crate::bytes::Bytes;
use crate::names::{self, Strength};
use crate::placeholder;
use crate::{letters, look};

/// Longest name that is read.
const NAME_BYTES_MAX: usize = 96;
/// Longest value that is taken.
const VALUE_BYTES_MAX: usize = 4096;
/// Shortest value that is taken for a secret.
const VALUE_BYTES_MIN: usize = 4;

/// What stands before the name in a line of a configuration file, at most.
const CONFIG_INDENT_BYTES_MAX: usize = 64;

/// Longest password with a space in it.
const SPACED_BYTES_MAX: usize = 40;

/// How a value is bound to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// `name = value`, `"name": "value"`, `name="value"`.
    Assigned,
    /// `--name value`.
    Flag,
    /// `f("name", "value")`, `name("value")`.
    Argument,
    /// `<name>value</name>`.
    Element,
    /// `name value`: prose, a table, a list.
    Beside,
}

/// The name in which a keyword stands.
pub(crate) fn name_around(text: &str, keyword: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start =
        keyword.start - NAME_BYTES.run(bytes[..keyword.start].iter().rev().take(NAME_BYTES_MAX));
    let end = keyword.end + NAME_BYTES.run(bytes[keyword.end..].iter().take(NAME_BYTES_MAX));
    let fits = end - start <= NAME_BYTES_MAX + VALUE_BYTES_MIN;
    (fits && text.is_char_boundary(start) && text.is_char_boundary(end)).then_some(start..end)
}

/// The value that belongs to a name; `None` when it is no secret.
///
/// `keyword` is where the keyword stands for which the name is looked at.
pub(crate) fn find(
    text: &str,
    name: &Range<usize>,
    keyword: &Range<usize>,
) -> Option<(Range<usize>, Strength)> {
    if is_of_placeholder(text, name) {
        return None;
    }
    if let Some(found) = joined(text, name, keyword) {
        return Some(found);
    }
    // What is cheap to tell first: of most names in a text no value follows.
    let is_flag = text.as_bytes()[name.start] == b'-';
    let (bond, at) = bond(text, name, is_flag)?;
    if is_placeholder_at(text, at, bond) {
        return None;
    }
    let value = value_at(text, at, bond, name)?;
    // Replaced before.
    if placeholder::is_one(value.text) {
        return None;
    }
    if value.text.len() < VALUE_BYTES_MIN || bond == Bond::Beside && !may_stand_beside(&value) {
        return None;
    }
    let mut strength = names::strength(text[name.clone()].trim_end_matches(['.', '-']))?;
    if strength == Strength::Weak && is_strong_phrase(text, name) {
        strength = Strength::Secret;
    }
    is_secret(text, &value, bond, strength, name).then_some((value.range, strength))
}

/// True for a name that is the type in a placeholder with nothing behind it that its fingerprint could go on in: whatever were
/// found for such a name, it would lie within the placeholder.
fn is_of_placeholder(text: &str, name: &Range<usize>) -> bool {
    placeholder::around_kind(text, name).is_some_and(|placeholder| {
        matches!(
            text.as_bytes().get(placeholder.end),
            None | Some(b'\n' | b'\r' | b'"' | b'`')
        )
    })
}

/// True when the value at `at` is a placeholder, or a part of one, whatever is bound to the name in this way: most are, of a
/// text that was gone over before.
fn is_placeholder_at(text: &str, at: usize, bond: Bond) -> bool {
    let bytes = text.as_bytes();
    let quote = quote_start(bytes, at);
    let start = quote.map_or(at, |quote| quote + 1);
    let Some(length) = text.get(start..).and_then(placeholder::length) else {
        return false;
    };
    let next = bytes.get(start + length);
    match quote {
        Some(quote) => next == bytes.get(quote),
        None => {
            bond != Bond::Element
                && next.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'`'))
        }
    }
}

/// What stands behind a name with nothing but white space between is a secret only when it looks like one.
fn may_stand_beside(value: &Value<'_>) -> bool {
    value.is_quoted
        || value.text.bytes().any(|byte| byte.is_ascii_digit())
        || value.text.len() >= 16
        || value.is_marked()
}

/// The run of letters and digits at `run`, when the name before it is, or holds, that of a service.
pub(crate) fn of_service(text: &str, run: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let signs = bytes[..run.start]
        .iter()
        .rev()
        .take(8)
        .take_while(|byte| {
            matches!(
                byte,
                b'=' | b':' | b'>' | b' ' | b'"' | b'\'' | b'\t' | b'(' | b','
            )
        })
        .count();
    let end = run.start - signs;
    if signs == 0 || end == 0 || !bytes[end - 1].is_ascii_alphanumeric() {
        return None;
    }
    let name = end - NAME_BYTES.run(bytes[..end].iter().rev().take(NAME_BYTES_MAX));
    if !text.is_char_boundary(name) {
        return None;
    }
    if !names::is_of_service(&text[name..end]) {
        return None;
    }
    let value = &text[run.clone()];
    let is_value = look::is_random(value, 16)
        || look::is_hex(value)
        || look::is_uuid(value)
        || is_key_like(value);
    // Behind white space alone the value ends its line.
    let is_assigned = text[end..run.start].contains(['=', ':']);
    let ends_line = bytes
        .get(run.end)
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b'"' | b'\''));
    (is_value && (is_assigned || ends_line) && !is_digest_like(value)).then(|| run.clone())
}

/// The rule by which a value behind a name of this strength is replaced.
pub(crate) fn kind(strength: Strength) -> &'static str {
    match strength {
        Strength::Password => "password",
        Strength::Secret | Strength::Weak => "secret",
    }
}

/// The rule by which a member of a JSON object is replaced, by its name and value alone; `None` when it is no secret.
pub(crate) fn of_member(name: &str, value: &str) -> Option<&'static str> {
    if name.len() > NAME_BYTES_MAX || value.len() < VALUE_BYTES_MIN {
        return None;
    }
    let strength = names::strength(name)?;
    let value = Value {
        range: 0..value.len(),
        text: value,
        is_quoted: true,
        is_config_line: false,
        mark: None,
    };
    judge(&value, Bond::Assigned, strength).then(|| kind(strength))
}

/// What names are made of.
static NAME_BYTES: Bytes = Bytes::alphanumeric_and(b"_-.").and_beyond_ascii();

/// `holidayapi-SECRET-abcde123…`: the value hangs on its name by a dash or a dot.
fn joined(
    text: &str,
    name: &Range<usize>,
    keyword: &Range<usize>,
) -> Option<(Range<usize>, Strength)> {
    let rest = &text[keyword.end..name.end];
    let (at, _) = rest
        .char_indices()
        .find(|(_, char)| matches!(char, '-' | '.'))?;
    let range = keyword.end + at + 1..name.end;
    let value = &text[range.clone()];
    if value.len() < 16 {
        return None;
    }
    let strength = names::strength(&text[name.start..keyword.end + at])?;
    let is_value = || {
        look::is_random(value, 16) && !look::is_uuid(value)
            || is_key_like(value) && is_marked(&text[name.start..keyword.end + at])
    };
    (strength != Strength::Password && is_value()).then_some((range, strength))
}

/// `api key`, `access key`, `Client secret`: the word before says what the last one does not.
fn is_strong_phrase(text: &str, name: &Range<usize>) -> bool {
    let Some(before) = text[..name.start].strip_suffix(' ') else {
        return false;
    };
    let bytes = before.as_bytes();
    let word = NAME_BYTES.run(bytes.iter().rev().take(40));
    let start = before.len() - word;
    if word == 0 || !text.is_char_boundary(start) {
        return false;
    }
    let phrase = format!("{}_{}", &before[start..], &text[name.clone()]);
    names::strength(&phrase).is_some_and(|strength| strength > Strength::Weak)
}

/// How the value behind the name is bound to it, and where it starts.
fn bond(text: &str, name: &Range<usize>, is_flag: bool) -> Option<(Bond, usize)> {
    let bytes = text.as_bytes();
    let mut at = name.end;
    let mut is_quoted = false;
    if let Some(quote @ (b'"' | b'\'' | b'`')) = bytes.get(at) {
        is_quoted = name.start > 0 && bytes[name.start - 1] == *quote
            || text[..name.start]
                .trim_end()
                .ends_with(['"', '\'', '`', '.', ':']);
        at += 1;
    }
    while matches!(bytes.get(at), Some(b']' | b'?' | b'!'))
        || is_quoted && bytes.get(at) == Some(&b')')
    {
        at += 1;
    }
    let spaced = skip_blanks(bytes, at);
    match bytes.get(spaced) {
        Some(b'(') if !is_quoted => {
            let value = skip_blanks(bytes, spaced + 1);
            return is_quote(bytes, value).then_some((Bond::Argument, value));
        }
        Some(b',') => {
            let value = skip_blanks(bytes, spaced + 1);
            return (is_quoted || is_quote(bytes, value))
                .then_some((Bond::Argument, value))
                .filter(|_| is_quote(bytes, value));
        }
        Some(b'>')
            if spaced == at && name.start > 0 && matches!(bytes[name.start - 1], b'<' | b':') =>
        {
            return Some((Bond::Element, at + 1));
        }
        Some(_) if spaced > at && name.start > 0 && bytes[name.start - 1] == b'<' => {
            let end = bytes[spaced..]
                .iter()
                .take(80)
                .position(|byte| matches!(byte, b'>' | b'\n' | b'<'))?;
            return (bytes[spaced + end] == b'>').then_some((Bond::Element, spaced + end + 1));
        }
        _ => {}
    }
    if is_quoted && text[spaced..].starts_with("value") {
        // `key="Password" value="…"`.
        let equals = skip_blanks(bytes, spaced + 5);
        if bytes.get(equals) == Some(&b'=') {
            return Some((Bond::Assigned, skip_blanks(bytes, equals + 1)));
        }
    }
    let sign = bytes[spaced..]
        .iter()
        .take(5)
        .take_while(|byte| {
            matches!(
                byte,
                b'=' | b':' | b'!' | b'?' | b'>' | b'+' | b'|' | b'~' | b'-'
            )
        })
        .count();
    let operator = &text[spaced..spaced + sign];
    // `a --token -x` is no operator, nor is `->x`.
    let operator = operator.trim_end_matches('-');
    let is_assignment = operator.contains(['=', ':']) || operator == "->";
    if is_assignment && !matches!(operator, "::" | ">=" | ">") {
        let value = skip_blanks(bytes, spaced + operator.len());
        let value = skip_type(text, value, operator);
        return Some((Bond::Assigned, value));
    }
    if operator == "|" {
        return Some((Bond::Beside, skip_blanks(bytes, spaced + 1)));
    }
    if spaced > at || bytes.get(spaced) == Some(&b'\n') {
        let value = if bytes.get(spaced) == Some(&b'\n') {
            skip_blanks(bytes, spaced + 1)
        } else {
            spaced
        };
        let said = ["is ", "was ", "is: ", "value "]
            .iter()
            .find(|word| text[value..].starts_with(**word));
        if let Some(said) = said {
            return Some((Bond::Assigned, value + said.len()));
        }
        return Some((if is_flag { Bond::Flag } else { Bond::Beside }, value));
    }
    None
}

fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    let from = from.min(bytes.len());
    from + bytes[from..]
        .iter()
        .take(32)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

fn is_quote(bytes: &[u8], at: usize) -> bool {
    quote_start(bytes, at).is_some()
}

/// Where the quote of a literal is: it may have a prefix, as in `b"…"`, `@"…"`.
fn quote_start(bytes: &[u8], at: usize) -> Option<usize> {
    let mut quote = at;
    while quote < at + 2
        && matches!(
            bytes.get(quote),
            Some(b'b' | b'r' | b'f' | b'u' | b'L' | b'@' | b'$' | b'B' | b'(' | b'[')
        )
    {
        quote += 1;
    }
    matches!(bytes.get(quote), Some(b'"' | b'\'' | b'`')).then_some(quote)
}

/// `password: string = "x"`, `let token: &str = "x"`: the type is passed over.
fn skip_type(text: &str, at: usize, operator: &str) -> usize {
    if operator != ":" || is_quote(text.as_bytes(), at) {
        return at;
    }
    let rest = &text[at..];
    let length = rest
        .bytes()
        .take(40)
        .take_while(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'&' | b' ' | b'\'' | b'<' | b'>' | b'[' | b']' | b'|' | b'.' | b'_' | b':'
                )
        })
        .count();
    if rest[length..].starts_with('=') && rest[..length].ends_with(' ') {
        let value = skip_blanks(text.as_bytes(), at + length + 1);
        if is_quote(text.as_bytes(), value) {
            return value;
        }
    }
    at
}

struct Value<'a> {
    range: Range<usize>,
    text: &'a str,
    is_quoted: bool,
    /// The name starts its line and the value ends it: a configuration file, where values stand bare.
    is_config_line: bool,
    /// The name, where the value ends its line.
    mark: Option<&'a str>,
}

impl Value<'_> {
    /// The name is in capitals or a service's, and the value ends its line.
    fn is_marked(&self) -> bool {
        self.mark.is_some_and(is_marked)
    }
}

fn value_at<'a>(text: &'a str, at: usize, bond: Bond, name: &Range<usize>) -> Option<Value<'a>> {
    let bytes = text.as_bytes();
    // No value is longer, so no line is looked at further: many names in one long line cost no more.
    let limit = crate::credentials::floor(text, at + VALUE_BYTES_MAX + 8);
    let line_end = memchr::memchr(b'\n', &bytes[at..limit]).map_or(limit, |end| at + end);
    let line_end = if bytes[at..line_end].ends_with(b"\r") {
        line_end - 1
    } else {
        line_end
    };
    if let Some(quote) = quote_start(bytes, at) {
        let sign = bytes[quote];
        let triple = bytes[quote..].starts_with(&[sign; 3]);
        let start = quote + if triple { 3 } else { 1 };
        let end = if triple {
            memchr::memmem::find(
                &bytes[start..crate::credentials::floor(text, start + VALUE_BYTES_MAX).max(start)],
                &[sign; 3],
            )
            .map(|end| start + end)
        } else {
            closing(bytes, start, sign, line_end)
        };
        let is_closed = end.is_some();
        let end = end.unwrap_or(line_end).max(start);
        if end - start > VALUE_BYTES_MAX {
            return None;
        }
        return Some(Value {
            range: start..end,
            text: &text[start..end],
            is_quoted: is_closed,
            is_config_line: false,
            mark: ends_value(bytes, end, line_end).then(|| &text[name.clone()]),
        });
    }
    let is_config_line = bond == Bond::Assigned
        && (starts_line(text, name.start) || is_shell_assignment(text, name, at));
    let is_parameter = bond == Bond::Assigned
        && name.start > 0
        && matches!(bytes[name.start - 1], b';' | b'&' | b'?');
    let end = match bond {
        Bond::Element => {
            memchr::memchr(b'<', &bytes[at..line_end]).map_or(line_end, |end| at + end)
        }
        _ => bare_end(bytes, at, line_end, is_config_line && !is_parameter),
    };
    if bond == Bond::Element && !text[end..].starts_with("</") {
        return None;
    }
    (end > at && end - at <= VALUE_BYTES_MAX).then(|| Value {
        range: at..end,
        text: &text[at..end],
        is_quoted: bond == Bond::Element,
        is_config_line: is_config_line || is_parameter,
        mark: ends_value(bytes, end, line_end).then(|| &text[name.clone()]),
    })
}

/// `PGPASSWORD=… psql`: a name in capitals with its value right behind the sign.
fn is_shell_assignment(text: &str, name: &Range<usize>, value: usize) -> bool {
    value == name.end + 1
        && text.as_bytes()[name.end] == b'='
        && text[name.clone()]
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && (name.start == 0
            || matches!(
                text.as_bytes()[name.start - 1],
                b' ' | b'\t' | b'\n' | b';' | b'(' | b'`'
            ))
}

/// True when the name ends in a word in capitals, or begins with a service: `pdfshift ACCESS …`, `karmaSECRET …`.
fn is_marked(name: &str) -> bool {
    let name = name.trim_end_matches(['.', '-']);
    name.len() >= 3
        && name.as_bytes()[name.len() - 3..]
            .iter()
            .all(u8::is_ascii_uppercase)
        || names::is_of_service(name)
}

/// True at the end of a line, of a string and of a parameter.
fn ends_value(bytes: &[u8], end: usize, line_end: usize) -> bool {
    end + 1 >= line_end || matches!(bytes[end], b'"' | b'&' | b'\\')
}

/// Where the quote that ends a literal stands. A backslash escapes it.
fn closing(bytes: &[u8], start: usize, quote: u8, line_end: usize) -> Option<usize> {
    let mut at = start;
    // A literal that goes on behind a backslash at the end of its line.
    let end = if bytes[..line_end].ends_with(b"\\") {
        bytes.len().min(line_end + VALUE_BYTES_MAX)
    } else {
        line_end
    };
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            byte if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn bare_end(bytes: &[u8], at: usize, line_end: usize, is_config_line: bool) -> usize {
    // White space, as ASCII has it, comes first.
    static LINE_ENDS: Bytes = Bytes::of(b" \t\n\x0c\r\"`");
    static ENDS: Bytes = Bytes::of(b" \t\n\x0c\r\"`',;<>)]}|&\\");
    let ends = if is_config_line { &LINE_ENDS } else { &ENDS };
    let mut end = bytes[at..line_end]
        .iter()
        .position(|byte| ends.has(*byte))
        .map_or(line_end, |end| at + end);
    while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'\'' | b'"') {
        end -= 1;
    }
    end
}

/// True when only what a configuration line may begin with stands before the name.
fn starts_line(text: &str, name: usize) -> bool {
    // A string begins here: what a tool printed begins a line, wherever the string itself stands.
    if name > 0 && text.as_bytes()[name - 1] == b'"' {
        return true;
    }
    let floor = crate::credentials::floor(text, name.saturating_sub(CONFIG_INDENT_BYTES_MAX));
    let Some(line) = memchr::memrchr(b'\n', &text.as_bytes()[floor..name])
        .map(|newline| floor + newline + 1)
        .or((floor == 0).then_some(0))
    else {
        return false;
    };
    let before = text[line..name].trim_matches([
        ' ', '\t', '+', '-', '"', '\'', '/', ':', '$', '#', '>', '[', '(',
    ]);
    // Numbers of lines, as readers add them.
    let before = before
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim();
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    word.is_empty()
        || [
            "export", "set", "env", "arg", "setx", "declare", "local", "readonly", "-e", "run",
            "default",
        ]
        .iter()
        .any(|command| word.eq_ignore_ascii_case(command))
}

fn is_secret(
    text: &str,
    value: &Value<'_>,
    bond: Bond,
    strength: Strength,
    name: &Range<usize>,
) -> bool {
    if value.text.len() < VALUE_BYTES_MIN {
        return false;
    }
    // The value is the name again: `password: password`, `token: "token"`.
    if value.text.eq_ignore_ascii_case(&text[name.clone()]) {
        return false;
    }
    let is_plain_random = is_plain_random(value.text);
    if !value.is_quoted && !is_plain_random && is_code(text, value) {
        return false;
    }
    is_plain_random && is_random_secret(bond, strength) || judge(value, bond, strength)
}

/// Whether a value that is plain and random is a secret for that alone, as most are: [`judge`] says so too.
fn is_random_secret(bond: Bond, strength: Strength) -> bool {
    match (strength, bond) {
        (_, Bond::Flag) | (Strength::Weak, _) | (Strength::Secret, Bond::Beside) => false,
        (Strength::Secret | Strength::Password, _) => true,
    }
}

/// `name(…`, `path.of.names[…`: a call, an index.
fn is_behind_name(text: &str, sign: char) -> bool {
    text.split_once(sign).is_some_and(|(name, _)| {
        name.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'_' | b'.' | b':' | b'$' | b'&' | b'!' | b'\'' | b'"' | b'-' | b'>' | b'?'
                )
        })
    })
}

/// Letters and digits at random, with what base64 and tokens have besides: no code, no path, no template looks so.
fn is_plain_random(text: &str) -> bool {
    static PLAIN: Bytes = Bytes::alphanumeric_and(b"_-+=");
    text.bytes().all(|byte| PLAIN.has(byte)) && look::is_random(text, 12)
}

/// A bare value that goes on as a call, a path of members or an index: code, no literal.
fn is_code(text: &str, value: &Value<'_>) -> bool {
    let bare = value.text;
    let next = text.as_bytes().get(value.range.end);
    is_behind_name(bare, '(')
        || bare.contains("::")
        || bare.contains("->")
        || matches!(next, Some(b'(' | b'[' | b'<'))
        || bare.contains("process.env")
        || bare.starts_with(['&', '*', '!', '@', '|', '~'])
        || bare.contains('.')
            && bare.split('.').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                    && part.as_bytes()[0].is_ascii_alphabetic()
                    && !look::is_random(part, 8)
            })
        || is_behind_name(bare, '[') && placeholder::all(bare).is_empty()
        || ["u8", "u16", "u32", "u64", "i32", "i64"]
            .iter()
            .any(|kind| bare.trim_start_matches('_') == *kind)
}

fn judge(value: &Value<'_>, bond: Bond, strength: Strength) -> bool {
    let text = value.text.trim();
    let is_nothing = |text| look::is_template(text) || look::is_filler(text) || is_reference(text);
    if text.len() < VALUE_BYTES_MIN || !is_plain_random(text) && is_nothing(text) {
        return false;
    }
    let joined: String;
    let text = if text.contains('\n') && value.is_quoted {
        // A literal over several lines.
        joined = text.split_whitespace().collect();
        joined.as_str()
    } else {
        text
    };
    if text.contains(char::is_whitespace) {
        return strength == Strength::Password
            && bond == Bond::Assigned
            && value.is_quoted
            && is_mixed(text)
            && text.len() <= SPACED_BYTES_MAX
            && text.split_whitespace().count() <= 2;
    }
    let length = text.len();
    let random = look::is_random(text, 8);
    let hex = || look::is_hex(text);
    let uuid = || look::is_uuid(text);
    let key_like = || is_key_like(text) && value.is_marked();
    match (strength, bond) {
        // What a manual puts for a value: `--token TOKEN`.
        (_, Bond::Flag)
            if text
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_') =>
        {
            false
        }
        (Strength::Weak, Bond::Beside) => random && !hex() && !uuid() && length >= 16 || key_like(),
        (Strength::Secret, Bond::Beside) => {
            (random && length >= 10 || hex()) && !uuid() || key_like()
        }
        (Strength::Password, Bond::Beside) => random || value.is_quoted && !look::is_wordy(text),
        (Strength::Weak, _) => {
            !uuid() && (random || hex()) && length >= 12 && !is_digest_like(text)
                || bond == Bond::Assigned && key_like()
        }
        (Strength::Secret, Bond::Argument) => {
            random || hex() || uuid() || length >= 8 && is_mixed(text)
        }
        (Strength::Secret, _) => {
            random
                || hex()
                || uuid()
                || length >= 8 && is_mixed(text)
                || is_long_run(text)
                || key_like()
        }
        (Strength::Password, Bond::Argument) => length >= 5 && (random || hex() || is_mixed(text)),
        (Strength::Password, Bond::Flag) => {
            !text.starts_with('-')
                && (random || hex() || is_mixed(text) || length >= 6 && !look::is_wordy(text))
        }
        (Strength::Password, _) => {
            random
                || hex()
                || is_mixed(text)
                || (value.is_quoted || value.is_config_line) && !is_label(text)
        }
    }
}

/// What letters of both cases must come to behind a name that says secret: less than where nothing says so.
const LONG_RUN_QUARTER_BITS_MIN: i32 = -16;

/// Letters and digits in one run, as keys have it and no name does.
fn is_long_run(text: &str) -> bool {
    text.len() >= 20
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (text.bytes().any(|byte| byte.is_ascii_digit())
            || !text.bytes().any(|byte| byte.is_ascii_uppercase())
            || !text.bytes().any(|byte| byte.is_ascii_lowercase())
            || letters::random_quarter_bits(text.as_bytes()) >= LONG_RUN_QUARTER_BITS_MIN)
}

/// What stands behind a marked name in a line of its own: a run of letters and digits, a UUID.
fn is_key_like(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_letters = letters == text.len() && text.len() >= 20;
    is_plain
        && (is_letters
            || look::is_uuid(text)
            || is_long_run(text)
            || !look::is_wordy(text) && digits >= 3 && letters > 0 && text.len() >= 13)
}

/// A password of letters and others: `hunter2`, `P@ss`, `123456789a1234`; not a version, a path or a name with signs.
fn is_mixed(text: &str) -> bool {
    let letters = text.chars().any(char::is_alphabetic);
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let signs = text.bytes().any(|byte| {
        byte.is_ascii_punctuation() && !matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b',')
    });
    (letters && digits || signs && (letters || digits))
        && !look::is_wordy(text)
        && !is_digest_like(text)
}

/// Longer words with capitals within are no labels.
const LABEL_BYTES_MAX: usize = 16;
/// Words of the names of things: of secrets in a store, of fields, of settings.
const LABEL_WORDS: [&str; 30] = [
    "password",
    "passwords",
    "secret",
    "secrets",
    "token",
    "key",
    "credential",
    "credentials",
    "name",
    "ref",
    "id",
    "field",
    "user",
    "login",
    "db",
    "database",
    "config",
    "new",
    "current",
    "old",
    "confirm",
    "reset",
    "forgot",
    "change",
    "auth",
    "login",
    "required",
    "not",
    "prompt",
    "type",
];

/// One word with a capital, as a page's labels have it, or the name of a thing: `Passwort`, `API_KEY`, `db-password`.
fn is_label(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    let capitalised = first.is_uppercase() && chars.clone().all(char::is_lowercase);
    let is_constant = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
        && text.contains('_');
    capitalised
        || is_constant
        || !text.is_ascii() && text.chars().all(char::is_alphabetic)
        || look::is_wordy(text) && text.contains(['_', '.', ':', ',', ';', '?'])
        // Base64 has signs of paths too; a path of labels is short, or has no capitals.
        || look::is_wordy(text)
            && text.contains('/')
            && (text.len() < LABEL_BYTES_MAX || !text.bytes().any(|byte| byte.is_ascii_uppercase()))
        || look::is_wordy(text)
            && text.contains('-')
            && text.split('-').any(|word| LABEL_WORDS.contains(&word))
        || [
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "credentials",
            "apikey",
            "login",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
        || text.len() < LABEL_BYTES_MAX
            && text.bytes().any(|byte| byte.is_ascii_uppercase())
            && text.bytes().any(|byte| byte.is_ascii_lowercase())
            && look::is_wordy(text)
        || text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 4
}

/// `sha256-…`, `sha512:…`: what a digest's own name stands before.
fn is_digest_like(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    [
        "sha1", "sha256", "sha384", "sha512", "md5", "blake", "argon2", "bcrypt", "scrypt",
        "pbkdf2", "hmac", "ed25519", "base64", "utf8", "oauth2", "http2",
    ]
    .iter()
    .any(|name| lower.starts_with(name))
}

/// A place where the secret is, instead of it: a path, an address, a reference into a vault.
fn is_reference(text: &str) -> bool {
    text.starts_with(['/', '~']) && text.contains('/') && !look::is_random(text, 24)
        || text.starts_with("./")
        || text.contains("://")
        || [
            "vault:",
            "ref+",
            "op://",
            "arn:",
            "secretref:",
            "file:",
            "env:",
            "keychain:",
            "projects/",
            "aws-sm:",
            "urn:",
        ]
        .iter()
        .any(|start| {
            text.len() > start.len()
                && text
                    .get(..start.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(start))
        })
        || [
            "_file", ".pem", ".key", ".crt", ".p12", ".json", ".txt", ".yaml", ".yml", ".env",
            ".ts", ".js", ".py", ".rs", ".go",
        ]
        .iter()
        .any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, name: &str) -> Option<String> {
        let at = text.find(name).unwrap();
        let keyword = at..at + name.len();
        let name = name_around(text, &keyword).unwrap();
        find(text, &name, &keyword).map(|(range, _)| text[range].to_owned())
    }

    #[test]
    fn what_was_replaced_is_no_value_and_what_stands_beside_it_is() {
        for text in [
            "password = [redacted:password:0123456789]\n",
            "password: \"[redacted:password:0123456789]\", x",
            "\"password\":\"[redacted:password:0123456789]\"}",
            "<password>[redacted:password:0123456789]</password>",
            "a [redacted:secret:0123456789]",
            "a \"[redacted:password:0123456789]\"",
        ] {
            let name = if text.starts_with('a') {
                "redacted"
            } else {
                "password"
            };
            assert_eq!(value(text, name), None, "{text}");
        }
        assert_eq!(value("a [redacted:secret:0123456789]\n", "secret"), None);
        for text in [
            "password = [redacted:password:0123456789]hunter2\n",
            "password: \"[redacted:password:0123456789]hunter2\", x",
        ] {
            assert!(
                value(text, "password").is_some_and(|value| value.ends_with("hunter2")),
                "{text}"
            );
        }
    }
}
