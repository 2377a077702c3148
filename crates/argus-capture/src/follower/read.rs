//! Reads what is new in the files of sessions.

use std::fs;

use argus_session::Clock;
use argus_session::source::transcript::forked_from;

use super::run::{Follower, Round};
use super::session::Followed;
use crate::event::ClaudeProcess;
use crate::files::{FoundTranscript, SessionFile};
use crate::live::Live;
use crate::lost::{Lost, Reason};
use crate::paths::StateFolder;
use crate::{cursor, files, inventory, paths};

/// Bytes that are read in one round: what is read is held until it is spooled.
const ROUND_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// So long after its end a session's files are looked at still: the client writes them to the last.
const GRACE_US: i64 = 2 * 1_000_000;
/// A session whose process is not known is let go when nothing moved for so long: when it grows again, it is found again.
const UNKNOWN_PROCESS_US: i64 = 30 * 1_000_000;
/// How often sessions that no hook told of are looked for, microseconds.
const SCAN_EVERY_US: i64 = 5 * 1_000_000;

impl Follower {
    /// Sessions that no hook told of: written while none ran, or while nothing could be kept. In the foreground no hook is
    /// needed at all; otherwise only where hooks told of others.
    pub(super) fn scan(&mut self) {
        let now_us = self.clock.now_us();
        if now_us.saturating_sub(self.scanned_at_us) < SCAN_EVERY_US {
            return;
        }
        // At first everything since this machine was set up; then what moved since the last look.
        let since_us = self
            .folders
            .since_us
            .max(self.scanned_at_us.saturating_sub(SCAN_EVERY_US));
        self.scanned_at_us = now_us;
        let config = paths::claude_config();
        let mut has_new = false;
        if !self.is_foreground && inventory::is_switched_off(&config) {
            return;
        }
        let mut found = files::transcripts(&config);
        // Hooks do not tell of Cowork; who runs a follower for good wants those sessions too.
        if let Some(root) = paths::cowork().filter(|_| self.is_foreground) {
            found.extend(files::cowork_sessions(&root));
        }
        for found in found {
            if found.changed_us < since_us {
                continue;
            }
            let is_read = || is_read(&self.folder, &found);
            if !self.is_foreground && !self.folders.holds(&found, now_us)
                || self.sessions.contains_key(&found.session_id)
                || self.is_silent(&found.session_id)
                || is_read()
            {
                continue;
            }
            let live = Live {
                session_id: found.session_id.clone(),
                transcript: found.path,
                cwd: None,
                claude_config: Some(config.clone()),
                process: ClaudeProcess::default(),
                cowork: found.cowork,
                is_over: now_us - found.changed_us >= UNKNOWN_PROCESS_US,
                seen_at_us: now_us,
                hooks: Vec::new(),
            };
            self.sessions.insert(found.session_id, Followed::new(live));
            has_new = true;
        }
        if has_new {
            self.keep_live();
        }
    }

    pub(super) fn read_sessions(&mut self, round: &mut Round) {
        // Without the key for lines there are no keys for what is read: the transcript waits on the disk.
        let Some(line_key) = self.hello.line_key() else {
            return;
        };
        let now_us = self.clock.now_us();
        let mut bytes = 0;
        for session_id in self.sessions.keys().cloned().collect::<Vec<_>>() {
            if bytes >= ROUND_BYTES_MAX {
                round.has_more = true;
                return;
            }
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
                round.lost.push(Lost {
                    reason: Reason::Unreadable,
                    session_id: Some(session_id.clone()),
                    source: "transcript".to_owned(),
                    count: grown.unreadable,
                    bytes: grown.unreadable_bytes,
                });
            }
            bytes += grown.bytes;
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
                // A line may name another session than its file does.
                if item
                    .session_id
                    .as_deref()
                    .is_some_and(|id| self.is_silent(id))
                {
                    continue;
                }
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

    /// Lets go of sessions that are over.
    pub(super) fn end_sessions(&mut self) {
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
}

/// True when all of a session was read.
fn is_read(folder: &StateFolder, found: &FoundTranscript) -> bool {
    files::of_session(&found.path, &found.session_id, found.cowork.as_deref())
        .iter()
        .all(|file| {
            let Ok(meta) = fs::metadata(file.path()) else {
                return true;
            };
            let cursor = cursor::load(folder, file.path());
            let is_small = !matches!(
                file,
                SessionFile::Transcript { .. } | SessionFile::CoworkAudit { .. }
            );
            cursor.offset >= meta.len()
                && (!is_small || cursor.file_number == files::changed_us(&meta).unsigned_abs())
        })
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
