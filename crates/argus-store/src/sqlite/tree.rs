//! The ledger's tree as stored: the roots of whole subtrees, and what they make cheap: a proof that a leaf is in the tree.
//!
//! Two levels are kept, of 256 and of 65,536 leaves. A proof then reads a few hundred leaves and roots at most, however many
//! leaves there are (one root more for each 65,536). Leaves never change, so neither do these.

use argus_ledger::{
    Hash, inclusion_subtrees, leaf_hash, node_hash, subtree_split, verify_inclusion,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::records;
use crate::StoreError;

/// The table. A subtree of `level` 1 stands over 256 leaves, of level 2 over 256 of level 1; `place` counts them from 0.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE subtrees (level INTEGER NOT NULL, place INTEGER NOT NULL, root BLOB NOT NULL, PRIMARY KEY (level, place)) STRICT, WITHOUT ROWID;";

/// Children of a subtree that is kept.
const WIDTH: u64 = 256;
const LEVELS: [(u8, u64); 2] = [(1, WIDTH), (2, WIDTH * WIDTH)];

/// A leaf, and the proof that it is in the tree.
pub(crate) struct Proven {
    pub(crate) leaf: Vec<u8>,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) path: Vec<Hash>,
}

/// Writes the roots of the subtrees that `size` leaves complete and that are not written yet.
pub(crate) fn complete(connection: &Connection, size: u64) -> Result<(), StoreError> {
    for (level, leaves) in LEVELS {
        let known: u64 = connection
            .prepare_cached("SELECT coalesce(max(place) + 1, 0) FROM subtrees WHERE level = ?1")?
            .query_row([level], |row| row.get(0))?;
        for place in known..size / leaves {
            let children = if level == 1 {
                leaf_hashes(connection, place * WIDTH, WIDTH)?
            } else {
                roots(connection, level - 1, place * WIDTH, WIDTH)?
            };
            let root = fold(&children, WIDTH)?;
            connection
                .prepare_cached("INSERT INTO subtrees (level, place, root) VALUES (?1, ?2, ?3)")?
                .execute(params![level, place, root.as_slice()])?;
        }
    }
    Ok(())
}

/// The same for a store that an older release wrote, at once.
pub(crate) fn catch_up(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    complete(&transaction, records::frontier(&transaction)?.size())?;
    Ok(transaction.commit()?)
}

/// The leaf with this number and its proof; `None` when there is no such leaf. In one transaction, so that both are of one tree.
pub(crate) fn prove(connection: &Connection, index: u64) -> Result<Option<Proven>, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let frontier = records::frontier(&transaction)?;
    let leaf: Option<Vec<u8>> = transaction
        .prepare_cached("SELECT leaf FROM leaves WHERE id = ?1")?
        .query_row([index], |row| row.get(0))
        .optional()?;
    let (Some(leaf), Ok(subtrees)) = (leaf, inclusion_subtrees(index, frontier.size())) else {
        return Ok(None);
    };
    let path: Vec<Hash> = subtrees
        .into_iter()
        .map(|(from, size)| root_of(&transaction, from, size))
        .collect::<Result<_, _>>()?;
    let (size, root) = (frontier.size(), frontier.root());
    if verify_inclusion(&leaf_hash(&leaf), index, size, &path, &root).is_err() {
        return Err(damaged());
    }
    Ok(Some(Proven {
        leaf,
        size,
        root,
        path,
    }))
}

/// The root of a subtree, from kept roots where there are any. Subtrees of a tree begin at multiples of their size's power of
/// two, so that a whole one meets those that are kept.
fn root_of(connection: &Connection, from: u64, size: u64) -> Result<Hash, StoreError> {
    for (level, leaves) in LEVELS {
        if size == leaves && from.is_multiple_of(leaves) {
            let kept = roots(connection, level, from / leaves, 1)?;
            if let Some(root) = kept.first() {
                return Ok(*root);
            }
        }
    }
    if size <= WIDTH {
        return fold(&leaf_hashes(connection, from, size)?, size);
    }
    let left = subtree_split(size);
    Ok(node_hash(
        &root_of(connection, from, left)?,
        &root_of(connection, from + left, size - left)?,
    ))
}

fn leaf_hashes(connection: &Connection, from: u64, count: u64) -> Result<Vec<Hash>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT leaf FROM leaves WHERE id >= ?1 AND id < ?2 ORDER BY id")?;
    let rows = statement.query_map(params![from, from + count], |row| {
        Ok(leaf_hash(row.get_ref(0)?.as_blob().unwrap_or_default()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn roots(
    connection: &Connection,
    level: u8,
    from: u64,
    count: u64,
) -> Result<Vec<Hash>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT root FROM subtrees WHERE level = ?1 AND place >= ?2 AND place < ?3 ORDER BY place",
    )?;
    let rows = statement.query_map(params![level, from, from + count], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    rows.map(|root| root?.try_into().map_err(|_| damaged()))
        .collect()
}

/// The root over hashes of the same height, of which there are `count`.
fn fold(hashes: &[Hash], count: u64) -> Result<Hash, StoreError> {
    if hashes.len() as u64 != count {
        return Err(damaged());
    }
    match hashes {
        [] => Ok(argus_ledger::empty_root()),
        [one] => Ok(*one),
        more => {
            let left = usize::try_from(subtree_split(count)).unwrap_or(1);
            let (first, rest) = more.split_at(left);
            Ok(node_hash(
                &fold(first, first.len() as u64)?,
                &fold(rest, rest.len() as u64)?,
            ))
        }
    }
}

fn damaged() -> StoreError {
    StoreError::Corrupt {
        table: "leaves",
        what: "the leaves do not make the tree that was written down".to_owned(),
    }
}
