//! Why an export ends before its end.

use argus_store::StoreError;

/// Why an export, or a page, could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whoever takes what is written.
    #[error("what is exported could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// A value that JSON cannot hold: not of anything that was captured.
    #[error("a document could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// That something leaves could not be noted, so nothing of it left. Says why.
    #[error("{0}")]
    NotNoted(String),
}
