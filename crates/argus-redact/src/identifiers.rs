//! Structured identifiers of people: e-mail addresses, payment cards, bank accounts, social security numbers, addresses of
//! machines, telephone numbers.
//!
//! All but e-mail addresses are looked for at the digits of a text, where a number begins.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::credentials::floor;

/// How far before a number the word may stand that says what it is.
const CONTEXT_BYTES: usize = 64;

/// Fewest digits of a payment card.
const CARD_DIGITS_MIN: usize = 12;
/// Most of them.
const CARD_DIGITS_MAX: usize = 19;

/// An identifier in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) kind: &'static str,
    pub(crate) range: Range<usize>,
}

/// The e-mail address around an `@`.
pub(crate) fn email(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = bytes[..at]
        .iter()
        .rev()
        .take(65)
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
        })
        .count();
    let mut start = at - local;
    while start < at && !(bytes[start].is_ascii_alphanumeric() || bytes[start] == b'_') {
        start += 1;
    }
    // A scheme's or a path's end is no name, nor is a variable.
    if start == at
        || start > 0 && matches!(bytes[start - 1], b'$' | b'{')
        || local > 64
        || start > 0
            && matches!(bytes[start - 1], b'/' | b':' | b'=')
            && bytes[..start].ends_with(b"//")
    {
        return None;
    }
    let mut end = at + 1;
    let mut last_dot = None;
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_alphanumeric() || *byte == b'-' {
            end += 1;
        } else if *byte == b'.'
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
            && end > at + 1
        {
            last_dot = Some(end);
            end += 1;
        } else {
            break;
        }
        if end - at > 255 {
            return None;
        }
    }
    let top = &text[last_dot? + 1..end];
    let is_top =
        (2..=24).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    // `git@github.com:owner/repository` is an address of a machine, `icon@2x.png` a file.
    // Nobody reads what is sent to `noreply`.
    let is_remote = ["git", "noreply", "no-reply", "donotreply"].contains(&&text[start..at])
        || bytes.get(end) == Some(&b':')
            && bytes
                .get(end + 1)
                .is_some_and(|byte| byte.is_ascii_alphabetic());
    (is_top && !is_file_ending(top) && !is_remote).then_some(start..end)
}

fn is_file_ending(top: &str) -> bool {
    [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "mjs", "cjs", "ts", "tsx", "jsx", "css",
        "scss", "json", "rs", "py", "go", "html", "lock", "yaml", "yml", "toml", "service", "tgz",
        "whl",
    ]
    .iter()
    .any(|ending| top.eq_ignore_ascii_case(ending))
}

/// The identifier that begins at a digit, where no letter, digit or `_` stands before it.
pub(crate) fn at_digit(text: &str, at: usize) -> Option<Identifier> {
    let bytes = text.as_bytes();
    let run = digits(bytes, at);
    let next = bytes.get(at + run).copied().unwrap_or(b' ');
    let found = |kind, range| Some(Identifier { kind, range });
    if run <= 3
        && next == b'.'
        && let Some(range) = ipv4(text, at)
    {
        return found("ip-address", range);
    }
    if run == 3
        && matches!(next, b'-' | b' ')
        && let Some(range) = ssn(text, at)
    {
        return found("us-ssn", range);
    }
    if run == 9 && ends(bytes, at + 9) && says(context(text, at), &["ssn", "social security"]) {
        return found("us-ssn", at..at + 9);
    }
    if (run >= 12 || run == 4 && matches!(next, b' ' | b'-' | b'.'))
        && let Some(range) = card(text, at, run)
    {
        return found("payment-card", range);
    }
    phone(text, at, run).and_then(|range| found("phone", range))
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

/// True when a number may end at `end`: nothing goes on there.
fn ends(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(b'.' | b',' | b'-' | b':') => !bytes
            .get(end + 1)
            .is_some_and(|byte| byte.is_ascii_alphanumeric()),
        Some(byte) => !byte.is_ascii_alphanumeric() && *byte != b'_' && *byte != b'%',
    }
}

fn before(bytes: &[u8], at: usize) -> u8 {
    at.checked_sub(1).map_or(b' ', |before| bytes[before])
}

fn context(text: &str, at: usize) -> &str {
    let before = &text[floor(text, at.saturating_sub(CONTEXT_BYTES))..at];
    // Not over something that was replaced: a second time would see further than the first.
    before.rsplit(']').next().unwrap_or_default()
}

/// Whether one of some words, in lower case, stands in `context`, whatever its case, in the plural or not.
fn says(context: &str, words: &[&str]) -> bool {
    let bytes = context.as_bytes();
    let starts = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphabetic();
    (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_alphabetic() && starts(*at))
        .any(|at| words.iter().any(|word| has_word(&bytes[at..], word)))
}

