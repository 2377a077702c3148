//! What the follower does, round by round: events, files, the server.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use argus_redact::Redactor;
use argus_session::source::hook;
use argus_session::source::transcript::forked_from;
use argus_session::time::rfc3339;
use argus_session::{Clock, Item, Meta, NaturalKey, Source};
use serde_json::{Value, json};

use super::sent::Sent;
use super::session::Followed;
use crate::config::Config;
use crate::cursor::{self, Cursor};
use crate::device::Device;
use crate::envelope::{self, Beside};
use crate::error::CaptureError;
use crate::event::{self, Event};
use crate::hello::Hello;
use crate::http::Server;
use crate::live::{self, Live};
use crate::lost::{Losses, Reason};
use crate::paths::StateFolder;
use crate::privacy::{Outcome, Privacy};
use crate::ship::Ship;
use crate::skills::{self, Hashes};
use crate::spool::{Limits, Spool};
use crate::status::Status;
use crate::system::{self, SystemClock, SystemRandom};
use crate::token;
use crate::{files, inventory, platform};

/// How often files are looked at while a session is at work.
const ROUND: Duration = Duration::from_millis(150);
/// The same while nothing moves.
const ROUND_IDLE: Duration = Duration::from_secs(1);
/// So long after its last sign a session counts as at work, microseconds.
const AT_WORK_US: i64 = 60 * 1_000_000;
/// So long after its end a session's files are looked at still: the client writes them to the last.
const GRACE_US: i64 = 2 * 1_000_000;
/// So long after a turn's end its last records are in the transcript (measured: 0.3 s), microseconds.
const SETTLED_US: i64 = 600_000;
/// A session whose process is not known is over when nothing moved for so long.
const UNKNOWN_PROCESS_US: i64 = 30 * 60 * 1_000_000;
/// So long a follower stays that has nothing to do: the next session is often near.
const LINGER_US: i64 = 15 * 1_000_000;
/// How often a follower in the foreground looks for sessions that no hook told of, microseconds.
const SCAN_EVERY_US: i64 = 5 * 1_000_000;
/// Largest log.
const LOG_BYTES_MAX: u64 = 1024 * 1024;

/// A follower.
#[derive(Debug)]
pub(crate) struct Follower {
    folder: StateFolder,
    pub(crate) config: Config,
    is_foreground: bool,
    device: Device,
    clock: SystemClock,
    random: SystemRandom,
    pub(crate) spool: Spool,
    losses: Losses,
    privacy: Privacy,
    silenced: usize,
    hello: Hello,
    redactor: Redactor,
    sessions: BTreeMap<String, Followed>,
    hashes: Hashes,
    sent: Sent,
    ship: Ship,
    status: Status,
    successor: Option<PathBuf>,
    busy_at_us: i64,
    scanned_at_us: i64,
    began_us: i64,
}

