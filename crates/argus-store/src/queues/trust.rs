//! What statistics about judgements rest on: items that everybody has judged, of sessions that nobody is blind for any more.

use argus_insight::rubric::Answer;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

use super::gold;
use super::item::{self, COLUMNS, DecisionText, ItemRow};
use super::set_up::{Held, held, ids};
use super::state::{ItemState, Part, Submission};
use crate::key_ring::KeyRing;
use crate::limits::TRUST_ITEMS_MAX;
use crate::reviews::{ReviewReader, body_of};
use crate::scores::ScoreBody;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{Gold, ReadScope, StoreError};

/// Which judgements to look at.
#[derive(Debug, Clone, Default)]
pub struct TrustQuery {
    /// Those by this rubric; `None`: verdicts.
    pub rubric: Option<String>,
    /// Those of this queue.
    pub queue: Option<String>,
    /// Given at or after this time (of samples: of weeks that end after it), microseconds UTC.
    pub from_us: Option<i64>,
    /// Given before this time (of samples: of weeks that begin before it), microseconds UTC.
    pub to_us: Option<i64>,
    /// Samples of this project only.
    pub project: Option<String>,
    /// Those of sessions that the reader may read.
    pub scope: ReadScope,
    /// Who reads: what others said that is hidden from them does not count.
    pub reader: ReviewReader,
}

/// What somebody said of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The account.
    pub account: String,
    /// What they said.
    pub submission: Submission,
    /// The version of the rubric that they answered; `None` of verdicts.
    pub version: Option<u32>,
    /// Their answers to the rubric.
    pub answers: Vec<Answer>,
}

/// An item that everybody has judged.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedItem {
    /// Its id.
    pub item: String,
    /// What was said of it, in the asked time.
    pub judgements: Vec<Judgement>,
}

/// Items that everybody has judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JudgedItems {
    /// The newest.
    pub items: Vec<JudgedItem>,
    /// Whether there may be older ones that were not looked at.
    pub is_capped: bool,
}

/// What somebody said of an item that there is a reference for.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldJudgement {
    /// What they said.
    pub judgement: Judgement,
    /// What it is compared with.
    pub gold: Gold,
}

/// What was found in a random sample of the sessions of one project in one week.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SampledStratum {
    /// The project.
    pub project: String,
    /// The first moment of the week, microseconds UTC.
    pub from_us: i64,
    /// How many sessions there were. For a reader who is bound to projects: as many of them as the share that they may read of what was
    /// drawn.
    pub population: u64,
    /// How many were drawn; of those, for a reader who is bound to projects, the share that they may read.
    pub drawn: u64,
    /// What was found in each that is settled: the decision, else what each reviewer said.
    pub found: Vec<Vec<Submission>>,
}

