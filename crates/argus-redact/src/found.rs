//! Something to replace: what it is, where it stands, what it reads.

use std::borrow::Cow;
use std::ops::Range;

use crate::rules::Kind;

/// Something to replace.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// Where, in the text that was given.
    pub(crate) range: Range<usize>,
    /// What it reads decoded; the same secret has the same fingerprint in every disguise.
    pub(crate) value: String,
    /// Its placeholder carries a fingerprint.
    pub(crate) fingerprint: bool,
    /// Of two that overlap, the higher one says what it is.
    pub(crate) rank: u16,
}

impl Found {
    pub(crate) fn secret(kind: &'static str, range: Range<usize>, value: &str, rank: u16) -> Self {
        Self {
            kind: Cow::Borrowed(kind),
            range,
            value: value.to_owned(),
            fingerprint: true,
            rank,
        }
    }

    /// What can be guessed: its placeholder carries no fingerprint.
    pub(crate) fn identifier(kind: &'static str, range: Range<usize>, value: &str) -> Self {
        Self {
            fingerprint: false,
            ..Self::secret(kind, range, value, rank::IDENTIFIER)
        }
    }
}

/// Who says what something is, where several rules found it.
pub(crate) mod rank {
    pub(crate) const IDENTIFIER: u16 = 1;
    pub(crate) const NAMED: u16 = 2;
    pub(crate) const CREDENTIAL: u16 = 3;
    pub(crate) const KNOWN: u16 = 4;
    pub(crate) const OWN: u16 = 5;
    pub(crate) const BLOCK: u16 = 2000;

    /// Of forms of tokens, the one that is listed first.
    pub(crate) const fn token(place: usize) -> u16 {
        // There are not so many.
        1000 - place as u16
    }
}
