//! Events that hooks and commands left, and what is private: obeyed before anything else.

use argus_session::source::hook;
use argus_session::{Clock, Meta};

use super::run::{Follower, Round};
use super::session::Followed;
use crate::event::{self, Event};
use crate::live::Live;
use crate::privacy::Privacy;
use crate::{cursor, files};

impl Follower {
    /// What was made private since the last look goes out of everything that waits, before anything else is done. While it is
    /// not known what is private, nothing is.
    pub(super) fn obey(&mut self) {
        let mut privacy = match Privacy::read(&self.folder) {
            Ok(privacy) => privacy,
            Err(error) => {
                self.is_obeyed = false;
                self.status.problem = Some(format!("what is private cannot be read: {error}"));
                return;
            }
        };
        // What could not be written down holds all the same.
        let now_us = self.clock.now_us();
        for session_id in &self.unwritten {
            privacy.say(session_id, None, now_us);
        }
        let is_same = privacy.silent() == self.privacy.silent();
        self.privacy = privacy;
        if is_same && self.is_obeyed {
            return;
        }
        let privacy = &self.privacy;
        let result = self.spool.forget(&|session| privacy.is_silent(session));
        cursor::forget(&self.folder, &|session| privacy.is_silent(session));
        for session in self.sessions.values_mut() {
            if privacy.is_silent(&session.live.session_id) {
                session.begin_again();
            }
        }
        self.is_obeyed = result.is_ok();
        match result {
            Ok(0) => {}
            Ok(gone) => self.log(&format!("{gone} envelopes of private sessions are gone")),
            Err(error) => self.log(&format!("the spool cannot be rewritten: {error}")),
        }
    }

    pub(super) fn is_silent(&self, session_id: &str) -> bool {
        self.privacy.is_silent(session_id)
    }

    pub(super) fn take_events(&mut self, round: &mut Round) {
        for (path, event) in event::waiting(&self.folder) {
            // Who was started for good stays: who started it sees to its version.
            if !self.is_foreground
                && event.program_version != env!("CARGO_PKG_VERSION")
                && let Some(program) = event.program.clone().filter(|program| program.is_file())
            {
                self.successor = Some(program);
            }
            self.take_event(&event, round);
            round.events.push(path);
        }
    }

    pub(super) fn take_event(&mut self, event: &Event, round: &mut Round) {
        let (Some(session_id), Some(transcript)) =
            (event.session_id.clone(), event.transcript_path.clone())
        else {
            return;
        };
        if !files::is_name(&session_id) || transcript.as_os_str().is_empty() {
            return;
        }
        // The hook said so itself, unless it could not write.
        if self.privacy.holds_for(&event.process, event.at_us) && !self.is_silent(&session_id) {
            self.make_private(&session_id);
        }
        let now_us = self.clock.now_us();
        self.folders.add(&self.folder, &transcript, now_us);
        let live = Live {
            session_id: session_id.clone(),
            transcript: transcript.clone(),
            cwd: event.cwd.clone(),
            claude_config: event.claude_config.clone(),
            process: event.process.clone(),
            cowork: files::cowork_metadata(&transcript),
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

    /// A session is private from here on, whether or not that can be written down.
    pub(super) fn make_private(&mut self, session_id: &str) {
        let now_us = self.clock.now_us();
        let said = Privacy::change(&self.folder, |privacy| {
            privacy.say(session_id, None, now_us);
        });
        if let Err(error) = said {
            self.unwritten.insert(session_id.to_owned());
            self.log(&format!("private.json cannot be written: {error}"));
        }
        self.privacy.say(session_id, None, now_us);
        // What waits of it goes in the next round, before anything is sent.
        self.is_obeyed = false;
    }
}
