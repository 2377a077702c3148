//! What the follower does, round by round: events, files, the server.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use argus_redact::Redactor;
use argus_session::Clock;
use argus_session::time::rfc3339;

use super::folders::Folders;
use super::sent::Sent;
use super::session::Followed;
use crate::config::Config;
use crate::cursor::{self, Cursor};
use crate::device::Device;
use crate::envelope;
use crate::error::CaptureError;
use crate::hello::Hello;
use crate::http::Server;
use crate::live::{self, Live};
use crate::lost::{Losses, Lost};
use crate::paths::StateFolder;
use crate::privacy::Privacy;
use crate::ship::Ship;
use crate::skills::Hashes;
use crate::spool::{Limits, Spool};
use crate::status::Status;
use crate::system::{self, SystemClock, SystemRandom};

/// How often files are looked at while a session is at work.
const ROUND: Duration = Duration::from_millis(150);
/// The same while nothing moves.
const ROUND_IDLE: Duration = Duration::from_secs(1);
/// So long after its last sign a session counts as at work, microseconds.
const AT_WORK_US: i64 = 60 * 1_000_000;
/// So long a follower stays that has nothing to do: the next session is often near.
const LINGER_US: i64 = 15 * 1_000_000;
/// Largest log.
const LOG_BYTES_MAX: u64 = 1024 * 1024;

/// A follower.
#[derive(Debug)]
pub(crate) struct Follower {
    pub(super) folder: StateFolder,
    pub(super) config: Config,
    pub(super) is_foreground: bool,
    pub(super) device: Device,
    pub(super) clock: SystemClock,
    pub(super) random: SystemRandom,
    pub(super) spool: Spool,
    pub(super) losses: Losses,
    pub(super) privacy: Privacy,
    /// Nothing that waits is of a session that is private.
    pub(super) is_obeyed: bool,
    /// Sessions that are private and could not be written down as such.
    pub(super) unwritten: BTreeSet<String>,
    /// Sessions that the server was told of.
    pub(super) told: BTreeSet<String>,
    /// When the server is to be told again of private sessions that it did not settle, microseconds UTC.
    pub(super) tell_at_us: i64,
    pub(super) hello: Hello,
    pub(super) redactor: Redactor,
    pub(super) sessions: BTreeMap<String, Followed>,
    pub(super) hashes: Hashes,
    pub(super) sent: Sent,
    pub(super) ship: Ship,
    pub(super) status: Status,
    pub(super) successor: Option<PathBuf>,
    pub(super) busy_at_us: i64,
    pub(super) scanned_at_us: i64,
    pub(super) folders: Folders,
}

/// What a round found, to be spooled together.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) envelopes: Vec<Vec<u8>>,
    pub(super) cursors: Vec<(String, PathBuf, Cursor)>,
    pub(super) events: Vec<PathBuf>,
    pub(super) has_more: bool,
    /// What never became an envelope: it counts once the rest is spooled.
    pub(super) lost: Vec<Lost>,
}

impl Follower {
    /// Whoever calls this holds the lock.
    ///
    /// # Errors
    /// The state folder cannot be used.
    pub(crate) fn open(
        folder: &StateFolder,
        config: &Config,
        is_foreground: bool,
    ) -> Result<Self, CaptureError> {
        let (clock, random) = (SystemClock, SystemRandom);
        let now_us = clock.now_us();
        let mut losses = Losses::read(folder);
        let before = losses.clone();
        let defaults = Limits::default();
        let limits = Limits {
            bytes_max: config.spool_bytes_max.unwrap_or(defaults.bytes_max),
            age_max_us: config
                .spool_age_max_s
                .and_then(|seconds| i64::try_from(seconds).ok()?.checked_mul(1_000_000))
                .unwrap_or(defaults.age_max_us),
        };
        let spool = Spool::open(&folder.spool(), limits, now_us, &mut losses)?;
        if losses != before || spool.was_cut() {
            losses.write(folder)?;
            // What was in the damaged part is on the disk where it came from: all of it is read again, and the server knows
            // what it has.
            cursor::forget(folder, &|_| true);
        }
        let hello = Hello::known(folder, config);
        let sessions = live::read(folder)
            .into_iter()
            .map(|live| (live.session_id.clone(), Followed::new(live)))
            .collect();
        Ok(Self {
            device: Device::open(&random)?,
            redactor: envelope::redactor(hello.redaction.as_ref()),
            privacy: Privacy::read(folder)?,
            is_obeyed: false,
            unwritten: BTreeSet::new(),
            told: BTreeSet::new(),
            tell_at_us: i64::MIN,
            hashes: Hashes::read(folder),
            sent: Sent::read(folder),
            ship: Ship::new(Server::new(config)),
            status: Status::new(now_us),
            folder: folder.clone(),
            config: config.clone(),
            is_foreground,
            clock,
            random,
            spool,
            losses,
            hello,
            sessions,
            successor: None,
            busy_at_us: now_us,
            scanned_at_us: i64::MIN,
            folders: Folders::read(folder, now_us),
        })
    }

