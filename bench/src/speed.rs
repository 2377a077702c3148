//! How fast a function goes over texts, by the CPU time that it takes: on a shared machine that tells more than the clock.

use std::time::Duration;

use crate::process;

/// CPU time that is measured at least: the clock of CPU time ticks a hundred times a second.
const MEASURED_MIN: Duration = Duration::from_millis(1_000);

/// Bytes that are gone over between two looks at it.
const LOOK_EVERY_BYTES: usize = 4_000_000;

/// Megabytes of `texts` in a second of CPU time of this process, which must do nothing else meanwhile. They are gone over
/// once before, and then until there is enough to measure; none, if there is no text.
pub(crate) fn mb_per_cpu_s(texts: &[&str], mut go_over: impl FnMut(&str)) -> Option<f64> {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    if bytes == 0 {
        return None;
    }
    let own = || process::cpu(std::process::id());
    let mut round = || {
        for text in texts {
            go_over(std::hint::black_box(text));
        }
    };
    round();
    let before = own();
    let at_once = LOOK_EVERY_BYTES.div_ceil(bytes);
    let mut rounds = 0;
    loop {
        (0..at_once).for_each(|_| round());
        rounds += at_once;
        let used = own() - before;
        if used >= MEASURED_MIN {
            return Some((bytes * rounds) as f64 / 1e6 / used.as_secs_f64());
        }
    }
}
