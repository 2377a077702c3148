//! `PUT …/redaction`: another policy.

use std::collections::BTreeSet;
use std::sync::Arc;

use argus_redact::Policy;
use argus_store::StoreError;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DictionaryInput, PatternInput, RedactionView, check_may_change, not_taken};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Another policy, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedactionChange {
    /// The revision that was looked at.
    revision: u16,
    policy: PolicyInput,
}

/// A policy, as it is given. What is left out is as in a workspace that decided nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewRedactionPolicy)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyInput {
    /// Built-in rules that are off, by name.
    #[serde(default)]
    off: BTreeSet<String>,
    #[serde(default)]
    patterns: Vec<PatternInput>,
    #[serde(default)]
    dictionaries: Vec<DictionaryInput>,
    /// Identity attributes are replaced by pseudonyms.
    #[serde(default)]
    pseudonyms: bool,
}

impl From<PolicyInput> for Policy {
    fn from(input: PolicyInput) -> Self {
        Self {
            off: input.off,
            patterns: input.patterns.into_iter().map(Into::into).collect(),
            dictionaries: input.dictionaries.into_iter().map(Into::into).collect(),
            pseudonyms: input.pseudonyms,
        }
    }
}

/// Gives the workspace another policy. What is captured from here on is redacted by it; what is stored, by a rescan.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/redaction", tag = "redaction", operation_id = "put_redaction",
    params(("workspace" = String, Path)), request_body = RedactionChange,
    responses((status = 200, body = RedactionView), (status = 400, description = "The policy is not taken: `errors` says which part of it"),
        (status = 409, description = "Another revision is in force")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<RedactionChange>,
) -> Result<Response, Refusal> {
    check_may_change(&access)?;
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let policy = asked.policy.into();
            let actor = access.principal.actor();
            let set = access
                .workspace
                .set_redaction_policy(&policy, asked.revision, &actor)
                .map_err(|error| match error {
                    StoreError::Policy(error) => {
                        let pointer = format!("/policy{}", error.pointer);
                        not_taken(error, pointer)
                    }
                    other => other.into(),
                })?;
            RedactionView::of(&of_app, &access, set)
        })
        .await?;
    reply::json(&headers, &view)
}
