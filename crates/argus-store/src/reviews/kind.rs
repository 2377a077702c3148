//! The kinds of reviews.

use serde::{Deserialize, Serialize};

use crate::ActKind;

/// A kind of review. The numbers are stored and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// Good or wrong, or neither any more.
    Verdict,
    /// A word by which it is found.
    Tag,
    /// A text beside it.
    Comment,
    /// What a turn's answer should have been.
    Answer,
    /// Answers to a rubric.
    Score,
}

impl ReviewKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Verdict,
        Self::Tag,
        Self::Comment,
        Self::Answer,
        Self::Score,
    ];

    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Verdict => 1,
            Self::Tag => 2,
            Self::Comment => 3,
            Self::Answer => 4,
            Self::Score => 5,
        }
    }

    pub(super) fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Tag => "tag",
            Self::Comment => "comment",
            Self::Answer => "answer",
            Self::Score => "score",
        }
    }

    pub(super) const fn act(self) -> ActKind {
        match self {
            Self::Verdict => ActKind::VerdictGiven,
            Self::Tag => ActKind::TagChanged,
            Self::Comment => ActKind::CommentChanged,
            Self::Answer => ActKind::AnswerCorrected,
            Self::Score => ActKind::ScoreGiven,
        }
    }

    /// True where a person says several things of the same turn at once, told apart by the word: tags, and scores by rubrics.
    pub(super) const fn is_by_word(self) -> bool {
        matches!(self, Self::Tag | Self::Score)
    }
}