/// Whether a text begins with a word that ends there.
fn has_word(text: &[u8], word: &str) -> bool {
    let (Some(first), true) = (text.first(), text.len() >= word.len()) else {
        return false;
    };
    let (head, rest) = text.split_at(word.len());
    first.eq_ignore_ascii_case(&word.as_bytes()[0])
        && head.eq_ignore_ascii_case(word.as_bytes())
        && !rest
            .first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() && !byte.eq_ignore_ascii_case(&b's'))
}

/// An IPv4 address that leads to somebody: not of a private, loopback, documentation or other special network.
fn ipv4(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if matches!(before(bytes, at), b'.' | b'-' | b'v' | b'~' | b'^' | b'$') {
        return None;
    }
    let length = bytes[at..]
        .iter()
        .take(16)
        .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
        .count();
    let end = at + length - usize::from(bytes[at + length - 1] == b'.');
    let address: Ipv4Addr = text[at..end].parse().ok()?;
    let next = bytes.get(end).copied().unwrap_or(b' ');
    let goes_on = next == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    if next.is_ascii_alphanumeric()
        || matches!(next, b'-' | b'_' | b'+')
        || goes_on
        || is_other_number(address)
    {
        return None;
    }
    // A product's version: `Chrome/120.0.0.0`, `version = "4.3.2.1"`.
    let is_after_product =
        before(bytes, at) == b'/' && at > 1 && bytes[at - 2].is_ascii_alphanumeric();
    let octets = address.octets();
    let is_after_product = is_after_product || text[..at].ends_with('§');
    let is_version = octets[2] == 0 && octets[3] == 0
        || octets[0] < 10
            && says(
                context(text, at),
                &["version", "ver", "release", "build", "v"],
            );
    (is_somebody(address) && !is_after_product && !is_version).then_some(at..end)
}

/// `1.2.3.4`, an example of anything with dots, and identifiers of objects in certificates (X.500 attributes and
/// extensions, RFC 8410's curves).
fn is_other_number(address: Ipv4Addr) -> bool {
    matches!(
        address.octets(),
        [1, 2, 3, 4] | [2, 5, 4 | 29, _] | [1, 3, 101, _]
    )
}

fn is_somebody(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_unspecified()
        || address.is_multicast()
        || octets[0] == 0
        || octets[0] >= 240
        || octets[0] == 100 && (64..128).contains(&octets[1])
        || octets[0] == 198 && (18..20).contains(&octets[1]))
}

/// An IPv6 address that leads to somebody, around a colon.
pub(crate) fn ipv6(text: &str, colon: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let start = colon
        - bytes[..colon]
            .iter()
            .rev()
            .take(40)
            .take_while(|byte| is_part(byte))
            .count();
    let mut end = colon
        + bytes[colon..]
            .iter()
            .take(46)
            .take_while(|byte| is_part(byte))
            .count();
    while end > start && matches!(bytes[end - 1], b'.' | b':') && !text[start..end].ends_with("::")
    {
        end -= 1;
    }
    if before(bytes, start).is_ascii_alphanumeric()
        || before(bytes, start) == b'_'
        || bytes
            .get(end)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    {
        return None;
    }
    let written = text.get(start..end)?;
    if written.bytes().filter(|byte| *byte == b':').count() < 3
        || !written.bytes().any(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let address: Ipv6Addr = written.parse().ok()?;
    let first = address.segments()[0];
    let is_documentation = first == 0x2001 && address.segments()[1] == 0xdb8 || first == 0x3fff;
    // Unique local, link local and multicast addresses lead to nobody outside.
    let is_global = (0x0100..0xfc00).contains(&first) && !is_documentation;
    let is_written_out =
        written.bytes().filter(|byte| *byte == b':').count() >= 5 && written.len() >= 15;
    (is_global && (is_written_out || (0x2000..0x4000).contains(&first))).then_some(start..end)
}

/// A number of the United States' social security, by the rules for its parts.
fn ssn(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let sign = *bytes.get(at + 3)?;
    let end = at + 11;
    if end > bytes.len()
        || bytes[at + 6] != sign
        || !ends(bytes, end)
        || matches!(before(bytes, at), b'-' | b'.' | b'/' | b'+')
    {
        return None;
    }
    let number = |range: Range<usize>| text.get(range)?.parse::<u32>().ok();
    let (area, group, serial) = (
        number(at..at + 3)?,
        number(at + 4..at + 6)?,
        number(at + 7..end)?,
    );
    let is_given = area != 0 && area != 666 && area < 900 && group != 0 && serial != 0;
    (is_given && (sign == b'-' || says(context(text, at), &["ssn", "social", "security"])))
        .then_some(at..end)
}

/// The number of a payment card: a range that is given to issuers, and Luhn's check digit.
fn card(text: &str, at: usize, run: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if matches!(before(bytes, at), b'.' | b'-' | b'/' | b'+' | b'#' | b'$') {
        return None;
    }
    let mut number = [0; CARD_DIGITS_MAX];
    let mut count = 0;
    let mut end = at;
    let sign = bytes.get(at + run).copied().unwrap_or(b' ');
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_digit() {
            *number.get_mut(count)? = byte - b'0';
            count += 1;
            end += 1;
        } else if run == 4 && *byte == sign && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end += 1;
        } else {
            break;
        }
    }
    let number = &number[..count];
    if number.len() < CARD_DIGITS_MIN || !ends(bytes, end) || !luhn(number) {
        return None;
    }
    let head = |count: usize| {
        number[..count]
            .iter()
            .fold(0u32, |head, digit| head * 10 + u32::from(*digit))
    };
    let length = number.len();
    let is_certain = match (head(1), head(2), head(4)) {
        (4, ..) => length == 16,
        (_, 51..=55, _) | (.., 2221..=2720) => length == 16,
        (_, 34 | 37, _) => length == 15,
        (_, 36 | 38 | 39 | 30, _) => (14..=16).contains(&length),
        (.., 3528..=3589) | (_, 65 | 64, _) | (.., 6011) | (_, 62, _) => length == 16,
        _ => false,
    };
    let is_issued = matches!(number[0], 2..=6) || matches!(head(4), 1800);
    let words = [
        "card",
        "cc",
        "credit",
        "debit",
        "visa",
        "mastercard",
        "amex",
        "maestro",
        "discover",
        "diners",
        "jcb",
        "pan",
        "payment",
        "kreditkarte",
        "carte",
        "tarjeta",
        "number",
        "no",
    ];
    (is_certain || is_issued && says(context(text, at), &words)).then_some(at..end)
}

