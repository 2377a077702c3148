//! Everything that people said of a session, as a reader sees it.

use std::collections::HashSet;

use super::anchors::Placing;
use super::{
    Comment, CorrectedAnswer, Review, ReviewKind, ReviewReader, Tag, Verdict, blind, comments, tags,
};
use crate::sqlite::{projections, records};
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// What people said of a session. Verdicts and answers with those that are no longer current; tags that are on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgements {
    /// It is reviewed blind now: these are the reader's own.
    pub is_blind: bool,
    /// The oldest first.
    pub verdicts: Vec<Verdict>,
    /// The oldest first.
    pub tags: Vec<Tag>,
    /// The oldest first.
    pub comments: Vec<Comment>,
    /// The oldest first.
    pub answers: Vec<CorrectedAnswer>,
}

impl Workspace {
    /// What people said of a session, as `reader` sees it, of `kinds` (scores are read apart); `None` when there is no such
    /// session or `scope` does not let it be read.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn judgements(
        &self,
        session_id: &str,
        kinds: &[ReviewKind],
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Option<Judgements>, StoreError> {
        let Some(reviews) = self.reviews(session_id, kinds, scope, reader)? else {
            return Ok(None);
        };
        let (turns, is_blind) = self.read(|connection| {
            let Some(session) = records::known_session(connection, session_id)? else {
                return Ok((HashSet::new(), false));
            };
            let turns = projections::turn_ids(connection, session)?;
            let is_blind = blind::is_hidden_from(connection, session, reader)?;
            Ok((turns.into_iter().collect(), is_blind))
        })?;
        let mut placing = Placing::new(self, session_id, turns);
        let of = |kind: ReviewKind| reviews.iter().filter(move |review| review.kind == kind);
        let is_placed =
            |placing: &Placing<'_>, review: &Review| placing.has_turn(review.turn.as_deref());
        let mut verdicts = Vec::new();
        for review in of(ReviewKind::Verdict) {
            verdicts.push(super::verdicts::of_review(
                review,
                is_placed(&placing, review),
            )?);
        }
        let mut answers = Vec::new();
        for review in of(ReviewKind::Answer) {
            answers.push(super::answers::of_review(
                review,
                is_placed(&placing, review),
            )?);
        }
        let tags = of(ReviewKind::Tag)
            .filter(|review| review.stands)
            .map(|review| tags::of_review(review, is_placed(&placing, review)))
            .collect();
        let comments = comments::of_reviews(&reviews, &mut placing)?;
        Ok(Some(Judgements {
            is_blind,
            verdicts,
            tags,
            comments,
            answers,
        }))
    }
}
