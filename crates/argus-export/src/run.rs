//! An export: which sessions, in which format, one after the other.

use std::io::Write;

use argus_store::{SessionQuery, Workspace};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::html::{self, notes::Note};
use crate::{ExportError, SessionReader, View, clean, csv, jsonl, markdown, tables};

/// Sessions that are looked up at a time: each such page of them is noted by one act.
const SESSIONS_AT_A_TIME: usize = 200;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A session's document on each line.
    Jsonl,
    /// A table.
    Csv,
    /// A text that people and models read.
    Markdown,
    /// A replay in one file.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Jsonl, Self::Csv, Self::Markdown, Self::Html];

    /// Its name: the ending of its files too.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// True when each session is a file of its own.
    #[must_use]
    pub const fn is_file_each(self) -> bool {
        matches!(self, Self::Markdown | Self::Html)
    }

    /// Texts longer than this are cut in what people read; programs get all of it.
    #[must_use]
    pub const fn text_bytes_max(self) -> usize {
        match self {
            Self::Jsonl | Self::Csv => usize::MAX,
            Self::Markdown | Self::Html => 256 * 1024,
        }
    }
}

/// A table of CSV.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Table {
    /// A row a session.
    #[default]
    Sessions,
    /// A row a turn.
    Turns,
    /// A row a step.
    Steps,
    /// A row a verdict, withdrawn and replaced ones too.
    Verdicts,
    /// A row a score, replaced ones too.
    Scores,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 5] = [
        Self::Sessions,
        Self::Turns,
        Self::Steps,
        Self::Verdicts,
        Self::Scores,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Turns => "turns",
            Self::Steps => "steps",
            Self::Verdicts => "verdicts",
            Self::Scores => "scores",
        }
    }

    /// The table with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == name)
    }
}

/// Which sessions.
#[derive(Debug, Clone)]
pub enum Which {
    /// One, by its whole id. Whether its reader may read it is asked before.
    Session(String),
    /// Those that a query finds, as its scope lets them be found; in its order.
    Query(Box<SessionQuery>),
}

/// How far an export is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Sessions that are written.
    pub sessions: u64,
}

/// What was said of a session, as tables and pages show it.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What stands, beside its turn.
    pub notes: Vec<Note>,
    /// Verdicts, with those that no longer stand.
    pub verdicts: Vec<SaidVerdict>,
    /// Scores, with those that no longer stand.
    pub scores: Vec<SaidScore>,
    /// All of it as JSON.
    pub json: Option<Value>,
    /// The session is reviewed blind: there may be more than its reader is told.
    pub is_blind: bool,
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidVerdict {
    /// The turn; none: the session.
    pub turn: Option<String>,
    /// `good`, `wrong` or `withdrawn`.
    pub verdict: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: String,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// The newest of its author.
    pub current: bool,
}

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidScore {
    /// The turn; none: the session.
    pub turn: Option<String>,
    /// The rubric's name.
    pub rubric: String,
    /// Its version.
    pub version: Option<u64>,
    /// The percentage; none where nothing applied.
    pub percent: Option<f64>,
    /// Whether it passed.
    pub passed: Option<bool>,
    /// Who.
    pub by: String,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// The newest of its author.
    pub current: bool,
}

/// Gives what was said of a session, as far as its reader sees it.
pub type ReadSaid<'a> = &'a dyn Fn(&str) -> Result<Said, ExportError>;

/// An export.
pub struct Export<'a> {
    /// Of this workspace.
    pub workspace: &'a Workspace,
    /// In this format.
    pub format: Format,
    /// Of CSV, which table.
    pub table: Table,
    /// What of each session is shown.
    pub view: &'a View,
    /// When it is made, microseconds UTC.
    pub made_at_us: i64,
    /// Who said what.
    pub said: ReadSaid<'a>,
}

impl std::fmt::Debug for Export<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export")
            .field("format", &self.format)
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Export<'_> {
    /// Hands the ids of the sessions to `each`, a page of them at a time.
    ///
    /// # Errors
    /// When the store cannot be read; those of `each`.
    pub fn pages(
        &self,
        which: &Which,
        each: &mut dyn FnMut(&[String]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let query = match which {
            Which::Session(id) => return each(std::slice::from_ref(id)),
            Which::Query(query) => query,
        };
        let mut query = SessionQuery {
            limit: SESSIONS_AT_A_TIME,
            ..query.as_ref().clone()
        };
        loop {
            let page = self.workspace.sessions(&query)?;
            let ids: Vec<String> = page.items.into_iter().map(|session| session.id).collect();
            if !ids.is_empty() {
                each(&ids)?;
            }
            query.cursor = page.next;
            if query.cursor.is_none() {
                return Ok(());
            }
        }
    }

    /// Writes what stands before the first session.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.format == Format::Csv {
            let names: Vec<csv::Cell> = tables::columns(self.table)
                .iter()
                .map(|name| csv::Cell::Text((*name).to_owned()))
                .collect();
            csv::row(out, &names)?;
        }
        Ok(())
    }

    /// Writes a session; false when it went meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read, or it cannot be written.
    pub fn session(&self, out: &mut dyn Write, id: &str) -> Result<bool, ExportError> {
        let Some(reader) = SessionReader::open(self.workspace, id, self.view)? else {
            return Ok(false);
        };
        let said = if self.view.reviews {
            (self.said)(id)?
        } else {
            Said::default()
        };
        match self.format {
            Format::Jsonl => jsonl::session(out, &reader, &said)?,
            Format::Csv => tables::rows(out, &reader, &said, self.table)?,
            Format::Markdown => markdown::write(out, &reader, &said, self.made_at_us)?,
            Format::Html => {
                let about = html::About {
                    made_at_us: self.made_at_us,
                    said: &said,
                    is_share: false,
                };
                html::write(out, &reader, &about)?;
            }
        }
        Ok(true)
    }
}

/// The name of a session's file: of its id only, so that nothing captured names a file. Where the id has other characters or is
/// too long, with the beginning of its hash, so that two sessions have two files. An underscore counts as another character:
/// no id is the name that another one gets.
#[must_use]
pub fn file_name(id: &str, format: Format) -> String {
    let plain: String = clean::cut(id, 64)
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let name = if plain == id && !plain.contains('_') {
        plain
    } else {
        let hash = Sha256::digest(id);
        let hash: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{plain}-{hash}")
    };
    format!("session-{name}.{}", format.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_sessions_have_one_file() {
        let name = |id: &str| file_name(id, Format::Html);
        assert_eq!(name("5a1b-2c"), "session-5a1b-2c.html");
        let long = "a".repeat(80);
        let ids = [
            "a:b",
            "a/b",
            "a_b",
            "a b",
            &long,
            &format!("{long}b"),
            &long[..64],
        ];
        let names: std::collections::BTreeSet<String> = ids.iter().map(|id| name(id)).collect();
        assert_eq!(names.len(), ids.len(), "{names:?}");
        // Nor can an id be the name that another one gets.
        let made = name("a:b");
        let made = made.strip_prefix("session-").unwrap();
        assert_ne!(name(made.strip_suffix(".html").unwrap()), name("a:b"));
    }
}
