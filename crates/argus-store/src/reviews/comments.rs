//! Comments: texts beside a session, in threads.
//!
//! What a comment says now is its newest row; each row has all of it, so that the rows before are its history.

use std::sync::PoisonError;

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::anchors::{Anchor, NewAnchor, Placing, StoredAnchor};
use super::reader::author_of;
use super::write::WrittenReview;
use super::{NewReview, Review, ReviewChange, ReviewKind, ReviewReader, mentions, typed};
use crate::limits::{COMMENT_CHARS_MAX, COMMENTS_PER_SESSION_MAX};
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, StoreError};

/// A comment to be written.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// The session's id.
    pub session_id: String,
    /// What it is about; of a reply, what its thread is about.
    pub anchor: NewAnchor,
    /// What it says.
    pub text: String,
    /// The comment that it answers.
    pub reply_to: Option<u64>,
    /// The accounts that it is to reach, by id.
    pub mentions: Vec<String>,
    /// The item of a queue that it is written for.
    pub queue_item: Option<String>,
}

/// A change of a comment.
#[derive(Debug, Clone, Default)]
pub struct CommentEdit {
    /// What it says from now on: its author's to change.
    pub text: Option<String>,
    /// Whom it mentions from now on.
    pub mentions: Option<Vec<String>>,
    /// Taken back, or put back: its author's to decide, or a moderator's.
    pub is_removed: Option<bool>,
    /// Whether what the thread is about is settled: anybody's to say, of the comment that begins it.
    pub is_resolved: Option<bool>,
}

/// A comment that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: u64,
    /// The comment that begins its thread; `None` of that one.
    pub reply_to: Option<u64>,
    /// What it is about, as it is now.
    pub anchor: Anchor,
    /// What it says; `None` where it was taken back.
    pub text: Option<String>,
    /// The accounts that it is to reach, by id.
    pub mentions: Vec<String>,
    /// Whose it is: `account:ID`.
    pub author: String,
    /// When it was written, microseconds UTC.
    pub at_us: i64,
    /// When its text was last changed.
    pub edited_at_us: Option<i64>,
    /// It was taken back.
    pub is_removed: bool,
    /// What its thread is about is settled.
    pub is_resolved: bool,
    /// Everything that was done to it, the writing first.
    pub history: Vec<CommentVersion>,
}

/// What was done to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentVersion {
    /// The act's number.
    pub id: u64,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// Who did it: `account:ID`.
    pub author: String,
    /// What.
    pub change: CommentChange,
    /// What the comment said from then on; `None` where it is taken back by now: who takes a comment back takes its earlier
    /// texts back too.
    pub text: Option<String>,
}

/// Kinds of changes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentChange {
    /// It was written.
    Written,
    /// Its text was changed.
    Edited,
    /// It was taken back.
    Removed,
    /// It was put back.
    Restored,
    /// Its thread was settled.
    Resolved,
    /// Its thread was opened again.
    Reopened,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Body {
    #[serde(default)]
    anchor: StoredAnchor,
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reply_to: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    mentions: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    is_removed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    is_resolved: bool,
    change: CommentChange,
    /// Who changed it, where it was not its author.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    by: Option<String>,
}

