//! What exports and reports share: noting who takes what out, and files that are whole or not there.

use std::io::{self, BufWriter};
use std::path::Path;

use argus_store::ExportNote;
use tempfile::NamedTempFile;

use crate::backend::Backend;
use crate::error::CommandError;
use crate::output;

/// Notes what is exported, where that can be written: another process may hold the store, or the folder be read-only.
pub(crate) struct Noting<'a> {
    data: &'a Path,
    workspace: &'a str,
    note: ExportNote,
    has_failed: bool,
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
            has_failed: false,
        }
    }

    pub(crate) fn note(&mut self, sessions: &[String]) {
        let noted = Backend::open_existing(self.data)
            .and_then(|mut backend| backend.note_export(self.workspace, &self.note, sessions));
        self.note.part += 1;
        if let Err(error) = noted
            && !std::mem::replace(&mut self.has_failed, true)
        {
            output::note(&format!(
                "this export could not be noted in the workspace: {}",
                error.message
            ));
        }
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
    if path.exists() && !overwrite {
        let detail = format!("{} is there already", path.display());
        return Err(CommandError::user(detail).hint("--overwrite writes over what is there"));
    }
    Ok(())
}
