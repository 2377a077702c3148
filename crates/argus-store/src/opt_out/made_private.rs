//! Making a session private: whose word counts, what the policy makes of it, and its forks with it.
//!
//! All of it happens on the writer's thread, so that no record comes in between.

use std::collections::HashSet;

use argus_session::machine::is_machine;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::asker::Asker;
use super::policy::{CapturePolicy, CaptureRule, OptOut, in_mode, stored};
use super::session::Known;
use super::tombstone::{self, Tombstone, TombstoneKind};
use crate::erase::Erasing;
use crate::key_ring::IdHash;
use crate::limits::SESSION_ID_BYTES_MAX;
use crate::workspace::Workspace;
use crate::writer::WriterState;
use crate::{ActKind, Prepared, StoreError};

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

/// A word that was given for a session, and reaches those of its forks that are the same asker's.
struct Word {
    asker: Asker,
    projects: Vec<String>,
}

impl Workspace {
    /// Makes a session private, as far as the policy of its projects goes and it is the asker's, whether or not anything of it
    /// is stored yet. Those of its forks that are the asker's altogether go with it, and of others the copies in them. Asking again changes nothing.
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
        let (id, asker) = (session_id.to_owned(), asker.clone());
        let (made, has_dropped) = self
            .writer()?
            .run(move |state| state.make_private(&id, &asker))?;
        match made.outcome {
            PrivateOutcome::Private | PrivateOutcome::ContentOff => {
                self.drop_contents(has_dropped)?;
            }
            PrivateOutcome::Forbidden | PrivateOutcome::Refused => {}
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
            if !asker.may(&known) {
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
    ) -> Result<(MadePrivate, bool), StoreError> {
        let hash = self.keys.session_hash(session_id);
        let known = Known::of(&self.connection, session_id, hash)?;
        let told = |outcome, rule: &CaptureRule| MadePrivate {
            outcome,
            notice: rule.notice.clone(),
        };
        let held = tombstone::find(&self.connection, &hash)?.map(|held| held.kind);
        let policy = stored(&self.connection, &self.keys)?.policy;
        let projects = projects(&self.connection, &known, asker)?;
        let rule = in_mode(policy.strictest(&projects).clone(), self.mode);
        if held.is_some_and(TombstoneKind::is_gone) {
            self.finish_erased(hash)?;
            return Ok((told(PrivateOutcome::Private, &rule), false));
        }
        if !asker.may(&known) {
            let refused = MadePrivate {
                outcome: PrivateOutcome::Refused,
                notice: None,
            };
            return Ok((refused, false));
        }
        let outcome = match rule.opt_out {
            OptOut::Forbidden => return Ok((told(PrivateOutcome::Forbidden, &rule), false)),
            OptOut::Allowed => PrivateOutcome::Private,
            OptOut::ContentOff => PrivateOutcome::ContentOff,
        };
        let made = told(outcome, &rule);
        let word = Word {
            asker: asker.clone(),
            projects,
        };
        let has_dropped = self.carry_out(&word, known, rule.opt_out)?;
        Ok((made, has_dropped))
    }

    /// Carries a word out for a session and for those of its forks that it reaches; of the others, for the copies in them. True
    /// when it took the content out of such copies.
    ///
    /// What hangs on a session comes before it: while its own tombstone is not there, asking again does the rest.
    fn carry_out(
        &mut self,
        word: &Word,
        first: Known,
        opt_out: OptOut,
    ) -> Result<bool, StoreError> {
        let policy = stored(&self.connection, &self.keys)?.policy;
        let mut planned: Vec<(Known, OptOut)> = Vec::new();
        let mut copies: Vec<(Known, IdHash, OptOut)> = Vec::new();
        let mut seen = HashSet::new();
        let mut left = vec![(first, opt_out)];
        while let Some((known, opt_out)) = left.pop() {
            if !seen.insert(known.hash) || self.holds(&known.hash, opt_out)? {
                continue;
            }
            for fork in known.forks(&self.connection)? {
                match self.reach(word, opt_out, &policy, &fork)? {
                    Some(opt_out) => left.push((fork, opt_out)),
                    None => copies.push((fork, known.hash, opt_out)),
                }
            }
            planned.push((known, opt_out));
        }
        let mut has_dropped = false;
        for (fork, of, opt_out) in copies {
            has_dropped |= self.drop_copies(&fork, &of, opt_out)?;
        }
        while let Some((known, opt_out)) = planned.pop() {
            self.carry_out_for(word, opt_out, &known)?;
        }
        Ok(has_dropped)
    }

    /// Whether that much is done for a session: it is on the disk.
    fn holds(&self, session: &IdHash, opt_out: OptOut) -> Result<bool, StoreError> {
        let held = tombstone::find(&self.connection, session)?;
        Ok(held.is_some_and(|held| held.kind.is_gone() || opt_out == OptOut::ContentOff))
    }

    /// What a word for a session does to a fork of it: the stricter of what it did there and what the fork's own projects allow.
    /// `None` when it does not reach the fork: it is not the same asker's altogether, or must be kept.
    fn reach(
        &self,
        word: &Word,
        opt_out: OptOut,
        policy: &CapturePolicy,
        fork: &Known,
    ) -> Result<Option<OptOut>, StoreError> {
        if !word.asker.may_for_all(fork) {
            return Ok(None);
        }
        let own = fork.projects(&self.connection)?;
        let rule = in_mode(policy.strictest(&own).clone(), self.mode);
        Ok(Some(rule.opt_out.max(opt_out)).filter(|opt_out| *opt_out != OptOut::Forbidden))
    }

    fn carry_out_for(
        &mut self,
        word: &Word,
        opt_out: OptOut,
        known: &Known,
    ) -> Result<(), StoreError> {
        let own = known.projects(&self.connection)?;
        let tombstone = Tombstone {
            session: hex::encode(known.hash),
            kind: match opt_out {
                OptOut::Allowed => TombstoneKind::Private,
                OptOut::ContentOff | OptOut::Forbidden => TombstoneKind::ContentOff,
            },
            policy: Some(opt_out),
            at_us: self.options.clock.now_us(),
            by: Some(word.asker.actor()),
            person: word.asker.person().map(str::to_owned),
            projects: if own.is_empty() {
                word.projects.clone()
            } else {
                own
            },
            device: word.asker.device().copied(),
        };
        let detail = json!({
            "session": tombstone.session, "policy": opt_out, "person": tombstone.person,
        });
        match tombstone.kind {
            TombstoneKind::Private => {
                self.erase(Erasing {
                    session_id: known.id.clone(),
                    act: ActKind::SessionMadePrivate,
                    by: word.asker.actor(),
                    detail,
                    tombstone,
                })?;
            }
            TombstoneKind::ContentOff | TombstoneKind::Erased => {
                let act = crate::acts::Act {
                    kind: ActKind::SessionMadePrivate,
                    actor: word.asker.actor(),
                    at_us: tombstone.at_us,
                    detail,
                };
                let hash = known.hash;
                self.change(&act, |transaction| {
                    tombstone::put(transaction, &hash, &tombstone)
                })?;
                // What was prepared meanwhile is looked at again when it is appended, on this thread.
                self.opted_out.add_content_off(hash);
            }
        }
        Ok(())
    }

    /// Carries the words for sessions out for those forks of theirs, among what waits to be appended, that they reach.
    pub(crate) fn follow_forks<'a>(
        &mut self,
        waiting: impl Iterator<Item = &'a Prepared>,
    ) -> Result<(), StoreError> {
        let waiting: Vec<&Prepared> = waiting
            .filter(|prepared| !prepared.record.session_id.is_empty())
            .collect();
        // A fork's fork may wait with it.
        while self.follow_some(&waiting)? {}
        Ok(())
    }

