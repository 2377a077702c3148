//! The data folder: what lies where, and who may write it.
//!
//! ```text
//! DATA/lock                       held by the one process that writes
//! DATA/control.db                 workspace list, key prefixes
//! DATA/workspaces/<id>/workspace.db, keys.db, blobs/
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// The folder, with its lock where this process writes.
#[derive(Debug)]
pub(crate) struct DataFolder {
    root: PathBuf,
    _lock: Option<File>,
}

impl DataFolder {
    /// Opens the folder for writing, making it if need be.
    pub(crate) fn open(root: &Path) -> Result<Self, StoreError> {
        make_private(root)?;
        make_private(&root.join("workspaces"))?;
        let path = root.join("lock");
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        if lock.try_lock().is_err() {
            let mut holder = String::new();
            // Best effort: the holder wrote its process id.
            let _ = lock.read_to_string(&mut holder);
            let digits: String = holder
                .chars()
                .filter(char::is_ascii_digit)
                .take(10)
                .collect();
            let holder = if digits.is_empty() {
                digits
            } else {
                format!(" (process {digits})")
            };
            return Err(StoreError::Locked {
                folder: root.to_owned(),
                holder,
            });
        }
        lock.set_len(0)?;
        writeln!(lock, "{}", std::process::id())?;
        Ok(Self {
            root: root.to_owned(),
            _lock: Some(lock),
        })
    }

    /// Opens the folder for reading, beside a process that may write it.
    pub(crate) fn open_read_only(root: &Path) -> Result<Self, StoreError> {
        if !root.join("control.db").is_file() {
            return Err(StoreError::NoStore(root.to_owned()));
        }
        Ok(Self {
            root: root.to_owned(),
            _lock: None,
        })
    }

    pub(crate) fn control_db(&self) -> PathBuf {
        self.root.join("control.db")
    }

    /// True when the folder of any workspace is there.
    pub(crate) fn has_workspaces(&self) -> bool {
        std::fs::read_dir(self.root.join("workspaces"))
            .is_ok_and(|mut workspaces| workspaces.next().is_some())
    }

    pub(crate) fn workspace(&self, id: &str) -> PathBuf {
        self.root.join("workspaces").join(id)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}

/// Makes a folder that only its owner can open.
pub(crate) fn make_private(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Makes a file that only its owner can read, if it is not there.
pub(crate) fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?;
    Ok(())
}

/// Makes a folder's entries durable: a new file is lost with its folder's page otherwise.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    Ok(())
}
