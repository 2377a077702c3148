//! Why a request is refused: a short closed list of codes, each with its HTTP status, its gRPC code and its owner.

use std::borrow::Cow;

use argus_store::StoreError;
use serde_json::Value;

use crate::budget::Over;
use crate::config::RETRY_AFTER_S;

/// The codes. Every refusal has one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The request cannot be read, now or ever. The sender's to mend.
    InvalidRequest,
    /// No key, or none that is in force.
    Unauthenticated,
    /// The key is in force but not for this.
    Forbidden,
    /// There is nothing at this path.
    NotFound,
    /// The session that is asked for was made private by its person.
    SessionPrivate,
    /// The session that is asked for was erased.
    SessionErased,
    /// Not with this method.
    MethodNotAllowed,
    /// What the request changes is not as its sender saw it.
    Conflict,
    /// The body took too long to arrive.
    TimedOut,
    /// Larger than a limit.
    TooLarge,
    /// A media type or content coding that is not taken here.
    UnsupportedMediaType,
    /// Not under this name: it is not on the list of those that are served.
    Misdirected,
    /// The key has too much in flight. Later it will go through.
    RateLimited,
    /// The server's fault.
    Internal,
    /// The server cannot take it now. Later it will go through.
    Unavailable,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 15] = [
        Self::InvalidRequest,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::SessionPrivate,
        Self::SessionErased,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::TimedOut,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Misdirected,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
    ];

    /// Its name in answers, metrics and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::SessionPrivate => "session_private",
            Self::SessionErased => "session_erased",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Conflict => "conflict",
            Self::TimedOut => "timed_out",
            Self::TooLarge => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::Misdirected => "misdirected",
            Self::RateLimited => "rate_limited",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// What it says in one line.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidRequest => "The request cannot be read",
            Self::Unauthenticated => "Signing in, or a key, is needed",
            Self::Forbidden => "This is not allowed",
            Self::NotFound => "There is nothing here",
            Self::SessionPrivate => "This session is private",
            Self::SessionErased => "This session was erased",
            Self::MethodNotAllowed => "Not with this method",
            Self::Conflict => "It was changed meanwhile",
            Self::TimedOut => "The request took too long to arrive",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMediaType => "Not in this format",
            Self::Misdirected => "Not under this name",
            Self::RateLimited => "Too much at once",
            Self::Internal => "The server failed",
            Self::Unavailable => "Not now",
        }
    }

    /// Its HTTP status.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::InvalidRequest => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TimedOut => 408,
            Self::Conflict => 409,
            Self::SessionPrivate | Self::SessionErased => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Misdirected => 421,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Its code in gRPC and in `google.rpc.Status`.
    #[must_use]
    pub const fn grpc_code(self) -> i32 {
        match self {
            Self::InvalidRequest | Self::UnsupportedMediaType | Self::Misdirected => 3,
            Self::TimedOut => 4,
            Self::NotFound | Self::SessionPrivate | Self::SessionErased => 5,
            Self::Forbidden => 7,
            Self::TooLarge => 8,
            Self::Conflict => 10,
            Self::MethodNotAllowed => 12,
            Self::Internal => 13,
            // Also for the key's own bound: in OTLP, RESOURCE_EXHAUSTED without a delay means "never".
            Self::RateLimited | Self::Unavailable => 14,
            Self::Unauthenticated => 16,
        }
    }

    /// True when the same request may go through later.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Unavailable)
    }
}

/// A refused request: the code, and a sentence that says whose fault it is and what to do. Never captured text.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) detail: Cow<'static, str>,
    /// Extra headers, such as `Allow`.
    pub(crate) header: Option<(&'static str, &'static str)>,
    /// JSON pointer to the part of the body that is wrong.
    pub(crate) pointer: Option<String>,
    /// What stands where the session was.
    pub(crate) tombstone: Option<Box<Value>>,
}

/// Longest detail, in bytes: an answer stays far below its own limit.
const DETAIL_BYTES_MAX: usize = 2_000;

impl Refusal {
    pub(crate) fn new(code: ErrorCode, detail: impl Into<Cow<'static, str>>) -> Self {
        let mut detail = detail.into();
        if detail.len() > DETAIL_BYTES_MAX {
            let end = detail.floor_char_boundary(DETAIL_BYTES_MAX);
            detail = Cow::Owned(detail[..end].to_owned());
        }
        Self {
            code,
            detail,
            header: None,
            pointer: None,
            tombstone: None,
        }
    }

    /// Says which part of the body is wrong.
    pub(crate) fn at(mut self, pointer: String) -> Self {
        self.pointer = Some(pointer);
        self
    }

    /// Says what stands where the session was.
    pub(crate) fn with_tombstone(mut self, tombstone: Value) -> Self {
        self.tombstone = Some(Box::new(tombstone));
        self
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.header = Some((name, value));
        self
    }

    /// Seconds to wait, where waiting helps.
    pub(crate) fn retry_after_s(&self) -> Option<u64> {
        self.code.is_retryable().then_some(RETRY_AFTER_S)
    }
}

/// For handlers of the API: whoever wraps them makes the problem of it, with the request's id.
impl axum::response::IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        let mut response = axum::response::Response::new(axum::body::Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Over> for Refusal {
    fn from(over: Over) -> Self {
        match over {
            Over::All => Self::new(
                ErrorCode::Unavailable,
                "the server has as many bytes in flight as it may: send it again in a moment",
            ),
            Over::Key => Self::new(
                ErrorCode::RateLimited,
                "this key has as many bytes in flight as one key may: send less at once, or again in a moment",
            ),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            error if error.is_passing() => ErrorCode::Unavailable,
            StoreError::Invalid(_) | StoreError::Exists { .. } | StoreError::Policy(_) => {
                ErrorCode::InvalidRequest
            }
            StoreError::Outdated { .. } | StoreError::Running { .. } | StoreError::Conflict(_) => {
                ErrorCode::Conflict
            }
            StoreError::NotFound { .. } => ErrorCode::NotFound,
            StoreError::RetentionLocked | StoreError::Forbidden(_) => ErrorCode::Forbidden,
            _ => ErrorCode::Internal,
        };
        match &error {
            // What the operating system or the database said is the operator's to read, not the client's.
            StoreError::Io(_) | StoreError::Database(_) | StoreError::Corrupt { .. } => {
                tracing::error!(error = %error, "the store failed");
                let detail = "the store failed: the server's log says how; nothing of this request was acknowledged";
                Self::new(code, detail)
            }
            _ => Self::new(code, error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_retried_has_a_status_that_says_so() {
        for code in ErrorCode::ALL {
            assert_eq!(
                code.is_retryable(),
                matches!(code.http_status(), 429 | 502 | 503 | 504),
                "{code:?}"
            );
            assert_eq!(code.is_retryable(), code.grpc_code() == 14, "{code:?}");
        }
    }

    #[test]
    fn a_long_detail_is_cut_at_a_character() {
        let refusal = Refusal::new(ErrorCode::Internal, "é".repeat(5_000));
        assert!(refusal.detail.len() <= DETAIL_BYTES_MAX && !refusal.detail.is_empty());
    }
}
