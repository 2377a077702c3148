//! The edges: the clock, randomness, environment and waiting of this machine.

use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use argus_session::{Clock, Random};

/// The machine's clock.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine for the time"
    )]
    fn now_us(&self) -> i64 {
        let since = std::time::SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    }
}

/// The operating system's random bytes.
#[derive(Debug)]
pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine for random bytes"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bytes there is no device secret and no key of a hook call.
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A variable of the environment, unless it is empty.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A folder that a variable names.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from)
}

/// The person's home folder.
pub(crate) fn home() -> Option<PathBuf> {
    folder("HOME").or_else(|| folder("USERPROFILE"))
}

/// The words of the command line, the program's name first.
pub(crate) fn arguments() -> Vec<std::ffi::OsString> {
    std::env::args_os().collect()
}

/// Waits. The follower looks at files that other programs write: there is no event that every platform gives for that.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that waits for time"
)]
pub(crate) fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// A UUIDv7 of now.
pub(crate) fn uuid_v7(clock: &dyn Clock, random: &dyn Random) -> String {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(clock.now_us() / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes)
        .into_uuid()
        .to_string()
}
