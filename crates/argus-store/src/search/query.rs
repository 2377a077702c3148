//! A page of what was found, by session, the newest session first.

use argus_session::Session;
use argus_session::filter::Filter;
use argus_session::search::Words;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rusqlite::Connection;

use super::hits::{Hit, StepOf, steps_of};
use super::lag::{NotIndexed, SearchLag};
use super::rows::{Rows, of_session};
use super::{RowId, match_text};
use crate::read::list::List;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, ReviewReader, SessionQuery, Sort, StoreError};

/// What to search for.
#[derive(Debug, Clone, Default)]
pub struct SearchQuery {
    /// What a step's texts must hold, all of it in one step.
    pub words: Words,
    /// Which sessions. Its own words may stand anywhere in the session.
    pub filter: Filter,
    /// What its reader may read.
    pub scope: ReadScope,
    /// Who its reader is: the filter may ask for reviews.
    pub reader: ReviewReader,
    /// How many sessions: 1 to 100.
    pub limit: usize,
    /// How many steps of each, 1 to 100.
    pub hits: usize,
    /// Where the page begins, from the page before.
    pub cursor: Option<String>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchPage {
    /// By session, the one that started last first. A page can be short, even empty, with another one behind it.
    pub groups: Vec<SearchGroup>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How far the index is behind.
    pub lag: SearchLag,
    /// What was not searched.
    pub not_indexed: Vec<NotIndexed>,
    /// The filter's own words found more sessions than are looked at: only the newest 10,000 are.
    pub filter_is_capped: bool,
}

/// What was found in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchGroup {
    /// The session, its title filled in.
    pub session: Session,
    /// The steps, the latest first.
    pub hits: Vec<Hit>,
    /// Further steps of it, counted up to 1,000.
    pub more: u64,
}

/// Steps of a session that are counted.
const COUNTED_MAX: u64 = 1_000;
/// A filter that leaves so few sessions is asked first, and the index of each of them.
const FEW_SESSIONS: usize = 500;
/// Sessions that are held against the filter for one page.
const TESTED_MAX: usize = 5_000;

/// The rows of one session.
struct Group {
    session: i64,
    rank: i64,
    rows: Vec<RowId>,
    steps: Vec<StepOf>,
    count: u64,
}

/// What was found, by session, before it is opened.
#[derive(Default)]
struct Gathered {
    groups: Vec<Group>,
    /// What follows begins below this number.
    next: Option<i64>,
}

impl Workspace {
    /// A page of the steps in which all of the words stand, by session, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when nothing is looked for, the cursor is of another list, or there is no index; otherwise when
    /// the store cannot be read.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchPage, StoreError> {
        let expression = match_text::of(&query.words)?;
        let before = query.cursor.as_deref().map(decode).transpose()?;
        let sessions = SessionQuery {
            filter: query.filter.clone(),
            fold: Vec::new(),
            sort: Sort::Started,
            limit: FEW_SESSIONS,
            cursor: None,
            scope: query.scope.clone(),
            reader: query.reader.clone(),
        };
        let matched = self.matched(&sessions)?;
        let is_filtered = !query.filter.terms.is_empty()
            || !query.filter.words.is_empty()
            || query.scope != ReadScope::all();
        let chosen = is_filtered
            .then(|| {
                self.read(|connection| {
                    List::of(connection, &sessions, matched.as_ref(), self.now_us())
                })
            })
            .transpose()?;
        let asking = Asking {
            workspace: self,
            expression: &expression,
            before: before.unwrap_or(i64::MAX),
            chosen,
            limit: query.limit.clamp(1, 100),
            hits: query.hits.clamp(1, 100),
        };
        let gathered = self.inner().search.read(|index| asking.gather(index))?;
        let mut groups = Vec::with_capacity(gathered.groups.len());
        for group in gathered.groups {
            groups.extend(self.group(&group, &query.words)?);
        }
        Ok(SearchPage {
            groups,
            next: gathered.next.map(encode),
            lag: self.search_lag()?,
            not_indexed: self.not_indexed(&query.scope)?,
            filter_is_capped: matched.is_some_and(|matched| matched.is_capped),
        })
    }

    /// Opens what was found in a session; `None` when it is not there any more.
    fn group(&self, group: &Group, words: &Words) -> Result<Option<SearchGroup>, StoreError> {
        let hash = self.read(|connection| records::session_of(connection, group.session))?;
        let key = match hash {
            Some((_, hash)) => self.inner().keys.session_key(hash)?,
            None => None,
        };
        let (Some(key), Some(session)) = (key, self.listed(group.session)?) else {
            return Ok(None);
        };
        let mut hits = Vec::with_capacity(group.steps.len());
        for step in &group.steps {
            hits.extend(self.hit(&key, step, words)?);
        }
        // Their places in the index go by when they were indexed, which is another order each time.
        hits.sort_by(|one, other| (other.at_us, &one.step).cmp(&(one.at_us, &other.step)));
        Ok((!hits.is_empty()).then(|| SearchGroup {
            session,
            more: group.count.saturating_sub(group.rows.len() as u64),
            hits,
        }))
    }
}