fn luhn(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, twice) => twice / 10 + twice % 10,
            }
        })
        .sum();
    sum.is_multiple_of(10) && number.iter().any(|digit| *digit != number[0])
}

/// The bank account around two digits that follow two capitals: `GB29 NWBK …`.
pub(crate) fn iban(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = at.checked_sub(2)?;
    if !bytes[start..at].iter().all(u8::is_ascii_uppercase)
        || before(bytes, start).is_ascii_alphanumeric()
        || before(bytes, start) == b'_'
        || !bytes.get(at + 1)?.is_ascii_digit()
    {
        return None;
    }
    let length = LENGTHS
        .iter()
        .find(|(country, _)| country.as_bytes() == &bytes[start..at])?
        .1;
    let mut account = Vec::with_capacity(length);
    let mut end = start;
    while account.len() < length {
        match bytes.get(end) {
            Some(byte) if byte.is_ascii_digit() || byte.is_ascii_uppercase() => account.push(*byte),
            Some(b' ' | b'-') if account.len().is_multiple_of(4) => {}
            _ => return None,
        }
        end += 1;
    }
    let mut rest = 0u32;
    for byte in account[4..].iter().chain(&account[..4]) {
        rest = if byte.is_ascii_digit() {
            (rest * 10 + u32::from(byte - b'0')) % 97
        } else {
            (rest * 100 + u32::from(byte - b'A') + 10) % 97
        };
    }
    (rest == 1 && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some(start..end)
}

/// Lengths of bank accounts by country, as the registry of ISO 13616 gives them.
const LENGTHS: [(&str, usize); 79] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("XK", 20),
];

