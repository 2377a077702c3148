//! Reviews as answers show them.

use argus_store::{
    Anchor, AnchorState, Comment, CommentChange, CommentVersion, CorrectedAnswer, Tag, Verdict,
    VerdictWord,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::people::People;
use crate::api::reviewer::ReviewerView;
use crate::api::time::Time;
use crate::refusal::Refusal;

/// What a verdict says.
#[derive(Debug, ToSchema)]
#[schema(as = VerdictWord, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum VerdictName {
    /// It was as it should be.
    Good,
    /// It was not.
    Wrong,
    /// The person took back what they said.
    Withdrawn,
}

/// A verdict.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Verdict)]
pub(crate) struct VerdictView {
    id: String,
    /// The turn that it is of; null for the session as a whole.
    #[schema(required = true)]
    turn: Option<String>,
    #[schema(value_type = VerdictName)]
    verdict: VerdictWord,
    /// Why; null too when it went with the session's content.
    #[schema(required = true)]
    reason: Option<String>,
    by: ReviewerView,
    at: Time,
    /// The newest of this person on this: the others are history.
    current: bool,
    /// False when the turn is not there any more.
    placed: bool,
}

impl VerdictView {
    pub(super) fn of(verdict: Verdict, people: &mut People<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            id: verdict.id.to_string(),
            turn: verdict.turn,
            verdict: verdict.verdict,
            reason: verdict.reason,
            by: people.author(&verdict.author)?,
            at: Time(verdict.at_us),
            current: verdict.is_current,
            placed: verdict.is_placed,
        })
    }
}

/// A tag that is on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tag)]
pub(crate) struct TagView {
    id: String,
    /// The turn that it is of; null for the session as a whole.
    #[schema(required = true)]
    turn: Option<String>,
    tag: String,
    by: ReviewerView,
    at: Time,
    /// False when the turn is not there any more.
    placed: bool,
}

impl TagView {
    pub(super) fn of(tag: Tag, people: &mut People<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            id: tag.id.to_string(),
            turn: tag.turn,
            tag: tag.tag,
            by: people.author(&tag.author)?,
            at: Time(tag.at_us),
            placed: tag.is_placed,
        })
    }
}

/// What a comment is about, as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Anchor)]
pub(crate) struct AnchorView {
    #[schema(required = true)]
    turn: Option<String>,
    #[schema(required = true)]
    step: Option<String>,
    /// Which text of the step: `text`, `input`, `output`, `result`, `error`.
    #[schema(required = true)]
    field: Option<&'static str>,
    /// The first of the words, in Unicode scalar values of the text as `…/content` gives it: where they are now, or where they
    /// were.
    #[schema(required = true)]
    start: Option<u64>,
    /// After the last.
    #[schema(required = true)]
    end: Option<u64>,
    #[schema(value_type = AnchorStateName)]
    state: AnchorState,
}

/// Whether what a comment is about is still there.
#[derive(Debug, ToSchema)]
#[schema(as = AnchorState, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum AnchorStateName {
    /// It is about the session as a whole.
    Session,
    /// It is about a turn, which is there.
    Turn,
    /// It is about a step, or a whole text of one, which is there.
    Step,
    /// The words are where they were.
    Placed,
    /// The words are elsewhere in the same text.
    Moved,
    /// The step is there, the words are not: they were redacted, or replaced.
    QuoteChanged,
    /// The turn or step is not there any more.
    Unplaced,
}

impl From<Anchor> for AnchorView {
    fn from(anchor: Anchor) -> Self {
        Self {
            turn: anchor.turn,
            step: anchor.step,
            field: anchor.field.map(argus_store::ContentField::as_str),
            start: anchor.range.map(|range| range.start),
            end: anchor.range.map(|range| range.end),
            state: anchor.state,
        }
    }
}

/// A comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comment)]
pub(crate) struct CommentView {
    id: String,
    /// The comment that begins its thread; null of that one.
    #[schema(required = true)]
    reply_to: Option<String>,
    anchor: AnchorView,
    /// Null where it was taken back.
    #[schema(required = true)]
    text: Option<String>,
    mentions: Vec<ReviewerView>,
    by: ReviewerView,
    at: Time,
    /// When its text was last changed.
    #[schema(required = true)]
    edited_at: Option<Time>,
    /// It was taken back.
    removed: bool,
    /// What its thread is about is settled.
    resolved: bool,
    /// Everything that was done to it, the writing first.
    history: Vec<CommentVersionView>,
}

/// What was done to a comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentVersion)]
pub(crate) struct CommentVersionView {
    id: String,
    by: ReviewerView,
    at: Time,
    #[schema(value_type = CommentChangeName)]
    change: CommentChange,
    /// What the comment said from then on; null where it is taken back by now.
    #[schema(required = true)]
    text: Option<String>,
}

/// What was done to a comment.
#[derive(Debug, ToSchema)]
#[schema(as = CommentChange, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum CommentChangeName {
    Written,
    Edited,
    Removed,
    Restored,
    Resolved,
    Reopened,
}

impl CommentVersionView {
    fn of(version: CommentVersion, people: &mut People<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            id: version.id.to_string(),
            by: people.author(&version.author)?,
            at: Time(version.at_us),
            change: version.change,
            text: version.text,
        })
    }
}

impl CommentView {
    pub(super) fn of(comment: Comment, people: &mut People<'_>) -> Result<Self, Refusal> {
        let mentions = comment.mentions.iter().map(|id| people.account(id));
        Ok(Self {
            id: comment.id.to_string(),
            reply_to: comment.reply_to.map(|id| id.to_string()),
            anchor: comment.anchor.into(),
            text: comment.text,
            mentions: mentions.collect::<Result<_, _>>()?,
            by: people.author(&comment.author)?,
            at: Time(comment.at_us),
            edited_at: comment.edited_at_us.map(Time),
            removed: comment.is_removed,
            resolved: comment.is_resolved,
            history: comment
                .history
                .into_iter()
                .map(|version| CommentVersionView::of(version, people))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// What an answer should have been.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CorrectedAnswer)]
pub(crate) struct AnswerView {
    id: String,
    turn: String,
    /// Null where it was taken back.
    #[schema(required = true)]
    text: Option<String>,
    by: ReviewerView,
    at: Time,
    /// The newest of this person on this turn: the others are history.
    current: bool,
    /// False when the turn is not there any more.
    placed: bool,
}

impl AnswerView {
    pub(super) fn of(answer: CorrectedAnswer, people: &mut People<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            id: answer.id.to_string(),
            turn: answer.turn,
            text: answer.text,
            by: people.author(&answer.author)?,
            at: Time(answer.at_us),
            current: answer.is_current,
            placed: answer.is_placed,
        })
    }
}
