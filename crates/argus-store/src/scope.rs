//! What a reader may read: the bounds that a role, a grant or a key sets.

use argus_session::filter::Key;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::StoreError;
use crate::sqlite::names;

/// The bounds of a reader. Without any, all of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ReadScope {
    /// The projects that may be read. A session that is seen in several is read by those who may read all of them; one whose
    /// project is not known, by nobody who is bound to projects.
    pub projects: Option<Vec<String>>,
    /// Only what this person's own credentials delivered, all of it: one record that came by another credential, and it is
    /// not known to be the person's.
    pub own_of: Option<String>,
}

impl ReadScope {
    /// All of the workspace.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Whether everything of these projects may be read; `None`: everything there is.
    #[must_use]
    pub(crate) fn covers(&self, projects: Option<&[String]>) -> bool {
        match (&self.projects, projects) {
            _ if self.own_of.is_some() => false,
            (None, _) => true,
            (Some(_), None) => false,
            (Some(held), Some(asked)) => asked.iter().all(|project| held.contains(project)),
        }
    }

    /// Whether the session with this number may be read.
    pub(crate) fn may_read(
        &self,
        connection: &Connection,
        session: i64,
    ) -> Result<bool, StoreError> {
        let mut values = vec![Sql::Integer(session)];
        let mut conditions = vec!["s.n = ?1".to_owned()];
        conditions.extend(self.conditions("s.n", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        }));
        let sql = format!(
            "SELECT 1 FROM sessions s WHERE {}",
            conditions.join(" AND ")
        );
        Ok(connection
            .prepare_cached(&sql)?
            .exists(params_from_iter(&values))?)
    }

    /// The scope as conditions on the session whose number is `session` (a column's name); `value` takes a value and gives
    /// its placeholder.
    pub(crate) fn conditions(
        &self,
        session: &str,
        value: &mut dyn FnMut(Sql) -> String,
    ) -> Vec<String> {
        let mut conditions = Vec::new();
        let mut only = |kind: i64, allowed: &[String]| {
            let kind = value(Sql::Integer(kind));
            let allowed: Vec<String> = allowed
                .iter()
                .map(|name| value(Sql::Text(name.clone())))
                .collect();
            let allowed = allowed.join(", ");
            let of =
                format!("FROM session_names p WHERE p.session = {session} AND p.kind = {kind}");
            conditions.push(format!("EXISTS (SELECT 1 {of})"));
            conditions.push(format!(
                "NOT EXISTS (SELECT 1 {of} AND p.name NOT IN ({allowed}))"
            ));
        };
        if let Some(projects) = &self.projects {
            only(names::number(Key::Project).unwrap_or(0), projects);
        }
        if let Some(user) = &self.own_of {
            only(names::CREDENTIAL, std::slice::from_ref(user));
            // The empty name stands for credentials that are nobody's own.
            if user.is_empty() {
                conditions.push("0".to_owned());
            }
        }
        conditions
    }
}
