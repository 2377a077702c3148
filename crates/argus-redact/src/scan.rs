//! Looks for everything that is to be replaced in one text: as it stands, decoded, and within base64.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::credentials::{self, floor};
use crate::literals::{self, Literals};
use crate::names::Strength;
use crate::redacted::Dropped;
use crate::rules::{Kind, Rule, Rules};
use crate::view::{self, View};
use crate::{blocks, catalogue, identifiers, look, named};

/// Base64 within base64 is looked into so many times.
const BASE64_DEPTH_MAX: usize = 2;
/// Shorter runs of letters and digits hold no secret of their own.
const RUN_BYTES_MIN: usize = 24;
/// How much text one token is matched against.
const TOKEN_BYTES_MAX: usize = 4096;
/// Shortest value that is looked for elsewhere once it was found: shorter ones are words.
const KNOWN_BYTES_MIN: usize = literals::HEAD_BYTES;
/// Shortest writing of a secret, in base64 for instance, that is looked for elsewhere.
const WRITTEN_BYTES_MIN: usize = 16;
/// What a hit of an anchor counts, in bytes of work.
const HIT_BYTES: usize = 64;

/// Bytes that may still be gone over for an item.
#[derive(Debug)]
pub(crate) struct Work {
    left: usize,
}

impl Work {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { left: bytes }
    }

    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Dropped> {
        self.left = self.left.checked_sub(bytes).ok_or(Dropped::WorkBudget)?;
        Ok(())
    }
}

/// Something to replace.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// Where, in the text that was given.
    pub(crate) range: Range<usize>,
    /// What it reads decoded; the same secret has the same fingerprint in every disguise.
    pub(crate) value: String,
    /// Its placeholder carries a fingerprint.
    pub(crate) fingerprint: bool,
    /// Of two that overlap, the higher one says what it is.
    rank: u16,
}

impl Found {
    pub(crate) fn secret(kind: &'static str, range: Range<usize>, value: &str, rank: u16) -> Self {
        Self {
            kind: Cow::Borrowed(kind),
            range,
            value: value.to_owned(),
            fingerprint: !catalogue::is_identifier(kind),
            rank,
        }
    }
}

/// Who says what something is, where several rules found it.
pub(crate) mod rank {
    pub(crate) const IDENTIFIER: u16 = 1;
    pub(crate) const NAMED: u16 = 2;
    pub(crate) const CREDENTIAL: u16 = 3;
    pub(crate) const KNOWN: u16 = 4;
    pub(crate) const OWN: u16 = 5;
    pub(crate) const BLOCK: u16 = 2000;

    /// Of forms of tokens, the one that is listed first.
    pub(crate) const fn token(place: usize) -> u16 {
        // There are not so many.
        1000 - place as u16
    }
}

/// Secrets that were found before, in whatever place: they are replaced wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Known {
    secrets: Vec<KnownSecret>,
    numbers: HashMap<String, usize>,
    search: Literals,
}

#[derive(Debug)]
struct KnownSecret {
    /// What is looked for: the secret, or how it was written.
    literal: String,
    value: String,
    kind: Kind,
}

impl Known {
    /// Takes in what was found in `text`.
    pub(crate) fn learn(&mut self, text: &str, found: &[Found]) {
        for found in found.iter().filter(|found| is_worth_knowing(found)) {
            self.add(&found.value, found);
            let written = &text[found.range.clone()];
            if written.len() >= WRITTEN_BYTES_MIN && !written.contains(char::is_whitespace) {
                self.add(written, found);
            }
        }
    }

    fn add(&mut self, literal: &str, found: &Found) {
        let number = self.secrets.len();
        if let Entry::Vacant(new) = self.numbers.entry(literal.to_owned()) {
            new.insert(number);
            self.search.add(literal, number);
            self.secrets.push(KnownSecret {
                literal: literal.to_owned(),
                value: found.value.clone(),
                kind: found.kind.clone(),
            });
        }
    }

    fn find(&self, text: &str, found: &mut Vec<Found>) {
        for (start, numbers) in self.search.candidates(text.as_bytes()) {
            for known in numbers.iter().map(|number| &self.secrets[*number]) {
                if text.as_bytes()[start..].starts_with(known.literal.as_bytes()) {
                    found.push(Found {
                        kind: known.kind.clone(),
                        range: start..start + known.literal.len(),
                        value: known.value.clone(),
                        fingerprint: true,
                        rank: rank::KNOWN,
                    });
                }
            }
        }
    }
}

