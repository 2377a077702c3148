//! Deciding what is right of an item: both judgements stay, the decision is one more, and an act of its own.

use argus_insight::rubric::Answer;
use serde_json::json;

use super::act::{account_of, open};
use super::item::{self, DecisionText};
use super::set_up::open_queue;
use super::settings::QueueKind;
use super::step::Event;
use crate::redaction::TypedBody;
use crate::reviews::{NewReview, ReviewKind, account_author};
use crate::scores::NewScore;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, rubrics};

/// A decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The verdict that holds: good or wrong.
    pub verdict: Option<String>,
    /// The answers that hold, to the newest version of the queue's rubric.
    pub answers: Option<Vec<Answer>>,
    /// Why.
    pub text: String,
}

impl Workspace {
    /// Decides a dispute, or writes down what a calibration came to; that becomes a precedent of its rubric. The judgement that
    /// is given with it is the decider's own.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is nothing to decide; [`StoreError::Invalid`] when a dispute is decided without a
    /// judgement, or the answers do not fit.
    pub fn adjudicate_item(
        &self,
        id: &str,
        decision: Decision,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let account = account_of(actor)?;
        rubrics::check_text(&decision.text)?;
        if decision
            .verdict
            .as_deref()
            .is_some_and(|word| word != "good" && word != "wrong")
        {
            return Err(StoreError::Invalid(
                "a decision's verdict is good or wrong".to_owned(),
            ));
        }
        let keys = self.inner().keys.clone();
        // Looked at before anything is written; the writer looks again.
        let found = self.read(|connection| {
            let row = item::one(connection, id)?.ok_or_else(|| item::no_item(id))?;
            if !scope.may_read(connection, row.session)? {
                return Err(item::no_item(id));
            }
            let queue = open_queue(connection, &keys, &row.queue)?;
            let known = crate::sqlite::records::session_of(connection, row.session)?;
            let (Some(session_id), hash) = known.ok_or_else(|| item::no_item(id))? else {
                return Err(item::no_item(id));
            };
            item::loaded(connection, &queue, &row)?
                .step(Event::Decide, 0)
                .map_err(item::refused)?;
            Ok((row, queue, session_id, hash))
        })?;
        let (row, queue, session_id, hash) = found;
        let is_calibration = queue.settings.kind == QueueKind::Calibration;
        if !is_calibration && decision.verdict.is_none() && decision.answers.is_none() {
            return Err(StoreError::Invalid(
                "a dispute is decided by a judgement: give a verdict, or answers to the rubric"
                    .to_owned(),
            ));
        }
        let turn = row.turn().map(str::to_owned);
        let number = row.id;
        let now_us = self.now_us();
        let mut text = DecisionText {
            text: Some(decision.text.clone()),
            account: account.clone(),
            at_us: now_us,
            verdict: decision.verdict.clone(),
            score_review: None,
            basis_points: None,
            passed: None,
        };
        let score = match decision.answers {
            None => None,
            Some(answers) => {
                let rubric = queue.settings.rubric.clone().ok_or_else(|| {
                    StoreError::Invalid("this queue has no rubric: decide by a verdict".to_owned())
                })?;
                let newest =
                    self.read(|connection| rubrics::newest_version(connection, &rubric))?;
                let new = NewScore {
                    session_id: session_id.clone(),
                    turn: turn.clone(),
                    rubric,
                    version: newest.unwrap_or_default(),
                    answers,
                    comment: Some(decision.text.clone()),
                    queue_item: Some(id.to_owned()),
                };
                let score = self.ready_score(new, actor, scope)?;
                text.basis_points = score.arithmetic.basis_points.map(i64::from);
                text.passed = score.arithmetic.passed;
                Some(score)
            }
        };
        let verdict = match decision.verdict {
            None => None,
            Some(word) => {
                let new = NewReview {
                    session_id,
                    kind: ReviewKind::Verdict,
                    turn: turn.clone(),
                    word,
                    number: None,
                    stands: true,
                    queue_item: Some(id.to_owned()),
                    changes: None,
                    body: json!({"reason": decision.text}),
                };
                Some(self.ready_review(new, actor, scope)?)
            }
        };
        let redactor = self.redactor();
        let precedent = match &queue.settings.rubric {
            Some(rubric) if is_calibration => {
                let text = TypedBody::of_text(&redactor, &decision.text)?;
                let sealed = rubrics::seal_precedent(&keys, Some(hash), &text, self.random())?;
                Some((rubric.clone(), sealed, self.keeping(rubric)))
            }
            _ => None,
        };
        let act = self.act_now(
            ActKind::QueueItemChanged,
            actor,
            self.item_detail(id, "decided")?,
        );
        let (random, scope, id) = (self.random_for_writer(), scope.clone(), id.to_owned());
        // All of it or nothing: no item is decided without its judgement, and none stands beside a decision of another.
        self.change_with_acts(move |changing| {
            let opened = open(&changing.transaction, &keys, &id, &scope)?;
            let session = opened.row.session;
            opened.step(&changing.transaction, Event::Decide, now_us)?;
            changing.write_act(&act)?;
            if let Some(score) = score {
                text.score_review = Some(score.write(changing)?.id);
            }
            if let Some(verdict) = verdict {
                verdict.write(changing)?;
            }
            let body = TypedBody::of(&redactor, &text)?;
            changing.transaction.execute(
                "UPDATE queue_items SET decision = ?2 WHERE id = ?1",
                rusqlite::params![number, item::sealed(&keys, hash, &body, random.as_ref())?],
            )?;
            if let Some((rubric, sealed, keeping)) = precedent {
                keeping.keep(&changing.transaction, now_us)?;
                rubrics::add_precedent(
                    &changing.transaction,
                    &rubric,
                    Some(session),
                    turn.as_deref(),
                    &account_author(&account),
                    now_us,
                    &sealed,
                )?;
            }
            Ok(())
        })?;
        self.inner().handover.tell();
        Ok(())
    }
}
