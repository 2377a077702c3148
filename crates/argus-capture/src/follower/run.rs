//! What the follower does, round by round: events, files, the server.

use std::collections::BTreeMap;
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
use crate::lost::Losses;
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
    pub(super) silenced: usize,
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
                let known = (skill.clone(), tree.hash.clone());
                session.at_start.insert(skill.path.clone(), known);
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
            let before = at_start.get(&path).map(|(_, hash)| hash);
            // By the name that the session knows it by, where it was in reach when that began.
            let known = at_start.get(&path).map(|(skill, _)| skill.clone());
            let skill = known.unwrap_or_else(|| skills::SkillFolder {
                name: path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                path: path.clone(),
                origin: "unknown",
                plugin: None,
            });
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