    /// Follows until there is nothing more to do. Gives the program that takes over, if one of another version is there.
    pub(crate) fn follow(&mut self) -> Option<PathBuf> {
        self.log("follows");
        loop {
            let is_busy = self.round();
            let now_us = self.clock.now_us();
            if is_busy {
                self.busy_at_us = now_us;
            }
            self.tell_status(now_us, false);
            if self.successor.is_some() || self.is_done(now_us) {
                break;
            }
            if !is_busy {
                let is_at_work = self
                    .sessions
                    .values()
                    .any(|session| now_us - session.grown_at_us < AT_WORK_US);
                system::pause(if is_at_work { ROUND } else { ROUND_IDLE });
            }
        }
        self.tell_status(self.clock.now_us(), true);
        self.log("is done");
        self.successor.take()
    }

    /// One round. True when there is more to do at once.
    pub(crate) fn round(&mut self) -> bool {
        self.obey();
        if !self.is_obeyed {
            return false;
        }
        let mut round = Round::default();
        self.take_events(&mut round);
        self.scan();
        if !self.spool.is_full() {
            self.read_sessions(&mut round);
            self.look_at_stopped(&mut round);
        }
        let has_more = round.has_more;
        let is_spooled = self.commit(round);
        self.end_sessions();
        let is_shipped = self.ship_round();
        has_more && is_spooled || is_shipped
    }

    /// Spools what a round found; only then do files count as read and events as taken.
    fn commit(&mut self, round: Round) -> bool {
        let now_us = self.clock.now_us();
        if let Err(error) = self.spool.append(&round.envelopes, now_us) {
            self.log(&format!("the spool cannot be written: {error}"));
            self.status.problem = Some(format!("the spool cannot be written: {error}"));
            for session in self.sessions.values_mut() {
                session.begin_again();
            }
            self.sent = Sent::read(&self.folder);
            return false;
        }
        if !round.envelopes.is_empty() {
            self.sent.write(&self.folder);
            self.status.spooled += round.envelopes.len() as u64;
        }
        for lost in round.lost {
            self.losses.note(lost, now_us);
            let _ = self.losses.write(&self.folder);
        }
        for (session_id, path, cursor) in round.cursors {
            // Read again from an earlier place is known to the server.
            let _ = cursor::save(&self.folder, &path, &session_id, &cursor);
        }
        for event in round.events {
            let _ = fs::remove_file(event);
        }
        true
    }

    pub(super) fn keep_live(&self) {
        let live: Vec<&Live> = self
            .sessions
            .values()
            .map(|session| &session.live)
            .collect();
        live::write(&self.folder, &live);
    }

    fn is_done(&self, now_us: i64) -> bool {
        // Somebody deleted it, and with it what waited: nothing can be kept, and its lock keeps nobody out any more.
        if !self.folder.root().is_dir() {
            return true;
        }
        !self.is_foreground
            && self.sessions.is_empty()
            && self.privacy.waiting().is_empty()
            && self.spool.is_empty()
            && self.losses.is_empty()
            && now_us - self.busy_at_us >= LINGER_US
    }

    fn tell_status(&mut self, now_us: i64, is_last: bool) {
        self.status.following = self.sessions.keys().cloned().collect();
        self.status.is_running = !is_last;
        self.status.lost = self.losses.count_ever;
        if is_last || self.status.is_due(now_us) {
            self.status.waiting = self.spool.count();
        }
        self.status.spool_bytes = self.spool.bytes();
        self.status.is_full = self.spool.is_full();
        self.status.write(&self.folder, now_us, is_last);
    }

    pub(super) fn log(&self, text: &str) {
        let line = format!("{} {text}\n", rfc3339(self.clock.now_us()));
        if self.is_foreground {
            let _ = io::stderr().write_all(line.as_bytes());
        }
        let path = self.folder.log();
        if fs::metadata(&path).is_ok_and(|meta| meta.len() > LOG_BYTES_MAX) {
            let _ = fs::rename(&path, path.with_extension("log.1"));
        }
        let file = fs::File::options().create(true).append(true).open(path);
        // A log that cannot be written is no reason to stop.
        let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    }
}