/// A value that is a word stands elsewhere for something else.
fn is_worth_knowing(found: &Found) -> bool {
    // What only its place makes secret, a path in an environment for instance, stands elsewhere by right.
    let is_placed = matches!(
        found.kind.as_ref(),
        "env-value" | "header-value" | "secret-file" | "kubernetes-secret"
    );
    found.fingerprint
        && (!is_placed || look::is_random(&found.value, KNOWN_BYTES_MIN))
        && found.value.len() >= KNOWN_BYTES_MIN
        && found.value.len() <= TOKEN_BYTES_MAX
        && !look::is_wordy(&found.value)
}

/// Everything that is to be replaced in `text`, in order, none overlapping another.
pub(crate) fn scan(
    rules: &Rules,
    known: &Known,
    text: &str,
    work: &mut Work,
) -> Result<Vec<Found>, Dropped> {
    let mut found = Vec::new();
    every(rules, known, text, 0, work, &mut found)?;
    if !found.is_empty() {
        found.retain(|found| !rules.off.contains(found.kind.as_ref()));
        let placeholders = crate::placeholder::all(text);
        merge(text, &mut found, &placeholders);
    }
    Ok(found)
}

fn every(
    rules: &Rules,
    known: &Known,
    text: &str,
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    plain(rules, known, text, depth, work, found)?;
    if let Some(view) = view::decoded(text) {
        work.take(view.text().len())?;
        let mut within = Vec::new();
        plain(rules, known, view.text(), depth, work, &mut within)?;
        found.extend(within.into_iter().map(|found| outside(&view, found)));
    }
    Ok(())
}

fn outside(view: &View, found: Found) -> Found {
    Found {
        range: view.outer(&found.range),
        ..found
    }
}

/// One pass over a text as it stands.
fn plain(
    rules: &Rules,
    known: &Known,
    text: &str,
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    work.take(text.len())?;
    at_anchors(rules, text, work, found)?;
    at_numbers(text, found);
    at_runs(rules, known, text, depth, work, found)?;
    known.find(text, found);
    if !rules.own.is_empty() {
        work.take(text.len().saturating_mul(rules.own.work_factor()))?;
        rules.own.find(text, |own| {
            found.push(Found {
                kind: Cow::Owned(own.name.to_owned()),
                value: text[own.range.clone()].to_owned(),
                range: own.range,
                fingerprint: own.fingerprint,
                rank: rank::OWN,
            });
        });
    }
    Ok(())
}

/// What was looked through already, so that no stretch of a text is gone over for each of many anchors in it.
#[derive(Default)]
struct Passed {
    token: Range<usize>,
    block: usize,
    jwk: usize,
    kubernetes: usize,
    cookie: usize,
    name: usize,
}

fn at_anchors(
    rules: &Rules,
    text: &str,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    let mut passed = Passed::default();
    for hit in rules.anchors.find(text) {
        work.take(HIT_BYTES)?;
        for rule in &rules.rules_of_anchor[hit.anchor] {
            apply(
                rules,
                *rule,
                text,
                &(hit.start..hit.end),
                &mut passed,
                work,
                found,
            )?;
        }
    }
    Ok(())
}

