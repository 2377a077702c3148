//! Which sessions have a name, as bits: what makes "not this", "any of these" and how many a matter of some kilobytes.
//!
//! A row holds the sessions of one block (their numbers divided by [`BLOCK`]) that have one name: [`DENSE`] bytes of bits, or
//! where few have it, their places in the block as two bytes each. Kept in step with `session_names`, in the same transaction.

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;

/// The table, and the indexes by which ranges of numbers become sets.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE session_bits (
        kind INTEGER NOT NULL, name TEXT NOT NULL, block INTEGER NOT NULL, bits BLOB NOT NULL, PRIMARY KEY (kind, name, block)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_ended ON sessions (listed, ended_at_us, n);
    CREATE INDEX sessions_turns ON sessions (listed, turns, n);
    CREATE INDEX sessions_steps ON sessions (listed, steps, n);
    CREATE INDEX sessions_tool_calls ON sessions (listed, tool_calls, n);
    CREATE INDEX session_skills_first ON session_skills (name, hash, first_us, session);";

/// Sessions of a block.
const BLOCK: i64 = 4_096;
/// Bytes of a block's bits.
const DENSE: usize = 512;
/// Words of a block's bits.
const WORDS: usize = DENSE / 8;

/// A set of sessions, by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Adds a session.
    pub(crate) fn add(&mut self, session: i64) {
        let Ok(place) = usize::try_from(session) else {
            return;
        };
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        self.0[place / 64] |= 1 << (place % 64);
    }

    pub(crate) fn has(&self, session: i64) -> bool {
        usize::try_from(session).is_ok_and(|place| {
            let word = self.0.get(place / 64);
            word.is_some_and(|word| word & (1 << (place % 64)) != 0)
        })
    }

    /// Those that are in both.
    pub(crate) fn and(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Those that are in either.
    pub(crate) fn or(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Those that are not in `other`.
    pub(crate) fn and_not(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The sessions, in order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                i64::try_from(place * 64 + bit).ok()
            })
        })
    }

    fn put_block(&mut self, block: i64, held: &[u8]) {
        let start = usize::try_from(block).unwrap_or(0) * WORDS;
        if self.0.len() < start + WORDS {
            self.0.resize(start + WORDS, 0);
        }
        for (word, read) in self.0[start..].iter_mut().zip(words(held)) {
            *word |= read;
        }
    }
}

/// A block's bits, from either form.
fn words(held: &[u8]) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    if held.len() == DENSE {
        for (word, bytes) in words.iter_mut().zip(held.chunks_exact(8)) {
            *word = bytes
                .iter()
                .rev()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
    } else {
        for place in held.chunks_exact(2) {
            let place = usize::from(u16::from_le_bytes([place[0], place[1]])) % (WORDS * 64);
            words[place / 64] |= 1 << (place % 64);
        }
    }
    words
}

/// The shorter form of a block's bits.
fn packed(words: &[u64; WORDS]) -> Vec<u8> {
    let count: usize = words.iter().map(|word| word.count_ones() as usize).sum();
    if count * 2 >= DENSE {
        return words.iter().flat_map(|word| word.to_le_bytes()).collect();
    }
    Bits(words.to_vec())
        .iter()
        .filter_map(|place| u16::try_from(place).ok())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// Notes that a session has a name, or has it no longer.
pub(crate) fn put(
    connection: &Connection,
    (kind, name): (i64, &str),
    session: i64,
    has: bool,
) -> Result<(), StoreError> {
    let (block, place) = (session.div_euclid(BLOCK), session.rem_euclid(BLOCK));
    let held: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT bits FROM session_bits WHERE kind = ?1 AND name = ?2 AND block = ?3",
        )?
        .query_row(params![kind, name, block], |row| row.get(0))
        .optional()?;
    let mut words = words(held.as_deref().unwrap_or_default());
    let place = usize::try_from(place).unwrap_or(0);
    if has {
        words[place / 64] |= 1 << (place % 64);
    } else {
        words[place / 64] &= !(1 << (place % 64));
    }
    let bits = packed(&words);
    if bits.is_empty() {
        connection
            .prepare_cached(
                "DELETE FROM session_bits WHERE kind = ?1 AND name = ?2 AND block = ?3",
            )?
            .execute(params![kind, name, block])?;
    } else if held.as_ref() != Some(&bits) {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO session_bits (kind, name, block, bits) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![kind, name, block, bits])?;
    }
    Ok(())
}

/// The sessions that have a name.
pub(crate) fn of(connection: &Connection, kind: i64, name: &str) -> Result<Bits, StoreError> {
    let mut bits = Bits::default();
    let mut statement = connection
        .prepare_cached("SELECT block, bits FROM session_bits WHERE kind = ?1 AND name = ?2")?;
    let mut rows = statement.query(params![kind, name])?;
    while let Some(row) = rows.next()? {
        bits.put_block(row.get(0)?, row.get_ref(1)?.as_blob().unwrap_or_default());
    }
    Ok(bits)
}

/// The sessions that have a name which begins with `prefix`.
pub(crate) fn of_prefix(
    connection: &Connection,
    kind: i64,
    prefix: &str,
) -> Result<Bits, StoreError> {
    let mut bits = Bits::default();
    let mut statement = connection.prepare_cached(
        "SELECT block, bits FROM session_bits WHERE kind = ?1 AND name >= ?2 AND name < ?3",
    )?;
    let mut rows = statement.query(params![kind, prefix, format!("{prefix}\u{10ffff}")])?;
    while let Some(row) = rows.next()? {
        bits.put_block(row.get(0)?, row.get_ref(1)?.as_blob().unwrap_or_default());
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn stored(changes: &[(i64, bool)]) -> Bits {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE session_bits (kind INTEGER, name TEXT, block INTEGER, bits BLOB, PRIMARY KEY (kind, name, block)) WITHOUT ROWID",
            )
            .unwrap();
        for (session, has) in changes {
            put(&connection, (1, "x"), *session, *has).unwrap();
        }
        of(&connection, 1, "x").unwrap()
    }

    proptest! {
        #[test]
        fn what_is_put_is_what_is_read(changes in proptest::collection::vec((0_i64..9_000, any::<bool>()), 0..600)) {
            let mut expected = BTreeSet::new();
            for (session, has) in &changes {
                if *has { expected.insert(*session); } else { expected.remove(session); }
            }
            let bits = stored(&changes);
            prop_assert_eq!(bits.count(), expected.len());
            prop_assert!(bits.iter().eq(expected.iter().copied()));
        }

        #[test]
        fn sets_are_sets(a in proptest::collection::btree_set(0_i64..500, 0..50), b in proptest::collection::btree_set(0_i64..900, 0..50)) {
            let of = |from: &BTreeSet<i64>| {
                let mut bits = Bits::default();
                for session in from { bits.add(*session); }
                bits
            };
            let with = |change: &dyn Fn(&mut Bits, &Bits)| {
                let mut bits = of(&a);
                change(&mut bits, &of(&b));
                bits.iter().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(with(&Bits::and), &a & &b);
            prop_assert_eq!(with(&Bits::or), &a | &b);
            prop_assert_eq!(with(&Bits::and_not), &a - &b);
            prop_assert!(a.iter().all(|session| of(&a).has(*session)));
        }
    }

    #[test]
    fn a_block_that_many_have_is_bits_and_one_that_few_have_is_short() {
        let many: Vec<(i64, bool)> = (0..BLOCK).map(|session| (session, true)).collect();
        assert_eq!(stored(&many).count(), 4_096);
        assert_eq!(packed(&words(&[7, 0])).len(), 2);
    }
}
