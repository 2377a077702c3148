//! What this client says itself, and how anything becomes an envelope.

use argus_session::{Clock, Item, Meta, NaturalKey, Source};
use serde_json::{Value, json};

use super::run::{Follower, Round};
use crate::envelope::{self, Beside};
use crate::lost::{Lost, Reason};
use crate::skill_tree::SkillTree;
use crate::skills;
use crate::{inventory, platform, system};

/// So long after a turn's end its last records are in the transcript (measured: 0.3 s), microseconds.
const SETTLED_US: i64 = 600_000;

impl Follower {
    pub(super) fn seal(&self, item: Item, session_id: Option<&str>, at_us: i64, round: &mut Round) {
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
        let is_off = item.session_id.as_deref().is_some_and(|id| {
            self.privacy.is_content_off(id) || self.hello.content_off.iter().any(|off| off == id)
        });
        let (item, beside) = if is_off {
            envelope::without_content(item, beside)
        } else {
            (item, beside)
        };
        let (source, of) = (item.source, item.session_id.clone());
        let sealed = envelope::seal(item, &self.redactor, &beside, at_us);
        if sealed.len() > envelope::ENVELOPE_BYTES_MAX {
            // The server takes no such request.
            round.lost.push(Lost {
                reason: Reason::Refused,
                session_id: of,
                source: source.as_str().to_owned(),
                count: 1,
                bytes: sealed.len() as u64,
            });
            return;
        }
        round.envelopes.push(sealed);
    }

    /// Something that this client says itself.
    pub(super) fn say(&self, key: &str, body: Value, session_id: Option<&str>, round: &mut Round) {
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
    pub(super) fn begin_session(&mut self, session_id: &str, round: &mut Round) {
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
                let known = (skill.clone(), tree.clone());
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

    pub(super) fn say_files(
        &mut self,
        skill: &skills::SkillFolder,
        tree: &SkillTree,
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
    pub(super) fn look_at_stopped(&mut self, round: &mut Round) {
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
    pub(super) fn look_at_fired(&mut self, session_id: &str, round: &mut Round) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let (fired, at_start) = (session.fired.clone(), session.at_start.clone());
        for path in fired {
            let before = at_start.get(&path).map(|(_, tree)| tree);
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
            let (tree, state) = match (self.hashes.of(&self.folder, &path), before) {
                (Some(tree), Some(before)) if before.hash == tree.hash => (tree, "stable"),
                (Some(tree), Some(_)) => (tree, "changed"),
                (Some(tree), None) => (tree, "unknown"),
                // It is gone: what it was when the session began may be what ran.
                (None, Some(before)) => (before.clone(), "unknown"),
                (None, None) => continue,
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

    /// Losses become items as soon as the server can hear of them.
    pub(super) fn say_losses(&mut self) {
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
}
