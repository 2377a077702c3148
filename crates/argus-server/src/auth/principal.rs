//! Who is asking: a person who signed in, or a read key; and what they may do in a workspace.

use argus_store::{
    Account, Actor, Grant, KeyGrant, KeyScope, ReadScope, ReviewReader, Role, SignIn, Store,
    Workspace,
};
use axum::http::HeaderMap;

use super::permission::{self, Permission};
use super::signing_in::{TOUCH_US, ends_at_us, hash};
use super::{bearer, cookie};
use crate::refusal::{ErrorCode, Refusal};

/// Who is asking.
#[derive(Debug, Clone)]
pub(crate) enum Principal {
    /// A person, by a browser's cookie.
    Account {
        /// Who.
        account: Account,
        /// By which sign-in.
        sign_in: SignIn,
    },
    /// A read key.
    Key(KeyGrant),
}

/// A principal in a workspace.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    /// Who.
    pub(crate) principal: Principal,
    /// Where.
    pub(crate) workspace: Workspace,
    /// What they may do there.
    pub(crate) permissions: &'static [Permission],
    /// What they may read there.
    pub(crate) scope: ReadScope,
    /// The grant of a person; a key has none.
    pub(crate) grant: Option<Grant>,
}

impl Principal {
    /// The one that a request's headers name.
    ///
    /// # Errors
    /// Unauthenticated when they name none that is in force; forbidden for a key that only delivers.
    pub(crate) fn of(store: &Store, headers: &HeaderMap) -> Result<Self, Refusal> {
        if let Some(token) = bearer(headers) {
            let grant = store.find_key(token)?.ok_or_else(|| {
                nobody(
                    "this key is not in force here: make one with `argus key create --scope read`",
                )
            })?;
            if grant.scope != KeyScope::Read {
                return Err(Refusal::new(
                    ErrorCode::Forbidden,
                    "this key does not read: read with a key from `argus key create --scope read`",
                ));
            }
            return Ok(Self::Key(grant));
        }
        let Some(token) = cookie::read(headers) else {
            return Err(nobody(
                "nobody is signed in: sign in, or send \"Authorization: Bearer KEY\" with a read key",
            ));
        };
        let now = store.now_us();
        let found = store
            .find_sign_in(&hash(token))?
            .filter(|(sign_in, _)| ends_at_us(sign_in) > now);
        let Some((sign_in, account)) = found else {
            return Err(nobody("this sign-in is over: sign in again"));
        };
        Ok(Self::Account { account, sign_in })
    }

    /// Notes that a person did something: a sign-in that is not used ends. Where that cannot be written, reading goes on.
    pub(crate) fn note_use(&self, store: &Store) {
        let Self::Account { sign_in, .. } = self else {
            return;
        };
        let now = store.now_us();
        if now - sign_in.last_seen_at_us >= TOUCH_US
            && let Err(error) = store.touch_sign_in(&sign_in.id, now)
        {
            tracing::warn!(%error, "that a sign-in was used could not be noted");
        }
    }

    /// True for one that a browser's cookie names.
    pub(crate) fn is_by_cookie(&self) -> bool {
        matches!(self, Self::Account { .. })
    }

    /// As acts name it.
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Account { account, .. } => Actor::account(&account.id),
            Self::Key(key) => Actor::key(&key.key_id),
        }
    }

    /// What it may do in a workspace; `None` where it has no business: whether there is such a workspace is not its to know.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn access(&self, store: &Store, workspace: &str) -> Result<Option<Access>, Refusal> {
        let Some(workspace) = store.workspace(workspace)? else {
            return Ok(None);
        };
        let (permissions, scope, grant) = match self {
            Self::Key(key) => {
                if key.workspace != workspace.name() {
                    return Ok(None);
                }
                let scope = ReadScope {
                    projects: (!key.projects.is_empty()).then(|| key.projects.clone()),
                    own_of: None,
                };
                (permission::OF_READ_KEY, scope, None)
            }
            Self::Account { account, .. } => {
                let Some(member) = workspace.member(&account.id)? else {
                    return Ok(None);
                };
                let scope = ReadScope {
                    projects: member.grant.projects.clone(),
                    own_of: (member.grant.role == Role::Member).then(|| account.email.clone()),
                };
                (
                    permission::of_role(member.grant.role),
                    scope,
                    Some(member.grant),
                )
            }
        };
        Ok(Some(Access {
            principal: self.clone(),
            workspace,
            permissions,
            scope,
            grant,
        }))
    }
}

impl Access {
    /// True of one who may see which devices capture, and of all sessions.
    pub(crate) fn sees_devices(&self) -> bool {
        self.permissions.contains(&Permission::CaptureRead) && self.scope == ReadScope::all()
    }

    /// As whom the principal reads reviews.
    pub(crate) fn reader(&self) -> ReviewReader {
        let manages = self.permissions.contains(&Permission::ReviewsManage);
        ReviewReader::of(&self.principal.actor()).managing(manages)
    }

    /// # Errors
    /// Forbidden when `permission` is not among those that the principal has here.
    pub(crate) fn require(&self, permission: Permission) -> Result<(), Refusal> {
        if self.permissions.contains(&permission) {
            return Ok(());
        }
        Err(Refusal::new(
            ErrorCode::Forbidden,
            "your role in this workspace does not allow this: an owner or admin can change it",
        ))
    }
}

fn nobody(detail: &'static str) -> Refusal {
    Refusal::new(ErrorCode::Unauthenticated, detail)
}
