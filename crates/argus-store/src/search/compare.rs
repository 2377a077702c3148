//! What is held of a session against what its projections have: what differs is read and written.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use argus_session::Step;
use argus_session::search::{Field, StepTexts, normal, step_texts};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::bodies::SliceBodies;
use super::database;
use super::work::Touched;
use super::{RowId, STEP_BITS};
use crate::StoreError;
use crate::blobs::Blobs;
use crate::key_ring::KeyRing;
use crate::read::session::open_doc;
use crate::sqlite::records;

/// How much a slice does before others have their turn.
pub(super) struct Budget {
    steps: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: 2_000,
            bytes: 4 * 1024 * 1024,
        }
    }
}

impl Budget {
    fn spend(&mut self, bytes: usize) {
        self.steps = self.steps.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.steps == 0 || self.bytes == 0
    }
}

/// The rows to be written, by shard and number: an FTS5 table takes rows in ascending order at once.
pub(super) type NewRows = BTreeMap<(i64, i64), [String; Field::ALL.len()]>;

/// A session's row.
struct Held {
    rank: i64,
    shard: i64,
    next_place: i64,
}

/// A step as it is held.
struct HeldStep {
    id: i64,
    hash: i64,
}

/// One slice's view of both stores.
pub(super) struct Indexing<'a> {
    pub(super) index: &'a Transaction<'a>,
    pub(super) reader: &'a Connection,
    pub(super) keys: &'a KeyRing,
    pub(super) blobs: &'a Blobs,
}

/// How far a session's rank may be from its start, in tenths of a second, before it is placed anew: records that come late
/// move a start by moments, a transcript that comes behind telemetry may move it by more.
const RANK_OFF_MAX: i64 = 36_000;
const RANK_MAX: i64 = 1 << 35;

