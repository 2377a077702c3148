//! Share links: a session, or some of its turns, shown to whoever has the link, for a while.
//!
//! Of the link's token only the hash is kept. What is shown, and what is masked beyond what was redacted, is sealed under the
//! session's key: it goes with the session, and so does the link. Nothing of what is shown is kept: a link shows what the
//! store holds when it is opened, so that what was erased or redacted meanwhile is not in it; and of that only what there was
//! when it was looked at, since nobody looked at the rest.

mod list;
mod open;

use std::collections::BTreeSet;

use argus_session::RecordId;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::key_ring::IdHash;
use crate::redaction::TypedBody;
use crate::sqlite::records;
use crate::token::{self, TokenKind};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, Store, StoreError, seal};

pub use list::ShareOpening;
pub use open::FoundShare;

/// The tables.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE shares (
        id TEXT PRIMARY KEY, hash BLOB NOT NULL, session INTEGER NOT NULL, author TEXT NOT NULL, made_at_us INTEGER NOT NULL,
        expires_at_us INTEGER NOT NULL, revoked_at_us INTEGER, openings INTEGER NOT NULL, opened_at_us INTEGER, sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX shares_session ON shares (session);
    CREATE INDEX shares_made ON shares (made_at_us, id);
    CREATE TABLE share_openings (
        n INTEGER PRIMARY KEY, share TEXT NOT NULL, at_us INTEGER NOT NULL, visitor BLOB NOT NULL
    ) STRICT;
    CREATE INDEX share_openings_share ON share_openings (share, n);";

/// How long a link is good for at most: 90 days, in microseconds.
pub const SHARE_US_MAX: i64 = 90 * 24 * 3_600 * 1_000_000;
/// Most links of one session, those that are over included.
pub const SHARES_PER_SESSION_MAX: usize = 200;
/// Longest sealed part of a share, in bytes: as many turns as a session can well have.
const CONTENT_BYTES_MAX: usize = 1024 * 1024;

/// The state of a session that was looked at before it was shared: what came later is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// The newest of its records that was there.
    pub record: RecordId,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// The reviews that were shown, by id. What was hidden then, since its session was reviewed blind, nobody looked at.
    #[serde(default)]
    pub reviews: BTreeSet<u64>,
}

/// What a link shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareContent {
    /// The turns, by id. `None`, all that there were, is of links that were made before turns were always named.
    pub turns: Option<Vec<String>>,
    /// Whether those were all the turns that there were when it was made.
    #[serde(default)]
    pub is_whole: bool,
    /// What was looked at. Of a link that was made before this was kept: what there was when it was made.
    #[serde(default)]
    pub looked_at: Option<LookedAt>,
    /// Whether what tools gave back is shown.
    pub tool_outputs: bool,
    /// Whether what the model thought is shown.
    pub thinking: bool,
    /// Whether verdicts, tags, comments, corrected answers and scores are shown.
    pub reviews: bool,
    /// Words that are masked, in any case.
    pub words: Vec<String>,
    /// Regular expressions of what is masked.
    pub patterns: Vec<String>,
    /// What its sharer calls it, for themselves.
    pub note: Option<String>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its id.
    pub id: String,
    /// The session's id.
    pub session_id: String,
    /// What it shows.
    pub content: ShareContent,
    /// The account that made it: `account:ID`.
    pub author: String,
    /// When, microseconds UTC.
    pub made_at_us: i64,
    /// Until when it is good.
    pub expires_at_us: i64,
    /// When it was revoked.
    pub revoked_at_us: Option<i64>,
    /// How often it was opened.
    pub openings: u64,
    /// When it was opened last.
    pub opened_at_us: Option<i64>,
}

/// A link just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShare {
    /// Its id.
    pub id: String,
    /// The token of its address: shown once.
    pub token: String,
}

