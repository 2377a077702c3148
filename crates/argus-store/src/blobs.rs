//! Bodies too large for the database: files, written and made durable before the transaction that names them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::StoreError;
use crate::data_folder::{make_private, sync_folder};

/// The folder of a workspace's blobs.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    pub(crate) fn open(folder: PathBuf) -> Result<Self, StoreError> {
        make_private(&folder)?;
        Ok(Self { folder })
    }

    pub(crate) fn for_reading(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes a blob and makes it durable. `name` is hex, made here: no captured text becomes a path.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let mut file = File::create(self.path(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(())
    }

    /// Makes the names of what was written durable.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        sync_folder(&self.folder)
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        Ok(fs::read(self.path(name))?)
    }

    pub(crate) fn remove(&self, name: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes the blobs that no body names: of transactions that never came to be.
    pub(crate) fn sweep(&self, named: &HashSet<String>) -> Result<usize, StoreError> {
        let mut swept = 0;
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if let Some(name) = name.to_str().filter(|name| !named.contains(*name)) {
                self.remove(name)?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn path(&self, name: &str) -> PathBuf {
        // A name is file-name characters only, whatever the database holds.
        let safe = Path::new(name).file_name().unwrap_or_default();
        self.folder.join(safe)
    }
}
