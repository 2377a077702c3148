//! Devices that ask to deliver in a person's name (RFC 8628), until the person answers. Kept in memory: a restart takes them
//! back, and the device asks again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argus_session::{Clock, Random};
use argus_store::KeyDevice;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// How long a code is good for: a quarter of an hour, in seconds.
pub(crate) const EXPIRES_S: i64 = 900;
/// How long a device waits between two looks, in seconds.
pub(crate) const INTERVAL_S: i64 = 2;
/// Most codes that are open at a time, of all keys and of one.
const OPEN_MAX: usize = 10_000;
const OPEN_PER_KEY_MAX: usize = 1_000;
/// Letters of a user code: no vowels, so that it is no word, and none that look alike.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// How many letters it has.
const LETTERS_COUNT: usize = 8;
/// How often a code is made that no other device has: one try is enough but for chance.
const TRIES: usize = 8;
const US: i64 = 1_000_000;

/// What a device asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) workspace: String,
    /// The key with which it asked: its projects are those of the key that is made.
    pub(crate) key_id: String,
    pub(crate) projects: Vec<String>,
    pub(crate) device: KeyDevice,
    /// When it asked, microseconds UTC.
    pub(crate) asked_at_us: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    None,
    /// It is being written down.
    Noting,
    Denied,
    /// By this account.
    Approved(String),
}

#[derive(Debug)]
struct Open {
    request: Request,
    user_code: String,
    answer: Answer,
    interval_us: i64,
    looked_at_us: Option<i64>,
}

/// The codes of a request that was taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Codes {
    /// For the device alone.
    pub(crate) device_code: String,
    /// For the person to compare.
    pub(crate) user_code: String,
}

/// What a device finds when it looks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nobody answered yet.
    Pending,
    /// It looks more often than it was told.
    TooSoon,
    /// The person said no.
    Denied,
    /// The code is over, or none.
    Over,
    /// This account said yes: the code is used up.
    Approved(Request, String),
}

/// The codes that are open, by the hash of the device's.
#[derive(Debug)]
pub(crate) struct DeviceCodes {
    open: Mutex<HashMap<[u8; 32], Open>>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl DeviceCodes {
    pub(crate) fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            open: Mutex::default(),
            clock,
            random,
        }
    }

    /// Takes a request; `None` when too many are open.
    pub(crate) fn open(
        &self,
        workspace: &str,
        key_id: &str,
        projects: &[String],
        device: KeyDevice,
    ) -> Option<Codes> {
        let now = self.clock.now_us();
        let mut secret = [0; 32];
        self.random.fill(&mut secret);
        let device_code = format!("argus_dc_{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
        let mut open = self.lock();
        open.retain(|_, one| !is_over(one, now));
        let of_key = open.values().filter(|one| one.request.key_id == key_id);
        if open.len() >= OPEN_MAX || of_key.count() >= OPEN_PER_KEY_MAX {
            return None;
        }
        let user_code = (0..TRIES)
            .map(|_| self.user_code())
            .find(|code| open.values().all(|one| one.user_code != *code))?;
        let one = Open {
            request: Request {
                workspace: workspace.to_owned(),
                key_id: key_id.to_owned(),
                projects: projects.to_vec(),
                device,
                asked_at_us: now,
            },
            user_code: user_code.clone(),
            answer: Answer::None,
            interval_us: INTERVAL_S * US,
            looked_at_us: None,
        };
        open.insert(Sha256::digest(&device_code).into(), one);
        Some(Codes {
            device_code,
            user_code,
        })
    }

    /// What a person's code asks for, while nobody answered. Written in any case, with or without what stands between.
    pub(crate) fn find(&self, user_code: &str) -> Option<Request> {
        let (user_code, now) = (normal(user_code), self.clock.now_us());
        let open = self.lock();
        let mut pending = open
            .values()
            .filter(|one| one.answer == Answer::None && !is_over(one, now));
        pending
            .find(|one| one.user_code == user_code)
            .map(|one| one.request.clone())
    }

    /// Answers a code, once; false when it is over or was answered. `note` writes down what is answered: while it does, nobody
    /// else answers, and where it fails, nothing was.
    ///
    /// # Errors
    /// Those of `note`.
    pub(crate) fn answer<E>(
        &self,
        user_code: &str,
        approved_by: Option<&str>,
        note: impl FnOnce() -> Result<(), E>,
    ) -> Result<bool, E> {
        let user_code = normal(user_code);
        if !self.change(&user_code, &Answer::None, Answer::Noting) {
            return Ok(false);
        }
        if let Err(error) = note() {
            self.change(&user_code, &Answer::Noting, Answer::None);
            return Err(error);
        }
        let answer = approved_by.map_or(Answer::Denied, |account| {
            Answer::Approved(account.to_owned())
        });
        Ok(self.change(&user_code, &Answer::Noting, answer))
    }

    /// False when no code that is not over stands at `from`.
    fn change(&self, user_code: &str, from: &Answer, to: Answer) -> bool {
        let now = self.clock.now_us();
        let mut open = self.lock();
        let found = open
            .values_mut()
            .find(|one| one.user_code == user_code && one.answer == *from && !is_over(one, now));
        let Some(one) = found else { return false };
        one.answer = to;
        true
    }

    /// What a device finds.
    pub(crate) fn look(&self, device_code: &str) -> Look {
        let hash: [u8; 32] = Sha256::digest(device_code).into();
        let now = self.clock.now_us();
        let mut open = self.lock();
        let Some(one) = open.get_mut(&hash) else {
            return Look::Over;
        };
        if is_over(one, now) {
            open.remove(&hash);
            return Look::Over;
        }
        let is_too_soon = one
            .looked_at_us
            .replace(now)
            .is_some_and(|before| now - before < one.interval_us);
        match &one.answer {
            Answer::None | Answer::Noting if is_too_soon => {
                // As the standard has it: five seconds more, from now on.
                one.interval_us += 5 * US;
                Look::TooSoon
            }
            Answer::None | Answer::Noting => Look::Pending,
            Answer::Denied => {
                open.remove(&hash);
                Look::Denied
            }
            Answer::Approved(_) => match open.remove(&hash) {
                Some(Open {
                    request,
                    answer: Answer::Approved(account),
                    ..
                }) => Look::Approved(request, account),
                _ => Look::Over,
            },
        }
    }

    /// Gives back a code whose key could not be made after all.
    pub(crate) fn give_back(&self, device_code: &str, request: Request, account: String) {
        let one = Open {
            request,
            user_code: String::new(),
            answer: Answer::Approved(account),
            interval_us: INTERVAL_S * US,
            looked_at_us: None,
        };
        self.lock().insert(Sha256::digest(device_code).into(), one);
    }

    fn user_code(&self) -> String {
        let mut code = String::new();
        while code.len() < LETTERS_COUNT {
            let mut bytes = [0; 32];
            self.random.fill(&mut bytes);
            // Bytes beyond the last whole round of the letters would favour the first ones.
            let fair = bytes.iter().filter(|byte| **byte < 240);
            code.extend(fair.map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])));
        }
        code.truncate(LETTERS_COUNT);
        code
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_over(one: &Open, now_us: i64) -> bool {
    now_us - one.request.asked_at_us >= EXPIRES_S * US
}