impl Store {
    /// Makes a link to a session that `scope` lets its sharer read. How long it is good for is bounded by [`SHARE_US_MAX`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such workspace, session or turn; [`StoreError::Invalid`] when a limit is
    /// passed; when the store cannot be written.
    pub fn share(
        &self,
        workspace: &str,
        session_id: &str,
        content: &ShareContent,
        good_for_us: i64,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<NewShare, StoreError> {
        let found = self.required(workspace)?;
        let new = found.share(session_id, content, good_for_us, actor, scope)?;
        let (_, prefix) = token::read(&new.token).ok_or(StoreError::Closed)?;
        self.control().add_key_prefix(prefix, workspace)?;
        Ok(new)
    }
}

impl Workspace {
    fn share(
        &self,
        session_id: &str,
        content: &ShareContent,
        good_for_us: i64,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<NewShare, StoreError> {
        if !(1..=SHARE_US_MAX).contains(&good_for_us) {
            return Err(StoreError::Invalid(
                "a link is good for at most 90 days".to_owned(),
            ));
        }
        let (prefix, token) = token::new(TokenKind::ShareLink, self.random());
        let new = NewShare {
            id: format!("shr_{prefix}"),
            token,
        };
        let keys = self.inner().keys.clone();
        let session_hash = keys.session_hash(session_id);
        let key = keys.session_key(session_hash)?.ok_or_else(no_session)?;
        // The note goes through redaction; words and patterns have to be what they are, to be masked.
        let body = TypedBody::of(&self.redactor(), content)?;
        if body.bytes().len() > CONTENT_BYTES_MAX {
            return Err(StoreError::Invalid(
                "a link shows fewer turns, or masks less".to_owned(),
            ));
        }
        let sealed = seal::seal(
            &key,
            new.id.as_bytes(),
            &[0; 32],
            body.bytes(),
            self.random(),
        );
        let hash: [u8; 32] = Sha256::digest(&new.token).into();
        let now = self.now_us();
        let detail = serde_json::json!({
            "share": new.id, "session": hex::encode(session_hash), "expires_at_us": now + good_for_us,
            "turns": content.turns.as_ref().map(Vec::len), "tool_outputs": content.tool_outputs, "thinking": content.thinking,
            "reviews": content.reviews, "masks": content.words.len() + content.patterns.len(),
        });
        let (id, author) = (new.id.clone(), author(actor));
        let (session_id, scope, turns) =
            (session_id.to_owned(), scope.clone(), content.turns.clone());
        self.change(ActKind::ShareLinkMade, actor, detail, move |transaction| {
            let session = records::known_session(transaction, &session_id)?.ok_or_else(no_session)?;
            if !scope.may_read(transaction, session)? {
                return Err(no_session());
            }
            check_turns(transaction, session, turns.as_deref())?;
            let count: usize = transaction
                .prepare_cached("SELECT count(*) FROM shares WHERE session = ?1")?
                .query_row([session], |row| row.get(0))?;
            if count >= SHARES_PER_SESSION_MAX {
                return Err(StoreError::Invalid(format!(
                    "a session has at most {SHARES_PER_SESSION_MAX} links"
                )));
            }
            transaction.execute(
                "INSERT INTO shares (id, hash, session, author, made_at_us, expires_at_us, openings, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)",
                params![id, hash.as_slice(), session, author, now, now + good_for_us, sealed],
            )?;
            Ok(())
        })?;
        Ok(new)
    }

    /// Revokes a link of a session that `scope` lets the actor read; true when it was in force.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; when the store cannot be written.
    pub fn revoke_share(
        &self,
        id: &str,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<bool, StoreError> {
        let Some(share) = self.shared(id, scope)? else {
            return Err(StoreError::NotFound {
                what: "share link",
                name: id.to_owned(),
            });
        };
        let now = self.now_us();
        if share.revoked_at_us.is_some() || share.expires_at_us <= now {
            return Ok(false);
        }
        let detail = serde_json::json!({
            "share": id, "session": hex::encode(self.inner().keys.session_hash(&share.session_id)),
        });
        let id = id.to_owned();
        self.change(
            ActKind::ShareLinkRevoked,
            actor,
            detail,
            move |transaction| {
                transaction.execute(
                    "UPDATE shares SET revoked_at_us = ?2 WHERE id = ?1 AND revoked_at_us IS NULL",
                    params![id, now],
                )?;
                Ok(())
            },
        )?;
        Ok(true)
    }
}

/// Removes the links of a session that is erased, or whose content is switched off: what they mask may quote it.
pub(crate) fn remove_of_session(connection: &Connection, session: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM share_openings WHERE share IN (SELECT id FROM shares WHERE session = ?1)",
        "DELETE FROM shares WHERE session = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    Ok(())
}

fn check_turns(
    connection: &Connection,
    session: i64,
    turns: Option<&[String]>,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM turns WHERE session = ?1 AND id = ?2")?;
    for turn in turns.unwrap_or_default() {
        if !statement.exists(params![session, turn])? {
            return Err(StoreError::NotFound {
                what: "turn",
                name: turn.clone(),
            });
        }
    }
    Ok(())
}

/// As shares name who made them.
fn author(actor: &Actor) -> String {
    format!("account:{}", actor.id)
}

fn no_session() -> StoreError {
    StoreError::NotFound {
        what: "session",
        name: "of that id".to_owned(),
    }
}

/// The columns of a share, its session's id and hash beside it.
const COLUMNS: &str = "h.id, k.id, k.hash, h.author, h.made_at_us, h.expires_at_us, h.revoked_at_us, h.openings, h.opened_at_us, h.sealed, h.hash";

struct StoredShare {
    share: Share,
    session: IdHash,
    hash: Vec<u8>,
    sealed: Vec<u8>,
}

fn row(row: &Row<'_>) -> rusqlite::Result<StoredShare> {
    Ok(StoredShare {
        share: Share {
            id: row.get(0)?,
            session_id: row.get(1)?,
            content: ShareContent::default(),
            author: row.get(3)?,
            made_at_us: row.get(4)?,
            expires_at_us: row.get(5)?,
            revoked_at_us: row.get(6)?,
            openings: row.get(7)?,
            opened_at_us: row.get(8)?,
        },
        session: records::hash(row, 2)?,
        sealed: row.get(9)?,
        hash: row.get(10)?,
    })
}

impl StoredShare {
    /// With what it shows; `None` once the session's key is gone.
    fn opened(mut self, workspace: &Workspace) -> Result<Option<Share>, StoreError> {
        let Some(key) = workspace.inner().keys.session_key(self.session)? else {
            return Ok(None);
        };
        let (_, bytes) = seal::open(&key, self.share.id.as_bytes(), &self.sealed)?;
        self.share.content = serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt {
            table: "shares",
            what: format!("what {} shows", self.share.id),
        })?;
        let share = &mut self.share;
        if share.content.looked_at.is_none() {
            let newest = workspace.newest_record_at(&share.session_id, share.made_at_us)?;
            share.content.looked_at = Some(LookedAt {
                // There was one, unless a clock went back: then as little as can be.
                record: newest.unwrap_or_default(),
                at_us: share.made_at_us,
                // Which were hidden then is not known any more.
                reviews: BTreeSet::new(),
            });
        }
        Ok(Some(self.share))
    }
}
