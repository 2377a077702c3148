//! One session that is followed: reads what is new in its files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use argus_session::Item;
use argus_session::source::cowork::metadata_item;
use argus_session::source::transcript::{agent_meta_item, tool_result_file_item};
use serde_json::Value;

use crate::cursor::{self, Cursor};
use crate::files::{self, SessionFile};
use crate::live::Live;
use crate::paths::StateFolder;
use crate::skill_tree::SkillTree;
use crate::skills::{self, SkillFolder};
use crate::tail::{Kind, Tail};

/// Bytes of one file that are read at a time.
const READ_BYTES_MAX: u64 = 1024 * 1024;
/// Largest tool output, or description of a sub-agent, that is sent.
const SMALL_FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// How often the folder beside the transcript is looked into, microseconds.
const LOOK_EVERY_US: i64 = 500_000;
/// So long nothing may have been written to a small file: it is read when it is whole.
const SETTLED_US: i64 = 1_000_000;

/// What reading gave: items, and the places up to which files count as read once those are spooled.
#[derive(Debug, Default)]
pub(super) struct Grown {
    pub(super) items: Vec<Item>,
    pub(super) cursors: Vec<(PathBuf, Cursor)>,
    pub(super) unreadable: u64,
    pub(super) unreadable_bytes: u64,
    pub(super) has_more: bool,
    /// What was read.
    pub(super) bytes: u64,
}

/// A session and its open files.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) live: Live,
    pub(super) git_remote: Option<String>,
    /// Folders of skills that ran.
    pub(super) fired: BTreeSet<PathBuf>,
    /// Skills at the start with their versions, by folder.
    pub(super) at_start: BTreeMap<PathBuf, (SkillFolder, SkillTree)>,
    /// When a turn of it ended whose skills are to be looked at, microseconds UTC.
    pub(super) stopped_at_us: Option<i64>,
    /// When something of it grew, microseconds UTC.
    pub(super) grown_at_us: i64,
    tails: BTreeMap<PathBuf, Tail>,
    small: BTreeMap<PathBuf, Cursor>,
    files: Vec<SessionFile>,
    looked_at_us: i64,
}

impl Followed {
    pub(super) fn new(live: Live) -> Self {
        let git_remote = live.cwd.as_deref().and_then(crate::git::remote);
        Self {
            grown_at_us: live.seen_at_us,
            live,
            git_remote,
            fired: BTreeSet::new(),
            at_start: BTreeMap::new(),
            stopped_at_us: None,
            tails: BTreeMap::new(),
            small: BTreeMap::new(),
            files: Vec::new(),
            looked_at_us: i64::MIN,
        }
    }

    /// Forgets how far files were read here: what is on the disk counts again.
    pub(super) fn begin_again(&mut self) {
        self.tails.clear();
        self.small.clear();
        self.looked_at_us = i64::MIN;
    }

    /// Reads what is new. `is_over` says that nobody writes to its files any more.
    pub(super) fn read(
        &mut self,
        folder: &StateFolder,
        line_key: [u8; 32],
        now_us: i64,
        is_over: bool,
    ) -> Grown {
        if is_over || now_us.saturating_sub(self.looked_at_us) >= LOOK_EVERY_US {
            self.files = files::of_session(
                &self.live.transcript,
                &self.live.session_id,
                self.live.cowork.as_deref(),
            );
            self.looked_at_us = now_us;
        }
        let mut grown = Grown::default();
        for file in self.files.clone() {
            if grown.bytes >= READ_BYTES_MAX {
                grown.has_more = true;
                break;
            }
            // A file that cannot be read now may be later; the others go on.
            let _ = match &file {
                SessionFile::Transcript { path, agent_id } => {
                    let agent_id = agent_id.clone();
                    let kind = Kind::Transcript { agent_id };
                    self.lines(folder, path, kind, line_key, is_over, &mut grown)
                }
                SessionFile::CoworkAudit { path } => {
                    self.lines(folder, path, Kind::Audit, line_key, is_over, &mut grown)
                }
                SessionFile::CoworkMetadata { path } => {
                    let name = name_of(path);
                    self.small(folder, path, now_us, is_over, &mut grown, &|content| {
                        metadata_item(content, &name, &line_key).ok()
                    })
                }
                SessionFile::AgentMeta { path, agent_id } => {
                    let session_id = self.live.session_id.clone();
                    let name = name_of(path);
                    self.small(folder, path, now_us, is_over, &mut grown, &|content| {
                        agent_meta_item(&session_id, agent_id, &name, content).ok()
                    })
                }
                SessionFile::ToolResult { path, name } => {
                    let session_id = self.live.session_id.clone();
                    self.small(folder, path, now_us, is_over, &mut grown, &|content| {
                        Some(tool_result_file_item(&session_id, name, content))
                    })
                }
            };
        }
        if !grown.items.is_empty() {
            self.grown_at_us = now_us;
        }
        for item in &grown.items {
            self.note(&item.body);
        }
        grown
    }