/// What a round found, to be spooled together.
#[derive(Debug, Default)]
struct Round {
    envelopes: Vec<Vec<u8>>,
    cursors: Vec<(String, PathBuf, Cursor)>,
    events: Vec<PathBuf>,
    has_more: bool,
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
        if losses != before {
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
            privacy: Privacy::read(folder),
            silenced: 0,
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
            began_us: now_us,
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

    /// What was made private since the last look goes out of everything that waits, before anything else is done.
    fn obey(&mut self) {
        let privacy = Privacy::read(&self.folder);
        if privacy == self.privacy && self.silenced == silent_count(&privacy) {
            return;
        }
        self.privacy = privacy;
        let privacy = &self.privacy;
        let result = self.spool.forget(&|session| privacy.is_silent(session));
        cursor::forget(&self.folder, &|session| privacy.is_silent(session));
        match result {
            Ok(gone) => {
                self.silenced = silent_count(privacy);
                if gone > 0 {
                    self.log(&format!("{gone} envelopes of private sessions are gone"));
                }
            }
            // Nothing is sent before it is obeyed.
            Err(error) => self.log(&format!("the spool cannot be rewritten: {error}")),
        }
        for session in self.sessions.values_mut() {
            if self.privacy.is_silent(&session.live.session_id) {
                session.begin_again();
            }
        }
    }

    fn is_silent(&self, session_id: &str) -> bool {
        self.privacy.is_silent(session_id)
    }

    fn take_events(&mut self, round: &mut Round) {
        for (path, event) in event::waiting(&self.folder) {
            if event.program_version != env!("CARGO_PKG_VERSION")
                && let Some(program) = event.program.clone().filter(|program| program.is_file())
            {
                self.successor = Some(program);
            }
            self.take_event(&event, round);
            round.events.push(path);
        }
    }

    fn take_event(&mut self, event: &Event, round: &mut Round) {
        let (Some(session_id), Some(transcript)) =
            (event.session_id.clone(), event.transcript_path.clone())
        else {
            return;
        };
        if !files::is_name(&session_id) || transcript.as_os_str().is_empty() {
            return;
        }
        if self.privacy.holds_for(&event.process) && !self.is_silent(&session_id) {
            self.make_private(&session_id);
        }
        let now_us = self.clock.now_us();
        let live = Live {
            session_id: session_id.clone(),
            transcript,
            cwd: event.cwd.clone(),
            claude_config: event.claude_config.clone(),
            process: event.process.clone(),
            is_over: event.name == "SessionEnd",
            seen_at_us: now_us,
            hooks: Vec::new(),
        };
        let session = self
            .sessions
            .entry(session_id.clone())
            .or_insert_with(|| Followed::new(live.clone()));
        session.live = Live {
            hooks: std::mem::take(&mut session.live.hooks),
            ..live
        };
        if !session.live.hooks.contains(&event.name) {
            session.live.hooks.push(event.name.clone());
        }
        session.grown_at_us = now_us;
        self.keep_live();
        if self.is_silent(&session_id) {
            return;
        }
        let body = event.body();
        let meta = Meta {
            captured_at_us: Some(event.at_us),
            ..Meta::default()
        };
        let item = hook::item(body, &event.key, meta);
        self.seal(item, Some(&session_id), event.at_us, round);
        match event.name.as_str() {
            "SessionStart" => self.begin_session(&session_id, round),
            "Stop" | "SessionEnd" => {
                if let Some(session) = self.sessions.get_mut(&session_id) {
                    session.stopped_at_us = Some(now_us);
                }
            }
            _ => {}
        }
    }

    fn make_private(&mut self, session_id: &str) {
        let now_us = self.clock.now_us();
        match Privacy::change(&self.folder, |privacy| {
            privacy.say(session_id, None, now_us);
        }) {
            Ok((privacy, ())) => self.privacy = privacy,
            Err(error) => self.log(&format!("private.json cannot be written: {error}")),
        }
        // What waits of it goes in the next round, before anything is sent.
        self.silenced = usize::MAX;
    }

    fn seal(&self, item: Item, session_id: Option<&str>, at_us: i64, round: &mut Round) {
        let session = session_id.and_then(|id| self.sessions.get(id));
        let beside = Beside {
            device: self.device.id(),
            process: session
                .map(|session| session.live.process.clone())
                .unwrap_or_default(),
            cwd: session
                .and_then(|session| session.live.cwd.as_ref())
                .map(|cwd| cwd.to_string_lossy().into_owned()),
            git_remote: session.and_then(|session| session.git_remote.clone()),
        };
        round
            .envelopes
            .push(envelope::seal(item, &self.redactor, &beside, at_us));
    }

    /// Something that this client says itself.
    fn say(&self, key: &str, body: Value, session_id: Option<&str>, round: &mut Round) {
        let now_us = self.clock.now_us();
        let item = Item {
            source: Source::Capture,
            key: NaturalKey::given(key),
            session_id: session_id.map(str::to_owned),
            at_us: Some(now_us),
            body,
            meta: Meta::default(),
        };
        self.seal(item, session_id, now_us, round);
    }

    /// A session began: the versions of all skills in reach, and what the machine has.
    fn begin_session(&mut self, session_id: &str, round: &mut Round) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let hooks = session.live.hooks.clone();
        let (cwd, config) = (
            session.live.cwd.clone(),
            session
                .live
                .claude_config
                .clone()
                .unwrap_or_else(crate::paths::claude_config),
        );
        let state = json!({
            "type": "capture_state", "state": "started", "hooks": hooks,
            "client": {"version": env!("CARGO_PKG_VERSION"), "os": platform::OS, "arch": platform::ARCH},
        });
        self.say(
            &format!("capture_state\0{session_id}\0started"),
            state,
            Some(session_id),
            round,
        );
        let plugins = inventory::plugins(&config);
        for skill in skills::find(&config, cwd.as_deref(), &plugins) {
            let Some(tree) = self.hashes.of(&self.folder, &skill.path) else {
                continue;
            };
            if let Some(session) = self.sessions.get_mut(session_id) {
                session
                    .at_start
                    .insert(skill.path.clone(), tree.hash.clone());
            }
            let key = format!(
                "skill_tree\0{session_id}\0{}\0{}\0start",
                skill.path.display(),
                tree.hash
            );
            self.say(
                &key,
                skills::tree_body(&skill, &tree, "start", None),
                Some(session_id),
                round,
            );
            self.say_files(&skill, &tree, round);
        }
        let servers = inventory::mcp_servers(&config, cwd.as_deref(), &plugins);
        let (body, hash) = inventory::body(&self.device, &servers, &plugins);
        let now_us = self.clock.now_us();
        let thing = format!("inventory\0{}\0{hash}", self.device.id());
        if self.sent.is_due(&thing, now_us) {
            // One a day: that it is still so is said anew.
            let key = format!("{thing}\0{}", now_us / (24 * 3600 * 1_000_000));
            self.say(&key, body, None, round);
            self.sent.note(&thing, now_us);
        }
    }

