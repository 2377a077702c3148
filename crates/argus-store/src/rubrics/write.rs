//! Changing rubrics.

use argus_insight::rubric::Rubric;
use rusqlite::{Connection, Transaction, params};
use serde_json::json;

use super::associated;
use super::read::{STARTER_VERSION, Sealed, StoredRubric, head, starter};
use crate::limits::RUBRICS_MAX;
use crate::redaction::TypedBody;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, ReadScope, StoreError, seal};

/// A starter as it is written down before something uses it; nothing for a rubric of the workspace's own.
#[derive(Debug)]
pub(crate) struct Keeping(Option<(String, Vec<u8>)>);

impl Keeping {
    /// Writes it down, unless it is.
    pub(crate) fn keep(
        &self,
        transaction: &Transaction<'_>,
        now_us: i64,
    ) -> Result<(), StoreError> {
        let Some((id, sealed)) = &self.0 else {
            return Ok(());
        };
        transaction.execute(
            "INSERT OR IGNORE INTO rubrics (id, version, is_retired, changed_at_us) VALUES (?1, ?2, 0, ?3)",
            params![id, STARTER_VERSION, now_us],
        )?;
        transaction.execute(
            "INSERT OR IGNORE INTO rubric_versions (rubric, version, at_us, sealed) VALUES (?1, ?2, ?3, ?4)",
            params![id, STARTER_VERSION, now_us, sealed],
        )?;
        Ok(())
    }
}

impl Workspace {
    /// Makes a rubric.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be used, or there are as many as there may be.
    pub fn create_rubric(
        &self,
        definition: &Rubric,
        actor: &Actor,
    ) -> Result<StoredRubric, StoreError> {
        check(definition)?;
        let mut bytes = [0; 8];
        self.random().fill(&mut bytes);
        let id = hex::encode(bytes);
        let body = self.typed_rubric(definition, actor)?;
        let sealed = self.sealed(&id, 1, body.bytes());
        let (row, at_us) = (id.clone(), self.now_us());
        let detail = json!({"rubric": id, "version": 1, "change": "made"});
        self.change(ActKind::RubricChanged, actor, detail, move |transaction| {
            let count: i64 =
                transaction.query_row("SELECT count(*) FROM rubrics", [], |row| row.get(0))?;
            if count >= RUBRICS_MAX {
                return Err(StoreError::Invalid(format!(
                    "a workspace has at most {RUBRICS_MAX} rubrics: change one of them instead"
                )));
            }
            put(transaction, &row, 1, at_us, &sealed)
        })?;
        self.required_rubric(&id)
    }

    /// Gives a rubric a new version, if `expected_version` is still the newest. A retired one is in use again with it.
    ///
    /// # Errors
    /// [`StoreError::Outdated`] when there is a newer version, [`StoreError::Invalid`] when it cannot be used,
    /// [`StoreError::NotFound`] when there is no such rubric.
    pub fn change_rubric(
        &self,
        id: &str,
        definition: &Rubric,
        expected_version: u32,
        actor: &Actor,
    ) -> Result<StoredRubric, StoreError> {
        check(definition)?;
        let held = self.required_rubric(id)?;
        if held.version != expected_version {
            return Err(OUTDATED);
        }
        let body = self.typed_rubric(definition, actor)?;
        let says: Option<Sealed> = body.read();
        if says.is_some_and(|says| says.definition == held.definition) && !held.is_retired {
            return Ok(held);
        }
        let version = held.version.saturating_add(1);
        let sealed = self.sealed(id, version, body.bytes());
        let (row, at_us, keeping) = (id.to_owned(), self.now_us(), self.keeping(id));
        let detail = json!({"rubric": id, "version": version, "change": "changed"});
        self.change(ActKind::RubricChanged, actor, detail, move |transaction| {
            keeping.keep(transaction, at_us)?;
            if head(transaction, &row)?.is_none_or(|head| head.version != expected_version) {
                return Err(OUTDATED);
            }
            put(transaction, &row, version, at_us, &sealed)
        })?;
        self.required_rubric(id)
    }

    /// Retires a rubric: nothing new is scored by it. Its scores stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such rubric.
    pub fn retire_rubric(&self, id: &str, actor: &Actor) -> Result<StoredRubric, StoreError> {
        let held = self.required_rubric(id)?;
        if held.is_retired {
            return Ok(held);
        }
        let (row, at_us, keeping) = (id.to_owned(), self.now_us(), self.keeping(id));
        let detail = json!({"rubric": id, "version": held.version, "change": "retired"});
        self.change(ActKind::RubricChanged, actor, detail, move |transaction| {
            keeping.keep(transaction, at_us)?;
            transaction.execute(
                "UPDATE rubrics SET is_retired = 1, changed_at_us = ?2 WHERE id = ?1",
                params![row, at_us],
            )?;
            Ok(())
        })?;
        self.required_rubric(id)
    }

    /// What writes a rubric down before it is used: see [`Keeping`].
    pub(crate) fn keeping(&self, id: &str) -> Keeping {
        Keeping(starter(id).map(|definition| {
            // Nobody typed it.
            let sealed = Sealed {
                definition,
                by: None,
            };
            let body = serde_json::to_vec(&sealed).unwrap_or_default();
            (id.to_owned(), self.sealed(id, STARTER_VERSION, &body))
        }))
    }

    fn typed_rubric(&self, definition: &Rubric, by: &Actor) -> Result<TypedBody, StoreError> {
        let sealed = Sealed {
            definition: definition.clone(),
            by: Some(by.clone()),
        };
        TypedBody::of(&self.redactor(), &sealed)
    }

    fn sealed(&self, id: &str, version: u32, body: &[u8]) -> Vec<u8> {
        seal::seal(
            self.inner().keys.workspace_key(),
            &associated(id, version),
            &[0; 32],
            body,
            self.random(),
        )
    }

    fn required_rubric(&self, id: &str) -> Result<StoredRubric, StoreError> {
        self.rubric(id, None, &ReadScope::all())?
            .ok_or_else(|| no_rubric(id))
    }
}

const OUTDATED: StoreError = StoreError::Outdated { what: "rubric" };

pub(super) fn no_rubric(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "rubric",
        name: id.to_owned(),
    }
}

fn check(definition: &Rubric) -> Result<(), StoreError> {
    match definition.problems().first() {
        None => Ok(()),
        Some(problem) => Err(StoreError::Invalid(format!(
            "this rubric cannot be used: {}: {}",
            problem.at, problem.text
        ))),
    }
}

fn put(
    connection: &Connection,
    id: &str,
    version: u32,
    at_us: i64,
    sealed: &[u8],
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT OR REPLACE INTO rubrics (id, version, is_retired, changed_at_us) VALUES (?1, ?2, 0, ?3)",
        params![id, version, at_us],
    )?;
    connection.execute(
        "INSERT INTO rubric_versions (rubric, version, at_us, sealed) VALUES (?1, ?2, ?3, ?4)",
        params![id, version, at_us, sealed],
    )?;
    Ok(())
}