/// A telephone number: in international form, in the form of North America, or where a word says that it is one.
fn phone(text: &str, at: usize, run: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if run > 15 {
        return None;
    }
    let mut start = at;
    if before(bytes, start) == b'(' {
        start -= 1;
    }
    let is_international = before(bytes, start) == b'+';
    // `id=…`, `at:…` say what it is: no telephone number, unless they say that.
    let is_assigned = matches!(before(bytes, start), b'=' | b':');
    if is_international {
        start -= 1;
        let outside = before(bytes, start);
        if outside.is_ascii_alphanumeric() || matches!(outside, b'+' | b'.' | b'\n') && run > 3 {
            return None;
        }
    } else if matches!(
        before(bytes, start),
        b'.' | b'-' | b'/' | b'#' | b'$' | b'_'
    ) {
        return None;
    }
    let mut end = at;
    let (mut count, mut groups) = (0, 0);
    let mut is_american = run == 3;
    let (mut shortest, mut singles) = (usize::MAX, 0);
    let mut separator = None;
    loop {
        let group = digits(bytes, end);
        if group == 0 {
            return None;
        }
        count += group;
        groups += 1;
        shortest = shortest.min(group);
        singles += usize::from(group == 1);
        is_american &= match groups {
            1 | 2 => group == 3,
            3 => group == 4,
            _ => false,
        };
        end += group;
        let separators = bytes[end..]
            .iter()
            .take(2)
            .take_while(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/'))
            .count();
        if separators > 0
            && bytes.get(end + separators).is_some_and(u8::is_ascii_digit)
            && count < 15
            && groups < 7
        {
            // `555.253-0000` is a clause of a contract, `(555) 253-0000` a number.
            is_american &= bytes[end] == b')' || *separator.get_or_insert(bytes[end]) == bytes[end];
            end += separators;
        } else {
            break;
        }
    }
    // `0.1.9 (2015-02-03)` is a version and a date.
    if !ends(bytes, end) || !(7..=15).contains(&count) || singles > 1 {
        return None;
    }
    let is_year = run == 4 && (bytes[at..].starts_with(b"19") || bytes[at..].starts_with(b"20"));
    let is_dated =
        is_year && (groups == 3 && bytes.get(at + 4) == Some(&b'-') || groups == 2 && count == 8);
    if is_dated {
        return None;
    }
    if is_international && (groups > 1 || count >= 10) {
        return Some(start..end);
    }
    // `1-800-555-0199`, `0044 20 7946 0958`.
    let is_long_distance = bytes[at] == b'1' && run == 1 && groups == 4 && count == 11
        || bytes[at..].starts_with(b"00")
            && (4..=5).contains(&run)
            && (3..=5).contains(&groups)
            && count >= 11
            && shortest >= 2;
    if is_long_distance && !is_assigned && matches!(bytes[at + run], b'-' | b' ' | b'.') {
        return Some(start..end);
    }
    if is_american && !is_assigned && groups == 3 && count == 10 && matches!(bytes[at], b'2'..=b'9')
    {
        return Some(start..end);
    }
    let words = [
        "phone",
        "telephone",
        "tel",
        "mobile",
        "cell",
        "call",
        "fax",
        "whatsapp",
        "sms",
        "reach",
        "answering",
        "registered",
        "dial",
        "hotline",
        "telefon",
        "text me",
        "msisdn",
    ];
    let behind = text[end..floor(text, end + 12)].trim_start_matches([' ', '(', ',']);
    let labels = [
        "office", "fax", "mobile", "cell", "home", "work", "phone", "landline",
    ];
    let is_labelled = || {
        labels.iter().any(|label| {
            let head = behind.as_bytes().get(..label.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(label.as_bytes()))
        })
    };
    ((groups > 1 || count >= 9) && (says(context(text, start), &words) || is_labelled()))
        .then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_checked_by_their_digits() {
        assert_eq!(card("4111 1111 1111 1111", 0, 4), Some(0..19));
        assert_eq!(card("4111 1111 1111 1112", 0, 4), None);
        assert_eq!(iban("GB29NWBK60161331926819", 2), Some(0..22));
        assert_eq!(iban("GB29 NWBK 6016 1331 9268 19.", 2), Some(0..27));
        assert_eq!(iban("GB28NWBK60161331926819", 2), None);
        assert_eq!(ssn("460-89-9847", 0), Some(0..11));
        assert_eq!(ssn("666-89-9847", 0), None);
    }

    #[test]
    fn addresses_that_lead_to_nobody_are_left() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "192.0.2.7",
            "0.0.0.0",
            "8.0.0.0",
            "1.2.3.4.5",
        ] {
            assert_eq!(ipv4(text, 0), None, "{text}");
        }
        assert_eq!(ipv4("8.8.4.4:53", 0), Some(0..7));
        assert_eq!(ipv6("at 2a00:1450:4001:81b::200e now", 7), Some(3..27));
        assert_eq!(ipv6("2001:db8::1", 4), None);
        assert_eq!(ipv6("12:34:56:78", 2), None);
    }

    #[test]
    fn telephone_numbers_need_their_form_or_a_word() {
        for (text, wanted) in [
            ("+44 20 7946 0958", true),
            ("(905) 674-3793", true),
            ("They're not answering at 78 651 450", true),
            ("registered 0961-7596216", true),
            ("20251101 123456", false),
            ("2026-11-26 10", false),
            ("123 456 789", false),
        ] {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            assert_eq!(
                phone(text, at, digits(text.as_bytes(), at)).is_some(),
                wanted,
                "{text}"
            );
        }
    }
}