fn apply(
    rules: &Rules,
    rule: Rule,
    text: &str,
    hit: &Range<usize>,
    passed: &mut Passed,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    let bytes = text.as_bytes();
    let mut push = |kind, range: Range<usize>, rank| {
        let value = &text[range.clone()];
        found.push(Found::secret(kind, range.clone(), value, rank));
    };
    match rule {
        Rule::Token(place) => {
            // What stands within a token is no other one, unless it begins where that does.
            if (hit.start >= passed.token.end || hit.start == passed.token.start)
                && let Some(range) = token(rules, place, text, hit.start)
            {
                passed.token = hit.start..range.end;
                push(rules.tokens[place].kind, range, rank::token(place));
            }
        }
        Rule::Name => {
            if hit.start >= passed.name
                && let Some(name) = named::name_around(text, hit)
            {
                // A name is looked at once, however many keywords stand in it.
                passed.name = name.end;
                if let Some((range, strength)) = named::find(text, &name, hit) {
                    let kind = if strength == Strength::Password {
                        "password"
                    } else {
                        "secret"
                    };
                    push(kind, range, rank::NAMED);
                }
            }
        }
        Rule::Url => {
            if let Some(range) = credentials::in_url(text, hit.start) {
                push("url-credential", range, rank::CREDENTIAL);
            }
        }
        Rule::Pem => {
            if hit.start >= passed.block {
                work.take(HIT_BYTES)?;
                if let Some(range) = blocks::pem(text, hit.start) {
                    work.take(range.len())?;
                    passed.block = range.end;
                    push("private-key", range, rank::BLOCK);
                }
            }
        }
        Rule::Putty => {
            if hit.start >= passed.block
                && let Some(range) = blocks::putty(text, hit.end)
            {
                work.take(range.len())?;
                passed.block = range.end;
                push("private-key", range, rank::BLOCK);
            }
        }
        Rule::Jwk => {
            if hit.start >= passed.jwk {
                let mut ranges = Vec::new();
                passed.jwk = blocks::jwk(text, hit.start, &mut ranges);
                ranges
                    .into_iter()
                    .for_each(|range| push("jwk", range, rank::BLOCK));
            }
        }
        Rule::KubernetesSecret => {
            if hit.start >= passed.kubernetes {
                let mut ranges = Vec::new();
                passed.kubernetes = blocks::kubernetes_secret(text, hit.start, &mut ranges);
                work.take(passed.kubernetes - hit.start)?;
                ranges
                    .into_iter()
                    .for_each(|range| push("kubernetes-secret", range, rank::CREDENTIAL));
            }
        }
        Rule::Authorization => {
            if let Some(range) = credentials::in_authorization(text, hit.end) {
                push("authorization", range, rank::CREDENTIAL);
            }
        }
        Rule::Bearer | Rule::Basic => {
            let end = hit.end - usize::from(bytes[hit.end - 1] == b' ');
            if let Some(range) = credentials::behind_scheme(text, end, matches!(rule, Rule::Basic))
            {
                push("authorization", range, rank::CREDENTIAL);
            }
        }
        Rule::UserFlag => {
            if let Some(range) = credentials::of_user_flag(text, hit.end - 1) {
                push("password", range, rank::CREDENTIAL);
            }
        }
        Rule::Netrc => {
            if let Some(range) = credentials::in_netrc(text, hit) {
                push("password", range, rank::CREDENTIAL);
            }
        }
        Rule::Pgpass => {
            if let Some(range) = credentials::in_pgpass(text, hit.start) {
                push("password", range, rank::CREDENTIAL);
            }
        }
        Rule::Cookie => {
            if hit.start >= passed.cookie {
                let mut ranges = Vec::new();
                credentials::in_cookies(text, hit.end, &mut ranges);
                passed.cookie = ranges.last().map_or(hit.end, |last| last.end);
                for range in ranges {
                    push("secret", range, rank::CREDENTIAL);
                }
            }
        }
        Rule::MysqlFlag => {
            if let Some(range) = credentials::of_mysql_flag(text, hit.end) {
                push("password", range, rank::CREDENTIAL);
            }
        }
        Rule::Next => {
            if let Some(range) = credentials::next_word(text, hit.end) {
                push("password", range, rank::CREDENTIAL);
            }
        }
    }
    Ok(())
}

/// The token of a form whose anchor stands at `anchor`.
fn token(rules: &Rules, place: usize, text: &str, anchor: usize) -> Option<Range<usize>> {
    let token = &rules.tokens[place];
    let bytes = text.as_bytes();
    let earliest = floor(text, anchor.saturating_sub(token.before));
    // What may stand before the anchor is not known: the first place from which the pattern reaches over the anchor.
    let mut start = anchor;
    while start > earliest
        && (bytes[start - 1].is_ascii_alphanumeric()
            || matches!(bytes[start - 1], b'_' | b'~' | b'.' | b'-' | b'+' | b'/'))
    {
        start -= 1;
    }
    let starts = if token.before == 0 {
        anchor..anchor + 1
    } else {
        start..anchor.max(start + 1)
    };
    for start in starts {
        if !text.is_char_boundary(start)
            || start > 0
                && bytes[start - 1].is_ascii_alphanumeric()
                && bytes[start].is_ascii_alphanumeric()
        {
            continue;
        }
        let window = &text[start..floor(text, start + TOKEN_BYTES_MAX)];
        let secret = if token.has_group {
            token
                .regex
                .captures(window)
                .and_then(|captures| captures.get(1))
        } else {
            token.regex.find(window)
        };
        let Some(secret) = secret else { continue };
        if secret.end() + start < anchor {
            continue;
        }
        if token.is_random && !is_random_token(secret.as_str()) {
            continue;
        }
        return Some(start + secret.start()..start + secret.end());
    }
    None
}

