//! Redacts one text.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::found::Found;
use crate::known::Known;
use crate::redacted::Dropped;
use crate::scan::{scan, scan_known};
use crate::work::Work;
use crate::{Redactor, placeholder, structured};

/// How often a text is gone over: what was found is looked for elsewhere, and what stood beside a secret may be one by
/// itself. Two times do for all but texts of secrets in one row without a sign between them; what needs more than this is
/// dropped.
pub(crate) const PASSES_MAX: usize = 32;

/// A text without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedText {
    /// The text with placeholders.
    pub text: String,
    /// What was replaced, in order.
    pub spans: Vec<Span>,
    /// Why the text was dropped, if it was: then there is a note in its place.
    pub dropped: Option<Dropped>,
}

/// One replacement in a text. Offsets are UTF-8 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The type in the placeholder.
    pub kind: String,
    /// Where the placeholder starts in the redacted text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Where that which was replaced started in the text that was given.
    pub input_start: usize,
    /// Where it ended.
    pub input_end: usize,
}

/// Bytes that are gone over for one text at most.
const WORK_BYTES_MAX: usize = 512 * 1024 * 1024;

/// Redacts a text that stands alone. Fails closed.
pub(crate) fn redact_whole(redactor: &Redactor, text: &str) -> RedactedText {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut known = Known::default();
        let mut work = Work::new(WORK_BYTES_MAX);
        redact(redactor, &mut known, text, &mut work)
    }));
    let dropped = match outcome {
        Ok(Ok(Some(redacted))) => return redacted,
        Ok(Ok(None)) => None,
        Ok(Err(dropped)) => Some(dropped),
        Err(_) => Some(Dropped::Failure),
    };
    RedactedText {
        text: dropped.map_or_else(
            || text.to_owned(),
            |reason| format!("[dropped:{}]", reason.as_str()),
        ),
        spans: Vec::new(),
        dropped,
    }
}

/// Redacts a text until nothing more is found; `None` when nothing was.
pub(crate) fn redact(
    redactor: &Redactor,
    known: &mut Known,
    text: &str,
    work: &mut Work,
) -> Result<Option<RedactedText>, Dropped> {
    let found = scan(&redactor.rules, known, text, work)?;
    redact_found(redactor, known, text, found, work)
}

/// Replaces what is known already; `None` when none of it stands in the text.
pub(crate) fn redact_known(
    redactor: &Redactor,
    known: &mut Known,
    text: &str,
    work: &mut Work,
) -> Result<Option<RedactedText>, Dropped> {
    let found = scan_known(known, text, work)?;
    redact_found(redactor, known, text, found, work)
}

fn redact_found(
    redactor: &Redactor,
    known: &mut Known,
    text: &str,
    mut found: Vec<Found>,
    work: &mut Work,
) -> Result<Option<RedactedText>, Dropped> {
    if found.is_empty() {
        return Ok(None);
    }
    let mut redacted = RedactedText {
        text: text.to_owned(),
        spans: Vec::new(),
        dropped: None,
    };
    for _ in 1..PASSES_MAX {
        known.learn(&redacted.text, &found);
        let before = std::mem::take(&mut redacted.text);
        replace(redactor, &before, &found, &mut redacted);
        // What stood beside a secret may be one by itself, now that its end is another.
        found = scan(&redactor.rules, known, &redacted.text, work)?;
        if found.is_empty() {
            return structured::keep(redactor, known, text, redacted, work);
        }
    }
    Err(Dropped::WorkBudget)
}

/// Replaces what was found in `text`, once.
pub(crate) fn replace_once(redactor: &Redactor, text: &str, found: &[Found]) -> RedactedText {
    let mut redacted = RedactedText {
        text: String::new(),
        spans: Vec::new(),
        dropped: None,
    };
    replace(redactor, text, found, &mut redacted);
    redacted
}

/// Where the places of a text went when some of it was replaced.
pub(crate) struct Moves<'a> {
    replaced: &'a [Span],
    /// How much longer the text had become behind each.
    shifts: Vec<isize>,
}

