//! What is said of a session that is not there any more.

use argus_session::time::rfc3339;
use argus_store::{OptOut, ReadScope, TombstoneKind, Workspace};
use serde_json::json;

use super::no_session;
use crate::refusal::{ErrorCode, Refusal};

/// Why there is no such session: it was made private or erased, where the reader may know; else that there is none.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn gone(
    workspace: &Workspace,
    session_id: &str,
    scope: &ReadScope,
) -> Result<Refusal, Refusal> {
    let found = workspace.tombstone(session_id, scope)?;
    let Some(tombstone) = found.filter(|found| found.kind.is_gone()) else {
        return Ok(no_session());
    };
    let at = rfc3339(tombstone.at_us);
    let (code, detail) = match tombstone.kind {
        TombstoneKind::Private => (
            ErrorCode::SessionPrivate,
            format!(
                "its person made this session private on {at}, as this workspace's policy allows: what was captured of it is erased, and nothing more is taken"
            ),
        ),
        TombstoneKind::Erased | TombstoneKind::ContentOff => (
            ErrorCode::SessionErased,
            format!(
                "this session was erased on {at}: nothing of it is kept, and nothing more is taken"
            ),
        ),
    };
    let told =
        json!({"kind": tombstone.kind, "at": at, "policy": tombstone.policy.map(OptOut::as_str)});
    Ok(Refusal::new(code, detail).with_tombstone(told))
}
