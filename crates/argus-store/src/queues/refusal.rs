//! Why something cannot be done to an item, in the words that people are told.

use std::fmt;

/// Why something cannot be done to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The queue is closed.
    Closed,
    /// All that it needs have judged it.
    Settled,
    /// The person judged it before.
    Judged,
    /// The person skipped it before.
    Skipped,
    /// As many as it needs are at it.
    Taken,
    /// The person does not have it.
    NotTheirs,
    /// The person has it already.
    Theirs,
    /// Nobody disputes anything.
    NotDisputed,
    /// It is decided already.
    Decided,
    /// It is no item of a calibration.
    NoCalibration,
    /// It was shown before.
    Revealed,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "this queue is closed: nothing in it changes any more",
            Self::Settled => "everybody that this item needs has judged it",
            Self::Judged => "this item was judged by this reviewer before: nobody gets one twice",
            Self::Skipped => "this item was skipped by this reviewer before: nobody gets one twice",
            Self::Taken => "as many reviewers as this item needs are at it: take the next one",
            Self::NotTheirs => "this item is not reserved for this reviewer: take it first",
            Self::Theirs => "this reviewer has this item already",
            Self::NotDisputed => "nobody disputes this item: there is nothing to decide",
            Self::Decided => "this item is decided already",
            Self::NoCalibration => "only the items of a calibration are revealed: others are once everybody has judged them",
            Self::Revealed => "this item is revealed already",
        })
    }
}
