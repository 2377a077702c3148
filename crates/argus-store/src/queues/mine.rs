//! What somebody is to judge next, and all that they have to do.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::act::account_of;
use super::counts::Counting;
use super::item::{self, QueueItem};
use super::list::{self, QueueViewer};
use super::refusal::Refusal;
use super::set_up::{Held, Mine, held, no_queue, open_ids};
use super::state::{ItemState, Part};
use crate::workspace::Workspace;
use crate::{Actor, StoreError};

/// How often the next item is looked for again when somebody else was quicker.
const TRIES_MAX: usize = 8;

/// The next item, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct NextItem {
    /// The item, reserved; `None` when there is nothing for this person.
    pub item: Option<QueueItem>,
    /// Items of the queue that they judged.
    pub done: u64,
    /// Those and the ones that they could judge now.
    pub total: u64,
}

/// What somebody has to do in one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct MyQueue {
    /// The queue's id.
    pub queue: String,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub mine: Mine,
    /// The items that are theirs now.
    pub items: Vec<QueueItem>,
}

impl Workspace {
    /// The person's next item of a queue, reserved for them: one that they have already, else the one that is due first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such queue, [`StoreError::Conflict`] when it is closed,
    /// [`StoreError::Invalid`] when it is for others.
    pub fn next_item(
        &self,
        queue: &str,
        viewer: &QueueViewer,
        actor: &Actor,
    ) -> Result<NextItem, StoreError> {
        let account = account_of(actor)?;
        let keys = &self.inner().keys;
        for _ in 0..TRIES_MAX {
            let now_us = self.now_us();
            let found = self.read(|connection| {
                let held = held(connection, keys, queue)?.ok_or_else(|| no_queue(queue))?;
                if !held.is_known_to(connection, &viewer.scope)? {
                    return Err(no_queue(queue));
                }
                if held.is_closed {
                    return Err(item::refused(Refusal::Closed));
                }
                if !held.is_for(Some(&account)) {
                    return Err(StoreError::Invalid(
                        "this queue is for other reviewers: who manages it can add you".to_owned(),
                    ));
                }
                candidate(connection, &held, &account, viewer, now_us)
            })?;
            let taken = match &found {
                None => None,
                Some(id) => match self.reserve_item(id, actor, &viewer.scope) {
                    Ok(()) => self.queue_item(id, viewer)?,
                    // Somebody else took it, or its session was erased.
                    Err(StoreError::Conflict(_) | StoreError::NotFound { .. }) => continue,
                    Err(error) => return Err(error),
                },
            };
            let mine = self
                .queue(queue, viewer)?
                .ok_or_else(|| no_queue(queue))?
                .mine;
            return Ok(NextItem {
                item: taken,
                done: mine.done,
                total: mine.done + mine.available,
            });
        }
        Err(StoreError::Busy)
    }

    /// What the viewer has to do, by queue: the open ones that are for them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn my_queues(&self, viewer: &QueueViewer) -> Result<Vec<MyQueue>, StoreError> {
        let (keys, now_us) = (&self.inner().keys, self.now_us());
        let Some(account) = viewer.account.as_deref() else {
            return Ok(Vec::new());
        };
        self.read(|connection| {
            let connection = &*connection.unchecked_transaction()?;
            let counting = Counting::new(connection, viewer, now_us, None)?;
            let mut all = Vec::new();
            for id in open_ids(connection)? {
                let Some(held) = held(connection, keys, &id)? else {
                    continue;
                };
                if !held.is_known_to(connection, &viewer.scope)? {
                    continue;
                }
                let (_, mine) = counting.of(&held)?;
                let mut items = Vec::new();
                for row in having(connection, &id, account)? {
                    if !viewer.scope.may_read(connection, row.session)? {
                        continue;
                    }
                    let parts = item::parts(connection, row.id)?;
                    let shown = list::shown(connection, keys, &held, &row, parts, viewer, now_us)?;
                    items.extend(shown.filter(|item| {
                        item.mine == Some(Part::Assigned) || item.reserved_until_us.is_some()
                    }));
                }
                if held.is_for(Some(account)) || !items.is_empty() {
                    all.push(MyQueue {
                        queue: id,
                        name: held.settings.name,
                        mine,
                        items,
                    });
                }
            }
            all.sort_by(|one, other| (&one.name, &one.queue).cmp(&(&other.name, &other.queue)));
            Ok(all)
        })
    }
}

/// The items of a queue that somebody has.
fn having(
    connection: &Connection,
    queue: &str,
    account: &str,
) -> Result<Vec<item::ItemRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} FROM queue_assignments a JOIN queue_items i ON i.id = a.item
         WHERE a.account = ?1 AND a.part IN (?2, ?3) AND i.queue = ?4 ORDER BY i.id",
        item::COLUMNS
    ))?;
    let rows = statement.query_map(
        rusqlite::params![
            account,
            Part::Reserved.number(),
            Part::Assigned.number(),
            queue
        ],
        item::row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The id of the item that somebody takes next.
fn candidate(
    connection: &Connection,
    queue: &Held,
    account: &str,
    viewer: &QueueViewer,
    now_us: i64,
) -> Result<Option<String>, StoreError> {
    let mut values: Vec<Sql> = Vec::new();
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let own = value(Sql::Text(account.to_owned()));
    let now = value(Sql::Integer(now_us));
    let [reserved, assigned, done, skipped, released] = [
        Part::Reserved,
        Part::Assigned,
        Part::Done,
        Part::Skipped,
        Part::Released,
    ]
    .map(|part| value(Sql::Integer(part.number())));
    let holds = format!("(a.part = {assigned} OR (a.part = {reserved} AND a.until_us > {now}))");
    let mine = format!("FROM queue_assignments a WHERE a.item = i.id AND a.account = {own}");
    let others = format!(
        "SELECT count(*) FROM queue_assignments a WHERE a.item = i.id AND a.account <> {own} AND (a.part = {done} OR {holds})"
    );
    let mut conditions = vec![
        format!("i.queue = {}", value(Sql::Text(queue.id.clone()))),
        format!(
            "i.state < {}",
            value(Sql::Integer(ItemState::Disputed.number()))
        ),
        format!("NOT EXISTS (SELECT 1 {mine} AND a.part IN ({done}, {skipped}))"),
    ];
    if queue.settings.kind == super::QueueKind::Review {
        let needed = value(Sql::Integer(i64::from(queue.settings.reviewers_per_item)));
        conditions.push(format!("(i.is_gold = 1 OR ({others}) < {needed})"));
    }
    conditions.extend(viewer.scope.conditions("i.session", &mut value));
    let sql = format!(
        "SELECT i.id FROM queue_items i JOIN sessions s ON s.n = i.session WHERE {}
         ORDER BY EXISTS (SELECT 1 {mine} AND {holds}) DESC, EXISTS (SELECT 1 {mine} AND a.part = {released}),
             i.due_at_us IS NULL, i.due_at_us, i.id LIMIT 1",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query_map(params_from_iter(&values), |row| row.get::<_, i64>(0))?;
    Ok(rows.next().transpose()?.map(|id| id.to_string()))
}