    fn lines(
        &mut self,
        folder: &StateFolder,
        path: &Path,
        kind: Kind,
        line_key: [u8; 32],
        is_over: bool,
        grown: &mut Grown,
    ) -> io::Result<()> {
        let tail = self.tails.entry(path.to_owned()).or_insert_with(|| {
            let cursor = cursor::load(folder, path);
            Tail::new(
                path.to_owned(),
                &self.live.session_id,
                kind,
                line_key,
                cursor,
            )
        });
        let before = tail.cursor().clone();
        let read = tail.read(READ_BYTES_MAX, is_over)?;
        grown.items.extend(read.items);
        grown.unreadable += read.unreadable;
        grown.unreadable_bytes += read.unreadable_bytes;
        grown.has_more |= read.has_more;
        grown.bytes += tail.cursor().offset.saturating_sub(before.offset);
        if *tail.cursor() != before {
            grown.cursors.push((path.to_owned(), tail.cursor().clone()));
        }
        Ok(())
    }

    /// A file that is sent whole, and again when it is another.
    fn small(
        &mut self,
        folder: &StateFolder,
        path: &Path,
        now_us: i64,
        is_over: bool,
        grown: &mut Grown,
        item: &dyn Fn(&[u8]) -> Option<Item>,
    ) -> io::Result<()> {
        let meta = fs::metadata(path)?;
        let changed_us = files::changed_us(&meta);
        let is_settled = is_over || now_us.saturating_sub(changed_us) >= SETTLED_US;
        let now = Cursor {
            offset: meta.len(),
            file_number: changed_us.unsigned_abs(),
            tail: String::new(),
        };
        let held = self
            .small
            .entry(path.to_owned())
            .or_insert_with(|| cursor::load(folder, path));
        if !is_settled || *held == now {
            return Ok(());
        }
        if meta.len() > SMALL_FILE_BYTES_MAX {
            grown.unreadable += 1;
            grown.unreadable_bytes += meta.len();
        } else {
            grown.bytes += meta.len();
            grown.items.extend(item(&fs::read(path)?));
        }
        held.clone_from(&now);
        grown.cursors.push((path.to_owned(), now));
        Ok(())
    }

    /// What a record tells the follower itself.
    fn note(&mut self, body: &Value) {
        if let Some(folder) = skills::base_folder(body)
            && self.is_skill(&folder)
        {
            self.fired.insert(folder);
        }
    }
}

impl Followed {
    /// True for a folder that is a skill's by where it lies: the text that names it may be anybody's.
    fn is_skill(&self, folder: &Path) -> bool {
        let config = self.live.claude_config.as_deref();
        let is_known = self.at_start.contains_key(folder)
            || config.is_some_and(|config| folder.starts_with(config))
            || folder
                .parent()
                .is_some_and(|parent| parent.ends_with(".claude/skills"));
        let has_no_way_out = folder
            .components()
            .all(|part| !matches!(part, std::path::Component::ParentDir));
        is_known
            && has_no_way_out
            && fs::symlink_metadata(folder.join("SKILL.md")).is_ok_and(|meta| meta.is_file())
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
