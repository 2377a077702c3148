//! Figures that are not given, and why.

use std::fmt;

/// Fewest units that a figure about reviewers rests on. Below it the interval of a coefficient is so wide that the figure
/// misleads whoever reads it without the interval.
pub const UNITS_MIN: usize = 30;

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Too few units were judged by two or more.
    TooFew {
        /// How many were.
        n: usize,
        /// How many it takes.
        needed: usize,
    },
    /// All judgements are the same, so that nothing can be said about agreement beyond chance.
    NoVariation,
    /// Too many of the resamples had no variation, so that they give no interval.
    UnstableInterval,
}

impl Refused {
    /// [`Refused::TooFew`] when `n` is below [`UNITS_MIN`].
    ///
    /// # Errors
    /// When it is.
    pub(crate) fn unless_enough(n: usize) -> Result<(), Self> {
        if n < UNITS_MIN {
            return Err(Self::TooFew {
                n,
                needed: UNITS_MIN,
            });
        }
        Ok(())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { n, needed } => write!(
                f,
                "{n} judged by two or more so far; shown from {needed} on"
            ),
            Self::NoVariation => {
                f.write_str("every judgement is the same: agreement beyond chance cannot be told")
            }
            Self::UnstableInterval => {
                f.write_str("nearly every judgement is the same: no interval can be told")
            }
        }
    }
}
