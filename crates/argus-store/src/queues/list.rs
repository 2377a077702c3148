//! Items as somebody sees them: lists, counts, what is hidden while an item is blind.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::item::{
    self, COLUMNS, DecisionText, ItemRow, PartRow, QueueItem, Reason, SeenPart, with_parts,
};
use super::set_up::{Held, held};
use super::settings::QueueKind;
use super::state::{ItemState, Part};
use crate::key_ring::KeyRing;
use crate::limits::PAGE_ROWS_MAX;
use crate::query::Page;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// Who looks at queues.
#[derive(Debug, Clone, Default)]
pub struct QueueViewer {
    /// The account's id; `None` of a key.
    pub account: Option<String>,
    /// Whether they manage queues: then they are told who is at an item, and which are references.
    pub manages: bool,
    /// What they may read: items of other sessions are neither listed nor counted.
    pub scope: ReadScope,
}

/// Which items to list.
#[derive(Debug, Clone, Default)]
pub struct ItemQuery {
    /// In this state only.
    pub state: Option<ItemState>,
    /// How many: 1 to 1,000.
    pub limit: usize,
    /// Where the page begins, from the page before.
    pub cursor: Option<String>,
}

impl Workspace {
    /// A page of a queue's items, in the order in which they came; `None` when there is no such queue.
    ///
    /// # Errors
    /// When the cursor is none, or the store cannot be read.
    pub fn queue_items(
        &self,
        queue: &str,
        query: &ItemQuery,
        viewer: &QueueViewer,
    ) -> Result<Option<Page<QueueItem>>, StoreError> {
        let after = match query.cursor.as_deref().map(str::parse::<i64>) {
            None => 0,
            Some(Ok(after)) => after,
            Some(Err(_)) => {
                return Err(StoreError::Invalid(
                    "this cursor is not one of this list: begin again without it".to_owned(),
                ));
            }
        };
        let limit = query.limit.clamp(1, PAGE_ROWS_MAX);
        let (keys, now_us) = (&self.inner().keys, self.now_us());
        self.read(|connection| {
            let Some(held) = held(connection, keys, queue)? else {
                return Ok(None);
            };
            if !held.is_known_to(connection, &viewer.scope)? {
                return Ok(None);
            }
            let mut items = Vec::new();
            let mut after = after;
            // What is hidden or in another state takes no place: more is read until the page is full.
            while items.len() <= limit {
                let rows = rows(connection, queue, viewer, after)?;
                let Some(last) = rows.last() else { break };
                after = last.id;
                let mut parts = item::parts_of(connection, rows.iter().map(|row| row.id))?;
                for row in rows {
                    let parts = parts.remove(&row.id).unwrap_or_default();
                    let seen = seen(&held, &row, &parts, viewer, now_us);
                    if query.state.is_some_and(|state| state != seen.state) {
                        continue;
                    }
                    items.extend(shown(connection, keys, &held, &row, parts, viewer, now_us)?);
                    if items.len() > limit {
                        break;
                    }
                }
            }
            let next = (items.len() > limit).then(|| {
                items.truncate(limit);
                items.last().map(|item| item.id.clone()).unwrap_or_default()
            });
            Ok(Some(Page { items, next }))
        })
    }

    /// One item; `None` when there is none that the viewer may read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue_item(
        &self,
        id: &str,
        viewer: &QueueViewer,
    ) -> Result<Option<QueueItem>, StoreError> {
        let (keys, now_us) = (&self.inner().keys, self.now_us());
        self.read(|connection| {
            let Some(row) = item::one(connection, id)? else {
                return Ok(None);
            };
            let Some(held) = held(connection, keys, &row.queue)? else {
                return Ok(None);
            };
            if !viewer.scope.may_read(connection, row.session)? {
                return Ok(None);
            }
            let parts = item::parts(connection, row.id)?;
            shown(connection, keys, &held, &row, parts, viewer, now_us)
        })
    }
}

