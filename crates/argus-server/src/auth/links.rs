//! One-time links that this server gives out: to set it up, to sign in once, to set a new password. Kept as hashes, in memory: a
//! restart takes them back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use argus_session::{Clock, Random};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// How long a link is good for: a day, in microseconds.
const LINK_US: i64 = 24 * 3_600 * 1_000_000;
/// Most links that are open at a time.
const LINKS_MAX: usize = 1_000;

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkPurpose {
    /// To make the first owner.
    SetUp,
    /// To sign in as this account, without a password.
    SignIn(String),
    /// To set this account's password.
    Reset(String),
}

/// A link that somebody is using.
#[derive(Debug)]
pub(crate) struct TakenLink {
    hash: [u8; 32],
    purpose: LinkPurpose,
    expires: i64,
}

impl TakenLink {
    pub(crate) const fn purpose(&self) -> &LinkPurpose {
        &self.purpose
    }
}

/// The links that are open.
#[derive(Debug)]
pub struct Links {
    open: Mutex<HashMap<[u8; 32], (LinkPurpose, i64)>>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Links {
    pub(crate) fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            open: Mutex::default(),
            clock,
            random,
        }
    }

    /// The token of a link by which the first owner is made.
    pub fn set_up(&self) -> String {
        self.make(LinkPurpose::SetUp)
    }

    /// The token of a link that signs this account in once, without a password.
    pub fn sign_in(&self, account: &str) -> String {
        self.make(LinkPurpose::SignIn(account.to_owned()))
    }

    /// The token of a link by which this account sets a new password.
    pub fn reset(&self, account: &str) -> String {
        self.make(LinkPurpose::Reset(account.to_owned()))
    }

    fn make(&self, purpose: LinkPurpose) -> String {
        let mut secret = [0; 32];
        self.random.fill(&mut secret);
        let token = format!("argus_ln_{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
        let now = self.clock.now_us();
        let mut open = self.lock();
        open.retain(|_, (_, expires)| *expires > now);
        if open.len() >= LINKS_MAX {
            open.clear();
        }
        open.insert(Sha256::digest(&token).into(), (purpose, now + LINK_US));
        token
    }

    /// What a token is for, and until when.
    pub(crate) fn find(&self, token: &str) -> Option<(LinkPurpose, i64)> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let now = self.clock.now_us();
        self.lock()
            .get(&hash)
            .filter(|(_, expires)| *expires > now)
            .cloned()
    }

    /// Takes a link, so that nobody else can use it.
    pub(crate) fn take(&self, token: &str) -> Option<TakenLink> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let now = self.clock.now_us();
        let (purpose, expires) = self.lock().remove(&hash)?;
        (expires > now).then_some(TakenLink {
            hash,
            purpose,
            expires,
        })
    }

    /// Gives back a link that was not used after all.
    pub(crate) fn put_back(&self, taken: TakenLink) {
        self.lock()
            .insert(taken.hash, (taken.purpose, taken.expires));
    }

    /// Takes back the other links by which this account could set its password.
    pub(crate) fn forget_resets(&self, account: &str) {
        self.lock()
            .retain(|_, (purpose, _)| *purpose != LinkPurpose::Reset(account.to_owned()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], (LinkPurpose, i64)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
