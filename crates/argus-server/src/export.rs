//! What leaves as a file or a page: written on a thread that may wait, sent while it is written, a few at a time.

pub(crate) mod places;
pub(crate) mod share;
mod stream;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use argus_export::{ExportError, Said, read_said};
use argus_store::{ReadScope, ReviewReader, Workspace};

use crate::app::App;
use crate::refusal::{ErrorCode, Refusal};

pub(crate) use stream::{NoBody, body, body_until};

/// What was said of a session, as `reader` sees it, with the names of those who said it; with `looked_at` those reviews only.
pub(crate) fn said(
    app: &Arc<App>,
    workspace: &Workspace,
    id: &str,
    scope: &ReadScope,
    reader: &ReviewReader,
    looked_at: Option<&BTreeSet<u64>>,
) -> Result<Said, ExportError> {
    let known: RefCell<HashMap<String, Option<String>>> = RefCell::default();
    read_said(workspace, id, scope, reader, looked_at, &|account| {
        let mut known = known.borrow_mut();
        if let Some(name) = known.get(account) {
            return name.clone();
        }
        // A name that cannot be read is shown as the account's id.
        let name = app
            .store
            .account(account)
            .ok()
            .flatten()
            .map(|account| account.name);
        known.insert(account.to_owned(), name.clone());
        name
    })
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            other => {
                tracing::error!(error = %other, "an export failed");
                Self::new(
                    ErrorCode::Internal,
                    "the export failed: the server's log says how",
                )
            }
        }
    }
}