/// A code as people read it: in two halves.
pub(crate) fn shown(user_code: &str) -> String {
    let (first, second) = user_code.split_at(user_code.len() / 2);
    format!("{first}-{second}")
}

fn normal(user_code: &str) -> String {
    user_code
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(2 * LETTERS_COUNT)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use super::*;

    fn noted() -> Result<(), ()> {
        Ok(())
    }

    #[derive(Debug)]
    struct Hand(AtomicI64);
    impl Clock for Hand {
        fn now_us(&self) -> i64 {
            self.0.load(Ordering::Relaxed)
        }
    }
    #[derive(Debug)]
    struct Counting(AtomicU64);
    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            bytes.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..bytes.len()]);
        }
    }

    fn codes() -> (DeviceCodes, Arc<Hand>) {
        let clock = Arc::new(Hand(AtomicI64::new(0)));
        let random = Arc::new(Counting(AtomicU64::new(0)));
        (DeviceCodes::new(clock.clone(), random), clock)
    }

    fn ask(codes: &DeviceCodes, key: &str) -> Option<Codes> {
        let device = KeyDevice {
            id: None,
            name: "laptop-7".to_owned(),
        };
        codes.open("default", key, &["alpha".to_owned()], device)
    }

    #[test]
    fn a_code_is_answered_once_and_used_once() {
        let (codes, clock) = codes();
        let asked = ask(&codes, "key_a").unwrap();
        assert!(asked.user_code.bytes().all(|byte| LETTERS.contains(&byte)));
        assert_eq!(codes.look(&asked.device_code), Look::Pending);
        assert_eq!(codes.look(&asked.device_code), Look::TooSoon);
        clock.0.fetch_add(INTERVAL_S * US, Ordering::Relaxed);
        assert_eq!(
            codes.look(&asked.device_code),
            Look::TooSoon,
            "it was told to slow down"
        );
        let typed = format!(" {}", shown(&asked.user_code).to_lowercase());
        assert_eq!(codes.find(&typed).unwrap().key_id, "key_a");
        let failed = codes.answer(&typed, Some("acc_1"), || Err("full"));
        assert_eq!(failed, Err("full"), "and it can be answered again");
        assert!(codes.answer(&typed, Some("acc_1"), noted).unwrap());
        assert!(!codes.answer(&typed, None, noted).unwrap());
        let unasked = codes.answer(&typed, None, || Err::<(), _>("noted twice"));
        assert_eq!(
            unasked,
            Ok(false),
            "what is answered is not written down again"
        );
        assert_eq!(codes.find(&typed), None);
        let Look::Approved(request, account) = codes.look(&asked.device_code) else {
            panic!("approved")
        };
        assert_eq!(
            (request.device.name.as_str(), account.as_str()),
            ("laptop-7", "acc_1")
        );
        assert_eq!(codes.look(&asked.device_code), Look::Over);
    }

    #[test]
    fn a_code_that_is_denied_or_over_gives_nothing() {
        let (codes, clock) = codes();
        let denied = ask(&codes, "key_a").unwrap();
        assert!(codes.answer(&denied.user_code, None, noted).unwrap());
        assert_eq!(codes.look(&denied.device_code), Look::Denied);
        let late = ask(&codes, "key_a").unwrap();
        clock.0.fetch_add(EXPIRES_S * US, Ordering::Relaxed);
        assert_eq!(codes.find(&late.user_code), None);
        assert!(!codes.answer(&late.user_code, Some("acc_1"), noted).unwrap());
        assert_eq!(codes.look(&late.device_code), Look::Over);
        assert_eq!(codes.look("argus_dc_guess"), Look::Over);
    }

    #[test]
    fn one_key_does_not_take_all_codes() {
        let (codes, clock) = codes();
        for _ in 0..OPEN_PER_KEY_MAX {
            assert!(ask(&codes, "key_a").is_some());
        }
        assert_eq!(ask(&codes, "key_a"), None);
        assert!(ask(&codes, "key_b").is_some());
        clock.0.fetch_add(EXPIRES_S * US, Ordering::Relaxed);
        assert!(ask(&codes, "key_a").is_some());
    }
}
