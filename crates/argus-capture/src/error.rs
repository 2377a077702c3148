//! Whose fault an error is, what to do about it, and the exit code.

/// An error of a command.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct CaptureError {
    /// Whose it is.
    pub(crate) kind: Fault,
    /// What happened.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// What was asked for is not there, or cannot be.
    User,
    /// What the client was set up with is missing or wrong.
    Config,
    /// This machine, or the server: try again, or mend it.
    Server,
}

impl Fault {
    /// The exit code: as `argus` has them. 2 is a command that was written wrongly.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::User => 1,
            Self::Config => 3,
            Self::Server => 4,
        }
    }
}

impl CaptureError {
    pub(crate) fn user(message: impl Into<String>) -> Self {
        Self::new(Fault::User, message)
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Fault::Config, message)
    }

    pub(crate) fn server(message: impl Into<String>) -> Self {
        Self::new(Fault::Server, message)
    }

    fn new(kind: Fault, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<std::io::Error> for CaptureError {
    fn from(error: std::io::Error) -> Self {
        Self::server(error.to_string())
    }
}
