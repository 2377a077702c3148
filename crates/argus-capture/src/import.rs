//! Backfill: everything that Claude Code left on this disk, the newest first. It can be broken off and run again: what the
//! server has is passed over.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use argus_redact::Redactor;
use argus_session::source::cowork::metadata_item;
use argus_session::source::transcript::{agent_meta_item, forked_from, tool_result_file_item};
use argus_session::{Clock, Item, Meta, NaturalKey, Source};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::config::Config;
use crate::cursor::{self, Cursor};
use crate::device::Device;
use crate::envelope::{self, Beside};
use crate::error::CaptureError;
use crate::event::ClaudeProcess;
use crate::files::{self, FoundTranscript, SessionFile};
use crate::hello::Hello;
use crate::http::{Server, ServerError};
use crate::lost::{Losses, Lost, Reason};
use crate::paths::StateFolder;
use crate::privacy::{Outcome, Privacy};
use crate::system::{self, SystemClock, SystemRandom};
use crate::tail::{Kind, Tail};
use crate::{live, output, paths, token};

/// Envelopes in one request.
const ENVELOPES_MAX: usize = 500;
/// Bytes in one request, before compression.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes of a file that are read at a time.
const READ_BYTES_MAX: u64 = 1024 * 1024;
/// Largest tool output that is sent.
const SMALL_FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// So often a server that is away is tried again, with waits of 1, 2, 4, … seconds.
const TRIES_MAX: u32 = 6;

/// What a backfill did.
#[derive(Debug, Default)]
struct Counts {
    sessions: u64,
    accepted: u64,
    known: u64,
    private: u64,
    unreadable: u64,
    refused: u64,
}

struct Import<'a> {
    folder: &'a StateFolder,
    server: Server,
    key: String,
    redactor: Redactor,
    device: String,
    line_key: [u8; 32],
    privacy: Privacy,
    losses: Losses,
    counts: Counts,
    progress: ProgressBar,
    batch: Vec<Vec<u8>>,
    batch_bytes: usize,
    /// Places up to which files count as read once the batch is taken.
    cursors: Vec<(PathBuf, String, Cursor)>,
}

/// Sends what is on the disk.
///
/// # Errors
/// There is no key, or the server is away or refuses: what was sent stays sent.
pub(crate) fn import(
    config: &Config,
    folder: &StateFolder,
    claude_config: &Path,
) -> Result<(), CaptureError> {
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.import())?;
    if lock.try_lock().is_err() {
        return Err(CaptureError::user("another import runs"));
    }
    let key = token::store(folder)
        .get()
        .map(|token| token.token)
        .or_else(|| config.key.clone())
        .ok_or_else(|| CaptureError::config("no key").hint("argus-capture login"))?;
    let server = Server::new(config);
    let device = Device::open(&SystemRandom)?;
    let hello = Hello::ask(&server, &key, folder, &device, &[], &SystemClock)
        .map_err(|error| CaptureError::server(error.to_string()))?;
    let line_key = hello
        .line_key()
        .ok_or_else(|| CaptureError::server("the server gave no key for lines"))?;
    // The follower reads those that are at work from their start.
    let at_work: Vec<String> = live::read(folder)
        .into_iter()
        .map(|live| live.session_id)
        .collect();
    let cowork = paths::cowork().map(|root| files::cowork_sessions(&root));
    let sessions: Vec<FoundTranscript> = files::transcripts(claude_config)
        .into_iter()
        .chain(cowork.into_iter().flatten())
        .filter(|found| !at_work.contains(&found.session_id))
        .collect();
    let size = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    let total = sessions
        .iter()
        .flat_map(|found| {
            files::of_session(&found.path, &found.session_id, found.cowork.as_deref())
        })
        .map(|file| size(file.path()))
        .sum();
    let mut import = Import {
        redactor: envelope::redactor(hello.redaction.as_ref()),
        privacy: Privacy::read(folder)?,
        losses: Losses::default(),
        counts: Counts::default(),
        progress: bar(total),
        device: device.id(),
        batch: Vec::new(),
        batch_bytes: 0,
        cursors: Vec::new(),
        folder,
        server,
        key,
        line_key,
    };
    for found in &sessions {
        import.session(found)?;
    }
    import.send()?;
    import.say_losses()?;
    import.progress.finish_and_clear();
    import.tell(sessions.len());
    Ok(())
}

