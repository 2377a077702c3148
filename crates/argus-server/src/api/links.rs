//! One-time links: to set the server up, by invitation, to sign in once, to set a new password. Their token stands behind the `#`
//! of the browser's address, which is sent to no server; the page hands it over in a body.

pub(crate) mod accept;
pub(crate) mod inspect;

use argus_store::{Invitation, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::time::Time;
use crate::app::App;
use crate::auth::links::LinkPurpose;
use crate::refusal::{ErrorCode, Refusal};

/// A link's token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkToken {
    /// What stands behind the `#`.
    token: String,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkKind {
    /// To make the first owner.
    SetUp,
    /// To become a member.
    Invitation,
    /// To sign in once, without a password.
    SignIn,
    /// To set a new password.
    Reset,
}

/// A link, as far as its holder may know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinkView {
    /// What it is for.
    kind: LinkKind,
    /// The workspace that it invites to.
    #[schema(required = true)]
    workspace: Option<String>,
    /// The role that it gives there.
    #[schema(required = true, value_type = Option<super::members::RoleName>)]
    role: Option<Role>,
    /// Whom it is for; null for the set-up.
    #[schema(required = true)]
    email: Option<String>,
    /// True when the address has an account already, whose password is asked instead of a new one.
    has_account: bool,
    /// Until when it is good.
    expires_at: Time,
}

/// What a token stands for.
enum Found {
    Own(LinkPurpose, i64),
    Invitation(String, Invitation),
}

fn find(app: &App, token: &str) -> Result<Found, Refusal> {
    if let Some((purpose, expires_at_us)) = app.links.find(token) {
        return Ok(Found::Own(purpose, expires_at_us));
    }
    match app.store.find_invitation(token)? {
        Some((workspace, invitation)) => Ok(Found::Invitation(workspace, invitation)),
        None => Err(over()),
    }
}

fn over() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "this link is over: it was used, withdrawn or has expired, or the server was restarted since; ask for a new one",
    )
}
