//! Saved views of the session list: a filter with a name, of one person or shared.
//!
//! Names and filters are typed by people and may name customers: they go through redaction and are sealed under the workspace's
//! key. A view that is shared
//! is shown to those who may read at least what its maker might read when it was shared, so that its words reach nobody whose
//! sessions they are not about.

use argus_session::filter::{Filter, SessionKind};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::key_ring::KeyRing;
use crate::limits::{SAVED_VIEW_NAME_CHARS_MAX, SAVED_VIEWS_OF_ONE_MAX};
use crate::query::Sort;
use crate::redaction::{TypedBody, check_filter};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, seal};

/// The table.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE saved_views (
        id TEXT PRIMARY KEY, account TEXT NOT NULL, is_shared INTEGER NOT NULL, changed_at_us INTEGER NOT NULL, sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX saved_views_account ON saved_views (account);";

/// What a view shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewContent {
    /// Its name.
    pub name: String,
    /// The filter, as it was typed.
    pub filter: String,
    /// By what it is sorted: a [`Sort`]'s name.
    pub sort: String,
    /// Kinds of sessions that it leaves out: names of [`SessionKind`]s.
    pub fold: Vec<String>,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: String,
    /// The account that made it.
    pub account: String,
    /// Whether others see it.
    pub is_shared: bool,
    /// When it was changed last, microseconds UTC.
    pub changed_at_us: i64,
    /// What it shows.
    pub content: ViewContent,
    /// What its maker might read when they changed it last.
    scope: Option<Vec<String>>,
}

/// What is sealed of it.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    content: ViewContent,
    /// The projects that its maker might read; `None` for all.
    scope: Option<Vec<String>>,
}

impl ViewContent {
    /// # Errors
    /// [`StoreError::Invalid`], with what to do, when the name or filter is none.
    fn check(&self) -> Result<(), StoreError> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > SAVED_VIEW_NAME_CHARS_MAX {
            return Err(StoreError::Invalid(format!(
                "a view has a name of 1 to {SAVED_VIEW_NAME_CHARS_MAX} characters"
            )));
        }
        if name.chars().any(char::is_control) {
            return Err(StoreError::Invalid(
                "a view's name is one line of plain text".to_owned(),
            ));
        }
        Filter::parse(&self.filter)
            .map_err(|error| StoreError::Invalid(format!("this is no filter: {error}")))?;
        if Sort::from_name(&self.sort).is_none() {
            return Err(StoreError::Invalid(
                "this is no sort: there are started, cost, duration, errors".to_owned(),
            ));
        }
        if let Some(word) = self
            .fold
            .iter()
            .find(|word| SessionKind::from_name(word).is_none())
        {
            let known = SessionKind::ALL.map(SessionKind::as_str).join(", ");
            return Err(StoreError::Invalid(format!(
                "a list leaves out {known}: \"{word}\" is none of them"
            )));
        }
        Ok(())
    }
}

impl SavedView {
    /// Whether a reader sees it: its maker, and of a shared one those who may read all that its maker might.
    fn is_seen_by(&self, account: Option<&str>, scope: &ReadScope) -> bool {
        if account == Some(self.account.as_str()) {
            return true;
        }
        let covers = match (&scope.projects, &self.scope) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(may), Some(might)) => might.iter().all(|project| may.contains(project)),
        };
        self.is_shared && scope.own_of.is_none() && covers
    }
}

/// What a sealed view is bound to.
pub(crate) fn associated(id: &str) -> Vec<u8> {
    format!("saved view {id}").into_bytes()
}

fn read(
    connection: &Connection,
    keys: &KeyRing,
    id: Option<&str>,
) -> Result<Vec<SavedView>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, account, is_shared, changed_at_us, sealed FROM saved_views WHERE ?1 IS NULL OR id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get::<_, Vec<u8>>(4)?,
        ))
    })?;
    rows.map(|row| {
        let (id, account, is_shared, changed_at_us, sealed) = row?;
        let damaged = || StoreError::Corrupt {
            table: "saved_views",
            what: "a view cannot be opened".to_owned(),
        };
        let (_, opened) =
            seal::open(keys.workspace_key(), &associated(&id), &sealed).map_err(|_| damaged())?;
        let held: Sealed = serde_json::from_slice(&opened).map_err(|_| damaged())?;
        Ok(SavedView {
            id,
            account,
            is_shared,
            changed_at_us,
            content: held.content,
            scope: held.scope,
        })
    })
    .collect()
}

