//! Who reads reviews, and which of them: the one place that knows blindness.

use rusqlite::types::Value as Sql;

use crate::{Actor, ActorKind};

/// Who reads reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ReviewReader {
    /// As reviews name their authors; `None` for those who write none: keys, the command line.
    author: Option<String>,
    /// Whether they manage queues: what all have judged is not hidden from them.
    manages: bool,
}

impl ReviewReader {
    /// Somebody who writes no reviews, and sees none of sessions that are reviewed blind.
    #[must_use]
    pub fn nobody() -> Self {
        Self::default()
    }

    /// The reader that an actor is.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        Self {
            author: author_of(actor),
            manages: false,
        }
    }

    /// The reader as one who manages queues, or does not. Who is no person sees nothing of what is hidden.
    #[must_use]
    pub fn managing(mut self, manages: bool) -> Self {
        self.manages = manages && self.author.is_some();
        self
    }

    /// Whether they manage queues.
    #[must_use]
    pub const fn manages(&self) -> bool {
        self.manages
    }

    /// As this reader's own reviews name their author: `account:ID`.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// The condition under which this reader sees a row of `reviews` (the alias under which a statement names it): it is their
    /// own, or its session is not reviewed blind. Every list, count, filter, hit, export and statistic of reviews has it.
    /// `value` takes a value and gives its placeholder.
    pub(crate) fn sees(&self, reviews: &str, value: &mut dyn FnMut(Sql) -> String) -> String {
        let is_open = self.sees_session(&format!("{reviews}.session"));
        match &self.author {
            Some(author) => {
                let author = value(Sql::Text(author.clone()));
                format!("({reviews}.author = {author} OR {is_open})")
            }
            None => is_open,
        }
    }

    /// The condition under which this reader sees what others said of the session whose number is `session` (a column's name).
    pub(crate) fn sees_session(&self, session: &str) -> String {
        // From who manages only what is blind for everybody is hidden.
        let also = if self.manages { " AND b.items > 0" } else { "" };
        format!("NOT EXISTS (SELECT 1 FROM blind_sessions b WHERE b.session = {session}{also})")
    }
}

/// As reviews name an author; `None` for one who is no person.
pub(crate) fn author_of(actor: &Actor) -> Option<String> {
    (actor.kind == ActorKind::Account).then(|| account_author(&actor.id))
}

/// As reviews name the account with this id.
pub(crate) fn account_author(id: &str) -> String {
    format!("account:{id}")
}