    fn say_files(
        &mut self,
        skill: &skills::SkillFolder,
        tree: &crate::skill_tree::SkillTree,
        round: &mut Round,
    ) {
        let thing = format!("skill_files\0{}\0{}", skill.name, tree.hash);
        if self.sent.is_new(&thing) {
            self.say(
                &thing,
                skills::files_body(skill, tree, &self.redactor),
                None,
                round,
            );
            self.sent.note(&thing, self.clock.now_us());
        }
    }

    /// Sessions that stopped a moment ago: by now their transcripts say which skills ran.
    fn look_at_stopped(&mut self, round: &mut Round) {
        let now_us = self.clock.now_us();
        let stopped: Vec<String> = self
            .sessions
            .iter()
            .filter(|(_, session)| {
                session
                    .stopped_at_us
                    .is_some_and(|at_us| now_us - at_us >= SETTLED_US)
            })
            .map(|(id, _)| id.clone())
            .collect();
        for session_id in stopped {
            if let Some(session) = self.sessions.get_mut(&session_id) {
                session.stopped_at_us = None;
            }
            if !self.is_silent(&session_id) {
                self.look_at_fired(&session_id, round);
            }
        }
    }

    /// Skills that ran are looked at again: are they what they were when the session began?
    fn look_at_fired(&mut self, session_id: &str, round: &mut Round) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let (fired, at_start) = (session.fired.clone(), session.at_start.clone());
        for path in fired {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let skill = skills::SkillFolder {
                name,
                path: path.clone(),
                origin: "unknown",
                plugin: None,
            };
            let before = at_start.get(&path);
            let Some(tree) = self.hashes.of(&self.folder, &path) else {
                let body = json!({
                    "type": "skill_state", "path": path.to_string_lossy(), "name": skill.name,
                    "state": "unknown", "hash_at_start": before, "at": "stop",
                });
                let key = format!("skill_state\0{session_id}\0{}\0unknown", path.display());
                self.say(&key, body, Some(session_id), round);
                continue;
            };
            let state = match before {
                Some(hash) if *hash == tree.hash => "stable",
                Some(_) => "changed",
                None => "unknown",
            };
            let key = format!(
                "skill_tree\0{session_id}\0{}\0{}\0stop",
                path.display(),
                tree.hash
            );
            self.say(
                &key,
                skills::tree_body(&skill, &tree, "stop", Some(state)),
                Some(session_id),
                round,
            );
            self.say_files(&skill, &tree, round);
        }
    }

    /// In the foreground no hook is needed: transcripts that were written to since it began are followed.
    fn scan(&mut self) {
        let now_us = self.clock.now_us();
        if !self.is_foreground || now_us.saturating_sub(self.scanned_at_us) < SCAN_EVERY_US {
            return;
        }
        self.scanned_at_us = now_us;
        let config = crate::paths::claude_config();
        let mut has_new = false;
        for (transcript, session_id) in files::transcripts(&config) {
            if self.sessions.contains_key(&session_id) {
                continue;
            }
            let changed_us = fs::metadata(&transcript)
                .and_then(|meta| meta.modified())
                .ok()
                .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
                .and_then(|since| i64::try_from(since.as_micros()).ok())
                .unwrap_or(0);
            if changed_us < self.began_us {
                // The newest come first.
                break;
            }
            let live = Live {
                session_id: session_id.clone(),
                transcript,
                cwd: None,
                claude_config: Some(config.clone()),
                process: event::ClaudeProcess::default(),
                is_over: false,
                seen_at_us: now_us,
                hooks: Vec::new(),
            };
            self.sessions.insert(session_id, Followed::new(live));
            has_new = true;
        }
        if has_new {
            self.keep_live();
        }
    }

    fn read_sessions(&mut self, round: &mut Round) {
        // Without the key for lines there are no keys for what is read: the transcript waits on the disk.
        let Some(line_key) = self.hello.line_key() else {
            return;
        };
        let now_us = self.clock.now_us();
        for session_id in self.sessions.keys().cloned().collect::<Vec<_>>() {
            if self.is_silent(&session_id) {
                continue;
            }
            let Some(session) = self.sessions.get_mut(&session_id) else {
                continue;
            };
            let is_over = is_over(session, now_us) && now_us - session.grown_at_us >= GRACE_US / 2;
            let grown = session.read(&self.folder, line_key, now_us, is_over);
            round.has_more |= grown.has_more;
            if grown.unreadable > 0 {
                self.losses.note(
                    Reason::Unreadable,
                    Some(session_id.clone()),
                    "transcript",
                    grown.unreadable,
                    grown.unreadable_bytes,
                    now_us,
                );
            }
            // A copy of a private session is private: a fork repeats its records.
            let is_fork = grown.items.iter().any(|item| {
                forked_from(&item.body, &session_id)
                    .is_some_and(|(of, _)| self.privacy.is_silent(&of))
            });
            if is_fork {
                self.make_private(&session_id);
                continue;
            }
            for item in grown.items {
                self.seal(item, Some(&session_id), now_us, round);
            }
            round.cursors.extend(
                grown
                    .cursors
                    .into_iter()
                    .map(|(path, cursor)| (session_id.clone(), path, cursor)),
            );
        }
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
        for (session_id, path, cursor) in round.cursors {
            // Read again from an earlier place is known to the server.
            let _ = cursor::save(&self.folder, &path, &session_id, &cursor);
        }
        for event in round.events {
            let _ = fs::remove_file(event);
        }
        true
    }

    /// Lets go of sessions that are over.
    fn end_sessions(&mut self) {
        let now_us = self.clock.now_us();
        let before = self.sessions.len();
        let is_full = self.spool.is_full();
        self.sessions.retain(|_, session| {
            !is_over(session, now_us)
                || is_full
                || session.stopped_at_us.is_some()
                || now_us - session.grown_at_us < GRACE_US
        });
        if self.sessions.len() != before {
            self.keep_live();
        }
    }

    fn keep_live(&self) {
        let live: Vec<&Live> = self
            .sessions
            .values()
            .map(|session| &session.live)
            .collect();
        live::write(&self.folder, &live);
    }

    /// Talks to the server, when it is time. True when there is more to send at once.
    fn ship_round(&mut self) -> bool {
        let now_us = self.clock.now_us();
        let before = self.losses.clone();
        if let Err(error) = self.spool.enforce(now_us, &mut self.losses) {
            self.log(&format!("the spool cannot be bounded: {error}"));
        }
        if self.losses != before {
            let _ = self.losses.write(&self.folder);
        }
        if !self.ship.is_time(now_us) {
            return false;
        }
        if self.silenced != silent_count(&self.privacy) {
            // Something private waits in the spool still.
            return false;
        }
        let Some(key) = self.key() else {
            self.status.problem = Some("no key: sign in with `argus-capture login`".to_owned());
            self.ship.wait_long(now_us);
            return false;
        };
        let result = self.talk(&key, now_us);
        match result {
            Ok(has_more) => {
                self.ship.went_well();
                self.status.problem = None;
                has_more
            }
            Err(error) => {
                self.status.problem = Some(error.to_string());
                self.log(&error.to_string());
                self.ship.failed(now_us, &error, &self.random);
                false
            }
        }
    }

    fn talk(&mut self, key: &str, now_us: i64) -> Result<bool, crate::http::ServerError> {
        if self.ship.is_hello_due(now_us) {
            let sessions = self.known_sessions();
            let hello = Hello::ask(
                &self.ship.server,
                key,
                &self.folder,
                &self.device,
                &sessions,
                &self.clock,
            );
            match hello {
                Ok(hello) => self.heard(hello),
                // An older server: what the bundle says holds.
                Err(error) if error.status() == Some(404) => {}
                Err(error) => return Err(error),
            }
            self.ship.said_hello(now_us);
        }
        let waiting = self.privacy.waiting();
        if !waiting.is_empty() {
            self.tell_private(key, &waiting)?;
        }
        if !self.losses.is_empty() {
            self.say_losses();
        }
        let Some(shipped) = self
            .ship
            .batch(key, &self.spool, &mut self.losses, now_us)?
        else {
            return Ok(false);
        };
        self.spool
            .acknowledge(&shipped.batch)
            .map_err(|error| crate::http::ServerError::Odd(error.to_string()))?;
        if shipped.refused > 0 {
            let _ = self.losses.write(&self.folder);
        }
        self.status.acknowledged += shipped.acknowledged;
        self.status.acknowledged_at_us = Some(now_us);
        self.purge(&shipped.purge, now_us);
        Ok(true)
    }

    fn key(&self) -> Option<String> {
        token::store(&self.folder)
            .get()
            .map(|token| token.token)
            .or_else(|| self.config.key.clone())
    }

    /// Sessions of which something is held here.
    fn known_sessions(&self) -> Vec<String> {
        let mut sessions: Vec<String> = self.sessions.keys().cloned().collect();
        sessions.extend(
            cursor::all(&self.folder)
                .into_iter()
                .map(|stored| stored.session_id),
        );
        sessions.sort();
        sessions.dedup();
        sessions
    }

    fn heard(&mut self, hello: Hello) {
        let is_new_rule = serde_json::to_value(&hello.redaction).ok()
            != serde_json::to_value(&self.hello.redaction).ok();
        if is_new_rule {
            self.redactor = envelope::redactor(hello.redaction.as_ref());
        }
        let purge = hello.purge.clone();
        self.hello = hello;
        self.purge(&purge, self.clock.now_us());
    }

    /// The server erased sessions: nothing of them is kept here, or sent again.
    fn purge(&mut self, sessions: &[String], now_us: i64) {
        let new: Vec<&String> = sessions.iter().filter(|id| !self.is_silent(id)).collect();
        if new.is_empty() {
            return;
        }
        let changed = Privacy::change(&self.folder, |privacy| {
            for id in &new {
                privacy.settle(id, Outcome::Erased, now_us);
            }
        });
        match changed {
            Ok((privacy, ())) => {
                self.privacy = privacy;
                self.silenced = usize::MAX;
                self.obey();
            }
            Err(error) => self.log(&format!("private.json cannot be written: {error}")),
        }
    }

    fn tell_private(
        &mut self,
        key: &str,
        waiting: &[String],
    ) -> Result<(), crate::http::ServerError> {
        let said_at_us = waiting
            .iter()
            .filter_map(|id| self.privacy.sessions.get(id))
            .map(|session| session.said_at_us)
            .max()
            .unwrap_or_default();
        let body = json!({
            "version": 1, "sessions": waiting.iter().take(100).collect::<Vec<_>>(), "said_at": rfc3339(said_at_us),
            "device": {"id": self.device.id(), "secret": self.device.secret()},
        });
        let answer = match self
            .ship
            .server
            .post("/v1/capture/private", Some(key), &body)
        {
            // An older server cannot erase: what this client can do, it did.
            Err(error) if error.status() == Some(404) => return Ok(()),
            answer => answer?,
        };
        let now_us = self.clock.now_us();
        let outcomes: Vec<(String, Outcome)> = answer["sessions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let outcome = match entry["outcome"].as_str()? {
                    "private" => Outcome::Private,
                    "content_off" => Outcome::ContentOff,
                    "forbidden" => Outcome::Forbidden,
                    "refused" => Outcome::Refused,
                    _ => return None,
                };
                Some((entry["session_id"].as_str()?.to_owned(), outcome))
            })
            .collect();
        let changed = Privacy::change(&self.folder, |privacy| {
            for (id, outcome) in &outcomes {
                privacy.settle(id, *outcome, now_us);
            }
        });
        if let Ok((privacy, ())) = changed {
            self.silenced = silent_count(&privacy);
            self.privacy = privacy;
        }
        self.log(&format!(
            "the server was told of {} private sessions",
            outcomes.len()
        ));
        Ok(())
    }

    /// Losses become items as soon as the server can hear of them.
    fn say_losses(&mut self) {
        let mut round = Round::default();
        for loss in &self.losses.losses {
            if loss
                .session_id
                .as_deref()
                .is_some_and(|id| self.is_silent(id))
            {
                continue;
            }
            let key = system::uuid_v7(&self.clock, &self.random);
            self.say(&key, loss.body(), loss.session_id.as_deref(), &mut round);
        }
        if self
            .spool
            .append(&round.envelopes, self.clock.now_us())
            .is_ok()
        {
            self.losses.losses.clear();
            let _ = self.losses.write(&self.folder);
        }
    }

    fn is_done(&self, now_us: i64) -> bool {
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

    fn log(&self, text: &str) {
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

fn silent_count(privacy: &Privacy) -> usize {
    privacy
        .sessions
        .values()
        .filter(|session| session.outcome.is_silent())
        .count()
}

/// True when nobody goes on with a session.
fn is_over(session: &Followed, now_us: i64) -> bool {
    let live = &session.live;
    if live.process.pid.is_some() {
        // After its end was told the process may go on, with another session: this one is over all the same.
        live.is_over || !live.process.is_running()
    } else {
        live.is_over || now_us - session.grown_at_us >= UNKNOWN_PROCESS_US
    }
}
