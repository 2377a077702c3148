//! What an export request is answered: full success, or how many items were not kept and why.

use std::collections::BTreeMap;

use argus_session::Item;
use argus_store::Outcome;

use super::status::{ExportResponse, PartialSuccess};
use super::{Decoded, Reason, Rejected, Signal};
use crate::app::App;
use crate::refusal::{ErrorCode, Refusal};

/// Most different reasons that one answer names.
const REASONS_MAX: usize = 8;

/// What decoding said beside the items.
#[derive(Debug)]
pub(super) struct Read {
    rejected: Vec<Rejected>,
    sessionless: usize,
}

/// Splits what was decoded into the items and the rest.
pub(super) fn split(decoded: Decoded) -> (Vec<Item>, Read) {
    let sessionless = decoded
        .items
        .iter()
        .filter(|item| item.session_id.is_none())
        .count();
    (
        decoded.items,
        Read {
            rejected: decoded.rejected,
            sessionless,
        },
    )
}

/// Counts of one request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) accepted: usize,
    pub(super) known: usize,
    pub(super) rejected: usize,
    pub(super) suppressed: usize,
}

/// The answer, and the counts behind it.
pub(super) fn answer(
    signal: Signal,
    read: &Read,
    outcomes: &[Outcome],
) -> (ExportResponse, Counts) {
    let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
    let counts = Counts {
        accepted: count(|outcome| matches!(outcome, Outcome::New(_) | Outcome::Conflict(_))),
        known: count(|outcome| matches!(outcome, Outcome::Known)),
        suppressed: count(|outcome| matches!(outcome, Outcome::Suppressed)),
        rejected: read.rejected.len(),
    };
    let not_kept = counts.rejected + counts.suppressed;
    let message = message(signal, read, counts.suppressed);
    let partial_success = (!message.is_empty()).then(|| PartialSuccess {
        rejected: i64::try_from(not_kept).unwrap_or(i64::MAX),
        error_message: message,
    });
    (ExportResponse { partial_success }, counts)
}

/// Counts for the server's own metrics.
pub(super) fn count(app: &App, signal: Signal, counts: &Counts) {
    for (outcome, count) in [
        ("accepted", counts.accepted),
        ("known", counts.known),
        ("rejected", counts.rejected),
        ("suppressed", counts.suppressed),
    ] {
        app.metrics.items(signal.as_str(), outcome, count);
    }
}

fn message(signal: Signal, read: &Read, suppressed: usize) -> String {
    let mut reasons: BTreeMap<Reason, (usize, usize)> = BTreeMap::new();
    for rejected in &read.rejected {
        reasons
            .entry(rejected.reason)
            .or_insert((rejected.index, 0))
            .1 += 1;
    }
    let items = signal.items();
    let mut parts: Vec<String> = reasons
        .iter()
        .take(REASONS_MAX)
        .map(|(reason, (first, count))| {
            format!("{count} refused, the first at place {first}: {reason}")
        })
        .collect();
    if reasons.len() > REASONS_MAX {
        parts.push(format!(
            "and for {} other reasons",
            reasons.len() - REASONS_MAX
        ));
    }
    if suppressed > 0 {
        parts.push(format!(
            "{suppressed} of erased sessions: they are not kept"
        ));
    }
    if read.sessionless > 0 {
        parts.push(format!(
            "{} kept that name no session (attribute session.id): they are in none",
            read.sessionless
        ));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("{items}: {}", parts.join("; "))
    }
}

/// Encodes an answer within the limit: a message that is too long is cut, a count never.
///
/// # Errors
/// When not even the count fits.
pub(super) fn within(
    mut response: ExportResponse,
    limit: usize,
    encode: impl Fn(&ExportResponse) -> Vec<u8>,
) -> Result<Vec<u8>, Refusal> {
    loop {
        let bytes = encode(&response);
        if bytes.len() <= limit {
            return Ok(bytes);
        }
        let over = bytes.len() - limit;
        match &mut response.partial_success {
            // Of a message with nothing rejected, nothing may be all that is left: that would say something else.
            Some(partial) if partial.error_message.len() > over => {
                let end = partial.error_message.len() - over;
                partial
                    .error_message
                    .truncate(partial.error_message.floor_char_boundary(end));
            }
            _ => {
                let detail = "the answer would be larger than the server's limit for answers; the items are stored";
                return Err(Refusal::new(ErrorCode::Internal, detail));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use prost::Message as _;

    use super::*;

    fn read(count: usize, sessionless: usize) -> Read {
        let reasons = [Reason::TooDeep, Reason::NoTraceId, Reason::Type("body")];
        let rejected = (0..count)
            .map(|index| Rejected {
                index,
                reason: reasons[index % 3],
            })
            .collect();
        Read {
            rejected,
            sessionless,
        }
    }

    #[test]
    fn full_success_says_nothing() {
        let (response, _) = answer(
            Signal::Logs,
            &read(0, 0),
            &[Outcome::New(1), Outcome::Known],
        );
        assert_eq!(response.partial_success, None);
    }

    #[test]
    fn many_rejected_items_make_no_long_answer() {
        let (response, counts) = answer(
            Signal::Traces,
            &read(90_000, 0),
            &[Outcome::New(1), Outcome::Suppressed],
        );
        let partial = response.partial_success.unwrap();
        assert_eq!(
            (partial.rejected, counts.rejected, counts.accepted),
            (90_001, 90_000, 1)
        );
        assert!(
            partial.error_message.starts_with("spans: 30000 refused"),
            "{}",
            partial.error_message
        );
        assert!(partial.error_message.len() < 1_000);
    }

    #[test]
    fn a_long_message_is_cut_and_the_count_stays() {
        let (response, _) = answer(Signal::Logs, &read(9, 0), &[]);
        let bytes = within(response.clone(), 40, ExportResponse::encode_to_vec).unwrap();
        assert!(bytes.len() <= 40);
        let cut = ExportResponse::decode(&*bytes)
            .unwrap()
            .partial_success
            .unwrap();
        assert!(cut.rejected == 9 && !cut.error_message.is_empty());
        assert_eq!(
            within(response, 4, ExportResponse::encode_to_vec)
                .unwrap_err()
                .code,
            ErrorCode::Internal
        );
    }

    #[test]
    fn a_warning_has_a_count_of_nothing() {
        let (response, _) = answer(
            Signal::Metrics,
            &read(0, 2),
            &[Outcome::New(1), Outcome::New(2)],
        );
        let partial = response.partial_success.unwrap();
        assert!(partial.rejected == 0 && partial.error_message.contains("session.id"));
    }
}
