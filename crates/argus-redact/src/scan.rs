//! Looks for everything that is to be replaced in one text: as it stands, decoded, and within base64.

use std::borrow::Cow;
use std::ops::Range;

use crate::bytes::Bytes;
use crate::credentials::{self, floor};
use crate::found::{Found, rank};
use crate::known::Known;
use crate::merge::merge;
use crate::nested::{self, Told};
use crate::numbers::at_numbers;
use crate::redacted::Dropped;
use crate::rules::{Rule, Rules};
use crate::runs::at_runs;
use crate::view::{self, View};
use crate::work::Work;
use crate::{blocks, look, named};

/// How much text one token is matched against.
const TOKEN_BYTES_MAX: usize = 4096;
/// How much of it, where the token must look made at random: no issuer makes longer ones, and what does not look so is passed
/// over soon.
const RANDOM_BYTES_MAX: usize = 512;
/// What a hit of an anchor counts, in bytes of work.
const HIT_BYTES: usize = 64;

/// Everything that is to be replaced in `text`, in order, none overlapping another.
pub(crate) fn scan(
    rules: &Rules,
    known: &Known,
    text: &str,
    work: &mut Work,
) -> Result<Vec<Found>, Dropped> {
    let mut found = Vec::new();
    let told = every(rules, known, text, 0, work, &mut found)?;
    let in_places = nested::in_places(text, told);
    work.take(if in_places.is_empty() { 0 } else { text.len() })?;
    found.extend(in_places);
    if !found.is_empty() {
        found.retain(|found| !rules.off.contains(found.kind.as_ref()));
        merge(text, &mut found);
    }
    Ok(found)
}

/// What was found before and stands in `text` still, in order.
pub(crate) fn scan_known(
    known: &Known,
    text: &str,
    work: &mut Work,
) -> Result<Vec<Found>, Dropped> {
    let mut found = Vec::new();
    if known.is_empty() {
        return Ok(found);
    }
    work.take(text.len())?;
    known.find(text, &mut found);
    if let Some(view) = view::decoded(text) {
        work.take(view.text().len())?;
        let mut within = Vec::new();
        known.find(view.text(), &mut within);
        found.extend(within.into_iter().map(|found| outside(&view, found)));
    }
    merge(text, &mut found);
    Ok(found)
}

/// Looks at a text as it stands and decoded. Gives what in it tells of places that say something.
pub(crate) fn every(
    rules: &Rules,
    known: &Known,
    text: &str,
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<Told, Dropped> {
    let Some(view) = view::decoded(text) else {
        let all = 0..text.len();
        let all = std::slice::from_ref(&all);
        return plain(rules, known, text, all, depth, work, found);
    };
    // Numbers and long runs read the same decoded: where there is a view, they are looked for there.
    let gaps = view.gaps(text.len());
    let told = plain(rules, known, text, &gaps, depth, work, found)?;
    let mut within = Vec::new();
    let all = 0..view.text().len();
    let all = std::slice::from_ref(&all);
    plain(rules, known, view.text(), all, depth, work, &mut within)?;
    found.extend(within.into_iter().map(|found| outside(&view, found)));
    Ok(told)
}

fn outside(view: &View, found: Found) -> Found {
    Found {
        range: view.outer(&found.range),
        ..found
    }
}

/// One pass over a text as it stands. Numbers and long runs are looked for in `stretches` of it. Gives what in it tells of places
/// that say something.
fn plain(
    rules: &Rules,
    known: &Known,
    text: &str,
    stretches: &[Range<usize>],
    depth: usize,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<Told, Dropped> {
    work.take(text.len())?;
    let told = at_anchors(rules, text, work, found)?;
    for stretch in stretches {
        let before = found.len();
        at_numbers(&text[stretch.clone()], found);
        at_runs(rules, known, &text[stretch.clone()], depth, work, found)?;
        for found in &mut found[before..] {
            found.range.start += stretch.start;
            found.range.end += stretch.start;
        }
    }
    known.find(text, found);
    if !rules.own.is_empty() {
        rules.own.find(text, work, |own| {
            found.push(Found {
                kind: Cow::Owned(own.name.to_owned()),
                value: text[own.range.clone()].to_owned(),
                range: own.range,
                fingerprint: own.fingerprint,
                rank: rank::OWN,
            });
        })?;
    }
    Ok(told)
}

/// What was looked through already, so that no stretch of a text is gone over for each of many anchors in it.
#[derive(Default)]
struct Passed {
    token: Range<usize>,
    block: usize,
    jwk: usize,
    kubernetes: usize,
    cookie: usize,
    told: Told,
    name: usize,
}

fn at_anchors(
    rules: &Rules,
    text: &str,
    work: &mut Work,
    found: &mut Vec<Found>,
) -> Result<Told, Dropped> {
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
    Ok(passed.told)
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
                    push(named::kind(strength), range, rank::NAMED);
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
                passed.cookie = credentials::in_cookies(text, hit.end, &mut ranges);
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
        Rule::Place => passed.told.place = true,
        // Names of files are told by their case.
        Rule::SecretFile => {
            passed.told.file |= !bytes[hit.clone()].iter().any(u8::is_ascii_uppercase);
        }
        Rule::LoginFlag => {
            if let Some(range) = credentials::of_login_flag(text, hit) {
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

/// What tokens are made of before their anchors.
static TOKEN_BYTES: Bytes = Bytes::alphanumeric_and(b"_~.-+/");

/// The token of a form whose anchor stands at `anchor`.
pub(crate) fn token(
    rules: &Rules,
    place: usize,
    text: &str,
    anchor: usize,
) -> Option<Range<usize>> {
    let token = &rules.tokens[place];
    let bytes = text.as_bytes();
    let earliest = floor(text, anchor.saturating_sub(token.before));
    // What may stand before the anchor is not known: the first place from which the pattern reaches over the anchor.
    let mut start = anchor;
    while start > earliest && TOKEN_BYTES.has(bytes[start - 1]) {
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
        let window = window(text, start, token.is_random);
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

/// What a token that begins at `start` is matched against.
pub(crate) fn window(text: &str, start: usize, is_random: bool) -> &str {
    let length = if is_random {
        RANDOM_BYTES_MAX
    } else {
        TOKEN_BYTES_MAX
    };
    &text[start..floor(text, start + length)]
}

/// A token is random in its own part; its prefix is not.
fn is_random_token(token: &str) -> bool {
    token
        .split(['_', '-', '.', '/', ':'])
        .any(|part| part.len() >= 10 && (look::is_random(part, 10) || look::is_hex(part)))
        || look::is_random(token, 16)
}
