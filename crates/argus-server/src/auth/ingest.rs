//! Who delivers: bearer keys of scope `ingest`. Asked before anything of the body is read.

use argus_store::{Delivery, KeyScope, Store, Workspace};
use axum::http::HeaderMap;

use super::bearer;
use crate::refusal::{ErrorCode, Refusal};

/// What a request may do: deliver into a workspace, within the key's projects.
#[derive(Debug, Clone)]
pub(crate) struct Ingest {
    pub(crate) workspace: Workspace,
    pub(crate) delivery: Delivery,
    pub(crate) key_id: String,
}

/// The right to deliver that the request's key gives.
///
/// # Errors
/// Unauthenticated without a key in force, forbidden with a key of another scope.
pub(crate) fn ingest(store: &Store, headers: &HeaderMap) -> Result<Ingest, Refusal> {
    let token = bearer(headers).ok_or_else(|| {
        Refusal::new(
            ErrorCode::Unauthenticated,
            "no key: send the header \"Authorization: Bearer KEY\" with a key from `argus key create --scope ingest`",
        )
    })?;
    let grant = store.find_key(token)?.ok_or_else(|| {
        Refusal::new(
            ErrorCode::Unauthenticated,
            "this key is not in force here: it was revoked, or is of another server; make one with `argus key create`",
        )
    })?;
    if grant.scope != KeyScope::Ingest {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "this key does not deliver: deliver with a key from `argus key create --scope ingest`",
        ));
    }
    let workspace = store.workspace(&grant.workspace)?.ok_or_else(|| {
        Refusal::new(
            ErrorCode::Internal,
            "the key's workspace is gone: the operator must look at the server",
        )
    })?;
    let delivery = Delivery {
        projects: grant.projects,
        key_id: Some(grant.key_id.clone()),
        user: grant.user,
    };
    Ok(Ingest {
        workspace,
        delivery,
        key_id: grant.key_id,
    })
}
