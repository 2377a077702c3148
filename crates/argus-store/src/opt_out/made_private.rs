//! Making a session private: whose word counts, what the policy makes of it, and its forks with it.
//!
//! All of it happens on the writer's thread, so that no record comes in between.

use argus_session::machine::is_machine;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::asker::Asker;
use super::policy::{CaptureRule, OptOut, in_mode, stored};
use super::session::Known;
use super::tombstone::{self, Tombstone, TombstoneKind};
use crate::erase::Erasing;
use crate::key_ring::IdHash;
use crate::limits::SESSION_ID_BYTES_MAX;
use crate::workspace::Workspace;
use crate::writer::WriterState;
use crate::{ActKind, Actor, Prepared, StoreError, WorkspaceMode};

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateOutcome {
    /// It is erased, and nothing of it is taken again.
    Private,
    /// Its content is gone, and what comes of it loses its own.
    ContentOff,
    /// Nothing: the policy does not allow it.
    Forbidden,
    /// Nothing: it is not the asker's.
    Refused,
}

/// What became of a session, and what its person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePrivate {
    /// What became of it.
    pub outcome: PrivateOutcome,
    /// The policy's words for the person.
    pub notice: Option<String>,
}

/// A word that was given for a session, and is carried out for its forks too.
struct Word {
    rule: CaptureRule,
    by: Actor,
    person: Option<String>,
    projects: Vec<String>,
}

impl Workspace {
    /// Makes a session private, as far as the policy of its projects goes and it is the asker's, whether or not anything of it
    /// is stored yet. Its forks go with it. Asking again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for what is no session id; otherwise when the store cannot be written. What was done until then
    /// holds, and asking again does the rest.
    pub fn make_private(&self, session_id: &str, asker: &Asker) -> Result<MadePrivate, StoreError> {
        if session_id.is_empty()
            || session_id.len() > SESSION_ID_BYTES_MAX
            || is_machine(session_id)
        {
            return Err(StoreError::Invalid(format!(
                "a session id has 1 to {SESSION_ID_BYTES_MAX} bytes"
            )));
        }
        let (id, asker, mode) = (session_id.to_owned(), asker.clone(), self.mode());
        let made = self
            .writer()?
            .run(move |state| state.make_private(&id, &asker, mode))?;
        match made.outcome {
            PrivateOutcome::ContentOff => self.drop_contents()?,
            PrivateOutcome::Private | PrivateOutcome::Forbidden | PrivateOutcome::Refused => {}
        }
        Ok(made)
    }

    /// What the word of this account would make of a session; `None` when it is not its person's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn may_make_private(
        &self,
        session_id: &str,
        asker: &Asker,
    ) -> Result<Option<CaptureRule>, StoreError> {
        let keys = &self.inner().keys;
        let hash = keys.session_hash(session_id);
        let mode = self.mode();
        self.read(|connection| {
            let known = Known::of(connection, session_id, hash)?;
            if !asker.may(connection, &known)? {
                return Ok(None);
            }
            let policy = stored(connection, keys)?.policy;
            let projects = projects(connection, &known, asker)?;
            Ok(Some(in_mode(policy.strictest(&projects).clone(), mode)))
        })
    }
}

/// The projects whose rules hold for a session: its own when they are known, else those of the asker's key.
fn projects(
    connection: &Connection,
    known: &Known,
    asker: &Asker,
) -> Result<Vec<String>, StoreError> {
    let own = known.projects(connection)?;
    Ok(if own.is_empty() {
        asker.projects().to_vec()
    } else {
        own
    })
}

impl WriterState {
    fn make_private(
        &mut self,
        session_id: &str,
        asker: &Asker,
        mode: WorkspaceMode,
    ) -> Result<MadePrivate, StoreError> {
        let hash = self.keys.session_hash(session_id);
        let known = Known::of(&self.connection, session_id, hash)?;
        let told = |outcome, rule: &CaptureRule| MadePrivate {
            outcome,
            notice: rule.notice.clone(),
        };
        let held = tombstone::find(&self.connection, &hash)?.map(|held| held.kind);
        let policy = stored(&self.connection, &self.keys)?.policy;
        let projects = projects(&self.connection, &known, asker)?;
        let rule = in_mode(policy.strictest(&projects).clone(), mode);
        if held.is_some_and(TombstoneKind::is_gone) {
            return Ok(told(PrivateOutcome::Private, &rule));
        }
        if !asker.may(&self.connection, &known)? {
            return Ok(MadePrivate {
                outcome: PrivateOutcome::Refused,
                notice: None,
            });
        }
        let outcome = match rule.opt_out {
            OptOut::Forbidden => return Ok(told(PrivateOutcome::Forbidden, &rule)),
            OptOut::Allowed => PrivateOutcome::Private,
            OptOut::ContentOff => PrivateOutcome::ContentOff,
        };
        let made = told(outcome, &rule);
        let word = Word {
            rule,
            by: asker.actor(),
            person: asker.person().map(str::to_owned),
            projects,
        };
        self.carry_out(&word, known)?;
        Ok(made)
    }

