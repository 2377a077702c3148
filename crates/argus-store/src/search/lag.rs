//! How far the index is behind, and what stands in none.

use rusqlite::OptionalExtension;

use super::database;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// How far the index is behind what was captured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SearchLag {
    /// Records that are stored and not indexed yet.
    pub records: u64,
    /// How long ago the oldest of them was received; `None` when there are none.
    pub seconds: Option<u64>,
}

/// Something that a search does not look through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotIndexed {
    /// What: `long_texts`, `images`, `content_off`, `read_again`, `structured_results`.
    pub what: &'static str,
    /// How many, where that tells nothing that the reader may not know.
    pub count: Option<u64>,
    /// Why, in a sentence.
    pub why: &'static str,
}

impl Workspace {
    /// How far the search index is behind. Cheap enough for every answer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search_lag(&self) -> Result<SearchLag, StoreError> {
        let indexed = self.inner().search.read(database::indexed).unwrap_or(-1);
        self.read(|connection| {
            let newest = records::newest_record(connection)?;
            let records = u64::try_from(newest.saturating_sub(indexed)).unwrap_or(0);
            let oldest: Option<i64> = connection
                .prepare_cached(
                    "SELECT received_at_us FROM records WHERE id > ?1 ORDER BY id LIMIT 1",
                )?
                .query_row([indexed], |row| row.get(0))
                .optional()?;
            let seconds = oldest.map(|at_us| {
                u64::try_from(self.now_us().saturating_sub(at_us) / 1_000_000).unwrap_or(0)
            });
            Ok(SearchLag { records, seconds })
        })
    }

    /// What a search does not look through. With counts for readers of the whole workspace only.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn not_indexed(&self, scope: &ReadScope) -> Result<Vec<NotIndexed>, StoreError> {
        let is_all = *scope == ReadScope::all();
        let (cut, images, pending) = self.inner().search.read(|index| {
            let (cut, images): (u64, u64) = index
                .prepare_cached("SELECT ifnull(sum(cut), 0), ifnull(sum(images), 0) FROM sessions WHERE cut > 0 OR images > 0")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let pending: u64 = index
                .prepare_cached("SELECT count(*) FROM pending")?
                .query_row([], |row| row.get(0))?;
            Ok((cut, images, pending))
        })?;
        let content_off: u64 = self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT count(*) FROM tombstones WHERE kind = 'content_off'")?
                .query_row([], |row| row.get(0))?)
        })?;
        let all = [
            (
                "long_texts",
                cut,
                "of a prompt or an answer the first 32 KB are searched, of any other text the first 4 KB",
            ),
            ("images", images, "images hold no text"),
            (
                "content_off",
                content_off,
                "a session whose content is off has no text",
            ),
            (
                "read_again",
                pending,
                "a session whose content changed is read again and is not found until then",
            ),
        ];
        let mut found: Vec<NotIndexed> = all
            .into_iter()
            .filter(|(_, count, _)| *count > 0 || !is_all)
            .map(|(what, count, why)| NotIndexed {
                what,
                count: is_all.then_some(count),
                why,
            })
            .collect();
        found.push(NotIndexed {
            what: "structured_results",
            count: None,
            why: "of a tool's result the text that the model saw is searched, not the client's own form of it",
        });
        Ok(found)
    }
}
