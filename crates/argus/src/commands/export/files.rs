//! What exports and reports share: noting who takes what out, and files that are whole or not there.

use std::io::{self, BufWriter};
use std::path::Path;

use argus_export::ExportError;
use argus_store::ExportNote;
use tempfile::NamedTempFile;

use crate::backend::Backend;
use crate::error::CommandError;

/// Notes what is exported before it leaves. What cannot be noted does not leave.
pub(crate) struct Noting<'a> {
    data: &'a Path,
    workspace: &'a str,
    note: ExportNote,
}

impl<'a> Noting<'a> {
    pub(crate) fn new(
        data: &'a Path,
        workspace: &'a str,
        format: &str,
        table: Option<&str>,
        began_at_us: i64,
    ) -> Self {
        Self {
            data,
            workspace,
            note: ExportNote {
                format: format.to_owned(),
                table: table.map(str::to_owned),
                began_at_us,
                part: 0,
            },
        }
    }

    /// # Errors
    /// When the workspace cannot be written: another process holds it, or its folder is read-only.
    pub(crate) fn note(&mut self, sessions: &[String]) -> Result<(), ExportError> {
        Backend::open_existing(self.data)
            .and_then(|mut backend| backend.note_export(self.workspace, &self.note, sessions))
            .map_err(|error| {
                ExportError::NotNoted(format!(
                    "what leaves is noted in the workspace first, and that failed: {}",
                    error.message
                ))
            })?;
        self.note.part += 1;
        Ok(())
    }
}

/// A file that has its name once it is whole. Only its owner can read it.
pub(crate) struct Unfinished {
    pub(crate) out: BufWriter<NamedTempFile>,
}

impl Unfinished {
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self {
            out: BufWriter::new(file),
        })
    }

    pub(crate) fn finish(self, path: &Path, overwrite: bool) -> io::Result<()> {
        let file = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        let kept = if overwrite {
            file.persist(path)
        } else {
            file.persist_noclobber(path)
        };
        kept.map(|_| ()).map_err(|error| error.error)
    }
}

/// # Errors
/// The user's, when there is a folder, or a file that is not to be written over.
pub(crate) fn refuse_to_overwrite(path: &Path, overwrite: bool) -> Result<(), CommandError> {
    if path.is_dir() {
        let detail = format!("{} is a folder", path.display());
        return Err(CommandError::user(detail).hint("name a file with --out"));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let detail = format!("there is no folder {}", folder.display());
        return Err(CommandError::user(detail).hint("make it first"));
    }
    if path.exists() && !overwrite {
        let detail = format!("{} is there already", path.display());
        return Err(CommandError::user(detail).hint("--overwrite writes over what is there"));
    }
    Ok(())
}
