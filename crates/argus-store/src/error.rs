//! What can go wrong in the store, and whose it is to mend.

use std::path::PathBuf;

/// An error of the store. Messages never hold captured text.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much is waiting to be written: try again in a moment.
    #[error("the store is busy: too much is waiting to be written; try again in a moment")]
    Busy,
    /// The disk is full.
    #[error("the disk that holds the data folder is full: make room and try again")]
    Full,
    /// Another process writes this data folder.
    #[error("the data folder {} is in use by another argus process{}; stop it, or let the command go through the running server", .folder.display(), .holder)]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// What is known of the process, with a space in front, or nothing.
        holder: String,
    },
    /// There is no store where one was to be read.
    #[error("there is no argus data folder at {}: check the path, or let `argus serve` or `argus import` make one", .0.display())]
    NoStore(PathBuf),
    /// A later release made the store.
    #[error(
        "this store has format {found}, this release of argus reads up to {known}: use the release that wrote it, or a later one"
    )]
    NewerFormat {
        /// The store's.
        found: u32,
        /// This release's.
        known: u32,
    },
    /// An earlier release made the store, and nothing has written it since.
    #[error(
        "this store has format {found}, of an earlier release: `argus rebuild` or `argus serve` brings it up to date"
    )]
    OlderFormat {
        /// The store's.
        found: u32,
    },
    /// What was stored is not what can have been written.
    #[error("the store is damaged: {table}: {what}")]
    Corrupt {
        /// Where.
        table: &'static str,
        /// What does not fit.
        what: String,
    },
    /// The workspace does not erase.
    #[error("this workspace is retention-locked: nothing in it can be erased before its time")]
    RetentionLocked,
    /// It is somebody else's to do. Says whose.
    #[error("{0}")]
    Forbidden(String),
    /// There is no such thing.
    #[error("no {what} \"{name}\"")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// It exists already.
    #[error("there is a {what} \"{name}\" already")]
    Exists {
        /// Kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The caller asked for something that cannot be.
    #[error("{0}")]
    Invalid(String),
    /// What is asked cannot be done as things stand. Says how they stand.
    #[error("{0}")]
    Conflict(String),
    /// Somebody else changed meanwhile what the caller was about to change.
    #[error("the {what} was changed meanwhile: look at it as it is now, and change that")]
    Outdated {
        /// Kind of thing.
        what: &'static str,
    },
    /// It runs already.
    #[error("a {what} of this workspace runs already: wait for its end, or look at what it says")]
    Running {
        /// What runs.
        what: &'static str,
    },
    /// The redaction policy cannot be taken as it is. Says which part of it and what to change.
    #[error("the redaction policy is not taken: {0}")]
    Policy(#[from] argus_redact::PolicyError),
    /// This handle only reads.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// The store is being closed.
    #[error("the store is closing")]
    Closed,
    /// The operating system failed.
    #[error("the data folder could not be used: {0}")]
    Io(#[from] std::io::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(rusqlite::Error),
}

impl StoreError {
    /// True when the same call may go through later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Full | Self::Closed | Self::Io(_) | Self::Database(_)
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                Self::Corrupt {
                    table: "database",
                    what: error.to_string(),
                }
            }
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                Self::Busy
            }
            _ => Self::Database(error),
        }
    }
}
