//! Long runs of letters and digits: tokens without an anchor, keys behind the name of a service, base64.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::found::{Found, rank};
use crate::known::Known;
use crate::named;
use crate::redacted::Dropped;
use crate::rules::Rules;
use crate::scan::{every, token, window};
use crate::work::Work;

/// Base64 within base64 is looked into so many times.
const BASE64_DEPTH_MAX: usize = 2;
/// Letters and digits with which a token without an anchor begins, at least.
const HEAD_BYTES_MIN: usize = 23;
/// Shorter runs of letters and digits hold no secret of their own.
const RUN_BYTES_MIN: usize = 24;

/// Looks at every long run.
pub(crate) fn at_runs(
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
    CLASSES[usize::from(byte)] != 0
}

const DIGIT: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;
const SIGN: u8 = 8;

/// What a byte of a run is; 0 for one that ends it.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'+' | b'/' | b'_' | b'-' => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    classes
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
    // Without branches: letters and digits of ids and hashes come in no order.
    let (mut classes, mut signs) = (0, 0);
    for byte in &text.as_bytes()[run.clone()] {
        let class = CLASSES[usize::from(*byte)];
        classes |= class;
        signs += usize::from(class / SIGN);
    }
    let has = |class: u8| classes & class != 0;
    let is_mixed = has(UPPER) && has(LOWER);
    // Rulers, paths and names in words.
    if !has(DIGIT) && (signs > 0 || !is_mixed) && run.len() < 64 || signs * 4 > run.len() {
        return Ok(());
    }
    if may_be_unanchored(rules, text, run) {
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
    }
    if let Some(range) = named::of_service(text, run) {
        found.push(Found::secret(
            "secret",
            range.clone(),
            &text[range],
            rank::NAMED,
        ));
    }
    if depth >= BASE64_DEPTH_MAX || !is_mixed {
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

/// Whether a token without an anchor may begin where a run does. All their forms in one pattern tell that of most runs.
fn may_be_unanchored(rules: &Rules, text: &str, run: &Range<usize>) -> bool {
    // None of them has a sign so early; ids and paths have.
    text.as_bytes()[run.clone()]
        .iter()
        .take(HEAD_BYTES_MIN)
        .all(u8::is_ascii_alphanumeric)
        && rules.any_unanchored.is_match(window(text, run.start, true))
}

/// The text that a run encodes, when it is text.
fn decoded_base64(run: &str) -> Option<String> {
    let engine: &GeneralPurpose = if memchr::memchr2(b'-', b'_', run.as_bytes()).is_some() {
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
