//! Times: integer microseconds UTC inside, RFC 3339 outside.

use jiff::Timestamp;

/// Parses an RFC 3339 time, such as `2026-11-22T11:53:02.305Z`, into microseconds since 1970 UTC.
#[must_use]
pub fn parse_rfc3339_us(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(|t| t.as_microsecond())
}

/// Writes microseconds since 1970 UTC as RFC 3339 with as many decimals as the value has.
/// A time outside the years -9999 to 9999 is written as its number of microseconds.
#[must_use]
pub fn rfc3339(time_us: i64) -> String {
    Timestamp::from_microsecond(time_us).map_or_else(|_| time_us.to_string(), |t| t.to_string())
}

/// Nanoseconds since 1970 (the unit of OTLP) in microseconds.
#[must_use]
pub fn us_from_unix_nano(time_unix_nano: u64) -> i64 {
    i64::try_from(time_unix_nano / 1_000).unwrap_or(i64::MAX)
}

/// Serde form of an optional time: RFC 3339 text or null.
pub mod rfc3339_option {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the time as RFC 3339 text, or null.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(time_us: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
        match time_us {
            Some(time_us) => to.serialize_str(&super::rfc3339(*time_us)),
            None => to.serialize_none(),
        }
    }

    /// Reads RFC 3339 text, or null.
    ///
    /// # Errors
    /// When the text is no RFC 3339 time.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        super::parse_rfc3339_us(&text)
            .map(Some)
            .ok_or_else(|| D::Error::custom("not an RFC 3339 time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_trip_through_rfc_3339() {
        for (text, time_us) in [
            ("2026-11-22T11:53:02.305Z", 1_795_348_382_305_000),
            ("1970-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(parse_rfc3339_us(text), Some(time_us));
            assert_eq!(rfc3339(time_us), text);
        }
        assert_eq!(parse_rfc3339_us("yesterday"), None);
        assert_eq!(rfc3339(i64::MAX), i64::MAX.to_string());
    }
}
