//! Times, lengths and money as people read them.

/// `2026-11-22 11:53:02`, in UTC.
#[must_use]
pub fn time(time_us: i64) -> String {
    let text = argus_session::time::rfc3339(time_us - time_us.rem_euclid(1_000_000));
    text.trim_end_matches('Z').replace('T', " ")
}

/// `79 ms`, `1.3 s`, `4 min 5 s`, `2 h 3 min`.
#[must_use]
pub fn duration(duration_us: i64) -> String {
    let rounded = |unit_us: i64| duration_us.saturating_add(unit_us / 2) / unit_us;
    let (ms, tenths, seconds, minutes) = (
        rounded(1_000),
        rounded(100_000),
        rounded(1_000_000),
        rounded(60_000_000),
    );
    if ms < 1_000 {
        format!("{ms} ms")
    } else if tenths < 600 {
        format!("{}.{} s", tenths / 10, tenths % 10)
    } else if seconds < 3_600 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{} h {} min", minutes / 60, minutes % 60)
    }
}

/// `$0.0233`: four decimals below a dollar, two from there on.
#[must_use]
pub fn money(nanousd: i64) -> String {
    let sign = if nanousd < 0 { "-" } else { "" };
    let nanousd = nanousd.unsigned_abs();
    let (unit, decimals) = if nanousd < 1_000_000_000 {
        (100_000, 4)
    } else {
        (10_000_000, 2)
    };
    let rounded = (nanousd + unit / 2) / unit;
    let scale = 10_u64.pow(decimals);
    format!(
        "{sign}${}.{:0width$}",
        rounded / scale,
        rounded % scale,
        width = decimals as usize
    )
}

/// A number of things, such as `1 turn` and `2 turns`. `thing` is a word whose plural ends in s.
#[must_use]
pub fn counted(n: u64, thing: &str) -> String {
    if n == 1 {
        format!("1 {thing}")
    } else {
        format!("{n} {thing}s")
    }
}

/// Bytes as `812 bytes`, `3.1 KB`, `12 MB`.
#[must_use]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => counted(count, "byte"),
        1_000..10_000 => format!("{}.{} KB", count / 1_000, count % 1_000 / 100),
        10_000..1_000_000 => format!("{} KB", count / 1_000),
        _ => format!("{}.{} MB", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(time(1_795_348_382_305_000), "2026-11-22 11:53:02");
        let lengths = [
            79_000,
            999_600,
            1_297_000,
            59_970_000,
            245_000_000,
            3_599_900_000,
            7_380_000_000,
        ]
        .map(duration);
        assert_eq!(
            lengths,
            [
                "79 ms",
                "1.0 s",
                "1.3 s",
                "1 min 0 s",
                "4 min 5 s",
                "1 h 0 min",
                "2 h 3 min"
            ]
        );
        let sums = [23_280_000, 0, 999_999_999, 1_234_567_890, -1_060_000].map(money);
        assert_eq!(sums, ["$0.0233", "$0.0000", "$1.0000", "$1.23", "-$0.0011"]);
        assert_eq!(
            [812, 3_140, 64_000, 12_345_678].map(bytes),
            ["812 bytes", "3.1 KB", "64 KB", "12.3 MB"]
        );
    }
}