    /// True when a fork went with the session that it copied.
    fn follow_some(&mut self, waiting: &[&Prepared]) -> Result<bool, StoreError> {
        let mut found: Vec<(IdHash, &str, IdHash)> = Vec::new();
        for prepared in waiting {
            let Some(of) = prepared.fork_of else { continue };
            let fork = prepared.session_hash;
            let follows = self.opted_out.is_private(&of)
                || self.opted_out.is_content_off(&of) && !self.opted_out.is_content_off(&fork);
            if follows
                && !self.is_suppressed(&fork)
                && found.iter().all(|known| (known.0, known.2) != (fork, of))
            {
                found.push((fork, &prepared.record.session_id, of));
            }
        }
        let mut has_followed = false;
        for (hash, id, of) in found {
            has_followed |= self.follow(hash, id, &of, waiting)?;
        }
        Ok(has_followed)
    }

    fn follow(
        &mut self,
        hash: IdHash,
        id: &str,
        of: &IdHash,
        waiting: &[&Prepared],
    ) -> Result<bool, StoreError> {
        let Some(held) = tombstone::find(&self.connection, of)? else {
            return Ok(false);
        };
        let opt_out = match held.kind {
            TombstoneKind::Private => OptOut::Allowed,
            TombstoneKind::ContentOff | TombstoneKind::Erased => OptOut::ContentOff,
        };
        let asker = held
            .by
            .and_then(|by| Asker::noted(&by, held.person.as_deref(), held.device));
        let Some(asker) = asker else { return Ok(false) };
        let word = Word {
            asker,
            projects: held.projects,
        };
        let known = Known::of(&self.connection, id, hash)?.with(waiting);
        let policy = stored(&self.connection, &self.keys)?.policy;
        let Some(opt_out) = self.reach(&word, opt_out, &policy, &known)? else {
            return Ok(false);
        };
        if self.holds(&hash, opt_out)? {
            return Ok(false);
        }
        self.carry_out(&word, known, opt_out)?;
        self.drop_all_contents()?;
        Ok(true)
    }
}
