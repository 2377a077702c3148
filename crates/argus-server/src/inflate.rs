//! Compressed bodies, inflated step by step: a small body that would grow without end stops at the limit.

use std::io::Read;

use bytes::Bytes;

use crate::budget::{Charge, Over};

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Not at all.
    Identity,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Coding {
    /// The coding with this name, in any case; nothing for one that is not taken here.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
        if is("") || is("identity") {
            Some(Self::Identity)
        } else if is("gzip") || is("x-gzip") {
            Some(Self::Gzip)
        } else {
            is("zstd").then_some(Self::Zstd)
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// Why a body was not inflated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InflateError {
    /// It grows beyond the limit.
    TooLarge,
    /// It is not what its coding says.
    Broken(&'static str),
    /// The server has no room for it now.
    Busy(Over),
}

/// The largest window of a Zstandard frame, as a power of two: what it takes to decode levels up to 19 and most of 22.
const ZSTD_WINDOW_LOG_MAX: u32 = 26;
const STEP_BYTES: usize = 64 * 1024;

/// Inflates a body to at most `limit` bytes, charging for them as they come.
pub(crate) fn inflate(
    coding: Coding,
    body: Bytes,
    limit: usize,
    charge: &mut Charge,
) -> Result<Bytes, InflateError> {
    match coding {
        Coding::Identity if body.len() > limit => Err(InflateError::TooLarge),
        Coding::Identity => Ok(body),
        Coding::Gzip => read(
            flate2::bufread::MultiGzDecoder::new(&*body),
            coding,
            limit,
            charge,
        ),
        Coding::Zstd => {
            let broken = |_| InflateError::Broken(coding.as_str());
            let mut decoder = zstd::stream::read::Decoder::with_buffer(&*body).map_err(broken)?;
            decoder
                .window_log_max(ZSTD_WINDOW_LOG_MAX)
                .map_err(broken)?;
            read(decoder, coding, limit, charge)
        }
    }
}

fn read(
    mut from: impl Read,
    coding: Coding,
    limit: usize,
    charge: &mut Charge,
) -> Result<Bytes, InflateError> {
    let mut out = Vec::new();
    let mut step = vec![0; STEP_BYTES];
    loop {
        let count = from
            .read(&mut step)
            .map_err(|_| InflateError::Broken(coding.as_str()))?;
        if count == 0 {
            return Ok(out.into());
        }
        if out.len() + count > limit {
            return Err(InflateError::TooLarge);
        }
        charge.add(count).map_err(InflateError::Busy)?;
        out.extend_from_slice(&step[..count]);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::budget::Budget;

    fn gzip(bytes: &[u8]) -> Bytes {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap().into()
    }

    #[test]
    fn a_body_comes_back_to_the_limit_and_not_beyond() {
        let budget = Budget::new(10_000_000, 10_000_000);
        let plain = vec![7; 1_000_000];
        for (coding, body) in [
            (Coding::Gzip, gzip(&plain)),
            (Coding::Zstd, zstd::encode_all(&*plain, 3).unwrap().into()),
        ] {
            let inflate = |limit| inflate(coding, body.clone(), limit, &mut budget.open("k"));
            assert_eq!(inflate(plain.len()).unwrap(), plain);
            assert_eq!(inflate(plain.len() - 1), Err(InflateError::TooLarge));
        }
    }

    #[test]
    fn what_is_cut_or_no_such_thing_is_broken_and_a_full_budget_is_busy() {
        let budget = Budget::new(1_000, 1_000);
        let body = gzip(&[1; 500]);
        let cut = body.slice(..body.len() - 5);
        let inflate = |coding, body| inflate(coding, body, 1 << 20, &mut budget.open("k"));
        assert_eq!(
            inflate(Coding::Gzip, cut),
            Err(InflateError::Broken("gzip"))
        );
        assert_eq!(
            inflate(Coding::Zstd, body),
            Err(InflateError::Broken("zstd"))
        );
        assert_eq!(
            inflate(Coding::Gzip, gzip(&[1; 2_000])),
            Err(InflateError::Busy(Over::All))
        );
    }
}
