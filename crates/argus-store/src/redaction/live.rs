//! The rules in force, made of the stored policy.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use argus_redact::{Policy, PolicyError, Redactor, built_in_rules};
use rusqlite::Connection;

use super::stored;
use crate::StoreError;
use crate::key_ring::KeyRing;

/// The redaction of an open workspace.
#[derive(Debug)]
pub(crate) struct Redaction {
    in_force: RwLock<InForce>,
    changing: Mutex<()>,
    /// Held while stored records are looked through anew.
    pub(super) rescanning: Mutex<()>,
}

#[derive(Debug)]
struct InForce {
    redactor: Arc<Redactor>,
    refused: Vec<PolicyError>,
}

impl Redaction {
    /// The redaction that the stored policy makes. What this release does not take of it is left out and said: a workspace
    /// that did not open could redact nothing at all.
    pub(crate) fn open(connection: &Connection, keys: &KeyRing) -> Result<Self, StoreError> {
        let stored = stored(connection, keys)?;
        let (policy, refused) = taken(stored.policy);
        for error in &refused {
            // The message may quote the rule, which is the operator's own word; the log says where it stands.
            tracing::error!(
                pointer = error.pointer,
                "a part of the redaction policy is not taken by this release and not applied: look at the workspace's redaction settings"
            );
        }
        let redactor = Redactor::new(&keys.fingerprint_key, &policy, stored.revision)?;
        Ok(Self {
            in_force: RwLock::new(InForce {
                redactor: Arc::new(redactor),
                refused,
            }),
            changing: Mutex::default(),
            rescanning: Mutex::default(),
        })
    }

    pub(crate) fn redactor(&self) -> Arc<Redactor> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        in_force.redactor.clone()
    }

    pub(super) fn refused(&self) -> Vec<PolicyError> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        in_force.refused.clone()
    }

    /// Held by who changes the policy.
    pub(super) fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These rules are in force from here on.
    pub(super) fn put(&self, redactor: Redactor) {
        let mut in_force = self
            .in_force
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *in_force = InForce {
            redactor: Arc::new(redactor),
            refused: Vec::new(),
        };
    }
}

/// As much of a policy as can be taken, and why the rest is not.
fn taken(stored: Policy) -> (Policy, Vec<PolicyError>) {
    if stored.check().is_ok() {
        return (stored, Vec::new());
    }
    let mut refused = Vec::new();
    let mut policy = Policy {
        pseudonyms: stored.pseudonyms,
        ..Policy::default()
    };
    for name in stored.off {
        if built_in_rules().iter().any(|rule| rule.name == name) {
            policy.off.insert(name);
        } else {
            refused.push(PolicyError {
                pointer: "/off".to_owned(),
                message: format!("there is no built-in rule \"{name}\" any more"),
            });
        }
    }
    // One by one, since a rule may be refused for its own sake or for what it is beside others.
    for (place, pattern) in stored.patterns.into_iter().enumerate() {
        policy.patterns.push(pattern);
        if let Err(error) = policy.check() {
            policy.patterns.pop();
            refused.push(PolicyError {
                pointer: format!("/patterns/{place}"),
                message: error.message,
            });
        }
    }
    for (place, dictionary) in stored.dictionaries.into_iter().enumerate() {
        policy.dictionaries.push(dictionary);
        if let Err(error) = policy.check() {
            policy.dictionaries.pop();
            refused.push(PolicyError {
                pointer: format!("/dictionaries/{place}"),
                message: error.message,
            });
        }
    }
    (policy, refused)
}

#[cfg(test)]
mod tests {
    use argus_redact::policy::{Dictionary, OwnPattern};

    use super::*;

    fn pattern(name: &str, pattern: &str) -> OwnPattern {
        OwnPattern {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            ignore_case: false,
            fingerprint: false,
        }
    }

    #[test]
    fn what_is_not_taken_of_a_policy_costs_nothing_else_of_it() {
        let good = pattern("ticket", "TICKET-[0-9]{4}");
        let names = Dictionary {
            name: "customers".to_owned(),
            words: vec!["Northwind".to_owned()],
        };
        let known = built_in_rules()[0].name;
        let stored = Policy {
            off: [known.to_owned(), "no-such-rule".to_owned()].into(),
            patterns: vec![
                pattern("broken", "("),
                good.clone(),
                pattern("ticket", "x+"),
            ],
            dictionaries: vec![names.clone()],
            pseudonyms: true,
        };
        let (policy, refused) = taken(stored);
        assert_eq!(
            policy,
            Policy {
                off: [known.to_owned()].into(),
                patterns: vec![good],
                dictionaries: vec![names],
                pseudonyms: true,
            }
        );
        let pointers: Vec<&str> = refused.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(pointers, ["/off", "/patterns/0", "/patterns/2"]);
    }
}
