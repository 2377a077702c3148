//! Who did something, by name.

use argus_store::{Actor, ActorKind};

use crate::app::App;
use crate::refusal::Refusal;

/// The name of an account that is known; of everybody else the id.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn name_of(app: &App, by: Actor) -> Result<String, Refusal> {
    if by.kind == ActorKind::Account
        && let Some(account) = app.store.account(&by.id)?
    {
        return Ok(account.name);
    }
    Ok(by.id)
}
