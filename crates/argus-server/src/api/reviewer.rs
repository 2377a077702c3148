//! Who judged, as answers show them.

use argus_store::Actor;
use serde::Serialize;
use utoipa::ToSchema;

use super::actors::name_of;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A person who judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Reviewer)]
pub(crate) struct ReviewerView {
    /// What kind of actor: `account`, or `system` where Argus itself did it.
    kind: &'static str,
    /// The account's id.
    id: String,
    /// The account's name; its id where the account is gone.
    name: String,
    /// Whether it is who asks.
    me: bool,
}

impl ReviewerView {
    /// Of an author as reviews name them: `account:ID`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of_author(app: &App, access: &Access, author: &str) -> Result<Self, Refusal> {
        let Some(id) = author.strip_prefix("account:") else {
            return Ok(Self {
                kind: "system",
                id: author.to_owned(),
                name: "Argus".to_owned(),
                me: false,
            });
        };
        Self::of_account(app, access, id)
    }

    /// Whether it is who asks.
    pub(crate) const fn is_me(&self) -> bool {
        self.me
    }

    /// Of an account, by its id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of_account(app: &App, access: &Access, id: &str) -> Result<Self, Refusal> {
        Ok(Self {
            kind: "account",
            id: id.to_owned(),
            name: name_of(app, Actor::account(id))?,
            me: access.principal.actor() == Actor::account(id),
        })
    }
}
