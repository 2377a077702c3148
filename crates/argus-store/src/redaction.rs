//! A workspace's redaction: its policy, which is kept sealed, and the rules that are made of it.

mod counts;
mod live;
mod merge;
mod note;
mod rescan;
mod rescan_set_up;
mod rescan_typed;
mod trial;
mod typed;

pub use counts::{FailureCount, KindCount, RedactionCounts, SessionRedactions, VersionCount};
pub use note::RecordRedaction;
pub use rescan::RescanReport;
pub use trial::{Trial, TrialRule, TrialSample};

pub(crate) use counts::{put, rows_of_session};
pub(crate) use live::Redaction;
pub(crate) use note::Tally;
pub(crate) use typed::{TypedBody, check_filter, is_typed};

use std::collections::BTreeSet;

use argus_redact::{Policy, Redactor};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::key_ring::KeyRing;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError, seal};

/// What the sealed policy is bound to.
const ASSOCIATED: &[u8] = b"redaction policy";

/// What a workspace decided about redaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedactionPolicy {
    /// The policy.
    pub policy: Policy,
    /// How often it was changed.
    pub revision: u16,
    /// When it was last changed, microseconds UTC; `None` when it never was.
    pub changed_at_us: Option<i64>,
    /// Who changed it last.
    pub by: Option<Actor>,
}

/// What is sealed of it: dictionaries hold customers' names.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    policy: Policy,
    by: Actor,
}

impl Workspace {
    /// The redaction policy in force.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn redaction_policy(&self) -> Result<RedactionPolicy, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| stored(connection, keys))
    }

    /// Gives the workspace another redaction policy, if `expected_revision` is still the one in force. What is prepared from
    /// here on is redacted by it; what is stored stays as it is until a rescan. A policy that is the one in force changes
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Outdated`] when another revision is in force, [`StoreError::Policy`] when the policy cannot be taken.
    pub fn set_redaction_policy(
        &self,
        policy: &Policy,
        expected_revision: u16,
        actor: &Actor,
    ) -> Result<RedactionPolicy, StoreError> {
        let redaction = &self.inner().redaction;
        // One change at a time, so that the rules in force are those of the last one that was stored.
        let _changing = redaction.changing();
        let held = self.redaction_policy()?;
        if held.revision != expected_revision {
            return Err(OUTDATED);
        }
        policy.check()?;
        if held.policy == *policy {
            return Ok(held);
        }
        let revision = held.revision.checked_add(1).ok_or_else(|| {
            StoreError::Invalid("the redaction policy was changed as often as it can be".to_owned())
        })?;
        let keys = self.inner().keys.clone();
        let redactor = Redactor::new(&keys.fingerprint_key, policy, revision)?;
        let (changed_at_us, detail) = (
            self.now_us(),
            detail(&held.policy, policy, &redactor, revision),
        );
        let content = serde_json::to_vec(&Stored {
            policy: policy.clone(),
            by: actor.clone(),
        })
        .unwrap_or_default();
        let sealed = seal::seal(
            keys.workspace_key(),
            ASSOCIATED,
            &[0; 32],
            &content,
            self.random(),
        );
        self.change(ActKind::RedactionChanged, actor, detail, move |transaction| {
            let in_force = stored(transaction, &keys)?.revision;
            if in_force != expected_revision {
                return Err(OUTDATED);
            }
            transaction.execute(
                "INSERT OR REPLACE INTO redaction_policy (only, revision, changed_at_us, sealed) VALUES (1, ?1, ?2, ?3)",
                params![revision, changed_at_us, sealed],
            )?;
            Ok(())
        })?;
        redaction.put(redactor);
        Ok(RedactionPolicy {
            policy: policy.clone(),
            revision,
            changed_at_us: Some(changed_at_us),
            by: Some(actor.clone()),
        })
    }

    /// What of the stored policy this release does not take, as it was found when the workspace was opened: these rules are
    /// not applied. Gone once a policy is set.
    #[must_use]
    pub fn redaction_refused(&self) -> Vec<argus_redact::PolicyError> {
        self.inner().redaction.refused()
    }
}

const OUTDATED: StoreError = StoreError::Outdated {
    what: "redaction policy",
};

/// What the act says of a change: which rules, never the words or expressions of any.
fn detail(before: &Policy, after: &Policy, redactor: &Redactor, revision: u16) -> Value {
    let only_in = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        one.difference(other).cloned().collect()
    };
    json!({
        "revision": revision,
        "rules": hex::encode(redactor.rule_set().hash),
        "version": redactor.rule_set().version,
        "switched_off": only_in(&after.off, &before.off),
        "switched_on": only_in(&before.off, &after.off),
        "patterns": after.patterns.len(),
        "dictionaries": after.dictionaries.len(),
        "pseudonyms": after.pseudonyms,
    })
}

fn stored(connection: &Connection, keys: &KeyRing) -> Result<RedactionPolicy, StoreError> {
    let row: Option<(u16, i64, Vec<u8>)> = connection
        .prepare_cached("SELECT revision, changed_at_us, sealed FROM redaction_policy")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((revision, changed_at_us, sealed)) = row else {
        return Ok(RedactionPolicy::default());
    };
    let (_, content) = seal::open(keys.workspace_key(), ASSOCIATED, &sealed)?;
    let stored: Stored = serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "redaction_policy",
        what: "the policy".to_owned(),
    })?;
    Ok(RedactionPolicy {
        policy: stored.policy,
        revision,
        changed_at_us: Some(changed_at_us),
        by: Some(stored.by),
    })
}