impl Workspace {
    /// The items that everybody has judged, the newest first, up to a bound: of queues that are blind, for whoever saw what
    /// others said did not judge by themselves.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn judged_items(&self, query: &TrustQuery) -> Result<JudgedItems, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let asked = queues(connection, keys, query, |held| {
                // Where verdicts were not asked for, who gave one says nothing of who gave none.
                held.settings.is_blind && held.settings.rubric == query.rubric
            })?;
            let mut items = Vec::new();
            // What somebody said once may stand for an item of several queues: it counts in one.
            let mut counted = BTreeSet::new();
            let rows = rows(connection, query, &asked, "i.is_gold = 0")?;
            let is_capped = i64::try_from(rows.len()).is_ok_and(|n| n >= TRUST_ITEMS_MAX);
            for row in rows {
                let mut judgements = judgements(connection, keys, &row, query)?;
                judgements.retain(|one| {
                    let said = &one.submission;
                    let review = match query.rubric {
                        Some(_) => said.score_review,
                        None => said.verdict_review,
                    };
                    review.is_some_and(|review| counted.insert(review))
                });
                if !judgements.is_empty() {
                    items.push(JudgedItem {
                        item: row.id.to_string(),
                        judgements,
                    });
                }
            }
            Ok(JudgedItems { items, is_capped })
        })
    }

    /// What was said of items that there is a reference for. For who manages queues only: it tells which they are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gold_judgements(&self, query: &TrustQuery) -> Result<Vec<GoldJudgement>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let rubric = query.rubric.clone().unwrap_or_default();
            let references: BTreeMap<(i64, String), Gold> =
                gold::rows(connection, keys, Some(&rubric))?
                    .into_iter()
                    .flatten()
                    .map(|(session, gold)| ((session, gold.turn.clone().unwrap_or_default()), gold))
                    .collect();
            // A reference for one rubric says nothing of who judged by another.
            let asked = queues(connection, keys, query, |held| {
                held.settings.rubric == query.rubric
            })?;
            let mut found = Vec::new();
            for row in rows(connection, query, &asked, "i.is_gold = 1")? {
                let Some(gold) = references.get(&(row.session, row.turn.clone())) else {
                    continue;
                };
                for judgement in judgements(connection, keys, &row, query)? {
                    found.push(GoldJudgement {
                        judgement,
                        gold: gold.clone(),
                    });
                }
            }
            Ok(found)
        })
    }

    /// The random samples, one for each project and week. Who is bound to projects gets those of theirs, without the sessions that are
    /// other projects' too: of those they are told neither what was found nor how many there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sampled(&self, query: &TrustQuery) -> Result<Vec<SampledStratum>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let asked = queues(connection, keys, query, |held| is_by(held, query))?;
            let mut strata: BTreeMap<(i64, String), Stratum> = BTreeMap::new();
            for sample in samples(connection, query)? {
                if !asked.contains(&sample.queue) {
                    continue;
                }
                let stratum = strata
                    .entry((sample.from_us, sample.project.clone()))
                    .or_default();
                // Several samples of the same sessions: each was drawn at random, and so were all together; what was drawn by two
                // counts once.
                stratum.population = stratum.population.max(sample.population);
                stratum.drawn = stratum.drawn.max(sample.drawn);
                let all = ReadScope::all();
                stratum
                    .sessions
                    .extend(drawn_in(connection, sample.n, &all)?);
                let readable = drawn_in(connection, sample.n, &query.scope)?;
                stratum.readable.extend(readable);
                for row in rows(
                    connection,
                    query,
                    &asked,
                    &format!("i.is_gold = 0 AND i.sample = {}", sample.n),
                )? {
                    let decision: Option<DecisionText> =
                        item::opened(connection, keys, row.session, row.decision.as_deref())?;
                    let decided = decision.map(|decision| Submission {
                        verdict: decision.verdict,
                        score_review: decision.score_review,
                        basis_points: decision.basis_points,
                        passed: decision.passed,
                        ..Submission::default()
                    });
                    let is_whole = decided.as_ref().is_some_and(|one| match query.rubric {
                        Some(_) => one.score_review.is_some(),
                        None => one.verdict.is_some(),
                    });
                    let of_this = stratum.found.entry((row.session, row.turn)).or_default();
                    match decided {
                        Some(decided) if is_whole => of_this.decided = Some(decided),
                        _ => of_this.said.extend(
                            item::parts(connection, row.id)?
                                .into_iter()
                                .filter_map(|part| Some((part.of.account, part.of.submission?))),
                        ),
                    }
                }
            }
            Ok(strata
                .into_iter()
                .filter_map(|((from_us, project), stratum)| stratum.told(from_us, project))
                .collect())
        })
    }
}

/// The ids of the queues that are asked for and of which `is_asked` holds.
fn queues(
    connection: &Connection,
    keys: &KeyRing,
    query: &TrustQuery,
    is_asked: impl Fn(&Held) -> bool,
) -> Result<BTreeSet<String>, StoreError> {
    let all = match &query.queue {
        Some(queue) => vec![queue.clone()],
        None => ids(connection)?,
    };
    let mut found = BTreeSet::new();
    for id in all {
        if held(connection, keys, &id)?.is_some_and(|held| is_asked(&held)) {
            found.insert(id);
        }
    }
    Ok(found)
}

/// Whether a queue's items may be judged by what is asked for: verdicts are given in all.
fn is_by(queue: &Held, query: &TrustQuery) -> bool {
    query.rubric.is_none() || queue.settings.rubric == query.rubric
}

/// A stratum while it is gathered.
#[derive(Default)]
struct Stratum {
    population: u64,
    /// The most that one sample drew: of what it drew, some may be erased since.
    drawn: u64,
    /// All that are there of what was drawn.
    sessions: BTreeSet<i64>,
    /// Those that the reader may read.
    readable: BTreeSet<i64>,
    /// By session and turn.
    found: BTreeMap<(i64, String), Found>,
}

/// What was said of one session or turn, in whatever queues it is.
#[derive(Default)]
struct Found {
    decided: Option<Submission>,
    /// By account: nobody counts twice.
    said: BTreeMap<String, Submission>,
}