/// A token is random in its own part; its prefix is not.
fn is_random_token(token: &str) -> bool {
    token
        .split(['_', '-', '.', '/', ':'])
        .any(|part| part.len() >= 10 && (look::is_random(part, 10) || look::is_hex(part)))
        || look::is_random(token, 16)
}

/// Numbers, e-mail addresses and addresses of machines.
fn at_numbers(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut push = |kind, range: Range<usize>| {
        let value = &text[range.clone()];
        found.push(Found::secret(kind, range.clone(), value, rank::IDENTIFIER));
    };
    let mut at = 0;
    while let Some(next) = next_sign(bytes, at) {
        at = next;
        match CLASSES[usize::from(bytes[at])] {
            Class::Other => at += 1,
            Class::Digit => {
                let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
                if before.is_ascii_uppercase() {
                    if let Some(range) = identifiers::iban(text, at) {
                        at = range.end;
                        push("iban", range);
                        continue;
                    }
                } else if !before.is_ascii_alphanumeric()
                    && before != b'_'
                    && let Some(identifier) = identifiers::at_digit(text, at)
                {
                    at = identifier.range.end;
                    push(identifier.kind, identifier.range);
                    continue;
                }
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
            }
            Class::At => {
                if let Some(range) = identifiers::email(text, at) {
                    push("email", range);
                }
                at += 1;
            }
            Class::Colon => {
                if bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_hexdigit() || *next == b':')
                    && at > 0
                    && bytes[at - 1].is_ascii_hexdigit()
                    && let Some(range) = identifiers::ipv6(text, at)
                {
                    at = range.end;
                    push("ip-address", range);
                } else {
                    at += 1;
                }
            }
        }
    }
}

/// The next byte at which a number, an address or a name of somebody may be: many bytes at a time, as most are letters.
fn next_sign(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = bytes[at..].first_chunk::<SIGN_CHUNK_BYTES>() {
        // Digits and the colon follow one another. Without branches, so that the compiler takes all bytes at once.
        let any = chunk.iter().fold(0u8, |any, byte| {
            any | u8::from(byte.wrapping_sub(b'0') <= b':' - b'0') | u8::from(*byte == b'@')
        });
        if any != 0 {
            break;
        }
        at += SIGN_CHUNK_BYTES;
    }
    bytes[at..]
        .iter()
        .position(|byte| CLASSES[usize::from(*byte)] != Class::Other)
        .map(|found| at + found)
}

const SIGN_CHUNK_BYTES: usize = 16;

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Other,
    Digit,
    At,
    Colon,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        classes[digit as usize] = Class::Digit;
        digit += 1;
    }
    classes[b'@' as usize] = Class::At;
    classes[b':' as usize] = Class::Colon;
    classes
};

/// Long runs of letters and digits: tokens without an anchor, and base64.
fn at_runs(
    rules: &Rules,
    known: &Known,
    text: &str,
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    let bytes = text.as_bytes();
    let mut from = 0;
    // A run of so many bytes covers one of the places that are so far apart.
    let mut probe = RUN_BYTES_MIN - 1;
    while probe < bytes.len() {
        if !is_run_byte(bytes[probe]) {
            from = probe + 1;
            probe += RUN_BYTES_MIN;
            continue;
        }
        let start = probe
            - bytes[from..probe]
                .iter()
                .rev()
                .take_while(|byte| is_run_byte(**byte))
                .count();
        let end = probe
            + bytes[probe..]
                .iter()
                .take_while(|byte| is_run_byte(**byte))
                .count();
        if end - start >= RUN_BYTES_MIN {
            in_run(rules, known, text, &(start..end), depth, work, found)?;
        }
        from = end;
        probe = end + RUN_BYTES_MIN;
    }
    Ok(())
}

fn is_run_byte(byte: u8) -> bool {
    RUN_BYTES[usize::from(byte)]
}

static RUN_BYTES: [bool; 256] = {
    let mut is_in = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let ascii = byte as u8;
        is_in[byte] = ascii.is_ascii_alphanumeric() || matches!(ascii, b'+' | b'/' | b'_' | b'-');
        byte += 1;
    }
    is_in
};

