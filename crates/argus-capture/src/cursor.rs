//! How far a file was read: on the disk, a file each.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::paths::StateFolder;
use crate::store_file;

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// Bytes that were read.
    pub(crate) offset: u64,
    /// What tells the file from another under its name.
    pub(crate) file_number: u64,
    /// Hash of what stands before the place.
    pub(crate) tail: String,
}

/// A cursor with the file that it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) path: PathBuf,
    pub(crate) session_id: String,
    #[serde(flatten)]
    pub(crate) cursor: Cursor,
}

/// The cursor of a file; one at its start when there is none.
pub(crate) fn load(folder: &StateFolder, path: &Path) -> Cursor {
    store_file::read::<Stored>(&place(folder, path))
        .filter(|stored| stored.path == path)
        .map(|stored| stored.cursor)
        .unwrap_or_default()
}

/// Keeps a cursor. What was read up to it is in the spool, on the disk.
///
/// # Errors
/// The disk's: then the file is read again from an earlier place.
pub(crate) fn save(
    folder: &StateFolder,
    path: &Path,
    session_id: &str,
    cursor: &Cursor,
) -> io::Result<()> {
    let stored = Stored {
        path: path.to_owned(),
        session_id: session_id.to_owned(),
        cursor: cursor.clone(),
    };
    store_file::write(&place(folder, path), &stored)
}

/// Forgets the cursors of sessions, or all of them.
pub(crate) fn forget(folder: &StateFolder, is_gone: &dyn Fn(&str) -> bool) {
    for entry in fs::read_dir(folder.cursors())
        .into_iter()
        .flatten()
        .flatten()
    {
        let path = entry.path();
        let is_out =
            store_file::read::<Stored>(&path).is_none_or(|stored| is_gone(&stored.session_id));
        if is_out {
            // One that stays makes nothing worse: it is of a file that is not read.
            let _ = fs::remove_file(path);
        }
    }
}

/// Every cursor.
pub(crate) fn all(folder: &StateFolder) -> Vec<Stored> {
    fs::read_dir(folder.cursors())
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| store_file::read(&entry.path()))
        .collect()
}

fn place(folder: &StateFolder, path: &Path) -> PathBuf {
    let hash = Sha256::digest(path.to_string_lossy().as_bytes());
    folder
        .cursors()
        .join(format!("{}.json", hex::encode(&hash[..8])))
}
