//! Errors of commands: whose fault it is, and what to do.

use argus_server::local::LocalError;
use argus_store::StoreError;

/// Whose it is to mend. The exit code follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What was asked for is not there, or cannot be.
    User,
    /// The command was written wrongly.
    Usage,
    /// The configuration is wrong.
    Config,
    /// The machine or the server: try again, or mend it.
    Server,
    /// What is stored is not what was written.
    Tampered,
}

impl Kind {
    /// The exit code: documented in `docs/cli.md`.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::User => 1,
            Self::Usage => 2,
            Self::Config => 3,
            Self::Server => 4,
            Self::Tampered => 5,
        }
    }
}

/// An error with what to do about it.
#[derive(Debug)]
pub(crate) struct CommandError {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hints: Vec<String>,
}

impl CommandError {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    pub(crate) fn user(message: impl Into<String>) -> Self {
        Self::new(Kind::User, message)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let kind = match &error {
            StoreError::Corrupt { .. } => Kind::Tampered,
            StoreError::NotFound { .. }
            | StoreError::Exists { .. }
            | StoreError::Invalid(_)
            | StoreError::RetentionLocked
            | StoreError::Forbidden(_)
            | StoreError::Running { .. }
            | StoreError::OlderFormat { .. }
            | StoreError::NoStore(_) => Kind::User,
            _ => Kind::Server,
        };
        let said = Self::new(kind, error.to_string());
        if kind == Kind::Tampered {
            return said.hint("keep a copy of the data folder before anything else");
        }
        said
    }
}

impl From<LocalError> for CommandError {
    fn from(error: LocalError) -> Self {
        match error {
            LocalError::Refused { code, detail } => {
                let is_users = matches!(
                    code.as_str(),
                    "invalid_request" | "not_found" | "conflict" | "forbidden"
                );
                Self::new(if is_users { Kind::User } else { Kind::Server }, detail)
            }
            other => Self::new(Kind::Server, other.to_string()),
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::new(Kind::Server, error.to_string())
    }
}
