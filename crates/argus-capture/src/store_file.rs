//! Small files of JSON: read whole, written anew and renamed into place, so that a reader never sees half of one.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::platform;

/// Reads a file; `None` when there is none or it is damaged: all of these files can be made anew.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Writes a file that only its owner may read.
///
/// # Errors
/// The disk's.
pub(crate) fn write<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    replace(path, value, false)
}

/// The same, and on the disk when this returns: for what has no other copy.
///
/// # Errors
/// The disk's.
pub(crate) fn write_synced<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    replace(path, value, true)
}

fn replace<T: Serialize>(path: &Path, value: &T, is_synced: bool) -> io::Result<()> {
    let folder = path
        .parent()
        .ok_or_else(|| io::Error::other("a file without a folder"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Several programs may write the same file: each has a name of its own for what is not finished.
    let unfinished = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = platform::create_private(&unfinished)?;
    let result = file
        .write_all(&serde_json::to_vec(value)?)
        .and_then(|()| if is_synced { file.sync_all() } else { Ok(()) })
        .and_then(|()| fs::rename(&unfinished, path));
    if result.is_err() {
        // Best effort: the next start sweeps what is left.
        let _ = fs::remove_file(&unfinished);
    } else if is_synced {
        platform::sync_folder(folder)?;
    }
    result
}