impl Indexing<'_> {
    /// Compares a session; false when the budget was spent before its end.
    pub(super) fn session(
        &self,
        session: i64,
        touched: &Touched,
        budget: &mut Budget,
        rows: &mut NewRows,
    ) -> Result<bool, StoreError> {
        let row: Option<(bool, i64)> = self
            .reader
            .prepare_cached("SELECT listed, started_at_us FROM sessions WHERE n = ?1")?
            .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let key = match records::session_of(self.reader, session)? {
            Some((_, hash)) => self.keys.session_key(hash)?,
            None => None,
        };
        let (Some((true, started_at_us)), Some(key)) = (row, key) else {
            remove_session(self.index, session)?;
            self.done(session)?;
            return Ok(true);
        };
        let wanted = (started_at_us / 100_000).clamp(0, RANK_MAX);
        let mut held = held(self.index, session)?;
        if held
            .as_ref()
            .is_some_and(|held| (held.rank - wanted).abs() > RANK_OFF_MAX)
        {
            remove_session(self.index, session)?;
            held = None;
        }
        let turns = match (touched, &held) {
            (Touched::Turns(ids), Some(_)) => self.turns_by_id(session, ids)?,
            _ => None,
        };
        let is_whole = turns.is_none();
        let turns = match turns {
            Some(turns) => turns,
            None => self.all_turns(session)?,
        };
        let mut held = match held {
            Some(held) => held,
            None => self.place(session, wanted)?,
        };
        if is_whole {
            self.remove_other_turns(&held, &turns)?;
        }
        let bodies = SliceBodies {
            reader: self.reader,
            keys: self.keys,
            blobs: self.blobs,
            held: RefCell::default(),
        };
        let mut is_done = true;
        for turn in self.in_order(turns)? {
            if !self.turn(turn, &key, &mut held, &bodies, budget, rows)? {
                is_done = false;
                break;
            }
        }
        self.index
            .prepare_cached("UPDATE sessions SET next_place = ?2 WHERE session = ?1")?
            .execute(params![session, held.next_place])?;
        if is_done && is_whole {
            self.done(session)?;
        }
        Ok(is_done)
    }

    fn done(&self, session: i64) -> Result<(), StoreError> {
        self.index
            .prepare_cached("DELETE FROM pending WHERE session = ?1")?
            .execute([session])?;
        Ok(())
    }

    /// The numbers of these turns; `None` when one of them is gone: what it was held as is not known then.
    fn turns_by_id(
        &self,
        session: i64,
        ids: &std::collections::BTreeSet<String>,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let mut statement = self
            .reader
            .prepare_cached("SELECT n FROM turns WHERE session = ?1 AND id = ?2")?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let n = statement
                .query_row(params![session, id], |row| row.get(0))
                .optional()?;
            match n {
                Some(n) => found.push(n),
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    fn all_turns(&self, session: i64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self
            .reader
            .prepare_cached("SELECT n FROM turns WHERE session = ?1 ORDER BY n")?;
        let rows = statement.query_map([session], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The turns as they followed each other: the numbers of their steps, and so which are found first, go by it.
    fn in_order(&self, turns: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.reader.prepare_cached(
            "SELECT at_us FROM steps WHERE turn = ?1 ORDER BY grp, at_us, place, id LIMIT 1",
        )?;
        let mut timed = Vec::with_capacity(turns.len());
        for turn in turns {
            let at_us: Option<i64> = statement.query_row([turn], |row| row.get(0)).optional()?;
            timed.push((at_us, turn));
        }
        timed.sort_unstable();
        Ok(timed.into_iter().map(|(_, turn)| turn).collect())
    }

    /// Gives a new session its place: in time, and in the shard that is open.
    fn place(&self, session: i64, wanted: i64) -> Result<Held, StoreError> {
        let shard = database::open_shard(self.index)?;
        let mut taken = self
            .index
            .prepare_cached("SELECT 1 FROM sessions WHERE rank = ?1")?;
        let mut rank = wanted;
        while taken.exists([rank])? {
            rank += 1;
        }
        self.index
            .prepare_cached(
                "INSERT INTO sessions (session, rank, shard, next_place, cut, images) VALUES (?1, ?2, ?3, 0, 0, 0)",
            )?
            .execute(params![session, rank, shard])?;
        Ok(Held {
            rank,
            shard,
            next_place: 0,
        })
    }

    /// Removes what is held of turns that are not among these.
    fn remove_other_turns(&self, held: &Held, turns: &[i64]) -> Result<(), StoreError> {
        let mut statement = self
            .index
            .prepare_cached("SELECT id, turn FROM steps WHERE id BETWEEN ?1 AND ?2")?;
        let range = params![RowId::first(held.rank), RowId::last(held.rank)];
        let mut gone = Vec::new();
        let mut found = statement.query(range)?;
        while let Some(row) = found.next()? {
            if turns.binary_search(&row.get(1)?).is_err() {
                gone.push(row.get(0)?);
            }
        }
        for id in gone {
            remove_step(self.index, held.shard, id)?;
        }
        Ok(())
    }

    /// Compares a turn; false when the budget was spent before its end.
    fn turn(
        &self,
        turn: i64,
        key: &[u8; 32],
        held: &mut Held,
        bodies: &SliceBodies<'_>,
        budget: &mut Budget,
        rows: &mut NewRows,
    ) -> Result<bool, StoreError> {
        let mut known = self.held_steps(turn)?;
        let mut statement = self.reader.prepare_cached(
            "SELECT id, hash, doc FROM steps WHERE turn = ?1 ORDER BY grp, at_us, place, id",
        )?;
        let mut steps = statement.query([turn])?;
        while let Some(row) = steps.next()? {
            let (id, hash): (String, i64) = (row.get(0)?, row.get(1)?);
            let before = known.remove(&id);
            if before.as_ref().is_some_and(|before| before.hash == hash) {
                continue;
            }
            if budget.is_spent() {
                return Ok(false);
            }
            let step: Step = open_doc(key, row.get_ref(2)?.as_blob().unwrap_or_default())?;
            let texts = step_texts(&step, bodies);
            if let Some(before) = &before {
                remove_step(self.index, held.shard, before.id)?;
            }
            let place = before.map_or(held.next_place, |before| before.id & ((1 << STEP_BITS) - 1));
            if place == held.next_place {
                held.next_place += 1;
            }
            // More steps than numbers: what is beyond is not found.
            if place >= 1 << STEP_BITS {
                continue;
            }
            let row = RowId::new(held.rank, place);
            budget.spend(self.put(held.shard, row, (turn, &id, hash), &texts, rows)?);
        }
        for (_, gone) in known {
            remove_step(self.index, held.shard, gone.id)?;
        }
        Ok(true)
    }

    fn held_steps(&self, turn: i64) -> Result<HashMap<String, HeldStep>, StoreError> {
        let mut statement = self
            .index
            .prepare_cached("SELECT step, id, hash FROM steps WHERE turn = ?1")?;
        let rows = statement.query_map([turn], |row| {
            Ok((
                row.get(0)?,
                HeldStep {
                    id: row.get(1)?,
                    hash: row.get(2)?,
                },
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes a step and its tokens; gives the bytes that they are.
    fn put(
        &self,
        shard: i64,
        row: RowId,
        (turn, step, hash): (i64, &str, i64),
        texts: &StepTexts,
        rows: &mut NewRows,
    ) -> Result<usize, StoreError> {
        let mut columns: [String; Field::ALL.len()] = std::array::from_fn(|_| String::new());
        let mut bytes = 256;
        let mut cut = 0_i64;
        for text in &texts.texts {
            let column = &mut columns[text.field as usize];
            if !column.is_empty() {
                column.push(' ');
            }
            column.push_str(&normal(&text.text));
            bytes += text.text.len();
            cut += i64::from(text.is_cut);
        }
        let has_text = columns.iter().any(|column| !column.is_empty());
        self.index
            .prepare_cached(
                "INSERT INTO steps (id, turn, step, hash, has_text, cut, images) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![row.0, turn, step, hash, has_text, cut, texts.images])?;
        if cut > 0 || texts.images > 0 {
            self.index
                .prepare_cached(
                    "UPDATE sessions SET cut = cut + ?2, images = images + ?3 WHERE rank = ?1",
                )?
                .execute(params![row.rank(), cut, texts.images])?;
        }
        if has_text {
            rows.insert((shard, row.0), columns);
        }
        Ok(bytes)
    }
}

fn held(index: &Connection, session: i64) -> Result<Option<Held>, StoreError> {
    Ok(index
        .prepare_cached("SELECT rank, shard, next_place FROM sessions WHERE session = ?1")?
        .query_row([session], |row| {
            Ok(Held {
                rank: row.get(0)?,
                shard: row.get(1)?,
                next_place: row.get(2)?,
            })
        })
        .optional()?)
}

fn remove_step(index: &Connection, shard: i64, id: i64) -> Result<(), StoreError> {
    let removed: Option<(bool, i64, i64)> = index
        .prepare_cached("DELETE FROM steps WHERE id = ?1 RETURNING has_text, cut, images")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((has_text, cut, images)) = removed else {
        return Ok(());
    };
    if cut > 0 || images > 0 {
        index
            .prepare_cached(
                "UPDATE sessions SET cut = cut - ?2, images = images - ?3 WHERE rank = ?1",
            )?
            .execute(params![RowId(id).rank(), cut, images])?;
    }
    if has_text {
        index
            .prepare_cached(&format!(
                "DELETE FROM {} WHERE rowid = ?1",
                database::table(shard)
            ))?
            .execute([id])?;
        index
            .prepare_cached(
                "UPDATE shards SET row_count = row_count - 1, is_dirty = 1 WHERE n = ?1",
            )?
            .execute([shard])?;
    }
    Ok(())
}

/// Removes all that is held of a session.
pub(super) fn remove_session(index: &Connection, session: i64) -> Result<(), StoreError> {
    let Some(held) = held(index, session)? else {
        return Ok(());
    };
    let ids: Vec<i64> = {
        let mut statement =
            index.prepare_cached("SELECT id FROM steps WHERE id BETWEEN ?1 AND ?2")?;
        let range = params![RowId::first(held.rank), RowId::last(held.rank)];
        let rows = statement.query_map(range, |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for id in ids {
        remove_step(index, held.shard, id)?;
    }
    index
        .prepare_cached("DELETE FROM sessions WHERE session = ?1")?
        .execute([session])?;
    Ok(())
}

/// Writes a slice's tokens.
pub(super) fn write(index: &Connection, rows: NewRows) -> Result<(), StoreError> {
    let mut is_held = index.prepare_cached("SELECT 1 FROM steps WHERE id = ?1")?;
    for ((shard, id), columns) in rows {
        // Its session went while the slice was made.
        if !is_held.exists([id])? {
            continue;
        }
        let [prompt, answer, thinking, input, output, error, notice] = columns;
        index
            .prepare_cached(&format!(
                "INSERT INTO {} (rowid, prompt, answer, thinking, input, output, error, notice)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                database::table(shard)
            ))?
            .execute(params![
                id, prompt, answer, thinking, input, output, error, notice
            ])?;
        index
            .prepare_cached(
                "UPDATE shards SET row_count = row_count + 1, newest = max(newest, ?2) WHERE n = ?1",
            )?
            .execute(params![shard, id])?;
    }
    Ok(())
}
