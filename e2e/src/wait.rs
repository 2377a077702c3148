//! Waiting for what another program does.

use std::time::{Duration, Instant};

use crate::{Result, pause};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks until there is what is waited for.
///
/// # Errors
/// Looking failed, or it was not there in time.
pub fn wait_for<T>(
    what: &str,
    within: Duration,
    mut look: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + within;
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            return Err(format!("{what} did not come within {} s", within.as_secs()));
        }
        pause(PAUSE);
    }
}
