//! In which state an item is, and what people have to do with it: the words. What can happen to an item is in [`super::step`].

/// In which state an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemState {
    /// Nobody has judged it, and nobody is at it.
    NeedsReview,
    /// Nobody has judged it; somebody is at it.
    InReview,
    /// Some have judged it, fewer than it needs.
    NeedsOthers,
    /// All have judged it, and they differ.
    Disputed,
    /// All have judged it and agree, or their dispute is decided.
    Complete,
}

impl ItemState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::NeedsReview,
        Self::InReview,
        Self::NeedsOthers,
        Self::Disputed,
        Self::Complete,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeedsReview => "needs_review",
            Self::InReview => "in_review",
            Self::NeedsOthers => "needs_others",
            Self::Disputed => "disputed",
            Self::Complete => "complete",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The state that is stored by this number.
    pub(super) const fn from_number(number: i64) -> Self {
        match number {
            2 => Self::NeedsOthers,
            3 => Self::Disputed,
            4 => Self::Complete,
            _ => Self::NeedsReview,
        }
    }

    /// True when everybody has judged: there is nothing left to be blind for.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Disputed | Self::Complete)
    }

    /// As it is stored. Who is at an item depends on the time, so that "in review" is never stored.
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::NeedsReview | Self::InReview => 0,
            Self::NeedsOthers => 2,
            Self::Disputed => 3,
            Self::Complete => 4,
        }
    }
}

/// What a person has to do with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It is theirs until a time.
    Reserved,
    /// Somebody gave it to them: it is theirs until they give it away.
    Assigned,
    /// They judged it.
    Done,
    /// They do not want to judge it.
    Skipped,
    /// They had it, and gave it back.
    Released,
}

impl Part {
    const ALL: [Self; 5] = [
        Self::Reserved,
        Self::Assigned,
        Self::Done,
        Self::Skipped,
        Self::Released,
    ];

    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Reserved => 1,
            Self::Assigned => 2,
            Self::Done => 3,
            Self::Skipped => 4,
            Self::Released => 5,
        }
    }

    pub(super) fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.number() == number)
    }
}

/// What somebody said of an item, as it was when they were done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// The verdict's word.
    pub verdict: Option<String>,
    /// The review that it stands in.
    pub verdict_review: Option<u64>,
    /// The score's review.
    pub score_review: Option<u64>,
    /// The score in basis points; `None` too when nothing of the rubric applied.
    pub basis_points: Option<i64>,
    /// Whether the score is a pass.
    pub passed: Option<bool>,
    /// Whether an item of the rubric made it fail whatever else was answered.
    pub is_auto_failed: bool,
}
