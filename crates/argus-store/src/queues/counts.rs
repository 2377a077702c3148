//! How many items of queues are in each state, and what somebody has to do with them: counted by the index, so that a list of many
//! full queues stays quick. Only items that somebody has now are looked at one by one.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::item::{self, COLUMNS, ItemRow};
use super::list::{QueueViewer, seen};
use super::set_up::{Held, Mine, StateCounts};
use super::state::{ItemState, Part};
use crate::StoreError;

/// What is the same for every queue that one viewer looks at.
pub(super) struct Counting<'a> {
    connection: &'a Connection,
    viewer: &'a QueueViewer,
    now_us: i64,
    /// The items that somebody has now, by queue.
    held: BTreeMap<String, Vec<ItemRow>>,
    /// What else the viewer did, by queue.
    own: BTreeMap<String, Vec<OwnParts>>,
}

/// So many items are in another state than they were counted in.
const fn moved(counts: &mut StateCounts, count: u64, from: ItemState, to: ItemState) {
    *counts.of(from) = counts.of(from).saturating_sub(count);
    *counts.of(to) += count;
}

/// What the viewer did with some items that nobody has now.
struct OwnParts {
    part: Part,
    is_settled: bool,
    is_hidden: bool,
    count: u64,
}

/// Conditions with the values of their placeholders.
struct Asked {
    conditions: Vec<String>,
    values: Vec<Sql>,
}

impl Asked {
    fn new(conditions: &[&str], values: Vec<Sql>, viewer: &QueueViewer) -> Self {
        let mut asked = Self {
            conditions: conditions.iter().map(|one| (*one).to_owned()).collect(),
            values,
        };
        let values = &mut asked.values;
        let of_scope = viewer.scope.conditions("i.session", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        });
        asked.conditions.extend(of_scope);
        asked
    }

    fn text(&self) -> String {
        self.conditions.join(" AND ")
    }
}

/// Whether what others said of the session of the item `i` is hidden by another queue from who does not manage.
const IS_HIDDEN_ELSEWHERE: &str =
    "EXISTS (SELECT 1 FROM blind_sessions b WHERE b.session = i.session)";

