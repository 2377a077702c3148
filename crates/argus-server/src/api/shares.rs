//! Share links: a session, or some of its turns, for whoever has the link.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod openings;
pub(crate) mod preview;
pub(crate) mod previews;
pub(crate) mod revoke;

use std::collections::BTreeSet;

use argus_store::{LookedAt, ReadScope, Share, ShareContent, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actors::name_of;
use super::time::Time;
use crate::app::App;
use crate::auth::permission::{self, Permission};
use crate::export::share;
use crate::refusal::{ErrorCode, Refusal};

/// A day, in microseconds.
const DAY_US: i64 = 24 * 3_600 * 1_000_000;
/// Longest note, in characters.
const NOTE_CHARACTERS_MAX: usize = 200;

/// What a link is to show.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareRequest {
    /// The first turn that is shown; with `to_turn`. Without: all the turns that there are now; those that come later are not shown.
    #[serde(default)]
    from_turn: Option<String>,
    /// The last turn that is shown.
    #[serde(default)]
    to_turn: Option<String>,
    /// Whether what tools gave back is shown.
    tool_outputs: bool,
    /// Whether what the model thought is shown.
    thinking: bool,
    /// Whether verdicts, tags, comments, corrected answers and scores are shown, with the names of who gave them.
    #[serde(default)]
    reviews: bool,
    /// Words that are masked wherever they stand, in any case; at most 50 with the patterns.
    #[serde(default)]
    words: Vec<String>,
    /// Regular expressions of what is masked.
    #[serde(default)]
    patterns: Vec<String>,
    /// What its sharer calls it: shown to members only.
    #[serde(default)]
    note: Option<String>,
}

impl ShareRequest {
    /// What the link shows: turns by their ids, so that a turn that is told of later moves nothing into a range, and of them what
    /// there is at `now_us`.
    ///
    /// # Errors
    /// When there are no such turns, or a text is too long.
    fn content(
        self,
        workspace: &Workspace,
        session: &str,
        now_us: i64,
    ) -> Result<ShareContent, Refusal> {
        let wrong = |detail: &'static str| Refusal::new(ErrorCode::InvalidRequest, detail);
        // Before the turns: what comes in between is shown by none of the two.
        let version = workspace.session_version(session, &ReadScope::all())?;
        let reviews = match self.reviews {
            true => share::shown_reviews(workspace, session)?,
            false => BTreeSet::new(),
        };
        let looked_at = version.map(|version| LookedAt {
            record: version.record,
            at_us: now_us,
            reviews,
        });
        let turns = workspace.turns(session)?;
        let is_whole = self.from_turn.is_none();
        let turns = match (&self.from_turn, &self.to_turn) {
            // Nobody looked at what comes later: it is not shown.
            (None, None) => &turns[..],
            (Some(from), Some(to)) => {
                let place = |id: &str| turns.iter().position(|turn| turn.id == id);
                let (Some(from), Some(to)) = (place(from), place(to)) else {
                    return Err(wrong("the session has no such turns"));
                };
                let range = from.min(to)..=from.max(to);
                &turns[range]
            }
            _ => return Err(wrong("a range has both \"from_turn\" and \"to_turn\"")),
        };
        let note = self.note.filter(|note| !note.trim().is_empty());
        if note
            .as_ref()
            .is_some_and(|note| note.chars().count() > NOTE_CHARACTERS_MAX)
        {
            return Err(wrong("a note has at most 200 characters"));
        }
        Ok(ShareContent {
            turns: Some(turns.iter().map(|turn| turn.id.clone()).collect()),
            is_whole,
            looked_at,
            tool_outputs: self.tool_outputs,
            thinking: self.thinking,
            reviews: self.reviews,
            words: self.words,
            patterns: self.patterns,
            note,
        })
    }
}

/// Whether a link can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ShareState {
    /// It can.
    Open,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
    /// Who made it may not share or not read the session any more; with that right it could be opened again.
    Lapsed,
}

/// Whether who made a link could make it now: a link shows no more than its maker may read and share.
fn still_shared(workspace: &Workspace, share: &Share) -> Result<bool, Refusal> {
    let account = share.author.strip_prefix("account:").unwrap_or_default();
    let Some(member) = workspace.member(account)? else {
        return Ok(false);
    };
    if !permission::of_role(member.grant.role).contains(&Permission::SharesWrite) {
        return Ok(false);
    }
    let scope = ReadScope {
        projects: member.grant.projects,
        own_of: None,
    };
    Ok(workspace.shared(&share.id, &scope)?.is_some())
}

/// The turns of a link to a part of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedTurns {
    /// The first one's id.
    first: String,
    /// The last one's id.
    last: String,
    count: usize,
}

/// A link, as members see it: never its token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Share)]
pub(crate) struct ShareView {
    id: String,
    session: String,
    /// The session's title.
    #[schema(required = true)]
    title: Option<String>,
    /// Null where all of the session is shown, as far as it had come when the link was made.
    #[schema(required = true)]
    turns: Option<SharedTurns>,
    tool_outputs: bool,
    thinking: bool,
    reviews: bool,
    words: Vec<String>,
    patterns: Vec<String>,
    #[schema(required = true)]
    note: Option<String>,
    /// Who made it, by name.
    by: String,
    at: Time,
    expires_at: Time,
    #[schema(required = true)]
    revoked_at: Option<Time>,
    state: ShareState,
    openings: u64,
    #[schema(required = true)]
    last_opened_at: Option<Time>,
}

impl ShareView {
    fn of(app: &App, workspace: &Workspace, share: Share) -> Result<Self, Refusal> {
        let title = workspace
            .session(&share.session_id)?
            .and_then(|session| session.title?.text);
        let state = if share.revoked_at_us.is_some() {
            ShareState::Revoked
        } else if share.expires_at_us <= app.store.now_us() {
            ShareState::Expired
        } else if still_shared(workspace, &share)? {
            ShareState::Open
        } else {
            ShareState::Lapsed
        };
        let author = share
            .author
            .strip_prefix("account:")
            .unwrap_or(&share.author);
        let content = share.content;
        Ok(Self {
            by: name_of(app, argus_store::Actor::account(author))?,
            id: share.id,
            session: share.session_id,
            title,
            turns: content
                .turns
                .filter(|_| !content.is_whole)
                .and_then(|turns| {
                    Some(SharedTurns {
                        first: turns.first()?.clone(),
                        last: turns.last()?.clone(),
                        count: turns.len(),
                    })
                }),
            tool_outputs: content.tool_outputs,
            thinking: content.thinking,
            reviews: content.reviews,
            words: content.words,
            patterns: content.patterns,
            note: content.note,
            at: Time(share.made_at_us),
            expires_at: Time(share.expires_at_us),
            revoked_at: share.revoked_at_us.map(Time),
            state,
            openings: share.openings,
            last_opened_at: share.opened_at_us.map(Time),
        })
    }
}

fn no_share() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "there is no such link that you may see: its session may have been erased",
    )
}