/// One search.
struct Asking<'a> {
    workspace: &'a Workspace,
    expression: &'a str,
    before: i64,
    /// The sessions that the filter and the scope leave; `None` where they leave all.
    chosen: Option<List<'a>>,
    limit: usize,
    hits: usize,
}

impl Asking<'_> {
    fn gather(&self, index: &Connection) -> Result<Gathered, StoreError> {
        let mut gathered = match self.few_sessions()? {
            Some(few) => self.by_session(index, &few)?,
            None => self.by_row(index)?,
        };
        for group in &mut gathered.groups {
            group.steps = steps_of(index, &group.rows)?;
        }
        Ok(gathered)
    }

    /// The sessions that the filter and the scope leave, where they are few.
    fn few_sessions(&self) -> Result<Option<Vec<i64>>, StoreError> {
        let Some(chosen) = &self.chosen else {
            return Ok(None);
        };
        let found = self
            .workspace
            .read(|connection| chosen.numbers(connection, FEW_SESSIONS + 1))?;
        Ok((found.len() <= FEW_SESSIONS).then_some(found))
    }

    /// Asks the index for each of these sessions.
    fn by_session(&self, index: &Connection, sessions: &[i64]) -> Result<Gathered, StoreError> {
        let mut places = Vec::with_capacity(sessions.len());
        {
            let mut statement = index
                .prepare_cached("SELECT rank, shard, session FROM sessions WHERE session = ?1")?;
            for session in sessions {
                let mut rows = statement.query([session])?;
                if let Some(row) = rows.next()? {
                    places.push((
                        row.get::<_, i64>(0)?,
                        row.get::<_, i64>(1)?,
                        row.get::<_, i64>(2)?,
                    ));
                }
            }
        }
        places.retain(|(rank, ..)| RowId::first(*rank) < self.before);
        places.sort_unstable_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
        let mut gathered = Gathered::default();
        for (rank, shard, session) in places {
            if gathered.groups.len() == self.limit {
                gathered.next = gathered.groups.last().map(|group| RowId::first(group.rank));
                break;
            }
            let most = usize::try_from(COUNTED_MAX).unwrap_or(usize::MAX) + self.hits;
            let mut rows = of_session(index, self.expression, shard, rank, most)?;
            if !rows.is_empty() {
                let count = rows.len() as u64;
                rows.truncate(self.hits);
                gathered.groups.push(Group {
                    session,
                    rank,
                    rows,
                    steps: Vec::new(),
                    count,
                });
            }
        }
        Ok(gathered)
    }

    /// Goes through what matches, the newest first.
    fn by_row(&self, index: &Connection) -> Result<Gathered, StoreError> {
        let mut rows = Rows::new(index, self.expression.to_owned(), self.before)?;
        let mut by_rank = index.prepare_cached("SELECT session FROM sessions WHERE rank = ?1")?;
        let mut gathered = Gathered::default();
        let mut tested = 0;
        while let Some(row) = rows.next()? {
            let rank = row.rank();
            if let Some(group) = gathered
                .groups
                .last_mut()
                .filter(|group| group.rank == rank)
            {
                group.count += 1;
                if group.rows.len() < self.hits {
                    group.rows.push(row);
                }
                if group.count >= COUNTED_MAX + self.hits as u64 {
                    rows.skip_to(RowId::first(rank))?;
                }
                continue;
            }
            if gathered.groups.len() == self.limit || tested == TESTED_MAX {
                gathered.next = Some(RowId::last(rank) + 1);
                break;
            }
            tested += 1;
            let session = by_rank.query_row([rank], |row| row.get(0))?;
            if self.may_be(session)? {
                gathered.groups.push(Group {
                    session,
                    rank,
                    rows: vec![row],
                    steps: Vec::new(),
                    count: 1,
                });
            } else {
                rows.skip_to(RowId::first(rank))?;
            }
        }
        Ok(gathered)
    }

    fn may_be(&self, session: i64) -> Result<bool, StoreError> {
        match &self.chosen {
            Some(chosen) => self
                .workspace
                .read(|connection| chosen.has(connection, session)),
            None => Ok(true),
        }
    }
}

fn encode(before: i64) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("search.{before}"))
}

fn decode(text: &str) -> Result<i64, StoreError> {
    let plain = BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    plain
        .as_deref()
        .and_then(|plain| plain.strip_prefix("search."))
        .and_then(|before| before.parse().ok())
        .ok_or_else(|| {
            StoreError::Invalid(
                "this cursor is not one of this search: begin again without it".to_owned(),
            )
        })
}
