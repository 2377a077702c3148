//! What the writer's thread holds.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use argus_ledger::{Frontier, Leaf, LeafKind, commitment};
use argus_session::Random;
use rusqlite::{Connection, Transaction, params};

use super::{Suppressed, WriterParts};
use crate::acts::Act;
use crate::blobs::Blobs;
use crate::body_cache::BodyCache;
use crate::key_ring::KeyRing;
use crate::opt_out::OptedOut;
use crate::projection::Handover;
use crate::search::Work;
use crate::sqlite::records;
use crate::{Delivery, StoreError, StoreOptions, WorkspaceMode, seal};

/// What acts are bound to.
pub(crate) const ACT: &[u8] = b"act";
/// Most session numbers that are remembered.
const SESSIONS_REMEMBERED_MAX: usize = 50_000;

/// The writer's own state.
pub(crate) struct WriterState {
    pub(crate) connection: Connection,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) blobs: Blobs,
    pub(crate) suppressed: Arc<Suppressed>,
    pub(crate) opted_out: Arc<OptedOut>,
    pub(crate) handover: Arc<Handover>,
    pub(crate) search: Arc<Work>,
    pub(crate) bodies: Arc<BodyCache>,
    pub(crate) erasures: Arc<AtomicU64>,
    pub(crate) options: StoreOptions,
    pub(crate) mode: WorkspaceMode,
    /// The ledger's tree, as committed.
    pub(super) frontier: Frontier,
    pub(super) sessions: HashMap<String, i64>,
    pub(super) deliveries: HashMap<Delivery, i64>,
    /// The last append failed: whether one would succeed now is tried out when someone asks.
    pub(super) has_failed: bool,
}

/// A change under way: what it writes and its acts are committed together, or nothing is.
pub(crate) struct Changing<'a> {
    pub(crate) transaction: Transaction<'a>,
    frontier: Frontier,
    keys: &'a KeyRing,
    random: &'a dyn Random,
}

impl Changing<'_> {
    /// The number of the act that is written next.
    pub(crate) fn next_act(&self) -> u64 {
        self.frontier.size()
    }

    /// Writes an act with its leaf.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) fn write_act(&mut self, act: &Act) -> Result<(), StoreError> {
        let id = self.next_act();
        let body = serde_json::to_vec(act).unwrap_or_default();
        let mut salt = [0; 32];
        self.random.fill(&mut salt);
        let leaf = Leaf {
            kind: LeafKind::Act,
            number: act.kind.number(),
            natural_key: self.keys.actor_hash(&format!("act:{id}")),
            session: [0; 16],
            actor: self.keys.actor_hash(&act.actor.id),
            at_us: Some(act.at_us),
            received_at_us: act.at_us,
            rule_version: 0,
            commitment: commitment(&salt, &body),
        };
        let key = self.keys.workspace_key();
        let sealed = seal::seal(key, ACT, &salt, &body, self.random);
        records::insert_leaf(&self.transaction, id, &leaf)?;
        self.transaction.execute(
            "INSERT INTO acts (id, kind, at_us, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![id, act.kind.number(), act.at_us, sealed],
        )?;
        self.frontier.append(leaf.hash());
        Ok(())
    }
}

impl WriterState {
    pub(super) fn new(parts: WriterParts) -> Result<Self, StoreError> {
        let frontier = records::frontier(&parts.connection)?;
        let deliveries = records::deliveries(&parts.connection)?;
        Ok(Self {
            connection: parts.connection,
            keys: parts.keys,
            blobs: parts.blobs,
            suppressed: parts.suppressed,
            opted_out: parts.opted_out,
            handover: parts.handover,
            search: parts.search,
            bodies: parts.bodies,
            erasures: parts.erasures,
            options: parts.options,
            mode: parts.mode,
            frontier,
            sessions: HashMap::new(),
            deliveries,
            has_failed: false,
        })
    }

    /// Makes a change and writes its act with its leaf, in one transaction.
    pub(crate) fn change<T>(
        &mut self,
        act: &Act,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.change_numbered(act, |transaction, _| change(transaction))
    }

    /// As [`Self::change`]; the change is given its act's number.
    pub(crate) fn change_numbered<T>(
        &mut self,
        act: &Act,
        change: impl FnOnce(&Transaction<'_>, u64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.change_with_acts(|changing| {
            let outcome = change(&changing.transaction, changing.next_act())?;
            changing.write_act(act)?;
            Ok(outcome)
        })
    }

    /// Makes a change that writes its acts itself, all in one transaction.
    pub(crate) fn change_with_acts<T>(
        &mut self,
        change: impl FnOnce(&mut Changing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut changing = Changing {
            frontier: self.frontier.clone(),
            transaction: self.connection.transaction()?,
            keys: &self.keys,
            random: self.options.random.as_ref(),
        };
        let outcome = change(&mut changing)?;
        let Changing {
            transaction,
            frontier,
            ..
        } = changing;
        records::set_frontier(&transaction, &frontier)?;
        transaction.commit()?;
        self.frontier = frontier;
        Ok(outcome)
    }

    /// Fails as an append would. Where the last one failed it writes a little, to see whether that has passed.
    pub(crate) fn check_writable(&mut self) -> Result<(), StoreError> {
        /// A page and more, so that room has to be made for it.
        const TRIAL_BYTES: usize = 64 * 1024;
        if !self.has_failed {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        records::set_meta(&transaction, "trial", &[0; TRIAL_BYTES])?;
        transaction.commit()?;
        let transaction = self.connection.transaction()?;
        records::set_meta(&transaction, "trial", &[])?;
        transaction.commit()?;
        self.has_failed = false;
        Ok(())
    }

    /// Forgets what is remembered of rows: after an erasure their numbers mean nothing.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }

    pub(super) fn make_room(&mut self) {
        if self.sessions.len() > SESSIONS_REMEMBERED_MAX {
            self.sessions.clear();
        }
    }
}