impl Workspace {
    /// The views that a reader sees, theirs and those that are shared with them, by name. `account`: who reads, where it is a
    /// person.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn saved_views(
        &self,
        account: Option<&str>,
        scope: &ReadScope,
    ) -> Result<Vec<SavedView>, StoreError> {
        let keys = &self.inner().keys;
        let mut views = self.read(|connection| read(connection, keys, None))?;
        views.retain(|view| view.is_seen_by(account, scope));
        views.sort_by_cached_key(|view| (view.content.name.to_lowercase(), view.id.clone()));
        Ok(views)
    }

    /// One of the views that a reader sees.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn saved_view(
        &self,
        id: &str,
        account: Option<&str>,
        scope: &ReadScope,
    ) -> Result<Option<SavedView>, StoreError> {
        let keys = &self.inner().keys;
        let found = self.read(|connection| read(connection, keys, Some(id)))?;
        Ok(found
            .into_iter()
            .find(|view| view.is_seen_by(account, scope)))
    }

    /// Saves a view of the actor's.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be used, or the person has as many as one may have.
    pub fn create_saved_view(
        &self,
        content: ViewContent,
        is_shared: bool,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<SavedView, StoreError> {
        let mut bytes = [0; 8];
        self.random().fill(&mut bytes);
        let view = SavedView {
            id: format!("view_{}", hex::encode(bytes)),
            account: actor.id.clone(),
            is_shared,
            changed_at_us: self.now_us(),
            content,
            scope: scope.projects.clone(),
        };
        let account = view.account.clone();
        self.put_view(view, "made", actor, move |transaction, _| {
            let held: usize = transaction.query_row(
                "SELECT count(*) FROM saved_views WHERE account = ?1",
                [account],
                |row| row.get(0),
            )?;
            if held >= SAVED_VIEWS_OF_ONE_MAX {
                return Err(StoreError::Invalid(format!(
                    "one person has at most {SAVED_VIEWS_OF_ONE_MAX} views: delete some"
                )));
            }
            Ok(())
        })
    }

    /// Changes a view; it stays its maker's.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be used, [`StoreError::NotFound`] when it is gone.
    pub fn change_saved_view(
        &self,
        held: &SavedView,
        content: ViewContent,
        is_shared: bool,
        actor: &Actor,
        scope: &ReadScope,
    ) -> Result<SavedView, StoreError> {
        let view = SavedView {
            content,
            is_shared,
            changed_at_us: self.now_us(),
            // Whoever words it anew words what they know.
            scope: scope.projects.clone(),
            ..held.clone()
        };
        self.put_view(view, "changed", actor, |transaction, id| {
            let is_there = transaction
                .query_row("SELECT 1 FROM saved_views WHERE id = ?1", [id], |_| Ok(()))
                .optional()?;
            is_there.ok_or_else(|| gone(id))
        })
    }

    fn put_view(
        &self,
        mut view: SavedView,
        change: &str,
        actor: &Actor,
        check: impl FnOnce(&Transaction<'_>, &str) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<SavedView, StoreError> {
        view.content.check()?;
        view.content.name = view.content.name.trim().to_owned();
        let redactor = self.redactor();
        check_filter(&redactor, &view.content.filter)?;
        let content = TypedBody::of(
            &redactor,
            &Sealed {
                content: view.content.clone(),
                scope: view.scope.clone(),
            },
        )?;
        if let Some(Sealed { content, .. }) = content.read() {
            view.content = content;
        }
        let sealed = seal::seal(
            self.inner().keys.workspace_key(),
            &associated(&view.id),
            &[0; 32],
            content.bytes(),
            self.random(),
        );
        let detail = json!({"view": view.id, "shared": view.is_shared, "change": change});
        let row = view.clone();
        self.change(
            ActKind::SavedViewChanged,
            actor,
            detail,
            move |transaction| {
                check(transaction, &row.id)?;
                transaction.execute(
                    "INSERT OR REPLACE INTO saved_views (id, account, is_shared, changed_at_us, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![row.id, row.account, row.is_shared, row.changed_at_us, sealed],
                )?;
                Ok(())
            },
        )?;
        Ok(view)
    }

    /// Removes a view.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is gone, or the store cannot be written.
    pub fn remove_saved_view(&self, id: &str, actor: &Actor) -> Result<(), StoreError> {
        let detail = json!({"view": id, "change": "removed"});
        let id = id.to_owned();
        self.change(
            ActKind::SavedViewChanged,
            actor,
            detail,
            move |transaction| {
                let removed =
                    transaction.execute("DELETE FROM saved_views WHERE id = ?1", [&id])?;
                if removed == 0 {
                    return Err(gone(&id));
                }
                Ok(())
            },
        )
    }
}

fn gone(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "view",
        name: id.to_owned(),
    }
}