impl<'a> Counting<'a> {
    /// For all queues, or for one of them. All is counted in one snapshot: `connection` is in a transaction.
    pub(super) fn new(
        connection: &'a Connection,
        viewer: &'a QueueViewer,
        now_us: i64,
        queue: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut counting = Self {
            connection,
            viewer,
            now_us,
            held: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        counting.look_at_held(queue)?;
        counting.look_at_own(queue)?;
        Ok(counting)
    }

    fn look_at_held(&mut self, queue: Option<&str>) -> Result<(), StoreError> {
        let values = vec![
            queue.map_or(Sql::Null, |queue| Sql::Text(queue.to_owned())),
            Sql::Integer(Part::Reserved.number()),
            Sql::Integer(Part::Assigned.number()),
            Sql::Integer(self.now_us),
        ];
        let is_asked = "(?1 IS NULL OR i.queue = ?1)";
        let asked = Asked::new(&[is_asked], values, self.viewer);
        // One look into the index for each account: few people have something, of many who did.
        let sql = format!(
            "WITH RECURSIVE people (account) AS (
                 SELECT min(account) FROM queue_assignments
                 UNION ALL
                 SELECT (SELECT min(a.account) FROM queue_assignments a WHERE a.account > people.account) FROM people
                 WHERE people.account IS NOT NULL
             ), taken (item) AS (
                 SELECT DISTINCT a.item FROM people p CROSS JOIN queue_assignments a ON a.account = p.account AND a.part IN (?2, ?3)
                 WHERE a.part = ?3 OR a.until_us > ?4
             )
             SELECT {COLUMNS} FROM taken h CROSS JOIN queue_items i ON i.id = h.item WHERE {}",
            asked.text()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&asked.values), item::row)?;
        for row in rows {
            let row = row?;
            self.held.entry(row.queue.clone()).or_default().push(row);
        }
        Ok(())
    }

    fn look_at_own(&mut self, queue: Option<&str>) -> Result<(), StoreError> {
        let Some(account) = &self.viewer.account else {
            return Ok(());
        };
        let held: Vec<i64> = self.held.values().flatten().map(|row| row.id).collect();
        let values = vec![
            queue.map_or(Sql::Null, |queue| Sql::Text(queue.to_owned())),
            Sql::Text(account.clone()),
            Sql::Text(serde_json::to_string(&held).unwrap_or_default()),
            Sql::Integer(ItemState::Disputed.number()),
        ];
        let conditions = [
            "(?1 IS NULL OR i.queue = ?1)",
            "a.account = ?2",
            "a.item NOT IN (SELECT value FROM json_each(?3))",
        ];
        let asked = Asked::new(&conditions, values, self.viewer);
        let sql = format!(
            "SELECT i.queue, a.part, i.state >= ?4, i.is_blind > 0 OR {IS_HIDDEN_ELSEWHERE}, count(*)
             FROM queue_assignments a CROSS JOIN queue_items i ON i.id = a.item WHERE {} GROUP BY 1, 2, 3, 4",
            asked.text()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&asked.values))?;
        while let Some(row) = rows.next()? {
            self.own.entry(row.get(0)?).or_default().push(OwnParts {
                part: Part::from_number(row.get(1)?).unwrap_or(Part::Released),
                is_settled: row.get(2)?,
                is_hidden: row.get(3)?,
                count: row.get(4)?,
            });
        }
        Ok(())
    }

    /// How many items of a queue the viewer sees in each state, and what they have to do with it.
    pub(super) fn of(&self, queue: &Held) -> Result<(StateCounts, Mine), StoreError> {
        let all_hidden = queue.has_gold && !queue.is_closed && !self.viewer.manages;
        let shown_hidden = |is_hidden: bool| (is_hidden && !self.viewer.manages) || all_hidden;
        let (mut counts, mut mine) = (StateCounts::default(), Mine::default());
        let mut open = 0_u64;
        for (number, all, hidden) in self.by_state(queue)? {
            let hidden = match (all_hidden, self.viewer.manages) {
                (true, _) => all,
                (false, true) => 0,
                (false, false) => hidden,
            };
            *counts.of(ItemState::from_number(number)) += all - hidden;
            counts.needs_review += hidden;
            if number < ItemState::Disputed.number() {
                open += all;
            }
        }
        for own in self.own.get(&queue.id).into_iter().flatten() {
            if own.part == Part::Done {
                mine.done += own.count;
                if shown_hidden(own.is_hidden) {
                    moved(
                        &mut counts,
                        own.count,
                        ItemState::NeedsReview,
                        queue.after_own(),
                    );
                }
            }
            if !own.is_settled && matches!(own.part, Part::Done | Part::Skipped) {
                open = open.saturating_sub(own.count);
            }
        }
        let mut taken = BTreeSet::new();
        for row in self.held.get(&queue.id).into_iter().flatten() {
            let parts = item::parts(self.connection, row.id)?;
            let seen = seen(queue, row, &parts, self.viewer, self.now_us);
            // Counted above as one that nobody has.
            let counted = match shown_hidden(row.is_kept) {
                true => ItemState::NeedsReview,
                false => ItemState::from_number(row.state),
            };
            moved(&mut counts, 1, counted, seen.state);
            mine.done += u64::from(seen.mine == Some(Part::Done));
            mine.open += u64::from(matches!(seen.mine, Some(Part::Reserved | Part::Assigned)));
            if !seen.is_available {
                open = open.saturating_sub(1);
                taken.insert(row.id);
            }
        }
        if queue.is_for(self.viewer.account.as_deref()) && !queue.is_closed {
            mine.available = open;
            mine.due_at_us = self.due(queue, &taken)?;
        }
        Ok((counts, mine))
    }

    /// The items of a queue by their stored state: how many, and of how many what others said is hidden from who does not manage.
    fn by_state(&self, queue: &Held) -> Result<Vec<(i64, u64, u64)>, StoreError> {
        let asked = Asked::new(
            &["i.queue = ?1"],
            vec![Sql::Text(queue.id.clone())],
            self.viewer,
        );
        let hidden = match self.viewer.manages || (queue.has_gold && !queue.is_closed) {
            true => "0".to_owned(),
            false => format!("sum(i.is_blind > 0 OR {IS_HIDDEN_ELSEWHERE})"),
        };
        let sql = format!(
            "SELECT i.state, count(*), {hidden} FROM queue_items i WHERE {} GROUP BY i.state",
            asked.text()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&asked.values), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the first item of a queue is due that is open, not `taken`, and that the viewer neither judged nor skipped.
    fn due(&self, queue: &Held, taken: &BTreeSet<i64>) -> Result<Option<i64>, StoreError> {
        let mut first = None;
        for state in [ItemState::NeedsReview, ItemState::NeedsOthers] {
            let values = vec![
                Sql::Text(queue.id.clone()),
                Sql::Integer(state.number()),
                Sql::Text(self.viewer.account.clone().unwrap_or_default()),
                Sql::Integer(Part::Done.number()),
                Sql::Integer(Part::Skipped.number()),
            ];
            let conditions = [
                "i.queue = ?1",
                "i.state = ?2",
                "i.due_at_us IS NOT NULL",
                "NOT EXISTS (SELECT 1 FROM queue_assignments a WHERE a.item = i.id AND a.account = ?3 AND a.part IN (?4, ?5))",
            ];
            let asked = Asked::new(&conditions, values, self.viewer);
            let sql = format!(
                "SELECT i.id, i.due_at_us FROM queue_items i WHERE {} ORDER BY i.due_at_us",
                asked.text()
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&asked.values))?;
            while let Some(row) = rows.next()? {
                if !taken.contains(&row.get(0)?) {
                    first = first.into_iter().chain([row.get(1)?]).min();
                    break;
                }
            }
        }
        Ok(first)
    }
}