/// Rows that are read at once.
const ROWS_AT_A_TIME: usize = 200;

/// The first rows of a queue after an id whose sessions the viewer may read.
fn rows(
    connection: &Connection,
    queue: &str,
    viewer: &QueueViewer,
    after: i64,
) -> Result<Vec<ItemRow>, StoreError> {
    let mut values = vec![Sql::Text(queue.to_owned()), Sql::Integer(after)];
    let mut conditions = vec!["i.queue = ?1".to_owned(), "i.id > ?2".to_owned()];
    conditions.extend(viewer.scope.conditions("i.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    }));
    let sql = format!(
        "SELECT {COLUMNS} FROM queue_items i INDEXED BY queue_items_placed CROSS JOIN sessions s ON s.n = i.session WHERE {} ORDER BY i.id LIMIT {ROWS_AT_A_TIME}",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), item::row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a viewer may know of an item.
pub(super) struct Seen {
    pub(super) state: ItemState,
    pub(super) mine: Option<Part>,
    pub(super) reserved_until_us: Option<i64>,
    /// Whether they could take it now.
    pub(super) is_available: bool,
    reviewers_done: Option<u32>,
}

/// Whether what others did with an item is hidden from a viewer. In a queue that has references, and is open, it is of every item
/// to who does not manage: references stay open, and whoever saw others settle could tell which they are.
fn is_hidden(queue: &Held, row: &ItemRow, viewer: &QueueViewer) -> bool {
    if viewer.manages {
        return row.is_hidden;
    }
    row.is_kept || (queue.has_gold && !queue.is_closed)
}

/// What a viewer may know of an item. Of one that is hidden a reviewer knows what they did themselves, and no more: neither how
/// many are done, nor who is at it.
pub(super) fn seen(
    queue: &Held,
    row: &ItemRow,
    parts: &[PartRow],
    viewer: &QueueViewer,
    now_us: i64,
) -> Seen {
    let item = with_parts(
        queue,
        row,
        parts.iter().map(|part| part.of.clone()).collect(),
    );
    let own = viewer
        .account
        .as_deref()
        .and_then(|account| item.of(account));
    let is_own = own.is_some_and(|own| own.holds(now_us));
    let done = u32::try_from(item.submissions().count()).unwrap_or(u32::MAX);
    let is_hidden = is_hidden(queue, row, viewer) && !viewer.manages;
    let truly = item.state(now_us);
    let state = if !is_hidden {
        truly
    } else if own.is_some_and(|own| own.part == Part::Done) {
        queue.after_own()
    } else if is_own {
        ItemState::InReview
    } else {
        ItemState::NeedsReview
    };
    let is_available = viewer.account.clone().is_some_and(|account| {
        let taking = super::step::Event::Reserve(account, now_us + 1);
        !truly.is_settled() && item.clone().step(taking, now_us).is_ok()
    });
    Seen {
        state,
        mine: own.map(|own| match own.part {
            // As one that was given back: when others finish an item, what is over of theirs is let go.
            Part::Reserved if !own.holds(now_us) => Part::Released,
            part => part,
        }),
        reserved_until_us: own
            .filter(|own| own.part == Part::Reserved && own.holds(now_us))
            .map(|own| own.until_us),
        is_available,
        reviewers_done: (!is_hidden).then_some(done),
    }
}

impl Held {
    /// Whether a reader may know of the queue at all: they may read all that it may take in, or something that is in it.
    pub(super) fn is_known_to(
        &self,
        connection: &Connection,
        scope: &ReadScope,
    ) -> Result<bool, StoreError> {
        if scope.covers(self.settings.projects.as_deref()) {
            return Ok(true);
        }
        let mut values = vec![Sql::Text(self.id.clone())];
        let mut conditions = vec!["i.queue = ?1".to_owned()];
        conditions.extend(scope.conditions("i.session", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        }));
        let sql = format!(
            "SELECT 1 FROM queue_items i JOIN sessions s ON s.n = i.session WHERE {} LIMIT 1",
            conditions.join(" AND ")
        );
        Ok(connection
            .prepare_cached(&sql)?
            .exists(params_from_iter(&values))?)
    }

    /// # Errors
    /// [`StoreError::NotFound`] when this reader may not know of the queue, and [`StoreError::Forbidden`] when it takes in sessions
    /// that they may not read: what is done to it as a whole is done to those, too.
    pub(super) fn check_is_of(
        &self,
        connection: &Connection,
        scope: &ReadScope,
    ) -> Result<(), StoreError> {
        if scope.covers(self.settings.projects.as_deref()) {
            return Ok(());
        }
        if !self.is_known_to(connection, scope)? {
            return Err(super::set_up::no_queue(&self.id));
        }
        Err(StoreError::Forbidden(
            "this queue takes in sessions of projects that are not yours: who may read all of those can change it".to_owned(),
        ))
    }

    /// The state of an item that is hidden from who judged it: by what the queue asks for, and by nothing of the item itself.
    pub(super) fn after_own(&self) -> ItemState {
        if self.settings.kind == QueueKind::Review && self.settings.reviewers_per_item == 1 {
            ItemState::Complete
        } else {
            ItemState::NeedsOthers
        }
    }

    /// Whether the queue is for this account.
    pub(super) fn is_for(&self, account: Option<&str>) -> bool {
        let reviewers = &self.settings.reviewers;
        account.is_some_and(|account| {
            reviewers.is_empty() || reviewers.iter().any(|one| one == account)
        })
    }
}

/// An item as a viewer sees it; `None` when its session is gone.
pub(super) fn shown(
    connection: &Connection,
    keys: &KeyRing,
    queue: &Held,
    row: &ItemRow,
    parts: Vec<PartRow>,
    viewer: &QueueViewer,
    now_us: i64,
) -> Result<Option<QueueItem>, StoreError> {
    let Some((Some(session_id), _)) = records::session_of(connection, row.session)? else {
        return Ok(None);
    };
    let seen = seen(queue, row, &parts, viewer, now_us);
    let is_item_hidden = is_hidden(queue, row, viewer);
    let mut shown = Vec::new();
    for part in parts {
        let is_own = viewer.account.as_deref() == Some(part.of.account.as_str());
        if is_item_hidden && !viewer.manages && !is_own {
            continue;
        }
        let is_over = part.of.part == Part::Reserved && !part.of.holds(now_us);
        if is_over || part.of.part == Part::Released {
            continue;
        }
        let is_hidden = is_item_hidden && !is_own;
        shown.push(SeenPart {
            skip_reason: item::opened(connection, keys, row.session, part.sealed.as_deref())?,
            account: part.of.account,
            part: part.of.part,
            at_us: part.at_us,
            submission: part.of.submission.filter(|_| !is_hidden),
        });
    }
    let reason = if is_item_hidden && !viewer.manages {
        Some(Reason::Hidden {})
    } else {
        item::opened(connection, keys, row.session, row.reason.as_deref())?
    };
    let decision: Option<DecisionText> =
        item::opened(connection, keys, row.session, row.decision.as_deref())?;
    let decision = decision.filter(|decision| {
        !is_item_hidden || viewer.account.as_deref() == Some(decision.account.as_str())
    });
    Ok(Some(QueueItem {
        id: row.id.to_string(),
        queue: row.queue.clone(),
        session_id,
        turn: row.turn().map(str::to_owned),
        state: seen.state,
        reason,
        at_us: row.at_us,
        due_at_us: row.due_at_us,
        reserved_until_us: seen.reserved_until_us,
        mine: seen.mine,
        reviewers: queue.settings.reviewers_per_item,
        reviewers_done: seen.reviewers_done,
        is_blind: is_item_hidden,
        parts: shown,
        decision,
        is_gold: viewer.manages.then_some(row.is_gold),
    }))
}