    /// Carries a word out for a session and its forks.
    fn carry_out(&mut self, word: &Word, first: Known) -> Result<(), StoreError> {
        let mut left = vec![first];
        while let Some(known) = left.pop() {
            let is_done = match word.rule.opt_out {
                OptOut::Allowed => self.opted_out.is_private(&known.hash),
                OptOut::ContentOff => self.opted_out.is_content_off(&known.hash),
                OptOut::Forbidden => true,
            };
            // Asked before what tells of them is gone.
            let forks = known.forks(&self.connection)?;
            let is_gone = self.is_suppressed(&known.hash);
            if is_done || is_gone {
                continue;
            }
            self.carry_out_for(word, &known)?;
            left.extend(forks);
        }
        Ok(())
    }

    fn carry_out_for(&mut self, word: &Word, known: &Known) -> Result<(), StoreError> {
        let own = known.projects(&self.connection)?;
        let tombstone = Tombstone {
            session: hex::encode(known.hash),
            kind: match word.rule.opt_out {
                OptOut::Allowed => TombstoneKind::Private,
                OptOut::ContentOff | OptOut::Forbidden => TombstoneKind::ContentOff,
            },
            policy: Some(word.rule.opt_out),
            at_us: self.options.clock.now_us(),
            by: Some(word.by.clone()),
            person: word.person.clone(),
            projects: if own.is_empty() {
                word.projects.clone()
            } else {
                own
            },
        };
        let detail = json!({
            "session": tombstone.session, "policy": word.rule.opt_out, "person": word.person,
        });
        match tombstone.kind {
            TombstoneKind::Private => {
                self.opted_out.add_private(known.hash);
                self.erase(Erasing {
                    session_id: known.id.clone(),
                    act: ActKind::SessionMadePrivate,
                    by: word.by.clone(),
                    detail,
                    tombstone,
                })?;
            }
            TombstoneKind::ContentOff | TombstoneKind::Erased => {
                self.opted_out.add_content_off(known.hash);
                let act = crate::acts::Act {
                    kind: ActKind::SessionMadePrivate,
                    actor: word.by.clone(),
                    at_us: tombstone.at_us,
                    detail,
                };
                let hash = known.hash;
                self.change(&act, |transaction| {
                    tombstone::put(transaction, &hash, &tombstone)
                })?;
            }
        }
        Ok(())
    }

    /// Makes the forks among what waits to be appended what the session is in which their copies were made: the word for that
    /// one was given for them too.
    pub(crate) fn follow_forks<'a>(
        &mut self,
        waiting: impl Iterator<Item = &'a Prepared>,
    ) -> Result<(), StoreError> {
        let mut found: Vec<(IdHash, String, IdHash)> = Vec::new();
        for prepared in waiting {
            let Some(of) = prepared.fork_of else { continue };
            let fork = prepared.session_hash;
            let follows = self.opted_out.is_private(&of)
                || self.opted_out.is_content_off(&of) && !self.opted_out.is_content_off(&fork);
            if follows
                && !prepared.record.session_id.is_empty()
                && !self.is_suppressed(&fork)
                && found.iter().all(|(known, ..)| *known != fork)
            {
                found.push((fork, prepared.record.session_id.clone(), of));
            }
        }
        for (hash, id, of) in found {
            let Some(held) = tombstone::find(&self.connection, &of)? else {
                continue;
            };
            let word = Word {
                rule: CaptureRule {
                    opt_out: match held.kind {
                        TombstoneKind::Private => OptOut::Allowed,
                        TombstoneKind::ContentOff | TombstoneKind::Erased => OptOut::ContentOff,
                    },
                    notice: None,
                },
                by: held.by.unwrap_or_else(Actor::system),
                person: held.person,
                projects: held.projects,
            };
            let known = Known::of(&self.connection, &id, hash)?;
            self.carry_out(&word, known)?;
            self.drop_all_contents()?;
        }
        Ok(())
    }
}
