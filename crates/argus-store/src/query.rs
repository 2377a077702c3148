//! What a list of sessions is asked for.

use argus_session::filter::{Filter, SessionKind};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{ReadScope, ReviewReader, StoreError};

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// A page of sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionPage {
    /// The rows.
    pub items: Vec<argus_session::Session>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// Of the first page of a list that leaves kinds of sessions out: how many it leaves out.
    pub folded: Option<Folded>,
}

/// How many sessions of a list are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// So many.
    pub sessions: u64,
    /// True when there are more: they are not counted any further.
    pub more: bool,
}

/// What sessions to list. Highest first.
#[derive(Debug, Clone, Default)]
pub struct SessionQuery {
    /// Which.
    pub filter: Filter,
    /// Kinds of sessions that are left out, and counted.
    pub fold: Vec<SessionKind>,
    /// By what.
    pub sort: Sort,
    /// How many: 1 to 1,000.
    pub limit: usize,
    /// Where the page begins, from the page before.
    pub cursor: Option<String>,
    /// What its reader may read.
    pub scope: ReadScope,
    /// Who its reader is: of sessions that are reviewed blind, they see their own reviews only.
    pub reader: ReviewReader,
}

/// By what sessions are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first.
    #[default]
    Started,
    /// The dearest first.
    Cost,
    /// The longest first.
    Duration,
    /// Those with the most errors first.
    Errors,
}

impl Sort {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Cost => "cost",
            Self::Duration => "duration",
            Self::Errors => "errors",
        }
    }

    /// The sort with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Started, Self::Cost, Self::Duration, Self::Errors]
            .into_iter()
            .find(|sort| sort.as_str() == name)
    }

    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Started => "started_at_us",
            Self::Cost => "cost_nanousd",
            Self::Duration => "duration_us",
            Self::Errors => "errors",
        }
    }
}

/// Which steps of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRange {
    /// Steps that are passed over.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
    /// Texts longer than this are cut.
    pub text_bytes_max: usize,
}

impl StepRange {
    /// All of them.
    #[must_use]
    pub fn all(text_bytes_max: usize) -> Self {
        Self {
            offset: 0,
            limit: u64::MAX,
            text_bytes_max,
        }
    }
}

/// Where a page begins: after this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) value: i64,
    pub(crate) n: i64,
}

impl Cursor {
    /// Its place in the order of the list.
    pub(crate) const fn place(self) -> (i64, i64) {
        (self.value, self.n)
    }

    pub(crate) fn encode(self, sort: Sort) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}.{}.{}", sort.as_str(), self.value, self.n))
    }

    pub(crate) fn decode(text: &str, sort: Sort) -> Result<Self, StoreError> {
        let wrong = || {
            StoreError::Invalid(
                "this cursor is not one of this list: begin again without it".to_owned(),
            )
        };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
        let plain = String::from_utf8(bytes).map_err(|_| wrong())?;
        let mut parts = plain.split('.');
        let (Some(name), Some(value), Some(n), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        if name != sort.as_str() {
            return Err(wrong());
        }
        Ok(Self {
            value: value.parse().map_err(|_| wrong())?,
            n: n.parse().map_err(|_| wrong())?,
        })
    }
}