impl Stratum {
    /// `None` when nothing that was drawn is the reader's to read.
    fn told(self, from_us: i64, project: String) -> Option<SampledStratum> {
        let (all, readable) = (self.sessions.len() as u64, self.readable.len() as u64);
        if readable == 0 && all > 0 {
            return None;
        }
        // What is drawn of a part of a stratum is a random sample of that part, which is estimated to be as large a share of it.
        let of_readable = |count: u64| match readable == all {
            true => count,
            false => (count as f64 * readable as f64 / all as f64).round() as u64,
        };
        let found = self.found.into_values().map(|found| match found.decided {
            Some(decided) => vec![decided],
            None => found.said.into_values().collect(),
        });
        Some(SampledStratum {
            project,
            from_us,
            population: of_readable(self.population).max(readable),
            drawn: of_readable(self.drawn.max(all)),
            found: found.collect(),
        })
    }
}

/// The sessions that are there of what a sample drew, and that `scope` lets be read.
fn drawn_in(
    connection: &Connection,
    sample: i64,
    scope: &ReadScope,
) -> Result<Vec<i64>, StoreError> {
    let mut values = vec![Sql::Integer(sample)];
    let mut conditions = vec!["i.sample = ?1".to_owned()];
    conditions.extend(scope.conditions("i.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    }));
    let sql = format!(
        "SELECT DISTINCT i.session FROM queue_items i WHERE {}",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of items of these queues whose judgements may be counted; `also` is a condition without a value of anybody's.
fn rows(
    connection: &Connection,
    query: &TrustQuery,
    queues: &BTreeSet<String>,
    also: &str,
) -> Result<Vec<ItemRow>, StoreError> {
    let mut values: Vec<Sql> = Vec::new();
    let mut value = |of: Sql| {
        values.push(of);
        format!("?{}", values.len())
    };
    let mut conditions = vec![also.to_owned()];
    // References stay open, and are told of to who manages only.
    if !also.starts_with("i.is_gold = 1") {
        let settled = value(Sql::Integer(ItemState::Disputed.number()));
        conditions.push(format!("i.state >= {settled}"));
        conditions.push(query.reader.sees_session("i.session"));
    }
    // Before the bound: else other queues could take all of it.
    let named: Vec<String> = queues
        .iter()
        .map(|queue| value(Sql::Text(queue.clone())))
        .collect();
    conditions.push(format!("i.queue IN ({})", named.join(", ")));
    conditions.extend(query.scope.conditions("i.session", &mut value));
    let limit = value(Sql::Integer(TRUST_ITEMS_MAX));
    let sql = format!(
        "SELECT {COLUMNS} FROM queue_items i JOIN sessions s ON s.n = i.session WHERE {} ORDER BY i.id DESC LIMIT {limit}",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), item::row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn judgements(
    connection: &Connection,
    keys: &KeyRing,
    row: &ItemRow,
    query: &TrustQuery,
) -> Result<Vec<Judgement>, StoreError> {
    let Some((_, hash)) = records::session_of(connection, row.session)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for part in item::parts(connection, row.id)? {
        let is_then = query.from_us.is_none_or(|from| part.at_us >= from)
            && query.to_us.is_none_or(|to| part.at_us < to);
        let (Part::Done, Some(submission), true) = (part.of.part, part.of.submission, is_then)
        else {
            continue;
        };
        let review = submission.score_review.filter(|_| query.rubric.is_some());
        let body: Option<ScoreBody> = match review {
            Some(review) => body_of(connection, keys, hash, review)?,
            None => None,
        };
        found.push(Judgement {
            account: part.of.account,
            submission,
            version: body.as_ref().map(|body| body.version),
            answers: body.map(|body| body.answers).unwrap_or_default(),
        });
    }
    Ok(found)
}

struct Sample {
    n: i64,
    queue: String,
    project: String,
    from_us: i64,
    population: u64,
    drawn: u64,
}

fn samples(connection: &Connection, query: &TrustQuery) -> Result<Vec<Sample>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT n, queue, project, from_us, population, drawn FROM queue_samples
         WHERE (?1 IS NULL OR from_us + ?4 > ?1) AND (?2 IS NULL OR from_us < ?2) AND (?3 IS NULL OR project = ?3)
           AND (?5 IS NULL OR queue = ?5) ORDER BY from_us, project, n",
    )?;
    let week_us = super::fill::WEEK_US;
    let rows = statement.query_map(
        rusqlite::params![
            query.from_us,
            query.to_us,
            query.project,
            week_us,
            query.queue
        ],
        |row| {
            Ok(Sample {
                n: row.get(0)?,
                queue: row.get(1)?,
                project: row.get(2)?,
                from_us: row.get(3)?,
                population: row.get(4)?,
                drawn: row.get(5)?,
            })
        },
    )?;
    let mut found: Vec<Sample> = rows.collect::<Result<_, _>>()?;
    if let Some(projects) = &query.scope.projects {
        found.retain(|sample| projects.contains(&sample.project));
    }
    Ok(found)
}
