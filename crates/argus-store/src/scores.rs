//! Scores: answers to a rubric, with the arithmetic as it was done, kept as reviews.

use argus_insight::rubric::{Answer, Arithmetic, Rubric, Scope};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::reviews::{NewReview, ReadyReview, ReviewKind, WrittenReview};
use crate::rubrics::{self, Keeping};
use crate::workspace::Workspace;
use crate::writer::Changing;
use crate::{Actor, ReadScope, StoreError};

/// A score to be given.
#[derive(Debug, Clone)]
pub struct NewScore {
    /// The session's id.
    pub session_id: String,
    /// The turn's id, where the rubric is of turns.
    pub turn: Option<String>,
    /// The rubric's id.
    pub rubric: String,
    /// The version that the answers are of.
    pub version: u32,
    /// An answer to each of its items.
    pub answers: Vec<Answer>,
    /// What the reviewer says about it.
    pub comment: Option<String>,
    /// The item of a queue that it is given for.
    pub queue_item: Option<String>,
}

/// The sealed body of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreBody {
    /// The version of the rubric that was answered.
    pub version: u32,
    /// The answers.
    pub answers: Vec<Answer>,
    /// What they came to, by the arithmetic of their time.
    pub arithmetic: Arithmetic,
    /// What the reviewer said about it.
    #[serde(default)]
    pub comment: Option<String>,
}

impl Workspace {
    /// Gives a score; the review's id. The one that the same person gave before, by the same rubric, is no longer current.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such session, turn or version of a rubric; [`StoreError::Invalid`] where the
    /// answers do not fit it, or the rubric is retired.
    pub fn give_score(
        &self,
        new: NewScore,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<u64, StoreError> {
        let ready = self.ready_score(new, actor, scope)?;
        let written = self.change_with_acts(move |changing| ready.write(changing))?;
        self.inner().handover.tell();
        Ok(written.id)
    }

    /// A score as it is to be written.
    ///
    /// # Errors
    /// As [`Self::give_score`] has them, as far as the writer need not be asked.
    pub(crate) fn ready_score(
        &self,
        new: NewScore,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<ReadyScore, StoreError> {
        let arithmetic = self.check_score(&new, scope)?;
        let (keeping, at_us) = (self.keeping(&new.rubric), self.now_us());
        let review = NewReview {
            session_id: new.session_id,
            kind: ReviewKind::Score,
            turn: new.turn,
            word: new.rubric,
            number: arithmetic.basis_points.map(i64::from),
            stands: true,
            queue_item: new.queue_item,
            changes: None,
            body: ScoreBody {
                version: new.version,
                answers: new.answers,
                arithmetic: arithmetic.clone(),
                comment: new.comment,
            },
        };
        Ok(ReadyScore {
            review: self.ready_review(review, actor, scope)?,
            arithmetic,
            keeping,
            at_us,
        })
    }

    /// Whether a score may be given, and what it comes to.
    ///
    /// # Errors
    /// As [`Self::give_score`] has them.
    fn check_score(&self, new: &NewScore, scope: &ReadScope) -> Result<Arithmetic, StoreError> {
        let (session, _) = self.session_to_judge(&new.session_id, scope)?;
        let definition = self.rubric_to_use(&new.rubric, new.version)?;
        let arithmetic = answered(&definition, &new.answers, new.turn.is_some())?;
        let evidence: Vec<&str> = new
            .answers
            .iter()
            .filter_map(|answer| answer.evidence_turn.as_deref())
            .collect();
        self.check_turns(session, &evidence)?;
        if let Some(comment) = &new.comment {
            rubrics::check_text(comment)?;
        }
        Ok(arithmetic)
    }

    /// A version of a rubric by which something new may be scored.
    pub(crate) fn rubric_to_use(&self, rubric: &str, version: u32) -> Result<Rubric, StoreError> {
        let found = self.rubric(rubric, Some(version), &ReadScope::all())?;
        let found = found.ok_or_else(|| StoreError::NotFound {
            what: "version of a rubric",
            name: format!("{rubric} {version}"),
        })?;
        if found.is_retired {
            return Err(StoreError::Invalid(
                "this rubric is retired: nothing new is scored by it".to_owned(),
            ));
        }
        Ok(found.definition)
    }

    /// # Errors
    /// [`StoreError::NotFound`] when one of the turns is not the session's.
    pub(crate) fn check_turns(&self, session: i64, turns: &[&str]) -> Result<(), StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT 1 FROM turns WHERE session = ?1 AND id = ?2")?;
            for turn in turns {
                if !statement.exists(params![session, turn])? {
                    return Err(StoreError::NotFound {
                        what: "turn",
                        name: (*turn).to_owned(),
                    });
                }
            }
            Ok(())
        })
    }
}

/// A score that needs only be written.
pub(crate) struct ReadyScore {
    review: ReadyReview,
    /// What it comes to.
    pub(crate) arithmetic: Arithmetic,
    keeping: Keeping,
    at_us: i64,
}

impl ReadyScore {
    /// Writes it, with its act.
    ///
    /// # Errors
    /// As [`Workspace::give_score`] has them.
    pub(crate) fn write(&self, changing: &mut Changing<'_>) -> Result<WrittenReview, StoreError> {
        self.keeping.keep(&changing.transaction, self.at_us)?;
        self.review.write(changing)
    }
}

/// The score of answers that are all there and fit.
///
/// # Errors
/// [`StoreError::Invalid`] when they are not, or what is scored is not what the rubric is of.
pub(crate) fn answered(
    definition: &Rubric,
    answers: &[Answer],
    has_turn: bool,
) -> Result<Arithmetic, StoreError> {
    if has_turn != (definition.scope == Scope::Turn) {
        return Err(StoreError::Invalid(match definition.scope {
            Scope::Turn => "this rubric is of turns: say which turn is scored".to_owned(),
            Scope::Session => "this rubric is of sessions: leave the turn out".to_owned(),
        }));
    }
    if let Some(problem) = definition.problems_of(answers, has_turn).first() {
        return Err(StoreError::Invalid(format!(
            "{}: {}",
            problem.at, problem.text
        )));
    }
    let arithmetic = definition.score(answers);
    if let Some(item) = arithmetic.unanswered.first() {
        return Err(StoreError::Invalid(format!(
            "every item is answered before a score is given; without an answer: {item}"
        )));
    }
    Ok(arithmetic)
}
