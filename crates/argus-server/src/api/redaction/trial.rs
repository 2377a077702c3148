//! `POST …/redaction/trial`: what a pattern or dictionary would find in what is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use argus_store::{StoreError, Trial, TrialRule, TrialSample};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DictionaryInput, PatternInput, check_may_change, not_taken};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// The rule to try: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedactionTrial {
    pattern: Option<PatternInput>,
    dictionary: Option<DictionaryInput>,
}

/// What a rule found in stored records, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialView {
    /// Records that were looked through.
    records_seen: u64,
    /// Bytes of their contents.
    bytes_seen: u64,
    /// True when those were all; false when there was no time for the rest.
    is_complete: bool,
    /// Hits.
    hits: u64,
    /// Sessions in which they are.
    sessions: u64,
    /// Up to 50 of them.
    samples: Vec<SampleView>,
}

/// A hit and what stands around it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrialSample)]
pub(crate) struct SampleView {
    /// Null for a record that names no session.
    #[schema(required = true)]
    session: Option<String>,
    /// The session's title.
    #[schema(required = true)]
    title: Option<String>,
    /// The record's number.
    record: u64,
    /// Where the text stands in the record.
    pointer: String,
    /// Up to 60 characters.
    before: String,
    hit: String,
    /// Up to 60 characters.
    after: String,
}

/// Tries a pattern or dictionary on what is stored. Changes nothing; the sessions that are shown count as viewed.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/redaction/trial", tag = "redaction", operation_id = "try_redaction",
    params(("workspace" = String, Path)), request_body = RedactionTrial,
    responses((status = 200, body = TrialView), (status = 400, description = "The rule is not taken: `errors` says which part of it")))]
pub(crate) async fn trial(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<RedactionTrial>,
) -> Result<Response, Refusal> {
    check_may_change(&access)?;
    let rule = match (asked.pattern, asked.dictionary) {
        (Some(pattern), None) => TrialRule::Pattern(pattern.into()),
        (None, Some(dictionary)) => TrialRule::Dictionary(dictionary.into()),
        _ => {
            return Err(Refusal::new(
                ErrorCode::InvalidRequest,
                "either \"pattern\" or \"dictionary\" is tried",
            ));
        }
    };
    let view = app
        .blocking(move || {
            let found = access
                .workspace
                .redaction_trial(&rule, &access.scope)
                .map_err(|error| match error {
                    StoreError::Policy(error) => {
                        let pointer = pointer_of(&error.pointer);
                        not_taken(error, pointer)
                    }
                    other => other.into(),
                })?;
            shown(&access, found)
        })
        .await?;
    reply::json(&headers, &view)
}

/// The place in the request of what stands at this place in a policy that has only this rule.
fn pointer_of(in_policy: &str) -> String {
    in_policy
        .replace("/patterns/0", "/pattern")
        .replace("/dictionaries/0", "/dictionary")
}

/// What is shown, once it is noted that its sessions are viewed.
fn shown(access: &Access, found: Trial) -> Result<TrialView, Refusal> {
    let actor = access.principal.actor();
    let mut titles: BTreeMap<String, Option<String>> = BTreeMap::new();
    for id in found.samples.iter().filter_map(|of| of.session.as_ref()) {
        if titles.contains_key(id) {
            continue;
        }
        access.workspace.view(id, &actor)?;
        let title = access.workspace.session(id)?.and_then(|head| head.title);
        titles.insert(id.clone(), title.and_then(|title| title.text));
    }
    let sample = |of: TrialSample| SampleView {
        title: of.session.as_ref().and_then(|id| titles.get(id)?.clone()),
        session: of.session,
        record: of.record,
        pointer: of.pointer,
        before: of.before,
        hit: of.hit,
        after: of.after,
    };
    Ok(TrialView {
        records_seen: found.records_seen,
        bytes_seen: found.bytes_seen,
        is_complete: found.is_complete,
        hits: found.hits,
        sessions: found.sessions,
        samples: found.samples.into_iter().map(sample).collect(),
    })
}