impl Import<'_> {
    fn session(&mut self, found: &FoundTranscript) -> Result<(), CaptureError> {
        let session_id = found.session_id.as_str();
        if self.privacy.is_silent(session_id) {
            self.counts.private += 1;
            return Ok(());
        }
        self.counts.sessions += 1;
        let beside = Beside {
            device: self.device.clone(),
            process: ClaudeProcess::default(),
            cwd: None,
            git_remote: None,
        };
        for file in files::of_session(&found.path, session_id, found.cowork.as_deref()) {
            if self.privacy.is_silent(session_id) {
                return Ok(());
            }
            match &file {
                SessionFile::Transcript { path, agent_id } => {
                    let agent_id = agent_id.clone();
                    self.lines(path, session_id, Kind::Transcript { agent_id }, &beside)?;
                }
                SessionFile::CoworkAudit { path } => {
                    self.lines(path, session_id, Kind::Audit, &beside)?;
                }
                SessionFile::CoworkMetadata { path } => {
                    let name = path
                        .file_name()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned();
                    let line_key = self.line_key;
                    self.small(path, session_id, &beside, &|content| {
                        metadata_item(content, &name, &line_key).ok()
                    })?;
                }
                SessionFile::AgentMeta { path, agent_id } => {
                    let name = path
                        .file_name()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned();
                    self.small(path, session_id, &beside, &|content| {
                        agent_meta_item(session_id, agent_id, &name, content).ok()
                    })?;
                }
                SessionFile::ToolResult { path, name } => {
                    self.small(path, session_id, &beside, &|content| {
                        Some(tool_result_file_item(session_id, name, content))
                    })?;
                }
            }
        }
        Ok(())
    }

    fn lines(
        &mut self,
        path: &Path,
        session_id: &str,
        kind: Kind,
        beside: &Beside,
    ) -> Result<(), CaptureError> {
        let cursor = cursor::load(self.folder, path);
        let before = cursor.offset;
        let mut tail = Tail::new(path.to_owned(), session_id, kind, self.line_key, cursor);
        let mut at = 0;
        loop {
            let Ok(read) = tail.read(READ_BYTES_MAX, true) else {
                self.counts.unreadable += 1;
                return Ok(());
            };
            if at == 0 {
                self.progress.inc(before.min(tail.cursor().offset));
                at = before.min(tail.cursor().offset);
            }
            self.counts.unreadable += read.unreadable;
            if read.unreadable > 0 {
                let lost = Lost {
                    reason: Reason::Unreadable,
                    session_id: Some(session_id.to_owned()),
                    source: "transcript".to_owned(),
                    count: read.unreadable,
                    bytes: read.unreadable_bytes,
                };
                self.losses.note(lost, SystemClock.now_us());
            }
            for item in read.items {
                let is_fork = forked_from(&item.body, session_id)
                    .is_some_and(|(of, _)| self.privacy.is_silent(&of));
                if is_fork {
                    return self.private_fork(session_id);
                }
                let now_us = SystemClock.now_us();
                self.put(envelope::seal(item, &self.redactor, beside, now_us))?;
            }
            let now = tail.cursor().clone();
            self.progress.inc(now.offset.saturating_sub(at));
            at = now.offset;
            self.cursors
                .push((path.to_owned(), session_id.to_owned(), now));
            if !read.has_more {
                return Ok(());
            }
        }
    }

    /// A copy of a private session is private.
    fn private_fork(&mut self, session_id: &str) -> Result<(), CaptureError> {
        self.batch
            .retain(|envelope| crate::spool::session_of(envelope).as_deref() != Some(session_id));
        self.cursors.retain(|(_, of, _)| of != session_id);
        let now_us = SystemClock.now_us();
        let (privacy, ()) =
            Privacy::change(self.folder, |privacy| privacy.say(session_id, None, now_us))?;
        self.privacy = privacy;
        self.counts.private += 1;
        Ok(())
    }

    fn small(
        &mut self,
        path: &Path,
        session_id: &str,
        beside: &Beside,
        item: &dyn Fn(&[u8]) -> Option<Item>,
    ) -> Result<(), CaptureError> {
        let size = fs::metadata(path).map_or(0, |meta| meta.len());
        self.progress.inc(size);
        if size > SMALL_FILE_BYTES_MAX {
            self.counts.unreadable += 1;
            return Ok(());
        }
        let Some(item) = fs::read(path).ok().and_then(|content| item(&content)) else {
            self.counts.unreadable += 1;
            return Ok(());
        };
        debug_assert_eq!(item.session_id.as_deref(), Some(session_id));
        self.put(envelope::seal(
            item,
            &self.redactor,
            beside,
            SystemClock.now_us(),
        ))
    }

    fn put(&mut self, envelope: Vec<u8>) -> Result<(), CaptureError> {
        if self.batch.len() >= ENVELOPES_MAX || self.batch_bytes + envelope.len() > BYTES_MAX {
            self.send()?;
        }
        self.batch_bytes += envelope.len();
        self.batch.push(envelope);
        Ok(())
    }

    fn send(&mut self) -> Result<(), CaptureError> {
        let mut batch = std::mem::take(&mut self.batch);
        // A word that was given meanwhile holds for what is read already.
        self.privacy = Privacy::read(self.folder)?;
        batch.retain(|envelope| {
            !crate::spool::session_of(envelope).is_some_and(|id| self.privacy.is_silent(&id))
        });
        self.batch_bytes = 0;
        self.send_all(&batch)?;
        for (path, session_id, cursor) in self.cursors.drain(..) {
            // Read again is known to the server.
            let _ = cursor::save(self.folder, &path, &session_id, &cursor);
        }
        Ok(())
    }

    /// Sends a batch, in halves where it is more than the server takes.
    fn send_all(&mut self, batch: &[Vec<u8>]) -> Result<(), CaptureError> {
        if batch.is_empty() {
            return Ok(());
        }
        match self.patiently(batch) {
            Ok(answer) => {
                self.counts.accepted += answer["accepted"].as_u64().unwrap_or(0);
                self.counts.known += answer["known"].as_u64().unwrap_or(0);
                self.counts.refused += answer["refused"]
                    .as_array()
                    .map_or(0, |list| list.len() as u64);
                self.purge(&answer)
            }
            Err(error) if error.is_verdict() => {
                if let [envelope] = batch {
                    self.losses
                        .add(Reason::Refused, envelope, SystemClock.now_us());
                    self.counts.refused += 1;
                    return Ok(());
                }
                let (first, second) = batch.split_at(batch.len() / 2);
                self.send_all(first)?;
                self.send_all(second)
            }
            Err(error) => Err(CaptureError::server(error.to_string())
                .hint("run it again: it goes on where it ended")),
        }
    }

    fn patiently(&self, batch: &[Vec<u8>]) -> Result<serde_json::Value, ServerError> {
        let mut tries = 0;
        loop {
            match self.server.envelopes(&self.key, batch) {
                Err(error) if error.passes() && tries < TRIES_MAX => {
                    system::pause(Duration::from_secs(1 << tries));
                    tries += 1;
                }
                answer => return answer,
            }
        }
    }

    fn purge(&mut self, answer: &serde_json::Value) -> Result<(), CaptureError> {
        let erased: Vec<&str> = answer["purge"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(serde_json::Value::as_str)
            .filter(|id| !self.privacy.is_silent(id))
            .collect();
        if erased.is_empty() {
            return Ok(());
        }
        let now_us = SystemClock.now_us();
        let (privacy, ()) = Privacy::change(self.folder, |privacy| {
            for id in &erased {
                privacy.settle(id, Outcome::Erased, now_us);
            }
        })?;
        self.counts.private += 1;
        self.privacy = privacy;
        Ok(())
    }

    /// What was lost is told to the server, as the follower does.
    fn say_losses(&mut self) -> Result<(), CaptureError> {
        let beside = Beside {
            device: self.device.clone(),
            ..Beside::default()
        };
        for loss in std::mem::take(&mut self.losses.losses) {
            let now_us = SystemClock.now_us();
            let item = Item {
                source: Source::Capture,
                key: NaturalKey::given(&system::uuid_v7(&SystemClock, &SystemRandom)),
                session_id: loss.session_id.clone(),
                at_us: Some(now_us),
                body: loss.body(),
                meta: Meta::default(),
            };
            self.put(envelope::seal(item, &self.redactor, &beside, now_us))?;
        }
        self.send()
    }

    fn tell(&self, sessions: usize) {
        let counts = &self.counts;
        output::line(&format!(
            "{} of {sessions} sessions: {} records sent, {} were there already",
            counts.sessions, counts.accepted, counts.known
        ));
        for (count, what) in [
            (
                counts.private,
                "sessions are private or were erased, and were left out",
            ),
            (counts.unreadable, "lines or files could not be read"),
            (counts.refused, "records were refused by the server"),
        ] {
            if count > 0 {
                output::line(&format!("  {count} {what}"));
            }
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style)
}
