//! What machines have, as their capture clients say.

use argus_session::machine::Machine;

use super::session::open_doc;
use crate::key_ring::IdHash;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{Actor, Erasure, StoreError};

impl Workspace {
    /// Every machine that said what it has, by its id: its number, its id, what it says.
    pub(crate) fn all_machines(
        &self,
        limit: usize,
    ) -> Result<Vec<(i64, String, Machine)>, StoreError> {
        let sealed: Vec<(i64, Vec<u8>, Vec<u8>)> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT session, device, doc FROM machines ORDER BY device LIMIT ?1",
            )?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows =
                statement.query_map([limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        let mut machines = Vec::with_capacity(sealed.len());
        for (n, device, doc) in sealed {
            let hash: Option<IdHash> =
                self.read(|connection| Ok(records::session_of(connection, n)?.map(|of| of.1)))?;
            let key = match hash {
                Some(hash) => self.inner().keys.session_key(hash)?,
                None => None,
            };
            // One that is being erased is gone.
            let Some(key) = key else { continue };
            machines.push((n, hex::encode(device), open_doc(&key, &doc)?));
        }
        Ok(machines)
    }

    /// Erases what a machine's capture client said of it and of no session: its inventory, the files of its skills. Nothing of
    /// that is taken from it from then on; its sessions stay.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for what is no machine's id (32 hex digits); [`StoreError::RetentionLocked`] in a workspace that
    /// does not erase.
    pub fn erase_machine(&self, device: &str, actor: &Actor) -> Result<Erasure, StoreError> {
        let id = crate::device_id(device)
            .ok_or_else(|| StoreError::Invalid("a machine's id has 32 hex digits".to_owned()))?;
        self.erase_session(&argus_session::machine::id_of(&id), actor)
    }
}
