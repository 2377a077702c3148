//! How far a source that the server reads by itself was read: sealed, since it names sessions. Nobody's decision, so no act.

use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{StoreError, seal};

impl Workspace {
    /// What was kept for the source `name`.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn source_state(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let key = key(name);
        let Some(sealed) = self.read(|connection| records::meta(connection, &key))? else {
            return Ok(None);
        };
        let (_, content) = seal::open(self.inner().keys.workspace_key(), key.as_bytes(), &sealed)?;
        Ok(Some(content))
    }

    /// Keeps `state` for the source `name`, on the disk when this returns.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_source_state(&self, name: &str, state: &[u8]) -> Result<(), StoreError> {
        let key = key(name);
        let sealed = seal::seal(
            self.inner().keys.workspace_key(),
            key.as_bytes(),
            &[0; 32],
            state,
            self.random(),
        );
        self.writer()?
            .run(move |writing| records::set_meta(&writing.connection, &key, &sealed))
    }
}

fn key(name: &str) -> String {
    format!("source:{name}")
}
