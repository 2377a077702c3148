//! Tags: words by which sessions and turns are found.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::reader::author_of;
use super::{NewReview, Review, ReviewChange, ReviewKind, typed};
use crate::limits::TAGS_PER_SESSION_MAX;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, StoreError};

/// A change of a tag.
#[derive(Debug, Clone)]
pub struct NewTag {
    /// The session's id.
    pub session_id: String,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// The word.
    pub tag: String,
    /// Taken off rather than put on.
    pub is_removed: bool,
    /// Whose it is, where it is not the actor's own: only to take it off.
    pub of_author: Option<String>,
}

/// A tag that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: u64,
    /// The turn's id; `None` for the session as a whole.
    pub turn: Option<String>,
    /// The word.
    pub tag: String,
    /// Who put it on: `account:ID`.
    pub author: String,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// False when the turn is no longer there.
    pub is_placed: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    /// Who did it, where it is not the tag's own author.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    by: Option<String>,
}

impl Workspace {
    /// Puts a tag on, or takes one off; gives the review's id. A tag is its author's: two people may each put it on, and each
    /// take off their own.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] as of any review, or when there is no such tag to take off; [`StoreError::Invalid`] when the
    /// word is no tag, or the session has too many.
    pub fn change_tag(
        &self,
        new: NewTag,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        let tag = typed::tag(&new.tag)?;
        // It stands in the clear, and in lower case, where a secret may not be known again.
        if !new.is_removed && !self.redactor().redact_text(&new.tag).spans.is_empty() {
            return Err(StoreError::Invalid(
                "this tag looks like a secret, and tags stand in the clear: use another word"
                    .to_owned(),
            ));
        }
        let own = author_of(actor);
        let author = new.of_author.or_else(|| own.clone());
        let is_own = author == own;
        let by = own.filter(|_| !is_own);
        let changes = match author {
            Some(author) if !is_own && new.is_removed => Some(ReviewChange { root: None, author }),
            _ => None,
        };
        let review = NewReview {
            session_id: new.session_id,
            kind: ReviewKind::Tag,
            turn: new.turn,
            word: tag.clone(),
            number: None,
            stands: !new.is_removed,
            queue_item: None,
            changes,
            body: Body { by },
        };
        let is_removed = new.is_removed;
        self.write_review_with(review, actor, scope, move |transaction, written| {
            if is_removed && !written.had_standing {
                return Err(StoreError::NotFound {
                    what: "tag of this author",
                    name: tag,
                });
            }
            let count: i64 = transaction
                .prepare_cached(
                    "SELECT count(*) FROM reviews WHERE session = ?1 AND kind = ?2 AND stands = 1",
                )?
                .query_row(params![written.session, ReviewKind::Tag.number()], |row| {
                    row.get(0)
                })?;
            if !is_removed && count > TAGS_PER_SESSION_MAX {
                return Err(StoreError::Invalid(format!(
                    "a session has at most {TAGS_PER_SESSION_MAX} tags: take one off first"
                )));
            }
            Ok(written.id)
        })
    }
}

/// A review as the tag that it is.
pub(super) fn of_review(review: &Review, is_placed: bool) -> Tag {
    Tag {
        id: review.id,
        turn: review.turn.clone(),
        tag: review.word.clone(),
        author: review.author.clone(),
        at_us: review.at_us,
        is_placed,
    }
}