impl<'a> Moves<'a> {
    /// `replaced` is in order.
    pub(crate) fn new(replaced: &'a [Span]) -> Self {
        let mut shift = 0;
        let shifts = replaced
            .iter()
            .map(|span| {
                shift += (span.end - span.start).cast_signed()
                    - (span.input_end - span.input_start).cast_signed();
                shift
            })
            .collect();
        Self { replaced, shifts }
    }

    /// Where a stretch of the text lies now; `None` when it was replaced, in part or whole.
    pub(crate) fn now(&self, stretch: &Range<usize>) -> Option<Range<usize>> {
        let next = self
            .replaced
            .partition_point(|span| span.input_end <= stretch.start);
        if self
            .replaced
            .get(next)
            .is_some_and(|span| span.input_start < stretch.end)
        {
            return None;
        }
        let shift = next.checked_sub(1).map_or(0, |last| self.shifts[last]);
        let moved = |at: usize| (at.cast_signed() + shift).cast_unsigned();
        Some(moved(stretch.start)..moved(stretch.end))
    }

    /// Where a place between what was replaced was before.
    fn before(&self, at: usize) -> usize {
        let next = self.replaced.partition_point(|span| span.end <= at);
        let shift = next.checked_sub(1).map_or(0, |last| self.shifts[last]);
        (at.cast_signed() - shift).cast_unsigned()
    }
}

/// Two redactions of one text, the second of what the first gave, as one.
pub(crate) fn after(first: &RedactedText, second: RedactedText) -> RedactedText {
    let (was, is) = (Moves::new(&first.spans), Moves::new(&second.spans));
    let kept = first.spans.iter().filter_map(|span| {
        let now = is.now(&(span.start..span.end))?;
        Some(Span {
            start: now.start,
            end: now.end,
            ..span.clone()
        })
    });
    let new = second.spans.iter().map(|span| Span {
        input_start: was.before(span.input_start),
        input_end: was.before(span.input_end),
        ..span.clone()
    });
    let mut spans: Vec<Span> = new.chain(kept).collect();
    spans.sort_by_key(|span| span.start);
    RedactedText { spans, ..second }
}

/// Replaces what was found in `text`; the spans that are there already are moved along.
fn replace(redactor: &Redactor, text: &str, found: &[Found], redacted: &mut RedactedText) {
    let old = std::mem::take(&mut redacted.spans);
    let mut old = old.into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    let mut spans: Vec<Span> = Vec::with_capacity(found.len());
    let mut from = 0;
    // How far the text as it is now lies behind the text that was given, before `from`.
    let mut shift: isize = 0;
    let keep = |out_len: usize, from: usize, span: Span| {
        let start = out_len + (span.start - from);
        Span {
            end: start + (span.end - span.start),
            start,
            ..span
        }
    };
    for secret in found {
        while let Some(span) = old.next_if(|span| span.end <= secret.range.start) {
            shift = span.input_end.cast_signed() - span.end.cast_signed();
            spans.push(keep(out.len(), from, span));
        }
        out.push_str(&text[from..secret.range.start]);
        let start = out.len();
        out.push_str(&if secret.fingerprint {
            redactor
                .fingerprints
                .placeholder(&secret.kind, &secret.value)
        } else {
            placeholder::without_fingerprint(&secret.kind)
        });
        let mut input_start = secret.range.start.cast_signed() + shift;
        let mut input_end = None;
        // Spans that it swallows.
        while let Some(span) = old.next_if(|span| span.start < secret.range.end) {
            input_start = input_start.min(span.input_start.cast_signed());
            shift = span.input_end.cast_signed() - span.end.cast_signed();
            input_end = Some(span.input_end);
        }
        let end = (secret.range.end.cast_signed() + shift).cast_unsigned();
        spans.push(Span {
            kind: secret.kind.clone().into_owned(),
            start,
            end: out.len(),
            input_start: input_start.cast_unsigned(),
            input_end: input_end.map_or(end, |input| input.max(end)),
        });
        from = secret.range.end;
    }
    for span in old {
        spans.push(keep(out.len(), from, span));
    }
    out.push_str(&text[from..]);
    redacted.text = out;
    redacted.spans = spans;
}
