//! Who said something, each looked up once for an answer.

use std::collections::HashMap;

use super::reviewer::ReviewerView;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// The people of one answer.
pub(super) struct People<'a> {
    app: &'a App,
    access: &'a Access,
    known: HashMap<String, ReviewerView>,
}

impl<'a> People<'a> {
    /// For the answer to this reader.
    pub(super) fn new(app: &'a App, access: &'a Access) -> Self {
        Self {
            app,
            access,
            known: HashMap::new(),
        }
    }

    /// The author of a review, `account:ID`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn author(&mut self, author: &str) -> Result<ReviewerView, Refusal> {
        if let Some(known) = self.known.get(author) {
            return Ok(known.clone());
        }
        let view = ReviewerView::of_author(self.app, self.access, author)?;
        self.known.insert(author.to_owned(), view.clone());
        Ok(view)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn account(&mut self, id: &str) -> Result<ReviewerView, Refusal> {
        self.author(&format!("account:{id}"))
    }
}
