//! Batches of items on their way, and what became of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use argus_session::Item;
use argus_session::source::transcript::{agent_meta_item, tool_result_file_item};
use indicatif::ProgressBar;

use super::find::{Found, cannot_be_read};
use super::{cowork, recording, transcript};
use crate::backend::{Appended, Backend};
use crate::error::CommandError;

/// Most items and bytes of one batch.
const BATCH_ITEMS_MAX: usize = 1_000;
const BATCH_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Largest file that is read as a whole: an agent's metadata, a tool's output, an export.
const WHOLE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What an import did.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) files: usize,
    pub(crate) appended: Appended,
    /// Lines and files that were passed over, by why.
    pub(crate) skipped: BTreeMap<String, usize>,
}

/// An import under way.
pub(crate) struct Importing<'a> {
    pub(crate) backend: &'a mut Backend,
    pub(crate) workspace: &'a str,
    pub(crate) projects: Vec<String>,
    pub(crate) line_key: [u8; 32],
    pub(crate) progress: ProgressBar,
    pub(crate) summary: Summary,
    batch: Vec<Item>,
    batch_bytes: u64,
}

impl<'a> Importing<'a> {
    pub(crate) fn new(
        backend: &'a mut Backend,
        workspace: &'a str,
        project: &str,
        line_key: [u8; 32],
        progress: ProgressBar,
    ) -> Self {
        Self {
            backend,
            workspace,
            projects: vec![project.to_owned()],
            line_key,
            progress,
            summary: Summary::default(),
            batch: Vec::new(),
            batch_bytes: 0,
        }
    }

    /// Imports one file.
    pub(crate) fn file(&mut self, found: &Found) -> Result<(), CommandError> {
        if let Err(error) = fs::File::open(found.path()) {
            self.skip(&cannot_be_read(found.path(), &error));
            return Ok(());
        }
        self.summary.files += 1;
        match found {
            Found::Transcript {
                path,
                session_id,
                agent_id,
            } => transcript::import(self, path, session_id, agent_id.as_deref())?,
            Found::AgentMeta {
                path,
                session_id,
                agent_id,
            } => {
                if let Some(content) = self.whole(path)? {
                    match agent_meta_item(session_id, agent_id, &file_name(path), &content) {
                        Ok(item) => self.put(item, content.len() as u64)?,
                        Err(_) => self.skip("a sub-agent's metadata that is no JSON object"),
                    }
                }
            }
            Found::ToolResult { path, session_id } => {
                if let Some(content) = self.whole(path)? {
                    self.put(
                        tool_result_file_item(session_id, &file_name(path), &content),
                        content.len() as u64,
                    )?;
                }
            }
            Found::CoworkMetadata { path } => cowork::metadata(self, path)?,
            Found::CoworkAudit { path } => cowork::audit(self, path)?,
            Found::Hooks { path } => recording::hooks(self, path)?,
            Found::Export { path } => recording::export(self, path)?,
        }
        Ok(())
    }

    /// Puts one item on its way; `bytes` is what it took in its file.
    pub(crate) fn put(&mut self, item: Item, bytes: u64) -> Result<(), CommandError> {
        self.batch.push(item);
        self.batch_bytes += bytes;
        self.progress.inc(bytes);
        if self.batch.len() >= BATCH_ITEMS_MAX || self.batch_bytes >= BATCH_BYTES_MAX {
            self.flush()?;
        }
        Ok(())
    }

    /// Passes something over.
    pub(crate) fn skip(&mut self, why: &str) {
        *self.summary.skipped.entry(why.to_owned()).or_default() += 1;
    }

    /// Sends what waits.
    pub(crate) fn flush(&mut self) -> Result<(), CommandError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let appended = self.backend.append(self.workspace, &self.projects, batch)?;
        let sum = &mut self.summary.appended;
        sum.new += appended.new;
        sum.known += appended.known;
        sum.suppressed += appended.suppressed;
        Ok(())
    }

    /// A file's content, unless it is too large to be what it should be.
    pub(crate) fn whole(&mut self, path: &Path) -> Result<Option<Vec<u8>>, CommandError> {
        if fs::metadata(path)?.len() > WHOLE_BYTES_MAX {
            self.skip("a file beside a transcript that is larger than 64 MiB");
            return Ok(None);
        }
        Ok(Some(fs::read(path)?))
    }
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
