//! Verdicts: whether a session or turn was good.

use serde::{Deserialize, Serialize};

use super::{NewReview, Review, ReviewKind, typed};
use crate::limits::REASON_CHARS_MAX;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, StoreError};

/// What a verdict says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// It was as it should be.
    Good,
    /// It was not.
    Wrong,
    /// The person takes back what they said.
    Withdrawn,
}

impl VerdictWord {
    const ALL: [Self; 3] = [Self::Good, Self::Wrong, Self::Withdrawn];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Wrong => "wrong",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.as_str() == name)
    }
}

/// A verdict to be given.
#[derive(Debug, Clone)]
pub struct NewVerdict {
    /// The session's id.
    pub session_id: String,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// What it says.
    pub verdict: VerdictWord,
    /// Why.
    pub reason: Option<String>,
    /// The item of a queue that it is given for.
    pub queue_item: Option<String>,
}

/// A verdict that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its id.
    pub id: u64,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// What it says.
    pub verdict: VerdictWord,
    /// Why; `None` too when it went with the session's content.
    pub reason: Option<String>,
    /// Whose it is: `account:ID`.
    pub author: String,
    /// When it was given, microseconds UTC.
    pub at_us: i64,
    /// The newest of this person on this.
    pub is_current: bool,
    /// False when the turn is no longer there.
    pub is_placed: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reason: Option<String>,
}

impl Workspace {
    /// Gives a verdict; gives its id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] as of any review; [`StoreError::Invalid`] when a wrong one says not why, or there is none to
    /// withdraw.
    pub fn give_verdict(
        &self,
        new: NewVerdict,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        let reason = new.reason.filter(|reason| !reason.trim().is_empty());
        let reason = reason
            .map(|reason| typed::text("a reason", &reason, REASON_CHARS_MAX))
            .transpose()?;
        if new.verdict == VerdictWord::Wrong && reason.is_none() {
            return Err(StoreError::Invalid(
                "a wrong verdict says why: give a reason".to_owned(),
            ));
        }
        let review = NewReview {
            session_id: new.session_id,
            kind: ReviewKind::Verdict,
            turn: new.turn,
            word: new.verdict.as_str().to_owned(),
            number: None,
            stands: new.verdict != VerdictWord::Withdrawn,
            queue_item: new.queue_item,
            changes: None,
            body: Body { reason },
        };
        let is_withdrawn = new.verdict == VerdictWord::Withdrawn;
        self.write_review_with(review, actor, scope, move |_, written| {
            if is_withdrawn && !written.had_standing {
                return Err(StoreError::Invalid(
                    "there is no verdict of yours here to withdraw".to_owned(),
                ));
            }
            Ok(written.id)
        })
    }
}

/// A review as the verdict that it is.
pub(super) fn of_review(review: &Review, is_placed: bool) -> Result<Verdict, StoreError> {
    let body: Option<Body> = review.body_as()?;
    Ok(Verdict {
        id: review.id,
        turn: review.turn.clone(),
        verdict: VerdictWord::from_name(&review.word).ok_or_else(|| StoreError::Corrupt {
            table: "reviews",
            what: format!("the verdict of review {}", review.id),
        })?,
        reason: body.and_then(|body| body.reason),
        author: review.author.clone(),
        at_us: review.at_us,
        is_current: review.is_current,
        is_placed,
    })
}