fn in_run(
    rules: &Rules,
    known: &Known,
    text: &str,
    run: &Range<usize>,
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<(), Dropped> {
    let (mut has_digit, mut has_upper, mut has_lower, mut signs) = (false, false, false, 0usize);
    for byte in &text.as_bytes()[run.clone()] {
        match byte {
            b'0'..=b'9' => has_digit = true,
            b'A'..=b'Z' => has_upper = true,
            b'a'..=b'z' => has_lower = true,
            _ => signs += 1,
        }
    }
    // Rulers, paths and names in words.
    if !has_digit && (signs > 0 || !(has_upper && has_lower)) && run.len() < 64
        || signs * 4 > run.len()
    {
        return Ok(());
    }
    for place in &rules.unanchored {
        if let Some(range) = token(rules, *place, text, run.start) {
            found.push(Found::secret(
                rules.tokens[*place].kind,
                range.clone(),
                &text[range],
                rank::token(*place),
            ));
        }
    }
    if let Some(range) = named::of_service(text, run) {
        found.push(Found::secret(
            "secret",
            range.clone(),
            &text[range],
            rank::NAMED,
        ));
    }
    if depth >= BASE64_DEPTH_MAX || !(has_upper && has_lower) {
        return Ok(());
    }
    let Some(decoded) = decoded_base64(&text[run.clone()]) else {
        return Ok(());
    };
    work.take(decoded.len())?;
    let mut within = Vec::new();
    every(rules, known, &decoded, depth + 1, work, &mut within)?;
    within.retain(|found| !rules.off.contains(found.kind.as_ref()));
    if let Some(best) = within
        .into_iter()
        .max_by_key(|found| (found.rank, found.range.len()))
    {
        let padding = text.as_bytes()[run.end..]
            .iter()
            .take(2)
            .take_while(|byte| **byte == b'=')
            .count();
        found.push(Found {
            range: run.start..run.end + padding,
            ..best
        });
    }
    Ok(())
}

/// The text that a run encodes, when it is text.
fn decoded_base64(run: &str) -> Option<String> {
    let engine: &GeneralPurpose = if run.contains(['-', '_']) {
        &URL_SAFE_NO_PAD
    } else {
        &STANDARD_NO_PAD
    };
    // Most runs are hashes or names: the first bytes tell.
    let head = engine.decode(run.get(..16)?).ok()?;
    if !head.iter().all(|byte| is_text_byte(*byte)) {
        return None;
    }
    let whole = run.len() - usize::from(run.len() % 4 == 1);
    // The last digit may have bits that do not belong to a byte, when the run is cut off.
    let bytes = engine
        .decode(&run[..whole])
        .or_else(|_| engine.decode(&run[..whole / 4 * 4]))
        .ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let printable = text
        .chars()
        .filter(|char| !char.is_control() || char.is_whitespace() || *char == '\x1b')
        .count();
    (printable * 10 >= text.chars().count() * 9).then(|| text.into_owned())
}

fn is_text_byte(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t' | 0x1b) || byte >= 0xc2
}

/// Puts what overlaps together: all of it goes, and the highest rank says what it is. What only repeats a placeholder goes.
fn merge(text: &str, found: &mut Vec<Found>, placeholders: &[Range<usize>]) {
    for found in found.iter_mut() {
        // A backslash at the end escapes what follows, a quote for instance: it stays with it.
        let escapes = text[found.range.clone()]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count();
        if escapes % 2 == 1 && escapes < found.range.len() {
            found.range.end -= 1;
        }
        // Half a placeholder is none: all of it goes with what touches it.
        for placeholder in placeholders {
            if placeholder.start >= found.range.end || found.range.start >= placeholder.end {
                continue;
            }
            found.range.start = found.range.start.min(placeholder.start);
            found.range.end = found.range.end.max(placeholder.end);
        }
    }
    found.retain(|found| !is_only_placeholders(text, &found.range, placeholders));
    found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    let mut merged: Vec<Found> = Vec::with_capacity(found.len());
    for next in found.drain(..) {
        match merged.last_mut() {
            Some(last) if next.range.start < last.range.end => {
                let range = last.range.start..last.range.end.max(next.range.end);
                if (next.rank, next.range.len()) > (last.rank, last.range.len()) {
                    *last = next;
                }
                last.range = range;
            }
            _ => merged.push(next),
        }
    }
    *found = merged;
}

/// True when nothing but placeholders, and signs around them, is in a stretch.
fn is_only_placeholders(text: &str, range: &Range<usize>, placeholders: &[Range<usize>]) -> bool {
    let mut from = range.start;
    let mut is_touched = false;
    for placeholder in placeholders
        .iter()
        .filter(|placeholder| range.start <= placeholder.start && placeholder.end <= range.end)
    {
        is_touched = true;
        if text[from..placeholder.start].contains(char::is_alphanumeric) {
            return false;
        }
        from = placeholder.end;
    }
    is_touched && !text[from..range.end].contains(char::is_alphanumeric)
}
