//! Whether what is stored is what was written: every leaf against the row and the body that it stands for.

use argus_ledger::{Leaf, LeafKind, commitment};
use argus_session::RecordId;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::key_ring::IdHash;
use crate::prepare::associated;
use crate::workspace::Workspace;
use crate::{StoreError, seal};

/// What a look at every record and act found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct RecordCheck {
    /// Records and acts whose content was opened and is what their leaf says.
    pub intact: u64,
    /// Records that were erased: their content is gone, their leaf is all there is.
    pub erased: u64,
    /// Records whose content was destroyed for what newer redaction rules found in it: another record has what is left.
    pub superseded: u64,
    /// Leaves whose row or content is missing or is another, and rows without a leaf.
    pub damaged: u64,
    /// The first of those, by number.
    pub damaged_ids: Vec<RecordId>,
}

/// Most numbers that are told.
const DAMAGED_IDS_MAX: usize = 20;

const EVERYTHING: &str = "
    SELECT l.id, l.leaf, r.natural_key, r.content, r.rule_version, r.source, r.at_us, r.received_at_us, k.hash, k.id = '',
           b.sealed, b.blob, a.sealed, (SELECT 1 FROM suppressed s WHERE s.hash = k.hash),
           r.superseded_by
    FROM leaves l LEFT JOIN records r ON r.id = l.id LEFT JOIN sessions_known k ON k.n = r.session
    LEFT JOIN bodies b ON b.record = l.id LEFT JOIN acts a ON a.id = l.id
    ORDER BY l.id";

/// Whether a record's content is what its leaf says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentState {
    /// It is there, and it is.
    Intact,
    /// It was erased: its leaf is all there is.
    Erased,
    /// It was destroyed: another record has what is left.
    Superseded,
    /// It is missing, or another.
    Damaged,
}

use ContentState as Found;

impl Workspace {
    /// Opens every record and act and compares it with its leaf. Takes as long as reading the whole store does.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn check_records(&self) -> Result<RecordCheck, StoreError> {
        self.read(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let mut check = RecordCheck::default();
            let mut statement = transaction.prepare(EVERYTHING)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                match self.check_one(row)? {
                    Found::Intact => check.intact += 1,
                    Found::Erased => check.erased += 1,
                    Found::Superseded => check.superseded += 1,
                    Found::Damaged => check.damage(row.get(0)?),
                }
            }
            for id in without_leaf(&transaction)? {
                check.damage(id);
            }
            Ok(check)
        })
    }

    /// Whether a record's content is what its leaf says; `None` when there is no such leaf.
    pub(crate) fn content_state(&self, id: RecordId) -> Result<Option<ContentState>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached(&EVERYTHING.replace("ORDER BY l.id", "WHERE l.id = ?1"))?;
            let mut rows = statement.query([id])?;
            rows.next()?.map(|row| self.check_one(row)).transpose()
        })
    }

    fn check_one(&self, row: &Row<'_>) -> Result<Found, StoreError> {
        let bytes: Vec<u8> = row.get(1)?;
        Ok(match Leaf::decode(&bytes) {
            Ok(leaf) if leaf.kind == LeafKind::Act => self.check_act(row, &leaf)?,
            Ok(leaf) => self.check_record(row, &leaf)?,
            Err(_) => Found::Damaged,
        })
    }

    fn check_act(&self, row: &Row<'_>, leaf: &Leaf) -> Result<Found, StoreError> {
        let Some(sealed) = row.get::<_, Option<Vec<u8>>>(12)? else {
            return Ok(Found::Damaged);
        };
        let opened = seal::open(self.inner().keys.workspace_key(), b"act", &sealed);
        Ok(compare(leaf, opened))
    }

    fn check_record(&self, row: &Row<'_>, leaf: &Leaf) -> Result<Found, StoreError> {
        let inner = self.inner();
        let id_hash = |place: usize| -> Result<Option<IdHash>, StoreError> {
            let bytes: Option<Vec<u8>> = row.get(place)?;
            Ok(bytes.and_then(|bytes| bytes.try_into().ok()))
        };
        let (Some(natural_key), Some(content), Some(session)) =
            (id_hash(2)?, id_hash(3)?, id_hash(8)?)
        else {
            return Ok(Found::Damaged);
        };
        let has_session = row.get::<_, Option<bool>>(9)? != Some(true);
        let is_leafs = leaf.natural_key == natural_key
            && leaf.rule_version == row.get::<_, u32>(4)?
            && leaf.number == row.get::<_, u8>(5)?
            && leaf.at_us == row.get(6)?
            && leaf.received_at_us == row.get::<_, i64>(7)?
            && leaf.session == if has_session { session } else { [0; 16] };
        if !is_leafs {
            return Ok(Found::Damaged);
        }
        if row.get::<_, Option<bool>>(13)? == Some(true) {
            return Ok(Found::Erased);
        }
        if row.get::<_, Option<RecordId>>(14)?.is_some() {
            return Ok(Found::Superseded);
        }
        let sealed: Option<Vec<u8>> = match row.get::<_, Option<String>>(11)? {
            Some(blob) => inner.blobs.read(&blob).ok(),
            None => row.get(10)?,
        };
        let opened = inner
            .keys
            .session_key(session)?
            .zip(sealed)
            .map(|(key, sealed)| seal::open(&key, &associated(&natural_key, &content), &sealed));
        match opened {
            Some(opened) => Ok(compare(leaf, opened)),
            // Erased or superseded since this look began?
            None if self.read(|now| is_suppressed(now, &session))? => Ok(Found::Erased),
            None if self.read(|now| is_superseded(now, row.get(0)?))? => Ok(Found::Superseded),
            None => Ok(Found::Damaged),
        }
    }
}

impl RecordCheck {
    fn damage(&mut self, id: RecordId) {
        self.damaged += 1;
        if self.damaged_ids.len() < DAMAGED_IDS_MAX {
            self.damaged_ids.push(id);
        }
    }
}

fn compare(leaf: &Leaf, opened: Result<([u8; 32], Vec<u8>), StoreError>) -> Found {
    match opened {
        Ok((salt, content)) if commitment(&salt, &content) == leaf.commitment => Found::Intact,
        _ => Found::Damaged,
    }
}

fn is_suppressed(connection: &Connection, session: &IdHash) -> Result<bool, StoreError> {
    Ok(connection
        .query_row(
            "SELECT 1 FROM suppressed WHERE hash = ?1",
            [session.as_slice()],
            |_| Ok(()),
        )
        .optional()?
        .is_some())
}

fn is_superseded(connection: &Connection, id: RecordId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare("SELECT 1 FROM records WHERE id = ?1 AND superseded_by IS NOT NULL")?
        .exists([id])?)
}

fn without_leaf(connection: &Connection) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT id FROM records WHERE id NOT IN (SELECT id FROM leaves)
         UNION ALL SELECT id FROM acts WHERE id NOT IN (SELECT id FROM leaves)",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
