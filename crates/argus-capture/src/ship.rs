//! Sending what waits: when, how much, and what to make of the answer.

use argus_session::Random;
use serde_json::Value;

use crate::http::{Server, ServerError};
use crate::lost::{Losses, Reason};
use crate::spool::{Batch, Spool};

/// Envelopes in one request.
const ENVELOPES_MAX: usize = 500;
/// Bytes in one request, before compression.
const BYTES_MAX: usize = 2 * 1024 * 1024;
/// First wait after a failure, microseconds; doubled with every other one.
const WAIT_MIN_US: i64 = 1_000_000;
/// Longest wait.
const WAIT_MAX_US: i64 = 30 * 1_000_000;
/// Wait where asking again helps only when somebody mends something: a key, the configuration.
const WAIT_LONG_US: i64 = 60 * 1_000_000;
/// How often the server's word is asked for.
const HELLO_EVERY_US: i64 = 3600 * 1_000_000;

/// When to talk to the server.
#[derive(Debug)]
pub(crate) struct Ship {
    pub(crate) server: Server,
    next_at_us: i64,
    failures: u32,
    hello_at_us: Option<i64>,
    envelopes_max: usize,
}

/// A batch that the server has, and what it said.
#[derive(Debug)]
pub(crate) struct Shipped {
    pub(crate) batch: Batch,
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    /// Sessions that were erased.
    pub(crate) purge: Vec<String>,
}

impl Ship {
    pub(crate) fn new(server: Server) -> Self {
        Self {
            server,
            next_at_us: i64::MIN,
            failures: 0,
            hello_at_us: None,
            envelopes_max: ENVELOPES_MAX,
        }
    }

    pub(crate) const fn is_time(&self, now_us: i64) -> bool {
        now_us >= self.next_at_us
    }

    pub(crate) fn is_hello_due(&self, now_us: i64) -> bool {
        self.hello_at_us
            .is_none_or(|at_us| now_us - at_us >= HELLO_EVERY_US)
    }

    pub(crate) const fn said_hello(&mut self, now_us: i64) {
        self.hello_at_us = Some(now_us);
    }

    /// True after a try that failed and before one that did not.
    pub(crate) const fn has_failed(&self) -> bool {
        self.failures > 0
    }

    pub(crate) const fn went_well(&mut self) {
        self.failures = 0;
    }

    pub(crate) const fn wait_long(&mut self, now_us: i64) {
        self.next_at_us = now_us + WAIT_LONG_US;
    }

    /// Waits longer with every failure, and not all clients alike: they all lost the same server.
    pub(crate) fn failed(&mut self, now_us: i64, error: &ServerError, random: &dyn Random) {
        if matches!(error.status(), Some(401 | 403)) {
            // Another key may be there by then, and with it another word.
            self.hello_at_us = None;
        }
        let wait = (WAIT_MIN_US << self.failures.min(10)).min(WAIT_MAX_US);
        self.failures = self.failures.saturating_add(1);
        if !error.passes() {
            return self.wait_long(now_us);
        }
        let mut byte = [0];
        random.fill(&mut byte);
        let jitter = wait / 4 * i64::from(byte[0]) / 255;
        let asked = match error {
            ServerError::Refused {
                retry_after_s: Some(seconds),
                ..
            } => i64::try_from(*seconds).unwrap_or(i64::MAX).min(600) * 1_000_000,
            _ => 0,
        };
        self.next_at_us = now_us + wait.max(asked) + jitter;
    }

    /// Sends the next batch; `None` when nothing waits.
    ///
    /// # Errors
    /// See [`ServerError`]: then all of it waits still.
    pub(crate) fn batch(
        &mut self,
        key: &str,
        spool: &Spool,
        losses: &mut Losses,
        now_us: i64,
    ) -> Result<Option<Shipped>, ServerError> {
        loop {
            let batch = spool
                .next_batch(self.envelopes_max, BYTES_MAX)
                .map_err(|error| ServerError::Odd(format!("the spool cannot be read: {error}")))?;
            if batch.envelopes.is_empty() {
                return Ok(None);
            }
            match self.server.envelopes(key, &batch.envelopes) {
                Ok(answer) => {
                    self.envelopes_max = (self.envelopes_max * 2).min(ENVELOPES_MAX);
                    return taken(batch, &answer, losses, now_us).map(Some);
                }
                // Something in it is more than the server takes: smaller, until it stands alone.
                Err(error) if error.is_verdict() => {
                    if let [envelope] = &batch.envelopes[..] {
                        losses.add(Reason::Refused, envelope, now_us);
                        return Ok(Some(Shipped {
                            batch,
                            acknowledged: 0,
                            refused: 1,
                            purge: Vec::new(),
                        }));
                    }
                    self.envelopes_max = (batch.envelopes.len() / 2).max(1);
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// What an acknowledgement says: `docs/envelope.md`.
fn taken(
    batch: Batch,
    answer: &Value,
    losses: &mut Losses,
    now_us: i64,
) -> Result<Shipped, ServerError> {
    let number = |name: &str| answer[name].as_u64().unwrap_or(0);
    let list = |name: &str| answer[name].as_array().into_iter().flatten();
    // Something between here and the server may answer anything: only who accounts for every envelope has them.
    let told = number("accepted")
        + number("known")
        + list("suppressed").count() as u64
        + list("refused").count() as u64;
    if told != batch.envelopes.len() as u64 {
        return Err(ServerError::Odd(format!(
            "it tells of {told} of {} envelopes",
            batch.envelopes.len()
        )));
    }
    let mut refused = 0;
    for entry in list("refused") {
        let envelope = entry["index"]
            .as_u64()
            .and_then(|index| batch.envelopes.get(usize::try_from(index).ok()?));
        if let Some(envelope) = envelope {
            losses.add(Reason::Refused, envelope, now_us);
            refused += 1;
        }
    }
    let purge = list("purge")
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    Ok(Shipped {
        acknowledged: number("accepted") + number("known"),
        refused,
        purge,
        batch,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn batch() -> Batch {
        Batch {
            envelopes: vec![
                br#"{"source":"hook"}"#.to_vec(),
                br#"{"source":"hook"}"#.to_vec(),
            ],
            ..Batch::default()
        }
    }

    #[test]
    fn only_who_accounts_for_every_envelope_has_them() {
        let mut losses = Losses::default();
        for answer in [
            json!({}),
            json!({"accepted": 1}),
            json!({"accepted": 1, "known": 2}),
            json!("hello from a captive portal"),
        ] {
            assert!(taken(batch(), &answer, &mut losses, 0).is_err(), "{answer}");
        }
        let answer = json!({
            "accepted": 0, "known": 0, "suppressed": [{"index": 0, "session_id": "s"}],
            "refused": [{"index": 1, "code": "no_key", "detail": ""}], "purge": ["p"],
        });
        let shipped = taken(batch(), &answer, &mut losses, 0).unwrap();
        assert_eq!((shipped.refused, losses.count_ever), (1, 1));
        assert_eq!(
            shipped.purge,
            ["p"],
            "an item that was erased says nothing of its session"
        );
    }

    #[test]
    fn a_proxys_refusal_is_no_verdict() {
        let refused = |code: &str| ServerError::Refused {
            status: 400,
            code: code.to_owned(),
            detail: String::new(),
            retry_after_s: None,
        };
        assert!(refused("invalid_request").is_verdict());
        assert!(!refused("unknown").is_verdict());
    }
}
