//! Opening a link: by its token, with an act each time.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{COLUMNS, Share, row};
use crate::limits::PAGE_ROWS_MAX;
use crate::token::{self, TokenKind};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, Store, StoreError};

/// What a token leads to.
#[derive(Debug)]
pub enum FoundShare {
    /// A link that is good.
    Open(Workspace, Box<Share>),
    /// A link that was revoked, or is over.
    Over,
}

impl Store {
    /// What a token leads to; `None` where it is the token of nothing: there was no such link, or its session was erased.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn find_share(&self, token: &str) -> Result<Option<FoundShare>, StoreError> {
        let Some((TokenKind::ShareLink, prefix)) = token::read(token) else {
            return Ok(None);
        };
        let Some(name) = self.control().workspace_of_prefix(prefix)? else {
            return Ok(None);
        };
        let Some(workspace) = self.workspace(&name)? else {
            return Ok(None);
        };
        let Some(share) = workspace.find_share(prefix, token)? else {
            return Ok(None);
        };
        let is_good = share.revoked_at_us.is_none() && share.expires_at_us > self.now_us();
        Ok(Some(if is_good {
            FoundShare::Open(workspace, Box::new(share))
        } else {
            FoundShare::Over
        }))
    }
}

impl Workspace {
    fn find_share(&self, prefix: &str, token: &str) -> Result<Option<Share>, StoreError> {
        let id = format!("shr_{prefix}");
        let found = self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM shares h JOIN sessions_known k ON k.n = h.session WHERE h.id = ?1 AND k.id IS NOT NULL"
            );
            Ok(connection
                .prepare_cached(&sql)?
                .query_row([id], row)
                .optional()?)
        })?;
        let Some(stored) = found else {
            return Ok(None);
        };
        let hash: [u8; 32] = Sha256::digest(token).into();
        if !bool::from(stored.hash.as_slice().ct_eq(hash.as_slice())) {
            return Ok(None);
        }
        stored.opened(self)
    }

    /// Notes that a link is opened, by an act and for its sharer's list. `network` is where from, as the server tells networks
    /// apart; what is kept is eight bytes of its keyed hash with the link's id: two openings of one link from one network are
    /// told to be that, those of two links are not, and the address cannot be read back without the workspace's key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is over, or its session was erased meanwhile; when the act cannot be written: then
    /// nothing is to be shown.
    pub fn open_share(&self, share: &Share, network: &str) -> Result<(), StoreError> {
        let keys = &self.inner().keys;
        let visitor =
            keys.actor_hash(&format!("share-visitor:{}:{network}", share.id))[..8].to_vec();
        let detail = serde_json::json!({
            "share": share.id, "session": hex::encode(keys.session_hash(&share.session_id)), "visitor": hex::encode(&visitor),
        });
        let (id, now) = (share.id.clone(), self.now_us());
        self.change(
            ActKind::ShareLinkOpened,
            &Actor::share_link(&share.id),
            detail,
            move |transaction| {
                let opened = transaction.execute(
                    "UPDATE shares SET openings = openings + 1, opened_at_us = ?2
                     WHERE id = ?1 AND revoked_at_us IS NULL AND expires_at_us > ?2",
                    params![id, now],
                )?;
                if opened == 0 {
                    return Err(StoreError::NotFound {
                        what: "share link",
                        name: id,
                    });
                }
                transaction.execute(
                    "INSERT INTO share_openings (share, at_us, visitor) VALUES (?1, ?2, ?3)",
                    params![id, now, visitor],
                )?;
                // The acts have all of them; the list has the newest.
                transaction.execute(
                    &format!(
                        "DELETE FROM share_openings WHERE share = ?1 AND n <= (
                             SELECT n FROM share_openings WHERE share = ?1 ORDER BY n DESC LIMIT 1 OFFSET {PAGE_ROWS_MAX})"
                    ),
                    params![id],
                )?;
                Ok(())
            },
        )
    }
}