impl Workspace {
    /// Writes a comment; gives its id. `reader` is who writes it: a comment that they do not see, they cannot answer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] as of any review, and when what it is about or answers is not there; [`StoreError::Outdated`]
    /// when the quoted text is another by now; [`StoreError::Invalid`] when a limit is passed or a mentioned person may not
    /// read the session.
    pub fn write_comment(
        &self,
        new: NewComment,
        actor: &Actor,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<u64, StoreError> {
        self.may_be_read(&new.session_id, scope)?;
        let text = typed::text("a comment", &new.text, COMMENT_CHARS_MAX)?;
        let mentions = self.mentionable(&new.session_id, new.mentions)?;
        let (anchor, reply_to) = match new.reply_to {
            Some(answered) => {
                let begins = self.thread_of(&new.session_id, answered, scope, reader)?;
                (begins.body.anchor, Some(begins.root))
            }
            None => (self.anchored(&new.session_id, new.anchor)?, None),
        };
        let review = NewReview {
            session_id: new.session_id,
            kind: ReviewKind::Comment,
            turn: anchor.turn.clone(),
            word: String::new(),
            number: None,
            stands: true,
            queue_item: new.queue_item,
            changes: None,
            body: Body {
                anchor,
                text,
                reply_to,
                mentions: mentions.clone(),
                is_removed: false,
                is_resolved: false,
                change: CommentChange::Written,
                by: None,
            },
        };
        let own = actor.id.clone();
        self.write_review_with(review, actor, scope, move |transaction, written| {
            check_count(transaction, written)?;
            mentions::put(transaction, written.session, written.id, &mentions, &own)?;
            Ok(written.id)
        })
    }

    /// Changes a comment. `reader` is who does; who manages reviews may take back anybody's.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment that the actor sees; [`StoreError::Forbidden`] when it is
    /// another's; [`StoreError::Invalid`] when nothing is to be changed, or a limit is passed.
    pub fn change_comment(
        &self,
        session_id: &str,
        comment: u64,
        edit: &CommentEdit,
        actor: &Actor,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<(), StoreError> {
        let mentions = match &edit.mentions {
            Some(mentions) => Some(self.mentionable(session_id, mentions.clone())?),
            None => None,
        };
        let changes = self.inner().comment_changes.lock();
        let _one_at_a_time = changes.unwrap_or_else(PoisonError::into_inner);
        let held = self.comment_of(session_id, comment, scope, reader)?;
        let changed = edited(&held, edit, mentions.as_deref(), actor, reader.manages())?;
        self.write_change(session_id, &held, changed, actor, scope)
    }

    fn write_change(
        &self,
        session_id: &str,
        held: &Held,
        body: Body,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        let (root, newest, own) = (held.root, held.newest, actor.id.clone());
        let mentions = body.mentions.clone();
        let review = NewReview {
            session_id: session_id.to_owned(),
            kind: ReviewKind::Comment,
            turn: held.turn.clone(),
            word: String::new(),
            number: None,
            stands: !body.is_removed,
            queue_item: None,
            changes: Some(ReviewChange {
                root: Some(root),
                author: held.author.clone(),
            }),
            body,
        };
        self.write_review_with(review, actor, scope, move |transaction, written| {
            // Each row has all of a comment: one that does not know the row before would undo it.
            let before: Option<u64> = transaction
                .prepare_cached(
                    "SELECT max(act) FROM reviews WHERE session = ?1 AND kind = ?2 AND root = ?3 AND act < ?4",
                )?
                .query_row(
                    params![written.session, ReviewKind::Comment.number(), root, written.id],
                    |row| row.get(0),
                )
                .optional()?
                .flatten();
            if before != Some(newest) {
                return Err(StoreError::Outdated { what: "comment" });
            }
            mentions::put(transaction, written.session, root, &mentions, &own)
        })
    }

    /// The comment with this id, as its newest row says.
    fn comment_of(
        &self,
        session_id: &str,
        comment: u64,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Held, StoreError> {
        let all = self.reviews(session_id, &[ReviewKind::Comment], scope, reader)?;
        let all = all.ok_or_else(|| StoreError::NotFound {
            what: "session",
            name: session_id.to_owned(),
        })?;
        let rows = all.iter().filter(|row| row.root == Some(comment));
        let newest = rows.max_by_key(|row| row.id);
        let held = newest.map(|row| Ok::<_, StoreError>((row, row.body_as::<Body>()?)));
        match held.transpose()? {
            Some((row, Some(body))) => Ok(Held {
                root: comment,
                newest: row.id,
                turn: row.turn.clone(),
                author: row.author.clone(),
                body,
            }),
            _ => Err(StoreError::NotFound {
                what: "comment",
                name: comment.to_string(),
            }),
        }
    }

    /// The comment that begins the thread of another.
    fn thread_of(
        &self,
        session_id: &str,
        comment: u64,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Held, StoreError> {
        let answered = self.comment_of(session_id, comment, scope, reader)?;
        match answered.body.reply_to {
            Some(begins) => self.comment_of(session_id, begins, scope, reader),
            None => Ok(answered),
        }
    }

    fn may_be_read(&self, session_id: &str, scope: &ReadScope) -> Result<(), StoreError> {
        match self.session_version(session_id, scope)? {
            Some(_) => Ok(()),
            None => Err(StoreError::NotFound {
                what: "session",
                name: session_id.to_owned(),
            }),
        }
    }
}

/// A comment, as its newest row says.
struct Held {
    root: u64,
    newest: u64,
    turn: Option<String>,
    author: String,
    body: Body,
}

/// A comment's body with a change made.
fn edited(
    held: &Held,
    edit: &CommentEdit,
    mentions: Option<&[String]>,
    actor: &Actor,
    is_moderator: bool,
) -> Result<Body, StoreError> {
    let own = author_of(actor);
    let is_own = own.as_deref() == Some(held.author.as_str());
    let mut body = held.body.clone();
    let mut change = None;
    if let Some(is_resolved) = edit.is_resolved {
        if body.reply_to.is_some() {
            return Err(StoreError::Invalid(
                "a thread is resolved at the comment that begins it".to_owned(),
            ));
        }
        body.is_resolved = is_resolved;
        change = Some(if is_resolved {
            CommentChange::Resolved
        } else {
            CommentChange::Reopened
        });
    }
    if let Some(text) = &edit.text {
        if !is_own {
            return Err(StoreError::Forbidden(
                "only who wrote a comment changes its text".to_owned(),
            ));
        }
        body.text = typed::text("a comment", text, COMMENT_CHARS_MAX)?;
        change = Some(CommentChange::Edited);
    }
    if let Some(mentions) = mentions {
        if !is_own {
            return Err(StoreError::Forbidden(
                "only who wrote a comment changes whom it mentions".to_owned(),
            ));
        }
        body.mentions = mentions.to_vec();
        change = Some(CommentChange::Edited);
    }
    if let Some(is_removed) = edit.is_removed {
        if !is_own && !is_moderator {
            return Err(StoreError::Forbidden(
                "a comment is taken back by who wrote it, or by an owner or admin".to_owned(),
            ));
        }
        body.is_removed = is_removed;
        change = Some(if is_removed {
            CommentChange::Removed
        } else {
            CommentChange::Restored
        });
    }
    body.change = change.ok_or_else(|| {
        StoreError::Invalid("nothing is to be changed: give a text, removed or resolved".to_owned())
    })?;
    body.by = own.filter(|_| !is_own);
    Ok(body)
}

fn check_count(transaction: &Transaction<'_>, written: WrittenReview) -> Result<(), StoreError> {
    let count: i64 = transaction
        .prepare_cached(
            "SELECT count(*) FROM reviews WHERE session = ?1 AND kind = ?2 AND act = root",
        )?
        .query_row(
            params![written.session, ReviewKind::Comment.number()],
            |row| row.get(0),
        )?;
    if count > COMMENTS_PER_SESSION_MAX {
        return Err(StoreError::Invalid(format!(
            "a session has at most {COMMENTS_PER_SESSION_MAX} comments, and this one has them"
        )));
    }
    Ok(())
}

/// The comments that reviews are, by id, what they are about found again.
pub(super) fn of_reviews(
    reviews: &[Review],
    placing: &mut Placing<'_>,
) -> Result<Vec<Comment>, StoreError> {
    let mut comments = Vec::new();
    let begun = reviews
        .iter()
        .filter(|row| row.kind == ReviewKind::Comment && row.root == Some(row.id));
    for first in begun {
        let rows = reviews
            .iter()
            .filter(|row| row.kind == ReviewKind::Comment && row.root == first.root);
        let mut versions = Vec::new();
        for row in rows {
            if let Some(body) = row.body_as::<Body>()? {
                versions.push((row, body));
            }
        }
        let Some((_, now)) = versions.last() else {
            continue;
        };
        let is_edit = |(_, body): &&(&Review, Body)| body.change == CommentChange::Edited;
        let shown = |text: &str| (!now.is_removed).then(|| text.to_owned());
        comments.push(Comment {
            id: first.id,
            reply_to: now.reply_to,
            anchor: placing.anchor(&now.anchor)?,
            text: shown(&now.text),
            mentions: now.mentions.clone(),
            author: first.author.clone(),
            at_us: first.at_us,
            edited_at_us: versions
                .iter()
                .rev()
                .find(is_edit)
                .map(|(row, _)| row.at_us),
            is_removed: now.is_removed,
            is_resolved: now.is_resolved,
            history: versions
                .iter()
                .map(|(row, body)| CommentVersion {
                    id: row.id,
                    at_us: row.at_us,
                    author: body.by.clone().unwrap_or_else(|| row.author.clone()),
                    change: body.change,
                    text: shown(&body.text),
                })
                .collect(),
        });
    }
    Ok(comments)
}
