//! How often somebody may try a password: so many times in a while, by address of the account and of the machine.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::refusal::{ErrorCode, Refusal};

/// Tries of one account, and from one machine, within [`WINDOW_US`].
const TRIES_PER_ACCOUNT_MAX: u32 = 10;
const TRIES_PER_MACHINE_MAX: u32 = 60;
/// A quarter of an hour, in microseconds.
const WINDOW_US: i64 = 15 * 60 * 1_000_000;
/// Most accounts and machines that are counted at a time.
const COUNTED_MAX: usize = 20_000;

/// Tries, counted in memory.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, Window>>);

#[derive(Debug, Clone, Copy)]
struct Window {
    began_us: i64,
    tries: u32,
}

impl Attempts {
    /// Counts a try.
    ///
    /// # Errors
    /// Rate-limited when there were too many.
    pub(crate) fn count(
        &self,
        email: &str,
        machine: Option<IpAddr>,
        now_us: i64,
    ) -> Result<(), Refusal> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= COUNTED_MAX {
            counted.retain(|_, window| now_us - window.began_us < WINDOW_US);
        }
        if counted.len() >= COUNTED_MAX {
            // Somebody tries from everywhere: nobody signs in until this has passed.
            return Err(too_many());
        }
        let keys = [
            (account_key(email), TRIES_PER_ACCOUNT_MAX),
            (format!("machine:{machine:?}"), TRIES_PER_MACHINE_MAX),
        ];
        let mut is_over = false;
        for (key, most) in keys {
            let window = counted.entry(key).or_insert(Window {
                began_us: now_us,
                tries: 0,
            });
            if now_us - window.began_us >= WINDOW_US {
                *window = Window {
                    began_us: now_us,
                    tries: 0,
                };
            }
            window.tries = window.tries.saturating_add(1);
            is_over |= window.tries > most;
        }
        if is_over { Err(too_many()) } else { Ok(()) }
    }

    /// The right password was given: its account starts afresh.
    pub(crate) fn succeeded(&self, email: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&account_key(email));
    }
}

fn account_key(email: &str) -> String {
    let email = email.trim().to_lowercase();
    let end = email.floor_char_boundary(254);
    format!("account:{}", &email[..end])
}

fn too_many() -> Refusal {
    Refusal::new(
        ErrorCode::RateLimited,
        "too many tries to sign in: wait a quarter of an hour",
    )
    .with_header("retry-after", "900")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_tried_so_often_in_a_while() {
        let attempts = Attempts::default();
        let machine = Some(IpAddr::from([127, 0, 0, 1]));
        for _ in 0..TRIES_PER_ACCOUNT_MAX {
            attempts.count("A@example.org", machine, 0).unwrap();
        }
        assert!(attempts.count("a@example.org ", machine, 1).is_err());
        attempts.count("b@example.org", machine, 1).unwrap();
        attempts.count("a@example.org", machine, WINDOW_US).unwrap();
        attempts.succeeded("a@example.org");
        for _ in 0..TRIES_PER_ACCOUNT_MAX {
            attempts.count("a@example.org", machine, WINDOW_US).unwrap();
        }
    }

    #[test]
    fn a_machine_is_bounded_over_all_accounts() {
        let attempts = Attempts::default();
        for n in 0..TRIES_PER_MACHINE_MAX {
            attempts
                .count(&format!("{n}@example.org"), None, 0)
                .unwrap();
        }
        assert!(attempts.count("new@example.org", None, 0).is_err());
    }
}
