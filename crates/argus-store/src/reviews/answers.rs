//! Corrected answers: what a turn's answer should have been.

use serde::{Deserialize, Serialize};

use super::{NewReview, Review, ReviewKind, typed};
use crate::limits::ANSWER_CHARS_MAX;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, StoreError};

/// A corrected answer to be written.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// The session's id.
    pub session_id: String,
    /// The turn's id.
    pub turn: String,
    /// What the answer should have been; `None` takes back what the person wrote.
    pub text: Option<String>,
    /// The item of a queue that it is written for.
    pub queue_item: Option<String>,
}

/// A corrected answer that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedAnswer {
    /// Its id.
    pub id: u64,
    /// The turn's id.
    pub turn: String,
    /// What the answer should have been; `None` where it was taken back.
    pub text: Option<String>,
    /// Whose it is: `account:ID`.
    pub author: String,
    /// When it was written, microseconds UTC.
    pub at_us: i64,
    /// The newest of this person on this turn.
    pub is_current: bool,
    /// False when the turn is no longer there.
    pub is_placed: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    text: Option<String>,
}

impl Workspace {
    /// Writes what an answer should have been; gives its id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] as of any review; [`StoreError::Invalid`] when it is empty or too long, or there is none to
    /// take back.
    pub fn correct_answer(
        &self,
        new: NewAnswer,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        let text = new
            .text
            .map(|text| typed::text("a corrected answer", &text, ANSWER_CHARS_MAX))
            .transpose()?;
        let is_taken_back = text.is_none();
        let review = NewReview {
            session_id: new.session_id,
            kind: ReviewKind::Answer,
            turn: Some(new.turn),
            word: String::new(),
            number: None,
            stands: !is_taken_back,
            queue_item: new.queue_item,
            changes: None,
            body: Body { text },
        };
        self.write_review_with(review, actor, scope, move |_, written| {
            if is_taken_back && !written.had_standing {
                return Err(StoreError::Invalid(
                    "there is no corrected answer of yours here to take back".to_owned(),
                ));
            }
            Ok(written.id)
        })
    }
}

/// A review as the corrected answer that it is.
pub(super) fn of_review(review: &Review, is_placed: bool) -> Result<CorrectedAnswer, StoreError> {
    let body: Option<Body> = review.body_as()?;
    Ok(CorrectedAnswer {
        id: review.id,
        turn: review.turn.clone().unwrap_or_default(),
        text: body.and_then(|body| body.text),
        author: review.author.clone(),
        at_us: review.at_us,
        is_current: review.is_current,
        is_placed,
    })
}
