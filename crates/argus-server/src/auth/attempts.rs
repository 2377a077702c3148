//! How often somebody may try a password: so many times in a while, by account and by machine.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};

use crate::refusal::{ErrorCode, Refusal};

/// Tries of one account from one machine, of one account from anywhere, and of one machine, within [`WINDOW_US`].
const TRIES_MAX: u32 = 10;
const TRIES_PER_ACCOUNT_MAX: u32 = 100;
const TRIES_PER_MACHINE_MAX: u32 = 60;
/// Share links that one machine opens, and openings of one link from anywhere, within [`WINDOW_US`].
const OPENINGS_PER_MACHINE_MAX: u32 = 120;
const OPENINGS_PER_LINK_MAX: u32 = 600;
/// A quarter of an hour, in microseconds.
const WINDOW_US: i64 = 15 * 60 * 1_000_000;
/// Most that is counted at a time; the oldest counts make room.
const COUNTED_MAX: usize = 20_000;

/// Tries, counted in memory.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<Counted, Window>>);

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Counted {
    Machine(Machine),
    Account(String),
    Pair(String, Machine),
}

/// A machine by its address; of IPv6 the first half, since a machine has the whole other half to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Machine {
    Unknown,
    V4(Ipv4Addr),
    V6([u16; 4]),
}

impl Machine {
    fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            None => Self::Unknown,
            Some(IpAddr::V4(address)) => Self::V4(address),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                Self::V6([a, b, c, d])
            }
        }
    }
}

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
        let (machine, account) = (Machine::of(machine), normal(email));
        // The machine first: what it tries beyond its own bound counts against nobody else.
        let bounds = [
            (Counted::Machine(machine), TRIES_PER_MACHINE_MAX),
            (Counted::Pair(account.clone(), machine), TRIES_MAX),
            (Counted::Account(account), TRIES_PER_ACCOUNT_MAX),
        ];
        for (what, most) in bounds {
            if !one_more(&mut counted, what, most, now_us) {
                return Err(too_many());
            }
        }
        Ok(())
    }

    /// Counts an opening of a share link, whether or not there is such a link: who guesses is slowed down too.
    ///
    /// # Errors
    /// Rate-limited when there were too many.
    pub(crate) fn count_opening(
        &self,
        token: &str,
        machine: Option<IpAddr>,
        now_us: i64,
    ) -> Result<(), Refusal> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bounds = [
            (
                Counted::Machine(Machine::of(machine)),
                OPENINGS_PER_MACHINE_MAX,
            ),
            (Counted::Account(normal(token)), OPENINGS_PER_LINK_MAX),
        ];
        for (what, most) in bounds {
            if !one_more(&mut counted, what, most, now_us) {
                return Err(Refusal::new(
                    ErrorCode::RateLimited,
                    "too many share links were opened: wait a quarter of an hour",
                ));
            }
        }
        Ok(())
    }

    /// The right password was given: its account starts afresh.
    pub(crate) fn succeeded(&self, email: &str, machine: Option<IpAddr>) {
        let (machine, account) = (Machine::of(machine), normal(email));
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.remove(&Counted::Pair(account.clone(), machine));
        counted.remove(&Counted::Account(account));
    }
}

/// True when one more is within the bound; it is counted.
fn one_more(counted: &mut HashMap<Counted, Window>, what: Counted, most: u32, now_us: i64) -> bool {
    if !counted.contains_key(&what) {
        make_room(counted, now_us);
    }
    let window = counted.entry(what).or_insert(Window {
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
    window.tries <= most
}

fn make_room(counted: &mut HashMap<Counted, Window>, now_us: i64) {
    if counted.len() < COUNTED_MAX {
        return;
    }
    counted.retain(|_, window| now_us - window.began_us < WINDOW_US);
    if counted.len() < COUNTED_MAX {
        return;
    }
    // Somebody tries from everywhere: half of what is counted goes, the oldest.
    let mut began: Vec<i64> = counted.values().map(|window| window.began_us).collect();
    began.sort_unstable();
    let middle = began[began.len() / 2];
    counted.retain(|_, window| window.began_us > middle);
}

fn normal(email: &str) -> String {
    let email = email.trim().to_lowercase();
    let end = email.floor_char_boundary(254);
    email[..end].to_owned()
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

    const HERE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));
    const THERE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 9)));

    #[test]
    fn an_account_is_tried_so_often_in_a_while() {
        let attempts = Attempts::default();
        for _ in 0..TRIES_MAX {
            attempts.count("A@example.org", HERE, 0).unwrap();
        }
        assert!(attempts.count("a@example.org ", HERE, 1).is_err());
        attempts.count("b@example.org", HERE, 1).unwrap();
        // Who is locked out there is not locked out here.
        attempts.count("a@example.org", THERE, 1).unwrap();
        attempts.count("a@example.org", HERE, WINDOW_US).unwrap();
        attempts.succeeded("a@example.org", HERE);
        for _ in 0..TRIES_MAX {
            attempts.count("a@example.org", HERE, WINDOW_US).unwrap();
        }
    }

    #[test]
    fn an_account_is_bounded_over_all_machines() {
        let attempts = Attempts::default();
        let from = |n: u32| Some(IpAddr::V4(Ipv4Addr::from(n)));
        for n in 0..TRIES_PER_ACCOUNT_MAX {
            attempts.count("a@example.org", from(n), 0).unwrap();
        }
        assert!(attempts.count("a@example.org", from(1_000), 0).is_err());
    }

    #[test]
    fn a_machine_beyond_its_bound_counts_against_nobody_else() {
        let attempts = Attempts::default();
        for n in 0..30_000 {
            // Refused after the first sixty.
            let _ = attempts.count(&format!("{n}@example.org"), HERE, 0);
        }
        assert!(attempts.count("new@example.org", HERE, 0).is_err());
        attempts.count("new@example.org", THERE, 0).unwrap();
        let counted = attempts.0.lock().unwrap().len();
        assert!(counted < 200, "{counted}");
    }

    #[test]
    fn half_an_address_is_a_machine() {
        let attempts = Attempts::default();
        let from = |n: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 7, n, n, n, n]));
        for n in 0..60 {
            attempts
                .count(&format!("{n}@example.org"), from(n), 0)
                .unwrap();
        }
        assert!(attempts.count("x@example.org", from(999), 0).is_err());
    }

    #[test]
    fn what_is_counted_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..30_000_u32 {
            let from = Some(IpAddr::V4(Ipv4Addr::from(n)));
            attempts
                .count(&format!("{n}@example.org"), from, i64::from(n))
                .unwrap();
        }
        assert!(attempts.0.lock().unwrap().len() <= COUNTED_MAX);
    }
}
